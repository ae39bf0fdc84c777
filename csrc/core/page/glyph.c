/* glyph.c - decoding and classes of single code points. ASCII is answered here, the rest by ICU, whose property tables are
 * compiled in and need no data file. */
#include "page/glyph.h"

#include "base/space.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

tt_glyph tt__glyph_at(const char *at, const char *end)
{
    if (at >= end)
        return (tt_glyph){0, 0};
    const uint8_t *bytes = (const uint8_t *)at;
    int32_t i = 0, left = end - at < U8_MAX_LENGTH ? (int32_t)(end - at) : U8_MAX_LENGTH;
    UChar32 c;
    U8_NEXT_OR_FFFD(bytes, i, left, c);
    return (tt_glyph){(uint32_t)c, (uint32_t)i};
}

tt_glyph tt__glyph_before(const char *begin, const char *end)
{
    if (end <= begin)
        return (tt_glyph){0, 0};
    int32_t left = end - begin < U8_MAX_LENGTH ? (int32_t)(end - begin) : U8_MAX_LENGTH, i = left;
    const uint8_t *bytes = (const uint8_t *)end - left;
    UChar32 c;
    U8_PREV_OR_FFFD(bytes, 0, i, c);
    return (tt_glyph){(uint32_t)c, (uint32_t)(left - i)};
}

bool tt__is_upper(uint32_t cp)
{
    return cp < 0x80 ? cp >= 'A' && cp <= 'Z' : u_isupper((UChar32)cp) || u_istitle((UChar32)cp);
}

bool tt__is_lower(uint32_t cp)
{
    return cp < 0x80 ? cp >= 'a' && cp <= 'z' : u_islower((UChar32)cp);
}

bool tt__is_letter(uint32_t cp)
{
    return cp < 0x80 ? (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z' : u_isalpha((UChar32)cp);
}

bool tt__is_digit(uint32_t cp)
{
    return cp >= '0' && cp <= '9';
}

bool tt__is_closer(uint32_t cp)
{
    return cp == '"' || cp == '\'' || cp == ')' || cp == ']' || cp == 0x201D || cp == 0x2019 || cp == 0xBB;
}

uint32_t tt__small(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= 'A' && cp <= 'Z' ? cp | 0x20 : cp;
    return (uint32_t)u_tolower((UChar32)cp);
}

static size_t zero_width_at(const char *at, const char *end)
{
    const unsigned char *p = (const unsigned char *)at;
    if (end - at < 3)
        return 0;
    bool found = (p[0] == 0xE2 && p[1] == 0x80 && p[2] == 0x8B) || /* U+200B */
                 (p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF);   /* U+FEFF */
    return found ? 3 : 0;
}

size_t tt__blank_at(const char *at, const char *end)
{
    size_t len = tt__space_at(at, end);
    return len != 0 ? len : zero_width_at(at, end);
}

size_t tt__blank_before(const char *begin, const char *end)
{
    size_t len = tt__space_before(begin, end);
    if (len != 0 || end - begin < 3)
        return len;
    return zero_width_at(end - 3, end);
}

const char *tt__skip_blank(const char *at, const char *end)
{
    size_t len;
    while ((len = tt__blank_at(at, end)) != 0)
        at += len;
    return at;
}

tt_span tt__blank_trim(const char *text, tt_span span)
{
    size_t len;
    span.start = (uint32_t)(tt__skip_blank(text + span.start, text + span.end) - text);
    while ((len = tt__blank_before(text + span.start, text + span.end)) != 0)
        span.end -= (uint32_t)len;
    return span;
}
