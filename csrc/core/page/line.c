/* line.c - lines, what is glued inside a line, and the measures of each piece.
 *
 * Glued are: a credit in brackets after its caption, a timestamp before or after a text, and whatever follows the closing
 * mark "./." of an article. A missing space after a stop is not: that is a sentence border. */
#include "page/line.h"

#include "base/alloc.h"
#include "page/border.h"
#include "page/joint.h"
#include "page/phrase.h"
#include "page/wrap.h"

#include <string.h>

enum {
    STAMP_BYTES = 64,   /* longest timestamp looked for at the end of a line */
    CLOSE_BYTES = 256,  /* longest that follows "./." */
    INNER_BYTES = 200,  /* longest credit between two sentences */
    BEFORE_BYTES = 30,  /* shortest sentence that it stands behind */
    BYLINE_BYTES = 100, /* longest byline looked for behind a sentence */
    BYLINE_WORDS = 8,
    NEAR_BYTES = 200, /* what is looked at before a timestamp inside a line */
    STAMP_WORDS = 7,  /* most words of it up to its clock */
    STAMP_GAP = 16,   /* least bytes between two clocks that are looked at */
    FLAT_BYTES = 600, /* a line of this length that is most of the page is a page without line feeds */
    FLAT_PERCENT = 70,
    FIRST_LINES = 32 /* more than most pages have */
};

/* Measure a span where the next line of the list will be, which it becomes by take_line: one that was just written is slow to
 * copy. NULL when memory ran out. */
static tt_line *next_line(tt_lines *out, const tt_map *map, tt_span span, bool glued)
{
    if (out->len == out->cap && tt__arena_grow(&out->at, &out->cap, out->len + 1, sizeof *out->at, out->arena) != TT_OK)
        return NULL;
    tt_line *line = &out->at[out->len];
    *line = (tt_line){.span = span, .glued = glued};
    tt__line_measure(line, map);
    return line;
}

static tt_status take_line(tt_lines *out, const tt_map *map)
{
    tt__line_look(&out->at[out->len++], map);
    return TT_OK;
}

static tt_status add_piece(tt_lines *out, const tt_map *map, size_t start, size_t end, bool glued)
{
    tt_span span = tt__blank_trim(map->text.ptr, (tt_span){(uint32_t)start, (uint32_t)end});
    if (span.start == span.end)
        return TT_OK;
    return next_line(out, map, span, glued) != NULL ? take_line(out, map) : TT_ENOMEM;
}

/* A capital, perhaps in quotation marks. */
static bool begins_text(const char *at, const char *end)
{
    tt_glyph first = tt__glyph_at(at, end);
    bool quoted = first.cp == '"' || first.cp == 0x201C || first.cp == 0xAB;
    return tt__is_upper(quoted ? tt__glyph_at(at + first.len, end).cp : first.cp);
}

/* End of a date with a clock that the line begins with, when a text follows it; the line's start where there is none. */
static size_t stamp_head(const tt_line *line, const char *text)
{
    size_t start = line->span.start, end = line->span.end;
    tt_stamp stamp;
    tt_glyph first = tt__glyph_at(text + start, text + end);
    bool filler = tt__is_upper(first.cp) && (line->opens & TT_PHRASE_BIT(TT_PHRASE_FILLER)) != 0;
    if (!tt__is_digit(first.cp) && !filler)
        return start;
    size_t limit = end - start < STAMP_BYTES ? end : start + STAMP_BYTES;
    if (!tt__stamp_may_be_whole(text + start, text + limit))
        return start;
    size_t len = tt__stamp_at(&stamp, text + start, text + limit);
    const char *next = tt__skip_blank(text + start + len, text + end);
    bool full = stamp.day && stamp.clock && stamp.date[0] != '\0';
    if (len == 0 || !full || start + len == limit || !begins_text(next, text + end))
        return start;
    return start + len;
}

