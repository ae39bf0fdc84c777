/* map_avx2.c - the rows of a map for processors with AVX2.
 *
 * To take the highest bit of each byte out of a register is what costs: so what is asked for is put together before. */
#include "page/map_classes.h"

#if TT_X86
#include <immintrin.h>
#include <string.h>

#define MAP_TARGET __attribute__((target("avx2,popcnt")))

typedef struct {
    __m256i low, high;
} two; /* what is known of TT_LANES bytes, a register for each half of them */

/* The highest bit of each byte. */
MAP_TARGET static inline uint64_t bits(two x)
{
    return (uint32_t)_mm256_movemask_epi8(x.low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(x.high) << 32;
}

/* The same, half by half. */
MAP_TARGET static inline void store(uint64_t *to, two x)
{
    int low = _mm256_movemask_epi8(x.low), high = _mm256_movemask_epi8(x.high);
    memcpy(to, &low, sizeof low);
    memcpy((char *)to + sizeof low, &high, sizeof high);
}

MAP_TARGET static inline two either(two x, two y)
{
    return (two){_mm256_or_si256(x.low, y.low), _mm256_or_si256(x.high, y.high)};
}

MAP_TARGET static inline two both(two x, two y)
{
    return (two){_mm256_and_si256(x.low, y.low), _mm256_and_si256(x.high, y.high)};
}

MAP_TARGET static inline two but(two x, two y)
{
    return (two){_mm256_andnot_si256(y.low, x.low), _mm256_andnot_si256(y.high, x.high)};
}

/* A register full of a byte. */
MAP_TARGET static inline __m256i all(int byte)
{
    return _mm256_load_si256((const __m256i *)(const void *)tt__map_copies[byte]);
}

MAP_TARGET static inline two equal(two x, int byte)
{
    return (two){_mm256_cmpeq_epi8(x.low, all(byte)), _mm256_cmpeq_epi8(x.high, all(byte))};
}

MAP_TARGET static inline two at_most(two x, int byte)
{
    return (two){_mm256_cmpeq_epi8(_mm256_min_epu8(x.low, all(byte)), x.low),
                 _mm256_cmpeq_epi8(_mm256_min_epu8(x.high, all(byte)), x.high)};
}

/* As signed numbers. */
MAP_TARGET static inline two above(two x, __m256i bytes)
{
    return (two){_mm256_cmpgt_epi8(x.low, bytes), _mm256_cmpgt_epi8(x.high, bytes)};
}

MAP_TARGET static inline two those(two classes, int some)
{
    return (two){_mm256_and_si256(classes.low, all(some)), _mm256_and_si256(classes.high, all(some))};
}

/* Those with the class whose bit is 0x80 >> `place`. */
MAP_TARGET static inline two with(two classes, int place)
{
    return (two){_mm256_slli_epi16(classes.low, place), _mm256_slli_epi16(classes.high, place)};
}

/* Those with any of `some`, which are not 0x80. */
MAP_TARGET static inline two among(two classes, int some)
{
    return above(those(classes, some), _mm256_setzero_si256());
}

/* Those with any of the upper classes. */
MAP_TARGET static inline two signs_of(two second)
{
    return (two){_mm256_adds_epu8(second.low, all(TO_SIGNS)), _mm256_adds_epu8(second.high, all(TO_SIGNS))};
}

MAP_TARGET static inline __m256i table(int i)
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)tt__map_classes[i]));
}

MAP_TARGET static inline __m256i look_up(__m256i bytes, __m256i by_low, __m256i by_high)
{
    __m256i four = all(HALF), high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), four);
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

MAP_TARGET static inline bool any(two x)
{
    __m256i v = _mm256_or_si256(x.low, x.high);
    return _mm256_testz_si256(v, v) == 0;
}

/* Blanks and the ellipsis may begin with these: of classes, and of what is neither. */
MAP_TARGET static inline two wide_of(two first, two e1_9a)
{
    return either(those(first, WIDE), e1_9a);
}

/* Few rows need it: what it asks for is found anew. */
MAP_TARGET static TT_RARE uint64_t look_closer(tt_map_row *row, const char *at, const char *end)
{
    two x = load(at), control = but(at_most(x, CONTROL), equal(x, FEED));
    two wide = wide_of(classes_of(x, 0), both(equal(x, E1), equal(load(at + 1), OGHAM)));
    return tt__map_look_closer(row, bits(control), bits(either(wide, above(wide, _mm256_setzero_si256()))), at, end);
}

MAP_TARGET static inline uint64_t row_at(tt_map_row *row, const char *at, const char *end, uint64_t over)
{
    two x = load(at), after = load(at + 1), first = classes_of(x, 0), second = classes_of(x, 1);
    two control = at_most(x, CONTROL), e1 = equal(x, E1), wide = wide_of(first, both(e1, equal(after, OGHAM)));
    two blank = at_most(x, BLANK), stop = among(first, STOPS);
    store(&row->lead, above(x, all(LAST_TAIL))); /* tails are the lowest as signed numbers */
    store(&row->blank, blank);
    store(&row->digit, first);
    store(&row->stop, stop);
    store(&row->border, either(control, equal(x, LESS)));
    store(&row->mark, either(with(second, 6), stop));
    store(&row->bracket, with(first, 4));
    store(&row->colon, equal(x, COLON));
    store(&row->quote, with(first, 3));
    store(&row->sign, signs_of(second));
    store(&row->dash, equal(x, DASH));
    store(&row->parting, either(among(second, PARTS), blank));
    store(&row->credit, both(e1, equal(after, CREDIT)));
    if (over != 0) {
        row->blank |= over;
        row->parting |= over;
    }
    return any(either(wide, but(control, equal(x, FEED)))) ? look_closer(row, at, end) : 0;
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
