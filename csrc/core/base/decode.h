/* decode.h - code points to UTF-8 and back. */
#ifndef TT_BASE_DECODE_H
#define TT_BASE_DECODE_H

#include "tintuc/base.h"

/* Decode the code point at `at` of valid UTF-8; *len is its bytes (1-4). */
static inline uint32_t tt__decode(const char *at, uint32_t *len)
{
    const unsigned char *b = (const unsigned char *)at;
    if (b[0] < 0x80) {
        *len = 1;
        return b[0];
    }
    if (b[0] < 0xE0) {
        *len = 2;
        return (uint32_t)(b[0] & 0x1F) << 6 | (b[1] & 0x3F);
    }
    if (b[0] < 0xF0) {
        *len = 3;
        return (uint32_t)(b[0] & 0x0F) << 12 | (uint32_t)(b[1] & 0x3F) << 6 | (b[2] & 0x3F);
    }
    *len = 4;
    return (uint32_t)(b[0] & 0x07) << 18 | (uint32_t)(b[1] & 0x3F) << 12 | (uint32_t)(b[2] & 0x3F) << 6 | (b[3] & 0x3F);
}

/* Write `cp` as UTF-8; gives its bytes (1-4). */
static inline size_t tt__encode(char out[4], uint32_t cp)
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    size_t len = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (size_t i = len - 1; i > 0; i--, cp >>= 6)
        out[i] = (char)(0x80 | (cp & 0x3F));
    out[0] = (char)((0xF00u >> len & 0xFF) | cp);
    return len;
}

/* Does the byte continue a code point? */
static inline bool tt__is_tail(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

#endif
