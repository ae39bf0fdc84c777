/* fact_cache.c - four places for each key, of which it takes the one that nobody has asked for the longest: words come and go
 * with the articles, but a few thousand make up most of any. Which sums are kept changes no result.
 *
 * Keys lie apart from the sums, close together, so that a sum can be asked for ahead and one that is missing costs nothing. */
#include "entity/fact_cache.h"
#include "base/alloc.h"

#include <string.h>

enum { WAY_BITS = 2, WAYS = 1 << WAY_BITS, LINE = 64, EXPECTED = 6 * LINE /* the processor goes on by itself */ };

tt_status tt__fact_cache_open(tt_fact_cache *out, unsigned bits, size_t sum_length)
{
    const size_t count = (size_t)1 << bits, size = (sum_length * sizeof(int16_t) + LINE - 1) / LINE * LINE;
    *out = (tt_fact_cache){.shift = 64 - bits + WAY_BITS, .size = size};
    const size_t heads = count * (sizeof *out->keys + sizeof *out->times);
    out->block = tt__malloc_wide(LINE + heads + count * size);
    if (out->block == NULL)
        return TT_ENOMEM;
    out->sums = (char *)out->block + (LINE - (uintptr_t)out->block % LINE);
    out->keys = (void *)(out->sums + count * size);
    out->times = (void *)(out->keys + count);
    memset(out->keys, 0, heads);
    for (unsigned way = 0; way < WAYS; way++)
        out->keys[way] = 1; /* which has its place elsewhere, as 0 has it here */
    return TT_OK;
}

void tt__fact_cache_close(tt_fact_cache *self)
{
    tt__free(self->block);
    memset(self, 0, sizeof *self);
}

/* Quick, since much waits for it; all of the key is in the highest bits of the product. */
static size_t first_place(const tt_fact_cache *self, uint64_t key)
{
    return (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> self->shift) * WAYS;
}

/* Where the key is, if it is anywhere. Without branches: nobody can foretell which way it went. */
static size_t place_of(const tt_fact_cache *self, uint64_t key)
{
    const size_t first = first_place(self, key);
    size_t found = 0;
    for (size_t way = 1; way < WAYS; way++)
        found |= way & (0 - (size_t)(self->keys[first + way] == key));
    return first + found;
}

tt_kept_sum tt__fact_cache_expect(const tt_fact_cache *self, uint64_t key)
{
    const size_t place = place_of(self, key);
    const char *sum = self->sums + place * self->size;
    for (size_t at = 0; self->keys[place] == key && at < self->size && at < EXPECTED; at += LINE)
        __builtin_prefetch(sum + at);
    return (tt_kept_sum){key, place};
}

bool tt__fact_cache_find(tt_kept_sum *kept, const tt_fact_cache *self)
{
    kept->place = place_of(self, kept->key);
    return self->keys[kept->place] == kept->key;
}

void tt__fact_cache_claim(tt_kept_sum *kept, tt_fact_cache *self)
{
    const size_t first = first_place(self, kept->key);
    size_t place = first;
    for (size_t i = first + 1; i < first + WAYS; i++)
        place = self->times[i] < self->times[place] ? i : place;
    self->keys[place] = kept->key;
    self->times[place] = ++self->time;
    kept->place = place;
}
