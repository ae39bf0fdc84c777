/* seen.h - a document's capitalised words and the surroundings they were met in. */
#ifndef TT_ENTITY_SEEN_H
#define TT_ENTITY_SEEN_H

#include "tintuc/base.h"

typedef struct {
    uint64_t form; /* 0: free */
    uint8_t flags;
} tt_seen_slot;

/* Grows with the different words, not with the text. Zero-initialize. */
typedef struct {
    tt_seen_slot *slots;
    size_t size, used;
} tt_seen;

/* TT_ENOMEM. */
tt_status tt__seen_add(tt_seen *self, uint64_t form, uint8_t flags);
uint8_t tt__seen_of(const tt_seen *self, uint64_t form);
/* Forget all words, for the next document. */
void tt__seen_clear(tt_seen *self);
void tt__seen_free(tt_seen *self);

#endif
