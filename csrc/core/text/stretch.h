/* stretch.h - normalize a short piece of text that begins and ends where a form begins anew. */
#ifndef TT_TEXT_STRETCH_H
#define TT_TEXT_STRETCH_H

#include "tintuc/text.h"

#include <unicode/unorm2.h>

/* Set `norm` and zero the rest; room is kept from call to call. */
typedef struct {
    const UNormalizer2 *norm;
    tt_buf bytes;
    uint32_t *points, *room; /* code points with their combining class above */
    size_t len, cap, room_cap;
    UChar *from, *to;
    size_t from_cap, to_cap;
} tt_stretch;

/* The form of `in`, valid UTF-8, as UTF-8; *out is valid until the next call. Linear. TT_ENOMEM. */
tt_status tt__stretch_form(tt_str *out, tt_stretch *self, tt_str in);
void tt__stretch_drop(tt_stretch *self);

#endif
