/* crf_score.c - sum the weights of a token's features. Sums are of integers, so their order cannot change a result; and without
 * branches, for whether a feature is known, where in its bucket and how its row is written cannot be foretold. */
#include "base/cpu.h"
#include "learn/crf_impl.h"

#include <string.h>

typedef uint32_t eight_words __attribute__((vector_size(32)));
typedef uint64_t four_longs __attribute__((vector_size(32)));
typedef int8_t sixteen_bytes __attribute__((vector_size(16)));
typedef int16_t sixteen_sums __attribute__((vector_size(32)));

static inline const crf_bucket *bucket_of(const tt_crf *self, uint64_t feature)
{
    return self->buckets + ((feature & UINT32_MAX) * self->bucket_count >> 32);
}

/* The entry of the feature in the bucket, or 0. Checks differ within a bucket, so at most one lane is not masked out. */
static inline uint32_t ref_in(const crf_bucket *bucket, uint32_t check)
{
    const eight_words wanted = {check, check, check, check, check, check, check, check};
    eight_words checks, refs;
    four_longs both;
    memcpy(&checks, bucket->check, sizeof checks);
    memcpy(&refs, bucket->ref, sizeof refs);
    refs &= (eight_words)(checks == wanted);
    memcpy(&both, &refs, sizeof both);
    uint64_t any = (both[0] | both[1]) | (both[2] | both[3]);
    return (uint32_t)(any | any >> 32);
}

static inline uint32_t ref_of(const tt_crf *self, uint64_t feature)
{
    const crf_bucket *bucket = bucket_of(self, feature), *end = self->buckets + self->bucket_count;
    uint32_t check = (uint32_t)(feature >> 32), ref = ref_in(bucket, check);
    while (__builtin_expect(ref == 0 && bucket->ref[CRF_SLOTS - 1] != 0, 0)) {
        bucket = bucket + 1 < end ? bucket + 1 : self->buckets;
        ref = ref_in(bucket, check);
    }
    return ref;
}

void tt__crf_expect(const tt_crf *self, const uint64_t *features, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        __builtin_prefetch(bucket_of(self, features[i]));
}

TT_CLONES void tt__crf_find(crf_found *out, const tt_crf *self, const uint64_t *features, uint32_t count)
{
    uint32_t dense = 0, pairs = 0;
    int32_t outside = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t ref = ref_of(self, features[i]), row = ref >> 8;
        __builtin_prefetch(self->rows + (size_t)row * CRF_UNIT);
        outside += (int8_t)(ref & 0xFF);
        out->dense[dense] = row;
        dense += row - 1 < self->short_rows - 1; /* row 0 becomes the largest number */
        out->pairs[pairs] = row;
        pairs += row >= self->short_rows;
        out->pairs[pairs] = row + 1;
        pairs += row >= self->long_rows;
    }
    out->dense_count = dense;
    out->pairs_count = pairs;
    out->outside = outside;
}

static inline void add_pairs(int16_t *sums, const int8_t *pairs)
{
    for (int i = 0; i < 2 * CRF_PAIRS; i += 2) {
        uint8_t lane = (uint8_t)pairs[i];
        sums[lane] = (int16_t)(sums[lane] + pairs[i + 1]);
    }
}

/* `lanes` sums, in registers while all rows go by. */
static inline void add_lanes(int16_t *sums, const int8_t *rows, const uint32_t *dense, uint32_t count, const uint32_t lanes)
{
    sixteen_sums total[4];
    for (uint32_t y = 0; y < lanes / CRF_LANES; y++)
        memcpy(&total[y], sums + y * CRF_LANES, sizeof total[y]);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t y = 0; y < lanes / CRF_LANES; y++) {
            sixteen_bytes weights;
            memcpy(&weights, rows + (size_t)dense[i] * CRF_UNIT + y * CRF_LANES, sizeof weights);
            total[y] += __builtin_convertvector(weights, sixteen_sums);
        }
    for (uint32_t y = 0; y < lanes / CRF_LANES; y++)
        memcpy(sums + y * CRF_LANES, &total[y], sizeof total[y]);
}

/* 16 bits are enough for CRF_FEATURES_MAX rows of at most 127. */
TT_CLONES void tt__crf_sum(int16_t *sums, const tt_crf *self, const crf_found *found)
{
    uint32_t y = 0;
    for (; y + 4 * CRF_LANES <= self->lanes; y += 4 * CRF_LANES)
        add_lanes(sums + y, self->rows + y, found->dense, found->dense_count, 4 * CRF_LANES);
    for (; y < self->lanes; y += CRF_LANES)
        add_lanes(sums + y, self->rows + y, found->dense, found->dense_count, CRF_LANES);
    for (uint32_t i = 0; i < found->pairs_count; i++)
        add_pairs(sums, self->rows + (size_t)found->pairs[i] * CRF_UNIT);
    sums[self->lanes] = (int16_t)(sums[self->lanes] + found->outside);
}
