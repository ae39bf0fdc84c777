/* measure_step.h - the measures of a piece from the bits of its text, written once and compiled twice by a file that defines
 * STEP_TARGET; COUNT_BITS; and STEP, the name of the result. */
#include "page/measure.h"

/* What the rows of a piece have together. */
typedef struct {
    uint64_t digit, sign, bracket, credit, stop;
} piece_bits;

/* Signs of a row: where a word begins, and what stands alone. A bit too many costs a rule that is tried for nothing. */
STEP_TARGET static inline void note_row(piece_bits *all, const tt_map_row *row, uint64_t in, uint64_t after, uint64_t word)
{
    all->digit |= row->digit & in;
    all->stop |= row->stop & in;
    all->bracket |= row->bracket & in;
    all->sign |= (((row->sign | row->stop) & after) | (row->mark & ~(row->stop | row->colon))) & in;
    all->credit |= (((row->credit | row->sign) & word) | row->colon) & in;
}

STEP_TARGET static inline uint32_t signs_of(const piece_bits *all)
{
    uint32_t signs = all->digit != 0 ? TT_SIGN_DIGIT : 0;
    signs |= all->sign != 0 ? TT_SIGN_BAR | TT_SIGN_DASH : 0;
    signs |= all->bracket != 0 ? TT_SIGN_BRACKET : 0;
    return signs | (all->credit != 0 ? TT_SIGN_CREDIT : 0);
}

STEP_TARGET void STEP(tt_line *line, const tt_map *map)
{
    size_t start = line->span.start, end = line->span.end, row = start / TT_LANES;
    const char *text = map->text.ptr;
    tt_measure m = {text + start, text + end, text + start};
    piece_bits all = {0, 0, 0, 0, 0};
    uint64_t first = (uint64_t)1 << start % TT_LANES, after = first, word = first; /* behind a blank, or a bracket too */
    for (; row * TT_LANES < end && !tt__is_running(line); row++) {
        const tt_map_row *bits = &map->rows[row];
        uint64_t in = tt__map_within(row, start, end), stops = bits->stop & in;
        after |= bits->blank << 1;
        word |= after | bits->bracket << 1;
        tt__step(1);
        line->chars += (uint32_t)COUNT_BITS(bits->lead & in);
        line->words += (uint32_t)COUNT_BITS(after & ~bits->blank & in);
        note_row(&all, bits, in, after, word);
        if (stops != 0)
            line->sentences += tt__count_stops(&m, text + row * TT_LANES, stops);
        after = bits->blank >> (TT_LANES - 1);
        word = bits->bracket >> (TT_LANES - 1);
    }
    line->marked = all.stop != 0;
    if (line->chars > TT_LOOK_CHARS)
        line->words = 0;
    else
        line->signs = signs_of(&all);
}
