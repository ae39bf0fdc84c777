/* edit.h - write a view of a text piece by piece and record where each piece comes from. */
#ifndef TT_TEXT_EDIT_H
#define TT_TEXT_EDIT_H

#include "tintuc/text.h"

#include <string.h>

/* Set `from`, and `arena` if all is to be written where it stays; zero the rest. tt__edit_end or tt__edit_drop frees it. */
typedef struct {
    tt_str from;     /* valid UTF-8 of at most TT_TEXT_MAX bytes */
    tt_arena *arena; /* NULL: into memory of its own, which tt__edit_end copies */
    tt_buf text;     /* the view so far: from[0, copied) is in it */
    tt_align_run *runs;
    size_t len, cap;
    uint32_t copied;
    uint32_t lead; /* the view is empty, and so many bytes of `from` were taken out */
} tt_edit;

/* Put `bytes` for from[start, end), which begins at or after the last edit; all before it is copied. Bytes taken out (len 0) go
 * with the code point before them, at the beginning with the one after. TT_ENOMEM. */
tt_status tt__edit_put(tt_edit *self, size_t start, size_t end, const char *bytes, size_t len);
/* Make room for tt__edit_put_reserved: so many bytes and so many edits; the first time also for the rest of `from`. TT_ENOMEM.
 */
tt_status tt__edit_reserve(tt_edit *self, size_t bytes, size_t edits);
/* tt__edit_put of 1 to TT_EDIT_SHORT bytes, of which `bytes` has TT_EDIT_SHORT readable, where nothing was taken out at the
 * beginning, and for what is copied and put there is room. */
enum { TT_EDIT_SHORT = 4, TT_EDIT_COPY = 32 };
static inline void tt__edit_put_reserved(tt_edit *self, uint32_t start, uint32_t end, const void *bytes, uint32_t len)
{
    uint32_t gap = start - self->copied, at = (uint32_t)self->text.len;
    const char *from = self->from.ptr + self->copied;
    char *to = self->text.ptr + at;
    tt_align_run *run = self->runs + self->len;
    if (gap <= TT_EDIT_COPY && self->from.len - self->copied >= TT_EDIT_COPY)
        memcpy(to, from, TT_EDIT_COPY); /* of a fixed size: no call, no branch */
    else
        memcpy(to, from, gap);
    memcpy(to + gap, bytes, TT_EDIT_SHORT);
    run[0] = (tt_align_run){at, self->copied, 0};
    run[gap != 0] = (tt_align_run){at + gap, start, 1};
    self->len += 1 + (gap != 0);
    self->text.len = at + gap + len;
    self->copied = end;
}
/* Was anything edited? */
bool tt__edit_any(const tt_edit *self);
/* Copy the rest; view and runs are in the arena then, which is self->arena if there is one, and the editor is empty, also after
 * TT_ENOMEM. */
tt_status tt__edit_end(tt_str *view, tt_align *align, tt_arena *arena, tt_edit *self);
void tt__edit_drop(tt_edit *self);

#endif
