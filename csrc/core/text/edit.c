/* edit.c - the one place where views of a text come to be: bytes are copied, replaced or taken out in order, and the runs of
 * the alignment are written on the way. */
#include "text/edit.h"

#include "base/alloc.h"
#include "base/decode.h"

static tt_status grow_text(tt_edit *self, size_t need)
{
    if (self->arena != NULL)
        return tt__arena_grow(&self->text.ptr, &self->text.cap, need, 1, self->arena);
    return tt__grow(&self->text.ptr, &self->text.cap, need, 1);
}

static tt_status grow_runs(tt_edit *self, size_t need)
{
    if (self->arena != NULL)
        return tt__arena_grow(&self->runs, &self->cap, need, sizeof *self->runs, self->arena);
    return tt__grow(&self->runs, &self->cap, need, sizeof *self->runs);
}

static tt_status add_bytes(tt_edit *self, const char *bytes, size_t len)
{
    if (len == 0)
        return TT_OK;
    if (grow_text(self, self->text.len + len) != TT_OK)
        return TT_ENOMEM;
    memcpy(self->text.ptr + self->text.len, bytes, len);
    self->text.len += len;
    return TT_OK;
}

static tt_status add_run(tt_edit *self, uint32_t raw, bool changed)
{
    if (grow_runs(self, self->len + 2) != TT_OK)
        return TT_ENOMEM;
    self->runs[self->len++] = (tt_align_run){(uint32_t)self->text.len, raw, changed};
    return TT_OK;
}

/* What was taken out at the beginning goes with the first code point of from[copied, end). */
static tt_status copy_first(tt_edit *self, uint32_t end)
{
    uint32_t at = self->copied;
    do
        at++;
    while (at < end && tt__is_tail(self->from.ptr[at]));
    if (add_run(self, 0, true) != TT_OK || add_bytes(self, self->from.ptr + self->copied, at - self->copied) != TT_OK)
        return TT_ENOMEM;
    self->copied = at;
    self->lead = 0;
    return TT_OK;
}

static tt_status copy_until(tt_edit *self, uint32_t end)
{
    if (self->copied == end)
        return TT_OK;
    if (self->lead != 0 && copy_first(self, end) != TT_OK)
        return TT_ENOMEM;
    if (self->copied == end)
        return TT_OK;
    if (add_run(self, self->copied, false) != TT_OK ||
        add_bytes(self, self->from.ptr + self->copied, end - self->copied) != TT_OK)
        return TT_ENOMEM;
    self->copied = end;
    return TT_OK;
}

/* The last code point of the view becomes a changed run of its own, which may reach on in `from`. */
static tt_status split_last(tt_edit *self)
{
    tt_align_run *last = &self->runs[self->len - 1];
    uint32_t at = (uint32_t)self->text.len;
    if (last->changed)
        return TT_OK;
    do
        at--;
    while (tt__is_tail(self->text.ptr[at]));
    uint32_t into = at - last->norm;
    if (into == 0) {
        last->changed = 1;
        return TT_OK;
    }
    if (grow_runs(self, self->len + 2) != TT_OK)
        return TT_ENOMEM;
    last = &self->runs[self->len - 1];
    self->runs[self->len++] = (tt_align_run){at, last->raw + into, 1};
    return TT_OK;
}

static tt_status take_out(tt_edit *self, uint32_t end)
{
    if (self->text.len == 0)
        self->lead = end;
    else if (split_last(self) != TT_OK)
        return TT_ENOMEM;
    self->copied = end;
    return TT_OK;
}

tt_status tt__edit_put(tt_edit *self, size_t start, size_t end, const char *bytes, size_t len)
{
    if (copy_until(self, (uint32_t)start) != TT_OK)
        return TT_ENOMEM;
    if (len == 0)
        return take_out(self, (uint32_t)end);
    if (add_run(self, self->lead != 0 ? 0 : (uint32_t)start, true) != TT_OK || add_bytes(self, bytes, len) != TT_OK)
        return TT_ENOMEM;
    self->copied = (uint32_t)end;
    self->lead = 0;
    return TT_OK;
}

tt_status tt__edit_reserve(tt_edit *self, size_t bytes, size_t edits)
{
    size_t need = self->text.len + bytes + TT_EDIT_COPY + TT_EDIT_SHORT;
    if (need < self->from.len + 2 * bytes && self->text.cap == 0) /* the view is mostly as long */
        need = self->from.len + 2 * bytes;
    return grow_text(self, need) == TT_OK ? grow_runs(self, self->len + 2 * edits + 2) : TT_ENOMEM;
}

bool tt__edit_any(const tt_edit *self)
{
    return self->len != 0 || self->lead != 0;
}

/* What was written in the arena stays where it is. */
static void keep(tt_str *view, tt_align *align, tt_arena *arena, tt_edit *self)
{
    tt__arena_trim(arena, self->runs, self->cap * sizeof *self->runs, (self->len + 1) * sizeof *self->runs);
    *view = (tt_str){self->text.ptr, self->text.len};
    *align = (tt_align){self->runs, self->len};
}

static tt_status copy(tt_str *view, tt_align *align, tt_arena *arena, const tt_edit *self)
{
    *view = (tt_str){tt__arena_copy(arena, self->text.ptr, self->text.len), self->text.len};
    *align = (tt_align){tt__arena_copy(arena, self->runs, (self->len + 1) * sizeof *self->runs), self->len};
    return view->ptr == NULL || align->runs == NULL ? TT_ENOMEM : TT_OK;
}

tt_status tt__edit_end(tt_str *view, tt_align *align, tt_arena *arena, tt_edit *self)
{
    uint32_t end = (uint32_t)self->from.len;
    tt_status status = copy_until(self, end);
    if (status == TT_OK && self->len == 0) /* nothing is left */
        status = add_run(self, 0, true);
    if (status == TT_OK)
        status = grow_text(self, 1); /* an empty view has an address, too */
    if (status == TT_OK)
        self->runs[self->len] = (tt_align_run){(uint32_t)self->text.len, end, 0};
    if (status == TT_OK && self->arena != NULL)
        keep(view, align, arena, self);
    else if (status == TT_OK)
        status = copy(view, align, arena, self);
    tt__edit_drop(self);
    return status;
}

void tt__edit_drop(tt_edit *self)
{
    if (self->arena == NULL) {
        tt_buf_free(&self->text);
        tt__free(self->runs);
    }
    *self = (tt_edit){.from = self->from, .arena = self->arena};
}
