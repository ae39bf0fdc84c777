/* dev_score.h - what a chain finds in the sequences of a dev corpus, beside their gold. */
#ifndef TT_ENTITY_DEV_SCORE_H
#define TT_ENTITY_DEV_SCORE_H

#include "entity/calibration.h"
#include "learn/crf_train.h"

typedef struct {
    const tt_crf_data *data;
    const uint8_t *allowed;
    uint32_t states;
} tt_dev_chain;

/* F1 of the mentions that the chain of that section finds. TT_EMODEL, TT_ENOMEM. */
tt_status tt__dev_score(double *f1, const tt_dev_chain *chain, tt_str section);
/* Fit the layer's calibration; `inner`: mentions that take all of a sequence are not counted. TT_EMODEL, TT_ENOMEM. */
tt_status tt__dev_calibrate(tt_calibration_line *out, const tt_dev_chain *chain, tt_str section, uint32_t labels, bool inner);

#endif
