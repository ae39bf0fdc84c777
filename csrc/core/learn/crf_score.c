/* crf_score.c - sum the weights of features. Sums are of integers, so their order cannot change a result.
 *
 * Most of the time goes into waiting for memory, as the table is larger than the caches, and into wrong guesses at branches. So
 * facts pass in batches through three steps - ask for the bucket, look up the block and ask for it, sum its rows - and no branch
 * depends on whether a feature is known or on how its row is written. */
#include "base/alloc.h"
#include "base/cpu.h"
#include "learn/crf_impl.h"

#include <string.h>

enum { BATCH = 32, SHORT_SIZE = 1 + 2 * CRF_PAIRS };

typedef uint32_t eight_words __attribute__((vector_size(32)));
typedef uint64_t four_longs __attribute__((vector_size(32)));
typedef int8_t sixteen_bytes __attribute__((vector_size(16)));
typedef int16_t sixteen_sums __attribute__((vector_size(32)));

/* Facts of which some feature is known, and their blocks. */
typedef struct {
    uint32_t count;
    struct {
        const tt_crf_fact *fact;
        uint32_t block;
    } at[BATCH];
} found_blocks;

/* Where to add which row. */
typedef struct {
    uint32_t row, place;
} addend;

typedef struct {
    uint32_t dense_count, pairs_count;
    addend dense[BATCH * CRF_MEMBERS], pairs[BATCH * CRF_MEMBERS * 2];
} addends;

typedef struct {
    int16_t *dense, *pairs;
} sums;

static inline const crf_bucket *bucket_of(const tt_crf *self, uint64_t hash)
{
    return self->buckets + ((hash & UINT32_MAX) * self->bucket_count >> 32);
}

/* The block in the bucket, or 0. Checks differ within a bucket, so at most one lane is not masked out. */
static inline uint32_t block_in(const crf_bucket *bucket, uint32_t check)
{
    const eight_words wanted = {check, check, check, check, check, check, check, check};
    eight_words checks, blocks;
    four_longs pairs;
    memcpy(&checks, bucket->check, sizeof checks);
    memcpy(&blocks, bucket->block, sizeof blocks);
    blocks &= (eight_words)(checks == wanted);
    memcpy(&pairs, &blocks, sizeof pairs);
    uint64_t any = (pairs[0] | pairs[1]) | (pairs[2] | pairs[3]);
    return (uint32_t)(any | any >> 32);
}

static inline uint32_t block_of(const tt_crf *self, uint64_t hash)
{
    const crf_bucket *bucket = bucket_of(self, hash), *end = self->buckets + self->bucket_count;
    uint32_t check = (uint32_t)(hash >> 32), block = block_in(bucket, check);
    while (__builtin_expect(block == 0 && bucket->block[CRF_SLOTS - 1] != 0, 0)) {
        bucket = bucket + 1 < end ? bucket + 1 : self->buckets;
        block = block_in(bucket, check);
    }
    return block;
}

static void expect_buckets(const tt_crf *self, const tt_crf_fact *facts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        __builtin_prefetch(bucket_of(self, facts[i].hash));
}

TT_CLONES static void find_blocks(found_blocks *out, const tt_crf *self, const tt_crf_fact *facts, size_t count)
{
    uint32_t n = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t block = block_of(self, facts[i].hash);
        __builtin_prefetch(self->blocks + block);
        __builtin_prefetch(self->blocks + block + CRF_LINE);
        out->at[n].fact = &facts[i];
        out->at[n].block = block;
        n += block != 0;
    }
    out->count = n;
}

static void list_rows(addends *out, const tt_crf *self, const found_blocks *found)
{
    const uint32_t sizes[CRF_ROW_KINDS] = {0, SHORT_SIZE, 2 * SHORT_SIZE, 1 + self->lanes};
    uint32_t dense = 0, pairs = 0;
    for (uint32_t i = 0; i < found->count; i++) {
        const tt_crf_fact *fact = found->at[i].fact;
        uint32_t row = found->at[i].block + CRF_BLOCK_HEAD, first = fact->first, end = fact->end, place = fact->to;
        uint16_t kinds;
        memcpy(&kinds, self->blocks + found->at[i].block, sizeof kinds);
        for (uint32_t m = 0; m < end; m++, kinds >>= 2) {
            uint32_t kind = m >= first ? kinds & 3u : CRF_NONE;
            const addend now = {row, place + m}, more = {row + SHORT_SIZE, place + m};
            out->dense[dense] = now;
            dense += kind == CRF_DENSE;
            out->pairs[pairs] = now;
            pairs += (kind == CRF_SHORT) | (kind == CRF_LONG);
            out->pairs[pairs] = more;
            pairs += kind == CRF_LONG;
            row += sizes[kinds & 3u];
        }
    }
    out->dense_count = dense;
    out->pairs_count = pairs;
}

static inline void add_lanes(int16_t *to, const int8_t *row, const uint32_t lanes)
{
    for (uint32_t y = 0; y < lanes; y += CRF_LANES) {
        sixteen_bytes weights;
        sixteen_sums total;
        memcpy(&weights, row + y, sizeof weights);
        memcpy(&total, to + y, sizeof total);
        total += __builtin_convertvector(weights, sixteen_sums);
        memcpy(to + y, &total, sizeof total);
    }
}

