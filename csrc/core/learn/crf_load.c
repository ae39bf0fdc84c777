/* crf_load.c - check a CRF's section, which may come from anywhere, and lay out its transitions for the decoder. */
#include "base/alloc.h"
#include "learn/crf_impl.h"

#include <math.h>
#include <string.h>

/* A bucket's entries, whose rows must lie within their part of the rows. False: damaged. */
static bool is_bucket_good(const tt_crf *self, const crf_bucket *bucket, uint32_t row_units, bool *full)
{
    uint32_t dense_units = self->lanes / CRF_UNIT, i = 0;
    for (; i < CRF_SLOTS && bucket->ref[i] != 0; i++) {
        uint32_t row = bucket->ref[i] >> 8;
        uint32_t units = row < self->short_rows ? dense_units : row < self->long_rows ? 1 : 2;
        uint32_t end = row < self->short_rows ? self->short_rows : row < self->long_rows ? self->long_rows : row_units;
        if (end < units || row > end - units || (i > 0 && bucket->check[i] <= bucket->check[i - 1]))
            return false;
    }
    *full = i == CRF_SLOTS;
    for (; i < CRF_SLOTS; i++)
        if ((bucket->check[i] | bucket->ref[i]) != 0)
            return false;
    return true;
}

static bool are_buckets_good(const tt_crf *self, uint32_t row_units)
{
    bool any_free = false; /* ends every search */
    for (uint32_t i = 0; i < self->bucket_count; i++) {
        bool full;
        if (!is_bucket_good(self, &self->buckets[i], row_units, &full))
            return false;
        any_free |= !full;
    }
    return any_free;
}

static bool are_rows_good(const tt_crf *self, uint32_t row_units)
{
    int8_t any = 0;
    uint32_t largest = 0;
    for (uint32_t i = 0; i < self->lanes; i++)
        any |= self->rows[i];
    const uint8_t *lane = (const uint8_t *)self->rows;
    for (size_t i = (size_t)self->short_rows * CRF_UNIT; i < (size_t)row_units * CRF_UNIT; i += 2)
        largest = lane[i] > largest ? lane[i] : largest;
    return any == 0 && largest < self->lanes;
}

static size_t pair_count(const uint8_t *allowed, uint32_t states)
{
    size_t n = 0;
    for (size_t i = 0; i < (size_t)states * states; i++)
        n += allowed[i] != 0;
    return n;
}

static bool is_header_good(const crf_header *h, uint32_t states)
{
    uint32_t lanes = (states - 1 + CRF_LANES - 1) / CRF_LANES * CRF_LANES;
    return h->version == CRF_VERSION && h->states == states && h->classes != 0 && h->classes <= CRF_CLASSES_MAX &&
           h->bucket_count != 0 && h->bucket_count <= CRF_BUCKETS_MAX && h->row_units <= CRF_ROWS_MAX &&
           h->row_units % (CRF_LINE / CRF_UNIT) == 0 && lanes / CRF_UNIT <= h->short_rows && h->short_rows <= h->long_rows &&
           h->long_rows <= h->row_units && h->scale > 0 && isfinite(h->scale);
}

/* Point into the section; false: damaged. */
static bool view(const char **trans, tt_crf *self, tt_str section, const uint8_t *allowed, uint32_t states)
{
    crf_header h;
    if (section.len < CRF_LINE || states == 0 || states > CRF_STATES_MAX)
        return false;
    memcpy(&h, section.ptr, sizeof h);
    if (!is_header_good(&h, states))
        return false;
    size_t bucket_bytes = h.bucket_count * sizeof(crf_bucket), row_bytes = (size_t)h.row_units * CRF_UNIT;
    size_t trans_count = h.classes * pair_count(allowed, states);
    if (section.len != CRF_LINE + bucket_bytes + row_bytes + trans_count * sizeof(float))
        return false;
    self->buckets = (const void *)(section.ptr + CRF_LINE);
    self->rows = (const void *)(section.ptr + CRF_LINE + bucket_bytes);
    *trans = section.ptr + CRF_LINE + bucket_bytes + row_bytes;
    self->bucket_count = h.bucket_count;
    self->short_rows = h.short_rows;
    self->long_rows = h.long_rows;
    self->states = states;
    self->classes = h.classes;
    self->lanes = (states - 1 + CRF_LANES - 1) / CRF_LANES * CRF_LANES;
    self->unit = 1.0f / h.scale;
    return are_buckets_good(self, h.row_units) && are_rows_good(self, h.row_units);
}

