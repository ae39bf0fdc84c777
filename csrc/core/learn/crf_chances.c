/* crf_chances.c - plain sums in a fixed order. At most tokens few states have any chance, so steps from the others are left
 * out: forward as soon as the state is known to be unlikely, and backward where forward did not come along. */
#include "learn/crf_chances.h"
#include "base/alloc.h"
#include "learn/crf_impl.h"
#include "learn/fast_exp.h"

#include <math.h>
#include <string.h>

/* A state of less chance is none. */
static const float LEAST = 1e-9f;

struct tt_crf_chances {
    const tt_crf *crf;
    float *steps; /* classes x states x states: exp of the transitions, 0 where there is none */
};

tt_status tt__crf_chances_open(tt_crf_chances **out, const tt_crf *crf)
{
    const size_t count = (size_t)crf->classes * crf->states * crf->states;
    tt_crf_chances *self = tt__malloc(sizeof *self);
    *out = NULL;
    if (self == NULL)
        return TT_ENOMEM;
    *self = (tt_crf_chances){crf, tt__malloc(count * sizeof(float))};
    if (self->steps == NULL) {
        tt__free(self);
        return TT_ENOMEM;
    }
    for (size_t i = 0; i < count; i++)
        self->steps[i] = crf->trans[i] == -INFINITY ? 0 : tt__exp(crf->trans[i]);
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
    return (2 * (size_t)len + 2) * self->crf->states;
}

static const float *steps_at(const tt_crf_chances *self, const uint8_t *classes, uint32_t t)
{
    const size_t n = self->crf->states;
    return self->steps + (classes[t] < self->crf->classes ? classes[t] : 0) * n * n;
}

/* exp of what the token's features say, the best state's being 1. */
static void fill_looks(float *looks, const tt_crf *crf, const int16_t *sums)
{
    int16_t top = sums[crf->lanes];
    for (uint32_t y = 1; y < crf->states; y++)
        top = sums[y - 1] > top ? sums[y - 1] : top;
    looks[0] = tt__exp((float)(sums[crf->lanes] - top) * crf->unit);
    for (uint32_t y = 1; y < crf->states; y++)
        looks[y] = tt__exp((float)(sums[y - 1] - top) * crf->unit);
}

static void scale(float *row, uint32_t n)
{
    float sum = 0;
    for (uint32_t y = 0; y < n; y++)
        sum += row[y];
    for (uint32_t y = 0; y < n; y++)
        row[y] /= sum > 1e-30f ? sum : 1e-30f;
}

/* Chances of the states of a token, given the tokens up to it; `before`: those of the token before it. */
static void forward(float *row, const float *before, const float *steps, const float *looks, uint32_t n)
{
    memset(row, 0, n * sizeof *row);
    for (uint32_t x = 0; x < n; x++)
        for (uint32_t y = 0; before[x] > LEAST && y < n; y++)
            row[y] += before[x] * steps[x * n + y];
    for (uint32_t y = 0; y < n; y++)
        row[y] *= looks[y];
    scale(row, n);
}

/* What the tokens from one on say of the states of the token before it, of those that have a chance; `after`: the same of the
 * token itself. */
static void backward(float *out, const float *row, const float *after, const float *steps, const float *looks, uint32_t n)
{
    float top = 1e-30f;
    for (uint32_t x = 0; x < n; x++) {
        out[x] = 0;
        for (uint32_t y = 0; row[x] > LEAST && y < n; y++)
            out[x] += steps[x * n + y] * looks[y] * after[y];
        top = out[x] > top ? out[x] : top;
    }
    for (uint32_t x = 0; x < n; x++)
        out[x] /= top;
}

void tt__crf_chances_of(float *room, const tt_crf_chances *self, const tt_crf_scratch *scratch, const uint8_t *classes)
{
    const tt_crf *crf = self->crf;
    const uint32_t n = crf->states, len = scratch->len;
    float *rows = room, *looks = rows + (size_t)len * n, *after = looks + (size_t)len * n, *before = after + n;
    memset(before, 0, n * sizeof *before);
    before[0] = 1;
    for (uint32_t t = 0; t < len; t++) {
        fill_looks(looks + (size_t)t * n, crf, scratch->sums + (t + CRF_GUARD) * (size_t)tt__crf_stride(crf));
        forward(rows + (size_t)t * n, t ? rows + (size_t)(t - 1) * n : before, steps_at(self, classes, t),
                looks + (size_t)t * n, n);
    }
    for (uint32_t y = 0; y < n; y++)
        after[y] = crf->allowed[(size_t)y * n];
    for (uint32_t t = len; t-- > 0;) {
        float *row = rows + (size_t)t * n;
        if (t != 0)
            backward(before, row - n, after, steps_at(self, classes, t), looks + (size_t)t * n, n);
        for (uint32_t y = 0; y < n; y++)
            row[y] *= after[y];
        scale(row, n);
        memcpy(after, before, n * sizeof *after);
    }
}
