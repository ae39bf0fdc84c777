/* seen.c - open addressing, at most half full. */
#include "entity/seen.h"
#include "base/alloc.h"

#include <string.h>

enum { FIRST_SIZE = 256, KEPT_SIZE = 1 << 14 };

static tt_seen_slot *slot_of(const tt_seen *self, uint64_t form)
{
    size_t i = (size_t)form & (self->size - 1);
    while (self->slots[i].form != 0 && self->slots[i].form != form)
        i = (i + 1) & (self->size - 1);
    return &self->slots[i];
}

static tt_status widen(tt_seen *self)
{
    tt_seen wider = {NULL, self->size ? self->size * 2 : FIRST_SIZE, self->used};
    wider.slots = tt__calloc(wider.size, sizeof *wider.slots);
    if (wider.slots == NULL)
        return TT_ENOMEM;
    for (size_t i = 0; i < self->size; i++)
        if (self->slots[i].form != 0)
            *slot_of(&wider, self->slots[i].form) = self->slots[i];
    tt__free(self->slots);
    *self = wider;
    return TT_OK;
}

tt_status tt__seen_add(tt_seen *self, uint64_t form, uint8_t flags)
{
    if (self->used * 2 >= self->size && widen(self) != TT_OK)
        return TT_ENOMEM;
    tt_seen_slot *slot = slot_of(self, form);
    self->used += slot->form == 0;
    slot->form = form;
    slot->flags |= flags;
    return TT_OK;
}

uint8_t tt__seen_of(const tt_seen *self, uint64_t form)
{
    return self->size ? slot_of(self, form)->flags : 0;
}

void tt__seen_clear(tt_seen *self)
{
    if (self->size > KEPT_SIZE)
        tt__seen_free(self);
    else if (self->used != 0)
        memset(self->slots, 0, self->size * sizeof *self->slots);
    self->used = 0;
}

void tt__seen_free(tt_seen *self)
{
    tt__free(self->slots);
    memset(self, 0, sizeof *self);
}
