/* glyph_rows.c - the tables of the glyph pass. Code points and their kinds are those of the Unicode Character Database 15.0:
 * General_Category Cc, Zs, Pd, Pi, Pf, Co; Default_Ignorable_Code_Point; confusables of Unicode TS 39 for the look-alikes. NFC,
 * which comes later, turns U+1FBE into the look-alike U+03B9 and U+1FFD into the quote U+00B4, so both are turned here. */
#include "text/glyph_rows.h"

/* Sorted, apart. */
static const tt_glyph_row ROWS[] = {
    {0x0000, 0x0008, TT_STEP_CONTROLS, ""},    {0x000B, 0x000C, TT_STEP_NEWLINES, "\n"},
    {0x000D, 0x000D, TT_STEP_NEWLINES, "\n"},  {0x000E, 0x001F, TT_STEP_CONTROLS, ""},
    {0x007F, 0x0084, TT_STEP_CONTROLS, ""},    {0x0085, 0x0085, TT_STEP_NEWLINES, "\n"},
    {0x0086, 0x009F, TT_STEP_CONTROLS, ""},    {0x00A0, 0x00A0, TT_STEP_SPACES, " "},
    {0x00AB, 0x00AB, TT_STEP_QUOTES, "\""},    {0x00AD, 0x00AD, TT_STEP_INVISIBLE, ""},
    {0x00B4, 0x00B4, TT_STEP_QUOTES, "'"},     {0x00BB, 0x00BB, TT_STEP_QUOTES, "\""},
    {0x00D0, 0x00D0, TT_STEP_LETTERS, "Đ"},    {0x00F0, 0x00F0, TT_STEP_LETTERS, "đ"},
    {0x0189, 0x0189, TT_STEP_LETTERS, "Đ"},    {0x0256, 0x0256, TT_STEP_LETTERS, "đ"},
    {0x034F, 0x034F, TT_STEP_INVISIBLE, ""},   {0x061C, 0x061C, TT_STEP_INVISIBLE, ""},
    {0x1680, 0x1680, TT_STEP_SPACES, " "},     {0x180E, 0x180E, TT_STEP_INVISIBLE, ""},
    {0x1FBE, 0x1FBE, TT_STEP_LOOKALIKES, "ι"}, {0x1FFD, 0x1FFD, TT_STEP_QUOTES, "'"},
    {0x2000, 0x200A, TT_STEP_SPACES, " "},     {0x200B, 0x200F, TT_STEP_INVISIBLE, ""},
    {0x2010, 0x2015, TT_STEP_DASHES, "-"},     {0x2018, 0x201B, TT_STEP_QUOTES, "'"},
    {0x201C, 0x201F, TT_STEP_QUOTES, "\""},    {0x2025, 0x2025, TT_STEP_ELLIPSIS, ".."},
    {0x2026, 0x2026, TT_STEP_ELLIPSIS, "..."}, {0x2028, 0x2029, TT_STEP_NEWLINES, "\n"},
    {0x202A, 0x202E, TT_STEP_INVISIBLE, ""},   {0x202F, 0x202F, TT_STEP_SPACES, " "},
    {0x2032, 0x2032, TT_STEP_QUOTES, "'"},     {0x2033, 0x2033, TT_STEP_QUOTES, "\""},
    {0x2039, 0x203A, TT_STEP_QUOTES, "'"},     {0x2043, 0x2043, TT_STEP_DASHES, "-"},
    {0x205F, 0x205F, TT_STEP_SPACES, " "},     {0x2060, 0x206F, TT_STEP_INVISIBLE, ""},
    {0x2212, 0x2212, TT_STEP_DASHES, "-"},     {0x2E3A, 0x2E3B, TT_STEP_DASHES, "-"},
    {0x3000, 0x3000, TT_STEP_SPACES, " "},     {0x301D, 0x301F, TT_STEP_QUOTES, "\""},
    {0xE000, 0xF8FF, TT_STEP_PRIVATE, ""},     {0xFE00, 0xFE0F, TT_STEP_INVISIBLE, ""},
    {0xFE58, 0xFE58, TT_STEP_DASHES, "-"},     {0xFE63, 0xFE63, TT_STEP_DASHES, "-"},
    {0xFEFF, 0xFEFF, TT_STEP_INVISIBLE, ""},   {0xFF02, 0xFF02, TT_STEP_QUOTES, "\""},
    {0xFF07, 0xFF07, TT_STEP_QUOTES, "'"},     {0xFF0D, 0xFF0D, TT_STEP_DASHES, "-"},
    {0xFFF9, 0xFFFB, TT_STEP_INVISIBLE, ""},   {0xE0000, 0xE0FFF, TT_STEP_INVISIBLE, ""},
    {0xF0000, 0xFFFFD, TT_STEP_PRIVATE, ""},   {0x100000, 0x10FFFD, TT_STEP_PRIVATE, ""},
};

