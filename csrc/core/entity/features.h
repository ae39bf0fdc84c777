/* features.h - what tokens tell about themselves and their neighbours: facts for the outer layer and, given the mention around
 * them, for the inner one.
 *
 * A fact goes into the narrowest scope that knows all it is made of. What a scope tells depends on its key alone, wherever the
 * token stands, so the tagger sums it once and keeps the sum; the rest is looked up each time. */
#ifndef TT_ENTITY_FEATURES_H
#define TT_ENTITY_FEATURES_H

#include "entity/atoms.h"
#include "learn/crf.h"

/* FEATURES_REACH: how far a token's facts reach to either side; FACTS_MAX: what one token tells, no more; FEATURES_MAX: what
 * one token can be told. */
enum { FEATURES_REACH = 3, FACTS_MAX = 192, FEATURES_MAX = 240, FEATURE_SCOPES = 2 };

/* Atoms of one sentence. */
typedef struct {
    const tt_atom *at;
    uint32_t len;
} tt_sentence_atoms;

typedef struct {
    int first;       /* the first token it reaches, from the one that tells: -FEATURES_REACH .. 0 */
    unsigned places; /* how many tokens it reaches */
    unsigned bits;   /* 2^bits different sums are worth keeping */
    uint64_t (*key)(const tt_sentence_atoms *atoms, int64_t i);
    size_t (*facts)(tt_crf_fact *out, uint32_t at, const tt_sentence_atoms *atoms, int64_t i);
} tt_feature_scope;

/* Both functions take tokens of the sentence and up to FEATURES_REACH before and after it. `at` is the place of the token that
 * tells (see tt_crf_fact); facts return how many they wrote. */
extern const tt_feature_scope tt__feature_scopes[FEATURE_SCOPES];

/* What no scope tells: of token i and its neighbours, as far as it concerns tokens of `span`; i may lie up to FEATURES_REACH
 * outside of it. Token `first` is at place CRF_GUARD. Returns how many facts were written. */
size_t tt__features_rest(tt_crf_fact *out, const tt_sentence_atoms *atoms, int64_t i, tt_span span, uint32_t first);
/* What the mention `parent` of `label` (a hash of its name) tells its token i; places count from its own first token. */
size_t tt__features_parent(tt_crf_fact *out, const tt_sentence_atoms *atoms, uint32_t i, tt_span parent, uint64_t label);
/* All that token i tells the tokens of `span`, which is a mention of `label` if `parent`: scopes, rest and parent. */
size_t tt__features_all(tt_crf_fact *out, const tt_sentence_atoms *atoms, int64_t i, tt_span span, bool parent, uint64_t label);

#endif
