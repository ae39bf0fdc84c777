/* map_avx512.c - the rows of a map for processors with AVX-512 that pick bytes out of registers and move bits by matrices.
 *
 * A look-up gives each byte the classes it has, a bit a class; then eight bytes and their eight bits change places, so that all
 * bits of a class stand together and a row is written by two stores. */
#include "page/map.h"

#if TT_X86
#include <immintrin.h>

/* ORDER MAP: the first eight classes, and the rest of them. */
enum { BLANK = 0x01, DIGIT = 0x02, STOP = 0x04, BORDER = 0x08, MARK = 0x10, BRACKET = 0x20, COLON = 0x40, QUOTE = 0x80 };
enum { SIGN = 0x01, DASH = 0x02, PARTING = 0x04, CLOSER = 0x08 }; /* CLOSER: to be looked at one by one */

#define FOUR(a) a, a, a, a
#define EIGHT(a) FOUR(a), FOUR(a)
#define CONTROL (BLANK | BORDER)
#define DOT (STOP | MARK)
/* Of the bytes below 40; those above have none of the first classes, but for E2. */
static const uint8_t FIRST[64] = {
    EIGHT(CONTROL),
    EIGHT(CONTROL),
    EIGHT(CONTROL),
    EIGHT(CONTROL),
    BLANK,
    DOT,
    QUOTE,
    0,
    0,
    0,
    0,
    0,
    BRACKET,
    BRACKET,
    0,
    0,
    0,
    0,
    DOT,
    0,
    EIGHT(DIGIT),
    DIGIT,
    DIGIT,
    COLON | MARK,
    MARK,
    BORDER,
    0,
    0,
    DOT,
};
#undef CONTROL
#define CONTROL (PARTING | CLOSER)
static const uint8_t SECOND[128] = {
    EIGHT(CONTROL),  CONTROL,
    CONTROL,         PARTING,
    CONTROL,         FOUR(CONTROL),
    EIGHT(CONTROL),  EIGHT(CONTROL), /* LF is no riddle */
    [' '] = PARTING, ['"'] = PARTING,
    ['#'] = SIGN,    ['\''] = PARTING,
    ['('] = PARTING, [')'] = PARTING,
    ['*'] = PARTING, [','] = PARTING,
    ['-'] = DASH,    ['/'] = SIGN | PARTING,
    [':'] = PARTING, [';'] = SIGN | PARTING,
    ['>'] = SIGN,    ['['] = PARTING,
    [']'] = PARTING, ['|'] = SIGN,
};
/* And of the bytes from C0 on. */
static const uint8_t LEADS[64] = {
    [0x02] = SIGN | PARTING | CLOSER, [0x22] = SIGN | PARTING | CLOSER, [0x23] = SIGN | PARTING | CLOSER, [0x2F] = CLOSER};

#define COLUMN(i) (i), (i) + 8, (i) + 16, (i) + 24, (i) + 32, (i) + 40, (i) + 48, (i) + 56
static const uint8_t COLUMNS[64] = {COLUMN(0), COLUMN(1), COLUMN(2), COLUMN(3), COLUMN(4), COLUMN(5), COLUMN(6), COLUMN(7)};

/* What a loop holds in registers. */
typedef struct {
    __m512i first, second_low, second_high, leads, columns;
} tables;

TT_AVX512 static inline __m512i load(const void *at)
{
    return _mm512_loadu_si512(at);
}

TT_AVX512 static inline __m512i all(int byte)
{
    return _mm512_set1_epi8((char)byte);
}

TT_AVX512 static inline uint64_t equal(__m512i x, int byte)
{
    return _mm512_cmpeq_epi8_mask(x, all(byte));
}

/* Each eight bytes turned round, as the matrix wants them. */
TT_AVX512 static inline __m512i turned(__m512i x)
{
    __m128i order = _mm_set_epi8(8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
    return _mm512_shuffle_epi8(x, _mm512_broadcast_i32x4(order));
}

/* Of turned bytes with eight classes: the bits of each class together. */
TT_AVX512 static inline __m512i by_class(__m512i classes, __m512i columns)
{
    __m512i one = _mm512_set1_epi64((int64_t)0x8040201008040201);
    return _mm512_permutexvar_epi8(columns, _mm512_gf2p8affine_epi64_epi8(one, classes, 0));
}

TT_AVX512 static inline uint64_t look_closer(tt_map_row *row, __m512i x, uint64_t e1_9a, const char *at, const char *end)
{
    uint64_t control = _mm512_cmple_epu8_mask(x, all(0x1F)) & ~equal(x, '\n');
    uint64_t wide = equal(x, 0xC2) | equal(x, 0xE2) | equal(x, 0xE3) | equal(x, 0xEF) | e1_9a;
    return tt__map_look_closer(row, control, wide, at, end);
}

TT_AVX512 static inline uint64_t row_at(tt_map_row *row, const tables *self, const char *at, const char *end, uint64_t over)
{
    __m512i x = load(at), after = load(at + 1), y = turned(x);
    uint64_t e1 = equal(x, 0xE1), e1_9a = _mm512_mask_cmpeq_epi8_mask(e1, after, all(0x9A));
    __m512i first = _mm512_maskz_permutexvar_epi8(_mm512_cmplt_epu8_mask(y, all(0x40)), y, self->first);
    first = _mm512_mask_mov_epi8(first, equal(y, 0xE2), all(QUOTE));
    __m512i second = _mm512_permutex2var_epi8(self->second_low, y, self->second_high);
    second = _mm512_maskz_mov_epi8(_mm512_cmplt_epu8_mask(y, all(0x80)), second);
    second = _mm512_mask_permutexvar_epi8(second, _mm512_cmpge_epu8_mask(y, all(0xC0)), y, self->leads);
    _mm512_storeu_si512(&row->blank, by_class(first, self->columns));
    _mm256_storeu_si256((__m256i *)(void *)&row->sign, _mm512_castsi512_si256(by_class(second, self->columns)));
    row->credit = _mm512_mask_cmpeq_epi8_mask(e1, after, all(0xBA));
    row->lead = _mm512_cmpgt_epi8_mask(x, all(-65)); /* 80 to BF are the lowest as signed numbers */
    if (over != 0) {
        row->blank |= over;
        row->parting |= over;
    }
    return (_mm512_test_epi8_mask(second, all(CLOSER)) | e1_9a) == 0 ? 0 : look_closer(row, x, e1_9a, at, end);
}

TT_AVX512 void tt__map_avx512(tt_map_row *rows, tt_map_state *state, size_t count, const char *bytes, const char *end)
{
    tables self = {load(FIRST), load(SECOND), load(SECOND + 64), load(LEADS), load(COLUMNS)};
    for (size_t i = 0; i < count; i++) {
        state->over = row_at(&rows[i], &self, bytes + i * TT_LANES, end, state->over);
        rows[i].before = state->before;
        state->before += (uint32_t)__builtin_popcountll(rows[i].lead);
    }
}
#else
typedef int tt_no_avx512_map; /* a file must declare something */
#endif
