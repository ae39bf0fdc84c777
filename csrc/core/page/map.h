/* map.h - where a text has the bytes that rules ask for, as bits: the text is read once for all of them, and what a line or a
 * mark needs is then a few words of bits and no loop over bytes. */
#ifndef TT_PAGE_MAP_H
#define TT_PAGE_MAP_H

#include "base/cpu.h"
#include "page/lanes.h"
#include "tintuc/page.h"

/* Of TT_LANES bytes of the text, a bit a byte. */
typedef struct {
    /* ORDER MAP: map_avx512.c */
    uint64_t blank;   /* of a blank */
    uint64_t digit;   /* 0 to 9 */
    uint64_t stop;    /* . ! ? */
    uint64_t border;  /* can begin a line border: control characters, <, blanks beyond ASCII */
    uint64_t mark;    /* can end a sentence: a stop, U+2026, : or ; */
    uint64_t bracket; /* ( ) */
    uint64_t colon;   /* : */
    uint64_t quote;   /* " or the first byte of U+2000 to U+2FFF */
    uint64_t sign;    /* # / ; > | or the first byte of a sign beyond ASCII */
    uint64_t dash;    /* - */
    uint64_t parting; /* can end the word before it: blanks, " ' ( ) * , / : ; [ ] and the first bytes of signs beyond ASCII */
    uint64_t credit;  /* begins ả or a letter near it, as in "ảnh" */
    uint64_t lead;    /* begins a code point */
    uint32_t before;  /* code points of the text before this row */
} tt_map_row;

struct tt_map {
    tt_str text;
    const tt_map_row *rows; /* of every TT_LANES bytes, and one more; bits behind the text mean nothing */
};

/* The map of `text`, in `arena` as its rows are. NULL when memory ran out. */
const tt_map *tt__map_make(tt_arena *arena, tt_str text);

/* The index of code points that the map knows of already. TT_ENOMEM. */
tt_status tt__map_index(tt_cp_index *out, tt_arena *arena, const tt_map *self, tt_error *err);

/* What the rows before leave: how the next one begins with a blank that began before it, and the code points before it. */
typedef struct {
    uint64_t over;
    uint32_t before;
} tt_map_state;

/* Fill `count` rows from `bytes`, of which TT_MAP_AHEAD more may be read and whose text ends at `end`. The same bits on every
 * processor. */
enum { TT_MAP_AHEAD = 1 };
typedef void tt_map_way(tt_map_row *rows, tt_map_state *state, size_t count, const char *bytes, const char *end);
void tt__map_plain(tt_map_row *rows, tt_map_state *state, size_t count, const char *bytes, const char *end);
#if TT_X86
void tt__map_avx2(tt_map_row *rows, tt_map_state *state, size_t count, const char *bytes, const char *end);
void tt__map_avx512(tt_map_row *rows, tt_map_state *state, size_t count, const char *bytes, const char *end);
#endif

/* The rare bytes of a row at `at`: `control` characters but LF, of which not all are blanks, and `wide` ones, which can begin a
 * blank or U+2026. Adds to its bits, and takes from them; the return is how the next row begins. */
uint64_t tt__map_look_closer(tt_map_row *row, uint64_t control, uint64_t wide, const char *at, const char *end);

/* Code points before a byte of the text. */
static inline uint32_t tt__map_chars(const tt_map *self, uint32_t byte)
{
    const tt_map_row *row = &self->rows[byte / TT_LANES];
    return row->before + tt__bit_count(row->lead & tt__first_bits(byte % TT_LANES));
}

/* 64 bits of the rows before and at a byte, which is byte `i` of its row: those of the bytes before it, the last one highest.
 */
static inline uint64_t tt__bits_before(uint64_t before, uint64_t at, size_t i)
{
    return i == 0 ? before : at << (TT_LANES - i) | before >> i;
}

/* The same of the row of a byte and the one behind: those of the bytes from it on, its own lowest. */
static inline uint64_t tt__bits_from(uint64_t at, uint64_t behind, size_t i)
{
    return i == 0 ? at : at >> i | behind << (TT_LANES - i);
}

/* `bits` of a map, of the 64 bytes before byte `i` of the text, and of those from it on. */
#define TT_BITS_BEFORE(map, i, bits)                                                                                           \
    tt__bits_before((i) < TT_LANES ? 0 : (map)->rows[(i) / TT_LANES - 1].bits, (map)->rows[(i) / TT_LANES].bits, (i) % TT_LANES)
#define TT_BITS_FROM(map, i, bits)                                                                                             \
    tt__bits_from((map)->rows[(i) / TT_LANES].bits, (map)->rows[(i) / TT_LANES + 1].bits, (i) % TT_LANES)

/* Bits of row `row` of the bytes between two digits: the marks among them never end anything ("15.000", "16:30"). */
static inline uint64_t tt__map_in_numbers(const tt_map *self, size_t row)
{
    const tt_map_row *at = &self->rows[row];
    uint64_t before = row == 0 ? 0 : at[-1].digit >> (TT_LANES - 1), behind = at[1].digit << (TT_LANES - 1);
    return (at->digit << 1 | before) & (at->digit >> 1 | behind);
}

/* Is the byte part of a blank? */
static inline bool tt__map_is_blank(const tt_map *self, size_t byte)
{
    return self->rows[byte / TT_LANES].blank >> byte % TT_LANES & 1;
}

/* tt__map_<bits>: the first byte from `at` on with a bit in `bits`; `end` where there is none before. */
#define TT_MAP_SEEK(bits)                                                                                                      \
    static inline const char *tt__map_##bits(const tt_map *self, const char *at, const char *end)                              \
    {                                                                                                                          \
        size_t i = (size_t)(at - self->text.ptr), last = (size_t)(end - self->text.ptr), row = i / TT_LANES;                   \
        uint64_t found = self->rows[row].bits >> (i % TT_LANES) << (i % TT_LANES);                                             \
        tt__step(1);                                                                                                           \
        while (found == 0 && ++row * TT_LANES < last) {                                                                        \
            tt__step(1);                                                                                                       \
            found = self->rows[row].bits;                                                                                      \
        }                                                                                                                      \
        i = found != 0 ? row * TT_LANES + tt__low_bit(found) : last;                                                           \
        return i < last ? self->text.ptr + i : end;                                                                            \
    }
TT_MAP_SEEK(blank)
TT_MAP_SEEK(mark)
TT_MAP_SEEK(parting)

/* Bits of row `row` of the bytes from `start` to `end`. */
static inline uint64_t tt__map_within(size_t row, size_t start, size_t end)
{
    size_t first = row * TT_LANES, from = start > first ? start - first : 0, over = end > first ? end - first : 0;
    return tt__first_bits(over) & ~tt__first_bits(from);
}

#endif
