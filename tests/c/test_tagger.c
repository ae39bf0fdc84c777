/* test_tagger.c - train a tiny tagger, write it, load it, tag with it; and the chain's parts by themselves. */
#include "base/alloc.h"
#include "base/file.h"
#include "entity/hints.h"
#include "entity/scheme.h"
#include "entity/tagger_base.h"
#include "learn/crf.h"
#include "tiny_model.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

TT_TEST(tagger_learns_and_nests)
{
    static const struct {
        const char *text, *label;
        uint32_t depth;
    } WANT[] = {
        {"Trần Văn Minh", "PER", 0}, {"Giám đốc Sở Y tế Hà Nội", "ROLE", 0}, {"Sở Y tế Hà Nội", "ORG", 1}, {"Hà Nội", "LOC", 2},
        {"Huế", "LOC", 0},
    };
    tiny_model f;
    tt_pipeline *nlp = NULL;
    tt_doc *doc = NULL;
    tiny_set_up(&f, t);
    TT_CHECK_OK("train", tiny_train(&f, t, TINY_ANN, 12));
    TT_CHECK_OK("load", tt_pipeline_load(&nlp, f.model, &t->err));
    tt_str text = tt_str_c("Ông Trần Văn Minh, Giám đốc Sở Y tế Hà Nội, đến Huế.");
    TT_CHECK_OK("tag", tt_doc_make(&doc, nlp, text, NULL, &t->err));
    tt_items found = tt_doc_items(doc, TT_LAYER_ENTITIES);
    TT_CHECK_INT("mentions", found.len, TT_COUNT(WANT));
    for (size_t i = 0; i < found.len && i < TT_COUNT(WANT); i++) {
        tt_span byte = found.at[i].byte;
        TT_CHECK_STR("text", ((tt_str){text.ptr + byte.start, byte.end - byte.start}), WANT[i].text);
        TT_CHECK_STR("label", tt_pipeline_label(nlp, found.at[i].kind), WANT[i].label);
        TT_CHECK_INT("depth", found.at[i].depth, WANT[i].depth);
        TT_CHECK("confidence", found.at[i].confidence > 0.5f && found.at[i].confidence <= 1);
    }
    tt_doc_free(doc);
    tt_pipeline_free(nlp);
    tiny_tear_down(&f);
}

/* The same corpus and seed give the same bytes, whichever thread is faster; another seed gives others. */
TT_TEST(tagger_training_is_deterministic)
{
    static const uint64_t SEEDS[] = {1, 1, 2};
    tiny_model f;
    tt_buf models[TT_COUNT(SEEDS)] = {{NULL, 0, 0}};
    tiny_set_up(&f, t);
    for (size_t i = 0; i < TT_COUNT(SEEDS); i++) {
        tt_train_options options;
        tt_train_options_init(&options);
        options.seed = SEEDS[i];
        TT_CHECK_OK("train", tiny_train_with(&f, t, TINY_ANN, 6, NULL, &options));
        TT_CHECK_OK("read", tt__file_read(&models[i], f.model, &t->err));
    }
    tt_str first = {models[0].ptr, models[0].len};
    TT_CHECK("same seed", first.len != 0 && tt_str_eq(first, (tt_str){models[1].ptr, models[1].len}));
    TT_CHECK("another seed", !tt_str_eq(first, (tt_str){models[2].ptr, models[2].len}));
    for (size_t i = 0; i < TT_COUNT(SEEDS); i++)
        tt_buf_free(&models[i]);
    tiny_tear_down(&f);
}

static bool stop_at_two(void *calls, const tt_train_progress *progress)
{
    ++*(unsigned *)calls;
    return progress->epoch < 2;
}

static bool stop_after_some(void *left, const tt_train_progress *progress)
{
    (void)progress;
    return (*(int *)left)-- > 0;
}

