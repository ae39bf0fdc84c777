/* crf_avx2.c - the inner loops of crf_plain.c for processors with AVX2. Sums of integers, and of floats in the same order, so
 * that the results are the same to the bit. */
#include "learn/crf_kernel.h"

#if TT_X86
#include <immintrin.h>
#include <math.h>
#include <string.h>

#define AVX2 __attribute__((target("avx2")))
#define ALWAYS AVX2 static inline __attribute__((always_inline))

/* The block of a check in a bucket; 0 where there is none, and then *mask is 0. */
ALWAYS uint32_t block_in(unsigned *mask, const crf_bucket *bucket, uint32_t check)
{
    __m256i checks = _mm256_loadu_si256((const void *)bucket->check);
    __m256i equal = _mm256_cmpeq_epi32(checks, _mm256_set1_epi32((int)check));
    *mask = (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(equal));
    uint32_t block = bucket->block[__builtin_ctz(*mask | 1u << (CRF_SLOTS - 1))];
    return *mask != 0 ? block : 0;
}

ALWAYS uint32_t block_of(const tt_crf *self, uint64_t hash)
{
    const crf_bucket *bucket = tt__crf_bucket(self, hash), *end = self->buckets + self->bucket_count;
    const uint32_t check = (uint32_t)(hash >> 32);
    unsigned mask;
    uint32_t block = block_in(&mask, bucket, check);
    while (__builtin_expect((mask == 0) & (bucket->block[CRF_SLOTS - 1] != 0), 0)) {
        bucket = bucket + 1 < end ? bucket + 1 : self->buckets;
        block = block_in(&mask, bucket, check);
    }
    return block;
}

ALWAYS void expect_lines(const int8_t *block, int from, int end)
{
    for (int line = from; line < end; line++)
        _mm_prefetch((const char *)block + line * CRF_LINE, _MM_HINT_T0);
}

/* What is not found is written over. */
AVX2 void tt__crf_find_avx2(crf_found *out, const tt_crf *self, const tt_crf_facts *facts)
{
    const uint32_t one_count = facts->one_count, several_count = facts->several_count;
    uint32_t found = 0;
    for (uint32_t i = 0; i < one_count; i++) {
        const uint32_t block = block_of(self, facts->ones[i].hash);
        expect_lines(self->blocks + block, 0, 2);
        out->ones[found] = block | (uint64_t)facts->ones[i].to << 32;
        found += block != 0;
    }
    out->one_count = found;
    found = 0;
    for (uint32_t i = 0; i < several_count; i++) {
        const tt_crf_fact *fact = &facts->several[i];
        const uint32_t block = block_of(self, fact->hash);
        expect_lines(self->blocks + block, 0, 2);
        if (fact->end > 2) /* its rows are longer */
            expect_lines(self->blocks + block, 2, 4);
        out->several[found] = (crf_found_fact){block | (uint64_t)fact->to << 32, fact->first, fact->end};
        found += block != 0;
    }
    out->several_count = found;
}

/* VECTOR: sums in one; SHIPPED: lanes of the shipped model, for which loops are unrolled. */
enum { VECTOR = 16, SHIPPED = 64 };
_Static_assert(CRF_PARTS *CRF_WIDTH % VECTOR == 0, "lanes fill vectors");

/* Add `lanes` weights of a row to the sums `to`. */
ALWAYS void add_row(int16_t *to, const int8_t *row, const uint32_t lanes)
{
    for (uint32_t y = 0; y < lanes; y += VECTOR) {
        __m256i weights = _mm256_cvtepi8_epi16(_mm_loadu_si128((const void *)(row + 1 + y)));
        __m256i old = _mm256_loadu_si256((const void *)(to + y));
        _mm256_storeu_si256((void *)(to + y), _mm256_add_epi16(old, weights));
    }
    to[lanes] = (int16_t)(to[lanes] + row[0]);
}

AVX2 void tt__crf_add_avx2(int16_t *sums, const tt_crf *self, const crf_addend *rows, uint32_t count)
{
    const size_t lanes = self->lanes;
    if (lanes == SHIPPED)
        for (uint32_t i = 0; i < count; i++)
            add_row(sums + tt__crf_place_of(rows[i]) * (SHIPPED + 1), self->blocks + tt__crf_row_of(rows[i]), SHIPPED);
    else
        for (uint32_t i = 0; i < count; i++)
            add_row(sums + tt__crf_place_of(rows[i]) * (lanes + 1), self->blocks + tt__crf_row_of(rows[i]), self->lanes);
}

