/* ucs2_avx2.c - 16-bit code points to UTF-8 for processors with AVX2.
 *
 * Eight code points are encoded at a time, each in 32 bits; then the bytes of four move together by a shuffle from a table, and
 * all 16 bytes are stored: nothing but how far the next ones go depends on which code points they are. */
#include "text/ucs2.h"

#if TT_X86
#include <immintrin.h>
#include <string.h>

#include "text/utf8_pack_table.inc"

#define TT_UCS2_TARGET __attribute__((target("avx2,popcnt")))
enum { WIDE = 16, STEP = 8 }; /* code points looked at and encoded at a time */

/* Is it in the range? As all ones. */
TT_UCS2_TARGET static inline __m256i within(__m256i units, const tt_ucs2_range *range)
{
    __m256i over = _mm256_sub_epi16(units, _mm256_set1_epi16((short)range->first));
    return _mm256_cmpeq_epi16(_mm256_min_epu16(over, _mm256_set1_epi16((short)range->more)), over);
}

TT_UCS2_TARGET static inline __m256i is(__m256i units, int unit)
{
    return _mm256_cmpeq_epi16(units, _mm256_set1_epi16((short)unit));
}

/* "&" in *joined, too. */
TT_UCS2_TARGET static inline __m256i quiet_units(__m256i *joined, __m256i units)
{
    const tt_ucs2_range *ranges = tt__ucs2_quiet;
    __m256i eth = is(_mm256_andnot_si256(_mm256_set1_epi16(0x20), units), 0xD0); /* U+00D0 U+00F0 */
    __m256i low = _mm256_or_si256(within(units, &ranges[0]), is(units, '\n'));
    __m256i latin = _mm256_or_si256(within(units, &ranges[1]), within(units, &ranges[2]));
    __m256i others = _mm256_or_si256(within(units, &ranges[3]), within(units, &ranges[4]));
    *joined = _mm256_or_si256(*joined, is(units, '&'));
    return _mm256_andnot_si256(eth, _mm256_or_si256(_mm256_or_si256(low, latin), others));
}

/* The bytes of each code point, the first one lowest; all ones in *two and *three where it has as many or more. */
TT_UCS2_TARGET static inline __m256i bytes_of(__m256i *two, __m256i *three, __m256i points)
{
    __m256i middle = _mm256_and_si256(_mm256_slli_epi32(points, 2), _mm256_set1_epi32(0x3F00));
    __m256i last = _mm256_and_si256(_mm256_slli_epi32(points, 16), _mm256_set1_epi32(0x3F0000));
    __m256i apart = _mm256_or_si256(_mm256_or_si256(_mm256_srli_epi32(points, 12), middle), last); /* six bits a byte */
    __m256i as_two = _mm256_or_si256(_mm256_srli_epi32(apart, 8), _mm256_set1_epi32(0x80C0));
    __m256i as_three = _mm256_or_si256(apart, _mm256_set1_epi32(0x8080E0));
    *two = _mm256_cmpgt_epi32(points, _mm256_set1_epi32(0x7F));
    *three = _mm256_cmpgt_epi32(points, _mm256_set1_epi32(0x7FF));
    return _mm256_blendv_epi8(_mm256_blendv_epi8(points, as_two, *two), as_three, *three);
}

TT_UCS2_TARGET static inline char *put_four(char *out, __m128i bytes, unsigned lens)
{
    __m128i pack = _mm_loadu_si128((const __m128i *)(const void *)UTF8_PACKS[lens]);
    _mm_storeu_si128((__m128i *)(void *)out, _mm_shuffle_epi8(bytes, pack));
    return out + 4 + __builtin_popcount(lens);
}

TT_UCS2_TARGET static inline char *put_eight(char *out, __m128i units)
{
    __m256i two, three, bytes = bytes_of(&two, &three, _mm256_cvtepu16_epi32(units));
    unsigned twos = (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(two));
    unsigned threes = (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(three));
    out = put_four(out, _mm256_castsi256_si128(bytes), (twos & 0x0F) | (threes & 0x0F) << 4);
    return put_four(out, _mm256_extracti128_si256(bytes, 1), twos >> 4 | (threes & 0xF0));
}

TT_UCS2_TARGET tt_ucs2 tt__ucs2_encode_avx2(char *out, const uint16_t *text, size_t len)
{
    __m256i quiet = _mm256_set1_epi16(-1), joined = _mm256_setzero_si256(), units;
    uint16_t last[WIDE];
    char *at = out;
    size_t i = 0;
    for (; len - i >= WIDE; i += WIDE) {
        units = _mm256_loadu_si256((const __m256i *)(const void *)(text + i));
        quiet = _mm256_and_si256(quiet, quiet_units(&joined, units));
        at = put_eight(at, _mm256_castsi256_si128(units));
        at = put_eight(at, _mm256_extracti128_si256(units, 1));
    }
    _mm256_storeu_si256((__m256i *)(void *)last, _mm256_set1_epi16(' '));
    if (i < len)
        memcpy(last, text + i, (len - i) * sizeof *text);
    units = _mm256_loadu_si256((const __m256i *)(const void *)last);
    quiet = _mm256_and_si256(quiet, quiet_units(&joined, units));
    at = put_eight(at, _mm256_castsi256_si128(units));
    at = put_eight(at, _mm256_extracti128_si256(units, 1));
    size_t blanks = WIDE - (len - i); /* behind the last one */
    return (tt_ucs2){(size_t)(at - out) - blanks, _mm256_movemask_epi8(quiet) == -1, _mm256_movemask_epi8(joined) != 0};
}
#else
typedef int tt_no_wide_ucs2; /* a file must declare something */
#endif
