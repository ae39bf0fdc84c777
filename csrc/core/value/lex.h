/* lex.h - the text of a mention as numbers, known words and marks. */
#ifndef TT_VALUE_LEX_H
#define TT_VALUE_LEX_H

#include "value/vocabulary.h"

typedef enum { TT_LEX_END, TT_LEX_WORD, TT_LEX_NUMBER, TT_LEX_MARK } tt_lex_kind;

typedef struct {
    tt_span span;   /* bytes of the mention */
    uint8_t kind;   /* tt_lex_kind */
    uint8_t digits; /* numbers: how many digits, 255 for more than 18 */
    uint16_t word;  /* tt_word */
    bool spaced;    /* white space stands before it */
    bool upper;     /* words: all its letters are capitals */
    uint32_t mark;  /* marks: the code point, every dash as '-' */
    int64_t number; /* numbers: the digits' value, where there are at most 18 */
} tt_lex_token;

/* More tokens than any mention of a time or an amount has, and how far past the end a parser may look. */
enum { TT_LEX_MAX = 48, TT_LEX_AHEAD = 8 };

typedef struct {
    tt_str text;
    size_t len;
    tt_lex_token at[TT_LEX_MAX + TT_LEX_AHEAD]; /* TT_LEX_END after the last */
} tt_lex;

/* Cut valid UTF-8 in NFC into tokens. False when there are more than TT_LEX_MAX. */
bool tt__lex_make(tt_lex *out, tt_str text);

/* Small helpers for the parsers; `i` is at most `lex->len`. */
static inline bool tt__lex_word(const tt_lex *lex, size_t i, tt_word word)
{
    return lex->at[i].kind == TT_LEX_WORD && lex->at[i].word == word;
}
static inline bool tt__lex_mark(const tt_lex *lex, size_t i, uint32_t mark)
{
    return lex->at[i].kind == TT_LEX_MARK && lex->at[i].mark == mark;
}
/* The words of `row`, which ends in TT_W_NONE, stand at `i`: how many; 0 where they do not. */
size_t tt__lex_words(const tt_lex *lex, size_t i, const uint16_t *row);
/* The row of `rows` (of `count`, each `width` words closed by TT_W_NONE) that stands at `i` with the most words; its index, or
 * -1; *len is how many words. */
int tt__lex_longest(size_t *len, const tt_lex *lex, size_t i, const uint16_t *rows, size_t count, size_t width);
/* The value of a Roman numeral in capitals, I to XXXIX; 0 where the token is none. */
uint32_t tt__lex_roman(const tt_lex *lex, size_t i);

#endif
