/* layer_run.h - one layer of the tagger: a chain and what is kept from sentence to sentence to run it faster. */
#ifndef TT_ENTITY_LAYER_RUN_H
#define TT_ENTITY_LAYER_RUN_H

#include "entity/fact_cache.h"
#include "entity/features.h"
#include "learn/crf.h"

enum { LAYER_FRESH = 32 };

/* A sum to be made. */
typedef struct {
    tt_kept_sum kept;
    uint32_t scope, place; /* of its first row in `fresh_rows` */
} tt_fresh_sum;

/* Used by one thread at a time. */
typedef struct {
    const tt_crf *crf;
    const tt_feature_set *features;
    tt_fact_cache sums[FEATURE_SCOPES];
    tt_crf_scratch scratch; /* of the span that was decoded last */
    tt_crf_facts facts;     /* not yet told or summed */
    tt_fresh_sum fresh[LAYER_FRESH];
    int16_t *fresh_rows;
    tt_kept_sum *kept; /* of the scopes of each token */
    uint8_t *classes;
    size_t fresh_count, kept_cap, class_cap;
    uint32_t fresh_places;
} tt_layer_run;

/* The chain must outlive the run. TT_ENOMEM. */
tt_status tt__layer_open(tt_layer_run *out, const tt_crf *crf, const tt_feature_set *features);
void tt__layer_close(tt_layer_run *self);
/* Best states of tokens [span.start, span.end) of the sentence into states[], as the outer layer sees them (parent NULL), told
 * also by the tokens around them; or inside the mention that the span is, whose label's name has the hash *parent, told by its
 * own tokens alone. TT_ENOMEM. */
tt_status tt__layer_decode(uint16_t *states, tt_layer_run *self, const tt_sentence_atoms *atoms, tt_span span,
                           const uint64_t *parent);
/* The same once more, with the states that `pins` demands: see tt__crf_decode_pinned. */
void tt__layer_decode_pinned(uint16_t *states, tt_layer_run *self, const uint16_t *pins);
/* How much better a mention is than what else could stand there, in what was decoded last: see tt__mention_odds. */
float tt__layer_odds(const tt_layer_run *self, const uint16_t *states, uint32_t labels, tt_span span, uint32_t label);

#endif
