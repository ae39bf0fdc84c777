/* crf.c - load and decode. Scores are summed as integers, so the order of features cannot change a result. */
#include "learn/crf.h"
#include "base/alloc.h"
#include "base/cpu.h"
#include "learn/crf_format.h"

#include <math.h>
#include <string.h>

enum { PAD = 4 }; /* rows of transitions are padded for vector loops */

struct tt_crf {
    const float *trans;
    float *masked;  /* classes x states x width: transitions, -infinity where not allowed */
    float *low, *high; /* classes x states: smallest and largest allowed transition from each state */
    uint8_t *allowed; /* states x states */
    uint8_t *free;  /* of each state: it may go where state 0 may go */
    tt_span *targets; /* of each state: what it may go to lies within, borders at multiples of PAD */
    uint32_t width;
    const crf_slot *slots;
    const crf_unit *rows;
    uint32_t states, classes, slot_mask;
    float unit; /* 1 / scale */
};

static uint32_t row_length(const crf_unit *row)
{
    return row->low | (uint32_t)row->high << 8;
}

static uint32_t dense_width(const tt_crf *self)
{
    return (self->states + CRF_DENSE_PAD - 1) / CRF_DENSE_PAD * CRF_DENSE_PAD;
}

static bool rows_valid(const tt_crf *self, size_t slot_count, uint32_t row_units)
{
    size_t used = 0;
    for (size_t i = 0; i < slot_count; i++) {
        uint32_t row = self->slots[i].row;
        if (row == 0)
            continue;
        used++;
        if (row >= row_units)
            return false;
        if (row_length(self->rows + row) == CRF_DENSE) {
            if (dense_width(self) / 2 > row_units - row - 1)
                return false;
            continue;
        }
        if (row_length(self->rows + row) > row_units - row - 1)
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

/* Transitions with what is forbidden set to -infinity, and what the pruning of a step needs to know. */
static tt_status prepare(tt_crf *self, const uint8_t *allowed)
{
    uint32_t n = self->states;
    self->width = (n + PAD - 1) / PAD * PAD;
    self->masked = tt__malloc((size_t)self->classes * n * self->width * sizeof(float));
    self->low = tt__malloc((size_t)self->classes * n * sizeof(float));
    self->high = tt__malloc((size_t)self->classes * n * sizeof(float));
    self->allowed = tt__malloc((size_t)n * n);
    self->free = tt__malloc(n);
    self->targets = tt__malloc(n * sizeof *self->targets);
    if (!self->masked || !self->low || !self->high || !self->allowed || !self->free || !self->targets)
        return TT_ENOMEM;
    memcpy(self->allowed, allowed, (size_t)n * n);
    for (uint32_t x = 0; x < n; x++) {
        const uint8_t *row = allowed + (size_t)x * n;
        uint32_t start = 0, end = n;
        while (start < n && !row[start])
            start++;
        while (end > start && !row[end - 1])
            end--;
        self->free[x] = memcmp(row, allowed, n) == 0;
        self->targets[x] = (tt_span){start / PAD * PAD, (end + PAD - 1) / PAD * PAD};
    }
    for (size_t i = 0; i < (size_t)self->classes * n; i++) {
        const float *from = self->trans + i * n;
        float *to = self->masked + i * self->width;
        self->low[i] = INFINITY;
        self->high[i] = -INFINITY;
        for (uint32_t y = 0; y < self->width; y++) {
            bool open = y < n && allowed[i % n * n + y];
            to[y] = open ? from[y] : -INFINITY;
            self->low[i] = open && to[y] < self->low[i] ? to[y] : self->low[i];
            self->high[i] = open && to[y] > self->high[i] ? to[y] : self->high[i];
        }
    }
    return TT_OK;
}

tt_status tt__crf_load(tt_crf **out, tt_str section, const uint8_t *allowed, uint32_t states, tt_error *err)
{
    *out = NULL;
    tt_crf *self = tt__calloc(1, sizeof *self);
    if (self == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "model: out of memory");
    tt_status status = section.ptr && view(self, section) && self->states == states ? TT_OK : TT_EMODEL;
    if (status == TT_EMODEL)
        tt_fail(err, status, 0, "the model's weights are missing or damaged: fetch or train the model again");
    else if ((status = prepare(self, allowed)) != TT_OK)
        tt_fail(err, status, 0, "model: out of memory");
    if (status == TT_OK)
        *out = self;
    else
        tt__crf_free(self);
    return status;
}

void tt__crf_free(tt_crf *self)
{
    if (self == NULL)
        return;
    tt__free(self->masked);
    tt__free(self->low);
    tt__free(self->high);
    tt__free(self->allowed);
    tt__free(self->free);
    tt__free(self->targets);
    tt__free(self);
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

static void add_sparse(int16_t *restrict sum, const crf_unit *restrict row, uint32_t length)
{
    for (const crf_unit *unit = row + 1, *last = unit + length; unit < last; unit++)
        sum[unit->low] = (int16_t)(sum[unit->low] + (int8_t)unit->high);
}

typedef int8_t sixteen_bytes __attribute__((vector_size(16)));
typedef int16_t sixteen_sums __attribute__((vector_size(32)));

/* Sixteen states at a time stay in a register while all dense rows go by. 16 bits are enough for CRF_FEATURES_MAX rows of at
 * most 127. */
TT_CLONES static void add_dense(int16_t *sum, const int8_t *const *rows, uint32_t count, uint32_t width)
{
    for (uint32_t y = 0; y < width; y += CRF_DENSE_PAD) {
        sixteen_sums total;
        memcpy(&total, sum + y, sizeof total);
        for (uint32_t i = 0; i < count; i++) {
            sixteen_bytes weights;
            memcpy(&weights, rows[i] + y, sizeof weights);
            total += __builtin_convertvector(weights, sixteen_sums);
        }
        memcpy(sum + y, &total, sizeof total);
    }
}

/* Rows are found first and summed after, with both loads asked for ahead: the table is larger than the caches. */
static void add_unary(float *unary, const tt_crf *self, const tt_crf_input *in, uint32_t t)
{
    enum { AHEAD = 16, BATCH = 256 };
    int16_t sum[CRF_STATES_MAX + CRF_DENSE_PAD];
    const crf_unit *rows[BATCH];
    const int8_t *dense[BATCH];
    const uint32_t width = dense_width(self);
    memset(sum, 0, width * sizeof *sum);
    for (uint32_t start = in->first[t], end; start < in->first[t + 1]; start = end) {
        uint32_t found = 0;
        end = in->first[t + 1] - start < BATCH ? in->first[t + 1] : start + BATCH;
        for (uint32_t i = start; i < end; i++) {
            if (i + AHEAD < in->first[in->len]) /* of the next token, too */
                __builtin_prefetch(&self->slots[(uint32_t)in->features[i + AHEAD] & self->slot_mask]);
            const crf_unit *row = row_of(self, in->features[i]);
            if (row == NULL)
                continue;
            __builtin_prefetch(row);
            __builtin_prefetch((const char *)row + 64);
            rows[found++] = row;
        }
        uint32_t dense_count = 0;
        for (uint32_t i = 0; i < found; i++)
            if (row_length(rows[i]) == CRF_DENSE)
                dense[dense_count++] = (const int8_t *)(rows[i] + 1);
            else
                add_sparse(sum, rows[i], row_length(rows[i]));
        add_dense(sum, dense, dense_count, width);
    }
    for (uint32_t y = 0; y < self->states; y++)
        unary[y] = (float)sum[y] * self->unit;
}

static uint32_t class_of(const tt_crf *self, const tt_crf_input *in, uint32_t t)
{
    return in->classes[t] < self->classes ? in->classes[t] : 0;
}

static const float *trans_of(const tt_crf *self, const tt_crf_input *in, uint32_t t)
{
    return self->masked + (size_t)class_of(self, in, t) * self->states * self->width;
}

/* Four floats and four integers at once, on every processor that gcc and clang know. */
typedef float four_floats __attribute__((vector_size(16)));
typedef int32_t four_ints __attribute__((vector_size(16)));

/* Targets [start, end), both multiples of PAD, of source x. */
static void relax(float *to, int32_t *back, const float *trans, float from, uint32_t x, tt_span targets)
{
    const int32_t self = (int32_t)x;
    const four_ints here = {self, self, self, self};
    const four_floats base = {from, from, from, from};
    for (uint32_t y = targets.start; y < targets.end; y += PAD) {
        four_floats score, old;
        four_ints source, score_bits, old_bits;
        memcpy(&score, trans + y, sizeof score);
        memcpy(&old, to + y, sizeof old);
        memcpy(&source, back + y, sizeof source);
        score += base;
        four_ints better = score > old;
        memcpy(&score_bits, &score, sizeof score);
        memcpy(&old_bits, &old, sizeof old);
        old_bits = (better & score_bits) | (~better & old_bits);
        source = (better & here) | (~better & source);
        memcpy(to + y, &old_bits, sizeof old_bits);
        memcpy(back + y, &source, sizeof source);
    }
}

/* One Viterbi step. Sources that may go wherever state 0 may go compete for the same targets: one whose best transition gives
 * less than another's worst cannot win, and is passed over. */
static void step(float *to, int32_t *back, const tt_crf *self, const float *from, uint32_t class_index)
{
    const size_t first = (size_t)class_index * self->states;
    float bar = -INFINITY;
    for (uint32_t y = 0; y < self->width; y++) {
        to[y] = -INFINITY;
        back[y] = 0;
    }
    for (uint32_t x = 0; x < self->states; x++)
        if (self->free[x] && from[x] + self->low[first + x] > bar)
            bar = from[x] + self->low[first + x];
    for (uint32_t x = 0; x < self->states; x++)
        if (from[x] != -INFINITY && (!self->free[x] || from[x] + self->high[first + x] >= bar))
            relax(to, back, self->masked + (first + x) * self->width, from[x], x, self->targets[x]);
}

static tt_status reserve(tt_crf_scratch *scratch, const tt_crf *self, uint32_t len)
{
    size_t cells = (size_t)len * self->width;
    if (tt__grow(&scratch->unary, &scratch->unary_cap, (size_t)len * self->states, sizeof(float)) != TT_OK ||
        tt__grow(&scratch->best, &scratch->best_cap, 2 * (size_t)self->width, sizeof(float)) != TT_OK ||
        tt__grow(&scratch->back, &scratch->back_cap, cells, sizeof(int32_t)) != TT_OK)
        return TT_ENOMEM;
    return TT_OK;
}

tt_status tt__crf_decode(uint16_t *states, tt_crf_scratch *scratch, const tt_crf *self, const tt_crf_input *in)
{
    uint32_t n = self->states, best = 0;
    if (in->len == 0)
        return TT_OK;
    if (reserve(scratch, self, in->len) != TT_OK)
        return TT_ENOMEM;
    float *from = scratch->best, *to = scratch->best + self->width;
    for (uint32_t y = 0; y < n; y++)
        from[y] = y == 0 ? 0 : -INFINITY;
    for (uint32_t t = 0; t < in->len; t++) {
        float *unary = scratch->unary + (size_t)t * n, *swap = from;
        add_unary(unary, self, in, t);
        step(to, scratch->back + (size_t)t * self->width, self, from, class_of(self, in, t));
        for (uint32_t y = 0; y < n; y++)
            to[y] += unary[y];
        from = to;
        to = swap;
    }
    for (uint32_t y = 1; y < n; y++) /* the end behaves as state 0: what may not lead there cannot be last */
        if (self->allowed[y * n] && from[y] > from[best])
            best = y;
    for (uint32_t t = in->len; t-- > 0;) {
        states[t] = (uint16_t)best;
        best = (uint32_t)scratch->back[(size_t)t * self->width + best];
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

float tt__crf_confidence(const tt_crf_scratch *scratch, const tt_crf *self, const tt_crf_input *in, const uint16_t *states,
                         uint32_t t)
{
    uint32_t n = self->states, before = t ? states[t - 1] : 0;
    const float *unary = scratch->unary + (size_t)t * n, *into = trans_of(self, in, t) + (size_t)before * self->width;
    bool last = t + 1 == in->len;
    uint32_t after = last ? 0 : states[t + 1];
    const float *out = last ? NULL : trans_of(self, in, t + 1);
    float chosen = unary[states[t]] + into[states[t]] + (out ? out[(size_t)states[t] * self->width + after] : 0), sum = 0;
    for (uint32_t y = 0; y < n; y++) {
        float behind = unary[y] + into[y] + (out ? out[(size_t)y * self->width + after] : 0) - chosen;
        if (behind > -16 && (out || self->allowed[y * n])) /* what adds less than a millionth is left out */
            sum += expf(behind);
    }
    return sum > 1 ? 1.0f / sum : 1;
}