/* Nothing, as before a second timestamp, is no bar. */
static bool is_bar(tt_line *line, const tt_map *map)
{
    if (line->span.start == line->span.end)
        return false;
    tt__line_look(line, map);
    return line->look == TT_LOOK_NAV;
}

/* A timestamp behind a teaser, not one that its words lead to: "họp lúc 11:42 15/09/2025". */
static bool is_free(const tt_line *before, tt_str text, size_t at)
{
    static const char *const LEADING[] = {"ngày", "lúc", "từ",  "đến", "vào",    "trước", "sau",   "tới",
                                          "hôm",  "hạn", "và",  "là",  "khoảng", "sáng",  "chiều", "tối",
                                          "trưa", "đêm", "hồi", "-",   "–",      ":",     ",",     NULL};
    const char *begin = text.ptr + before->span.start, *end = text.ptr + before->span.end, *line = text.ptr + text.len;
    const char *colon = memchr(text.ptr + at, ':', (size_t)(line - text.ptr) - at);
    bool numeric = tt__is_digit((unsigned char)text.ptr[at]) || text.ptr[at] == '(';
    return numeric && colon != NULL && before->words >= 4 && tt__phrase_ends(begin, end, LEADING) == 0;
}

/* Start of a date with a clock that ends the line after a stop, a bar or a teaser; `end` where there is none. */
static size_t stamp_tail(const tt_map *map, size_t start, size_t end)
{
    const char *text = map->text.ptr;
    tt_stamp stamp;
    size_t at = start + tt__stamp_tail(&stamp, (tt_str){text + start, end - start});
    if (at == end)
        return end;
    tt_line before = {.span = tt__blank_trim(text, (tt_span){(uint32_t)start, (uint32_t)at})};
    tt__line_measure(&before, map);
    bool cut = tt__blank_before(text, text + at) == 0 || before.stop || is_free(&before, (tt_str){text, end}, at) ||
               is_bar(&before, map);
    return cut ? at : end;
}

/* End of the closing mark "./." from `from` on when something follows it; `end` where not. */
static size_t after_close_from(const char *text, size_t from, size_t end)
{
    const char *slash = text + from;
    while ((slash = memchr(slash + 1, '/', (size_t)(text + end - slash - 1))) != NULL && slash + 2 < text + end) {
        if (slash[-1] != '.' || slash[1] != '.')
            continue;
        size_t at = (size_t)(slash + 2 - text);
        while (at < end && tt__is_closer(tt__glyph_at(text + at, text + end).cp))
            at += tt__glyph_at(text + at, text + end).len;
        return at;
    }
    return end;
}

/* The same in the last bytes of the line. */
static size_t after_close(const char *text, size_t start, size_t end)
{
    size_t from = end - start > CLOSE_BYTES ? end - CLOSE_BYTES : start;
    return start + 4 > end ? end : after_close_from(text, from, end);
}

/* Start of the last words after a stop; `end` where there are more than a byline may have. */
static size_t last_words(const tt_map *map, size_t start, size_t end)
{
    const char *text = map->text.ptr;
    size_t least = end - start > BYLINE_BYTES ? end - BYLINE_BYTES : start;
    for (size_t i = (end - 1) / TT_LANES + 1; i-- > least / TT_LANES;) {
        const tt_map_row *row = &map->rows[i], none = {0}, *before = i == 0 ? &none : row - 1;
        uint64_t ends = row->stop | row->quote, early = before->stop | before->quote; /* U+201D has two bytes more */
        uint64_t behind = ends << 1 | ends << 3 | early >> (TT_LANES - 1) | early >> (TT_LANES - 3);
        for (uint64_t bits = row->blank & behind & tt__map_within(i, least + 1, end); bits != 0;) {
            size_t at = i * TT_LANES + tt__high_bit(bits);
            uint32_t mark = tt__glyph_before(text + least, text + at).cp;
            if (mark == '.' || mark == '!' || mark == '?' || mark == 0x201D || mark == '"')
                return at + tt__blank_at(text + at, text + end);
            bits &= ~((uint64_t)1 << at % TT_LANES);
        }
    }
    return end;
}

