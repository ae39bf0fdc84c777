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

/* The best state of the last token. The end behaves as state 0, to which open states alone may go. */
static uint32_t best_end(const tt_crf *self, const crf_scores *scores)
{
    uint32_t best = 0;
    float best_score = scores->zero;
    for (uint32_t y = 0; y < self->lanes; y++)
        if (scores->lanes[y] > best_score && self->open[tt__crf_state(self, y)]) { /* lanes of no state never win */
            best = tt__crf_state(self, y);
            best_score = scores->lanes[y];
        }
    return best;
}

/* Leave no way but through `state`. */
static void pin_scores(crf_scores *scores, const tt_crf *self, uint32_t state)
{
    float *at = state == 0 ? &scores->zero : &scores->lanes[tt__crf_lane(self, state)], kept = *at;
    for (uint32_t y = 0; y < self->lanes; y++)
        scores->lanes[y] = -INFINITY;
    scores->zero = -INFINITY;
    *at = kept;
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
        state = scratch->back[t * stride + tt__crf_lane(self, state)];
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

/* A step, read where the decoder reads it, and from what it has at hand. */
static float step_of(const tt_crf *self, uint32_t class_index, uint32_t from, uint32_t to)
{
    if (to == 0)
        return tt__crf_into(self, class_index, 0)[tt__crf_lane(self, from)];
    if (self->open[from])
        return tt__crf_open_steps(self, class_index, from)[tt__crf_lane(self, to)];
    if ((from - 1) / CRF_GROUP != (to - 1) / CRF_GROUP)
        return -INFINITY;
    return tt__crf_group_steps(self, class_index, (from - 1) % CRF_GROUP)[tt__crf_lane(self, to)];
}

float tt__crf_walk(float sum, const tt_crf_scratch *scratch, const tt_crf *self, const uint8_t *classes, uint32_t t,
                   uint32_t from, uint32_t to, uint32_t count)
{
    const size_t n = self->states, stride = tt__crf_stride(self);
    if (t == scratch->len)
        return count == 0 || self->allowed[from * n + to] ? sum : -INFINITY;
    const int16_t *unary = scratch->sums + (t + CRF_GUARD) * stride + tt__crf_lane(self, to);
    for (uint32_t end = t + count; t < end; t++, unary += stride, from = to)
        sum += (float)*unary * self->unit + step_of(self, class_of(self, classes, t), from, to);
    return sum;
}

float tt__crf_lead(const tt_crf_scratch *scratch, const tt_crf *self, const uint8_t *classes, uint32_t t, uint32_t from,
                   const uint16_t *states, const uint16_t *own, uint32_t count, uint32_t to)
{
    const size_t stride = tt__crf_stride(self);
    const int16_t *sums = scratch->sums + (t + CRF_GUARD) * stride;
    float lead = 0;
    uint32_t x = from, y = from;
    for (uint32_t k = 0; k < count; k++, sums += stride, x = states[k - 1], y = own[k - 1]) {
        const uint32_t class_index = class_of(self, classes, t + k);
        const int difference = sums[tt__crf_lane(self, states[k])] - sums[tt__crf_lane(self, own[k])];
        lead +=
            (float)difference * self->unit + step_of(self, class_index, x, states[k]) - step_of(self, class_index, y, own[k]);
    }
    if (t + count == scratch->len)
        return self->allowed[(size_t)x * self->states + to] ? lead : -INFINITY;
    const uint32_t class_index = class_of(self, classes, t + count);
    return lead + step_of(self, class_index, x, to) - step_of(self, class_index, y, to);
}

/* What leads from each of the groups to the next, one behind the other in lanes; NULL: not laid out so. */
static const float *steps_in_lanes(const tt_crf *self, uint32_t class_index, tt_crf_steps steps)
{
    const bool many_from = steps.from_stride != 0, many_to = steps.to_stride != 0;
    if (many_from && !many_to)
        return tt__crf_into(self, class_index, steps.to) + tt__crf_lane(self, steps.from);
    if (many_to && !many_from && self->open[steps.from])
        return tt__crf_open_steps(self, class_index, steps.from) + tt__crf_lane(self, steps.to);
    if (many_to && many_from && !self->open[steps.from])
        return tt__crf_group_steps(self, class_index, (steps.from - 1) % CRF_GROUP) + tt__crf_lane(self, steps.to);
    return NULL;
}

static void end_groups(float *sums, uint32_t count, const tt_crf *self, tt_crf_steps steps)
{
    for (uint32_t k = 0; k < count; k++, steps.from += steps.from_stride, steps.to += steps.to_stride)
        sums[k] = self->allowed[steps.from * self->states + steps.to] ? sums[k] : -INFINITY;
}

void tt__crf_step_groups(float *sums, uint32_t count, const tt_crf_scratch *scratch, const tt_crf *self, const uint8_t *classes,
                         uint32_t t, tt_crf_steps steps)
{
    if (t == scratch->len) {
        end_groups(sums, count, self, steps);
        return;
    }
    const size_t n = self->states;
    const uint32_t class_index = class_of(self, classes, t), apart = steps.to_stride != 0; /* the groups' lanes */
    const int16_t *unary = scratch->sums + (t + CRF_GUARD) * (size_t)tt__crf_stride(self) + tt__crf_lane(self, steps.to);
    const float *in_lanes = steps_in_lanes(self, class_index, steps), *trans = self->trans + class_index * n * n;
    for (uint32_t k = 0; in_lanes != NULL && apart && k < count; k++)
        sums[k] += (float)unary[k] * self->unit + in_lanes[k];
    for (uint32_t k = 0; in_lanes != NULL && !apart && k < count; k++)
        sums[k] += (float)*unary * self->unit + in_lanes[k];
    for (uint32_t k = 0; in_lanes == NULL && k < count; k++)
        sums[k] += (float)unary[k * apart] * self->unit +
                   trans[(steps.from + k * steps.from_stride) * n + steps.to + k * steps.to_stride];
}
