/* feature_index.h - number the feature hashes that occur often enough. */
#ifndef TT_LEARN_FEATURE_INDEX_H
#define TT_LEARN_FEATURE_INDEX_H

#include "learn/crf_train.h"

#define TT_NO_FEATURE UINT32_MAX

typedef struct {
    uint64_t *hashes; /* by number */
    uint32_t count;
    uint32_t *ids; /* number of each occurrence in data->features, or TT_NO_FEATURE */
} tt_feature_index;

/* TT_ENOMEM, TT_ELIMIT. Free with tt__feature_index_free. */
tt_status tt__feature_index_make(tt_feature_index *out, const tt_crf_data *data, unsigned cutoff, tt_error *err);
void tt__feature_index_free(tt_feature_index *index);

#endif
