/* border.c - where lines end: LF, CR, VT, FF, U+0085, U+2028, U+2029, and tags that part lines. 64 bytes at a time as bits, of
 * which most are no borders but letters that begin with the same byte. */
#include "page/border.h"

#include "page/markup.h"
#include "page/seek.h"

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

tt_borders tt__borders_of(tt_str text)
{
    tt_borders out = {text, 0, 0, 0, 0};
    if (text.len > 0) /* else it may have no address */
        out.bits = tt__seek_borders(text.ptr, text.ptr + text.len);
    return out;
}

/* The next border from `start` on: its place, and its bytes; the end of the text and 0 where there is none. */
static inline size_t seek(size_t *len, tt_borders *self)
{
    const char *text = self->text.ptr, *end = text + self->text.len;
    size_t block = self->block, start = self->start, found = self->text.len;
    uint64_t bits = self->bits;
    for (*len = 0;;) {
        for (; bits != 0 && *len == 0; bits &= bits - 1) {
            size_t at = block + tt__low_bit(bits);
            *len = at < start ? 0 : border_at(text + at, end);
            found = *len != 0 ? at : found;
        }
        if (*len != 0 || found - block <= TT_LANES)
            break;
        block += TT_LANES;
        bits = tt__seek_borders(text + block, end);
    }
    self->block = block;
    self->bits = bits;
    return found;
}

bool tt__border_next(tt_span *line, tt_borders *self)
{
    self->gap = 0;
    while (self->start < self->text.len) {
        size_t len, at = seek(&len, self);
        *line = tt__blank_trim(self->text.ptr, (tt_span){(uint32_t)self->start, (uint32_t)at});
        self->start = at + len;
        if (line->start < line->end)
            return true;
        self->gap++;
    }
    return false;
}
