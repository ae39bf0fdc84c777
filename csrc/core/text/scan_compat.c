/* scan_compat.c - where a text may not be NFKC: byte comparisons without branches, which become vector code. */
#include "text/scan.h"

#include <string.h>

enum { AFTER = 2 }; /* bytes that are looked at beyond the last */

/* Does a code point that begins here change, or join what stands before? Of the Latin letters U+0132, U+0133, U+013F, U+0140,
 * U+0149 and U+017F change, and U+1E9A and U+1E9B. */
static unsigned char is_odd(unsigned char byte, unsigned char next, unsigned char third)
{
    unsigned char c4 = (byte == 0xC4) & ((next == 0xB2) | (next == 0xB3) | (next == 0xBF));
    unsigned char c5 = (byte == 0xC5) & ((next == 0x80) | (next == 0x89) | (next == 0xBF));
    unsigned char e1 = (byte == 0xE1) & ((next & 0xFC) == 0xB8) & !((next == 0xBA) & ((third & 0xFE) == 0x9A));
    unsigned char e2 = (byte == 0xE2) & (next == 0x80) & (third >= 0x92) & (third <= 0xA3) & (third != 0x97);
    return (unsigned char)((byte == 0xC2) | c4 | c5 | ((byte >= 0xC7) & !(e1 | e2)));
}

TT_CLONES static bool is_odd_step(const unsigned char *at)
{
    unsigned char odd = 0;
    for (size_t i = 0; i < TT_CP_STEP; i++)
        odd |= is_odd(at[i], at[i + 1], at[i + 2]);
    return odd != 0;
}

void tt__scan_compat(uint64_t *odd, tt_str text)
{
    for (size_t step = 0; step < TT_SCAN_STEPS(text.len); step++) {
        unsigned char bytes[TT_CP_STEP + AFTER] = {0};
        const unsigned char *at = bytes;
        size_t start = step * TT_CP_STEP, left = text.len - start;
        if (left >= sizeof bytes)
            at = (const unsigned char *)text.ptr + start;
        else if (left != 0)
            memcpy(bytes, text.ptr + start, left);
        odd[step / 64] |= (uint64_t)is_odd_step(at) << step % 64;
    }
}
