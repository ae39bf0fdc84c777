/* test_faults.c - memory runs out at each allocation of every public operation: once for good, and once for that allocation
 * alone. The answer is an error, nothing is handed out, nothing leaks (the sanitizer sees it), and the next call is right.
 *
 * An operation is a row of OPERATIONS; it frees what it made and says how it went. */
#include "base/alloc.h"
#include "base/file.h"
#include "tt_test.h"

#include <stdlib.h>
#include <unistd.h>

enum { TRIES_MAX = 200000 };

static const char ANN[] = "#doc a date=2021-09-09\n#paragraph\n"
                          "Ông {PER|Trần Văn Minh}, {ROLE|Giám đốc {ORG|Sở Y tế {LOC|Hà Nội}}}, đến {LOC|Huế}.\n"
                          "Hôm {DATE=2021-09-09|9/9}, bà {PER|Lê Thị Hoa} gặp ông {PER|Minh} tại {LOC|Hà Nội}.\n";
static const char CONLL[] = "Ông O\nMinh B-PER\nđến O\nHà B-LOC\nNội I-LOC\n. O\n\nTrời O\nmưa O\n";
static const char JSONL[] =
    "{\"id\": \"a\", \"date\": \"2021-09-09\", \"text\": \"Ông Minh đ\\u1ebfn Huế. Trời mưa.\", \"entities\": "
    "[{\"start\": 4, \"end\": 8, \"label\": \"PER\"}]}\n"
    "{\"text\": \"A\\nB\", \"blocks\": [{\"start\": 0, \"end\": 1, \"kind\": \"title\"}, {\"start\": 2, "
    "\"end\": 3, \"kind\": \"lead\"}], \"sentences\": [{\"start\": 0, \"end\": 1}], \"entities\": []}\n";
static const char PAGE[] =
    "Trang chủ\r\nHọp tại Huế\n15/09/2025 17:19\n(TTXVN) - Chiều 15/9, ông Trần Văn Minh, Giám đốc Sở Y tế Hà "
    "Nội, đến Huế vớ\xCC\x81i 5 người.\nẢnh: Minh Anh\nTheo TTXVN";

typedef struct {
    char dir[TT_TEST_FOLDER], model[TT_TEST_FOLDER + 16], clusters_path[TT_TEST_FOLDER + 16], out[TT_TEST_FOLDER + 16];
    tt_buf lexicon, clusters, tcvn3;
    tt_corpus *corpus;
    tt_pipeline *plain, *nlp;
} world;

typedef tt_status operation(tt_test *t, const world *w);

static tt_status no_file_unless(tt_test *t, tt_status status, const char *path)
{
    TT_CHECK("a file is whole or absent", (access(path, F_OK) == 0) == (status == TT_OK));
    remove(path);
    return status;
}

static tt_status decode_all(tt_test *t, const world *w)
{
    static const tt_encoding ENCODINGS[] = {TT_ENCODING_DETECT, TT_UTF_8, TT_UTF_16, TT_UTF_32LE, TT_WINDOWS_1258,
                                            TT_VISCII,          TT_TCVN3, TT_VNI,    TT_VPS,      TT_VIQR};
    tt_status status = TT_OK;
    for (size_t i = 0; status == TT_OK && i < TT_COUNT(ENCODINGS); i++) {
        tt_decoded out;
        status = tt_decode(&out, &t->arena, (tt_str){w->tcvn3.ptr, w->tcvn3.len}, ENCODINGS[i], true, &t->err);
        if (status == TT_OK)
            status = tt_decode(&out, &t->arena, tt_str_c(PAGE), ENCODINGS[i], true, &t->err);
    }
    return status;
}

