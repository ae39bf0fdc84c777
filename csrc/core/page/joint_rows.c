/* joint_rows.c - the bits from which lost line feeds are looked for. Most of them are those of the map, moved by a byte or two;
 * only capitals and commas need a look at the bytes. Where closing marks follow a stop, the bytes are looked at one by one. */
#include "page/joint_rows.h"

#include <string.h>

static tt_lanes lanes_from(tt_str text, size_t at)
{
    const char *end = text.ptr + text.len;
    return tt__lanes_at(at < text.len ? text.ptr + at : end, end);
}

/* Small letters of Vietnamese are told by the byte after C3, C4 or C6, or the two after E1. */
static tt_joint_classes classes_of(tt_str text, size_t row)
{
    tt_lanes b = lanes_from(text, row * TT_LANES), one = lanes_from(text, row * TT_LANES + 1);
    tt_lanes two = lanes_from(text, row * TT_LANES + 2);
    uint64_t c3 = tt__lanes_bits(tt__lanes_eq(&b, 0xC3)), c4 = tt__lanes_bits(tt__lanes_eq(&b, 0xC4));
    uint64_t e1 = tt__lanes_bits(tt__lanes_eq(&b, 0xE1));
    uint64_t small = c3 & ~tt__lanes_bits(tt__lanes_in(&one, 0x80, 0x1F));
    small |= c4 & tt__lanes_bits(tt__lanes_in(&one, 0x80, 0x37)) & tt__lanes_odd(&one);
    small |= tt__lanes_bits(
        tt__lanes_and(tt__lanes_eq(&b, 0xC6), tt__lanes_or(tt__lanes_eq(&one, 0xA1), tt__lanes_eq(&one, 0xB0)))); /* ơ ư */
    small |= e1 & tt__lanes_bits(tt__lanes_in(&one, 0xBA, 1)) & tt__lanes_odd(&two);
    uint64_t capital = tt__lanes_bits(tt__lanes_in(&b, 'A', 25)) | ((c3 | c4 | e1) & ~small);
    return (tt_joint_classes){capital, tt__lanes_bits(tt__lanes_in(&b, 0xC2, 0x3D)) & ~small,
                              tt__lanes_bits(tt__lanes_eq(&b, ','))};
}

void tt__joint_plain(tt_joint_classes *out, tt_str text, size_t row, size_t count)
{
    for (size_t i = 0; i < count; i++)
        out[i] = classes_of(text, row + i);
}

static tt_joint_way *fastest(void)
{
#if TT_X86
    if (tt__cpu() >= TT_CPU_AVX512)
        return tt__joint_avx512;
    if (tt__cpu() >= TT_CPU_AVX2)
        return tt__joint_avx2;
#endif
    return tt__joint_plain;
}

/* Do only closing marks follow the stop at `at`, up to a blank or the end? An apostrophe is none: it stands inside words. */
static bool ends_word(const char *at, const char *end)
{
    const char *p = at + ((unsigned char)*at < 0x80 ? 1 : 3);
    tt_glyph g = tt__glyph_at(p, end);
    for (; g.cp != '\'' && tt__is_closer(g.cp); g = tt__glyph_at(p, end))
        p += g.len;
    return g.len == 0 || tt__blank_at(p, end) != 0;
}

static uint64_t ends_among(const tt_joint_rows *self, size_t row, uint64_t unsure)
{
    const char *text = self->map->text.ptr, *at = text + row * TT_LANES;
    uint64_t out = 0;
    for (; unsure != 0; unsure &= unsure - 1)
        out |= (uint64_t)ends_word(at + tt__low_bit(unsure), text + self->end) << tt__low_bit(unsure);
    return out;
}

static tt_joint_row row_of(const tt_joint_rows *self, size_t row, tt_joint_classes is)
{
    const tt_map_row *at = &self->map->rows[row];
    uint64_t within = tt__map_within(row, self->start, self->end), last = within & ~(within >> 1);
    uint64_t blank_before = at->blank << 1 | (row != 0 ? at[-1].blank >> (TT_LANES - 1) : 1);
    uint64_t parting_behind = at->parting >> 1 | at[1].parting << (TT_LANES - 1);
    uint64_t blank_behind = at->blank >> 1 | at[1].blank << (TT_LANES - 1);
    uint64_t begins = is.capital | is.first | at->quote | at->bracket, goes_on = at->mark | at->dash | is.comma;
    uint64_t joins = is.capital | at->parting | at->dash | at->digit | at->stop; /* as no small letter does */
    uint64_t ellipsis = at->quote & at->mark;                                    /* the first byte of U+2026 */
    uint64_t stops = within & at->stop & blank_behind;
    uint64_t unsure = within & ((at->stop & ~blank_behind & (parting_behind | last)) | ellipsis);
    return (tt_joint_row){.starts = within & begins & ~at->blank & blank_before & ~(goes_on << 2),
                          .inner = within & is.capital & ~(joins << 1 | blank_before),
                          .stops = stops | ends_among(self, row, unsure)};
}

void tt__joint_rows_begin(tt_joint_rows *out, const tt_map *map, tt_span part)
{
    out->map = map;
    out->way = fastest();
    out->start = part.start;
    out->end = part.end;
    memset(out->chunks, 0, sizeof out->chunks); /* the rows are written before they are read */
}

void tt__joint_rows_fill(tt_joint_rows *self, size_t chunk)
{
    tt_joint_classes classes[TT_JOINT_CHUNK];
    size_t first = chunk * TT_JOINT_CHUNK, left = (self->end - 1) / TT_LANES + 1 - first;
    size_t count = left < TT_JOINT_CHUNK ? left : TT_JOINT_CHUNK;
    tt__step(count);
    self->way(classes, self->map->text, first, count);
    for (size_t i = 0; i < count; i++)
        self->rows[(first + i) % TT_JOINT_ROWS] = row_of(self, first + i, classes[i]);
    self->chunks[chunk % TT_JOINT_CHUNKS] = chunk + 1;
}
