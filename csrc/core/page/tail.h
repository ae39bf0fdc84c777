/* tail.h - where the body of a page ends, and what stands below it. */
#ifndef TT_PAGE_TAIL_H
#define TT_PAGE_TAIL_H

#include "page/line.h"

enum { TT_TEASER_LEAST = 28, TT_TEASER_MOST = 200 }; /* code points of the lead of another article */

/* Is a piece longer or more than the lead of another article would be? Nothing is counted that need not be. */
bool tt__is_body(tt_line *line, const tt_map *map);

/* Index of the first of `len` pieces that belongs to the body no more, which begins at piece `prose`; `looks`: a bit for
 * each look that pieces from there on have, or more. */
size_t tt__tail_start(tt_line *lines, size_t len, size_t prose, uint32_t looks, const tt_map *map);

/* Set `kind` of the pieces from `tail` on. */
void tt__tail_settle(tt_line *lines, size_t len, size_t prose, size_t tail, const tt_map *map);

#endif
