/* fuzz_document.c - bytes to blocks and sentences, without a model, and the JSON that comes out: all that doc_checks.h
 * knows of a document holds. */
#include "fuzz.h"

#include "../c/doc_checks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tt_str bytes = {(const char *)data, size}, raw;
    tt_pipeline *pipeline;
    tt_doc *doc = NULL;
    tt_error err;
    char *copy = fuzz_copy(bytes);
    FUZZ_CHECK(tt_pipeline_load(&pipeline, NULL, &err) == TT_OK);
    tt_status status = tt_doc_make(&doc, pipeline, (tt_str){copy, size}, NULL, &err), checked = tt_utf8_check(bytes, NULL);
    FUZZ_CHECK(status == checked);
    free(copy);
    if (status == TT_OK)
        tt_doc_free(doc);
    copy = fuzz_text(&raw, bytes);
    FUZZ_CHECK(tt_doc_make(&doc, pipeline, raw, NULL, &err) == TT_OK);
    const char *broken = doc_broken(doc);
    if (broken != NULL)
        fprintf(stderr, "not so: %s\n", broken);
    FUZZ_CHECK(broken == NULL);
    tt_doc_free(doc);
    tt_pipeline_free(pipeline);
    free(copy);
    return 0;
}
