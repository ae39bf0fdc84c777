/* seen.h - a document's capitalised words and the surroundings they were met in. */
#ifndef TT_ENTITY_SEEN_H
#define TT_ENTITY_SEEN_H

#include "tintuc/base.h"

typedef struct {
    uint64_t form; /* 0: free */
    uint8_t flags;
} tt_seen_slot;

typedef struct {
    tt_seen_slot *slots;
    size_t mask;
} tt_seen;

/* Room for `tokens` words. at_words: keys of "tại" and "ở" as tokens have them. TT_ENOMEM. */
tt_status tt__seen_open(tt_seen *out, size_t tokens, uint64_t at_words[2], tt_error *err);
void tt__seen_add(tt_seen *self, uint64_t form, uint8_t flags);
uint8_t tt__seen_of(const tt_seen *self, uint64_t form);
void tt__seen_close(tt_seen *self);

#endif
