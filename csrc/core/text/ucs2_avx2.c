/* ucs2_avx2.c - 16-bit code points to UTF-8 for processors with AVX2.
 *
 * Sixteen code points are encoded at a time: their last bytes in one register, those before in another. Both give the bytes of
 * four code points in 32 bits each, which move together by a shuffle from a table; all 16 bytes are stored: nothing but how far
 * the next ones go depends on which code points they are. Whether a text is quiet is looked up by the halves of both bytes of a
 * code point, as in quiet.c: a bit that all four give makes it quiet. */
#include "text/ucs2.h"

#if TT_X86
#include <immintrin.h>
#include <string.h>

#include "text/utf8_pack_table.inc"

#define TT_UCS2_TARGET __attribute__((target("avx2,popcnt")))
enum { WIDE = 32, STEP = 16, MOST = 3 }; /* code points looked at, and encoded, at a time; bytes of one */

/* Quiet code points; each bit is of those in a rectangle of the rows and the columns of a table with sixteen columns. */
enum {
    LETTERS = 0x01, /* U+0020-U+007F, of which DEL is seen to apart, U+00B0-U+00CF, U+00E0-U+00EF */
    NO_ETH = 0x02,  /* U+00D1-U+00DF, U+00F1-U+00FF */
    SIGNS = 0x04,   /* U+00A1-U+00AC, U+00AE, U+00AF */
    LINES = 0x08,   /* TAB and LF */
    LATIN = 0x10,   /* U+0100-U+017F, U+01A0-U+01FF */
    MARKED = 0x20,  /* U+1E00-U+1EFF */
    DASHES = 0x40,  /* U+2010-U+201F, U+2030-U+203F */
    POINTS = 0x80,  /* U+2020-U+2027 */
    FIRST = LETTERS | NO_ETH | SIGNS | LINES,
    EVERY = LETTERS | LATIN | MARKED | DASHES /* in all columns */
};

/* By the low half of the first byte, by its high half, by the high and by the low half of the second. */
static const uint8_t QUIET[4][16] = {
    {FIRST | DASHES | POINTS, LATIN, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, MARKED, 0},
    {FIRST | LATIN, MARKED, DASHES | POINTS, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
#define ALWAYS (LATIN | MARKED)
    {ALWAYS | LINES, ALWAYS | DASHES, ALWAYS | LETTERS | POINTS, ALWAYS | LETTERS | DASHES, ALWAYS | LETTERS, ALWAYS | LETTERS,
     ALWAYS | LETTERS, ALWAYS | LETTERS, MARKED, MARKED, ALWAYS | SIGNS, ALWAYS | LETTERS, ALWAYS | LETTERS, ALWAYS | NO_ETH,
     ALWAYS | LETTERS, ALWAYS | NO_ETH},
#undef ALWAYS
#define ALWAYS (EVERY | NO_ETH | SIGNS)
    {EVERY | POINTS, ALWAYS | POINTS, ALWAYS | POINTS, ALWAYS | POINTS, ALWAYS | POINTS, ALWAYS | POINTS, ALWAYS | POINTS,
     ALWAYS | POINTS, ALWAYS, ALWAYS | LINES, ALWAYS | LINES, ALWAYS, ALWAYS, EVERY | NO_ETH, ALWAYS, ALWAYS},
#undef ALWAYS
};

/* What a loop holds in registers. */
typedef struct {
    __m256i tables[4];
    __m256i loud, joined; /* not zero where something loud, or "&", was seen */
} listener;

TT_UCS2_TARGET static inline __m256i load(const uint16_t *at)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)at);
}

TT_UCS2_TARGET static inline __m256i is(__m256i bytes, int byte)
{
    return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8((char)byte));
}

TT_UCS2_TARGET static inline __m256i high_half(__m256i bytes)
{
    return _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(0x0F));
}

TT_UCS2_TARGET static inline listener listen(void)
{
    listener self = {.loud = _mm256_setzero_si256(), .joined = _mm256_setzero_si256()};
    for (int i = 0; i < 4; i++)
        self.tables[i] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)QUIET[i]));
    return self;
}

