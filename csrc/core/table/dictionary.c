/* dictionary.c - distinct strings of a column, numbered as they came, so that a batch's list begins with the one before.
 * A hash table of numbers over one run of bytes; it only grows. */
#include "table/column.h"

#include "base/alloc.h"
#include "base/hash.h"

#include <string.h>

enum { SLOTS_FIRST = 64 };

static tt_str entry(const tt_dictionary *self, size_t number)
{
    int32_t start = self->offsets[number];
    return (tt_str){self->bytes.ptr + start, (size_t)(self->offsets[number + 1] - start)};
}

/* The slot of a string, or the free one where it belongs. */
static uint32_t *slot_of(const tt_dictionary *self, tt_str text)
{
    size_t mask = self->slot_count - 1, at = (size_t)tt__hash(text.ptr, text.len, 0) & mask;
    while (self->slots[at] != 0 && !tt_str_eq(entry(self, self->slots[at] - 1), text))
        at = (at + 1) & mask;
    return &self->slots[at];
}

static tt_status more_slots(tt_dictionary *self)
{
    tt_dictionary grown = *self;
    grown.slot_count = self->slot_count != 0 ? self->slot_count * 2 : SLOTS_FIRST;
    grown.slots = tt__calloc(grown.slot_count, sizeof *grown.slots);
    if (grown.slots == NULL)
        return TT_ENOMEM;
    for (size_t i = 0; i < self->len; i++)
        *slot_of(&grown, entry(self, i)) = (uint32_t)i + 1;
    tt__free(self->slots);
    *self = grown;
    return TT_OK;
}

static tt_status append(tt_dictionary *self, tt_str text)
{
    if (text.len > (size_t)INT32_MAX - self->bytes.len)
        return TT_ELIMIT;
    if (tt__grow(&self->offsets, &self->offset_cap, self->len + 2, sizeof *self->offsets) != TT_OK ||
        tt_buf_add(&self->bytes, text.ptr, text.len) != TT_OK)
        return TT_ENOMEM;
    if (self->len == 0)
        self->offsets[0] = 0;
    self->offsets[++self->len] = (int32_t)self->bytes.len;
    return TT_OK;
}

tt_status tt_dictionary__number(int32_t *out, tt_dictionary *self, tt_str text)
{
    if (self->len * 2 >= self->slot_count && more_slots(self) != TT_OK)
        return TT_ENOMEM;
    uint32_t *slot = slot_of(self, text);
    if (*slot == 0) {
        tt_status status = append(self, text);
        if (status != TT_OK)
            return status;
        *slot = (uint32_t)self->len;
    }
    *out = (int32_t)*slot - 1;
    return TT_OK;
}

void tt_dictionary__free(tt_dictionary *self)
{
    tt_buf_free(&self->bytes);
    tt__free(self->offsets);
    tt__free(self->slots);
    *self = (tt_dictionary){0};
}
