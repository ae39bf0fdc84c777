/* border.c - where lines end: LF, CR, VT, FF, U+0085, U+2028, U+2029, and tags that part lines, among the bytes that
 * the map has for it. */
#include "page/border.h"

#include "page/markup.h"

static size_t border_at(const char *at, const char *end)
{
    const unsigned char *p = (const unsigned char *)at;
    if (p[0] < 0x80) {
        if (p[0] == '\r' && end - at > 1 && p[1] == '\n')
            return 2;
        return p[0] == '<' ? tt__line_tag_at(at, end) : p[0] >= 0x0A && p[0] <= 0x0D;
    }
    if (p[0] == 0xC2 && end - at >= 2)
        return p[1] == 0x85 ? 2 : 0;
    return p[0] == 0xE2 && end - at >= 3 && p[1] == 0x80 && (p[2] == 0xA8 || p[2] == 0xA9) ? 3 : 0;
}

tt_borders tt__borders_of(const tt_map *map)
{
    return (tt_borders){map, 0, 0};
}

/* The next border from `start` on: its place, and its bytes; the end of the text and 0 where there is none. */
static inline size_t seek(size_t *len, const tt_borders *self)
{
    const tt_map *map = self->map;
    const char *text = map->text.ptr, *end = text + map->text.len;
    size_t row = self->start / TT_LANES;
    uint64_t bits = map->rows[row].border & ~tt__first_bits(self->start % TT_LANES);
    for (;; bits &= bits - 1) {
        while (bits == 0) {
            if (++row * TT_LANES >= map->text.len)
                return *len = 0, map->text.len;
            bits = map->rows[row].border;
        }
        size_t at = row * TT_LANES + tt__low_bit(bits);
        if (at >= map->text.len)
            return *len = 0, map->text.len;
        *len = text[at] == '\n' ? 1 : border_at(text + at, end);
        if (*len != 0)
            return at;
    }
}

static bool is_blank(const tt_map *map, size_t at)
{
    return map->rows[at / TT_LANES].blank >> (at % TT_LANES) & 1;
}

/* Without the blanks at its ends, of which most lines have none. */
static tt_span bare(const tt_map *map, size_t start, size_t end)
{
    tt_span line = {(uint32_t)start, (uint32_t)end};
    if (start < end && !is_blank(map, start) && !is_blank(map, end - 1))
        return line;
    return tt__blank_trim(map->text.ptr, line);
}

bool tt__border_next(tt_span *line, tt_borders *self)
{
    const tt_str text = self->map->text;
    self->gap = 0;
    while (self->start < text.len) {
        size_t len, at = seek(&len, self);
        *line = bare(self->map, self->start, at);
        self->start = at + len;
        if (line->start < line->end)
            return true;
        self->gap++;
    }
    return false;
}
