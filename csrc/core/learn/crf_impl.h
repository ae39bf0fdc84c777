/* crf_impl.h - what the files that use a loaded CRF share. */
#ifndef TT_LEARN_CRF_IMPL_H
#define TT_LEARN_CRF_IMPL_H

#include "learn/crf.h"
#include "learn/crf_format.h"

_Static_assert((int)CRF_GROUP == (int)CRF_PARTS, "lanes are laid out by what stays within a group");

/* Sources that may go wherever state 0 may go are `open`: they compete for the same targets. Other steps stay within a group.
 * Tables of steps are in lanes (see crf_format.h), -infinity where there is no step. */
struct tt_crf {
    const crf_bucket *buckets; /* in the section, as are the blocks */
    const int8_t *blocks;
    uint32_t bucket_count;
    uint32_t states, classes;
    bool avx2;             /* use it */
    uint32_t lanes, width; /* of a dense row, of a part */
    float unit;            /* 1 / scale */
    float *trans;          /* classes x states x states, by states: from each to each */
    uint8_t *allowed;      /* states x states */
    uint8_t *open;         /* of each state: its number among the open ones + 1, or 0 */
    uint32_t open_count;
    uint32_t from_open, to_open;   /* bit p: some state of part p is open; an open state leads to part p */
    uint32_t in_groups[CRF_GROUP]; /* of each part, bit p: steps within a group lead to it from part p */
    float *open_trans;             /* classes x open_count x lanes: from an open state */
    float *group_trans;            /* classes x CRF_GROUP x lanes: from the p-th state of a group to each of its own */
    float *into;                   /* classes x states x (lanes + 1): to a state from each, from state 0 last */
    float *low, *high;             /* classes x (lanes + 1), state 0 last: the smallest and the largest step of an open state */
};

/* Sums of weights are in lanes, that of state 0 behind the last of them. */
static inline uint32_t tt__crf_stride(const tt_crf *self)
{
    return self->lanes + 1;
}

static inline uint32_t tt__crf_lane(const tt_crf *self, uint32_t state)
{
    return state == 0 ? self->lanes : crf_lane_of(state, self->width);
}

static inline uint32_t tt__crf_state(const tt_crf *self, uint32_t lane)
{
    return 1 + lane % self->width * CRF_GROUP + lane / self->width;
}

static inline const float *tt__crf_into(const tt_crf *self, uint32_t class_index, uint32_t to)
{
    return self->into + ((size_t)class_index * self->states + to) * tt__crf_stride(self);
}

static inline const float *tt__crf_group_steps(const tt_crf *self, uint32_t class_index, uint32_t part)
{
    return self->group_trans + ((size_t)class_index * CRF_GROUP + part) * self->lanes;
}

/* x: an open state */
static inline const float *tt__crf_open_steps(const tt_crf *self, uint32_t class_index, uint32_t x)
{
    return self->open_trans + ((size_t)class_index * self->open_count + self->open[x] - 1) * self->lanes;
}

#endif
