/* wrap.h - texts whose lines were broken at a width, as in e-mail or PDF. */
#ifndef TT_PAGE_WRAP_H
#define TT_PAGE_WRAP_H

#include "page/map.h"

/* With fewer lines that go on than one of TT_WRAP_SHARE, or than TT_WRAP_LEAST in all, nothing was broken. */
enum { TT_WRAP_SHARE = 10, TT_WRAP_LEAST = 2 };

typedef struct {
    uint32_t width;      /* a line and the first word of the next that are as long were broken between; 0: nothing was */
    uint32_t open_width; /* the same for a line without a stop */
    uint32_t most;       /* longest line that was broken */
} tt_wrap;

/* Does `line`, on the line right below `above`, look as if it went on with the sentence there? */
bool tt__wrap_goes_on(const char *text, tt_span above, tt_span line);
/* The width at which the lines of a text were broken. */
tt_wrap tt__wrap_of(const tt_map *map);
/* Was the line `above` broken before `line`? */
bool tt__wrap_joins(const tt_wrap *self, const char *text, tt_span above, tt_span line);

#endif
