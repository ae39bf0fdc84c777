/* crf_pack.c - keep the weights that matter, as signed bytes in rows behind a hash table. */
#include "learn/crf_pack.h"
#include "base/alloc.h"
#include "learn/crf.h"
#include "learn/crf_format.h"

#include <math.h>

/* Bytes a unit of weight: the largest weight becomes 127. */
static float scale_of(const tt_crf_weights *all)
{
    float largest = 1e-3f;
    for (size_t i = 0; i < (size_t)all->features * all->width; i++)
        largest = fabsf(all->weights[i]) > largest ? fabsf(all->weights[i]) : largest;
    return 127.0f / largest;
}

static int quantized(float w, float scale)
{
    return (int)roundf(w * scale);
}

static uint32_t kept(const tt_crf_weights *all, size_t feature, float scale)
{
    uint32_t n = 0;
    for (uint32_t y = 0; y < all->states; y++)
        n += quantized(all->weights[feature * all->width + y], scale) != 0;
    return n;
}

static tt_status add_transitions(tt_buf *out, const tt_crf_weights *all)
{
    static const float ZERO = 0;
    size_t count = (size_t)all->classes * all->states * all->states;
    for (size_t i = 0; i < (size_t)all->classes * all->states; i++)
        if (tt_buf_add(out, all->trans + i * all->width, all->states * sizeof(float)) != TT_OK)
            return TT_ENOMEM;
    return count % 2 ? tt_buf_add(out, &ZERO, sizeof ZERO) : TT_OK;
}

static tt_status add_sparse(tt_buf *rows, const float *weights, uint32_t states, uint32_t count, float scale)
{
    uint8_t bytes[2 + 2 * CRF_STATES_MAX] = {(uint8_t)count, (uint8_t)(count >> 8)};
    size_t at = 2;
    for (uint32_t y = 0; y < states; y++) {
        int w = quantized(weights[y], scale);
        if (w != 0) {
            bytes[at++] = (uint8_t)y;
            bytes[at++] = (uint8_t)(int8_t)w;
        }
    }
    return tt_buf_add(rows, bytes, at);
}

static tt_status add_dense(tt_buf *rows, const float *weights, uint32_t states, float scale)
{
    uint8_t bytes[2 + CRF_STATES_MAX + CRF_DENSE_PAD] = {CRF_DENSE & 0xFF, CRF_DENSE >> 8};
    for (uint32_t y = 0; y < states; y++)
        bytes[2 + y] = (uint8_t)(int8_t)quantized(weights[y], scale);
    return tt_buf_add(rows, bytes, 2 + (states + CRF_DENSE_PAD - 1) / CRF_DENSE_PAD * CRF_DENSE_PAD);
}

/* Dense rows are summed several times faster an entry, and pay in bytes from half full on. */
static tt_status add_row(tt_buf *rows, const tt_crf_weights *all, size_t feature, uint32_t count, float scale)
{
    const float *weights = all->weights + feature * all->width;
    return count * 3 > all->states ? add_dense(rows, weights, all->states, scale)
                                   : add_sparse(rows, weights, all->states, count, scale);
}

static void put_slot(crf_slot *slots, uint32_t mask, uint64_t hash, uint32_t row)
{
    uint32_t i = (uint32_t)hash & mask;
    while (slots[i].row != 0)
        i = (i + 1) & mask;
    slots[i] = (crf_slot){(uint32_t)(hash >> 32), row};
}

tt_status tt__crf_pack(tt_buf *out, const tt_crf_weights *all)
{
    static const uint16_t NO_ROW = 0; /* row 0 means a free slot */
    tt_status status = TT_ENOMEM;
    tt_buf rows = {NULL, 0, 0};
    size_t used = 0;
    const float scale = scale_of(all);
    for (size_t f = 0; f < all->features; f++)
        used += kept(all, f, scale) != 0;
    uint32_t bits = 4;
    while (((size_t)1 << bits) * 4 < used * 5)
        bits++;
    crf_slot *slots = bits <= CRF_SLOT_BITS_MAX ? tt__calloc((size_t)1 << bits, sizeof *slots) : NULL;
    if (slots == NULL || tt_buf_add(&rows, &NO_ROW, sizeof NO_ROW) != TT_OK)
        goto done;
    for (size_t f = 0; f < all->features; f++) {
        uint32_t count = kept(all, f, scale);
        if (count == 0)
            continue;
        put_slot(slots, (uint32_t)(((size_t)1 << bits) - 1), all->hashes[f], (uint32_t)(rows.len / 2));
        if (add_row(&rows, all, f, count, scale) != TT_OK)
            goto done;
    }
    crf_header h = {CRF_VERSION, all->states, all->classes, bits, (uint32_t)(rows.len / 2), scale};
    if (tt_buf_add(out, &h, sizeof h) != TT_OK || add_transitions(out, all) != TT_OK ||
        tt_buf_add(out, slots, ((size_t)1 << bits) * sizeof *slots) != TT_OK || tt_buf_add(out, rows.ptr, rows.len) != TT_OK)
        goto done;
    status = TT_OK;
done:
    tt__free(slots);
    tt_buf_free(&rows);
    return status;
}
