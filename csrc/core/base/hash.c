/* hash.c - hash of a byte string, eight bytes a step, read as little-endian. */
#include "base/hash.h"

static uint64_t read_le(const unsigned char *at, size_t len)
{
    uint64_t word = 0;
    for (size_t i = 0; i < len; i++)
        word |= (uint64_t)at[i] << (8 * i);
    return word;
}

uint64_t tt__hash(const void *bytes, size_t len, uint64_t seed)
{
    const unsigned char *at = bytes;
    uint64_t state = tt__pair(seed, len);
    for (; len >= 8; at += 8, len -= 8)
        state = tt__pair(state, read_le(at, 8));
    return len ? tt__pair(state, read_le(at, len)) : state;
}

uint64_t tt__checksum(const void *bytes, size_t len)
{
    enum { LANES = 8 };
    const unsigned char *at = bytes;
    uint64_t lanes[LANES] = {1, 2, 3, 4, 5, 6, 7, 8}, sum = len;
    for (; len >= 8 * LANES; at += 8 * LANES, len -= 8 * LANES)
        for (int k = 0; k < LANES; k++) { /* every flipped bit changes its lane for good: xor, odd multiplier, rotation */
            uint64_t x = (lanes[k] ^ read_le(at + 8 * k, 8)) * UINT64_C(0x9E3779B97F4A7C15);
            lanes[k] = x << 31 | x >> 33;
        }
    for (int k = 0; k < LANES; k++)
        sum = tt__pair(sum, lanes[k]);
    return tt__pair(sum, tt__hash(at, len, 5));
}
