/* map_avx512.c - the rows of a map for processors with AVX-512, whose comparisons give the bits themselves. */
#include "page/map_classes.h"

#if TT_X86
#include <immintrin.h>

TT_AVX512 static inline __m512i table(int i)
{
    return _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)tt__map_classes[i]));
}

TT_AVX512 static inline __m512i classes_of(__m512i bytes, int pair)
{
    __m512i four = _mm512_set1_epi8(0x0F), high = _mm512_and_si512(_mm512_srli_epi16(bytes, 4), four);
    __m512i by_low = _mm512_shuffle_epi8(table(2 * pair), _mm512_and_si512(bytes, four));
    return _mm512_and_si512(by_low, _mm512_shuffle_epi8(table(2 * pair + 1), high));
}

TT_AVX512 static inline uint64_t among(__m512i x, int classes)
{
    return _mm512_test_epi8_mask(x, _mm512_set1_epi8((char)classes));
}

TT_AVX512 static inline uint64_t equal(__m512i x, int byte)
{
    return _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8((char)byte));
}

TT_AVX512 static inline uint64_t row_at(tt_map_row *row, const char *at, const char *end, uint64_t over)
{
    __m512i x = _mm512_loadu_si512(at), after = _mm512_loadu_si512(at + 1), first = classes_of(x, 0), second = classes_of(x, 1);
    uint64_t control = _mm512_cmple_epu8_mask(x, _mm512_set1_epi8(0x1F)), e1 = equal(x, 0xE1),
             stop = among(first, DOT | QUESTION);
    uint64_t blank = equal(x, ' ') | control | over;
    uint64_t closer = among(second, WIDE) | among(first, EF) | (e1 & equal(after, 0x9A));
    row->lead = _mm512_cmpgt_epi8_mask(x, _mm512_set1_epi8(-65)); /* 80 to BF are the lowest as signed numbers */
    row->blank = blank;
    row->digit = among(first, DIGIT);
    row->stop = stop;
    row->border = equal(x, '<') | control;
    row->mark = among(second, COLONS) | stop;
    row->bracket = among(first, BRACKET);
    row->colon = among(first, COLON);
    row->quote = among(first, QUOTE | E2);
    row->sign = among(second, SIGNS);
    row->dash = equal(x, '-');
    row->parting = among(second, PARTINGS) | blank;
    row->credit = e1 & equal(after, 0xBA);
    control &= ~equal(x, '\n');
    return (control | closer) == 0 ? 0 : tt__map_look_closer(row, control, closer, at, end);
}

TT_AVX512 void tt__map_avx512(tt_map_row *rows, tt_map_state *state, size_t count, const char *bytes, const char *end)
{
    for (size_t i = 0; i < count; i++) {
        state->over = row_at(&rows[i], bytes + i * TT_LANES, end, state->over);
        rows[i].before = state->before;
        state->before += (uint32_t)__builtin_popcountll(rows[i].lead);
    }
}
#else
typedef int tt_no_avx512_map; /* a file must declare something */
#endif
