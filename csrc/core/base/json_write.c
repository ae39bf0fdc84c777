/* json_write.c - eight bytes at a time are looked at for what needs an escape; the plain stretch between is copied whole. */
#include "base/json_write.h"

#include <string.h>

#define EVERY(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Nonzero when one of the eight bytes is a quote, a backslash or below 0x20. A byte from 0x80 up never is; bits that a borrow
 * sets above a true hit do no harm, since only "any" is asked. */
static uint64_t needs_escape(uint64_t eight)
{
    uint64_t quote = eight ^ EVERY('"'), slash = eight ^ EVERY('\\');
    uint64_t hit = (eight - EVERY(0x20)) & ~eight;
    hit |= (quote - EVERY(1)) & ~quote;
    hit |= (slash - EVERY(1)) & ~slash;
    return hit & EVERY(0x80);
}

static const char *skip_plain(const char *at, const char *end)
{
    uint64_t eight;
    for (; end - at >= 8; at += 8) {
        memcpy(&eight, at, 8);
        if (needs_escape(eight) != 0)
            break;
    }
    while (at < end && *at != '"' && *at != '\\' && (unsigned char)*at >= 0x20)
        at++;
    return at;
}

static tt_status add_escape(tt_buf *buf, unsigned char c)
{
    static const char HEX[] = "0123456789abcdef", FROM[] = "\"\\\b\f\n\r\t", INTO[] = "\"\\bfnrt";
    const char *known = c != 0 ? strchr(FROM, c) : NULL;
    if (known != NULL)
        return tt_buf_add(buf, (char[]){'\\', INTO[known - FROM]}, 2);
    return tt_buf_add(buf, (char[]){'\\', 'u', '0', '0', HEX[c >> 4], HEX[c & 15]}, 6);
}

tt_status tt_json__add_string(tt_buf *buf, tt_str s)
{
    tt_status status = tt_buf_add(buf, "\"", 1);
    const char *at = s.ptr, *end = s.len != 0 ? s.ptr + s.len : s.ptr;
    while (status == TT_OK && at < end) {
        const char *plain = skip_plain(at, end);
        status = tt_buf_add(buf, at, (size_t)(plain - at));
        at = plain;
        if (status == TT_OK && at < end)
            status = add_escape(buf, (unsigned char)*at++);
    }
    return status == TT_OK ? tt_buf_add(buf, "\"", 1) : status;
}

char *tt_json__put_number(char *to, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + number % 10);
    while ((number /= 10) != 0);
    memcpy(to, digits + at, sizeof digits - at);
    return to + (sizeof digits - at);
}
