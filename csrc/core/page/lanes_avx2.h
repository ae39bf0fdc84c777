/* lanes_avx2.h - lanes.h in two registers, for functions that say TT_AVX2 and are called only where the processor has it. */
#ifndef TT_PAGE_LANES_AVX2_H
#define TT_PAGE_LANES_AVX2_H

#include "base/cpu.h"
#include "page/lanes.h"

#if TT_X86
#include <immintrin.h>

typedef struct {
    __m256i a, b;
} tt_wide; /* as tt_lanes */

TT_AVX2 static inline tt_wide tt__wide_load(const char *at)
{
    const __m256i *v = (const __m256i *)(const void *)at;
    return (tt_wide){_mm256_loadu_si256(v), _mm256_loadu_si256(v + 1)};
}

TT_AVX2 static inline tt_wide tt__wide_eq(const tt_wide *bytes, unsigned char c)
{
    __m256i v = _mm256_set1_epi8((char)c);
    return (tt_wide){_mm256_cmpeq_epi8(bytes->a, v), _mm256_cmpeq_epi8(bytes->b, v)};
}

/* first <= byte <= first + more */
TT_AVX2 static inline tt_wide tt__wide_in(const tt_wide *bytes, unsigned char first, unsigned char more)
{
    __m256i f = _mm256_set1_epi8((char)first), m = _mm256_set1_epi8((char)more);
    __m256i a = _mm256_sub_epi8(bytes->a, f), b = _mm256_sub_epi8(bytes->b, f);
    return (tt_wide){_mm256_cmpeq_epi8(_mm256_min_epu8(a, m), a), _mm256_cmpeq_epi8(_mm256_min_epu8(b, m), b)};
}

TT_AVX2 static inline tt_wide tt__wide_or(tt_wide x, tt_wide y)
{
    return (tt_wide){_mm256_or_si256(x.a, y.a), _mm256_or_si256(x.b, y.b)};
}

TT_AVX2 static inline tt_wide tt__wide_and(tt_wide x, tt_wide y)
{
    return (tt_wide){_mm256_and_si256(x.a, y.a), _mm256_and_si256(x.b, y.b)};
}

TT_AVX2 static inline uint64_t tt__wide_bits(tt_wide yes)
{
    return (uint32_t)_mm256_movemask_epi8(yes.a) | (uint64_t)(uint32_t)_mm256_movemask_epi8(yes.b) << 32;
}

/* As tt__lanes_at. */
TT_AVX2 static inline tt_wide tt__wide_at(const char *at, const char *end)
{
    char rest[TT_LANES];
    tt__step(1);
    if (end - at >= TT_LANES)
        return tt__wide_load(at);
    memset(rest, 0, sizeof rest);
    memcpy(rest, at, (size_t)(end - at));
    return tt__wide_load(rest);
}
#endif
#endif
