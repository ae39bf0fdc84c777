/* fact_cache.c - two ways a set, of which the one not used last gives way. Which sums are kept changes no result. */
#include "entity/fact_cache.h"
#include "base/alloc.h"
#include "base/hash.h"

#include <string.h>

tt_status tt__fact_cache_open(tt_fact_cache *out, unsigned bits, size_t sum_length)
{
    size_t ways = (size_t)1 << bits, sets = ways / FACT_CACHE_WAYS;
    *out = (tt_fact_cache){.set_mask = sets - 1, .sum_length = sum_length};
    out->sets = tt__calloc(sets, sizeof *out->sets);
    out->sums = tt__calloc(ways * sum_length, sizeof *out->sums);
    if (out->sets != NULL && out->sums != NULL)
        return TT_OK;
    tt__fact_cache_close(out);
    return TT_ENOMEM;
}

void tt__fact_cache_close(tt_fact_cache *self)
{
    tt__free(self->sets);
    tt__free(self->sums);
    memset(self, 0, sizeof *self);
}

static size_t set_of(const tt_fact_cache *self, uint64_t key)
{
    return (size_t)tt__mix(key) & self->set_mask;
}

int16_t *tt__fact_cache_at(bool *known, tt_fact_cache *self, uint64_t key)
{
    size_t number = set_of(self, key);
    tt_fact_set *set = &self->sets[number];
    unsigned way = 0;
    while (way < set->used && set->key[way] != key)
        way++;
    *known = way < set->used;
    if (!*known) {
        way = set->used < FACT_CACHE_WAYS ? set->used++ : !set->latest;
        set->key[way] = key;
    }
    set->latest = (uint8_t)way;
    return self->sums + (number * FACT_CACHE_WAYS + way) * self->sum_length;
}

void tt__fact_cache_expect(const tt_fact_cache *self, uint64_t key)
{
    size_t number = set_of(self, key);
    const int16_t *sums = self->sums + (number * FACT_CACHE_WAYS + self->sets[number].latest) * self->sum_length;
    __builtin_prefetch(sums);
    __builtin_prefetch(sums + 32);
    __builtin_prefetch(sums + 64);
    __builtin_prefetch(sums + 96);
}
