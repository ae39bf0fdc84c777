/* map.c - makes the map of a text: whole rows by the fastest instructions there are, the last ones from a copy with blanks
 * behind it. What is rare is looked at one by one: blanks that are not ASCII, the ellipsis, control characters. */
#include "page/map_classes.h"

#include "base/alloc.h"

#include <stdalign.h>
#include <string.h>

enum { REST = 3 }; /* rows that are filled from a copy, at most */

/* ORDER CLASS */
const uint8_t tt__map_classes[4][16] = {
    /* 0  1     2     3     4     5     6     7     8     9     A     B     C     D     E     F */
    {0x80, 0xC0, 0x96, 0x82, 0x80, 0x80, 0x80, 0x80, 0x88, 0x88, 0, 0, 0, 0, 0x40, 0x21},
    {0, 0, 0x58, 0xA0, 0, 0, 0, 0, 0, 0, 0, 0, 0x04, 0, 0x13, 0},
    {0, 0, 0x1C, 0x88, 0, 0, 0, 0x04, 0x04, 0x04, 0x06, 0x43, 0x24, 0x01, 0x40, 0x84},
    {0, 0, 0x84, 0x42, 0, 0x01, 0, 0x20, 0, 0, 0, 0, 0x10, 0, 0x08, 0},
};

#define FOUR(byte) byte, byte, byte, byte
#define COPIES(byte) {FOUR(FOUR(byte)), FOUR(FOUR(byte))}
/* ORDER COPIES */
alignas(32) const uint8_t tt__map_copies[MAP_COPIES][32] = {
    COPIES(0x0F), COPIES(0x1F), COPIES(0x20), COPIES('\n'), COPIES('<'),  COPIES(':'),  COPIES('-'),  COPIES(0xE1),
    COPIES(0xBA), COPIES(0x9A), COPIES(0xBF), COPIES(0x60), COPIES(0x07), COPIES(0x1F), COPIES(0x78),
};

static uint64_t note_wide(tt_map_row *row, uint32_t i, const char *at, const char *end)
{
    const unsigned char *b = (const unsigned char *)at;
    if (end - at < 2)
        return 0;
    if (b[0] == 0xE2 && b[1] == 0x80 && end - at > 2 && b[2] >= 0x90 && b[2] < 0xA8) { /* most are quotes and dashes */
        row->mark |= (uint64_t)(b[2] == 0xA6) << i;
        return 0;
    }
    size_t len = tt__blank_at(at, end);
    uint64_t bits = tt__first_bits(len);
    row->blank |= bits << i;
    row->parting |= bits << i;
    row->border |= (uint64_t)(len != 0) << i;
    return i + len > TT_LANES ? bits >> (TT_LANES - i) : 0;
}

uint64_t tt__map_look_closer(tt_map_row *row, uint64_t control, uint64_t wide, const char *at, const char *end)
{
    uint64_t over = 0;
    for (; control != 0; control &= control - 1) {
        uint32_t i = tt__low_bit(control);
        uint64_t none = tt__blank_at(at + i, end) == 0 ? (uint64_t)1 << i : 0;
        row->blank &= ~none;
        row->parting &= ~none;
    }
    for (; wide != 0; wide &= wide - 1) {
        uint32_t i = tt__low_bit(wide);
        over |= note_wide(row, i, at + i, end);
    }
    return over;
}

static tt_lanes either(tt_lanes x, tt_lanes y)
{
    return tt__lanes_or(x, y);
}

static tt_lanes one_of(const tt_lanes *b, unsigned char one, unsigned char other)
{
    return tt__lanes_or(tt__lanes_eq(b, one), tt__lanes_eq(b, other));
}

