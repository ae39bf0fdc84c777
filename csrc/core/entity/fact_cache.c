/* fact_cache.c - four places for each key, of which it takes the one that nobody has asked for the longest: words come and go
 * with the articles, but a few thousand make up most of any. Which sums are kept changes no result.
 *
 * Keys lie apart from the sums, close together, so that a sum can be asked for ahead and one that is missing costs nothing. */
#include "entity/fact_cache.h"
#include "base/alloc.h"
#include "base/hash.h"

#include <string.h>

enum { WAYS = 4, LINE = 64, EXPECTED = 6 * LINE /* the processor goes on by itself */ };

tt_status tt__fact_cache_open(tt_fact_cache *out, unsigned bits, size_t sum_length)
{
    const size_t count = (size_t)1 << bits, size = (sum_length * sizeof(int16_t) + LINE - 1) / LINE * LINE;
    *out = (tt_fact_cache){.mask = count - 1, .size = size};
    const size_t keys = count * (sizeof *out->tags + sizeof *out->times);
    out->block = tt__malloc_wide(LINE + keys + count * size);
    if (out->block == NULL)
        return TT_ENOMEM;
    out->sums = (char *)out->block + (LINE - (uintptr_t)out->block % LINE);
    out->tags = (void *)(out->sums + count * size);
    out->times = (void *)(out->tags + count);
    memset(out->tags, 0, keys);
    for (unsigned way = 0; way < WAYS; way++)
        out->tags[way] = WAYS; /* no tag of these places, as 0 is none of the others */
    return TT_OK;
}

void tt__fact_cache_close(tt_fact_cache *self)
{
    tt__free(self->block);
    memset(self, 0, sizeof *self);
}

/* One to one; its lowest bits tell the places. */
static uint64_t tag_of(uint64_t key)
{
    return tt__mix(key);
}

static size_t first_place(const tt_fact_cache *self, uint64_t tag)
{
    return (size_t)tag & self->mask & ~(size_t)(WAYS - 1);
}

/* Where the tag is, if it is anywhere. Without branches: nobody can foretell which way it went. */
static size_t place_of(const tt_fact_cache *self, uint64_t tag)
{
    const size_t first = first_place(self, tag);
    size_t found = 0;
    for (size_t way = 1; way < WAYS; way++)
        found |= way & (0 - (size_t)(self->tags[first + way] == tag));
    return first + found;
}

tt_kept_sum tt__fact_cache_expect(const tt_fact_cache *self, uint64_t key)
{
    const uint64_t tag = tag_of(key);
    const size_t place = place_of(self, tag);
    const char *sum = self->sums + place * self->size;
    for (size_t at = 0; self->tags[place] == tag && at < self->size && at < EXPECTED; at += LINE)
        __builtin_prefetch(sum + at);
    return (tt_kept_sum){tag, place};
}

bool tt__fact_cache_find(tt_kept_sum *kept, const tt_fact_cache *self)
{
    kept->place = place_of(self, kept->tag);
    return self->tags[kept->place] == kept->tag;
}

void tt__fact_cache_claim(tt_kept_sum *kept, tt_fact_cache *self)
{
    const size_t first = first_place(self, kept->tag);
    size_t place = first;
    for (size_t i = first + 1; i < first + WAYS; i++)
        place = self->times[i] < self->times[place] ? i : place;
    self->tags[place] = kept->tag;
    self->times[place] = ++self->time;
    kept->place = place;
}
