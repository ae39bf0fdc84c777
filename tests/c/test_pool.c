/* test_pool.c - many documents on several threads: order, bounds, errors, early end. */
#include "base/alloc.h"
#include "tiny_model.h"

#include <pthread.h>

enum { DOCS = 200 };

typedef struct {
    char text[DOCS][96];
    tt_pipeline *pipeline;
} material;

static void make_material(material *m, tt_test *t)
{
    TT_CHECK_OK("load", tt_pipeline_load(&m->pipeline, NULL, &t->err));
    for (unsigned i = 0; i < DOCS; i++) /* every 17th is not UTF-8 */
        snprintf(m->text[i], sizeof m->text[i], "%.*sBài số %u.\nHết.%s", (int)(i % 7) * 6, "Dòng.\nDòng.\nDòng.\nDòng.\n", i,
                 i % 17 == 3 ? "\xFF" : "");
}

/* Documents that are right carry the text of their tag. */
static void check_result(tt_test *t, const material *m, unsigned i, tt_pool_result *result)
{
    char name[16];
    snprintf(name, sizeof name, "doc %u", i);
    TT_CHECK(name, result->tag == m->text[i]);
    TT_CHECK_INT(name, result->status, i % 17 == 3 ? TT_EENCODING : TT_OK);
    TT_CHECK(name, (result->doc != NULL) == (result->status == TT_OK));
    if (result->doc != NULL)
        TT_CHECK(name, tt_doc_raw(result->doc).ptr == m->text[i] && tt_doc_items(result->doc, TT_LAYER_BLOCKS).len != 0);
    else
        TT_CHECK_INT(name, result->error.pos, strlen(m->text[i]) - 1);
    tt_doc_free(result->doc);
}

static const struct {
    const char *name;
    unsigned threads;
    size_t capacity;
} POOLS[] = {{"one thread", 1, 8},
             {"four threads", 4, 16},
             {"one place", 3, 1},
             {"more places than documents", 2, 1000},
             {"a thread each processor", 0, 3}};

/* Documents of all layers are begun one by one, brief ones several at a time. */
static const unsigned LAYERS[] = {0, TT_LAYER_BIT(TT_LAYER_BLOCKS) | TT_LAYER_BIT(TT_LAYER_SENTENCES)};

TT_TEST(pool_order)
{
    material m;
    make_material(&m, t);
    for (size_t row = 0; row < TT_COUNT(POOLS) * TT_COUNT(LAYERS); row++) {
        const size_t kind = row % TT_COUNT(POOLS);
        const char *name = POOLS[kind].name;
        const tt_doc_options options = {.layers = LAYERS[row / TT_COUNT(POOLS)]};
        tt_pool *pool = NULL;
        tt_pool_result result;
        unsigned in = 0, out = 0;
        TT_CHECK_OK(name, tt_pool_new(&pool, m.pipeline, POOLS[kind].threads, POOLS[kind].capacity, &t->err));
        TT_CHECK_INT(name, tt_pool_take(&result, pool, &t->err), TT_EARGUMENT);
        while (out < DOCS) {
            tt_status status =
                in < DOCS ? tt_pool_submit(pool, tt_str_c(m.text[in]), &options, m.text[in], &t->err) : TT_ELIMIT;
            in += status == TT_OK;
            if (status == TT_OK)
                continue;
            TT_CHECK_INT(name, status, TT_ELIMIT);
            TT_CHECK_INT(name, tt_pool_pending(pool), in - out);
            TT_CHECK(name, in - out == POOLS[kind].capacity || in == DOCS);
            TT_CHECK_OK(name, tt_pool_take(&result, pool, &t->err));
            check_result(t, &m, out++, &result);
        }
        TT_CHECK_INT(name, tt_pool_pending(pool), 0);
        tt_pool_free(pool);
    }
    tt_pipeline_free(m.pipeline);
}

/* 16-bit code points: the documents are those of the UTF-8. */
TT_TEST(pool_ucs2)
{
    static const uint16_t TEXTS[][8] = {{'H', 0x1ECD, 'p', '.', '\n', 'X'}, {'a', 0xD800, 'b'}, {0x110, 'i', '!'}};
    static const char *const WANT[] = {"Họp.\nX", NULL, "Đi!"};
    tt_pipeline *pipeline = NULL;
    TT_CHECK_OK("load", tt_pipeline_load(&pipeline, NULL, &t->err));
    for (size_t kind = 0; kind < TT_COUNT(LAYERS); kind++) {
        const tt_doc_options options = {.layers = LAYERS[kind]};
        tt_pool *pool = NULL;
        tt_pool_result result;
        TT_CHECK_OK("new", tt_pool_new(&pool, pipeline, 2, TT_COUNT(TEXTS), &t->err));
        for (size_t i = 0; i < TT_COUNT(TEXTS); i++) {
            size_t len = 0;
            while (TEXTS[i][len] != 0)
                len++;
            TT_CHECK_OK("submit", tt_pool_submit_ucs2(pool, TEXTS[i], len, &options, (void *)WANT[i], &t->err));
        }
        TT_CHECK_INT("full", tt_pool_submit_ucs2(pool, TEXTS[0], 1, &options, NULL, &t->err), TT_ELIMIT);
        for (size_t i = 0; i < TT_COUNT(TEXTS); i++) {
            TT_CHECK_OK("take", tt_pool_take(&result, pool, &t->err));
            TT_CHECK_INT("status", result.status, WANT[i] != NULL ? TT_OK : TT_EENCODING);
            TT_CHECK("text",
                     result.tag == WANT[i] && (WANT[i] == NULL || tt_str_eq(tt_doc_raw(result.doc), tt_str_c(WANT[i]))));
            tt_doc_free(result.doc);
        }
        tt_pool_free(pool);
    }
    tt_pipeline_free(pipeline);
}

