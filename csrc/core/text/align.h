/* align.h - spans across an alignment, one after the other. */
#ifndef TT_TEXT_ALIGN_H
#define TT_TEXT_ALIGN_H

#include "tintuc/text.h"

/* tt_align_to_raw, looking from run *near on, which it moves: begin with 0, and spans in order cost little each. */
tt_span tt__align_to_raw_near(size_t *near, const tt_align *map, tt_span norm);

#endif
