/* charset.h - the eight-bit encodings as tables, and the vowels of Vietnamese by base, shape and tone. */
#ifndef TT_TEXT_CHARSET_H
#define TT_TEXT_CHARSET_H

#include "tintuc/encoding.h"

/* ORDER BYTE KIND: bits of tt_charset.kind, besides the length of the UTF-8 in the lowest three. */
enum { TT_BYTE_LEN = 7, TT_BYTE_CHANGED = 8, TT_BYTE_MARK = 16, TT_BYTE_BAD = 32 };

typedef struct {
    uint16_t cp;
    uint8_t len;
    uint8_t bytes[2];
} tt_charset_code;

typedef struct {
    const uint8_t (*utf8)[4];     /* of each byte; U+FFFD where it means nothing */
    const uint8_t *kind;          /* of each byte */
    const uint8_t *row;           /* of each byte: 1 + its row in `grid`, or 0: no letter that takes a mark */
    const uint8_t *column;        /* of each mark byte */
    const uint16_t *grid;         /* [row - 1][column]: the letter with the mark, or 0 */
    const tt_charset_code *codes; /* what is not ASCII as it is, sorted */
    uint32_t columns, codes_len;
} tt_charset;

/* NULL for an encoding that is not eight-bit. */
const tt_charset *tt__charset_of(tt_encoding encoding);

/* The letter of the bytes `letter` and `mark`, or 0 when they do not make one. */
static inline uint32_t tt__charset_compose(const tt_charset *self, unsigned char letter, unsigned char mark)
{
    uint32_t row = self->row[letter];
    if (row == 0 || !(self->kind[mark] & TT_BYTE_MARK))
        return 0;
    return self->grid[(row - 1) * self->columns + self->column[mark]];
}

/* Bytes of a code point into out[2]; their number, or 0 when the encoding lacks it. */
size_t tt__charset_put(const tt_charset *self, uint32_t cp, char *out);

/* A vowel: ORDER BASE, ORDER SHAPE, ORDER TONE of csrc/data/make_charsets.py. */
typedef struct {
    uint8_t base;  /* aeiouyAEIOUY */
    uint8_t shape; /* 0 none, 1 circumflex, 2 breve, 3 horn */
    uint8_t tone;  /* 0 none, 1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng */
} tt_vowel;

/* Its code point, or 0 when Vietnamese has no such letter. */
uint32_t tt__vowel_code(tt_vowel vowel);
/* Is the code point a vowel of Vietnamese? */
bool tt__vowel_of(tt_vowel *out, uint32_t cp);

#endif
