/* edit.h - write a view of a text piece by piece and record where each piece comes from. */
#ifndef TT_TEXT_EDIT_H
#define TT_TEXT_EDIT_H

#include "tintuc/text.h"

/* Set `from` and zero the rest; tt__edit_end or tt__edit_drop frees it. */
typedef struct {
    tt_str from; /* valid UTF-8 of at most TT_TEXT_MAX bytes */
    tt_buf text; /* the view so far: from[0, copied) is in it */
    tt_align_run *runs;
    size_t len, cap;
    uint32_t copied;
    uint32_t lead; /* the view is empty, and so many bytes of `from` were taken out */
} tt_edit;

/* Put `bytes` for from[start, end), which begins at or after the last edit; all before it is copied. Bytes taken out (len 0) go
 * with the code point before them, at the beginning with the one after. TT_ENOMEM. */
tt_status tt__edit_put(tt_edit *self, size_t start, size_t end, const char *bytes, size_t len);
/* Was anything edited? */
bool tt__edit_any(const tt_edit *self);
/* Copy the rest and move view and runs into the arena; the editor is empty then, also after TT_ENOMEM. */
tt_status tt__edit_end(tt_str *view, tt_align *align, tt_arena *arena, tt_edit *self);
void tt__edit_drop(tt_edit *self);

#endif
