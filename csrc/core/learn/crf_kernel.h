/* crf_kernel.h - the inner loops of the chain: written once in plain C, and once with AVX2, which gives the same to the bit. */
#ifndef TT_LEARN_CRF_KERNEL_H
#define TT_LEARN_CRF_KERNEL_H

#include "base/cpu.h"
#include "learn/crf_impl.h"

enum { CRF_BATCH = 24 };

/* Where to add which row: its first byte, and in the upper half the place. One number, so that a copy of what was just written
 * need not wait for memory. */
typedef uint64_t crf_addend;

/* A fact of which some feature is known: its block and first place, as an addend, and how many places it speaks to. */
typedef struct {
    crf_addend block;
    uint32_t first, end; /* members */
} crf_found_fact;

typedef struct {
    uint32_t one_count, several_count;
    crf_addend ones[CRF_BATCH + 1]; /* blocks, whose first member speaks */
    crf_found_fact several[CRF_BATCH + 1];
} crf_found;

static inline uint32_t tt__crf_row_of(crf_addend addend)
{
    return (uint32_t)addend;
}

static inline uint32_t tt__crf_place_of(crf_addend addend)
{
    return (uint32_t)(addend >> 32);
}

/* Best scores of all states at a token: in lanes, and of state 0. */
typedef struct {
    float lanes[CRF_STATES_MAX], zero;
} crf_scores;

/* One step of Viterbi's: what leads to a token, and what it is itself. */
typedef struct {
    const crf_scores *from;
    uint32_t class_index;
    const int16_t *sums; /* of the token */
    uint8_t *back;       /* of each state the one before it, in lanes, state 0 last */
} crf_step;

static inline const crf_bucket *tt__crf_bucket(const tt_crf *self, uint64_t hash)
{
    return self->buckets + ((hash & UINT32_MAX) * self->bucket_count >> 32);
}

/* Look up to CRF_BATCH facts of each sort up, and ask memory for their blocks. */
void tt__crf_find_plain(crf_found *out, const tt_crf *self, const tt_crf_facts *facts);
/* Add dense rows to the sums of their places. 16 bits are enough for CRF_FEATURES_MAX rows of at most 127. */
void tt__crf_add_plain(int16_t *sums, const tt_crf *self, const crf_addend *rows, uint32_t count);
void tt__crf_step_plain(crf_scores *to, const tt_crf *self, const crf_step *step);

/* Add the rows that wait to the sums of their places. */
void tt__crf_settle(tt_crf_scratch *scratch, const tt_crf *self);

#if TT_X86
void tt__crf_find_avx2(crf_found *out, const tt_crf *self, const tt_crf_facts *facts);
void tt__crf_add_avx2(int16_t *sums, const tt_crf *self, const crf_addend *rows, uint32_t count);
void tt__crf_step_avx2(crf_scores *to, const tt_crf *self, const crf_step *step);
#endif

#endif
