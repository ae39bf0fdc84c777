/* crf_plain.c - the inner loops for any processor. */
#include "learn/crf_kernel.h"

#include <math.h>
#include <string.h>

static uint32_t block_of(const tt_crf *self, uint64_t hash)
{
    const crf_bucket *bucket = tt__crf_bucket(self, hash), *end = self->buckets + self->bucket_count;
    uint32_t check = (uint32_t)(hash >> 32);
    for (;; bucket = bucket + 1 < end ? bucket + 1 : self->buckets) {
        uint32_t block = 0;
        for (int i = 0; i < CRF_SLOTS; i++) /* checks differ within a bucket */
            block |= bucket->check[i] == check ? bucket->block[i] : 0;
        if (block != 0 || bucket->block[CRF_SLOTS - 1] == 0)
            return block;
    }
}

/* What is not found is written over. */
void tt__crf_find_plain(crf_found *out, const tt_crf *self, const tt_crf_facts *facts)
{
    out->one_count = out->several_count = 0;
    for (uint32_t i = 0; i < facts->one_count; i++) {
        uint32_t block = block_of(self, facts->ones[i].hash);
        __builtin_prefetch(self->blocks + block);
        __builtin_prefetch(self->blocks + block + CRF_LINE);
        out->ones[out->one_count] = block | (uint64_t)facts->ones[i].to << 32;
        out->one_count += block != 0;
    }
    for (uint32_t i = 0; i < facts->several_count; i++) {
        const tt_crf_fact *fact = &facts->several[i];
        uint32_t block = block_of(self, fact->hash);
        __builtin_prefetch(self->blocks + block);
        __builtin_prefetch(self->blocks + block + CRF_LINE);
        out->several[out->several_count] = (crf_found_fact){block | (uint64_t)fact->to << 32, fact->first, fact->end};
        out->several_count += block != 0;
    }
}

void tt__crf_add_plain(int16_t *sums, const tt_crf *self, const crf_addend *rows, uint32_t count)
{
    const uint32_t lanes = self->lanes, stride = tt__crf_stride(self);
    for (uint32_t i = 0; i < count; i++) {
        const int8_t *row = self->blocks + tt__crf_row_of(rows[i]);
        int16_t *sum = sums + (size_t)tt__crf_place_of(rows[i]) * stride;
        for (uint32_t y = 0; y < lanes; y++)
            sum[y] = (int16_t)(sum[y] + row[y + 1]);
        sum[lanes] = (int16_t)(sum[lanes] + row[0]);
    }
}

typedef struct {
    crf_scores best;
    uint8_t source[CRF_STATES_MAX + 1];
} contest;

/* Let open state x, at `score`, compete for the states it may go to. */
static void relax(contest *c, const tt_crf *self, uint32_t class_index, uint32_t x, float score)
{
    const float *trans = tt__crf_open_steps(self, class_index, x);
    float zero = score + tt__crf_into(self, class_index, 0)[tt__crf_lane(self, x)];
    for (uint32_t y = 0; y < self->lanes; y++) {
        float now = trans[y] + score;
        c->source[y] = now > c->best.lanes[y] ? (uint8_t)x : c->source[y];
        c->best.lanes[y] = now > c->best.lanes[y] ? now : c->best.lanes[y];
    }
    c->source[self->lanes] = zero > c->best.zero ? (uint8_t)x : c->source[self->lanes];
    c->best.zero = zero > c->best.zero ? zero : c->best.zero;
}

/* From open states. One whose best step gives less than another's worst cannot win. */
static void step_open(contest *c, const tt_crf *self, const crf_scores *from, uint32_t class_index)
{
    const float *low = self->low + (size_t)class_index * (self->lanes + 1);
    const float *high = self->high + (size_t)class_index * (self->lanes + 1);
    float bar = from->zero + low[self->lanes];
    for (uint32_t y = 0; y < self->lanes; y++)
        bar = from->lanes[y] + low[y] > bar ? from->lanes[y] + low[y] : bar;
    if (bar == -INFINITY)
        return;
    if (from->zero + high[self->lanes] >= bar)
        relax(c, self, class_index, 0, from->zero);
    for (uint32_t y = 0; y < self->lanes; y++)
        if (from->lanes[y] + high[y] >= bar)
            relax(c, self, class_index, tt__crf_state(self, y), from->lanes[y]);
}

static void step_groups(contest *c, const tt_crf *self, const crf_scores *from, uint32_t class_index)
{
    for (uint32_t p = 0; p < CRF_GROUP; p++) {
        const float *trans = tt__crf_group_steps(self, class_index, p), *sources = from->lanes + p * self->width;
        for (uint32_t y = 0; y < self->lanes; y++) {
            uint32_t group = y % self->width;
            float now = sources[group] + trans[y];
            c->source[y] = now > c->best.lanes[y] ? (uint8_t)(1 + CRF_GROUP * group + p) : c->source[y];
            c->best.lanes[y] = now > c->best.lanes[y] ? now : c->best.lanes[y];
        }
    }
}

void tt__crf_step_plain(crf_scores *to, const tt_crf *self, const crf_step *step)
{
    contest c;
    memset(c.source, 0, self->lanes + 1);
    for (uint32_t y = 0; y < self->lanes; y++)
        c.best.lanes[y] = -INFINITY;
    c.best.zero = -INFINITY;
    step_open(&c, self, step->from, step->class_index);
    step_groups(&c, self, step->from, step->class_index);
    for (uint32_t y = 0; y < self->lanes; y++)
        to->lanes[y] = c.best.lanes[y] + (float)step->sums[y] * self->unit;
    to->zero = c.best.zero + (float)step->sums[self->lanes] * self->unit;
    memcpy(step->back, c.source, self->lanes + 1);
}
