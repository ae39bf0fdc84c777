/* bar.h - the shape of a bar of links. */
#ifndef TT_PAGE_BAR_H
#define TT_PAGE_BAR_H

#include "page/map.h"

/* Segments between marks: strong ones stand between blanks ("A > B"), weak ones are dashes between blanks and commas. */
typedef struct {
    uint32_t strong, dashes, commas;
    uint32_t longest; /* words of the longest segment */
} tt_bar;

/* Of a piece of the text of `map`, up to a segment of more than `most` words, behind which nothing is counted. */
tt_bar tt__bar_of(const tt_map *map, tt_str s, uint32_t most);

#endif
