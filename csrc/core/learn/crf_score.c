/* crf_score.c - sum the weights of features. Sums are of integers, so their order cannot change a result.
 *
 * Most of the time goes into waiting for memory, as the table is larger than the caches, and into wrong guesses at branches. So
 * facts pass in batches through three steps - ask for the bucket, look up the block and ask for it, sum its rows - and no
 * branch depends on whether a feature is known or on how its row is written. */
#include "base/alloc.h"
#include "learn/crf_kernel.h"

#include <string.h>

enum { SHORT_SIZE = 1 + 2 * CRF_PAIRS };

/* LATE_BATCH: rows that a batch may send to wait, and what is written over behind them. */
enum { LATE_BATCH = CRF_BATCH * (CRF_MEMBERS + 1) * 2 + 16 };
_Static_assert((int)LATE_BATCH <= (int)CRF_LATE, "those of a batch have room");

/* Rows to add: those that are vectors now, the others late. */
typedef struct {
    uint32_t dense_count;
    crf_addend dense[CRF_BATCH * (CRF_MEMBERS + 1) + 8];
    tt_crf_late *late;
} addends;

static void find_blocks(crf_found *out, const tt_crf *self, const tt_crf_facts *facts)
{
#if TT_X86
    if (self->avx2) {
        tt__crf_find_avx2(out, self, facts);
        return;
    }
#endif
    tt__crf_find_plain(out, self, facts);
}

static void add_dense(int16_t *to, const tt_crf *self, const crf_addend *rows, uint32_t count)
{
#if TT_X86
    if (self->avx2) {
        tt__crf_add_avx2(to, self, rows, count);
        return;
    }
#endif
    tt__crf_add_plain(to, self, rows, count);
}

static void expect_buckets(const tt_crf *self, const tt_crf_facts *facts)
{
    for (uint32_t i = 0; i < facts->one_count; i++)
        __builtin_prefetch(tt__crf_bucket(self, facts->ones[i].hash));
    for (uint32_t i = 0; i < facts->several_count; i++)
        __builtin_prefetch(tt__crf_bucket(self, facts->several[i].hash));
}

/* What does not belong on a list is written to its end and then written over: no branch depends on how a row is written. */
static inline void list_row(crf_addend **dense, crf_addend **late, crf_addend now, uint32_t kind)
{
    (*dense)[0] = now;
    (*late)[0] = now;
    (*late)[1] = now + SHORT_SIZE;
    *dense += kind == CRF_DENSE;
    *late += kind == CRF_DENSE ? 0 : kind; /* a long row is two short ones */
}

static inline uint32_t kinds_of(const tt_crf *self, crf_addend block)
{
    uint16_t kinds;
    memcpy(&kinds, self->blocks + tt__crf_row_of(block), sizeof kinds);
    return kinds;
}

/* One row after the other, each of its kind. */
static void list_mixed(crf_addend **dense, crf_addend **late, const tt_crf *self, const crf_found_fact *fact, uint32_t kinds)
{
    const uint64_t next = UINT64_C(1) << 32; /* place */
    const uint64_t sizes[CRF_ROW_KINDS] = {next, next + SHORT_SIZE, next + 2 * SHORT_SIZE, next + 1 + self->lanes};
    crf_addend now = fact->block + CRF_BLOCK_HEAD;
    for (uint32_t m = 0; kinds != 0; m++, kinds >>= 2) {
        if (m >= fact->first)
            list_row(dense, late, now, kinds & 3);
        now += sizes[kinds & 3];
    }
}

/* Most facts have dense rows alone, one behind the other: they are listed some at a time, and those too many written over. */
static void list_several(crf_addend **dense, crf_addend **late, const tt_crf *self, const crf_found_fact *fact)
{
    enum { FEW = 4 };
    const uint32_t members = (1u << 2 * fact->end) - 1, kinds = kinds_of(self, fact->block) & members;
    if (kinds != members || fact->first != 0) {
        list_mixed(dense, late, self, fact, kinds);
        return;
    }
    const uint64_t step = (UINT64_C(1) << 32) + 1 + self->lanes;
    crf_addend now = fact->block + CRF_BLOCK_HEAD, *at = *dense;
    for (uint32_t m = 0; m < fact->end; m += FEW, now += FEW * step)
        for (uint32_t k = 0; k < FEW; k++)
            at[m + k] = now + k * step;
    *dense += fact->end;
}

static void list_rows(addends *out, const tt_crf *self, const crf_found *found)
{
    crf_addend *dense = out->dense, *late = out->late->rows + out->late->count;
    for (uint32_t i = 0; i < found->one_count; i++)
        list_row(&dense, &late, found->ones[i] + CRF_BLOCK_HEAD, kinds_of(self, found->ones[i]) & 3);
    for (uint32_t i = 0; i < found->several_count; i++)
        list_several(&dense, &late, self, &found->several[i]);
    out->dense_count = (uint32_t)(dense - out->dense);
    out->late->count = (uint32_t)(late - out->late->rows);
}

