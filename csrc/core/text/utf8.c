/* utf8.c - check UTF-8 and, on request, repair it.
 *
 * Good text is scanned in steps; the step that fails goes one code point at a time, which finds the place. */
#include "base/alloc.h"
#include "base/decode.h"
#include "text/scan.h"

#include <string.h>

enum { LEAD = 64 };

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
        if (*bad >= left || !tt__is_tail((char)at[*bad]))
            return 0;
    return len;
}

/* First ill-formed byte at or after the code point at `from`, or bytes.len. The text is scanned only after LEAD good bytes:
 * damage is mostly near to other damage. */
static size_t first_bad(tt_str bytes, size_t from, size_t *bad)
{
    const unsigned char *at = (const unsigned char *)bytes.ptr;
    size_t i = from, scan_at = from == 0 ? 0 : from + LEAD;
    for (size_t len; i < bytes.len; i += len) {
        if (i >= scan_at) {
            tt_str rest = {bytes.ptr + i, bytes.len - i};
            i += tt__scan_text(NULL, NULL, NULL, tt__scan_of(tt__cpu()), rest);
            scan_at = bytes.len; /* it stopped near the bad byte */
            if (i == bytes.len)
                break;
        }
        len = sequence(at + i, bytes.len - i, bad);
        if (len == 0)
            return i;
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

/* Write the repaired text at `out` (NULL: only measure); gives its length. */
static size_t repair(char *out, size_t *count, tt_str bytes)
{
    size_t len = 0, bad = 1;
    *count = 0;
    for (size_t at = 0; at < bytes.len;) {
        size_t next = first_bad(bytes, at, &bad), good = next - at;
        if (out != NULL)
            memcpy(out + len, bytes.ptr + at, good);
        len += good;
        at = next;
        if (next < bytes.len) {
            if (out != NULL)
                memcpy(out + len, "\xEF\xBF\xBD", 3);
            len += 3;
            at += bad;
            ++*count;
        }
    }
    return len;
}

tt_status tt_utf8_repair(tt_str *out, size_t *count, tt_arena *arena, tt_str bytes, tt_error *err)
{
    size_t found, len = bytes.len <= TT_TEXT_MAX ? repair(NULL, &found, bytes) : bytes.len;
    *out = (tt_str){NULL, 0};
    if (len > TT_TEXT_MAX)
        return tt_fail(err, TT_ELIMIT, TT_TEXT_MAX, "text of %zu bytes is longer than %zu: split it", len, TT_TEXT_MAX);
    char *copy = tt_arena_alloc(arena, len);
    if (copy == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "repair: out of memory");
    repair(copy, &found, bytes);
    *out = (tt_str){copy, len};
    if (count != NULL)
        *count = found;
    return TT_OK;
}
