/* utf8.c - check UTF-8 and, on request, repair it. Plain ASCII is passed over eight bytes at a time. */
#include "tintuc/text.h"
#include "base/alloc.h"

#include <string.h>

static bool all_ascii(const unsigned char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return (word & UINT64_C(0x8080808080808080)) == 0;
}

static bool is_tail(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* Bytes of the sequence at `at` (1-4), or 0 when it is ill-formed; then *bad is how many bytes of it U+FFFD stands for. */
static size_t sequence(const unsigned char *at, size_t left, size_t *bad)
{
    unsigned char lead = at[0], low = 0x80, high = 0xBF;
    size_t len = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    *bad = 1;
    if (len <= 1)
        return len;
    if (lead == 0xE0)
        low = 0xA0; /* below: overlong */
    else if (lead == 0xED)
        high = 0x9F; /* above: surrogates */
    else if (lead == 0xF0)
        low = 0x90;
    else if (lead == 0xF4)
        high = 0x8F; /* above: beyond U+10FFFF */
    if (left < 2 || at[1] < low || at[1] > high)
        return 0;
    for (*bad = 2; *bad < len; ++*bad)
        if (*bad >= left || !is_tail(at[*bad]))
            return 0;
    return len;
}

/* First ill-formed byte, or bytes.len. */
static size_t first_bad(tt_str bytes, size_t from, size_t *bad)
{
    const unsigned char *at = (const unsigned char *)bytes.ptr;
    size_t i = from;
    while (i < bytes.len) {
        while (i + 8 <= bytes.len && all_ascii(at + i))
            i += 8;
        if (i >= bytes.len)
            break;
        size_t len = at[i] < 0x80 ? 1 : sequence(at + i, bytes.len - i, bad);
        if (len == 0)
            return i;
        i += len;
    }
    return bytes.len;
}

tt_status tt_utf8_check(tt_str bytes, tt_error *err)
{
    size_t bad, at = first_bad(bytes, 0, &bad);
    if (at == bytes.len)
        return TT_OK;
    return tt_fail(err, TT_EENCODING, at, "byte %zu (0x%02X) is not UTF-8: name the encoding, or ask for repair", at,
                   (unsigned)(unsigned char)bytes.ptr[at]);
}

tt_status tt_utf8_repair(tt_str *out, size_t *count, tt_arena *arena, tt_str bytes, tt_error *err)
{
    tt_status status = TT_OK;
    tt_buf buf = {NULL, 0, 0};
    size_t found = 0, bad = 1;
    for (size_t at = 0; status == TT_OK && at < bytes.len;) {
        size_t next = first_bad(bytes, at, &bad);
        status = tt_buf_add(&buf, bytes.ptr + at, next - at);
        if (status == TT_OK && next < bytes.len) {
            status = tt_buf_add(&buf, "\xEF\xBF\xBD", 3);
            found++;
            next += bad;
        }
        at = next;
    }
    char *copy = status == TT_OK ? tt__arena_copy(arena, buf.ptr, buf.len) : NULL;
    *out = (tt_str){copy, copy ? buf.len : 0};
    if (count != NULL)
        *count = found;
    tt_buf_free(&buf);
    return copy ? TT_OK : tt_fail(err, TT_ENOMEM, 0, "repair: out of memory");
}
