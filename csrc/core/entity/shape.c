/* shape.c - kind, case, length, number form and space before, each numbered without gaps. */
#include "entity/shape.h"

#include <string.h>

enum {
    MARKS = 24,      /* shapes of marks: 0 .. MARKS - 1 */
    NUMBERS = MARKS, /* of numbers: NUMBERS .. */
    WORDS = NUMBERS + 12
};

/* Place in the list, or MARKS - 1 for other marks; quotes and dashes of one kind share a place. */
static uint8_t mark_of(const char *at, uint32_t len)
{
    static const char *const LISTED[] = {",", ".", "-", "/", "(", ")", "\"", ":", ";", "%", "+", "&", "?", "!", "'", "|", "$"};
    static const char *const SAME[][2] = {
        {"–", "-"}, {"—", "-"}, {"“", "\""}, {"”", "\""}, {"[", "("}, {"]", ")"}, {"‘", "'"}, {"’", "'"},
    };
    for (size_t i = 0; i < TT_COUNT(SAME); i++)
        if (strlen(SAME[i][0]) == len && memcmp(SAME[i][0], at, len) == 0) {
            at = SAME[i][1];
            len = 1;
            break;
        }
    for (size_t i = 0; i < TT_COUNT(LISTED); i++)
        if (len == 1 && LISTED[i][0] == *at)
            return (uint8_t)i;
    return len == 3 && memcmp(at, "…", 3) == 0 ? (uint8_t)TT_COUNT(LISTED) : MARKS - 1;
}

static uint8_t number_of(const char *at, uint32_t len)
{
    uint32_t dots = 0, commas = 0, value = 0;
    for (uint32_t i = 0; i < len; i++) {
        dots += at[i] == '.';
        commas += at[i] == ',';
        if (at[i] >= '0' && at[i] <= '9' && value < 100000000)
            value = value * 10 + (uint32_t)(at[i] - '0');
    }
    if (dots + commas != 0)
        return dots && commas ? 8 : dots > 1 ? 9 : dots ? 10 : 11;
    if (len == 1)
        return value == 0 ? 0 : 1;
    if (len == 2)
        return value <= 12 ? 2 : value <= 31 ? 3 : 4;
    if (len == 4)
        return value >= 1900 && value < 2100 ? 5 : 6;
    return 7;
}

static uint8_t word_of(const tt_token *token)
{
    uint32_t len = token->span.end - token->span.start;
    uint32_t length = len == 1 ? 0 : len <= 3 ? 1 : len <= 6 ? 2 : 3;
    return (uint8_t)((token->cased * 4 + length) * 2 + token->syllable);
}

static uint8_t transition_of(const tt_token *token, uint8_t shape)
{
    if (token->kind == TT_TOKEN_WORD)
        return token->cased; /* 0 .. 4 */
    if (token->kind == TT_TOKEN_NUMBER)
        return shape >= NUMBERS + 8 ? 6 : 5;
    return (uint8_t)(shape < 11 ? 7 + shape : 18);
}

tt_shape tt__shape_of(const tt_text *text, const tt_token *token)
{
    const char *at = text->norm.ptr + token->span.start;
    uint32_t len = token->span.end - token->span.start;
    uint8_t shape = token->kind == TT_TOKEN_PUNCT    ? mark_of(at, len)
                    : token->kind == TT_TOKEN_NUMBER ? (uint8_t)(NUMBERS + number_of(at, len))
                                                     : (uint8_t)(WORDS + word_of(token));
    uint8_t transition = transition_of(token, shape);
    return (tt_shape){(uint8_t)(shape * 2 + token->spaced), (uint8_t)(transition * 2 + token->spaced)};
}