/* Start of the byline "Theo TTXVN" or "(Theo TTXVN)" after the last sentence; `end` where there is none. */
static size_t byline_start(const tt_line *line, const tt_map *map, size_t start, size_t end)
{
    const char *text = map->text.ptr;
    if (start == end || !line->marked || (line->stop && text[end - 1] != ')'))
        return end;
    size_t at = last_words(map, start, end);
    if (at == end || at - start < BEFORE_BYTES)
        return end;
    tt_line last = {.span = {(uint32_t)at, (uint32_t)end}};
    tt__line_measure(&last, map);
    if (last.words > BYLINE_WORDS || tt__line_sentences(&last, map) > 1)
        return end;
    tt__line_look(&last, map);
    return last.look == TT_LOOK_SOURCE ? at : end;
}

/* Where a line is cut: after a head stamp, after "./.", before a credit or a byline, before a tail stamp. */
typedef struct {
    size_t at[4];
} line_cuts;

static line_cuts cuts_of(const tt_line *line, const tt_map *map)
{
    const char *text = map->text.ptr;
    line_cuts out = {{line->span.start, line->span.end, line->span.end, line->span.end}};
    out.at[0] = stamp_head(line, text);
    out.at[3] = stamp_tail(map, out.at[0], line->span.end);
    tt_span middle = {(uint32_t)out.at[0], (uint32_t)out.at[3]};
    if (out.at[0] > line->span.start || out.at[3] < line->span.end)
        middle = tt__blank_trim(text, middle);
    bool closes = (line->signs & TT_SIGN_CLOSE) != 0;
    out.at[1] = closes ? after_close(text, middle.start, middle.end) : middle.end;
    out.at[2] = out.at[1] < middle.end ? out.at[1] : middle.start;
    size_t rest = out.at[2];
    out.at[2] += tt__credit_start((tt_str){text + rest, middle.end - rest});
    if (out.at[2] == middle.end)
        out.at[2] = byline_start(line, map, rest, middle.end);
    if (out.at[1] > out.at[2])
        out.at[1] = out.at[2];
    return out;
}

/* Nothing of a measured line can be cut off: by its first letter, its last bytes and its signs. */
static bool is_whole(const tt_line *line, const char *text)
{
    const char *end = text + line->span.end;
    unsigned char first = (unsigned char)text[line->span.start], last = (unsigned char)end[-1];
    bool head = tt__is_digit(first) || (line->opens & TT_PHRASE_BIT(TT_PHRASE_FILLER)) != 0;
    bool tail = tt__is_digit(last) || last == ')' || (last == '.' && end[-2] == ')') || (line->marked && !line->stop);
    return !head && !tail && (line->signs & TT_SIGN_CLOSE) == 0;
}

/* Add the pieces of the next line, or of what a credit left of it; most lines are one. */
static tt_status cut_next(tt_lines *out, const tt_map *map, const tt_line *line)
{
    const char *text = map->text.ptr;
    bool glued = line->glued;
    tt_span span = line->span;
    if (span.end - span.start > 1 && is_whole(line, text))
        return take_line(out, map);
    if (tt__line_look_stamp(&out->at[out->len], map)) {
        out->len++;
        return TT_OK;
    }
    line_cuts cuts = cuts_of(line, map);
    if (cuts.at[0] == span.start && cuts.at[1] == span.end)
        return take_line(out, map);
    size_t start = span.start;
    for (size_t i = 0; i < TT_COUNT(cuts.at); i++) {
        if (add_piece(out, map, start, cuts.at[i], glued || start != span.start) != TT_OK)
            return TT_ENOMEM;
        start = cuts.at[i];
    }
    return add_piece(out, map, start, span.end, glued || start != span.start);
}