/* 16 bits are enough for CRF_FEATURES_MAX rows of at most 127. */
TT_CLONES static void add_dense(int16_t *to, const tt_crf *self, const addends *list)
{
    const uint32_t lanes = self->lanes, stride = tt__crf_stride(self);
    for (uint32_t i = 0; i < list->dense_count; i++) {
        const int8_t *row = self->blocks + list->dense[i].row;
        int16_t *sum = to + (size_t)list->dense[i].place * stride;
        if (lanes == 4 * CRF_LANES)
            add_lanes(sum, row + 1, 4 * CRF_LANES);
        else
            add_lanes(sum, row + 1, lanes);
        sum[lanes] = (int16_t)(sum[lanes] + row[0]);
    }
}

static void add_pairs(int16_t *to, const tt_crf *self, const addends *list)
{
    const uint32_t lanes = self->lanes, stride = tt__crf_stride(self);
    for (uint32_t i = 0; i < list->pairs_count; i++) {
        const int8_t *row = self->blocks + list->pairs[i].row;
        int16_t *sum = to + (size_t)list->pairs[i].place * stride;
        sum[lanes] = (int16_t)(sum[lanes] + row[0]);
        for (int k = 1; k < SHORT_SIZE; k += 2) {
            uint8_t lane = (uint8_t)row[k];
            sum[lane] = (int16_t)(sum[lane] + row[k + 1]);
        }
    }
}

static size_t batch_end(size_t start, size_t count)
{
    return count - start < BATCH ? count : start + BATCH;
}

static void add_rows(sums to, const tt_crf *self, const found_blocks *found)
{
    addends list;
    list_rows(&list, self, found);
    add_dense(to.dense, self, &list);
    add_pairs(to.pairs, self, &list); /* sums of their own: a vector is loaded slowly from where numbers were just stored */
}

static void add_facts(sums to, const tt_crf *self, const tt_crf_fact *facts, size_t count)
{
    found_blocks found[2];
    unsigned k = 0;
    size_t end = batch_end(0, count);
    expect_buckets(self, facts, end);
    for (size_t start = 0; start < count; start = end, k ^= 1) {
        end = batch_end(start, count);
        expect_buckets(self, facts + end, batch_end(end, count) - end);
        find_blocks(&found[k], self, facts + start, end - start);
        if (start != 0)
            add_rows(to, self, &found[k ^ 1]);
    }
    if (count != 0)
        add_rows(to, self, &found[k ^ 1]);
}

TT_CLONES static void add_sums(int16_t *restrict to, const int16_t *restrict from, size_t count)
{
    for (size_t i = 0; i < count; i++)
        to[i] = (int16_t)(to[i] + from[i]);
}

tt_status tt__crf_start(tt_crf_scratch *scratch, const tt_crf *self, uint32_t len)
{
    size_t count = ((size_t)len + 2 * CRF_GUARD) * tt__crf_stride(self);
    if (tt__grow(&scratch->sums, &scratch->sums_cap, count, sizeof *scratch->sums) != TT_OK ||
        tt__grow(&scratch->pair_sums, &scratch->pair_cap, count, sizeof *scratch->pair_sums) != TT_OK ||
        tt__grow(&scratch->back, &scratch->back_cap, (size_t)len * self->states, sizeof *scratch->back) != TT_OK)
        return TT_ENOMEM;
    memset(scratch->sums, 0, count * sizeof *scratch->sums);
    memset(scratch->pair_sums, 0, count * sizeof *scratch->pair_sums);
    scratch->len = len;
    return TT_OK;
}

void tt__crf_tell(tt_crf_scratch *scratch, const tt_crf *self, const tt_crf_fact *facts, size_t count)
{
    add_facts((sums){scratch->sums, scratch->pair_sums}, self, facts, count);
}

uint32_t tt__crf_row_length(const tt_crf *self)
{
    return tt__crf_stride(self);
}

void tt__crf_sum(int16_t *rows, uint32_t places, const tt_crf *self, const tt_crf_fact *facts, size_t count)
{
    int16_t pairs[CRF_MEMBERS * (CRF_STATES_MAX + CRF_LANES)];
    size_t size = (size_t)places * tt__crf_stride(self);
    memset(rows, 0, size * sizeof *rows);
    memset(pairs, 0, size * sizeof *pairs);
    add_facts((sums){rows, pairs}, self, facts, count);
    add_sums(rows, pairs, size);
}

void tt__crf_tell_sum(tt_crf_scratch *scratch, const tt_crf *self, uint32_t to, const int16_t *rows, uint32_t places)
{
    size_t stride = tt__crf_stride(self);
    add_sums(scratch->sums + to * stride, rows, places * stride);
}

void tt__crf_scratch_free(tt_crf_scratch *scratch)
{
    tt__free(scratch->sums);
    tt__free(scratch->pair_sums);
    tt__free(scratch->back);
    memset(scratch, 0, sizeof *scratch);
}
