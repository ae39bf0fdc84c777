/* letter.c - Latin letters by table (a lookup), all else by ICU's character properties. */
#include "text/letter.h"

#include "text/syllable.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "text/letter_table.inc"

static const tt_letter *row_of(uint32_t cp)
{
    if (cp >= tt_latin_first && cp <= tt_latin_last)
        return &tt_latin_letters[cp - tt_latin_first];
    if (cp >= tt_vietnamese_first && cp <= tt_vietnamese_last)
        return &tt_vietnamese_letters[cp - tt_vietnamese_first];
    return NULL;
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

tt_char tt__char_beyond_ascii(uint32_t cp)
{
    const tt_letter *row = row_of(cp);
    return row != NULL ? from_table(row) : from_icu(cp);
}

/* The first code point of the full canonical decomposition. */
static uint32_t base_of(uint32_t cp)
{
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&code);
    UChar parts[4];
    UChar32 first;
    while (U_SUCCESS(code)) {
        int32_t at = 0, len = unorm2_getRawDecomposition(nfc, (UChar32)cp, parts, (int32_t)TT_COUNT(parts), &code);
        if (len <= 0 || U_FAILURE(code))
            break;
        U16_NEXT(parts, at, len, first);
        cp = (uint32_t)first;
    }
    return cp;
}

uint32_t tt__plain_of(uint32_t cp)
{
    const tt_letter *row = row_of(cp);
    if (cp < 0x80)
        return cp;
    if (row != NULL)
        return row->upper ? (uint32_t)u_toupper(row->plain) : row->plain;
    if (U_MASK(u_charType((UChar32)cp)) & U_GC_M_MASK)
        return 0;
    return u_isalpha((UChar32)cp) && cp < 0xAC00 ? base_of(cp) : cp; /* Hangul syllables are no letters with marks */
}

uint32_t tt__lower_of(uint32_t cp)
{
    const tt_letter *row = row_of(cp);
    if (cp < 0x80)
        return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    if (row != NULL && row->tone != 0)
        return tt__toned_letter(row->small, false, row->tone);
    return row != NULL ? row->small : (uint32_t)u_foldCase((UChar32)cp, U_FOLD_CASE_DEFAULT);
}
