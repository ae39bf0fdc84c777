/* letter.h - one code point: is it a letter or a digit, its small letter, its tone. */
#ifndef TT_TEXT_LETTER_H
#define TT_TEXT_LETTER_H

#include "tintuc/base.h"

typedef struct {
    uint16_t small; /* small letter without its tone */
    uint8_t tone;   /* 0 none, 1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng */
    uint8_t letter; /* 1: a letter */
    uint8_t upper;  /* 1: a capital */
} tt_letter;

typedef struct {
    uint32_t small;
    uint8_t tone;
    bool letter, upper, digit, mark, space;
} tt_char;

/* Decode the code point at `at` of valid UTF-8; *len is its bytes (1-4). */
uint32_t tt__decode(const char *at, uint32_t *len);
/* What a code point is. Latin from a table, the rest from ICU. */
tt_char tt__char_of(uint32_t cp);

#endif
