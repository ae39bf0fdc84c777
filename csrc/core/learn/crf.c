/* crf.c - the best path through a chain (Viterbi 1967), and what each of its steps gains. */
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
        crf_step step = {&rows[t % 2], class_of(self, classes, t), scratch->sums + at, scratch->back + t * stride};
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
    tt__crf_settle(scratch, self);
    decode(states, scratch, self, classes, NULL);
}

void tt__crf_decode_pinned(uint16_t *states, tt_crf_scratch *scratch, const tt_crf *self, const uint8_t *classes,
                           const uint16_t *pins)
{
    decode(states, scratch, self, classes, pins);
}

float tt__crf_walk(float sum, const tt_crf_scratch *scratch, const tt_crf *self, const uint8_t *classes, uint32_t t,
                   uint32_t from, uint32_t to, uint32_t count)
{
    const size_t n = self->states, stride = tt__crf_stride(self);
    if (t == scratch->len)
        return count == 0 || self->allowed[from * n + to] ? sum : -INFINITY;
    const int16_t *unary = scratch->sums + (t + CRF_GUARD) * stride + (to == 0 ? self->lanes : to - 1);
    for (uint32_t end = t + count; t < end; t++, unary += stride, from = to)
        sum += (float)*unary * self->unit + self->trans[(class_of(self, classes, t) * n + from) * n + to];
    return sum;
}

void tt__crf_step_groups(float *sums, uint32_t count, const tt_crf_scratch *scratch, const tt_crf *self, const uint8_t *classes,
                         uint32_t t, tt_crf_steps steps)
{
    const size_t n = self->states;
    const bool at_end = t == scratch->len;
    const int16_t *unary = scratch->sums + (t + CRF_GUARD) * (size_t)tt__crf_stride(self);
    const float *trans = at_end ? NULL : self->trans + class_of(self, classes, t) * n * n;
    for (uint32_t k = 0; k < count; k++, steps.from += steps.from_stride, steps.to += steps.to_stride)
        if (at_end)
            sums[k] = self->allowed[steps.from * n + steps.to] ? sums[k] : -INFINITY;
        else
            sums[k] += (float)unary[steps.to == 0 ? self->lanes : steps.to - 1] * self->unit + trans[steps.from * n + steps.to];
}
