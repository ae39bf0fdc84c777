/* fuzz_model.c - the model loader: a file of the given bytes, and the same with a length and checksum that fit.
 *
 * Where a file is accepted, a document is read with it. */
#include "fuzz.h"

#include "base/hash.h"

#include <unistd.h>

enum { LENGTH_AT = 16, CHECKSUM_AT = 24, HEADER = 32 }; /* see core/base/model_file.c */

static void write_file(const char *path, tt_str bytes)
{
    FILE *file = fopen(path, "wb");
    FUZZ_CHECK(file != NULL && (bytes.len == 0 || fwrite(bytes.ptr, 1, bytes.len, file) == bytes.len));
    FUZZ_CHECK(fclose(file) == 0);
}

static void use(const char *path)
{
    static const char PAGE[] = "Hà Nội: ông Nguyễn Văn A\nNgày 9/9/2021, tại TP.HCM, bà B. mua 5 tấn gạo.";
    tt_pipeline *pipeline = NULL;
    tt_lexicon *lexicon = NULL;
    tt_model *model = NULL;
    tt_doc *doc = NULL;
    tt_error err;
    tt_status status = tt_pipeline_load(&pipeline, path, &err);
    FUZZ_CHECK((status == TT_OK) == (pipeline != NULL) && (status == TT_OK || status == TT_EMODEL));
    if (status == TT_OK)
        FUZZ_CHECK(tt_doc_make(&doc, pipeline, tt_str_c(PAGE), NULL, &err) == TT_OK);
    tt_doc_free(doc);
    tt_pipeline_free(pipeline);
    if (tt_model_open(&model, path, &err) == TT_OK && tt_lexicon_load(&lexicon, model, &err) == TT_OK)
        FUZZ_CHECK(tt_lexicon_class_count(lexicon) <= 64);
    tt_lexicon_free(lexicon);
    tt_model_close(model);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    char *copy = fuzz_copy((tt_str){(const char *)data, size});
    tt_str bytes = {copy, size};
    snprintf(path, sizeof path, "/tmp/fuzz_model.%ld", (long)getpid());
    write_file(path, bytes);
    use(path);
    if (size > HEADER) {
        uint64_t length = size, checksum = tt__checksum(copy + HEADER, size - HEADER);
        memcpy(copy + LENGTH_AT, &length, sizeof length);
        memcpy(copy + CHECKSUM_AT, &checksum, sizeof checksum);
        write_file(path, bytes);
        use(path);
    }
    remove(path);
    free(copy);
    return 0;
}
