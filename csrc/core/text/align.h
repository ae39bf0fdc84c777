/* align.h - alignments put together. */
#ifndef TT_TEXT_ALIGN_H
#define TT_TEXT_ALIGN_H

#include "tintuc/text.h"

/* `first` leads from the raw text to a view, `second` from that view to another; *out leads from the raw text to the latter.
 * Linear in the runs of both, which have at least one. TT_ENOMEM. */
tt_status tt__align_compose(tt_align *out, tt_arena *arena, const tt_align *first, const tt_align *second);

#endif
