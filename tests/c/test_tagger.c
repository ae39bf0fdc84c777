/* test_tagger.c - train a tiny tagger, write it, load it, tag with it; and the chain's parts by themselves. */
#include "base/alloc.h"
#include "base/file.h"
#include "entity/scheme.h"
#include "learn/crf.h"
#include "tiny_model.h"

#include <stdlib.h>
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
