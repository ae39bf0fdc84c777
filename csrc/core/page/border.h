/* border.h - the lines of a text, one after the other. */
#ifndef TT_PAGE_BORDER_H
#define TT_PAGE_BORDER_H

#include "page/map.h"

typedef struct {
    const tt_map *map;
    size_t start; /* of the line that comes next */
    uint32_t gap; /* borders before the last line, from the line before it: blank lines between them */
} tt_borders;

tt_borders tt__borders_of(const tt_map *map);
/* The next line that is not blank, without the blanks at its ends; false when there is none. Borders are LF, CR, CRLF, VT, FF,
 * U+0085, U+2028, U+2029 and the tags that part lines. */
bool tt__border_next(tt_span *line, tt_borders *self);

#endif
