/* lexicon_format.h - bytes of the sections "lexicon" and "cluster"; little-endian, written and read as they lie.
 *
 * lexicon: header, masks[mask_count], node_masks[node_count] padded to 8 bytes, slots[1 << slot_bits], names padded to 8 bytes,
 * and, where the lexicon knows kinds, their header, sets[set_count] (tt_kind_set) and node_sets[node_count].
 * A node is a sequence of token keys from the root (node 0). An edge is found by open addressing on the hash of parent and
 * token key; `check` is the upper half of that hash, so a false edge has odds of 2^-32. Names are NUL-closed. */
#ifndef TT_LEXICON_FORMAT_H
#define TT_LEXICON_FORMAT_H

#include <stdint.h>

enum { LEXICON_VERSION = 1, CLASS_MAX = 64, NODE_MAX = 1 << 24, SLOT_BITS_MAX = 25 };

typedef struct {
    uint32_t version, class_count, node_count, mask_count, slot_bits, names_len;
} lexicon_header;

typedef struct {
    uint64_t capital, small; /* classes of entries whose first token has a capital; of the others */
} lexicon_mask;

typedef struct {
    uint32_t check, child; /* child 0: free */
} lexicon_slot;

typedef struct {
    uint32_t set_count, zero;
} lexicon_kinds_header;

/* cluster: header, slots[1 << slot_bits]; a slot with coarse 0 is free. */
typedef struct {
    uint32_t version, slot_bits;
} cluster_header;

typedef struct {
    uint32_t check;
    uint16_t coarse, middle, fine, zero;
} cluster_slot;

#endif
