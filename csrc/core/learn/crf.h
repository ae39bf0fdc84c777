/* crf.h - linear-chain conditional random field over hashed features (Lafferty, McCallum, Pereira 2001).
 *
 * score(y | x) = sum over t of sum over features f of token t: w[f][y_t], plus trans[class_t][y_{t-1}][y_t]. Transitions depend
 * on the class of the token they lead to (its case, kind or mark), which costs nothing when decoding. The state before the
 * first token and after the last is 0.
 *
 * What is told to several tokens at once is one fact: to each of them it is a feature of its own, a member of the fact. A
 * feature is the fact's hash with the member in its lowest bits, and the decoder finds all members of a fact by one search. */
#ifndef TT_LEARN_CRF_H
#define TT_LEARN_CRF_H

#include "tintuc/base.h"

/* CRF_FEATURES_MAX: of one token, so that 16 bits hold the sum of their weights. */
enum { CRF_STATES_MAX = 256, CRF_CLASSES_MAX = 64, CRF_FEATURES_MAX = 256, CRF_MEMBERS = 8, CRF_GROUP = 4 };

/* Facts may speak to up to CRF_GUARD places before the first token and after the last, where nobody listens. */
enum { CRF_GUARD = 8 };

/* Members [first, end) of a fact are features of places to + first .. to + end - 1; token t is at place t + CRF_GUARD. */
typedef struct {
    uint64_t hash; /* multiple of CRF_MEMBERS */
    uint32_t to;
    uint8_t first, end;
} tt_crf_fact;

/* Facts to be told, in any order. Those with member 0 alone may stand apart, which makes them cheaper. */
typedef struct {
    tt_crf_fact *several, *ones;
    uint32_t several_count, one_count;
} tt_crf_facts;

typedef struct tt_crf tt_crf; /* opaque; read-only */

/* View section bytes (aligned to 8, alive as long as *out) of a model with `states` states. `allowed` (states x states, from
 * and to) says which transitions there are; it is copied. A state that may not go just where state 0 may go must stay within
 * its group of CRF_GROUP states: 1 .. 4, 5 .. 8 and so on. TT_EMODEL, TT_EARGUMENT, TT_ENOMEM. */
tt_status tt__crf_load(tt_crf **out, tt_str section, const uint8_t *allowed, uint32_t states, tt_error *err);
void tt__crf_free(tt_crf *self);

/* Rows of few weights wait here until the others are added: a vector is loaded slowly from where single numbers were just
 * stored. */
enum { CRF_LATE = 2048 };
typedef struct {
    uint64_t rows[CRF_LATE];
    uint32_t count;
} tt_crf_late;

/* Grows as needed and is reused between sequences. Zero-initialize. */
typedef struct {
    int16_t *sums; /* of each place's weights, once it is decoded */
    uint8_t *back;
    size_t sums_cap, back_cap;
    uint32_t len;
    tt_crf_late late;
} tt_crf_scratch;
void tt__crf_scratch_free(tt_crf_scratch *scratch);

/* Begin a sequence of `len` tokens. TT_ENOMEM. */
tt_status tt__crf_start(tt_crf_scratch *scratch, const tt_crf *self, uint32_t len);
/* Let the tokens know facts. */
void tt__crf_tell(tt_crf_scratch *scratch, const tt_crf *self, const tt_crf_facts *facts);

/* Facts that are often told together can be summed once: `rows` is room for `places` rows of tt__crf_row_length numbers, which
 * get the sums. Places of the facts count from the first row. */
uint32_t tt__crf_row_length(const tt_crf *self);
void tt__crf_sum(int16_t *rows, uint32_t places, const tt_crf *self, const tt_crf_facts *facts);
/* The same as telling those facts from place `to` on. */
void tt__crf_tell_sum(tt_crf_scratch *scratch, const tt_crf *self, uint32_t to, const int16_t *rows, uint32_t places);

/* Best states of the sequence, whose tokens have `classes`, into states[len]. */
void tt__crf_decode(uint16_t *states, tt_crf_scratch *scratch, const tt_crf *self, const uint8_t *classes);
/* Once more, after tt__crf_decode on the same scratch: the best of those in which token t is in state pins[t], where that is
 * not CRF_FREE. Some sequence of allowed steps must go through the pins. */
enum { CRF_FREE = UINT16_MAX };
void tt__crf_decode_pinned(uint16_t *states, tt_crf_scratch *scratch, const tt_crf *self, const uint8_t *classes,
                           const uint16_t *pins);
/* Add to `sum`, step by step, what a path gains by going from state `from` at token t - 1 to state `to` at token t and staying
 * there for `count` tokens, in nats; -infinity where that is no step. Before the first token and after the last there is state
 * 0; a step to behind the last is one by itself. After tt__crf_decode on the same scratch. */
float tt__crf_walk(float sum, const tt_crf_scratch *scratch, const tt_crf *self, const uint8_t *classes, uint32_t t,
                   uint32_t from, uint32_t to, uint32_t count);
/* By how much a path gains more with states[count] at token t and on than with own[count], between state `from` at token t - 1
 * and state `to` behind them. Else as tt__crf_walk; -infinity where states[] are no steps, own[] being some. */
float tt__crf_lead(const tt_crf_scratch *scratch, const tt_crf *self, const uint8_t *classes, uint32_t t, uint32_t from,
                   const uint16_t *states, const uint16_t *own, uint32_t count, uint32_t to);
/* One step for each of `count` groups at once: from state from + k * from_stride to state to + k * to_stride, added to sums[k].
 * A stride is CRF_GROUP, or 0 for a state that all have in common; the same part of every group may go to the same parts. Else
 * as tt__crf_walk. */
typedef struct {
    uint32_t from, from_stride, to, to_stride;
} tt_crf_steps;
void tt__crf_step_groups(float *sums, uint32_t count, const tt_crf_scratch *scratch, const tt_crf *self, const uint8_t *classes,
                         uint32_t t, tt_crf_steps steps);

#endif
