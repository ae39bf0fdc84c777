/* scan_sse2.c - the scan for any x86-64: there is no table lookup by byte, so each rule is a comparison. A step in which no
 * rare byte stands, and that is nearly all of Vietnamese, needs half of them. */
#include "text/scan.h"

#if TT_X86
#include <emmintrin.h>

enum { WIDTH = 16 };

typedef struct {
    __m128i bad, odd; /* not zero where a rule is broken; all ones where something is unsettled */
    __m128i starts;   /* of each lane, negative */
} sums;

static __m128i load(const unsigned char *at)
{
    return _mm_loadu_si128((const __m128i *)(const void *)at);
}

static __m128i all(int byte)
{
    return _mm_set1_epi8((char)byte);
}

static __m128i is(__m128i bytes, int byte)
{
    return _mm_cmpeq_epi8(bytes, all(byte));
}

static __m128i at_least(__m128i bytes, int byte)
{
    return _mm_cmpeq_epi8(_mm_max_epu8(bytes, all(byte)), bytes);
}

/* Only for tails, which are all negative. */
static __m128i tail_below(__m128i tails, int byte)
{
    return _mm_cmplt_epi8(tails, all(byte));
}

static __m128i either(__m128i a, __m128i b)
{
    return _mm_or_si128(a, b);
}

static __m128i both(__m128i a, __m128i b)
{
    return _mm_and_si128(a, b);
}

/* Bytes that break a rule. Where a tail is wanted but missing, the first rule says so, and the others may say anything. */
static __m128i bad_bytes(__m128i byte, __m128i one, __m128i two, __m128i three, __m128i tail)
{
    __m128i wanted = either(either(at_least(one, 0xC0), at_least(two, 0xE0)), at_least(three, 0xF0));
    __m128i bad = either(_mm_xor_si128(wanted, tail), at_least(byte, 0xF5));
    bad = either(bad, is(both(byte, all(0xFE)), 0xC0));
    bad = either(bad, both(is(one, 0xE0), tail_below(byte, 0xA0)));
    bad = either(bad, _mm_andnot_si128(tail_below(byte, 0xA0), is(one, 0xED)));
    bad = either(bad, both(is(one, 0xF0), tail_below(byte, 0x90)));
    return either(bad, _mm_andnot_si128(tail_below(byte, 0x90), is(one, 0xF4)));
}

/* Second bytes of what is unsettled. */
static __m128i odd_bytes(__m128i byte, __m128i one)
{
    __m128i known = both(is(one, 0xE1), is(both(byte, all(0xFC)), 0xB8));
    known = either(known, both(is(one, 0xE2), tail_below(byte, 0x83)));
    known = either(known, _mm_andnot_si128(at_least(one, 0xEA), at_least(one, 0xE4)));
    __m128i odd = _mm_andnot_si128(known, at_least(one, 0xCC));
    return either(odd, both(is(one, 0x80), is(both(byte, all(0xFE)), 0x80)));
}

static sums add(sums sum, const unsigned char *at)
{
    __m128i byte = load(at), one = load(at - 1), tail = tail_below(byte, 0xC0);
    sum.bad = either(sum.bad, bad_bytes(byte, one, load(at - 2), load(at - 3), tail));
    sum.odd = either(sum.odd, odd_bytes(byte, one));
    sum.starts = _mm_sub_epi8(sum.starts, _mm_add_epi8(tail, all(1)));
    return sum;
}

/* Bytes about which there are more rules: C0 C1 E0 and from E3 on. */
static __m128i rare_bytes(__m128i byte)
{
    return either(either(at_least(byte, 0xE3), is(byte, 0xE0)), is(both(byte, all(0xFE)), 0xC0));
}

/* The same where no byte is rare. */
static sums add_usual(sums sum, const unsigned char *at)
{
    __m128i byte = load(at), one = load(at - 1), tail = tail_below(byte, 0xC0);
    __m128i wanted = either(at_least(one, 0xC0), at_least(load(at - 2), 0xE0));
    __m128i known = both(is(one, 0xE1), is(both(byte, all(0xFC)), 0xB8));
    known = either(known, both(is(one, 0xE2), tail_below(byte, 0x83)));
    __m128i odd = either(_mm_andnot_si128(known, at_least(one, 0xCC)), both(is(one, 0x80), is(both(byte, all(0xFE)), 0x80)));
    sum.bad = either(sum.bad, either(_mm_xor_si128(wanted, tail), rare_bytes(byte)));
    sum.odd = either(sum.odd, odd);
    sum.starts = _mm_sub_epi8(sum.starts, _mm_add_epi8(tail, all(1)));
    return sum;
}

static bool any(__m128i bytes)
{
    return _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_setzero_si128())) != 0xFFFF;
}

static sums add_step(const unsigned char *at)
{
    sums none = {_mm_setzero_si128(), _mm_setzero_si128(), _mm_setzero_si128()}, sum = none;
    sum.bad = rare_bytes(load(at - WIDTH)); /* as far as they are near enough to matter, and more */
    for (const unsigned char *p = at; p < at + TT_CP_STEP; p += WIDTH)
        sum = add_usual(sum, p);
    if (!any(sum.bad))
        return sum;
    sum = none;
    for (const unsigned char *p = at; p < at + TT_CP_STEP; p += WIDTH)
        sum = add(sum, p);
    return sum;
}

static uint32_t total(__m128i lanes)
{
    __m128i halves = _mm_sad_epu8(_mm_sub_epi8(_mm_setzero_si128(), lanes), _mm_setzero_si128());
    return (uint32_t)(_mm_cvtsi128_si32(halves) + _mm_cvtsi128_si32(_mm_srli_si128(halves, 8)));
}

size_t tt__scan_sse2(tt_scan *self, const unsigned char *at, size_t steps)
{
    size_t done = 0;
    for (; done < steps; done++, at += TT_CP_STEP) {
        sums sum = add_step(at);
        if (any(sum.bad))
            break;
        tt__scan_note(self, total(sum.starts), any(sum.odd));
    }
    return done;
}

uint64_t tt__leads_sse2(const unsigned char *at, unsigned char lead)
{
    uint64_t bits = 0, marks = 0;
    for (int i = 0; i < TT_SCAN_BLOCK; i += WIDTH) {
        __m128i bytes = load(at + i);
        bits |= (uint64_t)(unsigned)_mm_movemask_epi8(at_least(bytes, lead)) << i;
        marks |= (uint64_t)(unsigned)_mm_movemask_epi8(is(bytes, 0xCC)) << i;
    }
    return bits & ~(marks & marks << 2);
}
#else
typedef int tt_no_sse2; /* a file must declare something */
#endif
