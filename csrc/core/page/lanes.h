/* lanes.h - 64 bytes of a text at once, as one bit a byte for what a rule asks: so that every byte is read a few times only,
 * and rules are tried where their bits are. SSE2 where there is one (all x86-64), else plain C with the same bits. */
#ifndef TT_PAGE_LANES_H
#define TT_PAGE_LANES_H

#include "page/glyph.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { TT_LANES = 64 };

#ifdef __SSE2__
typedef struct {
    __m128i a, b, c, d;
} tt_lanes; /* bytes, or 0xFF for yes and 0 for no; four names and no array, which compilers would keep in memory */

static inline tt_lanes tt__lanes_load(const char *at)
{
    const __m128i *v = (const __m128i *)(const void *)at;
    return (tt_lanes){_mm_loadu_si128(v), _mm_loadu_si128(v + 1), _mm_loadu_si128(v + 2), _mm_loadu_si128(v + 3)};
}

static inline tt_lanes tt__lanes_eq(const tt_lanes *bytes, unsigned char c)
{
    __m128i v = _mm_set1_epi8((char)c);
    return (tt_lanes){_mm_cmpeq_epi8(bytes->a, v), _mm_cmpeq_epi8(bytes->b, v), _mm_cmpeq_epi8(bytes->c, v),
                      _mm_cmpeq_epi8(bytes->d, v)};
}

static inline __m128i tt__lane_in(__m128i bytes, __m128i first, __m128i more)
{
    __m128i over = _mm_sub_epi8(bytes, first);
    return _mm_cmpeq_epi8(_mm_min_epu8(over, more), over);
}

/* first <= byte <= first + more */
static inline tt_lanes tt__lanes_in(const tt_lanes *bytes, unsigned char first, unsigned char more)
{
    __m128i f = _mm_set1_epi8((char)first), m = _mm_set1_epi8((char)more);
    return (tt_lanes){tt__lane_in(bytes->a, f, m), tt__lane_in(bytes->b, f, m), tt__lane_in(bytes->c, f, m),
                      tt__lane_in(bytes->d, f, m)};
}

static inline tt_lanes tt__lanes_or(tt_lanes x, tt_lanes y)
{
    return (tt_lanes){_mm_or_si128(x.a, y.a), _mm_or_si128(x.b, y.b), _mm_or_si128(x.c, y.c), _mm_or_si128(x.d, y.d)};
}

static inline tt_lanes tt__lanes_and(tt_lanes x, tt_lanes y)
{
    return (tt_lanes){_mm_and_si128(x.a, y.a), _mm_and_si128(x.b, y.b), _mm_and_si128(x.c, y.c), _mm_and_si128(x.d, y.d)};
}

static inline uint64_t tt__lanes_bits(tt_lanes yes)
{
    uint64_t low = (uint32_t)_mm_movemask_epi8(yes.a) | (uint32_t)_mm_movemask_epi8(yes.b) << 16;
    uint64_t high = (uint32_t)_mm_movemask_epi8(yes.c) | (uint32_t)_mm_movemask_epi8(yes.d) << 16;
    return low | high << 32;
}

/* Bits of the odd numbers among the bytes. */
static inline uint64_t tt__lanes_odd(const tt_lanes *bytes)
{
    return tt__lanes_bits((tt_lanes){_mm_slli_epi16(bytes->a, 7), _mm_slli_epi16(bytes->b, 7), _mm_slli_epi16(bytes->c, 7),
                                     _mm_slli_epi16(bytes->d, 7)});
}
#else
typedef struct {
    unsigned char v[TT_LANES];
} tt_lanes;

#define TT_EACH_LANE(out, expression)                                                                                          \
    tt_lanes out;                                                                                                              \
    for (int i = 0; i < TT_LANES; i++)                                                                                         \
    out.v[i] = (unsigned char)(expression)

static inline tt_lanes tt__lanes_load(const char *at)
{
    tt_lanes out;
    memcpy(out.v, at, TT_LANES);
    return out;
}

static inline tt_lanes tt__lanes_eq(const tt_lanes *bytes, unsigned char c)
{
    TT_EACH_LANE(out, bytes->v[i] == c ? 0xFF : 0);
    return out;
}

static inline tt_lanes tt__lanes_in(const tt_lanes *bytes, unsigned char first, unsigned char more)
{
    TT_EACH_LANE(out, (unsigned char)(bytes->v[i] - first) <= more ? 0xFF : 0);
    return out;
}

static inline tt_lanes tt__lanes_or(tt_lanes a, tt_lanes b)
{
    TT_EACH_LANE(out, a.v[i] | b.v[i]);
    return out;
}

static inline tt_lanes tt__lanes_and(tt_lanes a, tt_lanes b)
{
    TT_EACH_LANE(out, a.v[i] & b.v[i]);
    return out;
}

static inline uint64_t tt__lanes_bits(tt_lanes yes)
{
    uint64_t out = 0;
    for (int i = 0; i < TT_LANES; i++)
        out |= (uint64_t)(yes.v[i] & 1) << i;
    return out;
}

static inline uint64_t tt__lanes_odd(const tt_lanes *bytes)
{
    return tt__lanes_bits(*bytes);
}
#endif

/* The bytes at `at`, zeros from `end` on; `end` is the end of the memory that may be read. */
static inline tt_lanes tt__lanes_at(const char *at, const char *end)
{
    char rest[TT_LANES];
    tt__step(1);
    if (end - at >= TT_LANES)
        return tt__lanes_load(at);
    memset(rest, 0, sizeof rest);
    memcpy(rest, at, (size_t)(end - at));
    return tt__lanes_load(rest);
}

/* Bits of the first `count` bytes; any count. Without branches. */
static inline uint64_t tt__first_bits(size_t count)
{
    uint64_t all = 0 - (uint64_t)(count >= TT_LANES);
    return (((uint64_t)1 << count % TT_LANES) - 1) | all;
}

static inline uint32_t tt__bit_count(uint64_t bits)
{
    bits -= bits >> 1 & 0x5555555555555555u;
    bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
    return (uint32_t)(((bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0Fu) * 0x0101010101010101u >> 56);
}

/* Index of the lowest bit; `bits` is not 0. */
static inline uint32_t tt__low_bit(uint64_t bits)
{
#ifdef __GNUC__
    return (uint32_t)__builtin_ctzll(bits);
#else
    return tt__bit_count((bits & (0 - bits)) - 1);
#endif
}

/* Index of the highest bit; `bits` is not 0. */
static inline uint32_t tt__high_bit(uint64_t bits)
{
#ifdef __GNUC__
    return (uint32_t)(TT_LANES - 1 - __builtin_clzll(bits));
#else
    for (unsigned half = TT_LANES / 2; half != 0; half /= 2)
        bits |= bits >> half;
    return tt__bit_count(bits) - 1;
#endif
}

#endif
