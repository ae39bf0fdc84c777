/* tintuc/token.h - syllable tokens: runs of letters and digits, numbers with their separators, single marks. */
#ifndef TINTUC_TOKEN_H
#define TINTUC_TOKEN_H

#include "tintuc/sentence.h"

TT_BEGIN_DECLS

typedef enum {
    TT_TOKEN_WORD,   /* letters, marks and digits that do not begin with a digit */
    TT_TOKEN_NUMBER, /* digits, with "." or "," between digits: 1.234,5 */
    TT_TOKEN_PUNCT   /* one code point that is neither */
} tt_token_kind;

typedef enum {
    TT_CASE_NONE,  /* no letter */
    TT_CASE_LOWER, /* no capital; scripts without case too */
    TT_CASE_TITLE, /* the first letter is the only capital; a single capital counts */
    TT_CASE_UPPER, /* two capitals or more and no small letter */
    TT_CASE_MIXED
} tt_token_case;

typedef struct {
    tt_span span;      /* bytes of the normalized text */
    uint64_t key;      /* hash of the token caseless and free of tone placement (hòa = hoà = HÒA); digits of numbers as 0 */
    uint64_t form;     /* hash of its bytes as they stand */
    uint32_t sentence; /* index of its sentence */
    uint8_t kind;      /* tt_token_kind */
    uint8_t cased;     /* tt_token_case */
    bool spaced;       /* white space stands before it, or it begins its sentence */
    bool syllable;     /* could be a Vietnamese syllable by its letters and length */
} tt_token;

typedef struct {
    const tt_token *at; /* in order, apart, never empty */
    size_t len;
} tt_tokens;

/* Cut every sentence into tokens. TT_ENOMEM. Linear in the text. */
TT_API tt_status tt_tokens_make(tt_tokens *out, tt_arena *arena, const tt_text *text, const tt_sentences *sentences,
                                tt_error *err);

TT_END_DECLS
#endif
