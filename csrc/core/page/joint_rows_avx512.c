/* joint_rows_avx512.c - the same classes for processors with AVX-512, whose comparisons ask of some bytes only. */
#include "page/joint_rows.h"

#if TT_X86
#include <immintrin.h>

TT_AVX512 static inline __m512i all(int byte)
{
    return _mm512_set1_epi8((char)byte);
}

/* Zeros from the end of the text on. */
TT_AVX512 static inline __m512i load(tt_str text, size_t at)
{
    if (text.len >= at + TT_LANES)
        return _mm512_loadu_si512(text.ptr + at);
    return at < text.len ? _mm512_maskz_loadu_epi8(tt__first_bits(text.len - at), text.ptr + at) : _mm512_setzero_si512();
}

TT_AVX512 static inline tt_joint_classes classes_of(tt_str text, size_t row)
{
    size_t i = row * TT_LANES;
    __m512i x = load(text, i), one = load(text, i + 1), two = load(text, i + 2);
    __mmask64 first = _mm512_cmpge_epu8_mask(x, all(0xC2)), c3 = _mm512_cmpeq_epi8_mask(x, all(0xC3));
    __mmask64 c4 = _mm512_cmpeq_epi8_mask(x, all(0xC4)), c6 = _mm512_cmpeq_epi8_mask(x, all(0xC6));
    __mmask64 e1 = _mm512_cmpeq_epi8_mask(x, all(0xE1));
    __mmask64 small = _mm512_mask_cmpge_epu8_mask(c3, one, all(0xA0));
    small |= _mm512_mask_test_epi8_mask(_mm512_mask_cmple_epu8_mask(c4, one, all(0xB7)), one, all(1));
    small |= _mm512_mask_cmpeq_epi8_mask(c6, one, all(0xA1)) | _mm512_mask_cmpeq_epi8_mask(c6, one, all(0xB0));
    __mmask64 ba = _mm512_mask_cmpeq_epi8_mask(e1, _mm512_or_si512(one, all(1)), all(0xBB));
    small |= _mm512_mask_test_epi8_mask(ba, two, all(1));
    uint64_t capital = _mm512_cmple_epu8_mask(_mm512_sub_epi8(x, all('A')), all(25));
    return (tt_joint_classes){capital | ((c3 | c4 | e1) & ~small), first & ~small, _mm512_cmpeq_epi8_mask(x, all(','))};
}

TT_AVX512 void tt__joint_avx512(tt_joint_classes *out, tt_str text, size_t row, size_t count)
{
    for (size_t i = 0; i < count; i++)
        out[i] = classes_of(text, row + i);
}
#else
typedef int tt_no_avx512_joint; /* a file must declare something */
#endif
