/* crf_format.h - bytes of a CRF section; little-endian, used as they lie in the mapped file.
 *
 * header, padded to CRF_LINE; buckets[bucket_count]; blocks, `block_bytes` of them, a multiple of CRF_LINE; transitions
 * float[classes][allowed pairs], from each state in order to each state that may follow it.
 *
 * Features that differ in their member alone (see crf.h) lie together in a block. Its bucket is the lower half of the hash,
 * scaled to bucket_count; where that is full, the next one is tried as well. Entries fill a bucket from its front, by rising
 * check (the upper half of the hash). `block` is the block's first byte; 0: the entry is free, and its check is 0.
 *
 * A block is two bits a member (CRF_NONE ..., 16 bits in all), then a row for each member that has one. A row is the weight of
 * state 0, then: dense, a signed byte for each lane; short, CRF_PAIRS pairs of lane and weight, padded with pairs of zeros;
 * long, a short row, a zero and as many pairs again. A weight is its byte / scale.
 *
 * States but 0 come in groups of CRF_PARTS (see crf.h). The first states of all groups have the first lanes, then come the
 * second ones and so on, each part padded to a multiple of CRF_WIDTH: what one part may do, a vector does. */
#ifndef TT_CRF_FORMAT_H
#define TT_CRF_FORMAT_H

#include <stdint.h>

enum { CRF_VERSION = 6, CRF_LINE = 64, CRF_PARTS = 4, CRF_WIDTH = 8, CRF_PAIRS = 4, CRF_SLOTS = 8 };
enum { CRF_BUCKETS_MAX = 1 << 22, CRF_BLOCKS_MAX = 1 << 28, CRF_BLOCK_HEAD = 2 };
enum { CRF_NONE, CRF_SHORT, CRF_LONG, CRF_DENSE, CRF_ROW_KINDS };

typedef struct {
    uint32_t version, states, classes, bucket_count, block_bytes;
    float scale;
} crf_header;

typedef struct {
    uint32_t check[CRF_SLOTS], block[CRF_SLOTS];
} crf_bucket;

/* Bytes of a row by its kind. */
static inline uint32_t crf_row_size(uint32_t kind, uint32_t lanes)
{
    return kind == CRF_NONE ? 0 : kind == CRF_DENSE ? 1 + lanes : kind * (1 + 2 * CRF_PAIRS);
}

/* Lanes of a part. */
static inline uint32_t crf_width(uint32_t states)
{
    const uint32_t groups = (states - 1 + CRF_PARTS - 1) / CRF_PARTS;
    return (groups + CRF_WIDTH - 1) / CRF_WIDTH * CRF_WIDTH;
}

static inline uint32_t crf_lanes(uint32_t states)
{
    return CRF_PARTS * crf_width(states);
}

/* Of a state that is not 0. */
static inline uint32_t crf_lane_of(uint32_t state, uint32_t width)
{
    return (state - 1) % CRF_PARTS * width + (state - 1) / CRF_PARTS;
}

#endif
