/* crf_data.c - training sequences in flat arrays. */
#include "base/alloc.h"
#include "learn/crf_train.h"

#include <string.h>

tt_status tt__crf_data_token(tt_crf_data *d, const uint64_t *features, size_t count, uint8_t class_index, uint16_t gold)
{
    if (count > UINT32_MAX - d->feature_count || d->token_count == UINT32_MAX ||
        tt__grow(&d->features, &d->feature_cap, d->feature_count + count, sizeof *d->features) != TT_OK ||
        tt__grow(&d->first, &d->first_cap, d->token_count + 2, sizeof *d->first) != TT_OK ||
        tt__grow(&d->gold, &d->gold_cap, d->token_count + 1, sizeof *d->gold) != TT_OK ||
        tt__grow(&d->classes, &d->class_cap, d->token_count + 1, sizeof *d->classes) != TT_OK)
        return TT_ENOMEM;
    memcpy(d->features + d->feature_count, features, count * sizeof *features);
    d->first[d->token_count] = (uint32_t)d->feature_count;
    d->feature_count += count;
    d->first[d->token_count + 1] = (uint32_t)d->feature_count;
    d->gold[d->token_count] = gold;
    d->classes[d->token_count++] = class_index;
    return TT_OK;
}

tt_status tt__crf_data_close(tt_crf_data *d)
{
    if (tt__grow(&d->starts, &d->starts_cap, d->sequence_count + 2, sizeof *d->starts) != TT_OK)
        return TT_ENOMEM;
    if (d->sequence_count == 0)
        d->starts[0] = 0;
    if (d->starts[d->sequence_count] != d->token_count)
        d->starts[++d->sequence_count] = (uint32_t)d->token_count;
    return TT_OK;
}

void tt__crf_data_free(tt_crf_data *d)
{
    tt__free(d->features);
    tt__free(d->first);
    tt__free(d->gold);
    tt__free(d->classes);
    tt__free(d->starts);
    memset(d, 0, sizeof *d);
}
