/* fuzz_pool.c - documents read by several threads are those that one thread reads, in their order, and errors too.
 *
 * The first byte says how many threads, which layers, and whether the pool is one that is kept; bytes FF cut the rest into
 * documents. */
#include "fuzz.h"

enum { DOCUMENTS_MAX = 16, THREADS_MAX = 4 };

static void write_line(tt_buf *out, tt_doc *doc, tt_status status, const tt_error *what)
{
    tt_status written =
        doc != NULL ? tt_doc_json(out, doc, tt_str_c("x"), NULL) : tt_doc_json_error(out, tt_str_c("x"), status, what, NULL);
    FUZZ_CHECK(written == TT_OK);
    tt_doc_free(doc);
}

static size_t cut(tt_str *parts, tt_str rest)
{
    size_t count = 0;
    while (rest.len != 0 && count < DOCUMENTS_MAX) {
        const char *end = memchr(rest.ptr, 0xFF, rest.len);
        parts[count++] = (tt_str){rest.ptr, end != NULL ? (size_t)(end - rest.ptr) : rest.len};
        size_t used = end != NULL ? (size_t)(end - rest.ptr) + 1 : rest.len;
        rest = (tt_str){rest.ptr + used, rest.len - used};
    }
    return count;
}

static void read_alone(tt_buf *out, const tt_pipeline *pipeline, const tt_str *parts, size_t count,
                       const tt_doc_options *options)
{
    for (size_t i = 0; i < count; i++) {
        tt_doc *doc = NULL;
        tt_error err;
        tt_status status = tt_doc_make(&doc, pipeline, parts[i], options, &err);
        write_line(out, doc, status, &err);
    }
}

static tt_pool *new_pool(const tt_pipeline *pipeline, unsigned threads)
{
    tt_pool *pool;
    FUZZ_CHECK(tt_pool_new(&pool, pipeline, threads, DOCUMENTS_MAX, NULL) == TT_OK);
    return pool;
}

/* Made at the first call and kept: most of the time would go into starting threads. */
static tt_pool *kept_pool(const tt_pipeline *pipeline, unsigned threads)
{
    static tt_pool *pools[THREADS_MAX + 1];
    if (pools[threads] == NULL)
        pools[threads] = new_pool(pipeline, threads);
    return pools[threads];
}

static void read_together(tt_buf *out, tt_pool *pool, const tt_str *parts, size_t count, const tt_doc_options *options)
{
    for (size_t i = 0; i < count; i++)
        FUZZ_CHECK(tt_pool_submit(pool, parts[i], options, (void *)&parts[i], NULL) == TT_OK);
    for (size_t i = 0; i < count; i++) {
        tt_pool_result result;
        FUZZ_CHECK(tt_pool_take(&result, pool, NULL) == TT_OK && result.tag == &parts[i]);
        write_line(out, result.doc, result.status, &result.error);
    }
    FUZZ_CHECK(tt_pool_pending(pool) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static tt_pipeline *pipeline;
    FUZZ_CHECK(pipeline != NULL || tt_pipeline_load(&pipeline, NULL, NULL) == TT_OK);
    tt_str rest = {(const char *)data, size}, parts[DOCUMENTS_MAX];
    uint32_t choice = fuzz_choice(&rest, 1);
    unsigned threads = 2 + choice % (THREADS_MAX - 1);
    bool kept = choice / 16 != 0;
    tt_doc_options options = {.layers = choice / 8 % 2 != 0 ? TT_LAYER_BIT(TT_LAYER_SENTENCES) : 0};
    tt_pool *pool = kept ? kept_pool(pipeline, threads) : new_pool(pipeline, threads);
    tt_buf alone = {NULL, 0, 0}, together = {NULL, 0, 0};
    size_t count = cut(parts, rest);
    read_alone(&alone, pipeline, parts, count, &options);
    read_together(&together, pool, parts, count, &options);
    FUZZ_CHECK(tt_str_eq((tt_str){alone.ptr, alone.len}, (tt_str){together.ptr, together.len}));
    if (!kept)
        tt_pool_free(pool);
    tt_buf_free(&alone);
    tt_buf_free(&together);
    return 0;
}
