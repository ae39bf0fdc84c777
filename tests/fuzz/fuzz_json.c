/* fuzz_json.c - the JSON reader on any text: values lie in the bytes, strings are valid, what is refused names its place. */
#include "fuzz.h"

#include "base/json_read.h"

/* Not deeper than TT_JSON_DEPTH. */
static void check_tree(const tt_json *value, size_t len)
{
    for (; value != NULL; value = value->next) {
        uint32_t number;
        FUZZ_CHECK(value->pos < len && value->kind <= TT_JSON_OBJECT);
        FUZZ_CHECK(tt_utf8_check(value->text, NULL) == TT_OK && tt_utf8_check(value->key, NULL) == TT_OK);
        FUZZ_CHECK(!tt_json__u32(&number, value) || value->kind == TT_JSON_NUMBER);
        check_tree(value->child, len);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tt_arena arena = {0};
    tt_str text;
    tt_error err;
    const tt_json *read;
    char *copy = fuzz_text(&text, (tt_str){(const char *)data, size});
    tt_status status = tt_json__parse(&read, &arena, text, &err);
    FUZZ_CHECK((status == TT_OK) == (read != NULL));
    FUZZ_CHECK(status == TT_OK || (status == TT_ECORPUS && err.pos <= text.len));
    check_tree(read, text.len);
    tt_arena_free(&arena);
    free(copy);
    return 0;
}
