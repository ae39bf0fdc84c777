/* stop.c - the marks that could end a sentence, one after the other. */
#include "sentence/stop.h"

#include "page/phrase.h"

#include <string.h>

/* How far is looked: keeps a hostile text linear. */
enum {
    BRACKET_BYTES = 400, /* from an opening bracket to the closing one */
    QUOTE_BYTES = 400    /* back for the quotation mark that opened */
};

static size_t mark_at(const char *at, const char *end)
{
    if (*at == '.' || *at == '!' || *at == '?')
        return 1;
    return end - at >= 3 && memcmp(at, "\xE2\x80\xA6", 3) == 0 ? 3 : 0; /* U+2026 */
}

/* ":" or ";", blanks, a dash and a blank: an entry of a list written in one line. */
bool tt__is_entry(const char *at, const char *end)
{
    const char *dash = tt__skip_blank(at + 1, end);
    tt_glyph g = tt__glyph_at(dash, end);
    return (g.cp == '-' || g.cp == 0x2013 || g.cp == '+') && tt__blank_at(dash + g.len, end) != 0;
}

bool tt__stop_inside(const tt_stop *stop, const char *next)
{
    const char *text = stop->map->text.ptr, *least = stop->begin;
    if (stop->at - stop->begin > BRACKET_BYTES)
        least = stop->at - BRACKET_BYTES + 1;
    size_t at = (size_t)(stop->at - text), from = (size_t)(least - text), row = at / TT_LANES;
    uint64_t bits = stop->map->rows[row].bracket & tt__map_within(row, from, at);
    while (bits == 0 && row * TT_LANES > from) {
        row--;
        bits = stop->map->rows[row].bracket & tt__map_within(row, from, at);
    }
    const char *open = bits != 0 ? text + row * TT_LANES + tt__high_bit(bits) : stop->at;
    if (bits == 0 || *open != '(')
        return false;
    size_t near = stop->end - open < BRACKET_BYTES ? (size_t)(stop->end - stop->at) : (size_t)(open + BRACKET_BYTES - stop->at);
    const char *close = memchr(stop->at, ')', near);
    tt__step(near / 64 + 1);
    return close != NULL && close >= next;
}

/* Take the whole run of marks at stop->at. */
static const char *take_run(tt_stop *stop, const char *end)
{
    const char *p = stop->at;
    unsigned dots = 0;
    while (p < end) {
        tt__step(1);
        size_t len = mark_at(p, end);
        if (len == 0) {
            if (p == stop->at || *p != '/' || p[-1] != '.' || p + 1 == end || p[1] != '.')
                break;
            stop->final = true;
            len = 1;
        }
        dots = *p == '.' ? dots + 1 : 0;
        stop->question = stop->question || *p == '?' || *p == '!';
        stop->ellipsis = stop->ellipsis || dots >= 2 || len == 3;
        p += len;
    }
    return p;
}

/* Is a straight quotation mark still open at `at`, in the sentence from stop->start on? */
static bool is_quoted(const tt_stop *stop, const char *at)
{
    bool open = false;
    const char *p = at - stop->start > QUOTE_BYTES ? at - QUOTE_BYTES : stop->start;
    tt__step((size_t)(at - p) / 16);
    while (p < at && (p = memchr(p, '"', (size_t)(at - p))) != NULL) {
        open = !open;
        p++;
    }
    return open;
}

/* First bytes of closing marks: " ' ) ] U+201D U+2019 U+00BB */
static inline bool may_close(char c)
{
    return c == ')' || c == '"' || c == '\'' || c == ']' || c == '\xE2' || c == '\xC2';
}

/* After the closing quotation marks and brackets at `p`. A straight mark that a word follows at once ("... ở đây."Em chờ")
 * closes only what is open. In text with blanks around every mark they follow after one. */
static const char *take_closers(const tt_stop *stop, const char *p, const char *end)
{
    if (*p == ' ') {
        tt_glyph after = tt__glyph_at(p + 1, end);
        bool paired = after.cp == 0x201D || after.cp == 0xBB || after.cp == ')' || after.cp == ']';
        if (paired || (after.cp == '"' && tt__blank_at(p + 2, end) != 0 && is_quoted(stop, stop->at)))
            p++;
    }
    for (tt_glyph g = tt__glyph_at(p, end); tt__is_closer(g.cp); g = tt__glyph_at(p, end)) {
        tt_glyph next = tt__glyph_at(p + g.len, end);
        if (g.cp == '"' && (tt__is_letter(next.cp) || tt__is_digit(next.cp)) && !is_quoted(stop, p))
            break;
        p += g.len;
    }
    return p;
}

void tt__stop_take(tt_stop *stop)
{
    const char *p = stop->at, *end = stop->end;
    stop->question = stop->ellipsis = stop->final = false;
    stop->entry = *p == ':' || *p == ';';
    p = stop->entry ? p + 1 : take_run(stop, end);
    stop->closed = p;
    if (!stop->entry && p < end && may_close(*p == ' ' && end - p > 1 ? p[1] : *p))
        p = take_closers(stop, p, end);
    stop->next = p;
    stop->inside = !tt__stop_is_bare(stop) && tt__stop_inside(stop, p);
}
