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