/* Open states that may win, in order. */
typedef struct {
    uint32_t count;
    struct {
        const float *trans;
        float score;
        uint32_t state, lane;
    } at[CRF_STATES_MAX];
} rivals;

AVX2 static inline void add_rival(rivals *out, const tt_crf *self, uint32_t class_index, uint32_t x, float score)
{
    out->at[out->count].trans = tt__crf_open_steps(self, class_index, x);
    out->at[out->count].score = score;
    out->at[out->count].lane = tt__crf_lane(self, x);
    out->at[out->count++].state = x;
}

AVX2 static inline float largest(__m256 v)
{
    __m128 four = _mm_max_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    four = _mm_max_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_max_ss(four, _mm_movehdup_ps(four)));
}

/* Of the lanes of part p. */
ALWAYS void find_in_part(rivals *out, const tt_crf *self, const crf_step *step, uint32_t p, const float *high, float bar,
                         uint32_t width)
{
    const float *from = step->from->lanes + p * width;
    for (uint32_t k = 0; k < width; k += CRF_WIDTH) {
        __m256 most = _mm256_add_ps(_mm256_loadu_ps(from + k), _mm256_loadu_ps(high + p * width + k));
        unsigned mask = (unsigned)_mm256_movemask_ps(_mm256_cmp_ps(most, _mm256_set1_ps(bar), _CMP_GE_OQ));
        for (; mask != 0; mask &= mask - 1) {
            uint32_t at = k + (uint32_t)__builtin_ctz(mask);
            add_rival(out, self, step->class_index, 1 + at * CRF_GROUP + p, from[at]);
        }
    }
}

ALWAYS float bar_of(const tt_crf *self, const crf_scores *from, const float *low, uint32_t width)
{
    __m256 least = _mm256_set1_ps(from->zero + low[self->lanes]);
    for (uint32_t p = 0; p < CRF_GROUP; p++)
        if ((self->from_open >> p & 1) != 0)
            for (uint32_t y = p * width; y < (p + 1) * width; y += CRF_WIDTH)
                least = _mm256_max_ps(least, _mm256_add_ps(_mm256_loadu_ps(from->lanes + y), _mm256_loadu_ps(low + y)));
    return largest(least);
}

ALWAYS void find_rivals(rivals *out, const tt_crf *self, const crf_step *step, uint32_t width)
{
    const size_t first = (size_t)step->class_index * (self->lanes + 1);
    const float *high = self->high + first, bar = bar_of(self, step->from, self->low + first, width);
    out->count = 0;
    if (bar == -INFINITY)
        return;
    if (step->from->zero + high[self->lanes] >= bar)
        add_rival(out, self, step->class_index, 0, step->from->zero);
    for (uint32_t p = 0; p < CRF_GROUP; p++)
        if ((self->from_open >> p & 1) != 0)
            find_in_part(out, self, step, p, high, bar, width);
}

/* The best of what leads to eight lanes, and where it comes from. */
typedef struct {
    __m256 best, source;
} contest;

/* Where `score` is larger, it and its source take over. */
ALWAYS void compete(contest *c, __m256 score, __m256i source)
{
    __m256 better = _mm256_cmp_ps(score, c->best, _CMP_GT_OQ);
    c->best = _mm256_blendv_ps(c->best, score, better);
    c->source = _mm256_blendv_ps(c->source, _mm256_castsi256_ps(source), better);
}

/* What a step reads and writes, by itself: bytes are stored, which for all that is known might be any of the chain. */
typedef struct {
    const float *from, *trans; /* scores; steps within groups */
    const int16_t *sums;
    float *to, unit;
    uint8_t *back;
    uint32_t to_open, in_groups[CRF_GROUP];
} step_view;

