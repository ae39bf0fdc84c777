/* crf_chances.c - plain sums in a fixed order. At most tokens few states have any chance, so steps from the others are left
 * out: forward as soon as the state is known to be unlikely, and backward where forward did not come along. */
#include "learn/crf_chances.h"
#include "base/alloc.h"
#include "base/cpu.h"
#include "learn/crf_impl.h"
#include "learn/fast_exp.h"

#include <math.h>
#include <string.h>

/* LOOKS: how far behind the best state the sum of a state may fall; PARTS: numbers that a vector holds. */
enum { LOOKS = 4096, PARTS = 8 };

/* A state of less chance is none. */
static const float LEAST = 1e-5f;

struct tt_crf_chances {
    const tt_crf *crf;
    float *steps;       /* classes x states x states: exp of the transitions, 0 where there is none */
    float looks[LOOKS]; /* exp of what so many units cost */
};

tt_status tt__crf_chances_open(tt_crf_chances **out, const tt_crf *crf)
{
    const size_t count = (size_t)crf->classes * crf->states * crf->states;
    tt_crf_chances *self = tt__malloc(sizeof *self);
    *out = NULL;
    if (self == NULL)
        return TT_ENOMEM;
    self->crf = crf;
    self->steps = tt__malloc(count * sizeof(float));
    if (self->steps == NULL) {
        tt__free(self);
        return TT_ENOMEM;
    }
    for (size_t i = 0; i < count; i++)
        self->steps[i] = crf->trans[i] == -INFINITY ? 0 : tt__exp(crf->trans[i]);
    for (int behind = 0; behind < LOOKS; behind++)
        self->looks[behind] = tt__exp((float)-behind * crf->unit);
    *out = self;
    return TT_OK;
}

void tt__crf_chances_close(tt_crf_chances *self)
{
    if (self == NULL)
        return;
    tt__free(self->steps);
    tt__free(self);
}

uint32_t tt__crf_chances_states(const tt_crf_chances *self)
{
    return self->crf->states;
}

size_t tt__crf_chances_room(const tt_crf_chances *self, uint32_t len)
{
    return (2 * (size_t)len + 1) * self->crf->states;
}

TT_TWICE const float *steps_at(const tt_crf_chances *self, const uint8_t *classes, uint32_t t)
{
    const size_t n = self->crf->states;
    return self->steps + (classes[t] < self->crf->classes ? classes[t] : 0) * n * n;
}

/* exp of what the token's features say, the best state's being 1. Sums are whole numbers, so a table knows. */
TT_TWICE void fill_looks(float *looks, const tt_crf_chances *self, const int16_t *sums)
{
    const uint32_t n = self->crf->states, lanes = self->crf->lanes;
    int16_t top = sums[lanes];
    for (uint32_t y = 1; y < n; y++) {
        int16_t sum = sums[tt__crf_lane(self->crf, y)];
        top = sum > top ? sum : top;
    }
    for (uint32_t y = 0; y < n; y++) {
        int behind = top - sums[tt__crf_lane(self->crf, y)];
        looks[y] = self->looks[behind < LOOKS ? behind : LOOKS - 1];
    }
}

/* In several sums at once, which is quicker. */
TT_TWICE float total(const float *restrict row, uint32_t n)
{
    float part[PARTS] = {0}, sum = 0;
    uint32_t y = 0;
    for (; y + PARTS <= n; y += PARTS)
        for (uint32_t k = 0; k < PARTS; k++)
            part[k] += row[y + k];
    for (; y < n; y++)
        sum += row[y];
    for (uint32_t k = 0; k < PARTS; k++)
        sum += part[k];
    return sum;
}

TT_TWICE void scale(float *row, uint32_t n)
{
    float sum = total(row, n);
    const float times = 1 / (sum > 1e-30f ? sum : 1e-30f);
    for (uint32_t y = 0; y < n; y++)
        row[y] *= times;
}

TT_TWICE void add_times(float *restrict to, const float *restrict from, float times, uint32_t n)
{
    for (uint32_t y = 0; y < n; y++)
        to[y] += times * from[y];
}

TT_TWICE void multiply(float *restrict to, const float *restrict by, uint32_t n)
{
    for (uint32_t y = 0; y < n; y++)
        to[y] *= by[y];
}

TT_TWICE float dot(const float *restrict a, const float *restrict b, uint32_t n)
{
    float part[PARTS] = {0}, sum = 0;
    uint32_t y = 0;
    for (; y + PARTS <= n; y += PARTS)
        for (uint32_t k = 0; k < PARTS; k++)
            part[k] += a[y + k] * b[y + k];
    for (; y < n; y++)
        sum += a[y] * b[y];
    for (uint32_t k = 0; k < PARTS; k++)
        sum += part[k];
    return sum;
}

/* Chances of the states of a token, given the tokens up to it; `before`: those of the token before it. */
TT_TWICE void forward(float *row, const float *before, const float *steps, const float *looks, uint32_t n)
{
    memset(row, 0, n * sizeof *row);
    for (uint32_t x = 0; x < n; x++)
        if (before[x] > LEAST)
            add_times(row, steps + (size_t)x * n, before[x], n);
    multiply(row, looks, n);
    scale(row, n);
}

/* What the tokens from one on say (`says`) of the states of the token before it, of those that have a chance in `row`. */
TT_TWICE void backward(float *out, const float *row, const float *says, const float *steps, uint32_t n)
{
    float top = 1e-30f;
    for (uint32_t x = 0; x < n; x++) {
        out[x] = row[x] > LEAST ? dot(steps + (size_t)x * n, says, n) : 0;
        top = out[x] > top ? out[x] : top;
    }
    const float times = 1 / top;
    for (uint32_t x = 0; x < n; x++)
        out[x] *= times;
}

TT_TWICE void chances_of(float *room, const tt_crf_chances *self, const tt_crf_scratch *scratch, const uint8_t *classes)
{
    const tt_crf *crf = self->crf;
    const uint32_t n = crf->states, len = scratch->len;
    float *rows = room, *looks = rows + (size_t)len * n, *after = looks + (size_t)len * n;
    memset(after, 0, n * sizeof *after);
    after[0] = 1; /* what stands before the first token */
    for (uint32_t t = 0; t < len; t++) {
        float *row = rows + (size_t)t * n, *look = looks + (size_t)t * n;
        fill_looks(look, self, scratch->sums + (t + CRF_GUARD) * (size_t)tt__crf_stride(crf));
        forward(row, t ? row - n : after, steps_at(self, classes, t), look, n);
    }
    for (uint32_t y = 0; y < n; y++)
        after[y] = crf->allowed[(size_t)y * n];
    for (uint32_t t = len; t-- > 0;) {
        float *row = rows + (size_t)t * n, *says = looks + (size_t)t * n;
        multiply(row, after, n);
        scale(row, n);
        if (t == 0)
            return;
        multiply(says, after, n);
        backward(after, row - n, says, steps_at(self, classes, t), n);
    }
}

TT_AVX2 static void chances_of_avx2(float *room, const tt_crf_chances *self, const tt_crf_scratch *scratch,
                                    const uint8_t *classes)
{
    chances_of(room, self, scratch, classes);
}

void tt__crf_chances_of(float *room, const tt_crf_chances *self, const tt_crf_scratch *scratch, const uint8_t *classes)
{
    if (self->crf->avx2)
        chances_of_avx2(room, self, scratch, classes);
    else
        chances_of(room, self, scratch, classes);
}
