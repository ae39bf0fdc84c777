/* crf_pack.c - keep the weights that matter, as signed bytes in blocks behind a hash table of buckets. */
#include "learn/crf_pack.h"
#include "base/alloc.h"
#include "learn/crf.h"
#include "learn/crf_format.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ENTRIES_A_BUCKET = 5, SHORT_SIZE = 1 + 2 * CRF_PAIRS };

/* A feature that is kept. Those of one fact form a block, placed by its first feature: the earlier, the more often met. */
typedef struct {
    uint64_t hash;
    uint32_t feature, leader;
} kept;

typedef struct {
    const tt_crf_weights *all;
    float scale;
    uint32_t lanes, bucket_count;
    kept *kept;
    size_t kept_count, block_count;
    crf_bucket *buckets;
    tt_buf blocks;
} packer;

/* Bytes a unit of weight: the largest weight becomes 127. */
static float scale_of(const tt_crf_weights *all)
{
    float largest = 1e-3f;
    for (size_t i = 0; i < (size_t)all->features * all->width; i++)
        largest = fabsf(all->weights[i]) > largest ? fabsf(all->weights[i]) : largest;
    return 127.0f / largest;
}

static int8_t weight_of(const packer *p, size_t feature, uint32_t state)
{
    return (int8_t)roundf(p->all->weights[feature * p->all->width + state] * p->scale);
}

static unsigned kind_for(uint32_t weights, uint32_t states)
{
    if (weights <= CRF_PAIRS)
        return CRF_SHORT;
    return weights <= 2 * CRF_PAIRS && 2 * SHORT_SIZE < 1 + crf_lanes(states) ? CRF_LONG : CRF_DENSE;
}

uint32_t tt__crf_room(uint32_t weights, uint32_t states)
{
    unsigned kind = kind_for(weights, states);
    return kind == CRF_DENSE ? states - 1 : kind * CRF_PAIRS;
}

/* The shortest way to write the feature's weights. */
static unsigned kind_of(const packer *p, size_t feature)
{
    uint32_t n = 0;
    for (uint32_t y = 1; y < p->all->states; y++)
        n += weight_of(p, feature, y) != 0;
    if (n == 0 && weight_of(p, feature, 0) == 0)
        return CRF_NONE;
    return kind_for(n, p->all->states);
}

static uint64_t fact_of(uint64_t hash)
{
    return hash / CRF_MEMBERS;
}

static int by_hash(const void *left, const void *right)
{
    const kept *a = left, *b = right;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return a->feature < b->feature ? -1 : a->feature > b->feature;
}

static int by_leader(const void *left, const void *right)
{
    const kept *a = left, *b = right;
    if (a->leader != b->leader)
        return a->leader < b->leader ? -1 : 1;
    return by_hash(left, right);
}

/* The features worth keeping, fact by fact. */
static tt_status collect(packer *p)
{
    size_t cap = 0;
    for (size_t f = 0; f < p->all->features; f++) {
        if (kind_of(p, f) == CRF_NONE)
            continue;
        if (tt__grow(&p->kept, &cap, p->kept_count + 1, sizeof *p->kept) != TT_OK)
            return TT_ENOMEM;
        p->kept[p->kept_count++] = (kept){p->all->hashes[f], (uint32_t)f, 0};
    }
    if (p->kept_count != 0)
        qsort(p->kept, p->kept_count, sizeof *p->kept, by_hash);
    for (size_t i = 0, end; i < p->kept_count; i = end) {
        uint32_t leader = UINT32_MAX;
        for (end = i; end < p->kept_count && fact_of(p->kept[end].hash) == fact_of(p->kept[i].hash); end++)
            leader = p->kept[end].feature < leader ? p->kept[end].feature : leader;
        for (size_t k = i; k < end; k++)
            p->kept[k].leader = leader;
        p->block_count++;
    }
    if (p->kept_count != 0)
        qsort(p->kept, p->kept_count, sizeof *p->kept, by_leader);
    return TT_OK;
}

static tt_status add_row(packer *p, size_t feature, unsigned kind)
{
    int8_t bytes[1 + CRF_STATES_MAX + CRF_PARTS * CRF_WIDTH] = {weight_of(p, feature, 0)};
    const uint32_t width = p->lanes / CRF_PARTS;
    uint32_t at = 1;
    for (uint32_t y = 1; y < p->all->states; y++) {
        int8_t weight = weight_of(p, feature, y);
        if (kind == CRF_DENSE) {
            bytes[1 + crf_lane_of(y, width)] = weight;
        } else if (weight != 0) {
            at += at == SHORT_SIZE; /* the zero in the middle of a long row */
            bytes[at++] = (int8_t)crf_lane_of(y, width);
            bytes[at++] = weight;
        }
    }
    return tt_buf_add(&p->blocks, bytes, crf_row_size(kind, p->lanes));
}