const tt_glyph_row *tt__glyph_row(uint32_t cp)
{
    size_t low = 0, high = TT_COUNT(ROWS);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ROWS[middle].last < cp)
            low = middle + 1;
        else
            high = middle;
    }
    return low < TT_COUNT(ROWS) && ROWS[low].first <= cp ? &ROWS[low] : NULL;
}

/* Sorted by code point; what cannot be told from its Latin twin in print. */
static const struct {
    uint16_t cp;
    char to;
} LOOKALIKES[] = {
    {0x0391, 'A'}, {0x0392, 'B'}, {0x0395, 'E'}, {0x0396, 'Z'}, {0x0397, 'H'}, {0x0399, 'I'}, {0x039A, 'K'}, {0x039C, 'M'},
    {0x039D, 'N'}, {0x039F, 'O'}, {0x03A1, 'P'}, {0x03A4, 'T'}, {0x03A5, 'Y'}, {0x03A7, 'X'}, {0x03B1, 'a'}, {0x03B9, 'i'},
    {0x03BD, 'v'}, {0x03BF, 'o'}, {0x03C1, 'p'}, {0x03C5, 'u'}, {0x0405, 'S'}, {0x0406, 'I'}, {0x0408, 'J'}, {0x0410, 'A'},
    {0x0412, 'B'}, {0x0415, 'E'}, {0x041A, 'K'}, {0x041C, 'M'}, {0x041D, 'H'}, {0x041E, 'O'}, {0x0420, 'P'}, {0x0421, 'C'},
    {0x0422, 'T'}, {0x0423, 'Y'}, {0x0425, 'X'}, {0x0430, 'a'}, {0x0435, 'e'}, {0x043E, 'o'}, {0x0440, 'p'}, {0x0441, 'c'},
    {0x0443, 'y'}, {0x0445, 'x'}, {0x0455, 's'}, {0x0456, 'i'}, {0x0458, 'j'}, {0x04AE, 'Y'}, {0x04BB, 'h'}, {0x04C0, 'I'},
    {0x0501, 'd'}, {0x051B, 'q'}, {0x051D, 'w'},
};

static uint32_t full_width(uint32_t cp)
{
    bool alike = (cp >= 0xFF10 && cp <= 0xFF19) || (cp >= 0xFF21 && cp <= 0xFF3A) || (cp >= 0xFF41 && cp <= 0xFF5A);
    return alike ? cp - 0xFEE0 : 0;
}

uint32_t tt__lookalike_of(uint32_t cp)
{
    size_t low = 0, high = TT_COUNT(LOOKALIKES);
    if (cp >= 0xFF00)
        return full_width(cp);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (LOOKALIKES[middle].cp < cp)
            low = middle + 1;
        else
            high = middle;
    }
    return low < TT_COUNT(LOOKALIKES) && LOOKALIKES[low].cp == cp ? (uint32_t)LOOKALIKES[low].to : 0;
}
