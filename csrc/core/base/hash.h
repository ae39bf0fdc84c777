/* hash.h - 64-bit mixing for hash tables and the model's checksum; the same on every machine. */
#ifndef TT_BASE_HASH_H
#define TT_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* Finalizer with full avalanche (constants of David Stafford's "Mix13", 2011). */
static inline uint64_t tt__mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

/* Order matters: pair(a, b) != pair(b, a). */
static inline uint64_t tt__pair(uint64_t a, uint64_t b)
{
    return tt__mix(a * UINT64_C(0x9E3779B97F4A7C15) + b);
}

uint64_t tt__hash(const void *bytes, size_t len, uint64_t seed);

/* Checksum of a large block: eight lanes, so that it runs at memory speed. */
uint64_t tt__checksum(const void *bytes, size_t len);

#endif