static tt_status encode_all(tt_test *t, const world *w)
{
    tt_status status = TT_OK;
    (void)w;
    for (int i = TT_UTF_8; status == TT_OK && i < TT_ENCODING_COUNT; i++) {
        tt_str out, text = tt_str_c(i == TT_WINDOWS_1252 ? "caf\xC3\xA9" : "Thủ tướng vo\xCC\x9B\xCC\x81i Huế");
        status = tt_encode(&out, &t->arena, text, (tt_encoding)i, &t->err);
    }
    return status;
}

static tt_status repair(tt_test *t, const world *w)
{
    tt_str out;
    (void)w;
    return tt_utf8_repair(&out, NULL, &t->arena, tt_str_c("a\xFF\xE1\xBB z"), &t->err);
}

static tt_status normalize_all(tt_test *t, const world *w)
{
    unsigned all = (1u << TT_STEPS) - 1;
    unsigned sets[] = {TT_PRESET_CLEAN, TT_PRESET_VIEW, TT_STEP_BIT(TT_STEP_NFKC),
                       all & ~(TT_STEP_BIT(TT_STEP_NFC) | TT_STEP_BIT(TT_STEP_TONE_NEW) | TT_STEP_BIT(TT_STEP_TO_I)),
                       all & ~(TT_STEP_BIT(TT_STEP_NFKC) | TT_STEP_BIT(TT_STEP_TONE_OLD) | TT_STEP_BIT(TT_STEP_TO_Y))};
    static const char TEXT[] = "\xEF\xBB\xBFHoà\xC2\xA0 &amp; thuỷ… “Ðà Nẵng”\r\nđuợc nghịêm Viá»‡t ﬁ kỹ quý a\xCC\xA3";
    tt_status status = TT_OK;
    (void)w;
    for (size_t i = 0; status == TT_OK && i < TT_COUNT(sets); i++) {
        tt_text out;
        uint32_t counts[TT_STEPS];
        status = tt_normalize(&out, counts, &t->arena, tt_str_c(TEXT), sets[i], &t->err);
    }
    return status;
}

static tt_status compose_alignments(tt_test *t, const world *w)
{
    tt_text first, second;
    tt_align both;
    tt_cp_index index;
    (void)w;
    tt_status status = tt_text_make(&first, &t->arena, tt_str_c("vớ\xCC\x81i a\xCC\xA3"), &t->err);
    if (status == TT_OK)
        status = tt_normalize(&second, NULL, &t->arena, first.norm, TT_PRESET_CLEAN, &t->err);
    if (status == TT_OK)
        status = tt_align_compose(&both, &t->arena, &first.align, &second.align, &t->err);
    return status == TT_OK ? tt_cp_index_make(&index, &t->arena, tt_str_c(PAGE), &t->err) : status;
}

static tt_status stages(tt_test *t, const world *w)
{
    static const tt_value_mention MENTIONS[] = {{{24, 40}, TT_VALUE_TIME}, {{53, 64}, TT_VALUE_DATE}};
    tt_text text;
    tt_page page;
    tt_sentences sentences;
    tt_tokens tokens;
    tt_values values;
    (void)w;
    tt_status status = tt_normalize(&text, NULL, &t->arena, tt_str_c(PAGE), TT_PRESET_VIEW, &t->err);
    if (status == TT_OK)
        status = tt_page_make(&page, &t->arena, &text, &t->err);
    if (status == TT_OK)
        status = tt_sentences_make(&sentences, &t->arena, &text, &page, &t->err);
    if (status == TT_OK)
        status = tt_tokens_make(&tokens, &t->arena, &text, &sentences, &t->err);
    if (status == TT_OK)
        status = tt_values_make(&values, &t->arena, &text, &page, MENTIONS, TT_COUNT(MENTIONS), "2025-09-15", &t->err);
    return status;
}

