/* line.c - lines, what is glued inside a line, and the measures of each piece.
 *
 * Glued are: a credit in brackets after its caption, a timestamp before or after a text, and whatever follows the closing
 * mark "./." of an article. A missing space after a stop is not: that is a sentence border. */
#include "page/line.h"

#include "base/alloc.h"
#include "page/phrase.h"

#include <string.h>

enum { STAMP_BYTES = 64 }; /* longest timestamp looked for at the end of a line */

static void measure_end(tt_line *line, const char *begin, const char *end)
{
    tt_glyph g = tt__glyph_before(begin, end);
    for (int i = 0; i < 3 && tt__is_closer(g.cp); i++) {
        end -= g.len;
        g = tt__glyph_before(begin, end);
    }
    line->question = g.cp == '?' || g.cp == '!';
    line->ellipsis = g.cp == 0x2026 || (g.cp == '.' && end - begin >= 3 && end[-2] == '.' && end[-3] == '.');
    line->stop = g.cp == '.' || line->question || line->ellipsis;
    tt_glyph first = tt__glyph_at(begin, end);
    bool bullet = first.cp == '-' || first.cp == '+' || first.cp == '*' || (first.cp >= 0x2010 && !tt__is_letter(first.cp) &&
                  !(first.cp >= 0x2018 && first.cp <= 0x201F) && first.cp != 0x2026);
    line->row = bullet || g.cp == ':' || g.cp == ';' || g.cp == ',';
}

/* Stops inside the piece that a capital follows, after a word of two small letters or more (no initial, no abbreviation of
 * capitals). The sentence stage knows better but comes later, and the rules only ask "one or several?". */
void tt__line_measure(tt_line *line, const char *text)
{
    const char *begin = text + line->span.start, *end = text + line->span.end;
    unsigned small = 0; /* small letters, digits or closers just before this place */
    bool after_stop = false, in_word = false;
    line->chars = line->words = 0;
    line->sentences = 1;
    for (const char *p = begin; p < end;) {
        tt_glyph g = tt__glyph_at(p, end);
        bool blank = tt__blank_at(p, end) != 0;
        line->chars++;
        line->words += !blank && !in_word;
        in_word = !blank;
        if (g.cp == '.' || g.cp == '?' || g.cp == '!')
            after_stop = small >= 2 || after_stop;
        else if (after_stop && tt__is_upper(g.cp))
            line->sentences++;
        if (!blank && !tt__is_closer(g.cp) && g.cp != '.' && g.cp != '"' && g.cp != 0x201C)
            after_stop = after_stop && (g.cp == '?' || g.cp == '!');
        small = tt__is_lower(g.cp) || tt__is_digit(g.cp) || tt__is_closer(g.cp) ? small + 1 : 0;
        p += g.len;
    }
    measure_end(line, begin, end);
}

static tt_status add_piece(tt_lines *out, const char *text, size_t start, size_t end, bool glued)
{
    tt_span span = tt__blank_trim(text, (tt_span){(uint32_t)start, (uint32_t)end});
    if (span.start == span.end)
        return TT_OK;
    if (tt__grow(&out->at, &out->cap, out->len + 1, sizeof *out->at) != TT_OK)
        return TT_ENOMEM;
    tt_line *line = &out->at[out->len++];
    memset(line, 0, sizeof *line);
    line->span = span;
    line->glued = glued;
    tt__line_measure(line, text);
    tt__line_look(line, text);
    return TT_OK;
}

/* End of a date with a clock that the line begins with, when a text follows it; `start` where there is none. */
static size_t stamp_head(const char *text, size_t start, size_t end)
{
    tt_stamp stamp;
    tt_glyph first = tt__glyph_at(text + start, text + end);
    if (!tt__is_digit(first.cp) && !tt__is_upper(first.cp))
        return start;
    size_t limit = end - start < STAMP_BYTES ? end : start + STAMP_BYTES;
    size_t len = tt__stamp_at(&stamp, text + start, text + limit);
    const char *next = tt__skip_blank(text + start + len, text + end);
    bool full = stamp.day && stamp.clock && stamp.date[0] != '\0';
    if (len == 0 || !full || start + len == limit || !tt__is_upper(tt__glyph_at(next, text + end).cp))
        return start;
    return start + len;
}

