/* crf_impl.h - what the files that use a loaded CRF share. */
#ifndef TT_LEARN_CRF_IMPL_H
#define TT_LEARN_CRF_IMPL_H

#include "learn/crf.h"
#include "learn/crf_format.h"

/* Sources that may go wherever state 0 may go are `open`: they compete for the same targets. Other steps stay within a group of
 * CRF_GROUP lanes. State y > 0 has lane y - 1; state 0 is kept apart. */
struct tt_crf {
    const crf_bucket *buckets; /* in the section, as are the blocks */
    const int8_t *blocks;
    uint32_t bucket_count;
    uint32_t states, classes;
    bool avx2;                        /* use it */
    uint32_t lanes;                   /* of a dense row */
    float unit;                       /* 1 / scale */
    float *trans;                     /* classes x states x states: from each to each, -infinity where not allowed */
    float *trans_into;                /* the same, to each from each */
    uint8_t *allowed;                 /* states x states */
    uint8_t *open;                    /* of each state: its number among the open ones + 1, or 0 */
    uint32_t open_count, group_parts; /* bit p: p-th lanes of groups have steps within their group; */
    uint32_t open_parts;              /* are open */
    float *open_trans;                /* classes x open_count x lanes, -infinity where not allowed */
    float *group_trans;               /* classes x CRF_GROUP x lanes: from the p-th lane of a group to each of its lanes */
    float *low, *high; /* classes x (lanes + 1), state 0 last: the smallest and the largest step of an open state */
};

/* Sums of weights are in lanes: that of state y > 0 in lane y - 1, that of state 0 in lane self->lanes. */
static inline uint32_t tt__crf_stride(const tt_crf *self)
{
    return self->lanes + 1;
}

#endif
