/* utf16.c - readers of UTF-16 and UTF-32. A byte order mark at the start is no text; elsewhere it is U+FEFF as it stands. */
#include "text/unit.h"

static uint32_t half(const tt_reader *self, size_t at)
{
    const unsigned char *b = (const unsigned char *)self->bytes.ptr + at;
    return self->big ? (uint32_t)b[0] << 8 | b[1] : (uint32_t)b[1] << 8 | b[0];
}

static uint32_t mark_or(uint32_t cp, bool at_start)
{
    return at_start && cp == 0xFEFF ? TT_UNIT_NONE : cp;
}

/* Step over what is left of a unit that is cut off. */
static uint32_t cut(tt_reader *self)
{
    self->at = self->bytes.len;
    return TT_UNIT_BAD;
}

uint32_t tt__read_utf16(tt_reader *self)
{
    size_t at = self->at;
    if (self->bytes.len - at < 2)
        return cut(self);
    uint32_t high = half(self, at);
    self->at += 2;
    if (high < 0xD800 || high > 0xDFFF)
        return mark_or(high, at == 0);
    if (high > 0xDBFF || self->bytes.len - at < 4)
        return TT_UNIT_BAD;
    uint32_t low = half(self, at + 2);
    if (low < 0xDC00 || low > 0xDFFF)
        return TT_UNIT_BAD;
    self->at += 2;
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

uint32_t tt__read_utf32(tt_reader *self)
{
    size_t at = self->at;
    if (self->bytes.len - at < 4)
        return cut(self);
    uint32_t first = half(self, at), second = half(self, at + 2);
    uint32_t cp = self->big ? first << 16 | second : second << 16 | first;
    self->at += 4;
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        return TT_UNIT_BAD;
    return mark_or(cp, at == 0);
}
