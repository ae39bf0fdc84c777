/* origin.h - the agency or medium that a page names, from its blocks one after the other: a document keeps them in a form of
 * its own. */
#ifndef TT_PAGE_ORIGIN_H
#define TT_PAGE_ORIGIN_H

#include "tintuc/page.h"

/* What the blocks so far name; begins as all zeros. */
typedef struct {
    tt_span byline, dateline, credit;
    size_t heads; /* leads and paragraphs */
} tt_origin;

/* The next block; `text` is what its span counts in. */
void tt__origin_take(tt_origin *self, tt_block block, const char *text);
/* The one that counts; empty where none is named. */
tt_span tt__origin_best(const tt_origin *self);

#endif
