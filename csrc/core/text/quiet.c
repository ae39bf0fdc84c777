/* quiet.c - are all bytes of a text such as no step of the view touches?
 *
 * Quiet are ASCII but for control characters, Latin letters up to U+02FF but for eth and African D, U+1E00-U+1EFF, and
 * of the signs U+00A1-U+00BF, U+2010-U+2027, U+2030-U+203F and U+2080-U+20BF but the soft hyphen. Two bytes in a row are
 * judged by four lookups, with the halves of both; a bit that all four give makes them loud (as in scan_avx2.c). What the
 * tables cannot say is compared. */
#include "text/quiet.h"

#include "base/cpu.h"

#include <string.h>

#if TT_X86
#include <immintrin.h>

enum { WIDTH = 32, BEFORE = 2 };

/* Loud by a byte and the next one. */
enum {
    CONTROL = 0x01,   /* 00-0F but 09 and 0A, and anything */
    HIGH_HALF = 0x02, /* 10-1F D0-DF F0-FF, and anything */
    LATE = 0x04,      /* CC-CF EC-EF, and anything */
    E_REST = 0x08,    /* E0 E3-EB, and anything */
    C1 = 0x10,        /* C2 80-9F: control characters */
    BLANK = 0x20,     /* C2 A0, C2 AD: the no-break space, the soft hyphen */
    ETH = 0x40,       /* C3 90, C3 B0 */
    AFRICAN = 0x80,   /* C6 89, C9 96, and a few more */
};

/* By the high half of the first byte, by its low half, by the high and by the low half of the second. */
static const unsigned char TABLES[4][16] = {
    {CONTROL, HIGH_HALF, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, LATE | C1 | BLANK | ETH | AFRICAN, HIGH_HALF, LATE | E_REST, HIGH_HALF},
#define ANY (CONTROL | HIGH_HALF)
    {ANY | E_REST, ANY, ANY | C1 | BLANK, ANY | E_REST | ETH, ANY | E_REST, ANY | E_REST, ANY | E_REST | AFRICAN, ANY | E_REST,
     ANY | E_REST, HIGH_HALF | E_REST | AFRICAN, HIGH_HALF | E_REST, ANY | E_REST, ANY | LATE, ANY | LATE, ANY | LATE,
     ANY | LATE},
#undef ANY
#define ANY (CONTROL | HIGH_HALF | LATE | E_REST)
    {ANY, ANY, ANY, ANY, ANY, ANY, ANY, ANY, ANY | C1 | AFRICAN, ANY | C1 | ETH | AFRICAN, ANY | BLANK, ANY | ETH, ANY, ANY,
     ANY, ANY},
#undef ANY
#define ANY (CONTROL | HIGH_HALF | LATE | E_REST | C1)
    {ANY | BLANK | ETH, ANY, ANY, ANY, ANY, ANY, ANY | AFRICAN, ANY, ANY, ANY | AFRICAN, ANY, ANY, ANY, ANY | BLANK, ANY, ANY},
#undef ANY
};

TT_AVX2 static inline __m256i load(const unsigned char *at)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)at);
}

TT_AVX2 static inline __m256i is(__m256i bytes, int byte)
{
    return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8((char)byte));
}

TT_AVX2 static inline __m256i half(const __m256i *table, __m256i halves)
{
    return _mm256_shuffle_epi8(*table, _mm256_and_si256(halves, _mm256_set1_epi8(0x0F)));
}

/* first <= byte <= first + more */
TT_AVX2 static inline __m256i within(__m256i bytes, int first, int more)
{
    __m256i over = _mm256_sub_epi8(bytes, _mm256_set1_epi8((char)first));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(over, _mm256_set1_epi8((char)more)), over);
}

/* Of WIDTH bytes with the two before each: not zero where one is loud. */
TT_AVX2 static inline __m256i loud(const __m256i tables[4], const unsigned char *at)
{
    __m256i byte = load(at), one = load(at - 1), two = load(at - 2);
    __m256i pair = _mm256_and_si256(_mm256_and_si256(half(&tables[0], _mm256_srli_epi16(one, 4)), half(&tables[1], one)),
                                    _mm256_and_si256(half(&tables[2], _mm256_srli_epi16(byte, 4)), half(&tables[3], byte)));
    __m256i e1 = _mm256_andnot_si256(within(byte, 0xB8, 3), is(one, 0xE1));
    __m256i e2 = _mm256_andnot_si256(_mm256_or_si256(is(byte, 0x80), is(byte, 0x82)), is(one, 0xE2));
    __m256i blank = _mm256_or_si256(within(byte, 0x80, 0x0F), within(byte, 0xA8, 0x07)); /* U+2000-U+200F U+2028-U+202F */
    __m256i e2_80 = _mm256_and_si256(_mm256_and_si256(is(two, 0xE2), is(one, 0x80)), blank);
    return _mm256_or_si256(_mm256_or_si256(pair, is(byte, 0x7F)), _mm256_or_si256(_mm256_or_si256(e1, e2), e2_80));
}

TT_AVX2 static bool is_quiet_avx2(tt_str text)
{
    const unsigned char *from = (const unsigned char *)text.ptr;
    unsigned char first[BEFORE + WIDTH], last[BEFORE + WIDTH];
    __m256i tables[4], any;
    size_t head = text.len < WIDTH ? text.len : WIDTH, at = head;
    for (int i = 0; i < 4; i++)
        tables[i] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)TABLES[i]));
    memset(first, ' ', sizeof first);
    memset(last, ' ', sizeof last);
    memcpy(first + BEFORE, from, head);
    any = loud(tables, first + BEFORE);
    for (; text.len - at >= WIDTH; at += WIDTH)
        any = _mm256_or_si256(any, loud(tables, from + at));
    size_t before = head < BEFORE ? head : BEFORE; /* the rest, of no bytes even, sees the last ones as the first of two */
    memcpy(last + BEFORE - before, from + at - before, before + text.len - at);
    any = _mm256_or_si256(any, loud(tables, last + BEFORE));
    return _mm256_testz_si256(any, any);
}

bool tt__is_quiet(tt_str text)
{
    return text.len != 0 && tt__cpu() >= TT_CPU_AVX2 && is_quiet_avx2(text);
}
#else
bool tt__is_quiet(tt_str text)
{
    (void)text;
    return false;
}
#endif
