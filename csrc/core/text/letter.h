/* letter.h - one code point: is it a letter or a digit, its small letter, its tone. */
#ifndef TT_TEXT_LETTER_H
#define TT_TEXT_LETTER_H

#include "base/decode.h"

typedef struct {
    uint16_t small; /* small letter without its tone */
    uint16_t plain; /* small letter without any mark: d for đ */
    uint8_t tone;   /* 0 none, 1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng */
    uint8_t letter; /* 1: a letter */
    uint8_t upper;  /* 1: a capital */
} tt_letter;

typedef struct {
    uint32_t small;
    uint8_t tone;
    bool letter, upper, digit, mark, space;
} tt_char;

/* The same as tt__char_of for a code point that is not ASCII: Latin from a table, the rest from ICU. */
tt_char tt__char_beyond_ascii(uint32_t cp);

static inline tt_char tt__char_ascii(uint32_t cp)
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

/* What a code point is. */
static inline tt_char tt__char_of(uint32_t cp)
{
    return cp < 0x80 ? tt__char_ascii(cp) : tt__char_beyond_ascii(cp);
}

/* The letter without any mark, a capital if it was one: D for Đ, e for ệ; 0 for a mark; other code points as they are. */
uint32_t tt__plain_of(uint32_t cp);
/* The small letter, by Unicode's simple case folding outside Latin; other code points as they are. */
uint32_t tt__lower_of(uint32_t cp);

#endif
