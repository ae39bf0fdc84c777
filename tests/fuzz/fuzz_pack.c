/* fuzz_pack.c - bytes as a packed document or value behind a right head, and text as a document's JSON line.
 *
 * What is taken can be packed, written as JSON and read again, and says the same; what is refused names a byte. */
#include "fuzz.h"

#include "base/hash.h"
#include "document/pack_format.h"

static void check_document(const tt_doc *doc)
{
    tt_buf packed = {NULL, 0, 0}, line = {NULL, 0, 0};
    tt_doc *back = NULL;
    tt_str raw = tt_doc_raw(doc);
    for (unsigned layer = 0; layer < TT_LAYERS; layer++) {
        tt_items items = tt_doc_items(doc, (tt_layer)layer);
        for (size_t i = 0; i < items.len; i++)
            FUZZ_CHECK(items.at[i].byte.start < items.at[i].byte.end && fuzz_is_border(raw, items.at[i].byte.start) &&
                       fuzz_is_border(raw, items.at[i].byte.end));
    }
    FUZZ_CHECK(tt_doc_pack(&packed, doc, NULL) == TT_OK);
    FUZZ_CHECK(tt_doc_unpack(&back, (tt_str){packed.ptr, packed.len}, NULL) == TT_OK && tt_doc_equal(doc, back));
    tt_doc_free(back);
    FUZZ_CHECK(tt_doc_json(&line, doc, tt_str_c("x"), NULL) == TT_OK);
    FUZZ_CHECK(tt_doc_from_json(&back, NULL, (tt_str){line.ptr, line.len}, NULL) == TT_OK && tt_doc_equal(doc, back));
    tt_doc_free(back);
    tt_buf_free(&packed);
    tt_buf_free(&line);
}

/* The bytes behind a head of ours, so that random ones come past the checksum. */
static tt_str sealed(char *to, const char *magic, const uint8_t *data, size_t size)
{
    uint64_t sum = tt__checksum(data, size);
    memcpy(to, magic, TT_PACK_MAGIC);
    to[TT_PACK_MAGIC] = TT_PACK_VERSION;
    for (int i = 0; i < 8; i++)
        to[TT_PACK_MAGIC + 1 + i] = (char)(sum >> 8 * i & 0xFF);
    if (size != 0)
        memcpy(to + TT_PACK_HEAD, data, size);
    return (tt_str){to, TT_PACK_HEAD + size};
}

static void run_document(tt_str bytes, bool json)
{
    tt_error err = {0, ""};
    tt_doc *doc = NULL;
    tt_status status = json ? tt_doc_from_json(&doc, NULL, bytes, &err) : tt_doc_unpack(&doc, bytes, &err);
    FUZZ_CHECK((status == TT_OK) == (doc != NULL));
    FUZZ_CHECK(status == TT_OK ||
               ((status == TT_ECORPUS || status == TT_EENCODING) && err.pos <= bytes.len && err.msg[0] != '\0'));
    if (doc != NULL)
        check_document(doc);
    tt_doc_free(doc);
}

/* A document around the text, so that random mentions meet random text. */
static void run_marked(const uint8_t *data, size_t size)
{
    tt_str rest = {(const char *)data, size}, text;
    uint32_t starts[4], ends[4];
    for (int i = 0; i < 4; i++) {
        starts[i] = fuzz_choice(&rest, 1);
        ends[i] = starts[i] + fuzz_choice(&rest, 1) % 16;
    }
    char *copy = fuzz_text(&text, rest), marks[256];
    tt_pipeline *pipeline = NULL;
    tt_doc *doc = NULL;
    tt_buf line = {NULL, 0, 0};
    FUZZ_CHECK(tt_pipeline_load(&pipeline, NULL, NULL) == TT_OK && tt_doc_make(&doc, pipeline, text, NULL, NULL) == TT_OK);
    check_document(doc);
    FUZZ_CHECK(tt_doc_json(&line, doc, tt_str_c("x"), NULL) == TT_OK);
    tt_doc_free(doc);
    tt_pipeline_free(pipeline);
    FUZZ_CHECK(tt_buf_add(&line, "", 1) == TT_OK);
    char *layers = strstr(line.ptr, "\",\"blocks\":[");
    FUZZ_CHECK(layers != NULL);
    for (char *next = layers; (next = strstr(next + 1, "\",\"blocks\":[")) != NULL;)
        layers = next; /* the text may say the same */
    line.len = (size_t)(layers - line.ptr);
    int len = snprintf(marks, sizeof marks,
                       "\",\"entities\":[{\"start\":%u,\"end\":%u,\"label\":\"A\",\"value\":\"v\"},"
                       "{\"start\":%u,\"end\":%u,\"label\":\"DATE\"},{\"start\":%u,\"end\":%u,\"label\":\"A\"}]}",
                       starts[0], ends[0], starts[1], ends[1], starts[2], ends[2]);
    FUZZ_CHECK(tt_buf_add(&line, marks, (size_t)len) == TT_OK);
    run_document((tt_str){line.ptr, line.len}, true);
    tt_buf_free(&line);
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tt_value value;
    tt_value_label label;
    tt_error err = {0, ""};
    tt_str text;
    char *packed = malloc(TT_PACK_HEAD + size);
    FUZZ_CHECK(packed != NULL);
    run_document((tt_str){(const char *)data, size}, false);
    run_document(sealed(packed, TT_PACK_DOCUMENT, data, size), false);
    tt_str bytes = sealed(packed, TT_PACK_VALUE, data, size);
    tt_status status = tt_value_unpack(&value, &label, bytes, &err);
    FUZZ_CHECK(status == TT_OK || (status == TT_ECORPUS && err.pos <= bytes.len));
    free(packed);
    char *copy = fuzz_text(&text, (tt_str){(const char *)data, size});
    run_document(text, true);
    free(copy);
    run_marked(data, size);
    return 0;
}