/* A few brief documents are not begun by themselves, but when one is waited for; asking whether one is done begins them, too.
 */
TT_TEST(pool_brief_wait)
{
    const tt_doc_options options = {.layers = LAYERS[1]};
    tt_pipeline *pipeline = NULL;
    tt_pool *pool = NULL;
    tt_pool_result result;
    bool done = false;
    TT_CHECK("brief", tt_doc_is_brief(3, &options) && !tt_doc_is_brief((size_t)1 << 20, &options));
    TT_CHECK("not brief", !tt_doc_is_brief(3, &(tt_doc_options){.layers = 0}) && !tt_doc_is_brief(3, NULL));
    TT_CHECK_OK("load", tt_pipeline_load(&pipeline, NULL, &t->err));
    TT_CHECK_OK("new", tt_pool_new(&pool, pipeline, 3, 4, &t->err));
    for (int i = 0; i < 3; i++)
        TT_CHECK_OK("submit", tt_pool_submit(pool, tt_str_c("abc"), &options, NULL, &t->err));
    while (!done) /* no time is waited: the call itself is what begins them */
        TT_CHECK_OK("asked", tt_pool_wait(&done, pool, 0, &t->err));
    for (int i = 0; i < 3; i++) {
        TT_CHECK_OK("take", tt_pool_take(&result, pool, &t->err));
        tt_doc_free(result.doc);
    }
    tt_pool_free(pool);
    tt_pipeline_free(pipeline);
}

/* Options go with each document; they are copied. */
TT_TEST(pool_options)
{
    tt_pipeline *pipeline = NULL;
    bool done = true;
    tt_pool *pool = NULL;
    tt_pool_result result;
    tt_doc_options options = {.date = "2022-02-02", .max_bytes = 3};
    TT_CHECK_OK("load", tt_pipeline_load(&pipeline, NULL, &t->err));
    TT_CHECK_OK("new", tt_pool_new(&pool, pipeline, 2, 4, &t->err));
    TT_CHECK_INT("nothing to wait for", tt_pool_wait(&done, pool, 0, &t->err), TT_EARGUMENT);
    TT_CHECK("not done", !done);
    TT_CHECK_OK("with a date", tt_pool_submit(pool, tt_str_c("abc"), &options, NULL, &t->err));
    TT_CHECK_OK("too long", tt_pool_submit(pool, tt_str_c("abcd"), &options, NULL, &t->err));
    memset(&options, 0, sizeof options);
    TT_CHECK_OK("a wait", tt_pool_wait(&done, pool, 60000, &t->err));
    TT_CHECK("done", done);
    TT_CHECK_OK("with a date", tt_pool_take(&result, pool, &t->err));
    TT_CHECK_STR("with a date", tt_str_c(tt_doc_date(result.doc)), "2022-02-02");
    tt_doc_free(result.doc);
    TT_CHECK_OK("too long", tt_pool_take(&result, pool, &t->err));
    TT_CHECK_INT("too long", result.status, TT_ELIMIT);
    TT_CHECK_INT("too long", result.error.pos, 3);
    tt_pool_free(pool);
    tt_pipeline_free(pipeline);
}

/* A pool may end with documents waiting, under way and done; the sanitizers see what is lost. */
TT_TEST(pool_early_end)
{
    material m;
    make_material(&m, t);
    for (unsigned taken = 0; taken < 4; taken++) {
        tt_pool *pool = NULL;
        tt_pool_result result;
        TT_CHECK_OK("new", tt_pool_new(&pool, m.pipeline, 2, 64, &t->err));
        for (unsigned i = 0; i < 64; i++)
            TT_CHECK_OK("submit", tt_pool_submit(pool, tt_str_c(m.text[i]), NULL, m.text[i], &t->err));
        for (unsigned i = 0; i < taken; i++) {
            TT_CHECK_OK("take", tt_pool_take(&result, pool, &t->err));
            check_result(t, &m, i, &result);
        }
        tt_pool_free(pool);
    }
    tt_pool_free(NULL);
    tt_pipeline_free(m.pipeline);
}

typedef struct {
    const material *material;
    tt_pool *pool;
    bool failed;
} feeder;

