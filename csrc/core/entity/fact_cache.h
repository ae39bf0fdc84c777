/* fact_cache.h - sums of facts that are told again and again, a bounded number of them. */
#ifndef TT_ENTITY_FACT_CACHE_H
#define TT_ENTITY_FACT_CACHE_H

#include "tintuc/base.h"

typedef struct {
    uint64_t *keys;  /* of each place: whose it is */
    uint32_t *times; /* when it was last asked for */
    char *sums;      /* of `size` bytes */
    void *block;     /* all of them */
    size_t size;
    unsigned shift;
    uint32_t time;
} tt_fact_cache;

/* Room for 2^bits sums, more than four, of `sum_length` numbers; memory is touched as it is filled, a large page at a time
 * where the system has such. TT_ENOMEM. */
tt_status tt__fact_cache_open(tt_fact_cache *out, unsigned bits, size_t sum_length);
void tt__fact_cache_close(tt_fact_cache *self);
/* A key, and the place where it was when it was looked for last. */
typedef struct {
    uint64_t key;
    size_t place;
} tt_kept_sum;

/* Look a key up, and ask memory for its sum. */
tt_kept_sum tt__fact_cache_expect(const tt_fact_cache *self, uint64_t key);
/* Look it up once more; false: it is not there. */
bool tt__fact_cache_find(tt_kept_sum *kept, const tt_fact_cache *self);
/* Give it, which is not there, a place, where the caller writes its sum. */
void tt__fact_cache_claim(tt_kept_sum *kept, tt_fact_cache *self);

/* The sum, or NULL where it has no place or lost it. */
static inline int16_t *tt__fact_cache_at(tt_fact_cache *self, tt_kept_sum kept)
{
    if (self->keys[kept.place] != kept.key)
        return NULL;
    self->times[kept.place] = ++self->time;
    return (int16_t *)(void *)(self->sums + kept.place * self->size);
}

#endif
