/* crf.c - the best path through a chain (Viterbi 1967), and how sure it is. */
#include "learn/crf_kernel.h"

#include <math.h>
#include <string.h>

static uint32_t class_of(const tt_crf *self, const uint8_t *classes, uint32_t t)
{
    return classes[t] < self->classes ? classes[t] : 0;
}

static void take_step(crf_scores *to, const tt_crf *self, const crf_step *step)
{
#if TT_X86
    if (self->avx2) {
        tt__crf_step_avx2(to, self, step);
        return;
    }
#endif
    tt__crf_step_plain(to, self, step);
}

/* The best state of the last token. The end behaves as state 0: what may not lead there cannot be last. */
static uint32_t best_end(const tt_crf *self, const crf_scores *scores)
{
    uint32_t best = 0;
    float best_score = scores->zero;
    for (uint32_t y = 1; y < self->states; y++)
        if (self->allowed[(size_t)y * self->states] && scores->lanes[y - 1] > best_score) {
            best = y;
            best_score = scores->lanes[y - 1];
        }
    return best;
}

/* Leave no way but through `state`. */
static void pin_scores(crf_scores *scores, const tt_crf *self, uint32_t state)
{
    float kept = state == 0 ? scores->zero : scores->lanes[state - 1];
    for (uint32_t y = 0; y < self->lanes; y++)
        scores->lanes[y] = -INFINITY;
    scores->zero = -INFINITY;
    *(state == 0 ? &scores->zero : &scores->lanes[state - 1]) = kept;
}

/* pins NULL: none */
static void decode(uint16_t *states, tt_crf_scratch *scratch, const tt_crf *self, const uint8_t *classes, const uint16_t *pins)
{
    const size_t stride = tt__crf_stride(self);
    crf_scores rows[2];
    rows[0].zero = 0;
    for (uint32_t y = 0; y < self->lanes; y++)
        rows[0].lanes[y] = -INFINITY;
    for (uint32_t t = 0; t < scratch->len; t++) {
        size_t at = (t + CRF_GUARD) * stride;
        crf_step step = {&rows[t % 2], class_of(self, classes, t), scratch->sums + at, scratch->pair_sums + at,
                         scratch->back + t * stride};
        take_step(&rows[(t + 1) % 2], self, &step);
        if (pins != NULL && pins[t] != CRF_FREE)
            pin_scores(&rows[(t + 1) % 2], self, pins[t]);
    }
    uint32_t state = best_end(self, &rows[scratch->len % 2]);
    for (uint32_t t = scratch->len; t-- > 0;) {
        states[t] = (uint16_t)state;
        state = scratch->back[t * stride + (state == 0 ? self->lanes : state - 1)];
    }
}

void tt__crf_decode(uint16_t *states, tt_crf_scratch *scratch, const tt_crf *self, const uint8_t *classes)
{
    decode(states, scratch, self, classes, NULL);
}

void tt__crf_decode_pinned(uint16_t *states, tt_crf_scratch *scratch, const tt_crf *self, const uint8_t *classes,
                           const uint16_t *pins)
{
    size_t stride = tt__crf_stride(self); /* the first decoding has added the sums of pairs to the others */
    memset(scratch->pair_sums + CRF_GUARD * stride, 0, scratch->len * stride * sizeof *scratch->pair_sums);
    decode(states, scratch, self, classes, pins);
}

static float unary_of(const tt_crf *self, const int16_t *sums, uint32_t state)
{
    return (float)sums[state == 0 ? self->lanes : state - 1] * self->unit;
}

float tt__crf_confidence(const tt_crf_scratch *scratch, const tt_crf *self, const uint8_t *classes, const uint16_t *states,
                         uint32_t t)
{
    uint32_t n = self->states, before = t ? states[t - 1] : 0;
    const int16_t *sums = scratch->sums + (size_t)(t + CRF_GUARD) * tt__crf_stride(self);
    const float *into = self->trans + ((size_t)class_of(self, classes, t) * n + before) * n;
    bool last = t + 1 == scratch->len;
    const float *out = last ? NULL : self->trans_into + ((size_t)class_of(self, classes, t + 1) * n + states[t + 1]) * n;
    uint32_t y = states[t], first = 0, end = n;
    if (!self->open[before]) {
        first = (before - 1) / CRF_GROUP * CRF_GROUP + 1;
        end = first + CRF_GROUP < n ? first + CRF_GROUP : n;
    }
    float chosen = unary_of(self, sums, y) + into[y] + (out ? out[y] : 0), sum = 0;
    for (y = first; y < end; y++) {
        float behind = unary_of(self, sums, y) + into[y] + (out ? out[y] : 0) - chosen;
        if (behind > -16 && (out || self->allowed[y * n])) /* what adds less than a millionth is left out */
            sum += expf(behind);
    }
    return sum > 1 ? 1.0f / sum : 1;
}
