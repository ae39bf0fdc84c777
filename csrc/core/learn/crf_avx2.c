/* crf_avx2.c - the inner loops of crf_plain.c for processors with AVX2. Sums of integers, and of floats in the same order, so
 * that the results are the same to the bit. */
#include "learn/crf_kernel.h"

#if TT_X86
#include <immintrin.h>
#include <math.h>
#include <string.h>

#define AVX2 __attribute__((target("avx2")))

/* The block of a check in a bucket; 0 where there is none, and then *mask is 0. */
AVX2 static inline uint32_t block_in(unsigned *mask, const crf_bucket *bucket, uint32_t check)
{
    __m256i checks = _mm256_loadu_si256((const void *)bucket->check);
    __m256i equal = _mm256_cmpeq_epi32(checks, _mm256_set1_epi32((int)check));
    *mask = (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(equal));
    uint32_t block = bucket->block[__builtin_ctz(*mask | 1u << (CRF_SLOTS - 1))];
    return *mask != 0 ? block : 0;
}

AVX2 void tt__crf_find_avx2(crf_found *out, const tt_crf *self, const tt_crf_fact *facts, size_t count)
{
    uint32_t single = 0, several = 0;
    for (size_t i = 0; i < count; i++) {
        const crf_bucket *bucket = tt__crf_bucket(self, facts[i].hash), *end = self->buckets + self->bucket_count;
        uint32_t check = (uint32_t)(facts[i].hash >> 32);
        unsigned mask;
        uint32_t block = block_in(&mask, bucket, check);
        while (__builtin_expect((mask == 0) & (bucket->block[CRF_SLOTS - 1] != 0), 0)) {
            bucket = bucket + 1 < end ? bucket + 1 : self->buckets;
            block = block_in(&mask, bucket, check);
        }
        _mm_prefetch((const char *)self->blocks + block, _MM_HINT_T0);
        _mm_prefetch((const char *)self->blocks + block + CRF_LINE, _MM_HINT_T0);
        if (facts[i].end > 2) { /* its rows are longer */
            _mm_prefetch((const char *)self->blocks + block + 2 * CRF_LINE, _MM_HINT_T0);
            _mm_prefetch((const char *)self->blocks + block + 3 * CRF_LINE, _MM_HINT_T0);
        }
        const crf_addend at = block | (uint64_t)facts[i].to << 32; /* what is not found is written over */
        out->single[single] = at;
        out->several[several] = (crf_found_fact){at, facts[i].first, facts[i].end};
        single += (block != 0) & (facts[i].end == 1);
        several += (block != 0) & (facts[i].end != 1);
    }
    out->single_count = single;
    out->several_count = several;
}

/* Add `lanes` weights of a row to the sums `to`. */
AVX2 static inline __attribute__((always_inline)) void add_row(int16_t *to, const int8_t *row, const uint32_t lanes)
{
    for (uint32_t y = 0; y < lanes; y += CRF_LANES) {
        __m256i weights = _mm256_cvtepi8_epi16(_mm_loadu_si128((const void *)(row + 1 + y)));
        __m256i old = _mm256_loadu_si256((const void *)(to + y));
        _mm256_storeu_si256((void *)(to + y), _mm256_add_epi16(old, weights));
    }
    to[lanes] = (int16_t)(to[lanes] + row[0]);
}

AVX2 void tt__crf_add_avx2(int16_t *sums, const tt_crf *self, const crf_addend *rows, uint32_t count)
{
    enum { SHIPPED = 4 * CRF_LANES }; /* the shipped model's lanes, for which the loop is unrolled */
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
        uint32_t state;
    } at[CRF_STATES_MAX];
} rivals;

AVX2 static inline void add_rival(rivals *out, const tt_crf *self, uint32_t class_index, uint32_t x, float score)
{
    out->at[out->count].trans = self->open_trans + ((size_t)class_index * self->open_count + self->open[x] - 1) * self->lanes;
    out->at[out->count].score = score;
    out->at[out->count++].state = x;
}

AVX2 static inline float largest(__m256 v)
{
    __m128 four = _mm_max_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    four = _mm_max_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_max_ss(four, _mm_movehdup_ps(four)));
}