static tt_status cut_line(tt_lines *out, const tt_map *map, tt_span span, bool glued)
{
    const tt_line *line = next_line(out, map, span, glued);
    return line != NULL ? cut_next(out, map, line) : TT_ENOMEM;
}

/* The next credit in brackets that stands between a sentence and another one: "... lưu niệm. (Ảnh: An) Hai bên ...". Empty at
 * the end of `span` where there is none. */
static tt_span inner_credit(const char *text, tt_span span)
{
    const char *end = text + span.end, *open = text + span.start;
    while ((open = memchr(open, '(', (size_t)(end - open))) != NULL) {
        size_t near = end - open < INNER_BYTES ? (size_t)(end - open) : INNER_BYTES;
        const char *close = memchr(open, ')', near), *begin = text + span.start;
        tt_glyph before = tt__glyph_before(begin, open - tt__blank_before(begin, open));
        bool after_stop = before.cp == '.' || before.cp == '!' || before.cp == '?' || before.cp == '"' || before.cp == 0x201D;
        const char *next = close != NULL && after_stop ? tt__skip_blank(close + 1, end) : end;
        bool goes_on = next < end && tt__is_upper(tt__glyph_at(next, end).cp);
        if (goes_on && memchr(open, ':', (size_t)(close - open)) != NULL &&
            tt__credit_opens((tt_str){open, (size_t)(close + 1 - open)}))
            return (tt_span){(uint32_t)(open - text), (uint32_t)(close + 1 - text)};
        open++;
    }
    return (tt_span){span.end, span.end};
}

/* Does the timestamp at `at` stand by itself behind what the line has before? */
static bool is_parted(const tt_map *map, uint32_t start, size_t at, size_t end)
{
    const char *text = map->text.ptr;
    if (at - start > NEAR_BYTES)
        for (start = (uint32_t)at - NEAR_BYTES; tt__is_tail(text[start]);)
            start++;
    tt_line before = {.span = tt__blank_trim(text, (tt_span){start, (uint32_t)at})};
    tt__line_measure(&before, map);
    bool glued = tt__blank_before(text, text + at) == 0;
    return glued || before.stop || is_free(&before, (tt_str){text, end}, at) || is_bar(&before, map);
}

/* The longest timestamp around the clock at `colon` ("14:30") that stands before a capital: what is left of a line of its own
 * where a page lost its line feeds. Empty where there is none. */
static tt_span stamp_around(const tt_map *map, tt_span line, const char *colon)
{
    const char *text = map->text.ptr;
    const char *begin = text + line.start, *end = text + line.end, *at = colon;
    tt_span found = {line.end, line.end};
    tt_stamp stamp;
    for (int words = 0; words < STAMP_WORDS && at > begin && colon - at < STAMP_BYTES; at--) {
        if (!tt__stamp_parted(begin, at, end))
            continue;
        words++;
        size_t most = end - at < STAMP_BYTES ? (size_t)(end - at) : STAMP_BYTES, len = tt__stamp_at(&stamp, at, at + most);
        const char *next = tt__skip_blank(at + len, end);
        bool whole = at + len > colon && len < most && stamp.clock && stamp.date[0] != '\0';
        if (whole && begins_text(next, end))
            found = (tt_span){(uint32_t)(at - text), (uint32_t)(at + len - text)};
    }
    return found.start < found.end && is_parted(map, line.start, found.start, line.end) ? found : (tt_span){line.end, line.end};
}

