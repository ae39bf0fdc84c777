/* lex.c - cuts a mention into tokens. A number is a run of digits alone: what its separators mean is decided where the number
 * is read, since 1.2 is a day of February in one place and an amount in another.
 */
#include "value/lex.h"

#include "text/letter.h"

#include <string.h>

enum { DIGITS_MOST = 18 };

static uint32_t plain_mark(uint32_t cp)
{
    switch (cp) {
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
    case '~': return '-';
    case 0x2019: return '\'';
    case 0x2044: return '/';
    default: return cp;
    }
}

static char *put_small(char *to, uint32_t cp)
{
    if (cp < 0x80) {
        *to++ = (char)cp;
    } else if (cp < 0x800) {
        *to++ = (char)(0xC0 | cp >> 6);
        *to++ = (char)(0x80 | (cp & 0x3F));
    } else {
        *to++ = '?'; /* no word of the table has such a letter */
    }
    return to;
}

static const char *number_at(tt_lex_token *token, const char *at, const char *end)
{
    token->kind = TT_LEX_NUMBER;
    for (; at < end && *at >= '0' && *at <= '9'; at++) {
        if (token->digits < DIGITS_MOST) {
            token->number = token->number * 10 + (*at - '0');
            token->digits++;
        } else {
            token->digits = UINT8_MAX;
        }
    }
    return at;
}

/* A run of letters; its key is looked up while it is short enough. */
static const char *word_at(tt_lex_token *token, const char *at, const char *end)
{
    char key[TT_WORD_KEY + 8], *to = key;
    uint8_t tone = 0;
    uint32_t len;
    token->kind = TT_LEX_WORD;
    token->upper = true;
    for (; at < end; at += len) {
        tt_char c = tt__char_of(tt__decode(at, &len));
        if (!c.letter && !c.mark)
            break;
        token->upper = token->upper && c.upper;
        tone = c.tone != 0 ? c.tone : tone;
        if (to < key + TT_WORD_KEY)
            to = put_small(to, c.small);
    }
    if (tone != 0)
        *to++ = (char)('0' + tone);
    *to = '\0';
    token->word = (uint16_t)(to < key + TT_WORD_KEY ? tt__word_find(key) : TT_W_NONE);
    return at;
}

/* An underscore between the syllables of a word stands for a blank, as it does between tokens. */
static bool is_joint(const tt_lex *lex, const char *at, const char *end, bool spaced)
{
    uint32_t len;
    return *at == '_' && !spaced && lex->len != 0 && lex->at[lex->len - 1].kind == TT_LEX_WORD && end - at > 1 &&
           tt__char_of(tt__decode(at + 1, &len)).letter;
}

bool tt__lex_make(tt_lex *out, tt_str text)
{
    if (text.len == 0)
        text.ptr = ""; /* nothing may have no address */
    const char *at = text.ptr, *end = text.ptr + text.len;
    bool spaced = false;
    out->text = text;
    out->len = 0;
    while (at < end) {
        uint32_t len, cp = tt__decode(at, &len);
        tt_char c = tt__char_of(cp);
        if (c.space || is_joint(out, at, end, spaced)) {
            spaced = true;
            at += len;
            continue;
        }
        if (out->len == TT_LEX_MAX)
            return false;
        tt_lex_token *token = &out->at[out->len++];
        memset(token, 0, sizeof *token);
        token->spaced = spaced;
        spaced = false;
        token->span.start = (uint32_t)(at - text.ptr);
        if (cp >= '0' && cp <= '9') {
            at = number_at(token, at, end);
        } else if (c.letter) {
            at = word_at(token, at, end);
        } else {
            token->kind = TT_LEX_MARK;
            token->mark = plain_mark(cp);
            at += len;
        }
        token->span.end = (uint32_t)(at - text.ptr);
    }
    memset(&out->at[out->len], 0, TT_LEX_AHEAD * sizeof out->at[0]);
    return true;
}

size_t tt__lex_words(const tt_lex *lex, size_t i, const uint16_t *row)
{
    size_t n = 0;
    while (row[n] != TT_W_NONE && lex->at[i + n].kind == TT_LEX_WORD && lex->at[i + n].word == row[n])
        n++;
    return row[n] == TT_W_NONE ? n : 0;
}

int tt__lex_longest(size_t *len, const tt_lex *lex, size_t i, const uint16_t *rows, size_t count, size_t width)
{
    int found = -1;
    *len = 0;
    if (lex->at[i].kind != TT_LEX_WORD || lex->at[i].word == TT_W_NONE)
        return -1;
    for (size_t r = 0; r < count; r++) {
        size_t n = rows[r * width] == lex->at[i].word ? tt__lex_words(lex, i, rows + r * width) : 0;
        if (n > *len) {
            *len = n;
            found = (int)r;
        }
    }
    return found;
}

uint32_t tt__lex_roman(const tt_lex *lex, size_t i)
{
    const tt_lex_token *token = &lex->at[i];
    uint32_t sum = 0, last = 0;
    if (token->kind != TT_LEX_WORD || !token->upper || token->span.end - token->span.start > 7)
        return 0;
    for (uint32_t at = token->span.end; at-- > token->span.start;) {
        char c = lex->text.ptr[at];
        uint32_t value = c == 'I' ? 1 : c == 'V' ? 5 : c == 'X' ? 10 : 0;
        if (value == 0)
            return 0;
        sum = value < last ? sum - value : sum + value;
        last = value > last ? value : last;
    }
    return sum < 40 ? sum : 0;
}
