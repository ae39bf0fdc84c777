/* crf_load.c - check a CRF's section, which may come from anywhere, and lay out its transitions for the decoder. */
#include "base/alloc.h"
#include "base/cpu.h"
#include "learn/crf_impl.h"

#include <math.h>
#include <string.h>

/* So that the sum of a token's weights is finite: chains may come to infinities, but a score that is no number would win or
 * lose by the order of comparisons. */
static const float SCALE_MIN = 1e-30f;

/* Pairs must name lanes that there are. */
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

/* Ask memory for the blocks of a bucket, which lie anywhere. */
static void expect_blocks(const tt_crf *self, const crf_bucket *bucket, uint32_t block_bytes)
{
    for (uint32_t i = 0; i < CRF_SLOTS; i++)
        if (bucket->block[i] < block_bytes)
            __builtin_prefetch(self->blocks + bucket->block[i]);
}

static bool are_buckets_good(const tt_crf *self, uint32_t block_bytes)
{
    enum { AHEAD = 4 };
    bool any_free = false; /* ends every search */
    for (uint32_t i = 0; i < self->bucket_count; i++) {
        bool full;
        if (i + AHEAD < self->bucket_count)
            expect_blocks(self, &self->buckets[i + AHEAD], block_bytes);
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
           h->block_bytes <= CRF_BLOCKS_MAX && h->block_bytes % CRF_LINE == 0 && h->scale >= SCALE_MIN && isfinite(h->scale);
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
    self->width = crf_width(states);
    self->unit = 1.0f / h.scale;
    self->avx2 = (tt__cpu() >= TT_CPU_AVX2);
    return are_buckets_good(self, h.block_bytes);
}

/* The transitions of a class, -infinity where there is none; gives what follows them. NULL: one is not finite. */
static const char *spread(float *trans, const char *from, const uint8_t *allowed, size_t pairs)
{
    bool finite = true;
    for (size_t i = 0; i < pairs; i++) {
        trans[i] = -INFINITY;
        if (!allowed[i])
            continue;
        memcpy(&trans[i], from, sizeof(float));
        from += sizeof(float);
        finite &= isfinite(trans[i]) != 0;
    }
    return finite ? from : NULL;
}

/* All transitions. TT_EMODEL: one is not finite. */
static tt_status spread_transitions(tt_crf *self, const char *from, const uint8_t *allowed)
{
    size_t pairs = (size_t)self->states * self->states;
    self->trans = tt__malloc(self->classes * pairs * sizeof(float));
    self->allowed = tt__malloc(pairs);
    if (self->trans == NULL || self->allowed == NULL)
        return TT_ENOMEM;
    memcpy(self->allowed, allowed, pairs);
    for (uint32_t c = 0; c < self->classes; c++) {
        from = spread(self->trans + c * pairs, from, allowed, pairs);
        if (from == NULL)
            return TT_EMODEL;
    }
    return TT_OK;
}

/* What leads to which part, and from which. */
static void note_parts(tt_crf *self)
{
    for (uint32_t x = 1; x < self->states; x++) {
        const uint32_t part = (x - 1) % CRF_GROUP;
        self->to_open |= (uint32_t)self->allowed[x] << part;
        self->from_open |= (uint32_t)(self->open[x] != 0) << part;
        for (uint32_t y = 1; y < self->states && !self->open[x]; y++)
            self->in_groups[(y - 1) % CRF_GROUP] |= (uint32_t)self->allowed[(size_t)x * self->states + y] << part;
    }
}

/* Number the open states; TT_EARGUMENT where another state leaves its group. */
static tt_status number_open(tt_crf *self)
{
    uint32_t n = self->states;
    self->open = tt__calloc(n, 1);
    if (self->open == NULL)
        return TT_ENOMEM;
    for (uint32_t x = 0; x < n; x++) {
        const uint8_t *row = self->allowed + (size_t)x * n;
        if (memcmp(row, self->allowed, n) == 0) {
            self->open[x] = (uint8_t)++self->open_count;
            continue;
        }
        for (uint32_t y = 0; y < n; y++)
            if (row[y] && (y == 0 || (x - 1) / CRF_GROUP != (y - 1) / CRF_GROUP))
                return TT_EARGUMENT;
    }
    note_parts(self);
    return self->open_count <= UINT8_MAX ? TT_OK : TT_EARGUMENT;
}

/* Steps of state x, `trans`, to lanes; the range of an open one. */
static void lay_out_state(tt_crf *self, uint32_t class_index, uint32_t x, const float *trans)
{
    const uint32_t stride = tt__crf_stride(self), part = x == 0 ? 0 : (x - 1) % CRF_GROUP;
    const size_t at = (size_t)class_index * stride + tt__crf_lane(self, x);
    const float *row = self->open[x] ? tt__crf_open_steps(self, class_index, x) : tt__crf_group_steps(self, class_index, part);
    float *steps = (float *)row, low = INFINITY, high = -INFINITY;
    for (uint32_t y = 0; y < self->states; y++) {
        if (trans[y] == -INFINITY)
            continue;
        low = trans[y] < low ? trans[y] : low;
        high = trans[y] > high ? trans[y] : high;
        if (y != 0)
            steps[tt__crf_lane(self, y)] = trans[y];
        self->into[((size_t)class_index * self->states + y) * stride + tt__crf_lane(self, x)] = trans[y];
    }
    self->low[at] = self->open[x] ? low : -INFINITY;
    self->high[at] = self->open[x] ? high : -INFINITY;
}

static float *no_steps(size_t count)
{
    float *made = tt__malloc(count * sizeof *made);
    for (size_t i = 0; made != NULL && i < count; i++)
        made[i] = -INFINITY;
    return made;
}

static tt_status lay_out_steps(tt_crf *self)
{
    uint32_t n = self->states;
    tt_status status = number_open(self);
    if (status != TT_OK)
        return status;
    self->open_trans = no_steps((size_t)self->classes * self->open_count * self->lanes);
    self->group_trans = no_steps((size_t)self->classes * CRF_GROUP * self->lanes);
    self->into = no_steps((size_t)self->classes * n * tt__crf_stride(self));
    self->low = no_steps((size_t)self->classes * (self->lanes + 1));
    self->high = no_steps((size_t)self->classes * (self->lanes + 1));
    if (!self->open_trans || !self->group_trans || !self->into || !self->low || !self->high)
        return TT_ENOMEM;
    for (uint32_t c = 0; c < self->classes; c++)
        for (uint32_t x = 0; x < n; x++)
            lay_out_state(self, c, x, self->trans + ((size_t)c * n + x) * n);
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
        status = lay_out_steps(self);
    if (status == TT_EMODEL)
        tt_fail(err, status, 0, "the model's weights are missing or damaged: fetch or train the model again");
    else if (status == TT_EARGUMENT)
        tt_fail(err, status, 0, "a step between these states is not supported");
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
    tt__free(self->open);
    tt__free(self->open_trans);
    tt__free(self->group_trans);
    tt__free(self->into);
    tt__free(self->low);
    tt__free(self->high);
    tt__free(self);
}
