/* crf_chances.h - how likely each state of each token is, given all of the sequence (forward and backward: Rabiner 1989). */
#ifndef TT_LEARN_CRF_CHANCES_H
#define TT_LEARN_CRF_CHANCES_H

#include "learn/crf.h"

typedef struct tt_crf_chances tt_crf_chances; /* opaque; read-only: what all sequences of a chain have in common */

/* The chain must outlive it. TT_ENOMEM. */
tt_status tt__crf_chances_open(tt_crf_chances **out, const tt_crf *crf);
void tt__crf_chances_close(tt_crf_chances *self); /* NULL is fine */

uint32_t tt__crf_chances_states(const tt_crf_chances *self);
/* Numbers that tt__crf_chances_of needs room for. */
size_t tt__crf_chances_room(const tt_crf_chances *self, uint32_t len);
/* Probability of each state of each token of what was decoded last on `scratch`, whose tokens have `classes`: rows of as many
 * numbers as there are states, at the beginning of `room`. The same bits on every machine. */
void tt__crf_chances_of(float *room, const tt_crf_chances *self, const tt_crf_scratch *scratch, const uint8_t *classes);

#endif
