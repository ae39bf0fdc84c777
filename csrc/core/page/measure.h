/* measure.h - what the ways to measure a piece share. */
#ifndef TT_PAGE_MEASURE_H
#define TT_PAGE_MEASURE_H

#include "page/line.h"
#include "page/map.h"

typedef struct {
    const char *begin, *end;
    const char *seen; /* stops before are counted */
} tt_measure;

/* Longer and of more sentences than any rule asks. */
static inline bool tt__is_running(const tt_line *line)
{
    return line->chars > TT_LOOK_CHARS && line->sentences >= TT_RUN_SENTENCES;
}

/* Count the stops at `marks` that a capital follows, after a word of two small letters or more (no initial, no abbreviation of
 * capitals). The sentence stage knows better but comes later, and the rules only ask "one or several?". */
uint32_t tt__count_stops(tt_measure *m, const char *block, uint64_t marks);

/* Count chars, words and sentences and note the signs; words and signs only up to TT_LOOK_CHARS. The same twice. */
typedef void tt_measure_way(tt_line *line, const tt_map *map);
void tt__measure_plain(tt_line *line, const tt_map *map);
#if TT_X86
void tt__measure_popcnt(tt_line *line, const tt_map *map);
#endif

#endif