/* Stopped after each number of epochs in turn and called again: the same bytes as in one go, and no file stays. */
TT_TEST(tagger_training_goes_on)
{
    tiny_model f;
    tt_buf whole = {NULL, 0, 0}, parts = {NULL, 0, 0};
    tt_train_options options;
    char checkpoint[TT_TEST_FOLDER + 16], layers[2][TT_TEST_FOLDER + 32];
    tiny_set_up(&f, t);
    snprintf(checkpoint, sizeof checkpoint, "%s/c", f.dir);
    snprintf(layers[0], sizeof layers[0], "%s.outer", checkpoint);
    snprintf(layers[1], sizeof layers[1], "%s.inner", checkpoint);
    tt_train_options_init(&options);
    options.epochs = 4;
    options.members = 2;
    for (int dev = 0; dev < 2; dev++) {
        options.report = NULL;
        options.checkpoint = NULL;
        whole.len = 0;
        TT_CHECK_OK("in one go", tiny_train_with(&f, t, TINY_ANN, 3, dev ? TINY_ANN : NULL, &options));
        TT_CHECK_OK("read", tt__file_read(&whole, f.model, &t->err));
        options.report = stop_after_some;
        options.checkpoint = checkpoint;
        for (int steps = 0; steps < 13; steps++) {
            int left = steps, last = 1000;
            options.context = &left;
            TT_CHECK_INT("stopped", tiny_train_with(&f, t, TINY_ANN, 3, dev ? TINY_ANN : NULL, &options), TT_ECANCELLED);
            options.context = &last;
            parts.len = 0;
            TT_CHECK_OK("goes on", tiny_train_with(&f, t, TINY_ANN, 3, dev ? TINY_ANN : NULL, &options));
            TT_CHECK_OK("read", tt__file_read(&parts, f.model, &t->err));
            TT_CHECK("the same bytes", tt_str_eq((tt_str){whole.ptr, whole.len}, (tt_str){parts.ptr, parts.len}));
            TT_CHECK("no file stays", access(layers[0], F_OK) != 0 && access(layers[1], F_OK) != 0);
        }
    }
    int left = 6;
    options.context = &left;
    TT_CHECK_INT("stopped", tiny_train_with(&f, t, TINY_ANN, 3, NULL, &options), TT_ECANCELLED);
    options.seed = 2;
    left = 1000;
    TT_CHECK_INT("another seed", tiny_train_with(&f, t, TINY_ANN, 3, NULL, &options), TT_EARGUMENT);
    FILE *file = fopen(layers[1], "r+b");
    fseek(file, 200, SEEK_SET);
    fputs("damaged", file);
    fclose(file);
    options.seed = 1;
    TT_CHECK_INT("damaged", tiny_train_with(&f, t, TINY_ANN, 3, NULL, &options), TT_EMODEL);
    unlink(layers[0]);
    unlink(layers[1]);
    tt_buf_free(&whole);
    tt_buf_free(&parts);
    tiny_tear_down(&f);
}

static bool keep_best(void *best, const tt_train_progress *progress)
{
    double *f1 = &((double *)best)[progress->layer];
    *f1 = progress->dev_f1 > *f1 ? progress->dev_f1 : *f1;
    return true;
}

TT_TEST(tagger_training_reports)
{
    tiny_model f;
    unsigned calls = 0;
    double best[2] = {-1, -1};
    tt_train_options options;
    tiny_set_up(&f, t);
    tt_train_options_init(&options);
    options.report = stop_at_two;
    options.context = &calls;
    TT_CHECK_INT("stopped", tiny_train_with(&f, t, TINY_ANN, 2, NULL, &options), TT_ECANCELLED);
    TT_CHECK("stopped", calls >= 2 && calls <= 4 && access(f.model, F_OK) != 0);
    options.report = keep_best;
    options.context = best;
    TT_CHECK_OK("dev", tiny_train_with(&f, t, TINY_ANN, 12, TINY_ANN, &options));
    TT_CHECK("dev", best[0] > 0.9 && best[0] <= 1 && best[1] > 0.9 && best[1] <= 1);
    TT_CHECK_OK("label that is only in dev",
                tiny_train_with(&f, t, TINY_ANN, 2, "#doc d\n#lead\nMột {NEW|gì {PER|đó}}.\n", NULL));
    TT_CHECK_OK("dev without mentions", tiny_train_with(&f, t, TINY_ANN, 2, "#doc d\n#lead\nTrời mưa.\n", NULL));
    tiny_tear_down(&f);
}