static tt_status make_doc(tt_test *t, const tt_pipeline *pipeline)
{
    tt_doc *doc = NULL;
    tt_buf line = {NULL, 0, 0};
    tt_status status = tt_doc_make(&doc, pipeline, tt_str_c(PAGE), NULL, &t->err);
    TT_CHECK("document", (doc != NULL) == (status == TT_OK));
    if (status == TT_OK)
        status = tt_doc_json(&line, doc, tt_str_c("id"), &t->err);
    TT_CHECK("no half line", (line.len != 0) == (status == TT_OK));
    tt_doc_free(doc);
    tt_buf_free(&line);
    return status;
}

static tt_status document(tt_test *t, const world *w)
{
    tt_status status = make_doc(t, w->plain);
    return status == TT_OK ? make_doc(t, w->nlp) : status;
}

static tt_status error_line(tt_test *t, const world *w)
{
    tt_buf line = {NULL, 0, 0};
    tt_error what = {.pos = 7, .msg = "some message \"with\" marks"};
    (void)w;
    tt_status status = tt_doc_json_error(&line, tt_str_c("id"), TT_EENCODING, &what, &t->err);
    TT_CHECK("no half line", (line.len != 0) == (status == TT_OK));
    tt_buf_free(&line);
    return status;
}

static tt_status load(tt_test *t, const world *w)
{
    tt_pipeline *made;
    tt_status status = tt_pipeline_load(&made, w->model, &t->err);
    TT_CHECK("pipeline", (made != NULL) == (status == TT_OK));
    if (status == TT_OK)
        status = make_doc(t, made);
    tt_pipeline_free(made);
    return status;
}

static tt_status load_parts(tt_test *t, const world *w)
{
    tt_model *model;
    tt_lexicon *lexicon = NULL;
    tt_tagger *tagger = NULL;
    tt_status status = tt_model_open(&model, w->model, &t->err);
    TT_CHECK("model", (model != NULL) == (status == TT_OK));
    if (status == TT_OK)
        status = tt_lexicon_load(&lexicon, model, &t->err);
    if (status == TT_OK)
        status = tt_tagger_load(&tagger, model, &t->err);
    TT_CHECK("tagger", (tagger != NULL) == (status == TT_OK));
    tt_tagger_free(tagger);
    tt_lexicon_free(lexicon);
    tt_model_close(model);
    return status;
}

static tt_status rules(tt_test *t, const world *w)
{
    static const tt_str WORDS[] = {{"Xn.", 3}, {"abc", 3}};
    tt_pipeline *first = NULL, *second = NULL;
    tt_status status = tt_pipeline_with_abbreviations(&first, w->nlp, WORDS, TT_COUNT(WORDS), &t->err);
    TT_CHECK("abbreviations", (first != NULL) == (status == TT_OK));
    if (status == TT_OK)
        status = tt_pipeline_with_block_rule(&second, first, TT_BLOCK_NAV, tt_str_c("^(Mục|Trang) [a-zđ]+"), &t->err);
    TT_CHECK("block rule", (second != NULL) == (status == TT_OK));
    if (status == TT_OK)
        status = make_doc(t, second);
    tt_pipeline_free(second);
    tt_pipeline_free(first);
    return status;
}

static tt_status corpora(tt_test *t, const world *w)
{
    static const struct {
        const char *name, *bytes;
    } FILES[] = {{"a.ann", ANN}, {"a.conll", CONLL}, {"a.jsonl", JSONL}};
    tt_corpus *corpus;
    (void)w;
    tt_status status = tt_corpus_new(&corpus, &t->err);
    TT_CHECK("corpus", (corpus != NULL) == (status == TT_OK));
    for (size_t i = 0; status == TT_OK && i < TT_COUNT(FILES); i++)
        status = tt_corpus_parse(corpus, FILES[i].name, tt_str_c(FILES[i].bytes), &t->err);
    tt_corpus_free(corpus);
    return status;
}

