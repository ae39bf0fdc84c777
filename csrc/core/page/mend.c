/* mend.c - the head of a page once more, when its lines are settled: a page that shows a timestamp or a bar but no title has
 * lost the line feed below it, and the title stands in the same line as the text; or a title has the name of its section before
 * it. */
#include "page/line.h"

#include "base/alloc.h"
#include "page/glyph.h"
#include "page/joint.h"
#include "page/lanes.h"

#include <string.h>

enum {
    TITLE_LEAST = 15,    /* code points, as in settle.c */
    SENTENCE_BYTES = 90, /* a shorter first sentence is no title and another one */
    TEXT_LEAST = 60      /* code points of a title and a text in one line */
};

static const tt_joint_least BELOW_TITLE = {0, TT_JOINT_NEVER}, ABOVE_TITLE = {5, TT_JOINT_NEVER};

/* Cut lines[i] at `at`. */
static tt_status split(tt_lines *lines, size_t i, uint32_t at, const tt_map *map)
{
    const char *text = map->text.ptr;
    if (lines->len == lines->cap &&
        tt__arena_grow(&lines->at, &lines->cap, lines->len + 1, sizeof *lines->at, lines->arena) != TT_OK)
        return TT_ENOMEM;
    tt_line *line = &lines->at[i];
    tt_span whole = line->span;
    memmove(line + 1, line, (lines->len - i) * sizeof *line);
    lines->len++;
    line[0] = (tt_line){.span = tt__blank_trim(text, (tt_span){whole.start, at})};
    line[1] = (tt_line){.span = {at, whole.end}};
    for (int k = 0; k < 2; k++) {
        tt__line_measure(&line[k], map);
        tt__line_look(&line[k], map);
    }
    return TT_OK;
}

static bool is_furniture(const tt_line *line)
{
    return line->look == TT_LOOK_STAMP || line->look == TT_LOOK_NAV || line->look == TT_LOOK_BAR;
}

/* The line that a title may have been glued to, or the title; lines->len where all is well. */
static size_t suspect(const tt_lines *lines, bool *titled)
{
    bool furnished = false;
    for (size_t i = 0; i < lines->len; i++) {
        const tt_line *line = &lines->at[i];
        *titled = line->kind == TT_BLOCK_TITLE;
        if (*titled)
            return i;
        bool text = line->look == TT_LOOK_TEXT && (line->kind == TT_BLOCK_PARAGRAPH || line->kind == TT_BLOCK_LEAD);
        if (text && !line->row)
            return furnished && line->chars >= TEXT_LEAST ? i : lines->len;
        furnished = furnished || is_furniture(line);
    }
    return lines->len;
}

/* A capital right after what may be a small letter, for a quick look: "Môi trườngHồ Dầu Tiếng ..." */
static bool may_be_glued(tt_str line, tt_str text)
{
    uint64_t over = 0;
    for (size_t i = 0; i < line.len; i += TT_LANES) {
        tt_lanes b = tt__lanes_at(line.ptr + i, text.ptr + text.len);
        uint64_t small = tt__lanes_bits(tt__lanes_or(tt__lanes_in(&b, 'a', 25), tt__lanes_in(&b, 0x80, 0x3F)));
        uint64_t capital = tt__lanes_bits(tt__lanes_in(&b, 'A', 25));
        uint64_t found = capital & (small << 1 | over) & tt__first_bits(line.len - i);
        for (; found != 0; found &= found - 1) /* "HĐND" has a capital there */
            if (tt__is_lower(tt__glyph_before(line.ptr, line.ptr + i + tt__low_bit(found)).cp))
                return true;
        over = small >> (TT_LANES - 1);
    }
    return false;
}

tt_status tt__lines_mend(bool *mended, tt_lines *lines, const tt_map *map)
{
    tt_str text = map->text;
    bool titled = false;
    size_t i = suspect(lines, &titled);
    *mended = false;
    if (i == lines->len)
        return TT_OK;
    tt_span span = lines->at[i].span;
    size_t early = span.end - span.start < SENTENCE_BYTES ? span.end - span.start : SENTENCE_BYTES;
    if (!titled && memchr(text.ptr + span.start, '.', early) != NULL)
        return TT_OK;
    if (titled && !may_be_glued(tt__line_str(&lines->at[i], text.ptr), text))
        return TT_OK;
    uint32_t at = tt__joint_next(map, span, titled ? ABOVE_TITLE : BELOW_TITLE);
    *mended = at < span.end && (titled || at - span.start >= TITLE_LEAST);
    return *mended ? split(lines, i, at, map) : TT_OK;
}