TT_TEST(tagger_every_allocation_fails_once)
{
    tiny_model f;
    tt_pipeline *nlp = NULL;
    tt_doc *doc = NULL;
    tt_str text = tt_str_c("Ông Trần Văn Minh, Giám đốc Sở Y tế Hà Nội, đến Huế.");
    tiny_set_up(&f, t);
    TT_CHECK_OK("train", tiny_train(&f, t, TINY_ANN, 6));
    tt_status status = TT_ENOMEM;
    for (long n = 0; status == TT_ENOMEM && n < 10000; n++) {
        tt__fail_after(n);
        status = tt_pipeline_load(&nlp, f.model, &t->err);
        tt__fail_after(-1);
        TT_CHECK("nothing is handed out", (nlp != NULL) == (status == TT_OK));
    }
    TT_CHECK_INT("load succeeds in the end", status, TT_OK);
    status = TT_ENOMEM;
    for (long n = 0; status == TT_ENOMEM && n < 10000; n++) {
        tt__fail_after(n);
        status = tt_doc_make(&doc, nlp, text, NULL, &t->err);
        tt__fail_after(-1);
        TT_CHECK("nothing is handed out", (doc != NULL) == (status == TT_OK));
    }
    TT_CHECK_INT("tagging succeeds in the end", status, TT_OK);
    tt_doc_free(doc);
    tt_pipeline_free(nlp);
    tiny_tear_down(&f);
}

TT_TEST(tagger_training_allocations_fail)
{
    tiny_model f;
    tiny_set_up(&f, t);
    tt_corpus *corpus = NULL;
    TT_CHECK_OK("corpus", tt_corpus_new(&corpus, &t->err));
    TT_CHECK_OK("corpus", tt_corpus_parse(corpus, "tiny.ann", tt_str_c(TINY_ANN), &t->err));
    for (long n = 0; n < 60; n++) { /* of this thread: what comes before the layers' threads, and the outer layer's start */
        tt__fail_after(n);
        tt_status status = tt_train(f.model, corpus, NULL, (tt_str){f.lexicon.ptr, f.lexicon.len},
                                    (tt_str){f.clusters.ptr, f.clusters.len}, NULL, &t->err);
        tt__fail_after(-1);
        TT_CHECK_INT("training", status, TT_ENOMEM);
        TT_CHECK("no file", access(f.model, F_OK) != 0);
    }
    tt_corpus_free(corpus);
    tiny_tear_down(&f);
}

/* A model of other labels on top of `f->model`, in its place. */
static void train_on_top(tiny_model *f, tt_test *t)
{
    tt_model *base = NULL;
    tt_train_options options;
    char path[TT_TEST_FOLDER + 16];
    snprintf(path, sizeof path, "%s", f->model);
    TT_CHECK_OK("base", tt_model_open(&base, path, &t->err));
    tt_train_options_init(&options);
    options.base = base;
    TT_CHECK_OK("on top",
                tiny_train_with(f, t, "#doc a\n#paragraph\nÔng {WHO|Trần Văn Minh} đến {TOWN|Huế}.\n", 6, NULL, &options));
    tt_model_close(base);
}

TT_TEST(tagger_on_top_of_a_base)
{
    static const char *const NAMES[][2] = {{"labels", "labels0"}, {"outer", "outer0"}, {"inner", "inner0"}};
    tiny_model f;
    tt_buf kept[3] = {{NULL, 0, 0}};
    tt_model *model = NULL;
    tt_pipeline *nlp = NULL;
    tt_doc *doc = NULL;
    tiny_set_up(&f, t);
    TT_CHECK_OK("train", tiny_train(&f, t, TINY_ANN, 6));
    TT_CHECK_OK("open", tt_model_open(&model, f.model, &t->err));
    for (size_t i = 0; i < 3; i++) {
        tt_str section = tt_model_section(model, NAMES[i][0]);
        TT_CHECK_OK("keep", tt_buf_add(&kept[i], section.ptr, section.len));
    }
    tt_model_close(model);
    for (int round = 0; round < 2; round++) { /* the second time on top of what has a base already: that one is taken */
        train_on_top(&f, t);
        TT_CHECK_OK("open", tt_model_open(&model, f.model, &t->err));
        for (size_t i = 0; i < 3; i++)
            TT_CHECK("the base is in the model",
                     tt_str_eq(tt_model_section(model, NAMES[i][1]), (tt_str){kept[i].ptr, kept[i].len}));
        tt_model_close(model);
    }
    tt_status loaded = TT_ENOMEM;
    for (long n = 0; loaded == TT_ENOMEM && n < 10000; n++) {
        tt__fail_after(n);
        loaded = tt_pipeline_load(&nlp, f.model, &t->err);
        tt__fail_after(-1);
    }
    TT_CHECK_INT("loading succeeds in the end", loaded, TT_OK);
    TT_CHECK_INT("its own labels alone", tt_pipeline_label_count(nlp), 2);
    TT_CHECK_OK("tag", tt_doc_make(&doc, nlp, tt_str_c("Ông Trần Văn Minh đến Huế."), NULL, &t->err));
    TT_CHECK_INT("mentions", tt_doc_items(doc, TT_LAYER_ENTITIES).len, 2);
    tt_doc_free(doc);
    tt_status status = TT_ENOMEM;
    for (long n = 0; status == TT_ENOMEM && n < 10000; n++) {
        tt__fail_after(n);
        status = tt_doc_make(&doc, nlp, tt_str_c("Ông Trần Văn Minh đến Huế."), NULL, &t->err);
        tt__fail_after(-1);
    }
    TT_CHECK_INT("tagging succeeds in the end", status, TT_OK);
    tt_doc_free(doc);
    tt_pipeline_free(nlp);
    for (size_t i = 0; i < 3; i++)
        tt_buf_free(&kept[i]);
    tiny_tear_down(&f);
}