static tt_status corpus_file(tt_test *t, const world *w)
{
    char path[TT_TEST_FOLDER + 16];
    tt_corpus *corpus;
    snprintf(path, sizeof path, "%s/a.ann", w->dir);
    tt_status status = tt_corpus_new(&corpus, &t->err);
    if (status == TT_OK)
        status = tt_corpus_read(corpus, path, &t->err);
    tt_corpus_free(corpus);
    return status;
}

static tt_status compile(tt_test *t, const world *w)
{
    tt_buf lexicon = {NULL, 0, 0}, clusters = {NULL, 0, 0};
    tt_status status = tt_lexicon_compile(&lexicon, &clusters, w->dir, w->clusters_path, &t->err);
    tt_buf_free(&lexicon);
    tt_buf_free(&clusters);
    return status;
}

static tt_status train(tt_test *t, const world *w)
{
    tt_train_options options;
    tt_train_options_init(&options);
    options.epochs = 2;
    options.members = 1;
    tt_status status = tt_train(w->out, w->corpus, w->corpus, (tt_str){w->lexicon.ptr, w->lexicon.len},
                                (tt_str){w->clusters.ptr, w->clusters.len}, &options, &t->err);
    return no_file_unless(t, status, w->out);
}

static tt_status write_model(tt_test *t, const world *w)
{
    static const tt_model_part PARTS[] = {{"a", {"abc", 3}}, {"b", {"", 0}}};
    return no_file_unless(t, tt_model_write(w->out, PARTS, TT_COUNT(PARTS), &t->err), w->out);
}

static tt_status pool(tt_test *t, const world *w)
{
    tt_pool *made;
    tt_status status = tt_pool_new(&made, w->nlp, 2, 4, &t->err);
    TT_CHECK("pool", (made != NULL) == (status == TT_OK));
    for (int i = 0; status == TT_OK && i < 3; i++)
        status = tt_pool_submit(made, tt_str_c(PAGE), NULL, NULL, &t->err);
    for (int i = 0; made != NULL && i < 3; i++) {
        tt_pool_result result;
        TT_CHECK_OK("take", tt_pool_take(&result, made, &t->err));
        TT_CHECK("result", (result.doc != NULL) == (result.status == TT_OK));
        status = status == TT_OK ? result.status : status;
        tt_doc_free(result.doc);
    }
    tt_pool_free(made);
    return status;
}

static tt_status warm(tt_test *t, const world *w)
{
    (void)w;
    return tt_text_warm(&t->err);
}

static const struct {
    const char *name;
    operation *run;
    bool goes_on; /* a pattern that cannot be made machine code is matched without */
} OPERATIONS[] = {
    {"decode", decode_all, false},
    {"encode", encode_all, false},
    {"repair", repair, false},
    {"normalize", normalize_all, false},
    {"compose alignments", compose_alignments, false},
    {"stages", stages, false},
    {"document", document, false},
    {"line of an error", error_line, false},
    {"load", load, false},
    {"load the parts", load_parts, false},
    {"rules", rules, true},
    {"corpora", corpora, false},
    {"corpus file", corpus_file, false},
    {"compile the lexicon", compile, false},
    {"train", train, false},
    {"write a model", write_model, false},
    {"pool", pool, false},
    {"warm", warm, false},
};

static void put_file(const world *w, const char *name, const char *content)
{
    char path[TT_TEST_FOLDER + 32];
    snprintf(path, sizeof path, "%s/%s", w->dir, name);
    FILE *file = fopen(path, "wb");
    if (file != NULL) {
        fputs(content, file);
        fclose(file);
    }
}

