/* seen.c - open addressing, sized for the worst document so that adding cannot fail. */
#include "entity/seen.h"
#include "base/alloc.h"

#include "tintuc/token.h"

static tt_status key_of(uint64_t *key, const char *word, tt_arena *arena, tt_error *err)
{
    tt_tokens tokens;
    tt_text text = {.norm = tt_str_c(word)};
    tt_sentence whole = {{0, (uint32_t)text.norm.len}, 0};
    tt_status status = tt_tokens_make(&tokens, arena, &text, &(tt_sentences){&whole, 1}, err);
    if (status == TT_OK)
        *key = tokens.at[0].key;
    return status;
}

tt_status tt__seen_open(tt_seen *out, size_t tokens, uint64_t at_words[2], tt_error *err)
{
    tt_arena arena = {NULL, 0, 0};
    size_t size = 16;
    while (size < tokens * 2)
        size *= 2;
    tt_status status = key_of(&at_words[0], "tại", &arena, err);
    if (status == TT_OK)
        status = key_of(&at_words[1], "ở", &arena, err);
    tt_arena_free(&arena);
    out->slots = status == TT_OK ? tt__calloc(size, sizeof *out->slots) : NULL;
    out->mask = size - 1;
    if (status == TT_OK && out->slots == NULL)
        status = tt_fail(err, TT_ENOMEM, 0, "entities: out of memory");
    return status;
}

static tt_seen_slot *slot_of(const tt_seen *self, uint64_t form)
{
    size_t i = (size_t)form & self->mask;
    while (self->slots[i].form != 0 && self->slots[i].form != form)
        i = (i + 1) & self->mask;
    return &self->slots[i];
}

void tt__seen_add(tt_seen *self, uint64_t form, uint8_t flags)
{
    tt_seen_slot *slot = slot_of(self, form);
    slot->form = form;
    slot->flags |= flags;
}

uint8_t tt__seen_of(const tt_seen *self, uint64_t form)
{
    return slot_of(self, form)->flags;
}

void tt__seen_close(tt_seen *self)
{
    tt__free(self->slots);
}
