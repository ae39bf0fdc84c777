/* squeeze.c - runs of spaces and tabs become one space; at the beginning and end of a line they go. */
#include "text/pass.h"
#include "text/sieve.h"

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static bool is_break(char byte)
{
    return byte == '\n' || byte == '\r';
}

enum { TAB = 1, TWO = 2, BEFORE_BREAK = 4, AFTER_BREAK = 8 };

static bool is_plain_block(const unsigned char *at)
{
    unsigned char odd = 0;
    for (int i = 0; i < TT_SIEVE_BLOCK; i++) {
        unsigned char byte = at[i], next = at[i + 1];
        odd |= (byte == '\t') | ((byte == ' ') & ((next == ' ') | (next == '\t') | (next == '\n') | (next == '\r')));
        odd |= ((byte == '\n') | (byte == '\r')) & ((next == ' ') | (next == '\t'));
    }
    return odd == 0;
}

static void set_sieve(tt_sieve *s)
{
    *s = (tt_sieve){.alone = TAB | TWO, .plain = is_plain_block};
    tt__sieve_range(s->second, 0x00, 0xFF, TAB);
    tt__sieve_set(s->first, "\t", TAB);
    tt__sieve_set(s->first, " ", TWO | BEFORE_BREAK);
    tt__sieve_set(s->second, " \t", TWO | AFTER_BREAK);
    tt__sieve_set(s->second, "\n\r", BEFORE_BREAK);
    tt__sieve_set(s->first, "\n\r", AFTER_BREAK);
}

/* Squeeze the run of blanks at or right behind *at, which may be a single space that stays, and move behind it. */
static tt_status squeeze(tt_pass *pass, size_t *at)
{
    tt_str text = pass->edit.from;
    size_t start = is_blank(text.ptr[*at]) ? *at : *at + 1, end = start;
    while (end < text.len && is_blank(text.ptr[end]))
        end++;
    bool edge = start == 0 || end == text.len || is_break(text.ptr[start - 1]) || is_break(text.ptr[end]);
    *at = end > start ? end : start;
    if (end == start || (!edge && end - start == 1 && text.ptr[start] == ' '))
        return TT_OK;
    pass->counts[TT_STEP_SQUEEZE]++;
    return tt__edit_put(&pass->edit, start, end, " ", edge ? 0 : 1);
}

tt_status tt__pass_squeeze(tt_pass *pass)
{
    const char *text = pass->edit.from.ptr, *end = text + pass->edit.from.len, *hit = text;
    tt_sieve s;
    size_t at = 0;
    set_sieve(&s);
    if (is_blank(text[0]) && squeeze(pass, &at) != TT_OK)
        return TT_ENOMEM;
    for (hit = text + at; (hit = tt__sieve_next(&s, hit, end)) != end; hit = text + at) {
        at = (size_t)(hit - text);
        if (squeeze(pass, &at) != TT_OK)
            return TT_ENOMEM;
    }
    return TT_OK;
}
