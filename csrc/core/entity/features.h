/* features.h - feature hashes of a token, for the outer layer and, given the mention around it, for the inner one. */
#ifndef TT_ENTITY_FEATURES_H
#define TT_ENTITY_FEATURES_H

#include "entity/atoms.h"

enum { FEATURES_MAX = 192 };

/* Atoms of one sentence. */
typedef struct {
    const tt_atom *at;
    uint32_t len;
} tt_sentence_atoms;

/* Write the features of token i; returns how many, at most FEATURES_MAX. */
size_t tt__features_outer(uint64_t *out, const tt_sentence_atoms *atoms, uint32_t i);
/* The same plus what the mention [parent.start, parent.end) of `label` (a hash of its name) tells. */
size_t tt__features_inner(uint64_t *out, const tt_sentence_atoms *atoms, uint32_t i, tt_span parent, uint64_t label);

#endif
