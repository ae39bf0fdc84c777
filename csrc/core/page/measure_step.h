/* measure_step.h - the measures of a piece from the bits of its text, written once and compiled twice by a file that defines
 * STEP_TARGET; COUNT_BITS; and STEP, the name of the result. */
#include "page/measure.h"

/* Where words begin, what stands alone, what could begin a credit. What the next row decides counts as a sign: one too many
 * costs a rule that is tried for nothing. */
STEP_TARGET static inline uint32_t count_words(tt_line *line, const tt_map *map)
{
    size_t start = line->span.start, last = (line->span.end - 1) / TT_LANES;
    uint64_t in = UINT64_MAX << start % TT_LANES, over = (uint64_t)1 << (TT_LANES - 1);
    uint64_t digit = 0, bar = 0, dash = 0, credit = 0, words = 0, commas = 0;
    uint64_t after = (uint64_t)1 << start % TT_LANES, word = after; /* what stands behind a blank or the beginning; and behind a
                                                                       bracket, too */
    for (size_t i = start / TT_LANES; i <= last; i++) {
        const tt_map_row *row = &map->rows[i];
        in &= i == last ? tt__first_bits((line->span.end - 1) % TT_LANES + 1) : UINT64_MAX;
        uint64_t wide = row->sign & row->quote, narrow = row->sign & ~wide;
        uint64_t alone = row->blank >> 1 | over, other = row->mark & ~(row->stop | row->colon);
        after |= row->blank << 1;
        word |= after | row->bracket << 1;
        wide &= after & (row->blank >> 3 | over | over >> 1 | over >> 2);
        words += (uint64_t)COUNT_BITS(after & ~row->blank & in);
        commas += (uint64_t)COUNT_BITS(row->parting & ~(row->blank | row->bracket | row->quote | row->sign | row->mark) & in);
        digit |= row->digit & in;
        bar |= (wide | ((narrow | (row->stop & alone)) & after) | other) & in;
        dash |= (wide | (((row->dash & alone) | narrow) & after)) & in;
        credit |= (((row->credit | narrow) & word) | row->colon) & in;
        after = row->blank >> (TT_LANES - 1);
        word = row->bracket >> (TT_LANES - 1);
        in = UINT64_MAX;
    }
    line->words = (uint32_t)words;
    return (digit != 0 ? TT_SIGN_DIGIT : 0u) | (bar != 0 ? TT_SIGN_BAR : 0u) | (dash != 0 ? TT_SIGN_DASH : 0u) |
           (credit != 0 ? TT_SIGN_CREDIT : 0u) | (commas >= 2 ? TT_SIGN_COMMAS : 0u);
}

/* Stops inside, and what may be glued in. */
STEP_TARGET static inline uint32_t note_marks(tt_line *line, const tt_map *map)
{
    size_t start = line->span.start, last = (line->span.end - 1) / TT_LANES;
    uint64_t in = UINT64_MAX << start % TT_LANES, final = (uint64_t)1 << (line->span.end - 1) % TT_LANES;
    uint64_t inner = 0, bracket = 0, colon = 0, clock = 0, close = 0;
    const tt_map_row *row = &map->rows[start / TT_LANES], *end = &map->rows[last];
    for (; row < end; row++) {
        tt__step(1);
        inner |= row->stop & in;
        bracket |= row->bracket & in;
        colon |= row->colon & in;
        clock |= row->colon & (row->digit << 1 | 1) & in;
        close |= row->sign & (row->stop << 1 | 1) & in;
        in = UINT64_MAX;
    }
    in &= final - 1;
    inner |= row->stop & in;
    in |= final;
    bracket |= row->bracket & in;
    colon |= row->colon & in;
    clock |= row->colon & (row->digit << 1 | 1) & in;
    close |= row->sign & (row->stop << 1 | 1) & in;
    line->marked = (inner | (row->stop & final)) != 0;
    line->sentences = inner == 0;
    return (bracket != 0 ? TT_SIGN_BRACKET : 0u) | (clock != 0 ? TT_SIGN_CLOCK : 0u) | (close != 0 ? TT_SIGN_CLOSE : 0u) |
           (bracket != 0 && colon != 0 ? TT_SIGN_INNER : 0u);
}

STEP_TARGET void STEP(tt_line *line, const tt_map *map)
{
    line->chars = tt__map_chars(map, line->span.end) - tt__map_chars(map, line->span.start);
    line->words = line->signs = 0;
    line->sentences = 1;
    line->marked = false;
    if (line->span.start == line->span.end)
        return;
    line->signs = note_marks(line, map);
    if (line->chars <= TT_LOOK_CHARS)
        line->signs |= count_words(line, map);
}
