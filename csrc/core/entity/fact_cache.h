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

/* Room for 2^bits sums, more than four, of `sum_length` numbers; memory is touched as it is filled. TT_ENOMEM. */
tt_status tt__fact_cache_open(tt_fact_cache *out, unsigned bits, size_t sum_length);
void tt__fact_cache_close(tt_fact_cache *self);
/* The sum kept for `key`, or NULL. */
int16_t *tt__fact_cache_find(tt_fact_cache *self, uint64_t key);
/* Give `key`, which is not there, a place, where the caller writes its sum: from now on it is found. */
int16_t *tt__fact_cache_claim(tt_fact_cache *self, uint64_t key);
/* Ask memory for what tt__fact_cache_find gives. */
void tt__fact_cache_expect(const tt_fact_cache *self, uint64_t key);

#endif
