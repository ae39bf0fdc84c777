/* beliefs.h - what a chain holds possible: the likeliest states of each token, and how likely they are. */
#ifndef TT_ENTITY_BELIEFS_H
#define TT_ENTITY_BELIEFS_H

#include "entity/atoms.h"
#include "entity/layer_run.h"
#include "learn/crf_chances.h"

/* Beliefs about the tokens that the layer decoded last. *room grows as needed. TT_ENOMEM. */
tt_status tt__beliefs_fill(tt_belief *out, float **room, size_t *room_cap, const tt_layer_run *layer,
                           const tt_crf_chances *chances);

#endif
