/* ucs2_avx512.c - 16-bit code points to UTF-8 for processors with AVX-512 that pick bytes out of registers.
 *
 * Each of 21 code points is given three bytes of a register: one instruction takes the bits of each byte from their places,
 * and another one moves the bytes that count together. Whether a text is quiet is looked up: of the code points below U+0200
 * by a table with a bit each. */
#include "text/ucs2.h"

#if TT_X86
#include <immintrin.h>

enum { WIDE = 32, STEP = 21 }; /* code points looked at, and encoded, at a time */

/* Of sixteen code points a row, from U+0000 on: those that are quiet. */
static const uint16_t QUIET[WIDE] = {
    0x0600, 0x0000, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, 0x7FFF, 0x0000, 0x0000, 0xDFFE, /* U+00A0 U+00AD */
    0xFFFF, 0xFFFF, 0xFFFE, 0xFFFF, 0xFFFE,                                                 /* U+00D0 U+00F0 */
    0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, 0x0000, 0x0000, 0xFFFF, /* U+0180-U+019F */
    0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF,
};

#define SEVEN(a, b, c) a, b, c, a, b, c, a, b, c, a, b, c, a, b, c, a, b, c, a, b, c
#define EACH(a, b, c, last) SEVEN(a, b, c), SEVEN(a, b, c), SEVEN(a, b, c), last
#define THREE(a) a, a, a

/* Where each of the bytes comes from: the code points of 64 bits, and of these the bits. */
static const uint16_t POINTS[WIDE] = {0,  1,  2,  3,  2,  3,  4,  5,  5,  6,  7,  8,  8,  9,  10, 11,
                                      10, 11, 12, 13, 13, 14, 15, 16, 16, 17, 18, 19, 18, 19, 20, 21};
#define PLACES                                                                                                                 \
    12, 6, 0, 28, 22, 16, 44, 38, /* of the first one: its three bytes, three of the second one, two of the third */           \
        0, 28, 22, 16, 44, 38, 32, 60, 6, 0, 28, 22, 16, 44, 38, 32
static const uint8_t BITS_FROM[64] = {PLACES, PLACES, 12, 6, 0, 28, 22, 16, 44, 38, 0, 28, 22, 16, 44, 38, 32, 60};
/* Low half of the 16 bits with its size. */
static const uint8_t SIZE_FROM[64] = {THREE(0),  THREE(2),  THREE(4),  THREE(6),  THREE(8),  THREE(10), THREE(12),
                                      THREE(14), THREE(16), THREE(18), THREE(20), THREE(22), THREE(24), THREE(26),
                                      THREE(28), THREE(30), THREE(32), THREE(34), THREE(36), THREE(38), THREE(40)};

/* A size here is the code point's part from bit 7 on, with TALL for all that have three bytes; 0 is ASCII. */
enum { TALL = 16, NEVER = 0xFF };
static const uint8_t COUNTS_FROM[64] = {EACH(TALL, 1, 0, NEVER)};    /* a byte counts from this size on */
static const uint8_t TAIL_FROM[64] = {EACH(NEVER, NEVER, 1, NEVER)}; /* the last byte is a tail */
static const uint8_t HEAD_BELOW[64] = {EACH(0, TALL, 0, 0)};         /* the middle byte is the first of two */
static const uint8_t BITS[64] = {EACH(0x0F, 0x3F, 0x7F, 0)}, HEADS[64] = {EACH(0xE0, 0x80, 0, 0)};

/* What a loop holds in registers. */
typedef struct {
    __m512i points, bits_from, size_from, counts_from, tail_from, head_below, bits, heads;
} encoder;

TT_AVX512 static inline __m512i load(const void *at)
{
    return _mm512_loadu_si512(at);
}

TT_AVX512 static inline __mmask32 is(__m512i units, int unit)
{
    return _mm512_cmpeq_epi16_mask(units, _mm512_set1_epi16((short)unit));
}

