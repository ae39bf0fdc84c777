/* wrap.c - lines that were broken at a width are told by how they go on: line after line begins with a small letter, and each
 * would have been too long with the word that follows. The latter then holds for lines that end with a stop or go on with a
 * name, too, and does not for the last line of a paragraph, unless that happens to be full. */
#include "page/wrap.h"

#include "page/border.h"
#include "page/glyph.h"
#include "page/stamp.h"

#include <string.h>

enum {
    WIDTH_MOST = 160, /* longer lines were not broken */
    WIDTH_LEAST = 36, /* shorter ones are cells of a table, or verses */
    OVER_MOST = 8,    /* by so much a line may be longer than those that are gone on with */
    LOOSE_SHARE = 7   /* of this many lines one may be shorter than the width: it was broken by hand */
};

/* Code points, not more than WIDTH_MOST + 1 of them counted. */
static uint32_t chars_of(const char *at, const char *end)
{
    uint32_t chars = 0;
    const char *limit = end - at > 4 * WIDTH_MOST ? at + 4 * WIDTH_MOST : end;
    for (; at < limit; at++)
        chars += !tt__is_tail(*at);
    tt__step(chars / 64 + 1);
    return chars > WIDTH_MOST ? WIDTH_MOST + 1 : chars;
}

static const char *word_end(const char *at, const char *end)
{
    const char *limit = end - at > 4 * WIDTH_MOST ? at + 4 * WIDTH_MOST : end;
    while (at < limit && tt__blank_at(at, end) == 0)
        at++;
    return at;
}

/* How long the line above would be with the first word of `line`. */
static uint32_t joined(const char *text, tt_span above, tt_span line)
{
    const char *at = text + line.start, *over = word_end(at, text + line.end);
    return chars_of(text + above.start, text + above.end) + 1 + chars_of(at, over);
}

/* Ends in the middle of a sentence, or has no stop. */
static bool is_open(const char *text, tt_span line)
{
    tt_glyph last = tt__glyph_before(text + line.start, text + line.end);
    return tt__is_letter(last.cp) || tt__is_digit(last.cp) || last.cp == ',' || last.cp == ';';
}

bool tt__wrap_goes_on(const char *text, tt_span above, tt_span line)
{
    tt_glyph first = tt__glyph_at(text + line.start, text + line.end);
    if (!tt__is_lower(first.cp) || tt__is_upper(tt__glyph_at(text + line.start + first.len, text + line.end).cp))
        return false; /* not "iPhone 15" */
    return is_open(text, above);
}

/* "- ", "• ", "1. ": begins a line of its own. */
static bool opens_item(const char *at, const char *end)
{
    tt_glyph first = tt__glyph_at(at, end);
    bool sign = first.cp == '-' || first.cp == '+' || first.cp == '*' || (first.cp >= 0x2013 && !tt__is_letter(first.cp));
    return sign && tt__blank_at(at + first.len, end) != 0;
}

/* Lines by their length, and of those that go on by what they would be with the next word. */
typedef struct {
    uint32_t lengths[WIDTH_MOST + 2], broken[2 * WIDTH_MOST + 4];
    uint32_t lines, breaks; /* right below another; of these, those that go on */
    uint32_t most;          /* longest line that is gone on with */
} wrap_counts;

static void count_lines(wrap_counts *out, const tt_map *map)
{
    const char *text = map->text.ptr;
    tt_borders borders = tt__borders_of(map);
    tt_span above = {0, 0}, line;
    for (bool first = true; tt__border_next(&line, &borders); above = line, first = false) {
        if (first || borders.gap > 0)
            continue;
        uint32_t chars = chars_of(text + above.start, text + above.end);
        out->lines++;
        out->lengths[chars]++;
        if (!tt__wrap_goes_on(text, above, line))
            continue;
        out->breaks++;
        out->broken[joined(text, above, line)]++;
        out->most = chars > out->most ? chars : out->most;
    }
}

/* Most lines are about as long as the longest that is gone on with, and hardly any is longer. */
static bool is_even(const wrap_counts *counts)
{
    uint32_t near = 0, over = 0;
    for (uint32_t chars = counts->most * 3 / 4; chars < TT_COUNT(counts->lengths); chars++)
        *(chars <= counts->most + OVER_MOST ? &near : &over) += counts->lengths[chars];
    return counts->breaks > TT_WRAP_LEAST ? near * 3 >= counts->lines && over * 8 <= counts->lines
                                          : near * 2 >= counts->lines && over == 0;
}

tt_wrap tt__wrap_of(const tt_map *map)
{
    wrap_counts counts;
    memset(&counts, 0, sizeof counts);
    count_lines(&counts, map);
    uint32_t loose = (counts.breaks + 3) / LOOSE_SHARE, width = 0;
    for (uint32_t seen = 0; width < TT_COUNT(counts.broken) && seen + counts.broken[width] <= loose; width++)
        seen += counts.broken[width];
    bool often = counts.breaks >= TT_WRAP_LEAST && counts.breaks * TT_WRAP_SHARE >= counts.lines;
    bool full = width >= WIDTH_LEAST && counts.most <= WIDTH_MOST && width * 5 >= counts.most * 4;
    if (!often || !full || !is_even(&counts))
        return (tt_wrap){0, 0, 0};
    bool tight = width > counts.most;
    return tight ? (tt_wrap){counts.most + 1, counts.most + 1, counts.most}
                 : (tt_wrap){width, counts.most * 5 / 6, counts.most};
}

bool tt__wrap_joins(const tt_wrap *self, const char *text, tt_span above, tt_span line)
{
    tt_stamp stamp;
    tt_str below = {text + line.start, line.end - line.start};
    bool tagged = memchr(text + above.end, '<', line.start - above.end) != NULL; /* <br> parts lines on purpose */
    if (self->width == 0 || tagged || opens_item(below.ptr, below.ptr + below.len) || tt__stamp_is(&stamp, below))
        return false;
    uint32_t chars = chars_of(text + above.start, text + above.end);
    uint32_t least = is_open(text, above) ? self->open_width : self->width;
    return chars <= self->most + OVER_MOST && (tt__wrap_goes_on(text, above, line) || joined(text, above, line) >= least);
}