/* The next timestamp inside a line; empty at the end of `line` where there is none. */
static tt_span inner_stamp(const tt_map *map, tt_span line)
{
    const char *text = map->text.ptr;
    const char *end = text + line.end, *colon = text + line.start;
    while (colon < end && (colon = memchr(colon, ':', (size_t)(end - colon))) != NULL) {
        bool clock = colon > text + line.start && end - colon > 1 && tt__is_digit((unsigned char)colon[-1]) &&
                     tt__is_digit((unsigned char)colon[1]);
        tt_span found = clock ? stamp_around(map, line, colon) : (tt_span){0, 0};
        if (found.start < found.end)
            return found;
        colon += !clock ? 1 : end - colon > STAMP_GAP ? STAMP_GAP : end - colon;
    }
    return (tt_span){line.end, line.end};
}

/* What a line that is a whole page shows of it. Where nothing else tells that line feeds were lost, they must be plain. */
static const tt_joint_least PLAIN = {1, 3}, PROVEN = {0, 1}, CLOSED = {-1, -1}, BEFORE = {0, 3};

/* Cut a text at the places where lines may have ended. */
static tt_status cut_joints(tt_lines *out, const tt_map *map, tt_span part, tt_joint_least least)
{
    const char *text = map->text.ptr;
    uint32_t at = tt__joint_next(map, part, least);
    for (; at < part.end; at = tt__joint_next(map, part, least)) {
        tt_span before = tt__blank_trim(text, (tt_span){part.start, at});
        uint32_t middle = tt__joint_next(map, before, BEFORE);
        if (add_piece(out, map, before.start, middle, false) != TT_OK ||
            add_piece(out, map, middle, before.end, false) != TT_OK)
            return TT_ENOMEM;
        part.start = at;
        least.head = least.rest;
    }
    return part.start < part.end ? cut_line(out, map, part, false) : TT_OK;
}

/* Cut a text at the timestamp that it begins with and at "./.", and the parts at lost line feeds. */
static tt_status cut_flat(tt_lines *out, const tt_map *map, tt_span part, tt_joint_least least)
{
    const char *text = map->text.ptr;
    tt_line head = {.span = part};
    head.span.end = part.end - part.start > STAMP_BYTES ? part.start + STAMP_BYTES : part.end;
    tt__line_measure(&head, map);
    head.span = part;
    size_t after = stamp_head(&head, text), close;
    if (add_piece(out, map, part.start, after, false) != TT_OK)
        return TT_ENOMEM;
    part = tt__blank_trim(text, (tt_span){(uint32_t)after, part.end});
    while (part.start + 4 < part.end && (close = after_close_from(text, part.start, part.end)) < part.end) {
        if (cut_joints(out, map, (tt_span){part.start, (uint32_t)close}, least) != TT_OK)
            return TT_ENOMEM;
        part = tt__blank_trim(text, (tt_span){(uint32_t)close, part.end});
        least = CLOSED;
    }
    return cut_joints(out, map, part, least);
}

/* Add what stands between two credits, or a whole line. `least`: NULL unless the line is a page. */
static tt_status cut_stamps(tt_lines *out, const tt_map *map, tt_span part, bool glued, const tt_joint_least *least)
{
    const char *text = map->text.ptr;
    tt_span stamp = inner_stamp(map, part);
    for (; stamp.start < stamp.end; stamp = inner_stamp(map, part)) {
        tt_span before = tt__blank_trim(text, (tt_span){part.start, stamp.start});
        tt_status status = least != NULL ? cut_flat(out, map, before, *least) : cut_line(out, map, before, glued);
        if (status != TT_OK || add_piece(out, map, stamp.start, stamp.end, true) != TT_OK)
            return TT_ENOMEM;
        part = tt__blank_trim(text, (tt_span){stamp.end, part.end});
        glued = true;
    }
    return least != NULL ? cut_flat(out, map, part, *least) : cut_line(out, map, part, glued);
}

static bool may_be_flat(const tt_map *map, tt_span line)
{
    size_t len = line.end - line.start;
    return len >= FLAT_BYTES && len * 100 >= map->text.len * FLAT_PERCENT;
}

