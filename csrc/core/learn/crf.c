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

/* A step, as the decoder lays it out: there it is at hand. */
static float step_of(const tt_crf *self, size_t class_index, uint32_t from, uint32_t to)
{
    const size_t n = self->states;
    if (to == 0)
        return self->trans_into[class_index * n * n + from];
    if (self->open[from])
        return self->open_trans[(class_index * self->open_count + self->open[from] - 1) * self->lanes + to - 1];
    if ((from - 1) / CRF_GROUP != (to - 1) / CRF_GROUP)
        return -INFINITY;
    return self->group_trans[(class_index * CRF_GROUP + (from - 1) % CRF_GROUP) * self->lanes + to - 1];
}

float tt__crf_walk(float sum, const tt_crf_scratch *scratch, const tt_crf *self, const uint8_t *classes, uint32_t t,
                   uint32_t from, uint32_t to, uint32_t count)
{
    const size_t n = self->states, stride = tt__crf_stride(self);
    if (t == scratch->len)
        return count == 0 || self->allowed[from * n + to] ? sum : -INFINITY;
    const int16_t *unary = scratch->sums + (t + CRF_GUARD) * stride + (to == 0 ? self->lanes : to - 1);
    for (uint32_t end = t + count; t < end; t++, unary += stride, from = to)
        sum += (float)*unary * self->unit + step_of(self, class_of(self, classes, t), from, to);
    return sum;
}

/* The first of the steps, and in *apart how far it is to the next, where they lie closest together. */
static const float *steps_of(size_t *apart, const tt_crf *self, size_t class_index, const tt_crf_steps *steps)
{
    const size_t n = self->states;
    const uint32_t from = steps->from, to = steps->to, part = (from - 1) % CRF_GROUP;
    *apart = steps->from_stride + steps->to_stride;
    if (steps->to_stride == 0)
        return self->trans_into + (class_index * n + to) * n + from;
    if (steps->from_stride == 0)
        return self->trans + (class_index * n + from) * n + to;
    *apart = CRF_GROUP;
    if (from != 0 && (self->open_parts >> part & 1) == 0 && (from - 1) / CRF_GROUP == (to - 1) / CRF_GROUP)
        return self->group_trans + (class_index * CRF_GROUP + part) * self->lanes + to - 1;
    *apart = CRF_GROUP * (n + 1);
    return self->trans + (class_index * n + from) * n + to;
}

void tt__crf_step_groups(float *sums, uint32_t count, const tt_crf_scratch *scratch, const tt_crf *self, const uint8_t *classes,
                         uint32_t t, tt_crf_steps steps)
{
    const size_t n = self->states;
    size_t apart;
    if (t == scratch->len) {
        for (uint32_t k = 0; k < count; k++, steps.from += steps.from_stride, steps.to += steps.to_stride)
            sums[k] = self->allowed[steps.from * n + steps.to] ? sums[k] : -INFINITY;
        return;
    }
    const float *trans = steps_of(&apart, self, class_of(self, classes, t), &steps);
    const int16_t *unary = scratch->sums + (t + CRF_GUARD) * (size_t)tt__crf_stride(self);
    for (uint32_t k = 0; k < count; k++, steps.to += steps.to_stride, trans += apart)
        sums[k] += (float)unary[steps.to == 0 ? self->lanes : steps.to - 1] * self->unit + *trans;
}
