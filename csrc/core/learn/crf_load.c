/* crf_load.c - check a CRF's section, which may come from anywhere, and lay out its transitions for the decoder. */
#include "base/alloc.h"
#include "learn/crf_impl.h"

#include <math.h>
#include <string.h>

/* Pairs must name states that there are. */
static bool are_pairs_good(const tt_crf *self, const int8_t *row)
{
    uint8_t largest = 0;
    for (int i = 1; i <= 2 * CRF_PAIRS; i += 2)
        largest = (uint8_t)row[i] > largest ? (uint8_t)row[i] : largest;
    return largest < self->lanes;
}

/* A block must lie within the blocks. */
static bool is_block_good(const tt_crf *self, uint32_t block, uint32_t block_bytes)
{
    uint16_t kinds;
    if (block > block_bytes - CRF_BLOCK_HEAD)
        return false;
    memcpy(&kinds, self->blocks + block, sizeof kinds);
    for (size_t row = block + CRF_BLOCK_HEAD, end; kinds != 0; kinds >>= 2, row = end) {
        uint32_t kind = kinds & 3u;
        end = row + crf_row_size(kind, self->lanes);
        if (end > block_bytes)
            return false;
        for (uint32_t k = 0; kind != CRF_DENSE && k < kind; k++)
            if (!are_pairs_good(self, self->blocks + row + (size_t)k * (1 + 2 * CRF_PAIRS)))
                return false;
    }
    return true;
}

static bool is_bucket_good(const tt_crf *self, const crf_bucket *bucket, uint32_t block_bytes, bool *full)
{
    uint32_t i = 0;
    for (; i < CRF_SLOTS && bucket->block[i] != 0; i++)
        if ((i > 0 && bucket->check[i] <= bucket->check[i - 1]) || !is_block_good(self, bucket->block[i], block_bytes))
            return false;
    *full = i == CRF_SLOTS;
    for (; i < CRF_SLOTS; i++)
        if ((bucket->check[i] | bucket->block[i]) != 0)
            return false;
    return true;
}

static bool are_buckets_good(const tt_crf *self, uint32_t block_bytes)
{
    bool any_free = false; /* ends every search */
    for (uint32_t i = 0; i < self->bucket_count; i++) {
        bool full;
        if (!is_bucket_good(self, &self->buckets[i], block_bytes, &full))
            return false;
        any_free |= !full;
    }
    return any_free;
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
    return h->version == CRF_VERSION && h->states == states && h->classes != 0 && h->classes <= CRF_CLASSES_MAX &&
           h->bucket_count != 0 && h->bucket_count <= CRF_BUCKETS_MAX && h->block_bytes != 0 &&
           h->block_bytes <= CRF_BLOCKS_MAX && h->block_bytes % CRF_LINE == 0 && h->scale > 0 && isfinite(h->scale);
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
    size_t bucket_bytes = h.bucket_count * sizeof(crf_bucket), trans_count = h.classes * pair_count(allowed, states);
    if (section.len != CRF_LINE + bucket_bytes + h.block_bytes + trans_count * sizeof(float))
        return false;
    self->buckets = (const void *)(section.ptr + CRF_LINE);
    self->blocks = (const void *)(section.ptr + CRF_LINE + bucket_bytes);
    *trans = section.ptr + CRF_LINE + bucket_bytes + h.block_bytes;
    self->bucket_count = h.bucket_count;
    self->states = states;
    self->classes = h.classes;
    self->lanes = crf_lanes(states);
    self->unit = 1.0f / h.scale;
    return are_buckets_good(self, h.block_bytes);
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