TT_AVX512 static inline __mmask32 loud_units(__m512i units, __m512i quiet)
{
    __m512i row = _mm512_srli_epi16(units, 4), low = _mm512_set1_epi16((short)0xFE0F); /* no bit for U+0200 and above */
    __m512i bit = _mm512_sllv_epi16(_mm512_set1_epi16(1), _mm512_and_si512(units, low));
    __m512i marked = _mm512_sub_epi16(units, _mm512_set1_epi16(0x1E00)),
            sign = _mm512_sub_epi16(units, _mm512_set1_epi16(0x2010));
    __mmask32 loud = _mm512_cmpgt_epu16_mask(marked, _mm512_set1_epi16(0xFF));
    loud = _mm512_mask_cmpgt_epu16_mask(loud, sign, _mm512_set1_epi16(0x17));
    loud = _mm512_mask_cmpneq_epi16_mask(loud, row, _mm512_set1_epi16(0x203));
    return _mm512_mask_testn_epi16_mask(loud, _mm512_permutexvar_epi16(row, quiet), bit);
}

/* The first STEP of the units. */
TT_AVX512 static inline char *put(char *out, const encoder *self, __m512i units)
{
    __m512i size = _mm512_min_epu16(_mm512_srli_epi16(units, 7), _mm512_set1_epi16(TALL));
    size = _mm512_permutexvar_epi8(self->size_from, size);
    __mmask64 count = _mm512_cmpge_epu8_mask(size, self->counts_from), head = _mm512_cmplt_epu8_mask(size, self->head_below);
    __mmask64 tail = _mm512_cmpge_epu8_mask(size, self->tail_from);
    __m512i bytes = _mm512_multishift_epi64_epi8(self->bits_from, _mm512_permutexvar_epi16(self->points, units));
    __m512i bits = _mm512_mask_mov_epi8(self->bits, tail, _mm512_set1_epi8(0x3F));
    __m512i heads = _mm512_mask_mov_epi8(self->heads, tail, _mm512_set1_epi8((char)0x80));
    heads = _mm512_mask_mov_epi8(heads, head, _mm512_set1_epi8((char)0xC0));
    bytes = _mm512_or_si512(_mm512_and_si512(bytes, bits), heads);
    _mm512_storeu_si512(out, _mm512_maskz_compress_epi8(count, bytes));
    return out + __builtin_popcountll(count);
}

/* The last `len` of WIDE code points, blanks behind them. */
TT_AVX512 static inline __m512i load_rest(const uint16_t *text, size_t len)
{
    return _mm512_mask_loadu_epi16(_mm512_set1_epi16(' '), (UINT32_C(1) << len) - 1, text);
}

TT_AVX512 static bool is_quiet(bool *joined, const uint16_t *text, size_t len)
{
    __m512i quiet = load(QUIET), units;
    __mmask32 loud = 0, and_sign = 0;
    for (; len >= WIDE; text += WIDE, len -= WIDE) {
        units = load(text);
        loud |= loud_units(units, quiet);
        and_sign |= is(units, '&');
    }
    units = load_rest(text, len);
    *joined = (and_sign | is(units, '&')) != 0;
    return (loud | loud_units(units, quiet)) == 0;
}

TT_AVX512 tt_ucs2 tt__ucs2_encode_avx512(char *out, const uint16_t *text, size_t len)
{
    encoder self = {load(POINTS),    load(BITS_FROM),  load(SIZE_FROM), load(COUNTS_FROM),
                    load(TAIL_FROM), load(HEAD_BELOW), load(BITS),      load(HEADS)};
    tt_ucs2 made;
    made.quiet = is_quiet(&made.joined, text, len);
    char *at = out;
    for (; len >= WIDE; text += STEP, len -= STEP)
        at = put(at, &self, load(text));
    for (; len > STEP; text += STEP, len -= STEP)
        at = put(at, &self, load_rest(text, len));
    at = put(at, &self, load_rest(text, len)) - (STEP - len); /* less the blanks behind it */
    made.size = (size_t)(at - out);
    return made;
}
#else
typedef int tt_no_avx512_ucs2; /* a file must declare something */
#endif