/* A page without line feeds: NULL where the line is none, as one `below` others is none unless it shows more. */
static const tt_joint_least *flat_least(const tt_map *map, tt_span line, bool below)
{
    const char *text = map->text.ptr;
    if (!may_be_flat(map, line))
        return NULL;
    tt_span stamp = inner_stamp(map, line);
    bool closed = after_close_from(text, line.start, line.end) < line.end;
    if (closed || stamp.start < stamp.end || tt__is_digit((unsigned char)text[line.start]))
        return &PROVEN;
    return below ? NULL : &PLAIN;
}

/* No credit and no timestamp stands inside a measured line, and it is no page without line feeds. */
static bool is_one_part(const tt_map *map, const tt_line *line)
{
    if (may_be_flat(map, line->span))
        return false;
    if ((line->signs & TT_SIGN_INNER) != 0 && inner_credit(map->text.ptr, line->span).start != line->span.end)
        return false;
    return (line->signs & TT_SIGN_CLOCK) == 0 || inner_stamp(map, line->span).start == line->span.end;
}

/* Cut one line at the credits and timestamps inside it, and each part at its ends. */
static tt_status cut_parts(tt_lines *out, const tt_map *map, tt_span line)
{
    const char *text = map->text.ptr;
    const tt_line *whole = next_line(out, map, line, false);
    if (whole == NULL)
        return TT_ENOMEM;
    if (is_one_part(map, whole))
        return cut_next(out, map, whole);
    const tt_joint_least *least = flat_least(map, line, out->len > 0);
    tt_span credit = inner_credit(text, line), rest = line;
    for (; credit.start < credit.end; credit = inner_credit(text, rest)) {
        tt_span part = tt__blank_trim(text, (tt_span){rest.start, credit.start});
        if (part.start < part.end && cut_stamps(out, map, part, part.start != line.start, least) != TT_OK)
            return TT_ENOMEM;
        if (add_piece(out, map, credit.start, credit.end, true) != TT_OK)
            return TT_ENOMEM;
        rest = tt__blank_trim(text, (tt_span){credit.end, line.end});
    }
    return cut_stamps(out, map, rest, rest.start != line.start, least);
}

/* Cut every line; those that `wrap` joins are one. *goes_on counts the ones that look as if they went on. */
static tt_status cut_lines(tt_lines *out, size_t *goes_on, const tt_map *map, const tt_wrap *wrap)
{
    const char *text = map->text.ptr;
    tt_borders borders = tt__borders_of(map);
    tt_span line = {0, 0}, above, next = {0, 0};
    bool more = tt__border_next(&line, &borders);
    out->len = *goes_on = 0;
    while (more) {
        for (above = line; (more = tt__border_next(&next, &borders)); above = next) {
            unsigned char first = (unsigned char)text[next.start]; /* no capital */
            *goes_on += (first >= 'a') && tt__wrap_goes_on(text, above, next);
            if (wrap->width == 0 || borders.gap > 0 || !tt__wrap_joins(wrap, text, above, next))
                break;
            line.end = next.end;
        }
        if (cut_parts(out, map, line) != TT_OK)
            return TT_ENOMEM;
        line = next;
    }
    return TT_OK;
}

tt_status tt__lines_make(tt_lines *out, tt_arena *arena, const tt_map *map)
{
    size_t goes_on;
    tt_wrap wrap = {0, 0, 0};
    *out = (tt_lines){tt_arena_alloc(arena, FIRST_LINES * sizeof *out->at), 0, FIRST_LINES, arena};
    if (out->at == NULL || cut_lines(out, &goes_on, map, &wrap) != TT_OK)
        return TT_ENOMEM;
    if (goes_on < TT_WRAP_LEAST || goes_on * TT_WRAP_SHARE < out->len)
        return TT_OK;
    wrap = tt__wrap_of(map);
    return wrap.width == 0 ? TT_OK : cut_lines(out, &goes_on, map, &wrap);
}
