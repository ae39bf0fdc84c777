/* letter.c - Latin letters by table (a lookup), all else by ICU's character properties. */
#include "text/letter.h"

#include <unicode/uchar.h>

#include "text/letter_table.inc"

uint32_t tt__decode(const char *at, uint32_t *len)
{
    const unsigned char *b = (const unsigned char *)at;
    if (b[0] < 0x80) {
        *len = 1;
        return b[0];
    }
    if (b[0] < 0xE0) {
        *len = 2;
        return (uint32_t)(b[0] & 0x1F) << 6 | (b[1] & 0x3F);
    }
    if (b[0] < 0xF0) {
        *len = 3;
        return (uint32_t)(b[0] & 0x0F) << 12 | (uint32_t)(b[1] & 0x3F) << 6 | (b[2] & 0x3F);
    }
    *len = 4;
    return (uint32_t)(b[0] & 0x07) << 18 | (uint32_t)(b[1] & 0x3F) << 12 | (uint32_t)(b[2] & 0x3F) << 6 | (b[3] & 0x3F);
}

static tt_char ascii(uint32_t cp)
{
    bool upper = cp >= 'A' && cp <= 'Z', lower = cp >= 'a' && cp <= 'z';
    return (tt_char){
        .small = upper ? cp + 32 : cp,
        .letter = upper || lower,
        .upper = upper,
        .digit = cp >= '0' && cp <= '9',
        .space = cp == ' ' || (cp >= '\t' && cp <= '\r'),
    };
}

static tt_char from_table(const tt_letter *row)
{
    return (tt_char){.small = row->small, .tone = row->tone, .letter = row->letter, .upper = row->upper};
}

/* Zero-width space, no-break space and BOM part words as spaces do. */
static tt_char from_icu(uint32_t cp)
{
    uint32_t kind = U_MASK(u_charType((UChar32)cp));
    return (tt_char){
        .small = (uint32_t)u_tolower((UChar32)cp),
        .letter = (kind & U_GC_L_MASK) != 0,
        .upper = (kind & (U_GC_LU_MASK | U_GC_LT_MASK)) != 0,
        .digit = (kind & U_GC_ND_MASK) != 0,
        .mark = (kind & U_GC_M_MASK) != 0,
        .space = u_isUWhiteSpace((UChar32)cp) || cp == 0x200B || cp == 0xFEFF,
    };
}

tt_char tt__char_of(uint32_t cp)
{
    if (cp < 0x80)
        return ascii(cp);
    if (cp >= tt_latin_first && cp <= tt_latin_last)
        return from_table(&tt_latin_letters[cp - tt_latin_first]);
    if (cp >= tt_vietnamese_first && cp <= tt_vietnamese_last)
        return from_table(&tt_vietnamese_letters[cp - tt_vietnamese_first]);
    return from_icu(cp);
}
