/* scan_avx2.c - the scan for processors with AVX2.
 *
 * UTF-8 is checked as Keiser and Lemire, "Validating UTF-8 in less than one instruction per byte" (2021), found: whether two
 * bytes may follow each other is told by three lookups, with the high and low half of the first and the high half of the
 * second; a bit that all three give is a rule broken. What is unsettled is found the same way, by four lookups. */
#include "text/scan.h"

#if TT_X86
#include <immintrin.h>

enum { WIDTH = 32 };

/* Rules of UTF-8 that two bytes can break. TWO_TAILS alone breaks none: third and fourth bytes look so. */
enum {
    NO_TAIL = 0x01,    /* a lead, and no tail */
    STRAY_TAIL = 0x02, /* ASCII, and a tail */
    LONG_TWO = 0x04,   /* C0 C1: overlong */
    LONG_THREE = 0x08, /* E0 80-9F: overlong */
    LONG_FOUR = 0x10,  /* F0 80-8F: overlong; F5-FF 80-8F: no lead at all */
    SURROGATE = 0x20,  /* ED A0-BF */
    TOO_HIGH = 0x40,   /* F4-FF 90-BF: beyond U+10FFFF */
    TWO_TAILS = 0x80,
};

/* By the high half of the first byte, by its low half, by the high half of the second. */
static const unsigned char UTF8_TABLES[3][16] = {
    {STRAY_TAIL, STRAY_TAIL, STRAY_TAIL, STRAY_TAIL, STRAY_TAIL, STRAY_TAIL, STRAY_TAIL, STRAY_TAIL, TWO_TAILS, TWO_TAILS,
     TWO_TAILS, TWO_TAILS, NO_TAIL | LONG_TWO, NO_TAIL, NO_TAIL | LONG_THREE | SURROGATE, NO_TAIL | LONG_FOUR | TOO_HIGH},
#define ANY (NO_TAIL | STRAY_TAIL | TWO_TAILS)
#define BEYOND (ANY | TOO_HIGH | LONG_FOUR)
    {ANY | LONG_TWO | LONG_THREE | LONG_FOUR, ANY | LONG_TWO, ANY, ANY, ANY | TOO_HIGH, BEYOND, BEYOND, BEYOND, BEYOND, BEYOND,
     BEYOND, BEYOND, BEYOND, BEYOND | SURROGATE, BEYOND, BEYOND},
#undef BEYOND
#undef ANY
#define TAIL (STRAY_TAIL | LONG_TWO | TWO_TAILS)
    {NO_TAIL, NO_TAIL, NO_TAIL, NO_TAIL, NO_TAIL, NO_TAIL, NO_TAIL, NO_TAIL, TAIL | LONG_THREE | LONG_FOUR,
     TAIL | LONG_THREE | TOO_HIGH, TAIL | SURROGATE | TOO_HIGH, TAIL | SURROGATE | TOO_HIGH, NO_TAIL, NO_TAIL, NO_TAIL,
     NO_TAIL},
#undef TAIL
};

/* What is unsettled, by its first two bytes. */
enum {
    CC_CF = 0x01,   /* CC-CF, and anything */
    D_F = 0x02,     /* D0-DF F0-FF, and anything */
    E_REST = 0x04,  /* E0 E3 EA-EF, and anything */
    E1_HIGH = 0x08, /* E1, and no B in the high half */
    E1_LOW = 0x10,  /* E1, and not 8-B in the low half */
    E2_HIGH = 0x20, /* E2, and no 8 in the high half */
    E2_LOW = 0x40,  /* E2, and not 0-2 in the low half */
    QUADS = 0x80,   /* 80, and 80 or 81: U+2000 and U+2001 have it */
};

/* By the high half of the first byte, by its low half, by the high and by the low half of the second. */
static const unsigned char ODD_TABLES[4][16] = {
    {0, 0, 0, 0, 0, 0, 0, 0, QUADS, 0, 0, 0, CC_CF, D_F, E_REST | E1_HIGH | E1_LOW | E2_HIGH | E2_LOW, D_F},
    {D_F | E_REST | QUADS, D_F | E1_HIGH | E1_LOW, D_F | E2_HIGH | E2_LOW, D_F | E_REST, D_F, D_F, D_F, D_F, D_F, D_F,
     D_F | E_REST, D_F | E_REST, D_F | E_REST | CC_CF, D_F | E_REST | CC_CF, D_F | E_REST | CC_CF, D_F | E_REST | CC_CF},
#define ANY (CC_CF | D_F | E_REST | E1_LOW | E2_LOW)
    {ANY, ANY, ANY, ANY, ANY, ANY, ANY, ANY, ANY | E1_HIGH | QUADS, ANY | E1_HIGH | E2_HIGH, ANY | E1_HIGH | E2_HIGH,
     ANY | E2_HIGH, ANY, ANY, ANY, ANY},
#undef ANY
#define ANY (CC_CF | D_F | E_REST | E1_HIGH | E2_HIGH)
    {ANY | E1_LOW | QUADS, ANY | E1_LOW | QUADS, ANY | E1_LOW, ANY | E1_LOW | E2_LOW, ANY | E1_LOW | E2_LOW,
     ANY | E1_LOW | E2_LOW, ANY | E1_LOW | E2_LOW, ANY | E1_LOW | E2_LOW, ANY | E2_LOW, ANY | E2_LOW, ANY | E2_LOW,
     ANY | E2_LOW, ANY | E1_LOW | E2_LOW, ANY | E1_LOW | E2_LOW, ANY | E1_LOW | E2_LOW, ANY | E1_LOW | E2_LOW},
#undef ANY
};

