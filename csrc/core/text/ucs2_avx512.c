/* ucs2_avx512.c - 16-bit code points to UTF-8 for processors with AVX-512 that pick bytes out of registers.
 *
 * Sixteen code points are encoded at a time, each in 32 bits: one instruction takes the six bits of each byte from their
 * places, and another one moves the bytes that count together. */
#include "text/ucs2.h"

#if TT_X86
#include <immintrin.h>

enum { WIDE = 32 }; /* code points looked at at a time */

/* Of 64 bits with two code points: where the bits of each byte begin, for code points of one, two and three bytes. */
#define PLACES(first, second, third)                                                                                           \
    _mm512_set1_epi64((int64_t)((first) | (second) << 8 | (third) << 16 | (uint64_t)((first) + 32) << 32 |                     \
                                (uint64_t)((second) + 32) << 40 | (uint64_t)((third) + 32) << 48))

TT_AVX512 static inline __mmask32 within(__m512i units, const tt_ucs2_range *range)
{
    __m512i over = _mm512_sub_epi16(units, _mm512_set1_epi16((short)range->first));
    return _mm512_cmple_epu16_mask(over, _mm512_set1_epi16((short)range->more));
}

TT_AVX512 static inline __mmask32 is(__m512i units, int unit)
{
    return _mm512_cmpeq_epi16_mask(units, _mm512_set1_epi16((short)unit));
}

TT_AVX512 static inline __mmask32 quiet_units(__m512i units)
{
    const tt_ucs2_range *ranges = tt__ucs2_quiet;
    __mmask32 loud = is(_mm512_andnot_si512(_mm512_set1_epi16(0x20), units), 0xD0); /* U+00D0 U+00F0 */
    __mmask32 low = within(units, &ranges[0]) | is(units, '\n'), latin = within(units, &ranges[1]) | within(units, &ranges[2]);
    return (low | latin | within(units, &ranges[3]) | within(units, &ranges[4])) & ~loud;
}

TT_AVX512 static inline char *put(char *out, __m256i units)
{
    __m512i points = _mm512_cvtepu16_epi32(units), places = PLACES(0, 0, 0), bits = _mm512_set1_epi32(0x7F);
    __m512i heads = _mm512_setzero_si512();
    __mmask16 two = _mm512_cmpgt_epi32_mask(points, bits), three = _mm512_cmpgt_epi32_mask(points, _mm512_set1_epi32(0x7FF));
    places = _mm512_mask_mov_epi32(_mm512_mask_mov_epi32(places, two, PLACES(6, 0, 0)), three, PLACES(12, 6, 0));
    bits = _mm512_mask_mov_epi32(bits, two, _mm512_set1_epi32(0x3F1F));
    bits = _mm512_mask_mov_epi32(bits, three, _mm512_set1_epi32(0x3F3F0F));
    heads = _mm512_mask_mov_epi32(heads, two, _mm512_set1_epi32(0x80C0));
    heads = _mm512_mask_mov_epi32(heads, three, _mm512_set1_epi32(0x8080E0));
    __m512i bytes = _mm512_multishift_epi64_epi8(places, points);
    bytes = _mm512_or_si512(_mm512_and_si512(bytes, bits), heads);
    __mmask64 count = _mm512_test_epi8_mask(bits, bits);
    _mm512_storeu_si512(out, _mm512_maskz_compress_epi8(count, bytes));
    return out + __builtin_popcountll(count);
}

TT_AVX512 tt_ucs2 tt__ucs2_encode_avx512(char *out, const uint16_t *text, size_t len)
{
    __mmask32 quiet = UINT32_MAX, joined = 0;
    char *at = out;
    for (size_t i = 0; i < len; i += WIDE) {
        __mmask32 there = len - i < WIDE ? (UINT32_C(1) << (len - i)) - 1 : UINT32_MAX;
        __m512i units = _mm512_mask_loadu_epi16(_mm512_set1_epi16(' '), there, text + i);
        quiet &= quiet_units(units);
        joined |= is(units, '&');
        at = put(at, _mm512_castsi512_si256(units));
        at = put(at, _mm512_extracti64x4_epi64(units, 1));
    }
    size_t blanks = (WIDE - len % WIDE) % WIDE; /* behind the last one */
    return (tt_ucs2){(size_t)(at - out) - blanks, quiet == UINT32_MAX, joined != 0};
}
#else
typedef int tt_no_avx512_ucs2; /* a file must declare something */
#endif
