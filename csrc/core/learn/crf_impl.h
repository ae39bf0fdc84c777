/* crf_impl.h - what the files that use a loaded CRF share. */
#ifndef TT_LEARN_CRF_IMPL_H
#define TT_LEARN_CRF_IMPL_H

#include "learn/crf.h"
#include "learn/crf_format.h"

enum { CRF_STEP_LANES = 8 }; /* rows of transitions are padded for vector loops */

/* A step that only a few sources may take. */
typedef struct {
    uint8_t from, to;
} crf_edge;

/* Sources that may go wherever state 0 may go are `open`: they compete for the same targets. All other steps are edges. */
struct tt_crf {
    const crf_bucket *buckets; /* in the section, as are the blocks */
    const int8_t *blocks;
    uint32_t bucket_count;
    uint32_t states, classes;
    uint32_t lanes;     /* of a dense row */
    float unit;         /* 1 / scale */
    float *trans;       /* classes x states x states, -infinity where not allowed */
    uint8_t *allowed;   /* states x states */
    uint8_t *sources;   /* open ones */
    uint8_t *targets;   /* of open sources */
    crf_edge *edges;
    uint32_t source_count, target_count, target_width, edge_count;
    float *open_trans;  /* classes x source_count x target_width, padded with -infinity */
    float *low, *high;  /* classes x source_count: the smallest and the largest of them */
    float *edge_trans;  /* classes x edge_count */
};

/* Sums of weights are in lanes: that of state y > 0 in lane y - 1, that of state 0 in lane self->lanes. */
static inline uint32_t tt__crf_stride(const tt_crf *self)
{
    return self->lanes + CRF_LANES;
}

#endif
