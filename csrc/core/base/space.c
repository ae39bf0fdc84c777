/* space.c - white space in UTF-8, by its bytes: only seven lead bytes can begin one. */
#include "base/space.h"

size_t tt__space_at(const char *at, const char *end)
{
    const unsigned char *p = (const unsigned char *)at;
    size_t left = (size_t)(end - at);
    if (left == 0)
        return 0;
    if (p[0] < 0x80)
        return p[0] == ' ' || (p[0] >= 0x09 && p[0] <= 0x0D) || (p[0] >= 0x1C && p[0] <= 0x1F);
    if (p[0] == 0xC2) /* U+0085, U+00A0 */
        return left >= 2 && (p[1] == 0x85 || p[1] == 0xA0) ? 2 : 0;
    if (left < 3)
        return 0;
    if (p[0] == 0xE2 && p[1] == 0x80) /* U+2000 to U+200A, U+2028, U+2029, U+202F */
        return (p[2] >= 0x80 && p[2] <= 0x8A) || p[2] == 0xA8 || p[2] == 0xA9 || p[2] == 0xAF ? 3 : 0;
    bool other = (p[0] == 0xE1 && p[1] == 0x9A && p[2] == 0x80) || /* U+1680 */
                 (p[0] == 0xE2 && p[1] == 0x81 && p[2] == 0x9F) || /* U+205F */
                 (p[0] == 0xE3 && p[1] == 0x80 && p[2] == 0x80);   /* U+3000 */
    return other ? 3 : 0;
}

size_t tt__space_before(const char *begin, const char *end)
{
    size_t left = (size_t)(end - begin);
    for (size_t len = 1; len <= 3 && len <= left; len++)
        if (tt__space_at(end - len, end) == len)
            return len;
    return 0;
}

tt_span tt__span_trim(const char *text, tt_span span)
{
    size_t space;
    while ((space = tt__space_at(text + span.start, text + span.end)) != 0)
        span.start += (uint32_t)space;
    while ((space = tt__space_before(text + span.start, text + span.end)) != 0)
        span.end -= (uint32_t)space;
    return span;
}

tt_str tt__str_trim(tt_str s)
{
    size_t space;
    while ((space = tt__space_at(s.ptr, s.ptr + s.len)) != 0)
        s = (tt_str){s.ptr + space, s.len - space};
    while ((space = tt__space_before(s.ptr, s.ptr + s.len)) != 0)
        s.len -= space;
    return s;
}
