/* random_chain.h - a chain that knows the features it is given, for tests that compare it with its definition. */
#ifndef RANDOM_CHAIN_H
#define RANDOM_CHAIN_H

#include "learn/crf_impl.h"
#include "tt_test.h"

enum { CHAIN_CLASSES = 3 };

/* Weights (features x states) and transitions (classes x states x states) as they were before packing. */
typedef struct {
    uint64_t *hashes; /* of `count` features; the caller's */
    size_t count;
    uint32_t labels, states;
    float *weights, *trans;
    uint8_t *allowed;
    tt_buf section;
    tt_crf *crf;
} random_chain;

/* Below `below`, the same for the same a and b. */
int chain_draw(uint64_t a, uint64_t b, int below);

/* Of BILOU states of so many labels. Weights of a feature for none, few, some or all states, in whole steps of the scale, so
 * that packing loses nothing. */
void chain_make(random_chain *out, tt_test *t, uint64_t *hashes, size_t count, uint32_t labels);
void chain_free(random_chain *c);

#endif
