/* joint_rows_avx2.c - the same classes for processors with AVX2. What is put together counts by the highest bit of each byte.
 */
#include "page/joint_rows.h"

#if TT_X86
#include <immintrin.h>

enum { HALF = TT_LANES / 2, AHEAD = 2 }; /* bytes looked at at a time, and behind them */

TT_AVX2 static inline __m256i load(const char *at)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)at);
}

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
    return _mm256_slli_epi16(x, 7);
}

TT_AVX2 static inline __m256i either(__m256i x, __m256i y)
{
    return _mm256_or_si256(x, y);
}

TT_AVX2 static inline __m256i both(__m256i x, __m256i y)
{
    return _mm256_and_si256(x, y);
}

TT_AVX2 static inline void put(uint64_t *to, int half, __m256i x)
{
    int bits = _mm256_movemask_epi8(x);
    memcpy((char *)to + half * sizeof bits, &bits, sizeof bits);
}

/* Of half a row, and what is AHEAD. */
TT_AVX2 static inline void put_half(tt_joint_classes *out, int half, const char *at)
{
    __m256i x = load(at), one = load(at + 1), two = load(at + 2);
    __m256i c3 = equal(x, 0xC3), c4 = equal(x, 0xC4), e1 = equal(x, 0xE1);
    __m256i small3 = _mm256_andnot_si256(within(one, 0x80, 0x9F), c3);
    __m256i small4 = both(both(c4, within(one, 0x80, 0xB7)), odd(one));
    __m256i small6 = both(equal(x, 0xC6), either(equal(one, 0xA1), equal(one, 0xB0)));
    __m256i small1 = both(both(e1, within(one, 0xBA, 0xBB)), odd(two));
    __m256i small = either(either(small3, small4), either(small6, small1));
    put(&out->capital, half, either(within(x, 'A', 'Z'), _mm256_andnot_si256(small, either(either(c3, c4), e1))));
    put(&out->first, half, _mm256_andnot_si256(small, within(x, 0xC2, 0xFF)));
    put(&out->comma, half, equal(x, ','));
}

TT_AVX2 void tt__joint_avx2(tt_joint_classes *out, tt_str text, size_t row, size_t count)
{
    char last[TT_LANES + AHEAD]; /* zeros from the end of the text on */
    for (size_t i = 0; i < count; i++) {
        size_t begin = (row + i) * TT_LANES, left = text.len > begin ? text.len - begin : 0;
        const char *at = text.ptr + begin;
        if (left < sizeof last) {
            memset(last, 0, sizeof last);
            if (left != 0)
                memcpy(last, at, left);
            at = last;
        }
        put_half(&out[i], 0, at);
        put_half(&out[i], 1, at + HALF);
    }
}
#else
typedef int tt_no_avx2_joint; /* a file must declare something */
#endif
