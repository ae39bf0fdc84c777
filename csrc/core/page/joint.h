/* joint.h - where a line ended whose line feed a page has lost: "... Việt Nam - Hà Lan Hai thứ trưởng đồng chủ trì ..." */
#ifndef TT_PAGE_JOINT_H
#define TT_PAGE_JOINT_H

#include "page/map.h"

enum { TT_JOINT_NEVER = 1000 };

typedef struct {
    int head; /* what the best place before the first stop must weigh, in nats; the first place, where it is the same as `rest`
               */
    int rest; /* and any place behind it; TT_JOINT_NEVER: none is looked for */
} tt_joint_least;

/* Start of the line that begins inside `part` of a text, which has no blanks at its ends, after words without a stop; the end
 * of `part` where there is none. Linear in the bytes up to there. */
uint32_t tt__joint_next(const tt_map *map, tt_span part, tt_joint_least least);

#endif