static uint64_t row_at(tt_map_row *row, const char *at, const char *end, uint64_t over)
{
    tt_lanes bytes = tt__lanes_load(at), after = tt__lanes_load(at + 1), e1 = tt__lanes_eq(&bytes, 0xE1);
    const tt_lanes *b = &bytes;
    tt_lanes colons = tt__lanes_in(b, ':', 1), e2 = tt__lanes_eq(b, 0xE2), wide = either(one_of(b, 0xC2, 0xE3), e2);
    tt_lanes signs = either(either(tt__lanes_eq(b, '#'), one_of(b, '/', ';')), either(one_of(b, '>', '|'), wide));
    tt_lanes quote = either(tt__lanes_eq(b, '"'), e2);
    tt_lanes parts = either(either(tt__lanes_in(b, '\'', 3), one_of(b, ',', '/')), either(colons, one_of(b, '[', ']')));
    uint64_t control = tt__lanes_bits(tt__lanes_in(b, 0, 0x1F));
    row->lead = ~tt__lanes_bits(tt__lanes_in(b, 0x80, 0x3F));
    row->blank = tt__lanes_bits(tt__lanes_eq(b, ' ')) | control | over;
    row->digit = tt__lanes_bits(tt__lanes_in(b, '0', 9));
    row->stop = tt__lanes_bits(either(tt__lanes_eq(b, '.'), one_of(b, '!', '?')));
    row->border = tt__lanes_bits(tt__lanes_eq(b, '<')) | control;
    row->mark = tt__lanes_bits(colons) | row->stop;
    row->bracket = tt__lanes_bits(tt__lanes_in(b, '(', 1));
    row->colon = tt__lanes_bits(tt__lanes_eq(b, ':'));
    row->quote = tt__lanes_bits(quote);
    row->sign = tt__lanes_bits(signs);
    row->dash = tt__lanes_bits(tt__lanes_eq(b, '-'));
    row->parting = tt__lanes_bits(either(either(parts, quote), wide)) | row->blank;
    row->credit = tt__lanes_bits(tt__lanes_and(e1, tt__lanes_eq(&after, 0xBA)));
    uint64_t closer =
        tt__lanes_bits(either(either(wide, tt__lanes_eq(b, 0xEF)), tt__lanes_and(e1, tt__lanes_eq(&after, 0x9A))));
    return tt__map_look_closer(row, control & ~tt__lanes_bits(tt__lanes_eq(b, '\n')), closer, at, end);
}

void tt__map_plain(tt_map_row *rows, tt_map_state *state, size_t count, const char *bytes, const char *end)
{
    for (size_t i = 0; i < count; i++) {
        state->over = row_at(&rows[i], bytes + i * TT_LANES, end, state->over);
        rows[i].before = state->before;
        state->before += tt__bit_count(rows[i].lead);
    }
}

static tt_map_way *fastest(void)
{
#if TT_X86
    if (tt__cpu() >= TT_CPU_AVX512)
        return tt__map_avx512;
    if (tt__cpu() >= TT_CPU_AVX2)
        return tt__map_avx2;
#endif
    return tt__map_plain;
}

const tt_map *tt__map_make(tt_arena *arena, tt_str text)
{
    char rest[REST * TT_LANES + TT_MAP_AHEAD];
    size_t count = text.len / TT_LANES + 2, whole = text.len == 0 ? 0 : (text.len - TT_MAP_AHEAD) / TT_LANES;
    tt_map_state state = {0, 0};
    tt_map_way *fill = fastest();
    tt_map *self = tt_arena_alloc(arena, sizeof *self);
    tt_map_row *rows = tt_arena_alloc(arena, count * sizeof *rows);
    if (self == NULL || rows == NULL)
        return NULL;
    tt__step(count);
    if (whole != 0)
        fill(rows, &state, whole, text.ptr, text.ptr + text.len);
    size_t left = text.len - whole * TT_LANES;
    memset(rest, ' ', sizeof rest);
    if (left != 0)
        memcpy(rest, text.ptr + whole * TT_LANES, left);
    fill(rows + whole, &state, count - whole, rest, rest + left);
    *self = (tt_map){text, rows};
    return self;
}

tt_status tt__map_index(tt_cp_index *out, tt_arena *arena, const tt_map *self, tt_error *err)
{
    size_t count = self->text.len / TT_CP_STEP + 1;
    uint32_t *marks = tt_arena_alloc(arena, count * sizeof *marks);
    if (marks == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "text: out of memory");
    for (size_t i = 0; i < count; i++)
        marks[i] = self->rows[i * (TT_CP_STEP / TT_LANES)].before;
    bool ascii = tt__map_chars(self, (uint32_t)self->text.len) == self->text.len;
    *out = (tt_cp_index){self->text, ascii ? NULL : marks};
    return TT_OK;
}
