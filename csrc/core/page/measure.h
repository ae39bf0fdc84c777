/* measure.h - what the ways to measure a piece share. */
#ifndef TT_PAGE_MEASURE_H
#define TT_PAGE_MEASURE_H

#include "page/line.h"
#include "page/map.h"

/* Count chars and words and note the signs; words and signs only up to TT_LOOK_CHARS. Sentences are 1 where no stop stands
 * inside, else 0: not counted. The same twice. */
typedef void tt_measure_way(tt_line *line, const tt_map *map);
void tt__measure_plain(tt_line *line, const tt_map *map);
#if TT_X86
void tt__measure_popcnt(tt_line *line, const tt_map *map);
#endif

#endif
