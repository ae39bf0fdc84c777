/* number_words.h - cardinal numbers in digits and words. */
#ifndef TT_VALUE_NUMBER_WORDS_H
#define TT_VALUE_NUMBER_WORDS_H

#include "value/decimal.h"
#include "value/lex.h"

typedef struct {
    tt_decimal value;
    uint32_t unknown; /* last digits that are not known: 2 for "mấy chục"; value has zeros there */
    uint32_t scale;   /* power of ten of the scale words at its end: 6 for "5 triệu" */
    bool in_words;    /* not a single digit was used */
} tt_number;

/* The number that begins at token `i`: 1.234,5; ba mươi mốt; 2 triệu rưỡi; nửa; hai phần ba. How many tokens it took; 0 where
 * there is none. */
size_t tt__number_at(tt_number *out, const tt_lex *lex, size_t i);
/* The same without fractions in words, for what is followed by "phần trăm". */
size_t tt__cardinal_at(tt_number *out, const tt_lex *lex, size_t i);
/* Digits with separators only. */
size_t tt__digits_at(tt_decimal *out, const tt_lex *lex, size_t i);
/* A whole number below 10,000 in digits or words, as days and months are counted; 0 where there is none. */
size_t tt__small_number_at(uint32_t *out, const tt_lex *lex, size_t i);
/* 0 to 9 for a digit's word, -1 for another. */
int tt__digit_word(uint16_t word);

#endif
