/* map_avx2.c - the rows of a map for processors with AVX2. */
#include "page/map_classes.h"

#if TT_X86
#include <immintrin.h>

#define MAP_TARGET __attribute__((target("avx2,popcnt")))

typedef struct {
    __m256i low, high;
} two; /* what is known of TT_LANES bytes, a register for each half of them */

MAP_TARGET static inline uint64_t bits(two x)
{
    return (uint32_t)_mm256_movemask_epi8(x.low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(x.high) << 32;
}

/* Those with the class whose bit is 0x80 >> `place`. */
MAP_TARGET static inline uint64_t bits_with(two classes, int place)
{
    return bits((two){_mm256_slli_epi16(classes.low, place), _mm256_slli_epi16(classes.high, place)});
}

/* Those with any of `classes`. */
MAP_TARGET static inline uint64_t bits_among(two x, int classes)
{
    __m256i mask = _mm256_set1_epi8((char)classes), none = _mm256_setzero_si256();
    return ~bits(
        (two){_mm256_cmpeq_epi8(_mm256_and_si256(x.low, mask), none), _mm256_cmpeq_epi8(_mm256_and_si256(x.high, mask), none)});
}

MAP_TARGET static inline two equal(two x, int byte)
{
    __m256i v = _mm256_set1_epi8((char)byte);
    return (two){_mm256_cmpeq_epi8(x.low, v), _mm256_cmpeq_epi8(x.high, v)};
}

MAP_TARGET static inline __m256i table(int i)
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)tt__map_classes[i]));
}

MAP_TARGET static inline __m256i look_up(__m256i bytes, __m256i by_low, __m256i by_high)
{
    __m256i four = _mm256_set1_epi8(0x0F), high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), four);
    return _mm256_and_si256(_mm256_shuffle_epi8(by_low, _mm256_and_si256(bytes, four)), _mm256_shuffle_epi8(by_high, high));
}

MAP_TARGET static inline two classes_of(two x, int pair)
{
    __m256i low = table(2 * pair), high = table(2 * pair + 1);
    return (two){look_up(x.low, low, high), look_up(x.high, low, high)};
}

MAP_TARGET static inline two load(const char *at)
{
    const __m256i *v = (const __m256i *)(const void *)at;
    return (two){_mm256_loadu_si256(v), _mm256_loadu_si256(v + 1)};
}

MAP_TARGET static inline two leads_of(two x)
{
    __m256i last = _mm256_set1_epi8(-65); /* 80 to BF are the lowest as signed numbers */
    return (two){_mm256_cmpgt_epi8(x.low, last), _mm256_cmpgt_epi8(x.high, last)};
}

MAP_TARGET static inline two controls_of(two x)
{
    __m256i most = _mm256_set1_epi8(0x1F);
    return (two){_mm256_cmpeq_epi8(_mm256_min_epu8(x.low, most), x.low),
                 _mm256_cmpeq_epi8(_mm256_min_epu8(x.high, most), x.high)};
}

MAP_TARGET static inline uint64_t row_at(tt_map_row *row, const char *at, const char *end, uint64_t over)
{
    two x = load(at), after = load(at + 1), first = classes_of(x, 0), second = classes_of(x, 1);
    uint64_t control = bits(controls_of(x)), e1 = bits(equal(x, 0xE1)), stop = bits_among(first, DOT | QUESTION);
    uint64_t blank = bits(equal(x, ' ')) | control | over;
    uint64_t closer = bits_among(second, WIDE) | bits_with(first, 7) | (e1 & bits(equal(after, 0x9A)));
    row->lead = bits(leads_of(x));
    row->blank = blank;
    row->digit = bits_with(first, 0);
    row->stop = stop;
    row->border = bits(equal(x, '<')) | control;
    row->mark = bits_with(second, 6) | stop;
    row->bracket = bits_with(first, 2);
    row->colon = bits_with(first, 1);
    row->quote = bits_among(first, QUOTE | E2);
    row->sign = bits_among(second, SIGNS);
    row->dash = bits(equal(x, '-'));
    row->parting = bits_among(second, PARTINGS) | blank;
    row->credit = e1 & bits(equal(after, 0xBA));
    control &= ~bits(equal(x, '\n'));
    return (control | closer) == 0 ? 0 : tt__map_look_closer(row, control, closer, at, end);
}

MAP_TARGET void tt__map_avx2(tt_map_row *rows, tt_map_state *state, size_t count, const char *bytes, const char *end)
{
    for (size_t i = 0; i < count; i++) {
        state->over = row_at(&rows[i], bytes + i * TT_LANES, end, state->over);
        rows[i].before = state->before;
        state->before += (uint32_t)__builtin_popcountll(rows[i].lead);
    }
}
#else
typedef int tt_no_wide_map; /* a file must declare something */
#endif
