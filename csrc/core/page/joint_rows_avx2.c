/* joint_rows_avx2.c - the same classes for processors with AVX2. */
#include "page/joint_rows.h"

#if TT_X86
#include <immintrin.h>

enum { HALF = TT_LANES / 2 };

TT_AVX2 static inline __m256i equal(__m256i x, int byte)
{
    return _mm256_cmpeq_epi8(x, _mm256_set1_epi8((char)byte));
}

/* first <= byte <= last */
TT_AVX2 static inline __m256i within(__m256i x, int first, int last)
{
    __m256i over = _mm256_sub_epi8(x, _mm256_set1_epi8((char)first));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(over, _mm256_set1_epi8((char)(last - first))), over);
}

TT_AVX2 static inline __m256i odd(__m256i x)
{
    return equal(_mm256_and_si256(x, _mm256_set1_epi8(1)), 1);
}

TT_AVX2 static inline uint64_t bits(__m256i x)
{
    return (uint32_t)_mm256_movemask_epi8(x);
}

/* Zeros from the end of the text on. */
TT_AVX2 static inline __m256i load(tt_str text, size_t at)
{
    char rest[HALF] = {0};
    if (text.len >= at + HALF)
        return _mm256_loadu_si256((const __m256i *)(const void *)(text.ptr + at));
    if (at < text.len)
        memcpy(rest, text.ptr + at, text.len - at);
    return _mm256_loadu_si256((const __m256i *)(const void *)rest);
}

/* Of half a row. */
TT_AVX2 static inline tt_joint_classes half_of(tt_str text, size_t i)
{
    __m256i x = load(text, i), one = load(text, i + 1), two = load(text, i + 2);
    __m256i c3 = equal(x, 0xC3), c4 = equal(x, 0xC4), e1 = equal(x, 0xE1);
    __m256i small3 = _mm256_andnot_si256(within(one, 0x80, 0x9F), c3);
    __m256i small4 = _mm256_and_si256(c4, _mm256_and_si256(within(one, 0x80, 0xB7), odd(one)));
    __m256i small6 = _mm256_and_si256(equal(x, 0xC6), _mm256_or_si256(equal(one, 0xA1), equal(one, 0xB0)));
    __m256i small1 = _mm256_and_si256(e1, _mm256_and_si256(within(one, 0xBA, 0xBB), odd(two)));
    __m256i small = _mm256_or_si256(_mm256_or_si256(small3, small4), _mm256_or_si256(small6, small1));
    __m256i wide = _mm256_andnot_si256(small, _mm256_or_si256(_mm256_or_si256(c3, c4), e1));
    return (tt_joint_classes){bits(_mm256_or_si256(within(x, 'A', 'Z'), wide)),
                              bits(_mm256_andnot_si256(small, within(x, 0xC2, 0xFF))), bits(equal(x, ','))};
}

TT_AVX2 void tt__joint_avx2(tt_joint_classes *out, tt_str text, size_t row, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        tt_joint_classes low = half_of(text, (row + i) * TT_LANES), high = half_of(text, (row + i) * TT_LANES + HALF);
        out[i] = (tt_joint_classes){low.capital | high.capital << HALF, low.first | high.first << HALF,
                                    low.comma | high.comma << HALF};
    }
}
#else
typedef int tt_no_avx2_joint; /* a file must declare something */
#endif
