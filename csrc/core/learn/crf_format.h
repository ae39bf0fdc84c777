/* crf_format.h - bytes of a CRF section; little-endian, used as they lie in the mapped file.
 *
 * header, transitions float[classes][states][states] padded to 8 bytes, slots[1 << slot_bits], rows in units of two bytes. A
 * sparse row is its length n (16 bits), then n units of state (byte) and weight (signed byte; weight = byte / scale). A dense
 * row is CRF_DENSE, then a signed byte for each state, padded with zeros to CRF_DENSE_PAD bytes. `row` counts units; 0 is a
 * free slot, row data begin at 1. */
#ifndef TT_CRF_FORMAT_H
#define TT_CRF_FORMAT_H

#include <stdint.h>

enum { CRF_VERSION = 3, CRF_SLOT_BITS_MAX = 24, CRF_DENSE = 0xFFFF, CRF_DENSE_PAD = 16 };

typedef struct {
    uint32_t version, states, classes, slot_bits, row_units;
    float scale;
} crf_header;

typedef struct {
    uint32_t check; /* upper half of the feature's hash */
    uint32_t row;
} crf_slot;

typedef struct {
    uint8_t low, high; /* length of a row; or state and weight */
} crf_unit;

#endif
