/* measure_step.h - the measures of a piece from the bits of its text, written once and compiled twice by a file that defines
 * STEP_TARGET; COUNT_BITS; and STEP, the name of the result. */
#include "page/measure.h"

/* What the rows of a piece have together. */
typedef struct {
    uint64_t digit, bar, dash, bracket, credit, colon, stop, clock, close;
} piece_bits;

/* Behind what the bytes of a row stand, a bit a byte: a blank or the beginning of the piece; these or a bracket. */
typedef struct {
    uint64_t blank, word;
} row_before;

/* Signs of a row: where a word begins, what stands alone, what stands between digits or stops. What the next row decides counts
 * as a sign: one too many costs a rule that is tried for nothing. */
STEP_TARGET static inline void note_row(piece_bits *all, const tt_map_row *row, uint64_t in, row_before behind)
{
    uint64_t last = (uint64_t)1 << (TT_LANES - 1), wide = row->sign & row->quote, narrow = row->sign & ~wide;
    uint64_t alone = row->blank >> 1 | last, wide_alone = row->blank >> 2 | row->blank >> 3 | last | last >> 1 | last >> 2;
    wide &= behind.blank & wide_alone;
    all->digit |= row->digit & in;
    all->stop |= row->stop & in;
    all->bracket |= row->bracket & in;
    all->colon |= row->colon & in;
    all->bar |= (wide | ((narrow | (row->stop & alone)) & behind.blank) | (row->mark & ~(row->stop | row->colon))) & in;
    all->dash |= (wide | (((row->dash & alone) | narrow) & behind.blank)) & in;
    all->credit |= (((row->credit | narrow) & behind.word) | row->colon) & in;
    all->clock |= row->colon & (row->digit << 1 | 1) & (row->digit >> 1 | last) & in;
    all->close |= narrow & (row->stop << 1 | 1) & (row->stop >> 1 | last) & in;
}

STEP_TARGET static inline uint32_t signs_of(const piece_bits *all)
{
    uint32_t signs = all->digit != 0 ? TT_SIGN_DIGIT : 0;
    signs |= all->bar != 0 ? TT_SIGN_BAR : 0;
    signs |= all->dash != 0 ? TT_SIGN_DASH : 0;
    signs |= all->bracket != 0 ? TT_SIGN_BRACKET : 0;
    signs |= all->clock != 0 ? TT_SIGN_CLOCK : 0;
    signs |= all->close != 0 ? TT_SIGN_CLOSE : 0;
    signs |= all->bracket != 0 && all->colon != 0 ? TT_SIGN_INNER : 0;
    return signs | (all->credit != 0 ? TT_SIGN_CREDIT : 0);
}

STEP_TARGET void STEP(tt_line *line, const tt_map *map)
{
    size_t start = line->span.start, end = line->span.end, row = start / TT_LANES;
    const char *text = map->text.ptr;
    tt_measure m = {text + start, text + end, text + start};
    piece_bits all = {0, 0, 0, 0, 0, 0, 0, 0, 0};
    uint64_t first = (uint64_t)1 << start % TT_LANES;
    row_before behind = {first, first};
    for (; row * TT_LANES < end; row++) {
        const tt_map_row *bits = &map->rows[row];
        uint64_t in = tt__map_within(row, start, end), stops = tt__stops_outside_numbers(bits, row) & in;
        behind.blank |= bits->blank << 1;
        behind.word |= behind.blank | bits->bracket << 1;
        tt__step(1);
        line->chars += (uint32_t)COUNT_BITS(bits->lead & in);
        line->words += (uint32_t)COUNT_BITS(behind.blank & ~bits->blank & in);
        note_row(&all, bits, in, behind);
        if (stops != 0 && !tt__is_running(line))
            line->sentences += tt__count_stops(&m, text + row * TT_LANES, stops);
        behind = (row_before){bits->blank >> (TT_LANES - 1), bits->bracket >> (TT_LANES - 1)};
    }
    line->marked = all.stop != 0;
    line->signs = signs_of(&all);
    if (line->chars > TT_LOOK_CHARS)
        line->words = 0;
}
