/* seek.h - where a stage has to look closer, as one bit a byte of the 64 bytes at `at`; `end` is the end of the memory that may
 * be read. The same on every processor. */
#ifndef TT_PAGE_SEEK_H
#define TT_PAGE_SEEK_H

#include "page/lanes.h"

uint64_t tt__seek_borders(const char *at, const char *end); /* 0A-0D < C2 E2: can begin a line border */
uint64_t tt__seek_marks(const char *at, const char *end);   /* . ! ? : ; ( E2: can begin a mark, an entry or a bracket */

#endif
