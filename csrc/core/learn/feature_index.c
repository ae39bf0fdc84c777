/* feature_index.c - an open-addressing count of hashes; features are numbered by first appearance. */
#include "learn/feature_index.h"
#include "base/alloc.h"

#include <string.h>

typedef struct {
    uint64_t hash; /* 0: free; the hash 0 itself is counted as 1 */
    uint32_t count, id;
} counter;

typedef struct {
    counter *slots;
    size_t mask, used;
} table;

static counter *find(const table *t, uint64_t hash)
{
    hash += hash == 0;
    size_t i = (size_t)(hash >> 7) & t->mask;
    while (t->slots[i].hash != 0 && t->slots[i].hash != hash)
        i = (i + 1) & t->mask;
    return &t->slots[i];
}

static tt_status widen(table *t)
{
    table wider = {NULL, t->slots ? t->mask * 2 + 1 : (1 << 16) - 1, t->used};
    wider.slots = tt__calloc(wider.mask + 1, sizeof *wider.slots);
    if (wider.slots == NULL)
        return TT_ENOMEM;
    for (size_t i = 0; t->slots != NULL && i <= t->mask; i++)
        if (t->slots[i].hash != 0)
            *find(&wider, t->slots[i].hash) = t->slots[i];
    tt__free(t->slots);
    *t = wider;
    return TT_OK;
}

static tt_status count_all(table *t, const tt_crf_data *data)
{
    for (size_t i = 0; i < data->feature_count; i++) {
        if ((t->slots == NULL || t->used * 2 > t->mask) && widen(t) != TT_OK)
            return TT_ENOMEM;
        counter *c = find(t, data->features[i]);
        if (c->hash == 0) {
            *c = (counter){data->features[i] + (data->features[i] == 0), 0, TT_NO_FEATURE};
            t->used++;
        }
        c->count += c->count != UINT32_MAX;
    }
    return TT_OK;
}

static tt_status number_all(tt_feature_index *out, const table *t, const tt_crf_data *data, unsigned cutoff)
{
    size_t cap = 0;
    out->ids = tt__malloc(data->feature_count * sizeof *out->ids);
    if (out->ids == NULL)
        return TT_ENOMEM;
    for (size_t i = 0; i < data->feature_count; i++) {
        counter *c = find(t, data->features[i]);
        if (c->count >= cutoff && c->id == TT_NO_FEATURE) {
            if (tt__grow(&out->hashes, &cap, (size_t)out->count + 1, sizeof *out->hashes) != TT_OK)
                return TT_ENOMEM;
            out->hashes[out->count] = data->features[i];
            c->id = out->count++;
        }
        out->ids[i] = c->id;
    }
    return TT_OK;
}

tt_status tt__feature_index_make(tt_feature_index *out, const tt_crf_data *data, unsigned cutoff, tt_error *err)
{
    table t = {NULL, 0, 0};
    memset(out, 0, sizeof *out);
    tt_status status = count_all(&t, data);
    if (status == TT_OK && t.slots != NULL)
        status = number_all(out, &t, data, cutoff);
    tt__free(t.slots);
    if (status != TT_OK) {
        tt__feature_index_free(out);
        tt_fail(err, status, 0, "training: out of memory for the features");
    }
    return status;
}

void tt__feature_index_free(tt_feature_index *index)
{
    tt__free(index->hashes);
    tt__free(index->ids);
    memset(index, 0, sizeof *index);
}
