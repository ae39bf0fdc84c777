/* fact_cache.h - sums of facts that are told again and again, a bounded number of them. */
#ifndef TT_ENTITY_FACT_CACHE_H
#define TT_ENTITY_FACT_CACHE_H

#include "tintuc/base.h"

enum { FACT_CACHE_WAYS = 2 };

typedef struct {
    uint64_t key[FACT_CACHE_WAYS];
    uint8_t used, latest;
} tt_fact_set;

typedef struct {
    tt_fact_set *sets;
    int16_t *sums; /* `sum_length` numbers for each way of each set */
    size_t set_mask, sum_length;
} tt_fact_cache;

/* Room for 2^bits sums of `sum_length` numbers; memory is touched as it is filled. TT_ENOMEM. */
tt_status tt__fact_cache_open(tt_fact_cache *out, unsigned bits, size_t sum_length);
void tt__fact_cache_close(tt_fact_cache *self);
/* The sum kept for `key`. Where there is none, *known is false and the caller fills the place. */
int16_t *tt__fact_cache_at(bool *known, tt_fact_cache *self, uint64_t key);
/* Ask memory for what tt__fact_cache_at will read. */
void tt__fact_cache_expect(const tt_fact_cache *self, uint64_t key);

#endif