AVX2 static inline void find_rivals(rivals *out, const tt_crf *self, const crf_step *step)
{
    const crf_scores *from = step->from;
    const float *low = self->low + (size_t)step->class_index * (self->lanes + 1);
    const float *high = self->high + (size_t)step->class_index * (self->lanes + 1);
    __m256 least = _mm256_set1_ps(from->zero + low[self->lanes]);
    for (uint32_t y = 0; y < self->lanes; y += 8)
        least = _mm256_max_ps(least, _mm256_add_ps(_mm256_loadu_ps(from->lanes + y), _mm256_loadu_ps(low + y)));
    float bar = largest(least);
    out->count = 0;
    if (bar == -INFINITY)
        return;
    if (from->zero + high[self->lanes] >= bar)
        add_rival(out, self, step->class_index, 0, from->zero);
    for (uint32_t y = 0; y < self->lanes; y += 8) {
        __m256 most = _mm256_add_ps(_mm256_loadu_ps(from->lanes + y), _mm256_loadu_ps(high + y));
        unsigned mask = (unsigned)_mm256_movemask_ps(_mm256_cmp_ps(most, _mm256_set1_ps(bar), _CMP_GE_OQ));
        for (; mask != 0; mask &= mask - 1) {
            uint32_t lane = y + (uint32_t)__builtin_ctz(mask);
            add_rival(out, self, step->class_index, lane + 1, from->lanes[lane]);
        }
    }
}

/* Eight lanes of a contest: where `score` is larger, it and its source take over. */
#define COMPETE(best, source, score, from)                                                                                     \
    do {                                                                                                                       \
        __m256 now_ = (score), better_ = _mm256_cmp_ps(now_, best, _CMP_GT_OQ);                                                \
        best = _mm256_blendv_ps(best, now_, better_);                                                                          \
        source = _mm256_blendv_ps(source, _mm256_castsi256_ps(from), better_);                                                 \
    } while (0)

/* The p-th lane of each group of four competes for all lanes of its group. */
#define COMPETE_GROUP(p)                                                                                                       \
    do {                                                                                                                       \
        if ((self->group_parts >> (p) & 1) != 0)                                                                               \
            COMPETE(best, source,                                                                                              \
                    _mm256_add_ps(_mm256_permute_ps(from, (p) * 0x55), _mm256_loadu_ps(trans + (p) * self->lanes)),            \
                    _mm256_add_epi32(groups, _mm256_set1_epi32(p)));                                                           \
    } while (0)

AVX2 static inline void store_sources(uint8_t *back, __m256 source)
{
    __m256i words = _mm256_castps_si256(source);
    __m128i halves = _mm_packus_epi32(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
    _mm_storel_epi64((void *)back, _mm_packus_epi16(halves, halves));
}

AVX2 static inline void step_eight(crf_scores *to, const tt_crf *self, const crf_step *step, const rivals *open, uint32_t y)
{
    __m256 best = _mm256_set1_ps(-INFINITY), source = _mm256_setzero_ps(), from = _mm256_loadu_ps(step->from->lanes + y);
    const float *trans = self->group_trans + (size_t)step->class_index * CRF_GROUP * self->lanes + y;
    const __m256i groups = _mm256_add_epi32(_mm256_setr_epi32(1, 1, 1, 1, 5, 5, 5, 5), _mm256_set1_epi32((int)y));
    for (uint32_t i = 0; i < open->count; i++)
        COMPETE(best, source, _mm256_add_ps(_mm256_loadu_ps(open->at[i].trans + y), _mm256_set1_ps(open->at[i].score)),
                _mm256_set1_epi32((int)open->at[i].state));
    COMPETE_GROUP(0);
    COMPETE_GROUP(1);
    COMPETE_GROUP(2);
    COMPETE_GROUP(3);
    __m128i sum = _mm_loadu_si128((const void *)(step->sums + y));
    __m256 unary = _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_cvtepi16_epi32(sum)), _mm256_set1_ps(self->unit));
    _mm256_storeu_ps(to->lanes + y, _mm256_add_ps(best, unary));
    store_sources(step->back + y, source);
}

AVX2 void tt__crf_step_avx2(crf_scores *to, const tt_crf *self, const crf_step *step)
{
    rivals open;
    float best = -INFINITY;
    uint32_t source = 0, zero = self->lanes;
    find_rivals(&open, self, step);
    for (uint32_t y = 0; y < self->lanes; y += 8)
        step_eight(to, self, step, &open, y);
    for (uint32_t i = 0; i < open.count; i++) {
        uint32_t x = open.at[i].state;
        float now = open.at[i].score + self->trans_into[(size_t)step->class_index * self->states * self->states + x];
        source = now > best ? x : source;
        best = now > best ? now : best;
    }
    to->zero = best + (float)step->sums[zero] * self->unit;
    step->back[zero] = (uint8_t)source;
}
#endif
