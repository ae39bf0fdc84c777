/* fuzz_document.c - bytes to blocks and sentences, without a model, and the JSON that comes out: all that doc_checks.h
 * knows of a document holds, and every CPU path gives the same. */
#include "fuzz.h"

#include "../c/cpu_paths.h"
#include "../c/doc_checks.h"

/* Loaded at the first call and kept. */
static const cpu_paths *pipelines(void)
{
    static cpu_paths paths;
    FUZZ_CHECK(paths.nlp[0] != NULL || cpu_paths_load(&paths, NULL, NULL) == TT_OK);
    return &paths;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const cpu_paths *paths = pipelines();
    const tt_pipeline *nlp = paths->nlp[tt__cpu()];
    tt_str bytes = {(const char *)data, size}, raw;
    tt_doc *doc = NULL;
    char *copy = fuzz_copy(bytes);
    bytes.ptr = copy;
    tt_status status = tt_doc_make(&doc, nlp, bytes, NULL, NULL), checked = tt_utf8_check(bytes, NULL);
    FUZZ_CHECK(status == checked);
    if (status != TT_OK)
        FUZZ_CHECK(cpu_paths_agree(paths, bytes));
    tt_doc_free(doc);
    free(copy);
    copy = fuzz_text(&raw, (tt_str){(const char *)data, size});
    FUZZ_CHECK(tt_doc_make(&doc, nlp, raw, NULL, NULL) == TT_OK);
    const char *broken = doc_broken(doc);
    if (broken != NULL)
        fprintf(stderr, "not so: %s\n", broken);
    FUZZ_CHECK(broken == NULL);
    tt_doc_free(doc);
    FUZZ_CHECK(cpu_paths_agree(paths, raw));
    free(copy);
    return 0;
}
