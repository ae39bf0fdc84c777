/* crf_format.h - bytes of a CRF section; little-endian, used as they lie in the mapped file.
 *
 * header, padded to CRF_LINE; buckets[bucket_count]; rows, a multiple of CRF_LINE; transitions float[classes][allowed pairs],
 * from each state in order to each state that may follow it.
 *
 * A feature's bucket is the lower half of its hash, scaled to bucket_count; where that is full, the next one is tried as well.
 * Entries fill a bucket from its front, by rising check (the upper half of the hash); a free entry is all zeros. `ref` is the
 * weight of state 0 (its lowest byte, signed) and the row of the other states' weights (row << 8; 0: all of them are 0).
 *
 * Rows are counted in units of CRF_UNIT bytes. Row 0 is a dense row of zeros. A dense row has a signed byte for each state but
 * state 0, padded with zeros to a multiple of CRF_LANES; from `short_rows` on, a row is CRF_PAIRS pairs of state - 1 and weight;
 * from `long_rows` on, twice as many. A weight is its byte / scale. */
#ifndef TT_CRF_FORMAT_H
#define TT_CRF_FORMAT_H

#include <stdint.h>

enum { CRF_VERSION = 4, CRF_LINE = 64, CRF_UNIT = 8, CRF_LANES = 16, CRF_PAIRS = 4, CRF_SLOTS = 8 };
enum { CRF_BUCKETS_MAX = 1 << 22, CRF_ROWS_MAX = 1 << 23 };

typedef struct {
    uint32_t version, states, classes, bucket_count, short_rows, long_rows, row_units;
    float scale;
} crf_header;

typedef struct {
    uint32_t check[CRF_SLOTS], ref[CRF_SLOTS];
} crf_bucket;

#endif
