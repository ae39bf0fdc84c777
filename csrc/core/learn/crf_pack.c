/* crf_pack.c - keep the weights that matter, as signed bytes in rows behind a hash table of buckets. */
#include "learn/crf_pack.h"
#include "base/alloc.h"
#include "learn/crf.h"
#include "learn/crf_format.h"

#include <math.h>
#include <string.h>

/* How the weights of the states but state 0 are written: the shortest way that holds them. */
typedef enum { NO_ROW, DENSE_ROW, SHORT_ROW, LONG_ROW, ROW_KINDS } row_kind;

typedef struct {
    const tt_crf_weights *all;
    float scale;
    uint32_t lanes, bucket_count;
    size_t next[ROW_KINDS]; /* where the next row of a kind goes, in units */
    crf_bucket *buckets;
    int8_t *rows;
    size_t row_units;
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

static row_kind kind_of(const packer *p, size_t feature)
{
    uint32_t n = 0;
    for (uint32_t y = 1; y < p->all->states; y++)
        n += weight_of(p, feature, y) != 0;
    return n == 0 ? NO_ROW : n <= CRF_PAIRS ? SHORT_ROW : n <= 2 * CRF_PAIRS ? LONG_ROW : DENSE_ROW;
}

static size_t whole_lines(size_t units)
{
    const size_t line = CRF_LINE / CRF_UNIT;
    return (units + line - 1) / line * line;
}

/* Dense rows after the row of zeros, then short and long ones, each kind from a new line on. */
static tt_status lay_out(packer *p, crf_header *h)
{
    size_t count[ROW_KINDS] = {0}, used = 0;
    for (size_t f = 0; f < p->all->features; f++) {
        row_kind kind = kind_of(p, f);
        count[kind]++;
        used += kind != NO_ROW || weight_of(p, f, 0) != 0;
    }
    size_t dense_units = p->lanes / CRF_UNIT;
    p->next[DENSE_ROW] = dense_units;
    p->next[SHORT_ROW] = whole_lines((1 + count[DENSE_ROW]) * dense_units);
    p->next[LONG_ROW] = whole_lines(p->next[SHORT_ROW] + count[SHORT_ROW]);
    p->row_units = whole_lines(p->next[LONG_ROW] + 2 * count[LONG_ROW]);
    p->bucket_count = (uint32_t)(used * 2 / (CRF_SLOTS + 3) + 1); /* 5.5 entries a bucket */
    if (p->row_units > CRF_ROWS_MAX || p->bucket_count > CRF_BUCKETS_MAX)
        return TT_ENOMEM;
    p->buckets = tt__calloc(p->bucket_count, sizeof *p->buckets);
    p->rows = tt__calloc(p->row_units, CRF_UNIT);
    *h = (crf_header){CRF_VERSION, p->all->states, p->all->classes, p->bucket_count, (uint32_t)p->next[SHORT_ROW],
                      (uint32_t)p->next[LONG_ROW], (uint32_t)p->row_units, p->scale};
    return p->buckets && p->rows ? TT_OK : TT_ENOMEM;
}

/* Write the feature's row; returns its number, 0 for none. */
static uint32_t put_row(packer *p, size_t feature)
{
    row_kind kind = kind_of(p, feature);
    if (kind == NO_ROW)
        return 0;
    uint32_t row = (uint32_t)p->next[kind];
    int8_t *at = p->rows + (size_t)row * CRF_UNIT;
    for (uint32_t y = 1; y < p->all->states; y++) {
        int8_t weight = weight_of(p, feature, y);
        if (kind == DENSE_ROW) {
            at[y - 1] = weight;
        } else if (weight != 0) {
            *at++ = (int8_t)(y - 1);
            *at++ = weight;
        }
    }
    p->next[kind] += kind == DENSE_ROW ? p->lanes / CRF_UNIT : kind == SHORT_ROW ? 1 : 2;
    return row;
}

/* Entries of a bucket rise by check. Of two features that cannot be told apart the first is kept. */
static void put_entry(packer *p, uint64_t hash, uint32_t ref)
{
    uint32_t check = (uint32_t)(hash >> 32), i = (uint32_t)((hash & UINT32_MAX) * p->bucket_count >> 32);
    for (;; i = i + 1 < p->bucket_count ? i + 1 : 0) {
        crf_bucket *bucket = &p->buckets[i];
        uint32_t used = 0, at = 0;
        for (; used < CRF_SLOTS && bucket->ref[used] != 0; used++) {
            if (bucket->check[used] == check)
                return;
            at += bucket->check[used] < check;
        }
        if (used == CRF_SLOTS)
            continue;
        memmove(bucket->check + at + 1, bucket->check + at, (used - at) * sizeof *bucket->check);
        memmove(bucket->ref + at + 1, bucket->ref + at, (used - at) * sizeof *bucket->ref);
        bucket->check[at] = check;
        bucket->ref[at] = ref;
        return;
    }
}

static void put_features(packer *p)
{
    for (size_t f = 0; f < p->all->features; f++) {
        uint32_t ref = put_row(p, f) << 8 | (uint8_t)weight_of(p, f, 0);
        if (ref != 0)
            put_entry(p, p->all->hashes[f], ref);
    }
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
    static const char ZEROS[CRF_LINE - sizeof(crf_header)] = {0};
    packer p = {.all = all, .scale = scale_of(all), .lanes = (all->states - 1 + CRF_LANES - 1) / CRF_LANES * CRF_LANES};
    crf_header h;
    tt_status status = lay_out(&p, &h);
    if (status != TT_OK)
        goto done;
    put_features(&p);
    status = TT_ENOMEM;
    if (tt_buf_add(out, &h, sizeof h) != TT_OK || tt_buf_add(out, ZEROS, sizeof ZEROS) != TT_OK ||
        tt_buf_add(out, p.buckets, p.bucket_count * sizeof *p.buckets) != TT_OK ||
        tt_buf_add(out, p.rows, p.row_units * CRF_UNIT) != TT_OK || add_transitions(out, all) != TT_OK)
        goto done;
    status = TT_OK;
done:
    tt__free(p.buckets);
    tt__free(p.rows);
    return status;
}