/* WIDE code points; which of them stands where does not matter. */
TT_UCS2_TARGET static inline void hear(listener *self, __m256i a, __m256i b)
{
    __m256i low = _mm256_set1_epi16(0xFF), second = _mm256_packus_epi16(_mm256_and_si256(a, low), _mm256_and_si256(b, low));
    __m256i first = _mm256_packus_epi16(_mm256_srli_epi16(a, 8), _mm256_srli_epi16(b, 8));
    __m256i by_first = _mm256_and_si256(_mm256_shuffle_epi8(self->tables[0], first), /* none from 80 on */
                                        _mm256_shuffle_epi8(self->tables[1], high_half(first)));
    __m256i by_second =
        _mm256_and_si256(_mm256_shuffle_epi8(self->tables[2], high_half(second)),
                         _mm256_shuffle_epi8(self->tables[3], _mm256_and_si256(second, _mm256_set1_epi8(0x0F))));
    __m256i loud = _mm256_cmpeq_epi8(_mm256_and_si256(by_first, by_second), _mm256_setzero_si256());
    self->loud = _mm256_or_si256(self->loud, _mm256_or_si256(loud, is(second, 0x7F)));
    self->joined = _mm256_or_si256(self->joined, is(second, '&'));
}

TT_UCS2_TARGET static inline void put_four(char *out, __m128i bytes, uint8_t sizes)
{
    __m128i pack = _mm_loadu_si128((const __m128i *)(const void *)UTF8_PACKS[sizes]);
    _mm_storeu_si128((__m128i *)(void *)out, _mm_shuffle_epi8(bytes, pack));
}

/* Where byte groups begin: each set bit of `sizes` says that a code point is a byte shorter. */
TT_UCS2_TARGET static inline char *behind(char *out, int groups, uint32_t sizes)
{
    return out + groups * 4 * MOST - __builtin_popcount(sizes);
}

/* STEP code points. */
TT_UCS2_TARGET static inline char *put(char *out, __m256i units)
{
    __m256i one = _mm256_cmpeq_epi16(_mm256_min_epu16(units, _mm256_set1_epi16(0x7F)), units);
    __m256i two = _mm256_cmpeq_epi16(_mm256_min_epu16(units, _mm256_set1_epi16(0x7FF)), units); /* at most */
    __m256i six = _mm256_and_si256(units, _mm256_set1_epi16(0x3F));
    __m256i last = _mm256_blendv_epi8(_mm256_or_si256(six, _mm256_set1_epi16(0x80)), units, one);
    __m256i heads = _mm256_or_si256(_mm256_set1_epi16((short)0x80E0), _mm256_and_si256(two, _mm256_set1_epi16(0x4000)));
    __m256i middle = _mm256_and_si256(_mm256_slli_epi16(units, 2), _mm256_set1_epi16(0x3F00));
    __m256i before = _mm256_or_si256(_mm256_or_si256(_mm256_srli_epi16(units, 12), middle), heads);
    uint32_t sizes = (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(one, _mm256_slli_epi16(two, 8)));
    __m256i even = _mm256_unpacklo_epi16(before, last), odd = _mm256_unpackhi_epi16(before, last);
    put_four(out, _mm256_castsi256_si128(even), (uint8_t)sizes);
    put_four(behind(out, 1, sizes & 0xFF), _mm256_castsi256_si128(odd), (uint8_t)(sizes >> 8));
    put_four(behind(out, 2, sizes & 0xFFFF), _mm256_extracti128_si256(even, 1), (uint8_t)(sizes >> 16));
    put_four(behind(out, 3, sizes & 0xFFFFFF), _mm256_extracti128_si256(odd, 1), (uint8_t)(sizes >> 24));
    return behind(out, 4, sizes);
}

TT_UCS2_TARGET static inline char *take(listener *self, char *out, const uint16_t *units)
{
    __m256i a = load(units), b = load(units + STEP);
    hear(self, a, b);
    return put(put(out, a), b);
}

TT_UCS2_TARGET tt_ucs2 tt__ucs2_encode_avx2(char *out, const uint16_t *text, size_t len)
{
    listener self = listen();
    uint16_t rest[WIDE];
    char *at = out;
    for (; len >= WIDE; text += WIDE, len -= WIDE)
        at = take(&self, at, text);
    for (size_t i = 0; i < WIDE; i++)
        rest[i] = ' ';
    if (len != 0)
        memcpy(rest, text, len * sizeof *text);
    at = take(&self, at, rest) - (WIDE - len); /* less the blanks behind it */
    return (tt_ucs2){(size_t)(at - out), _mm256_testz_si256(self.loud, self.loud) != 0,
                     _mm256_testz_si256(self.joined, self.joined) == 0};
}
#else
typedef int tt_no_wide_ucs2; /* a file must declare something */
#endif
