/* crf.c - load and decode. Scores are summed as integers, so the order of features cannot change a result. */
#include "learn/crf.h"
#include "base/alloc.h"
#include "learn/crf_format.h"

#include <math.h>
#include <string.h>

struct tt_crf {
    const float *trans;
    const crf_slot *slots;
    const crf_unit *rows;
    uint32_t states, classes, slot_mask;
    float unit; /* 1 / scale */
};

static uint32_t row_length(const crf_unit *row)
{
    return row->low | (uint32_t)row->high << 8;
}

static bool rows_valid(const tt_crf *self, size_t slot_count, uint32_t row_units)
{
    size_t used = 0;
    for (size_t i = 0; i < slot_count; i++) {
        uint32_t row = self->slots[i].row;
        if (row == 0)
            continue;
        used++;
        if (row >= row_units || row_length(self->rows + row) > row_units - row - 1)
            return false;
        for (uint32_t k = 0; k < row_length(self->rows + row); k++)
            if (self->rows[row + 1 + k].low >= self->states)
                return false;
    }
    return used < slot_count; /* a free slot ends every probe */
}

static bool view(tt_crf *self, tt_str section)
{
    crf_header h;
    if (section.len < sizeof h)
        return false;
    memcpy(&h, section.ptr, sizeof h);
    if (h.version != CRF_VERSION || h.states == 0 || h.states > CRF_STATES_MAX || h.classes == 0 ||
        h.classes > CRF_CLASSES_MAX || h.slot_bits > CRF_SLOT_BITS_MAX || !(h.scale > 0) || !isfinite(h.scale))
        return false;
    size_t slot_count = (size_t)1 << h.slot_bits, trans_count = (size_t)h.classes * h.states * h.states;
    size_t trans_bytes = (trans_count * sizeof(float) + 7) / 8 * 8;
    if (section.len != sizeof h + trans_bytes + slot_count * sizeof(crf_slot) + (size_t)h.row_units * 2)
        return false;
    const char *at = section.ptr + sizeof h;
    self->trans = (const void *)at;
    self->slots = (const void *)(at + trans_bytes);
    self->rows = (const void *)(at + trans_bytes + slot_count * sizeof(crf_slot));
    self->states = h.states;
    self->classes = h.classes;
    self->slot_mask = (uint32_t)slot_count - 1;
    self->unit = 1.0f / h.scale;
    for (size_t i = 0; i < trans_count; i++)
        if (!isfinite(self->trans[i]))
            return false;
    return rows_valid(self, slot_count, h.row_units);
}

tt_status tt__crf_load(tt_crf **out, tt_str section, tt_error *err)
{
    *out = NULL;
    tt_crf *self = tt__calloc(1, sizeof *self);
    if (self == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "model: out of memory");
    if (section.ptr == NULL || !view(self, section)) {
        tt__free(self);
        return tt_fail(err, TT_EMODEL, 0, "the model's weights are missing or damaged: fetch or train the model again");
    }
    *out = self;
    return TT_OK;
}

void tt__crf_free(tt_crf *self)
{
    tt__free(self);
}

uint32_t tt__crf_states(const tt_crf *self)
{
    return self->states;
}

static const crf_unit *row_of(const tt_crf *self, uint64_t feature)
{
    uint32_t check = (uint32_t)(feature >> 32);
    for (uint32_t i = (uint32_t)feature & self->slot_mask;; i = (i + 1) & self->slot_mask) {
        const crf_slot *slot = &self->slots[i];
        if (slot->row == 0)
            return NULL;
        if (slot->check == check)
            return self->rows + slot->row;
    }
}

static void add_unary(float *unary, const tt_crf *self, const tt_crf_input *in, uint32_t t)
{
    int32_t sum[CRF_STATES_MAX];
    enum { AHEAD = 12 };
    memset(sum, 0, self->states * sizeof *sum);
    for (uint32_t i = in->first[t]; i < in->first[t + 1]; i++) {
        if (i + AHEAD < in->first[t + 1])
            __builtin_prefetch(&self->slots[(uint32_t)in->features[i + AHEAD] & self->slot_mask]);
        const crf_unit *row = row_of(self, in->features[i]);
        if (row == NULL)
            continue;
        for (const crf_unit *unit = row + 1, *end = unit + row_length(row); unit < end; unit++)
            sum[unit->low] += (int8_t)unit->high;
    }
    for (uint32_t y = 0; y < self->states; y++)
        unary[y] = (float)sum[y] * self->unit;
}

