/* letter.c - Latin letters by table (a lookup), all else by ICU's character properties. */
#include "text/letter.h"

#include "text/syllable.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "text/letter_table.inc"

_Static_assert(TT_COUNT(tt_latin_plain) == TT_LATIN_END - (size_t)tt_latin_first &&
                   TT_COUNT(tt_vietnamese_plain) == TT_VIETNAMESE_COUNT && (int)tt_vietnamese_first == (int)TT_VIETNAMESE_FIRST,
               "rebuild the table");

/* Is it in the table of letters without marks? */
static bool is_listed(uint32_t cp)
{
    return (cp >= tt_latin_first && cp < tt_latin_end) || (cp >= tt_vietnamese_first && cp < tt_vietnamese_end);
}

/* Zero-width space, no-break space and BOM part words as spaces do. */
tt_char tt__char_of_icu(uint32_t cp)
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
    if (cp < 0x80)
        return cp;
    if (is_listed(cp)) {
        uint32_t plain =
            cp < tt_latin_end ? tt_latin_plain[cp - tt_latin_first] : tt_vietnamese_plain[cp - tt_vietnamese_first];
        return tt__char_of(cp).upper ? (uint32_t)u_toupper((UChar32)plain) : plain;
    }
    if (U_MASK(u_charType((UChar32)cp)) & U_GC_M_MASK)
        return 0;
    return u_isalpha((UChar32)cp) && cp < 0xAC00 ? base_of(cp) : cp; /* Hangul syllables are no letters with marks */
}

uint32_t tt__lower_of(uint32_t cp)
{
    if (cp >= 0x80 && !is_listed(cp))
        return (uint32_t)u_foldCase((UChar32)cp, U_FOLD_CASE_DEFAULT);
    tt_char is = tt__char_of(cp);
    return is.tone != 0 ? tt__toned_letter(is.small, false, is.tone) : is.small;
}
