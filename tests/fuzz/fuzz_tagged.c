/* fuzz_tagged.c - the whole pipeline with the shipped model: all that doc_checks.h knows of a document holds, and every CPU
 * path and another thread give the same. FUZZ_MODEL is the path of the model. */
#include "fuzz.h"

#include "../c/cpu_paths.h"
#include "../c/doc_checks.h"

typedef struct {
    cpu_paths paths;
    const tt_pipeline *nlp; /* the fastest of them */
    tt_pool *pool;          /* of one other thread */
} readers;

/* Made at the first call and kept. */
static const readers *all_readers(void)
{
    static readers made;
    if (made.pool == NULL) {
        FUZZ_CHECK(cpu_paths_load(&made.paths, FUZZ_MODEL, NULL) == TT_OK);
        made.nlp = made.paths.nlp[tt__cpu()];
        FUZZ_CHECK(tt_pool_new(&made.pool, made.nlp, 1, 1, NULL) == TT_OK);
    }
    return &made;
}

static void check_thread(const readers *all, const tt_doc *doc)
{
    tt_pool_result other;
    tt_buf here = {NULL, 0, 0}, there = {NULL, 0, 0};
    FUZZ_CHECK(tt_pool_submit(all->pool, tt_doc_raw(doc), NULL, NULL, NULL) == TT_OK);
    FUZZ_CHECK(tt_pool_take(&other, all->pool, NULL) == TT_OK && other.status == TT_OK);
    FUZZ_CHECK(tt_doc_pack(&here, doc, NULL) == TT_OK && tt_doc_pack(&there, other.doc, NULL) == TT_OK);
    FUZZ_CHECK(tt_str_eq((tt_str){here.ptr, here.len}, (tt_str){there.ptr, there.len}));
    tt_doc_free(other.doc);
    tt_buf_free(&here);
    tt_buf_free(&there);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const readers *all = all_readers();
    tt_str raw;
    tt_doc *doc = NULL;
    char *copy = fuzz_text(&raw, (tt_str){(const char *)data, size});
    FUZZ_CHECK(tt_doc_make(&doc, all->nlp, raw, NULL, NULL) == TT_OK);
    const char *broken = doc_broken(doc);
    if (broken != NULL)
        fprintf(stderr, "not so: %s\n", broken);
    FUZZ_CHECK(broken == NULL);
    check_thread(all, doc);
    tt_doc_free(doc);
    FUZZ_CHECK(cpu_paths_agree(&all->paths, raw));
    free(copy);
    return 0;
}