static bool is_bar(const char *text, tt_span span)
{
    tt_line line = {.span = span};
    tt__line_measure(&line, text);
    tt__line_look(&line, text);
    return line.look == TT_LOOK_NAV;
}

/* Start of a date with a clock that ends the line after a stop or a bar; `end` where there is none. */
static size_t stamp_tail(const char *text, size_t start, size_t end)
{
    tt_stamp stamp;
    tt_line before = {0};
    size_t at = start + tt__stamp_tail(&stamp, (tt_str){text + start, end - start});
    if (at == end)
        return end;
    tt_span rest = tt__blank_trim(text, (tt_span){(uint32_t)start, (uint32_t)at});
    measure_end(&before, text + rest.start, text + rest.end);
    return before.stop || is_bar(text, rest) ? at : end;
}

/* End of the closing mark "./." when something follows it; `end` where not. */
static size_t after_close(const char *text, size_t start, size_t end)
{
    size_t from = end - start > 256 ? end - 256 : start;
    for (size_t at = from; at + 3 < end; at++) {
        if (memcmp(text + at, "./.", 3) != 0)
            continue;
        at += 3;
        while (at < end && tt__is_closer(tt__glyph_at(text + at, text + end).cp))
            at += tt__glyph_at(text + at, text + end).len;
        return at;
    }
    return end;
}

/* Cut one line: head stamp, text, what follows "./.", credit, tail stamp. */
static tt_status add_line(tt_lines *out, const char *text, tt_span line)
{
    size_t cuts[4] = {line.start, line.end, line.end, line.end}, start = line.start, end = line.end;
    cuts[0] = stamp_head(text, start, end);
    cuts[3] = stamp_tail(text, cuts[0], end);
    tt_span middle = tt__blank_trim(text, (tt_span){(uint32_t)cuts[0], (uint32_t)cuts[3]});
    cuts[1] = after_close(text, middle.start, middle.end);
    cuts[2] = cuts[1] < middle.end ? cuts[1] : middle.start;
    cuts[2] += tt__credit_start((tt_str){text + cuts[2], middle.end - cuts[2]});
    if (cuts[1] > cuts[2])
        cuts[1] = cuts[2];
    for (size_t i = 0; i < TT_COUNT(cuts); i++) {
        if (add_piece(out, text, start, cuts[i], start != line.start) != TT_OK)
            return TT_ENOMEM;
        start = cuts[i];
    }
    return add_piece(out, text, start, end, start != line.start);
}

/* Bytes of a line border: LF, CR, VT, FF, U+0085, U+2028, U+2029. */
static size_t border_at(const char *at, const char *end)
{
    const unsigned char *p = (const unsigned char *)at;
    if (p[0] < 0x80)
        return p[0] >= 0x0A && p[0] <= 0x0D;
    if (p[0] == 0xC2 && end - at >= 2)
        return p[1] == 0x85 ? 2 : 0;
    return p[0] == 0xE2 && end - at >= 3 && p[1] == 0x80 && (p[2] == 0xA8 || p[2] == 0xA9) ? 3 : 0;
}

tt_status tt__lines_make(tt_lines *out, tt_str text)
{
    size_t start = 0, border = 0;
    memset(out, 0, sizeof *out);
    for (size_t at = 0; at < text.len; at += border != 0 ? border : 1) {
        border = border_at(text.ptr + at, text.ptr + text.len);
        if (border == 0 && at + 1 < text.len)
            continue;
        tt_span line = {(uint32_t)start, (uint32_t)(border != 0 ? at : text.len)};
        line = tt__blank_trim(text.ptr, line);
        if (line.start < line.end && add_line(out, text.ptr, line) != TT_OK)
            return TT_ENOMEM;
        start = at + border;
    }
    return TT_OK;
}
