/* measure_step.h - the measures of a piece from the bits of its text, written once and compiled twice by a file that defines
 * STEP_TARGET; COUNT_BITS; and STEP, the name of the result. */
#include "page/measure.h"

/* Where words begin, what stands alone, what could begin a credit. What the next row decides counts as a sign: one too many
 * costs a rule that is tried for nothing. */
STEP_TARGET static inline uint32_t count_words(tt_line *line, const tt_map *map)
{
    size_t start = line->span.start, end = line->span.end;
    uint64_t first = (uint64_t)1 << start % TT_LANES, last = (uint64_t)1 << (TT_LANES - 1);
    uint64_t digit = 0, bar = 0, dash = 0, credit = 0;
    uint64_t after = first, word = first; /* what stands behind a blank or the beginning; and behind a bracket, too */
    for (size_t i = start / TT_LANES; i * TT_LANES < end; i++) {
        const tt_map_row *row = &map->rows[i];
        uint64_t in = tt__map_within(i, start, end), wide = row->sign & row->quote, narrow = row->sign & ~wide;
        uint64_t alone = row->blank >> 1 | last, other = row->mark & ~(row->stop | row->colon);
        after |= row->blank << 1;
        word |= after | row->bracket << 1;
        wide &= after & (row->blank >> 3 | last | last >> 1 | last >> 2);
        line->words += (uint32_t)COUNT_BITS(after & ~row->blank & in);
        digit |= row->digit & in;
        bar |= (wide | ((narrow | (row->stop & alone)) & after) | other) & in;
        dash |= (wide | (((row->dash & alone) | narrow) & after)) & in;
        credit |= (((row->credit | narrow) & word) | row->colon) & in;
        after = row->blank >> (TT_LANES - 1);
        word = row->bracket >> (TT_LANES - 1);
    }
    return (digit != 0 ? TT_SIGN_DIGIT : 0u) | (bar != 0 ? TT_SIGN_BAR : 0u) | (dash != 0 ? TT_SIGN_DASH : 0u) |
           (credit != 0 ? TT_SIGN_CREDIT : 0u);
}

/* Stops, and what may be glued in. */
STEP_TARGET static inline uint32_t count_sentences(tt_line *line, const tt_map *map)
{
    size_t start = line->span.start, end = line->span.end;
    const char *text = map->text.ptr;
    tt_measure m = {text + start, text + end, text + start};
    uint64_t marked = 0, bracket = 0, colon = 0, clock = 0, close = 0;
    for (size_t i = start / TT_LANES; i * TT_LANES < end; i++) {
        const tt_map_row *row = &map->rows[i];
        uint64_t in = tt__map_within(i, start, end), stops = row->stop & ~tt__map_in_numbers(map, i) & in;
        tt__step(1);
        marked |= row->stop & in;
        bracket |= row->bracket & in;
        colon |= row->colon & in;
        clock |= row->colon & (row->digit << 1 | 1) & in;
        close |= row->sign & (row->stop << 1 | 1) & in;
        if (stops != 0 && !tt__is_running(line))
            line->sentences += tt__count_stops(&m, text + i * TT_LANES, stops);
    }
    line->marked = marked != 0;
    return (bracket != 0 ? TT_SIGN_BRACKET : 0u) | (clock != 0 ? TT_SIGN_CLOCK : 0u) | (close != 0 ? TT_SIGN_CLOSE : 0u) |
           (bracket != 0 && colon != 0 ? TT_SIGN_INNER : 0u);
}

STEP_TARGET void STEP(tt_line *line, const tt_map *map)
{
    line->chars = tt__map_chars(map, line->span.end) - tt__map_chars(map, line->span.start);
    line->words = 0;
    line->sentences = 1;
    line->signs = count_sentences(line, map);
    if (line->chars <= TT_LOOK_CHARS)
        line->signs |= count_words(line, map);
}
