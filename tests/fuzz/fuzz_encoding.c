/* fuzz_encoding.c - bytes read in every encoding and written back.
 *
 * The first byte chooses the encoding; all others are the bytes. What was read is valid UTF-8 and aligned with the bytes; where
 * it can be written, reading that again gives the same text, up to NFC. */
#include "fuzz.h"

/* Runs of bytes that are no UTF-8 copy only what is ASCII. */
static void check_decoded(const tt_decoded *got, tt_str bytes)
{
    FUZZ_CHECK(got->encoding != TT_ENCODING_DETECT && (unsigned)got->encoding < TT_ENCODING_COUNT);
    FUZZ_CHECK(tt_utf8_check(got->text, NULL) == TT_OK);
    fuzz_check_runs(&got->align, bytes, got->text, false);
    for (size_t i = 0; i < got->bad_len; i++)
        FUZZ_CHECK(got->bad[i] < bytes.len && (i == 0 || got->bad[i] > got->bad[i - 1]));
}

static void check_same(tt_str a, tt_str b, tt_arena *arena)
{
    tt_text left, right;
    FUZZ_CHECK(tt_text_make(&left, arena, a, NULL) == TT_OK && tt_text_make(&right, arena, b, NULL) == TT_OK);
    FUZZ_CHECK(tt_str_eq(left.norm, right.norm));
}

static void write_back(tt_str text, tt_encoding encoding, tt_arena *arena)
{
    tt_str written;
    tt_decoded again;
    tt_error err;
    bool mark = text.len >= 3 && memcmp(text.ptr, "\xEF\xBB\xBF", 3) == 0; /* would be taken for a byte order mark */
    tt_status status = tt_encode(&written, arena, text, encoding, &err);
    if (status != TT_OK) {
        FUZZ_CHECK(status == TT_EENCODING && err.pos < text.len && fuzz_is_border(text, err.pos));
        FUZZ_CHECK(encoding >= TT_WINDOWS_1258);
        return;
    }
    if (mark)
        return;
    FUZZ_CHECK(tt_decode(&again, arena, written, encoding, false, &err) == TT_OK);
    if (encoding < TT_WINDOWS_1258)
        FUZZ_CHECK(tt_str_eq(again.text, text));
    else
        check_same(again.text, text, arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tt_str rest = {(const char *)data, size}, text;
    tt_encoding encoding = (tt_encoding)(fuzz_choice(&rest, 1) % TT_ENCODING_COUNT);
    tt_arena arena = {0};
    char *copy = fuzz_copy(rest);
    tt_str bytes = {copy, rest.len};
    tt_decoded got;
    tt_error err;
    tt_status status = tt_decode(&got, &arena, bytes, encoding, false, &err);
    if (status == TT_OK) {
        check_decoded(&got, bytes);
        FUZZ_CHECK(got.bad_len == 0);
        write_back(got.text, got.encoding, &arena);
    } else {
        FUZZ_CHECK(status == TT_EENCODING && err.pos < bytes.len);
    }
    tt_status repaired = tt_decode(&got, &arena, bytes, encoding, true, &err);
    FUZZ_CHECK(repaired == TT_OK && (got.bad_len == 0) == (status == TT_OK));
    check_decoded(&got, bytes);
    free(copy);
    copy = fuzz_text(&text, rest);
    if (encoding != TT_ENCODING_DETECT)
        write_back(text, encoding, &arena);
    tt_arena_free(&arena);
    free(copy);
    return 0;
}
