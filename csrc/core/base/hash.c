/* hash.c - hash of a byte string, eight bytes a step, read as little-endian. */
#include "base/hash.h"

/* `len` is a constant wherever it is called, so that this is one load. */
static uint64_t read_le(const unsigned char *at, size_t len)
{
    uint64_t word = 0;
    for (size_t i = 0; i < len; i++)
        word |= (uint64_t)at[i] << (8 * i);
    return word;
}

/* Of 1 to 7 bytes, in reads that overlap rather than in a loop whose length nobody can foretell. */
static uint64_t read_last(const unsigned char *at, size_t len)
{
    if (len >= 4)
        return read_le(at, 4) | read_le(at + len - 4, 4) << (8 * (len - 4));
    return (uint64_t)at[0] | (uint64_t)at[len / 2] << (8 * (len / 2)) | (uint64_t)at[len - 1] << (8 * (len - 1));
}

uint64_t tt__hash(const void *bytes, size_t len, uint64_t seed)
{
    const unsigned char *at = bytes;
    uint64_t state = tt__pair(seed, len);
    for (; len >= 8; at += 8, len -= 8)
        state = tt__pair(state, read_le(at, 8));
    return len ? tt__pair(state, read_last(at, len)) : state;
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
