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

/* What a code point is. Latin from a table, the rest from ICU. */
tt_char tt__char_of(uint32_t cp);
/* The letter without any mark, a capital if it was one: D for Đ, e for ệ; 0 for a mark; other code points as they are. */
uint32_t tt__plain_of(uint32_t cp);
/* The small letter, by Unicode's simple case folding outside Latin; other code points as they are. */
uint32_t tt__lower_of(uint32_t cp);

#endif
