/* crf.c - the best path through a chain (Viterbi 1967), and how sure it is. */
#include "learn/crf.h"
#include "base/cpu.h"
#include "learn/crf_impl.h"

#include <math.h>
#include <string.h>

static uint32_t class_of(const tt_crf *self, const uint8_t *classes, uint32_t t)
{
    return classes[t] < self->classes ? classes[t] : 0;
}

typedef float step_floats __attribute__((vector_size(4 * CRF_STEP_LANES)));
typedef int32_t step_ints __attribute__((vector_size(4 * CRF_STEP_LANES)));

/* Let open source x, at score `from`, compete for the targets. */
static inline void relax(float *best, int32_t *source, const float *trans, float from, int32_t x, uint32_t width)
{
    for (uint32_t y = 0; y < width; y += CRF_STEP_LANES) {
        step_floats score, old;
        step_ints winner, score_bits, old_bits;
        memcpy(&score, trans + y, sizeof score);
        memcpy(&old, best + y, sizeof old);
        memcpy(&winner, source + y, sizeof winner);
        score += from;
        step_ints better = score > old;
        memcpy(&score_bits, &score, sizeof score);
        memcpy(&old_bits, &old, sizeof old);
        old_bits = (better & score_bits) | (~better & old_bits);
        winner = (better & x) | (~better & winner);
        memcpy(best + y, &old_bits, sizeof old_bits);
        memcpy(source + y, &winner, sizeof winner);
    }
}

/* Best scores of the open sources' targets. A source whose best transition gives less than another's worst cannot win. */
TT_CLONES static void step_open(float *to, uint8_t *back, const tt_crf *self, const float *from, uint32_t class_index)
{
    float best[CRF_STATES_MAX], bar = -INFINITY;
    int32_t source[CRF_STATES_MAX];
    const size_t first = (size_t)class_index * self->source_count;
    for (uint32_t k = 0; k < self->target_width; k++) {
        best[k] = -INFINITY;
        source[k] = 0;
    }
    for (uint32_t k = 0; k < self->source_count; k++) {
        float least = from[self->sources[k]] + self->low[first + k];
        bar = least > bar ? least : bar;
    }
    for (uint32_t k = 0; k < self->source_count; k++) {
        uint32_t x = self->sources[k];
        if (from[x] + self->high[first + k] >= bar)
            relax(best, source, self->open_trans + (first + k) * self->target_width, from[x], (int32_t)x, self->target_width);
    }
    for (uint32_t k = 0; k < self->target_count; k++) {
        to[self->targets[k]] = best[k];
        back[self->targets[k]] = (uint8_t)source[k];
    }
}

static void step_edges(float *to, uint8_t *back, const tt_crf *self, const float *from, uint32_t class_index)
{
    const float *trans = self->edge_trans + (size_t)class_index * self->edge_count;
    for (uint32_t k = 0; k < self->edge_count; k++) {
        crf_edge edge = self->edges[k];
        float score = from[edge.from] + trans[k], old = to[edge.to];
        back[edge.to] = score > old ? edge.from : back[edge.to];
        to[edge.to] = score > old ? score : old;
    }
}

static float unary_of(const tt_crf *self, const int16_t *sums, uint32_t state)
{
    return (float)sums[state == 0 ? self->lanes : state - 1] * self->unit;
}

static void add_unary(float *to, const tt_crf *self, const int16_t *sums)
{
    to[0] += unary_of(self, sums, 0);
    for (uint32_t y = 1; y < self->states; y++)
        to[y] += (float)sums[y - 1] * self->unit;
}

/* Sums of token t; rows of pairs have had sums of their own until now. */
static int16_t *close_sums(tt_crf_scratch *scratch, const tt_crf *self, uint32_t t)
{
    const size_t stride = tt__crf_stride(self), start = (t + CRF_GUARD) * stride;
    for (size_t i = start; i < start + stride; i++)
        scratch->sums[i] = (int16_t)(scratch->sums[i] + scratch->pair_sums[i]);
    return scratch->sums + start;
}

static void step(float *to, uint8_t *back, const tt_crf *self, const float *from, uint32_t class_index)
{
    for (uint32_t y = 0; y < self->states; y++) {
        to[y] = -INFINITY;
        back[y] = 0;
    }
    step_open(to, back, self, from, class_index);
    step_edges(to, back, self, from, class_index);
}

void tt__crf_decode(uint16_t *states, tt_crf_scratch *scratch, const tt_crf *self, const uint8_t *classes)
{
    uint32_t n = self->states, best = 0;
    float rows[2][CRF_STATES_MAX], *from = rows[0], *to = rows[1];
    for (uint32_t y = 0; y < n; y++)
        from[y] = y == 0 ? 0 : -INFINITY;
    for (uint32_t t = 0; t < scratch->len; t++) {
        step(to, scratch->back + (size_t)t * n, self, from, class_of(self, classes, t));
        add_unary(to, self, close_sums(scratch, self, t));
        float *swap = from;
        from = to;
        to = swap;
    }
    for (uint32_t y = 1; y < n; y++) /* the end behaves as state 0: what may not lead there cannot be last */
        if (self->allowed[y * n] && from[y] > from[best])
            best = y;
    for (uint32_t t = scratch->len; t-- > 0;) {
        states[t] = (uint16_t)best;
        best = scratch->back[(size_t)t * n + best];
    }
}

float tt__crf_confidence(const tt_crf_scratch *scratch, const tt_crf *self, const uint8_t *classes, const uint16_t *states,
                         uint32_t t)
{
    uint32_t n = self->states, before = t ? states[t - 1] : 0;
    const int16_t *sums = scratch->sums + (size_t)(t + CRF_GUARD) * tt__crf_stride(self);
    const float *into = self->trans + ((size_t)class_of(self, classes, t) * n + before) * n;
    bool last = t + 1 == scratch->len;
    const float *out = last ? NULL : self->trans + (size_t)class_of(self, classes, t + 1) * n * n + states[t + 1];
    uint32_t y = states[t];
    float chosen = unary_of(self, sums, y) + into[y] + (out ? out[(size_t)y * n] : 0), sum = 0;
    for (y = 0; y < n; y++) {
        float behind = unary_of(self, sums, y) + into[y] + (out ? out[(size_t)y * n] : 0) - chosen;
        if (behind > -16 && (out || self->allowed[y * n])) /* what adds less than a millionth is left out */
            sum += expf(behind);
    }
    return sum > 1 ? 1.0f / sum : 1;
}
