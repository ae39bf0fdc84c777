/* seek.h - where a stage has to look closer, as one bit a byte of the 64 bytes at `at`; `end` is the end of the memory that may
 * be read. The same on every processor. */
#ifndef TT_PAGE_SEEK_H
#define TT_PAGE_SEEK_H

#include "page/lanes.h"

uint64_t tt__seek_borders(const char *at, const char *end); /* 0A-0D < C2 E2: can begin a line border */
uint64_t tt__seek_marks(const char *at, const char *end);   /* . ! ? : ; ( E2: can begin a mark, an entry or a bracket */

/* Which of the signs that a line is cut at does `s` hold? Without one its cuts need not be looked for. `end`: as above. */
enum { TT_HOLDS_BRACKET = 1, TT_HOLDS_COLON = 2, TT_HOLDS_SLASH = 4 }; /* ( : / */
unsigned tt__seek_signs(tt_str s, const char *end);

#endif
