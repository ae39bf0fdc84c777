/* ucs2_avx2.c - 16-bit code points to UTF-8 for processors with AVX2.
 *
 * Eight code points are encoded at a time, each in 32 bits. Two of them lie in one 64-bit lane; the second is shifted down to
 * where the first one ends, so that a lane holds the bytes of both in a row, and is stored as a whole: nothing depends on which
 * code points they are. */
#include "text/ucs2.h"

#if TT_X86
#include <immintrin.h>
#include <string.h>

#define TT_UCS2_TARGET __attribute__((target("avx2,popcnt")))
enum { WIDE = 16, STEP = 8 }; /* code points measured and encoded at a time */

/* first <= unit <= last, as all ones */
TT_UCS2_TARGET static inline __m256i within(__m256i units, int first, int last)
{
    __m256i over = _mm256_sub_epi16(units, _mm256_set1_epi16((short)first));
    return _mm256_cmpeq_epi16(_mm256_min_epu16(over, _mm256_set1_epi16((short)(last - first))), over);
}

TT_UCS2_TARGET static inline __m256i is(__m256i units, int unit)
{
    return _mm256_cmpeq_epi16(units, _mm256_set1_epi16((short)unit));
}

/* Letters of Vietnamese and its neighbours, ASCII but for control characters and "&", dashes and quotes: fewer than those of
 * quiet.c, which no page in Vietnamese misses. */
TT_UCS2_TARGET static inline __m256i quiet_units(__m256i units)
{
    __m256i eth = is(_mm256_andnot_si256(_mm256_set1_epi16(0x20), units), 0xD0); /* U+00D0 U+00F0 */
    __m256i loud = _mm256_or_si256(_mm256_or_si256(eth, is(units, 0xAD)), is(units, '&'));
    __m256i ascii = _mm256_or_si256(within(units, 0x20, 0x7E), within(units, '\t', '\n'));
    __m256i latin = _mm256_or_si256(within(units, 0xA1, 0x17F), within(units, 0x1A0, 0x1B0));
    __m256i others = _mm256_or_si256(within(units, 0x1E00, 0x1EFF), within(units, 0x2010, 0x2027));
    return _mm256_andnot_si256(loud, _mm256_or_si256(_mm256_or_si256(ascii, latin), others));
}

typedef struct {
    __m256i quiet, halves; /* all ones where all are quiet; not zero where one is half a pair */
    size_t more;           /* bytes beyond one each */
} tally;

TT_UCS2_TARGET static inline void add_units(tally *t, __m256i units)
{
    __m256i two = within(units, 0, 0x7F), three = within(units, 0, 0x7FF); /* less than that many bytes */
    t->quiet = _mm256_and_si256(t->quiet, quiet_units(units));
    t->halves = _mm256_or_si256(t->halves, within(units, 0xD800, 0xDFFF));
    uint64_t less = (uint32_t)_mm256_movemask_epi8(two) | (uint64_t)(uint32_t)_mm256_movemask_epi8(three) << 32;
    t->more += 2 * WIDE - (size_t)__builtin_popcountll(less) / 2;
}

TT_UCS2_TARGET tt_ucs2 tt__ucs2_measure_avx2(const uint16_t *text, size_t len)
{
    tally t = {_mm256_set1_epi16(-1), _mm256_setzero_si256(), 0};
    uint16_t last[WIDE];
    size_t i = 0;
    for (; len - i >= WIDE; i += WIDE)
        add_units(&t, _mm256_loadu_si256((const __m256i *)(const void *)(text + i)));
    for (size_t k = 0; k < WIDE; k++)
        last[k] = k < len - i ? text[i + k] : ' ';
    add_units(&t, _mm256_loadu_si256((const __m256i *)(const void *)last));
    return (tt_ucs2){len + t.more, !_mm256_testz_si256(t.halves, t.halves), _mm256_movemask_epi8(t.quiet) == -1};
}

/* The bytes of each code point, the first one lowest; all ones in *two and *three where it has as many or more. */
TT_UCS2_TARGET static inline __m256i bytes_of(__m256i *two, __m256i *three, __m256i points)
{
    __m256i low = _mm256_set1_epi32(0x3F), tail = _mm256_set1_epi32(0x80);
    __m256i last = _mm256_or_si256(tail, _mm256_and_si256(points, low));
    __m256i middle = _mm256_or_si256(tail, _mm256_and_si256(_mm256_srli_epi32(points, 6), low));
    __m256i lead_two = _mm256_or_si256(_mm256_set1_epi32(0xC0), _mm256_srli_epi32(points, 6));
    __m256i lead_three = _mm256_or_si256(_mm256_set1_epi32(0xE0), _mm256_srli_epi32(points, 12));
    __m256i as_two = _mm256_or_si256(lead_two, _mm256_slli_epi32(last, 8));
    __m256i tails = _mm256_or_si256(_mm256_slli_epi32(middle, 8), _mm256_slli_epi32(last, 16));
    *two = _mm256_cmpgt_epi32(points, _mm256_set1_epi32(0x7F));
    *three = _mm256_cmpgt_epi32(points, _mm256_set1_epi32(0x7FF));
    __m256i out = _mm256_blendv_epi8(points, as_two, *two);
    return _mm256_blendv_epi8(out, _mm256_or_si256(lead_three, tails), *three);
}

TT_UCS2_TARGET static inline char *put_pair(char *out, uint64_t bytes, unsigned more)
{
    memcpy(out, &bytes, sizeof bytes);
    return out + 2 + __builtin_popcount(more);
}

TT_UCS2_TARGET static inline char *encode_step(char *out, __m128i units)
{
    __m256i two, three, bytes = bytes_of(&two, &three, _mm256_cvtepu16_epi32(units));
    __m256i bits = _mm256_set1_epi32(8), first = _mm256_set1_epi64x(0xFFFFFFFF);
    __m256i more = _mm256_add_epi32(_mm256_and_si256(two, bits), _mm256_and_si256(three, bits));
    __m256i shift = _mm256_add_epi64(_mm256_and_si256(more, first), _mm256_set1_epi64x(8)); /* bits of the first */
    __m256i second = _mm256_sllv_epi64(_mm256_srli_epi64(bytes, 32), shift);
    __m256i pairs = _mm256_or_si256(_mm256_and_si256(bytes, first), second);
    unsigned lens = (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(two)) |
                    (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(three)) << STEP;
    __m128i low = _mm256_castsi256_si128(pairs), high = _mm256_extracti128_si256(pairs, 1);
    out = put_pair(out, (uint64_t)_mm_cvtsi128_si64(low), lens & 0x0303);
    out = put_pair(out, (uint64_t)_mm_extract_epi64(low, 1), lens & 0x0C0C);
    out = put_pair(out, (uint64_t)_mm_cvtsi128_si64(high), lens & 0x3030);
    return put_pair(out, (uint64_t)_mm_extract_epi64(high, 1), lens & 0xC0C0);
}

TT_UCS2_TARGET char *tt__ucs2_encode_avx2(char *out, const uint16_t *text, size_t len)
{
    for (; len >= STEP; len -= STEP, text += STEP)
        out = encode_step(out, _mm_loadu_si128((const __m128i *)(const void *)text));
    return tt__ucs2_encode_plain(out, text, len);
}
#else
typedef int tt_no_wide_ucs2; /* a file must declare something */
#endif
