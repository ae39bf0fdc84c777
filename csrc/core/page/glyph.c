/* glyph.c - classes of single code points: those of Vietnamese pages by a table, the rest by ICU, whose property tables are
 * compiled in and need no data file. */
#include "page/glyph.h"

#include <unicode/uchar.h>

#include "page/glyph_table.inc"

#ifdef TT_FAULTS
static _Thread_local size_t steps_taken;

void tt__step(size_t count)
{
    steps_taken += count;
}

size_t tt__steps_take(void)
{
    size_t taken = steps_taken;
    steps_taken = 0;
    return taken;
}
#endif

tt_glyph_row tt__glyph_rare(uint32_t cp)
{
    UChar32 c = (UChar32)cp, small = u_tolower(c);
    unsigned kind = 0;
    if (u_isalpha(c))
        kind |= TT_GLYPH_LETTER;
    if (u_isupper(c) || u_istitle(c))
        kind |= TT_GLYPH_UPPER;
    if (u_islower(c))
        kind |= TT_GLYPH_LOWER;
    return (tt_glyph_row){small <= 0xFFFF ? (uint16_t)small : 0, (uint8_t)kind};
}

const bool tt__blank_leads[256] = {
    [0x09] = true, [0x0A] = true, [0x0B] = true, [0x0C] = true, [0x0D] = true, [0x1C] = true, [0x1D] = true, [0x1E] = true,
    [0x1F] = true, [' '] = true,  [0xC2] = true, [0xE1] = true, [0xE2] = true, [0xE3] = true, [0xEF] = true,
};

static size_t zero_width_at(const char *at, const char *end)
{
    const unsigned char *p = (const unsigned char *)at;
    if (end - at < 3)
        return 0;
    bool found = (p[0] == 0xE2 && p[1] == 0x80 && p[2] == 0x8B) || /* U+200B */
                 (p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF);   /* U+FEFF */
    return found ? 3 : 0;
}

size_t tt__wide_blank_at(const char *at, const char *end)
{
    size_t len = tt__space_at(at, end);
    return len != 0 ? len : zero_width_at(at, end);
}

size_t tt__wide_blank_before(const char *begin, const char *end)
{
    size_t left = (size_t)(end - begin);
    for (size_t len = 2; len <= 3 && len <= left; len++)
        if (tt__blank_at(end - len, end) == len)
            return len;
    return 0;
}

tt_span tt__blank_trim(const char *text, tt_span span)
{
    size_t len;
    span.start = (uint32_t)(tt__skip_blank(text + span.start, text + span.end) - text);
    while ((len = tt__blank_before(text + span.start, text + span.end)) != 0)
        span.end -= (uint32_t)len;
    return span;
}