/* A base of which a section is missing. */
TT_TEST(tagger_with_half_a_base)
{
    tiny_model f;
    tt_model *model = NULL;
    tt_pipeline *nlp = NULL;
    tiny_set_up(&f, t);
    TT_CHECK_OK("train", tiny_train(&f, t, TINY_ANN, 3));
    TT_CHECK_OK("open", tt_model_open(&model, f.model, &t->err));
    tt_model_part parts[] = {{"labels", tt_model_section(model, "labels")},   {"outer", tt_model_section(model, "outer")},
                             {"inner", tt_model_section(model, "inner")},     {"lexicon", tt_model_section(model, "lexicon")},
                             {"cluster", tt_model_section(model, "cluster")}, {"labels0", tt_model_section(model, "labels")},
                             {"inner0", tt_model_section(model, "inner")}};
    char half[TT_TEST_FOLDER + 16];
    snprintf(half, sizeof half, "%s/half.ttm", f.dir);
    TT_CHECK_OK("write", tt_model_write(half, parts, TT_COUNT(parts), &t->err));
    TT_CHECK_INT("load", tt_pipeline_load(&nlp, half, &t->err), TT_EMODEL);
    TT_CHECK("nothing is handed out", nlp == NULL);
    tt_model_close(model);
    unlink(half);
    tiny_tear_down(&f);
}

TT_TEST(hints_of_two_depths)
{
    static const tt_entity FOUND[] = {
        {.tokens = {0, 3}, .label = 1, .depth = 0},
        {.tokens = {2, 3}, .label = 0, .depth = 1},
        {.tokens = {2, 3}, .label = 2, .depth = 2},
        {.tokens = {5, 7}, .label = 0, .depth = 0},
        {.tokens = {7, 8}, .label = SCHEME_LABELS_MAX - 1, .depth = 0},
    };
    static const uint8_t OUTER[] = {6, 7, 8, 1, 1, 2, 4, 253}, INNER[] = {1, 1, 5, 1, 1, 1, 1, 1};
    tt_atom atoms[8];
    tt_belief beliefs[8];
    tt_hints hints = {FOUND, TT_COUNT(FOUND), 0, beliefs};
    memset(atoms, 0, sizeof atoms);
    for (uint8_t i = 0; i < TT_COUNT(beliefs); i++)
        beliefs[i] = (tt_belief){{i, 1}, {7, i}};
    tt__hints_mark(atoms, 0, 4, &hints);
    tt__hints_mark(atoms + 4, 4, 4, &hints);
    for (size_t i = 0; i < TT_COUNT(atoms); i++) {
        TT_CHECK_INT("outer", atoms[i].hint, OUTER[i]);
        TT_CHECK_INT("inner", atoms[i].inner_hint, INNER[i]);
        TT_CHECK("belief", memcmp(&atoms[i].belief, &beliefs[i], sizeof beliefs[i]) == 0);
    }
    TT_CHECK_INT("all are read", hints.next, TT_COUNT(FOUND));
}

