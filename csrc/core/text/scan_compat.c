/* scan_compat.c - where a text may not be NFKC: byte comparisons without branches, which become vector code. */
#include "text/scan.h"

#include <string.h>

enum { AFTER = 2 }; /* bytes that are looked at beyond the last */

/* Does a code point that begins in the block change, or join what stands before? Of the Latin letters U+0132, U+0133, U+013F,
 * U+0140, U+0149 and U+017F change, and U+1E9A and U+1E9B; U+0141 and U+0148 are taken with them. Each test is a line of its
 * own: gcc makes a bit table of three in a row, and no vector code. */
TT_TWICE unsigned char odd_bytes(const unsigned char *at)
{
    unsigned char odd = 0;
    for (int i = 0; i < TT_SCAN_BLOCK; i++) {
        unsigned char byte = at[i], next = at[i + 1], third = at[i + 2];
        unsigned char known = (byte == 0xE2) & (next == 0x80) & ((unsigned char)(third - 0x92) < 0x12);
        known |= (byte == 0xE1) & ((next & 0xFC) == 0xB8);
        odd |= (byte >= 0xC7) & !known;
        odd |= (byte == 0xC2);
        odd |= (byte == 0xE2) & (third == 0x97);
        odd |= (next == 0xBA) & ((third & 0xFE) == 0x9A);
        odd |= (byte == 0xC4) & ((next & 0xFE) == 0xB2);
        odd |= (byte == 0xC5) & ((next & 0xF6) == 0x80);
        odd |= ((byte & 0xFE) == 0xC4) & (next == 0xBF);
    }
    return odd;
}

TT_TWICE bool is_odd_step(const unsigned char *at)
{
    unsigned char odd = 0;
    for (const unsigned char *end = at + TT_CP_STEP; at < end; at += TT_SCAN_BLOCK)
        odd |= odd_bytes(at);
    return odd != 0;
}

TT_AVX2 static bool is_odd_step_avx2(const unsigned char *at)
{
    return is_odd_step(at);
}

void tt__scan_compat(uint64_t *odd, tt_str text)
{
    const bool avx2 = tt__cpu() >= TT_CPU_AVX2;
    for (size_t step = 0; step < TT_SCAN_STEPS(text.len); step++) {
        unsigned char bytes[TT_CP_STEP + AFTER] = {0};
        const unsigned char *at = bytes;
        size_t start = step * TT_CP_STEP, left = text.len - start;
        if (left >= sizeof bytes)
            at = (const unsigned char *)text.ptr + start;
        else if (left != 0)
            memcpy(bytes, text.ptr + start, left);
        odd[step / 64] |= (uint64_t)(avx2 ? is_odd_step_avx2(at) : is_odd_step(at)) << step % 64;
    }
}