typedef struct {
    __m256i utf8[3], odd[4];
} tables;

typedef struct {
    __m256i bad, odd; /* not zero where a rule is broken or something is unsettled */
    __m256i starts;   /* of each lane */
} sums;

TT_AVX2 static inline __m256i load(const unsigned char *at)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)at);
}

TT_AVX2 static inline __m256i all(int byte)
{
    return _mm256_set1_epi8((char)byte);
}

TT_AVX2 static inline __m256i table(const unsigned char *bytes)
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)bytes));
}

TT_AVX2 static inline __m256i high(__m256i bytes)
{
    return _mm256_and_si256(_mm256_srli_epi16(bytes, 4), all(0x0F));
}

TT_AVX2 static inline __m256i low(__m256i bytes)
{
    return _mm256_and_si256(bytes, all(0x0F));
}

TT_AVX2 static inline __m256i both(__m256i a, __m256i b)
{
    return _mm256_and_si256(a, b);
}

TT_AVX2 static inline sums add(sums sum, const tables *in, const unsigned char *at)
{
    __m256i byte = load(at), one = load(at - 1);
    __m256i one_high = high(one), one_low = low(one), byte_high = high(byte);
    __m256i pair = both(both(_mm256_shuffle_epi8(in->utf8[0], one_high), _mm256_shuffle_epi8(in->utf8[1], one_low)),
                        _mm256_shuffle_epi8(in->utf8[2], byte_high));
    /* the top bit: two bytes after E0-FF, three after F0-FF, exactly there two tails follow each other */
    __m256i third = _mm256_subs_epu8(load(at - 2), all(0xE0 - 0x80)), fourth = _mm256_subs_epu8(load(at - 3), all(0xF0 - 0x80));
    __m256i wanted = both(_mm256_or_si256(third, fourth), all(0x80));
    __m256i odd = both(both(_mm256_shuffle_epi8(in->odd[0], one_high), _mm256_shuffle_epi8(in->odd[1], one_low)),
                       both(_mm256_shuffle_epi8(in->odd[2], byte_high), _mm256_shuffle_epi8(in->odd[3], low(byte))));
    sum.bad = _mm256_or_si256(sum.bad, _mm256_xor_si256(pair, wanted));
    sum.odd = _mm256_or_si256(sum.odd, odd);
    sum.starts = _mm256_sub_epi8(sum.starts, _mm256_cmpgt_epi8(byte, all(0xBF)));
    return sum;
}

TT_AVX2 static inline bool is_ascii_step(const unsigned char *at)
{
    __m256i any = load(at);
    for (int i = WIDTH; i < (int)TT_CP_STEP; i += WIDTH)
        any = _mm256_or_si256(any, load(at + i));
    return _mm256_movemask_epi8(any) == 0 && at[-1] < 0x80;
}

TT_AVX2 static inline uint32_t total(__m256i lanes)
{
    __m256i four = _mm256_sad_epu8(lanes, _mm256_setzero_si256());
    __m128i two = _mm_add_epi64(_mm256_castsi256_si128(four), _mm256_extracti128_si256(four, 1));
    return (uint32_t)(_mm_cvtsi128_si32(two) + _mm_extract_epi32(two, 2));
}

TT_AVX2 size_t tt__scan_avx2(tt_scan *self, const unsigned char *at, size_t steps)
{
    const tables in = {{table(UTF8_TABLES[0]), table(UTF8_TABLES[1]), table(UTF8_TABLES[2])},
                       {table(ODD_TABLES[0]), table(ODD_TABLES[1]), table(ODD_TABLES[2]), table(ODD_TABLES[3])}};
    size_t done = 0;
    for (; done < steps; done++, at += TT_CP_STEP) {
        if (is_ascii_step(at)) {
            tt__scan_note(self, TT_CP_STEP, false);
            continue;
        }
        sums sum = {_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256()};
        for (int i = 0; i < (int)TT_CP_STEP; i += WIDTH)
            sum = add(sum, &in, at + i);
        if (!_mm256_testz_si256(sum.bad, sum.bad))
            break;
        tt__scan_note(self, total(sum.starts), !_mm256_testz_si256(sum.odd, sum.odd));
    }
    return done;
}
#else
typedef int tt_no_avx2; /* a file must declare something */
#endif