static const float *trans_of(const tt_crf *self, const tt_crf_input *in, uint32_t t)
{
    uint32_t class_index = in->classes[t] < self->classes ? in->classes[t] : 0;
    return self->trans + (size_t)class_index * self->states * self->states;
}

/* One Viterbi step from `from` (scores at t - 1) to `to`. */
static void step(float *to, uint16_t *back, const tt_crf *self, const float *from, const float *trans, const uint8_t *allowed)
{
    uint32_t n = self->states;
    for (uint32_t y = 0; y < n; y++)
        to[y] = -INFINITY;
    for (uint32_t x = 0; x < n; x++) {
        if (from[x] == -INFINITY)
            continue;
        for (uint32_t y = 0; y < n; y++) {
            float score = allowed[x * n + y] ? from[x] + trans[x * n + y] : -INFINITY;
            if (score > to[y]) {
                to[y] = score;
                back[y] = (uint16_t)x;
            }
        }
    }
}

tt_status tt__crf_decode(uint16_t *states, tt_crf_scratch *scratch, const tt_crf *self, const tt_crf_input *in,
                         const uint8_t *allowed)
{
    uint32_t n = self->states;
    size_t cells = (size_t)in->len * n;
    if (in->len == 0)
        return TT_OK;
    if (tt__grow(&scratch->unary, &scratch->unary_cap, cells, sizeof(float)) != TT_OK ||
        tt__grow(&scratch->best, &scratch->best_cap, 2 * (size_t)n, sizeof(float)) != TT_OK ||
        tt__grow(&scratch->back, &scratch->back_cap, cells, sizeof(uint16_t)) != TT_OK)
        return TT_ENOMEM;
    float *from = scratch->best, *to = scratch->best + n;
    for (uint32_t y = 0; y < n; y++)
        from[y] = y == 0 ? 0 : -INFINITY;
    for (uint32_t t = 0; t < in->len; t++) {
        float *unary = scratch->unary + (size_t)t * n;
        add_unary(unary, self, in, t);
        step(to, scratch->back + (size_t)t * n, self, from, trans_of(self, in, t), allowed);
        for (uint32_t y = 0; y < n; y++)
            to[y] += unary[y];
        float *swap = from;
        from = to;
        to = swap;
    }
    uint32_t best = 0; /* 0 is always reachable; the end behaves as state 0, so open mentions of BILOU cannot end here */
    for (uint32_t y = 1; y < n; y++)
        if (allowed[y * n] && from[y] > from[best])
            best = y;
    for (uint32_t t = in->len; t-- > 0;) {
        states[t] = (uint16_t)best;
        best = scratch->back[(size_t)t * n + best];
    }
    return TT_OK;
}

void tt__crf_scratch_free(tt_crf_scratch *scratch)
{
    tt__free(scratch->unary);
    tt__free(scratch->best);
    tt__free(scratch->back);
    memset(scratch, 0, sizeof *scratch);
}

float tt__crf_confidence(const tt_crf_scratch *scratch, const tt_crf *self, const tt_crf_input *in, const uint8_t *allowed,
                         const uint16_t *states, uint32_t t)
{
    uint32_t n = self->states, before = t ? states[t - 1] : 0;
    const float *unary = scratch->unary + (size_t)t * n, *into = trans_of(self, in, t) + (size_t)before * n;
    bool last = t + 1 == in->len;
    uint32_t after = last ? 0 : states[t + 1];
    const float *out = last ? NULL : trans_of(self, in, t + 1);
    float chosen = unary[states[t]] + into[states[t]] + (out ? out[(size_t)states[t] * n + after] : 0), sum = 0;
    for (uint32_t y = 0; y < n; y++)
        if (allowed[before * n + y] && allowed[y * n + after])
            sum += expf(unary[y] + into[y] + (out ? out[(size_t)y * n + after] : 0) - chosen);
    return sum > 0 ? 1.0f / sum : 0;
}
