/* features.h - what tokens tell about themselves and their neighbours: facts for the outer layer and, given the mention around
 * them, for the inner one.
 *
 * A fact goes into the narrowest function that knows all it is made of. What a word or its looks tell is the same wherever they
 * stand, so the tagger sums it once and keeps the sum. */
#ifndef TT_ENTITY_FEATURES_H
#define TT_ENTITY_FEATURES_H

#include "entity/atoms.h"
#include "learn/crf.h"

/* FEATURES_REACH: how far a token's facts reach to either side; FACTS_MAX: of one token;
 * FEATURES_MAX: what one token can be told. */
enum { FEATURES_REACH = 3, FACTS_MAX = 128, FEATURES_MAX = 192 };

/* Atoms of one sentence. */
typedef struct {
    const tt_atom *at;
    uint32_t len;
} tt_sentence_atoms;

/* The atom at i; marks of the border before and after the sentence. */
const tt_atom *tt__features_atom(const tt_sentence_atoms *atoms, int64_t i);

/* Each writes facts of the token at place `at` (see tt_crf_fact) and returns how many, at most FACTS_MAX.
 * Of its form alone, and what follows from the form. */
size_t tt__features_word(tt_crf_fact *out, uint32_t at, const tt_atom *atom);
/* Of its looks alone: all that tt__features_looks_key tells apart. */
size_t tt__features_looks(tt_crf_fact *out, uint32_t at, const tt_atom *atom);
uint64_t tt__features_looks_key(const tt_atom *atom);
/* Of token i and those that follow, as far as they concern tokens of `span`; i may lie up to FEATURES_REACH outside of it. */
size_t tt__features_around(tt_crf_fact *out, const tt_sentence_atoms *atoms, int64_t i, tt_span span);
/* What the mention `parent` of `label` (a hash of its name) tells its token i. */
size_t tt__features_parent(tt_crf_fact *out, const tt_sentence_atoms *atoms, uint32_t i, tt_span parent, uint64_t label);
/* All that token i tells the tokens of `span`, which is a mention of `label` if `parent`. */
size_t tt__features_all(tt_crf_fact *out, const tt_sentence_atoms *atoms, int64_t i, tt_span span, bool parent, uint64_t label);

#endif