/* The base believes most of all in what it finds. */
TT_TEST(hints_believe_what_they_find)
{
    tiny_model f;
    tt_model *model = NULL;
    tt_tagger *base = NULL;
    tt_text text;
    tt_tokens tokens;
    tt_hints hints;
    tiny_set_up(&f, t);
    TT_CHECK_OK("train", tiny_train(&f, t, TINY_ANN, 6));
    TT_CHECK_OK("open", tt_model_open(&model, f.model, &t->err));
    TT_CHECK_OK("load", tt__tagger_load_base(&base, model, &t->err));
    TT_CHECK_OK("text", tt_text_make(&text, &t->arena, tt_str_c("Ông Trần Văn Minh đến Huế."), &t->err));
    tt_block block = {{0, (uint32_t)text.norm.len}, TT_BLOCK_PARAGRAPH};
    tt_sentence sentence = {block.span, 0};
    tt_page page = {.at = &block, .len = 1};
    tt_sentences sentences = {&sentence, 1};
    TT_CHECK_OK("tokens", tt_tokens_make(&tokens, &t->arena, &text, &sentences, &t->err));
    TT_CHECK_OK("hints", tt__tagger_hints(&hints, &t->arena, base, &text, &page, &sentences, &tokens, &t->err));
    tt_atom *atoms = tt_arena_calloc(&t->arena, tokens.len, sizeof *atoms);
    tt__hints_mark(atoms, 0, tokens.len, &hints);
    TT_CHECK_INT("mentions", hints.len, 2);
    for (size_t i = 0; i < tokens.len; i++) {
        const tt_belief *belief = &atoms[i].belief;
        TT_CHECK_INT("the first belief", belief->state[0], atoms[i].hint);
        for (unsigned k = 0; k < BELIEFS && belief->state[k] != 0; k++)
            TT_CHECK("a level of its own or less", belief->level[k] >= 1 && belief->level[k] <= (k ? belief->level[k - 1] : 7));
    }
    tt_tagger_free(base);
    tt_model_close(model);
    tiny_tear_down(&f);
}

/* Stopped in its tracks, a training on top of a base goes on to the same bytes. */
TT_TEST(tagger_on_top_goes_on)
{
    tiny_model f;
    tt_model *base = NULL;
    tt_buf whole = {NULL, 0, 0}, parts = {NULL, 0, 0};
    tt_train_options options;
    char path[TT_TEST_FOLDER + 16], checkpoint[TT_TEST_FOLDER + 16];
    tiny_set_up(&f, t);
    snprintf(path, sizeof path, "%s", f.model);
    snprintf(checkpoint, sizeof checkpoint, "%s/c", f.dir);
    TT_CHECK_OK("train", tiny_train(&f, t, TINY_ANN, 3));
    TT_CHECK_OK("open", tt_model_open(&base, path, &t->err));
    tt_train_options_init(&options);
    options.base = base;
    options.epochs = 2;
    options.members = 2;
    TT_CHECK_OK("in one go", tiny_train_with(&f, t, TINY_ANN, 3, NULL, &options));
    TT_CHECK_OK("read", tt__file_read(&whole, f.model, &t->err));
    options.checkpoint = checkpoint;
    options.report = stop_after_some;
    for (int steps = 0; steps < 6; steps++) {
        int left = steps, last = 1000;
        options.context = &left;
        TT_CHECK_INT("stopped", tiny_train_with(&f, t, TINY_ANN, 3, NULL, &options), TT_ECANCELLED);
        options.context = &last;
        parts.len = 0;
        TT_CHECK_OK("goes on", tiny_train_with(&f, t, TINY_ANN, 3, NULL, &options));
        TT_CHECK_OK("read", tt__file_read(&parts, f.model, &t->err));
        TT_CHECK("the same bytes", tt_str_eq((tt_str){whole.ptr, whole.len}, (tt_str){parts.ptr, parts.len}));
    }
    tt_model_close(base);
    tt_buf_free(&whole);
    tt_buf_free(&parts);
    tiny_tear_down(&f);
}

TT_TEST(tagger_nothing_to_learn)
{
    tiny_model f;
    tiny_set_up(&f, t);
    TT_CHECK_INT("no mentions", tiny_train(&f, t, "#doc a\n#paragraph\nTrời mưa.\n", 1), TT_ECORPUS);
    TT_CHECK("no file", access(f.model, F_OK) != 0);
    tiny_tear_down(&f);
}