static void set_up(world *w, tt_test *t)
{
    tt_str bytes;
    *w = (world){.corpus = NULL};
    tt_test_folder(t, w->dir);
    put_file(w, "classes.tsv", "class\tfile\tcolumns\tfilter\nplace\tplaces\tname\t\n");
    put_file(w, "places.tsv", "name\nHà Nội\nHuế\n");
    put_file(w, "clusters.tsv", "ông\t1\t2\t3\t9\nbà\t1\t2\t3\t8\n");
    put_file(w, "a.ann", ANN);
    snprintf(w->clusters_path, sizeof w->clusters_path, "%s/clusters.tsv", w->dir);
    snprintf(w->model, sizeof w->model, "%s/m.ttm", w->dir);
    snprintf(w->out, sizeof w->out, "%s/out.ttm", w->dir);
    TT_CHECK_OK("lexicon", tt_lexicon_compile(&w->lexicon, &w->clusters, w->dir, w->clusters_path, &t->err));
    TT_CHECK_OK("corpus", tt_corpus_new(&w->corpus, &t->err));
    TT_CHECK_OK("corpus", tt_corpus_parse(w->corpus, "a.ann", tt_str_c(ANN), &t->err));
    TT_CHECK_OK("train", tt_train(w->model, w->corpus, NULL, (tt_str){w->lexicon.ptr, w->lexicon.len},
                                  (tt_str){w->clusters.ptr, w->clusters.len}, NULL, &t->err));
    TT_CHECK_OK("plain", tt_pipeline_load(&w->plain, NULL, &t->err));
    TT_CHECK_OK("nlp", tt_pipeline_load(&w->nlp, w->model, &t->err));
    TT_CHECK_OK("encode", tt_encode(&bytes, &t->arena, tt_str_c("Thủ tướng thăm Huế, tại đó ông nói"), TT_TCVN3, &t->err));
    TT_CHECK_OK("encode", tt_buf_add(&w->tcvn3, bytes.ptr, bytes.len));
}

static void tear_down(world *w)
{
    static const char *const FILES[] = {"classes.tsv", "places.tsv", "clusters.tsv", "m.ttm", "a.ann"};
    for (size_t i = 0; i < TT_COUNT(FILES); i++) {
        char path[TT_TEST_FOLDER + 32];
        snprintf(path, sizeof path, "%s/%s", w->dir, FILES[i]);
        unlink(path);
    }
    rmdir(w->dir);
    tt_pipeline_free(w->nlp);
    tt_pipeline_free(w->plain);
    tt_corpus_free(w->corpus);
    tt_buf_free(&w->lexicon);
    tt_buf_free(&w->clusters);
    tt_buf_free(&w->tcvn3);
}

/* Every index up to the one that the operation does not reach; then it goes well. */
static void fail_each(tt_test *t, const world *w, size_t row, void (*arm)(long n))
{
    const char *name = OPERATIONS[row].name;
    bool reached = true;
    long n = 0;
    for (; reached && n < TRIES_MAX; n++) {
        arm(n);
        tt_status status = OPERATIONS[row].run(t, w);
        reached = tt__has_failed();
        arm(-1);
        if (!OPERATIONS[row].goes_on || status != TT_OK)
            TT_CHECK_INT(name, status, reached ? TT_ENOMEM : TT_OK);
        TT_CHECK(name, status == TT_OK || t->err.msg[0] != '\0');
        tt_arena_free(&t->arena);
        if (n % 16 == 0)
            TT_CHECK_OK(name, OPERATIONS[row].run(t, w));
        tt_arena_free(&t->arena);
    }
    TT_CHECK(name, n < TRIES_MAX);
    if (getenv("TT_VERBOSE") != NULL)
        fprintf(stderr, "%s: %ld allocations failed\n", name, n - 1);
}

TT_TEST(faults_from_each_allocation_on)
{
    world w;
    set_up(&w, t);
    for (size_t i = 0; i < TT_COUNT(OPERATIONS); i++)
        fail_each(t, &w, i, tt__fail_everywhere);
    tear_down(&w);
}

TT_TEST(faults_of_each_allocation_alone)
{
    world w;
    set_up(&w, t);
    for (size_t i = 0; i < TT_COUNT(OPERATIONS); i++)
        fail_each(t, &w, i, tt__fail_one);
    tear_down(&w);
}
