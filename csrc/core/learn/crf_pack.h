/* crf_pack.h - weights to section bytes. */
#ifndef TT_LEARN_CRF_PACK_H
#define TT_LEARN_CRF_PACK_H

#include "tintuc/base.h"

typedef struct {
    const uint64_t *hashes; /* of the features */
    const float *weights;   /* features x width */
    const float *trans;     /* classes x states x width */
    const uint8_t *allowed; /* states x states */
    uint32_t features, states, width, classes;
} tt_crf_weights;

/* Append the section. Weights that round to 0 are left out. TT_ENOMEM. */
tt_status tt__crf_pack(tt_buf *out, const tt_crf_weights *all);

#endif
