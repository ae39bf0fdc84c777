/* mention_odds.h - how sure a chain is of a mention that it found. */
#ifndef TT_ENTITY_MENTION_ODDS_H
#define TT_ENTITY_MENTION_ODDS_H

#include "learn/crf.h"

/* What tt__crf_decode found in a sequence. */
typedef struct {
    const tt_crf_scratch *scratch;
    const tt_crf *crf;
    const uint8_t *classes;
    const uint16_t *states;
    uint32_t len;
} tt_path;

/* Logarithm of the odds of the mention at `span`, of `label` of `labels`, against what could stand in its place while the rest
 * of the path stays: nothing, a mention of another label, or one that begins or ends a few tokens earlier or later. Finite. */
float tt__mention_odds(const tt_path *path, uint32_t labels, tt_span span, uint32_t label);

#endif
