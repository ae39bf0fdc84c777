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
 * one token can be told; FEATURE_SCOPES: of one set, no more. */
enum { FEATURES_REACH = 2, FACTS_MAX = 192, FEATURES_MAX = 240, FEATURE_SCOPES = 2 };

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
    void (*facts)(tt_crf_facts *out, uint32_t at, const tt_sentence_atoms *atoms, int64_t i);
} tt_feature_scope;

/* Functions take tokens of the sentence and up to FEATURES_REACH before and after it. In a scope, `at` is the place of the
 * token that tells (see tt_crf_fact). `rest` is what no scope tells: of token i and its neighbours, as far as it concerns
 * tokens of `span`; i may lie up to FEATURES_REACH outside of it; token `first` is at place CRF_GUARD. All add to what is in
 * `out`, which has room for FACTS_MAX more of each sort. */
typedef struct {
    unsigned scope_count;
    tt_feature_scope scopes[FEATURE_SCOPES];
    void (*rest)(tt_crf_facts *out, const tt_sentence_atoms *atoms, int64_t i, tt_span span, uint32_t first);
} tt_feature_set;

/* What lies in a mention is told by its words and by what the lexicon says of them; what is outermost by all there is. */
extern const tt_feature_set tt__outer_features, tt__inner_features;

/* What the mention `parent` of `label` (a hash of its name) tells its token i; places count from its own first token. */
void tt__features_parent(tt_crf_facts *out, const tt_sentence_atoms *atoms, uint32_t i, tt_span parent, uint64_t label);
/* All that token i tells the tokens of `span`, which is a mention of `label` if `parent`: scopes and rest of the outer set, or
 * of the inner one and what the parent tells. */
void tt__features_all(tt_crf_facts *out, const tt_sentence_atoms *atoms, int64_t i, tt_span span, bool parent, uint64_t label);

#endif
