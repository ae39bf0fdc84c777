/* letter.h - one code point: is it a letter or a digit, its small letter, its tone. */
#ifndef TT_TEXT_LETTER_H
#define TT_TEXT_LETTER_H

#include "base/decode.h"

/* Eight bytes, so that it is handed over in a register. */
typedef struct {
    uint32_t small; /* small letter without its tone */
    uint8_t tone;   /* 0 none, 1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng */
    bool letter : 1, upper : 1, digit : 1, mark : 1, space : 1;
} tt_char;

enum { TT_LATIN_END = 0x0250, TT_VIETNAMESE_FIRST = 0x1EA0, TT_VIETNAMESE_COUNT = 0x5A };

/* Of the code points from 0 on, ASCII included; from TT_VIETNAMESE_FIRST on. */
extern const tt_char tt__latin_chars[TT_LATIN_END], tt__vietnamese_chars[TT_VIETNAMESE_COUNT];

/* The same as tt__char_of, for code points that no table has. */
tt_char tt__char_of_icu(uint32_t cp);

/* What a code point is; where no table has it, *room is filled. */
static inline const tt_char *tt__char_look(tt_char *room, uint32_t cp)
{
    if (cp < TT_LATIN_END)
        return &tt__latin_chars[cp];
    if (cp - TT_VIETNAMESE_FIRST < TT_VIETNAMESE_COUNT)
        return &tt__vietnamese_chars[cp - TT_VIETNAMESE_FIRST];
    *room = tt__char_of_icu(cp);
    return room;
}

static inline tt_char tt__char_of(uint32_t cp)
{
    tt_char room;
    return *tt__char_look(&room, cp);
}

/* The letter without any mark, a capital if it was one: D for Đ, e for ệ; 0 for a mark; other code points as they are. */
uint32_t tt__plain_of(uint32_t cp);
/* The small letter, by Unicode's simple case folding outside Latin; other code points as they are. */
uint32_t tt__lower_of(uint32_t cp);

#endif
