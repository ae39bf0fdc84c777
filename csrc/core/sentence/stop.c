/* stop.c - the marks that could end a sentence, one after the other. */
#include "sentence/stop.h"

#include "page/phrase.h"
#include "page/seek.h"

#include <string.h>

/* How far is looked: keeps a hostile text linear. */
enum {
    BRACKET_BYTES = 400, /* ahead for a closing bracket */
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

/* Note a round bracket that closes soon. No byte is searched twice. */
static void note_bracket(tt_stop *stop, const char *at, const char *end)
{
    if (stop->bracket != NULL && at < stop->bracket)
        return;
    const char *limit = end - at < BRACKET_BYTES ? end : at + BRACKET_BYTES;
    const char *from = stop->no_bracket != NULL && stop->no_bracket > at ? stop->no_bracket : at;
    const char *close = from < limit ? memchr(from, ')', (size_t)(limit - from)) : NULL;
    tt__step(close != NULL ? (size_t)(close - from) : (size_t)(limit - from));
    if (close != NULL)
        stop->bracket = close;
    else
        stop->no_bracket = limit;
}

/* Go to the first mark from `p` on. */
static const char *seek_mark(tt_stop *stop, const char *p, const char *end)
{
    for (;; p = stop->lanes + TT_LANES) {
        if (p >= end)
            return end;
        if (stop->lanes == NULL || p >= stop->lanes + TT_LANES) {
            stop->lanes = p;
            stop->bits = tt__seek_marks(p, stop->limit);
        }
        for (stop->bits &= ~tt__first_bits((size_t)(p - stop->lanes)); stop->bits != 0; stop->bits &= stop->bits - 1) {
            const char *at = stop->lanes + tt__low_bit(stop->bits);
            if (at >= end)
                return end;
            if (*at == '(')
                note_bracket(stop, at, end);
            else if (*at == ':' || *at == ';' ? tt__is_entry(at, end) : mark_at(at, end) != 0)
                return at;
        }
    }
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

bool tt__stop_next(tt_stop *stop, const char *end)
{
    const char *p = seek_mark(stop, stop->next, end);
    stop->at = p;
    stop->next = end;
    stop->question = stop->ellipsis = stop->final = stop->entry = stop->inside = false;
    if (p == end)
        return false;
    stop->entry = *p == ':' || *p == ';';
    p = stop->entry ? p + 1 : take_run(stop, end);
    stop->closed = p;
    if (!stop->entry && p < end && may_close(*p == ' ' && end - p > 1 ? p[1] : *p))
        p = take_closers(stop, p, end);
    stop->next = p;
    stop->inside = stop->bracket != NULL && p <= stop->bracket;
    return true;
}
