/* lead.h - is the first prose below a title a lead? */
#ifndef TT_PAGE_LEAD_H
#define TT_PAGE_LEAD_H

#include "page/line.h"

/* Piece `prose` of settled pieces, the first prose below the title. */
bool tt__is_lead(tt_line *lines, size_t len, size_t prose, const tt_map *map);

#endif