/* To the lanes of part q from open states. */
ALWAYS void from_rivals(contest *c, const rivals *open, uint32_t q, uint32_t width)
{
    for (uint32_t i = 0; i < open->count; i++)
        for (uint32_t k = 0; k < width; k += CRF_WIDTH)
            compete(&c[k / CRF_WIDTH],
                    _mm256_add_ps(_mm256_loadu_ps(open->at[i].trans + q * width + k), _mm256_set1_ps(open->at[i].score)),
                    _mm256_set1_epi32((int)open->at[i].state));
}

/* From the p-th states of the groups. */
ALWAYS void from_groups(contest *c, const step_view *v, uint32_t p, uint32_t q, uint32_t width)
{
    const __m256i states = _mm256_setr_epi32(1, 5, 9, 13, 17, 21, 25, 29);
    const float *trans = v->trans + (p * CRF_GROUP + q) * width;
    for (uint32_t k = 0; k < width; k += CRF_WIDTH)
        compete(&c[k / CRF_WIDTH], _mm256_add_ps(_mm256_loadu_ps(v->from + p * width + k), _mm256_loadu_ps(trans + k)),
                _mm256_add_epi32(states, _mm256_set1_epi32((int)(CRF_GROUP * k + p))));
}

ALWAYS __m256 unary_of(const int16_t *sums, float unit)
{
    __m256i sum = _mm256_cvtepi16_epi32(_mm_loadu_si128((const void *)sums));
    return _mm256_mul_ps(_mm256_cvtepi32_ps(sum), _mm256_set1_ps(unit));
}

ALWAYS void store_sources(uint8_t *back, __m256 source)
{
    __m256i words = _mm256_castps_si256(source);
    __m128i halves = _mm_packus_epi32(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
    _mm_storel_epi64((void *)back, _mm_packus_epi16(halves, halves));
}

/* The lanes of part q. */
ALWAYS void step_part(const step_view *v, const rivals *open, uint32_t q, uint32_t width)
{
    contest c[CRF_STATES_MAX / CRF_PARTS / CRF_WIDTH];
    for (uint32_t k = 0; k < width; k += CRF_WIDTH)
        c[k / CRF_WIDTH] = (contest){_mm256_set1_ps(-INFINITY), _mm256_setzero_ps()};
    if ((v->to_open >> q & 1) != 0)
        from_rivals(c, open, q, width);
    for (uint32_t p = 0; p < CRF_GROUP; p++)
        if ((v->in_groups[q] >> p & 1) != 0)
            from_groups(c, v, p, q, width);
    for (uint32_t k = 0, y = q * width; k < width; k += CRF_WIDTH, y += CRF_WIDTH) {
        _mm256_storeu_ps(v->to + y, _mm256_add_ps(c[k / CRF_WIDTH].best, unary_of(v->sums + y, v->unit)));
        store_sources(v->back + y, c[k / CRF_WIDTH].source);
    }
}

ALWAYS void step_lanes(crf_scores *to, const tt_crf *self, const crf_step *step, rivals *open, uint32_t width)
{
    find_rivals(open, self, step, width);
    step_view v = {step->from->lanes, tt__crf_group_steps(self, step->class_index, 0),
                   step->sums,        to->lanes,
                   self->unit,        step->back,
                   self->to_open,     {0}};
    memcpy(v.in_groups, self->in_groups, sizeof v.in_groups);
    for (uint32_t q = 0; q < CRF_GROUP; q++)
        step_part(&v, open, q, width);
}

static void step_to_zero(crf_scores *to, const tt_crf *self, const crf_step *step, const rivals *open)
{
    const float *into = tt__crf_into(self, step->class_index, 0);
    float best = -INFINITY;
    uint32_t source = 0;
    for (uint32_t i = 0; i < open->count; i++) {
        float now = open->at[i].score + into[open->at[i].lane];
        source = now > best ? open->at[i].state : source;
        best = now > best ? now : best;
    }
    to->zero = best + (float)step->sums[self->lanes] * self->unit;
    step->back[self->lanes] = (uint8_t)source;
}

AVX2 void tt__crf_step_avx2(crf_scores *to, const tt_crf *self, const crf_step *step)
{
    rivals open;
    if (self->width == SHIPPED / CRF_PARTS)
        step_lanes(to, self, step, &open, SHIPPED / CRF_PARTS);
    else
        step_lanes(to, self, step, &open, self->width);
    step_to_zero(to, self, step, &open);
}
#endif