static void add_late(int16_t *to, const tt_crf *self, tt_crf_late *late)
{
    const uint32_t lanes = self->lanes, stride = tt__crf_stride(self);
    for (uint32_t i = 0; i < late->count; i++) {
        const int8_t *row = self->blocks + tt__crf_row_of(late->rows[i]);
        int16_t *sum = to + (size_t)tt__crf_place_of(late->rows[i]) * stride;
        sum[lanes] = (int16_t)(sum[lanes] + row[0]);
        for (int k = 1; k < SHORT_SIZE; k += 2) {
            uint8_t lane = (uint8_t)row[k];
            sum[lane] = (int16_t)(sum[lane] + row[k + 1]);
        }
    }
    late->count = 0;
}

static void add_rows(int16_t *to, tt_crf_late *late, const tt_crf *self, const crf_found *found)
{
    addends list;
    list.late = late;
    if (late->count > CRF_LATE - LATE_BATCH)
        add_late(to, self, late);
    list_rows(&list, self, found);
    add_dense(to, self, list.dense, list.dense_count);
}

static uint32_t take(uint32_t *left)
{
    const uint32_t count = *left < CRF_BATCH ? *left : CRF_BATCH;
    *left -= count;
    return count;
}

/* The next batch of what is left; false when nothing was. */
static bool next_batch(tt_crf_facts *batch, tt_crf_facts *left)
{
    *batch = *left;
    batch->one_count = take(&left->one_count);
    batch->several_count = take(&left->several_count);
    left->ones += batch->one_count;
    left->several += batch->several_count;
    return batch->one_count + batch->several_count != 0;
}

static void add_facts(int16_t *to, tt_crf_late *late, const tt_crf *self, tt_crf_facts left)
{
    crf_found found[2];
    tt_crf_facts batch, next;
    unsigned k = 0;
    found[1].one_count = found[1].several_count = 0;
    bool more = next_batch(&batch, &left);
    expect_buckets(self, &batch);
    for (; more; k ^= 1) {
        more = next_batch(&next, &left);
        expect_buckets(self, &next);
        find_blocks(&found[k], self, &batch);
        add_rows(to, late, self, &found[k ^ 1]);
        batch = next;
    }
    add_rows(to, late, self, &found[k ^ 1]);
}

TT_TWICE void add_each(int16_t *restrict to, const int16_t *restrict from, size_t count)
{
    for (size_t i = 0; i < count; i++)
        to[i] = (int16_t)(to[i] + from[i]);
}

TT_AVX2 static void add_each_avx2(int16_t *restrict to, const int16_t *restrict from, size_t count)
{
    add_each(to, from, count);
}

static void add_sums(int16_t *restrict to, const tt_crf *self, const int16_t *restrict from, size_t count)
{
    if (self->avx2)
        add_each_avx2(to, from, count);
    else
        add_each(to, from, count);
}

/* Room for `count` sums; new room is cleared, for what nobody reads is added to all the same. */
static tt_status grow_sums(int16_t **numbers, size_t *cap, size_t count)
{
    size_t had = *cap;
    if (tt__grow(numbers, cap, count, sizeof **numbers) != TT_OK)
        return TT_ENOMEM;
    memset(*numbers + had, 0, (*cap - had) * sizeof **numbers);
    return TT_OK;
}

tt_status tt__crf_start(tt_crf_scratch *scratch, const tt_crf *self, uint32_t len)
{
    const size_t stride = tt__crf_stride(self), count = (len + 2 * (size_t)CRF_GUARD) * stride;
    scratch->len = len;
    scratch->late.count = 0;
    if (grow_sums(&scratch->sums, &scratch->sums_cap, count) != TT_OK ||
        tt__grow(&scratch->back, &scratch->back_cap, len * stride, sizeof *scratch->back) != TT_OK)
        return TT_ENOMEM;
    memset(scratch->sums + CRF_GUARD * stride, 0, len * stride * sizeof *scratch->sums);
    return TT_OK;
}

void tt__crf_settle(tt_crf_scratch *scratch, const tt_crf *self)
{
    add_late(scratch->sums, self, &scratch->late);
}

void tt__crf_tell(tt_crf_scratch *scratch, const tt_crf *self, const tt_crf_facts *facts)
{
    add_facts(scratch->sums, &scratch->late, self, *facts);
}

uint32_t tt__crf_row_length(const tt_crf *self)
{
    return tt__crf_stride(self);
}

void tt__crf_sum(int16_t *rows, uint32_t places, const tt_crf *self, const tt_crf_facts *facts)
{
    tt_crf_late late;
    late.count = 0;
    memset(rows, 0, (size_t)places * tt__crf_stride(self) * sizeof *rows);
    add_facts(rows, &late, self, *facts);
    add_late(rows, self, &late);
}

void tt__crf_tell_sum(tt_crf_scratch *scratch, const tt_crf *self, uint32_t to, const int16_t *rows, uint32_t places)
{
    size_t stride = tt__crf_stride(self);
    add_sums(scratch->sums + to * stride, self, rows, places * stride);
}

void tt__crf_scratch_free(tt_crf_scratch *scratch)
{
    tt__free(scratch->sums);
    tt__free(scratch->back);
    memset(scratch, 0, sizeof *scratch);
}