TT_TEST(scheme_round_trip)
{
    static const struct {
        tt_span span;
        uint32_t label;
    } WANT[] = {{{0, 1}, 2}, {{1, 4}, 0}, {{4, 6}, 0}, {{8, 9}, 1}};
    uint16_t states[10] = {0};
    uint32_t at = 0, label, n = tt__scheme_states(3);
    uint8_t allowed[16 * 16];
    tt_span span;
    for (size_t i = 0; i < TT_COUNT(WANT); i++)
        tt__scheme_mark(states, WANT[i].span.start, WANT[i].span.end, WANT[i].label);
    for (size_t i = 0; i < TT_COUNT(WANT); i++) {
        TT_CHECK("there is one more", tt__scheme_next(&span, &label, &at, states, TT_COUNT(states)));
        TT_CHECK_INT("start", span.start, WANT[i].span.start);
        TT_CHECK_INT("end", span.end, WANT[i].span.end);
        TT_CHECK_INT("label", label, WANT[i].label);
    }
    TT_CHECK("no more", !tt__scheme_next(&span, &label, &at, states, TT_COUNT(states)));
    tt__scheme_allowed(allowed, 3);
    for (size_t i = 1; i < TT_COUNT(states); i++)
        TT_CHECK("marked states follow each other", allowed[states[i - 1] * n + states[i]]);
    TT_CHECK("a mention does not begin inside", !allowed[1 + SCHEME_INSIDE] && !allowed[1 + SCHEME_LAST]);
    TT_CHECK("nor end open", !allowed[(1 + SCHEME_BEGIN) * n] && !allowed[(1 + SCHEME_INSIDE) * n]);
}

TT_TEST(crf_section_cut_at_every_length)
{
    tiny_model f;
    tt_model *model = NULL;
    tt_crf *crf = NULL;
    tiny_set_up(&f, t);
    TT_CHECK_OK("train", tiny_train(&f, t, TINY_ANN, 3));
    TT_CHECK_OK("open", tt_model_open(&model, f.model, &t->err));
    tt_str section = tt_model_section(model, "outer");
    uint32_t n = tt__scheme_states(4);
    uint8_t *allowed = calloc(n, n);
    tt__scheme_allowed(allowed, 4);
    TT_CHECK_OK("whole", tt__crf_load(&crf, section, allowed, n, &t->err));
    tt__crf_free(crf);
    TT_CHECK_INT("other states", tt__crf_load(&crf, section, allowed, n - 1, &t->err), TT_EMODEL);
    size_t step = section.len / 200 + 1;
    for (size_t len = 0; len < section.len; len += step)
        TT_CHECK_INT("cut", tt__crf_load(&crf, (tt_str){section.ptr, len}, allowed, n, &t->err), TT_EMODEL);
    free(allowed);
    tt_model_close(model);
    tiny_tear_down(&f);
}

/* Sentences longer than a piece and than a stretch, and many short ones: what lies where is found in each part of them. */
TT_TEST(tagger_on_top_of_long_texts)
{
    enum { TIMES = 2500 };
    static const char *const PARTS[] = {"Huế, ", "Ông Minh đến Huế. "};
    tiny_model f;
    tt_pipeline *nlp = NULL;
    tiny_set_up(&f, t);
    TT_CHECK_OK("train", tiny_train(&f, t, TINY_ANN, 6));
    tiny_train_on_top(&f, t, f.model);
    TT_CHECK_OK("load", tt_pipeline_load(&nlp, f.model, &t->err));
    for (size_t i = 0; i < TT_COUNT(PARTS); i++) {
        tt_buf text = {NULL, 0, 0};
        tt_doc *doc = NULL;
        size_t found = 0, end = 0;
        for (size_t k = 0; k < TIMES; k++)
            TT_CHECK_OK("text", tt_buf_add(&text, PARTS[i], strlen(PARTS[i])));
        TT_CHECK_OK(PARTS[i], tt_doc_make(&doc, nlp, (tt_str){text.ptr, text.len}, NULL, &t->err));
        tt_items items = tt_doc_items(doc, TT_LAYER_ENTITIES);
        for (size_t k = 0; k < items.len; k++) {
            tt_span byte = items.at[k].byte;
            TT_CHECK(PARTS[i], byte.start >= end && byte.end <= text.len);
            end = byte.end;
            found += tt_str_eq((tt_str){text.ptr + byte.start, byte.end - byte.start}, tt_str_c("Huế"));
        }
        TT_CHECK(PARTS[i], found + 2 >= TIMES); /* this one does not know names that begin a sentence, or a piece of one */
        tt_doc_free(doc);
        tt_buf_free(&text);
    }
    tt_pipeline_free(nlp);
    tiny_tear_down(&f);
}