/* All transitions, -infinity where there is none. TT_EMODEL: one is not finite. */
static tt_status spread_transitions(tt_crf *self, const char *from, const uint8_t *allowed)
{
    size_t pairs = (size_t)self->states * self->states;
    self->trans = tt__malloc(self->classes * pairs * sizeof(float));
    self->allowed = tt__malloc(pairs);
    if (self->trans == NULL || self->allowed == NULL)
        return TT_ENOMEM;
    memcpy(self->allowed, allowed, pairs);
    for (size_t i = 0; i < self->classes * pairs; i++) {
        self->trans[i] = -INFINITY;
        if (!allowed[i % pairs])
            continue;
        memcpy(&self->trans[i], from, sizeof(float));
        from += sizeof(float);
        if (!isfinite(self->trans[i]))
            return TT_EMODEL;
    }
    return TT_OK;
}

/* Sort the allowed steps into those of open sources and edges. */
static tt_status sort_steps(tt_crf *self)
{
    uint32_t n = self->states;
    self->sources = tt__malloc(n);
    self->targets = tt__malloc(n);
    self->edges = tt__malloc((size_t)n * n * sizeof *self->edges);
    if (self->sources == NULL || self->targets == NULL || self->edges == NULL)
        return TT_ENOMEM;
    for (uint32_t y = 0; y < n; y++)
        if (self->allowed[y])
            self->targets[self->target_count++] = (uint8_t)y;
    for (uint32_t x = 0; x < n; x++) {
        const uint8_t *row = self->allowed + (size_t)x * n;
        if (memcmp(row, self->allowed, n) == 0) {
            self->sources[self->source_count++] = (uint8_t)x;
            continue;
        }
        for (uint32_t y = 0; y < n; y++)
            if (row[y])
                self->edges[self->edge_count++] = (crf_edge){(uint8_t)x, (uint8_t)y};
    }
    self->target_width = (self->target_count + CRF_STEP_LANES - 1) / CRF_STEP_LANES * CRF_STEP_LANES;
    return TT_OK;
}

static void fill_open_row(float *row, float *low, float *high, const tt_crf *self, const float *trans)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (uint32_t k = 0; k < self->target_width; k++) {
        row[k] = k < self->target_count ? trans[self->targets[k]] : -INFINITY;
        if (k < self->target_count) {
            *low = row[k] < *low ? row[k] : *low;
            *high = row[k] > *high ? row[k] : *high;
        }
    }
}

static tt_status lay_out_steps(tt_crf *self)
{
    uint32_t n = self->states, sources = self->source_count;
    self->open_trans = tt__malloc((size_t)self->classes * sources * self->target_width * sizeof(float));
    self->low = tt__malloc((size_t)self->classes * sources * sizeof(float));
    self->high = tt__malloc((size_t)self->classes * sources * sizeof(float));
    self->edge_trans = tt__malloc((size_t)self->classes * self->edge_count * sizeof(float));
    if (self->open_trans == NULL || self->low == NULL || self->high == NULL || self->edge_trans == NULL)
        return TT_ENOMEM;
    for (uint32_t c = 0; c < self->classes; c++) {
        const float *trans = self->trans + (size_t)c * n * n;
        for (uint32_t k = 0; k < sources; k++) {
            size_t row = (size_t)c * sources + k;
            fill_open_row(self->open_trans + row * self->target_width, &self->low[row], &self->high[row], self,
                          trans + (size_t)self->sources[k] * n);
        }
        for (uint32_t k = 0; k < self->edge_count; k++)
            self->edge_trans[(size_t)c * self->edge_count + k] = trans[(size_t)self->edges[k].from * n + self->edges[k].to];
    }
    return TT_OK;
}

tt_status tt__crf_load(tt_crf **out, tt_str section, const uint8_t *allowed, uint32_t states, tt_error *err)
{
    *out = NULL;
    const char *trans;
    tt_crf *self = tt__calloc(1, sizeof *self);
    if (self == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "model: out of memory");
    tt_status status = section.ptr && view(&trans, self, section, allowed, states) ? TT_OK : TT_EMODEL;
    if (status == TT_OK)
        status = spread_transitions(self, trans, allowed);
    if (status == TT_OK)
        status = sort_steps(self);
    if (status == TT_OK)
        status = lay_out_steps(self);
    if (status == TT_EMODEL)
        tt_fail(err, status, 0, "the model's weights are missing or damaged: fetch or train the model again");
    else if (status != TT_OK)
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
    tt__free(self->trans);
    tt__free(self->allowed);
    tt__free(self->sources);
    tt__free(self->targets);
    tt__free(self->edges);
    tt__free(self->open_trans);
    tt__free(self->low);
    tt__free(self->high);
    tt__free(self->edge_trans);
    tt__free(self);
}