/* Entries of a bucket rise by check. Of two facts that cannot be told apart the first is kept. */
static void put_entry(packer *p, uint64_t hash, uint32_t block)
{
    uint32_t check = (uint32_t)(hash >> 32), i = (uint32_t)((hash & UINT32_MAX) * p->bucket_count >> 32);
    for (;; i = i + 1 < p->bucket_count ? i + 1 : 0) {
        crf_bucket *bucket = &p->buckets[i];
        uint32_t used = 0, at = 0;
        for (; used < CRF_SLOTS && bucket->block[used] != 0; used++) {
            if (bucket->check[used] == check)
                return;
            at += bucket->check[used] < check;
        }
        if (used == CRF_SLOTS)
            continue;
        memmove(bucket->check + at + 1, bucket->check + at, (used - at) * sizeof *bucket->check);
        memmove(bucket->block + at + 1, bucket->block + at, (used - at) * sizeof *bucket->block);
        bucket->check[at] = check;
        bucket->block[at] = block;
        return;
    }
}

/* The block of features kept[first .. end). */
static tt_status add_block(packer *p, size_t first, size_t end)
{
    uint16_t kinds = 0;
    uint32_t block = (uint32_t)p->blocks.len;
    tt_status status = tt_buf_add(&p->blocks, &kinds, CRF_BLOCK_HEAD);
    for (size_t i = first; status == TT_OK && i < end; i++) {
        unsigned kind = kind_of(p, p->kept[i].feature), member = p->kept[i].hash % CRF_MEMBERS;
        kinds = (uint16_t)(kinds | kind << (2 * member));
        status = add_row(p, p->kept[i].feature, kind);
    }
    if (status != TT_OK || p->blocks.len > CRF_BLOCKS_MAX)
        return TT_ENOMEM;
    memcpy(p->blocks.ptr + block, &kinds, sizeof kinds);
    put_entry(p, fact_of(p->kept[first].hash) * CRF_MEMBERS, block);
    return TT_OK;
}

/* Zeros after `len` bytes, up to the end of a line. */
static tt_status end_line(tt_buf *out, size_t len)
{
    static const char ZEROS[CRF_LINE] = {0};
    return len % CRF_LINE == 0 ? TT_OK : tt_buf_add(out, ZEROS, CRF_LINE - len % CRF_LINE);
}

static tt_status add_blocks(packer *p)
{
    p->bucket_count = (uint32_t)(p->block_count / ENTRIES_A_BUCKET + 1);
    p->buckets = p->bucket_count <= CRF_BUCKETS_MAX ? tt__calloc(p->bucket_count, sizeof *p->buckets) : NULL;
    if (p->buckets == NULL || tt_buf_add(&p->blocks, "\0", CRF_BLOCK_HEAD) != TT_OK) /* block 0 means a free entry */
        return TT_ENOMEM;
    for (size_t i = 0, end; i < p->kept_count; i = end) {
        for (end = i + 1; end < p->kept_count && p->kept[end].leader == p->kept[i].leader; end++)
            ;
        if (add_block(p, i, end) != TT_OK)
            return TT_ENOMEM;
    }
    return end_line(&p->blocks, p->blocks.len);
}

static tt_status add_transitions(tt_buf *out, const tt_crf_weights *all)
{
    uint32_t n = all->states;
    for (size_t i = 0; i < (size_t)all->classes * n; i++)
        for (uint32_t y = 0; y < n; y++)
            if (all->allowed[i % n * n + y] && tt_buf_add(out, &all->trans[i * all->width + y], sizeof(float)) != TT_OK)
                return TT_ENOMEM;
    return TT_OK;
}

tt_status tt__crf_pack(tt_buf *out, const tt_crf_weights *all)
{
    packer p = {.all = all, .scale = scale_of(all), .lanes = crf_lanes(all->states)};
    tt_status status = collect(&p);
    if (status == TT_OK)
        status = add_blocks(&p);
    if (status != TT_OK)
        goto done;
    crf_header h = {CRF_VERSION, all->states, all->classes, p.bucket_count, (uint32_t)p.blocks.len, p.scale};
    status = TT_ENOMEM;
    if (tt_buf_add(out, &h, sizeof h) != TT_OK || end_line(out, sizeof h) != TT_OK ||
        tt_buf_add(out, p.buckets, p.bucket_count * sizeof *p.buckets) != TT_OK ||
        tt_buf_add(out, p.blocks.ptr, p.blocks.len) != TT_OK || add_transitions(out, all) != TT_OK)
        goto done;
    status = TT_OK;
done:
    tt__free(p.kept);
    tt__free(p.buckets);
    tt_buf_free(&p.blocks);
    return status;
}
