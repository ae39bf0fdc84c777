/* respace.c - corpora with one token a line do not keep white space, and their users hand in sentences joined the same way.
 * What was learned from running text ("Hà Nội, 25/7 (TTXVN)") knows such a sentence ("Hà Nội , 25 / 7 ( TTXVN )") less well.
 *
 * Marks decide alone, but for a dash: between words it stands apart as often as not, before a number it mostly does not. */
#include "token/respace.h"

#include <string.h>

/* What a token is to its neighbours. */
typedef enum { OTHER, CLOSING, STOP, OPENING, QUOTE, SLASH, DASH, NUMBER, INITIAL } manner;

/* A code point alone. */
static bool is_one(const char *at, uint32_t len)
{
    uint32_t i = 1;
    while (i < len && ((unsigned char)at[i] & 0xC0) == 0x80)
        i++;
    return i == len;
}

static manner manner_of(const tt_text *text, const tt_token *token)
{
    static const struct {
        const char *mark;
        manner manner;
    } MARKS[] = {{",", CLOSING}, {".", STOP},    {";", CLOSING}, {":", CLOSING}, {"?", CLOSING}, {"!", CLOSING}, {"%", CLOSING},
                 {")", CLOSING}, {"]", CLOSING}, {"”", CLOSING}, {"’", CLOSING}, {"…", CLOSING}, {"(", OPENING}, {"[", OPENING},
                 {"“", OPENING}, {"‘", OPENING}, {"\"", QUOTE},  {"/", SLASH},   {"-", DASH},    {"–", DASH}};
    const char *at = text->norm.ptr + token->span.start;
    const uint32_t len = token->span.end - token->span.start;
    if (token->kind == TT_TOKEN_NUMBER)
        return NUMBER;
    if (token->kind == TT_TOKEN_WORD)
        return token->cased == TT_CASE_TITLE && is_one(at, len) ? INITIAL : OTHER;
    for (size_t i = 0; i < TT_COUNT(MARKS); i++)
        if (strlen(MARKS[i].mark) == len && memcmp(MARKS[i].mark, at, len) == 0)
            return MARKS[i].manner;
    return OTHER;
}

static bool closes(manner m)
{
    return m == CLOSING || m == STOP;
}

static bool was_joined(const tt_text *text, const tt_token *at, size_t count)
{
    size_t i = 1;
    while (i < count && !(at[i].spaced && closes(manner_of(text, &at[i]))))
        i++;
    return i < count;
}

/* Does white space stand between `now` and the two before it? `quoted`: a quotation has begun before `now`. */
static bool stands_apart(const tt_token *token, manner before2, manner before, manner now, manner next, bool quoted)
{
    if (closes(now) || before == OPENING || now == SLASH || before == SLASH)
        return false;
    if (now == QUOTE)
        return !quoted;
    if (before == QUOTE && quoted)
        return false;
    if ((now == DASH && next == NUMBER) || (before == DASH && now == NUMBER))
        return false;
    if (before2 == INITIAL && before == STOP && now == INITIAL) /* L.T.H. */
        return false;
    return token->spaced;
}

static void respace(tt_token *at, const tt_text *text, size_t count)
{
    manner before2 = OTHER, before = manner_of(text, &at[0]), now = count > 1 ? manner_of(text, &at[1]) : OTHER;
    bool quoted = before == QUOTE;
    for (size_t i = 1; i < count; i++) {
        manner next = i + 1 < count ? manner_of(text, &at[i + 1]) : OTHER;
        at[i].spaced = stands_apart(&at[i], before2, before, now, next, quoted);
        quoted ^= now == QUOTE;
        before2 = before;
        before = now;
        now = next;
    }
}

static size_t sentence_end(const tt_tokens *tokens, size_t start)
{
    size_t end = start + 1;
    while (end < tokens->len && tokens->at[end].sentence == tokens->at[start].sentence)
        end++;
    return end;
}

tt_status tt__respace(tt_tokens *out, tt_arena *arena, const tt_text *text, const tt_tokens *tokens)
{
    tt_token *copy = NULL;
    *out = *tokens;
    for (size_t start = 0, end; start < tokens->len; start = end) {
        end = sentence_end(tokens, start);
        if (!was_joined(text, tokens->at + start, end - start))
            continue;
        if (copy == NULL) {
            if ((copy = tt_arena_alloc(arena, tokens->len * sizeof *copy)) == NULL)
                return TT_ENOMEM;
            memcpy(copy, tokens->at, tokens->len * sizeof *copy);
            out->at = copy;
        }
        respace(copy + start, text, end - start);
    }
    return TT_OK;
}