static void *feed(void *context)
{
    feeder *f = context;
    for (unsigned i = 0; i < DOCS; i++) {
        const char *text = f->material->text[i];
        if (tt_pool_submit(f->pool, tt_str_c(text), NULL, (void *)text, NULL) != TT_OK)
            f->failed = true;
    }
    return NULL;
}

/* One thread hands in while another takes out. */
TT_TEST(pool_two_sides)
{
    material m;
    feeder f = {&m, NULL, false};
    pthread_t thread;
    make_material(&m, t);
    TT_CHECK_OK("new", tt_pool_new(&f.pool, m.pipeline, 2, DOCS, &t->err));
    TT_CHECK_INT("feeder", pthread_create(&thread, NULL, feed, &f), 0);
    for (unsigned out = 0; out < DOCS;) {
        tt_pool_result result;
        if (tt_pool_take(&result, f.pool, NULL) == TT_OK)
            check_result(t, &m, out++, &result);
    }
    pthread_join(thread, NULL);
    TT_CHECK("all were taken in", !f.failed);
    tt_pool_free(f.pool);
    tt_pipeline_free(m.pipeline);
}

TT_TEST(pool_refusals)
{
    tt_pipeline *pipeline = NULL;
    tt_pool *pool = NULL;
    tt_status status = TT_ENOMEM;
    TT_CHECK_OK("load", tt_pipeline_load(&pipeline, NULL, &t->err));
    TT_CHECK_INT("no places", tt_pool_new(&pool, pipeline, 1, 0, &t->err), TT_EARGUMENT);
    for (long n = 0; status != TT_OK && n < 10; n++) {
        tt__fail_after(n);
        status = tt_pool_new(&pool, pipeline, 2, 2, &t->err);
        tt__fail_after(-1);
        TT_CHECK("memory", status == (n < 3 ? TT_ENOMEM : TT_OK) && (pool != NULL) == (status == TT_OK));
    }
    tt_pool_free(pool);
    tt_pipeline_free(pipeline);
}

/* The document as a pipeline makes it that has made no other. */
static void pack_fresh(tt_buf *out, tt_test *t, const char *model, const char *text)
{
    tt_pipeline *fresh = NULL;
    tt_doc *doc = NULL;
    TT_CHECK_OK("load", tt_pipeline_load(&fresh, model, &t->err));
    TT_CHECK_OK(text, tt_doc_make(&doc, fresh, tt_str_c(text), NULL, &t->err));
    TT_CHECK_OK(text, tt_doc_pack(out, doc, &t->err));
    tt_doc_free(doc);
    tt_pipeline_free(fresh);
}

/* A tagger and its base on several threads, which hand their workspaces on, find what one thread finds with fresh ones. */
TT_TEST(pool_with_a_base)
{
    static const char *const TEXTS[] = {
        "Ông Trần Văn Minh, Giám đốc Sở Y tế Hà Nội, đến Huế.",
        "Bà Lê Thị Hoa , Huế và Hà Nội ( Minh ) .",
        "",
        "Hôm qua trời mưa to.",
        "Giám đốc Sở Y tế Hà Nội nói chuyện với bà Hoa, ông Minh, Huế, Hà Nội, Minh, Hoa.",
    };
    tiny_model f;
    tt_buf want[TT_COUNT(TEXTS)] = {{NULL, 0, 0}};
    tiny_set_up(&f, t);
    TT_CHECK_OK("train", tiny_train(&f, t, TINY_ANN, 3));
    tiny_train_on_top(&f, t, f.model);
    for (size_t i = 0; i < TT_COUNT(TEXTS); i++)
        pack_fresh(&want[i], t, f.model, TEXTS[i]);
    tt_pipeline *nlp = NULL;
    tt_pool *pool = NULL;
    TT_CHECK_OK("load", tt_pipeline_load(&nlp, f.model, &t->err));
    TT_CHECK_OK("new", tt_pool_new(&pool, nlp, 3, DOCS, &t->err));
    for (size_t i = 0; i < DOCS; i++)
        TT_CHECK_OK("submit", tt_pool_submit(pool, tt_str_c(TEXTS[i % TT_COUNT(TEXTS)]), NULL, NULL, &t->err));
    for (size_t i = 0; i < DOCS; i++) {
        tt_pool_result result;
        tt_buf got = {NULL, 0, 0};
        const tt_buf *same = &want[i % TT_COUNT(TEXTS)];
        TT_CHECK_OK("take", tt_pool_take(&result, pool, &t->err));
        TT_CHECK_OK("pack", tt_doc_pack(&got, result.doc, &t->err));
        TT_CHECK(TEXTS[i % TT_COUNT(TEXTS)], tt_str_eq((tt_str){got.ptr, got.len}, (tt_str){same->ptr, same->len}));
        tt_doc_free(result.doc);
        tt_buf_free(&got);
    }
    tt_pool_free(pool);
    tt_pipeline_free(nlp);
    for (size_t i = 0; i < TT_COUNT(TEXTS); i++)
        tt_buf_free(&want[i]);
    tiny_tear_down(&f);
}
