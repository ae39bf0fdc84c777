/* fact_cache.c - one place for each key, so that it can be asked for ahead: a sum gives way to the next one that wants its
 * place. Which sums are kept changes no result. */
#include "entity/fact_cache.h"
#include "base/alloc.h"
#include "base/hash.h"

#include <string.h>

enum { LINE = 64 };

typedef struct {
    uint64_t key;
    uint64_t used; /* 64 bits, so that the sum begins aligned */
} head;

tt_status tt__fact_cache_open(tt_fact_cache *out, unsigned bits, size_t sum_length)
{
    size_t count = (size_t)1 << bits;
    *out = (tt_fact_cache){.mask = count - 1, .size = (sizeof(head) + sum_length * sizeof(int16_t) + LINE - 1) / LINE * LINE};
    out->entries = tt__calloc(count, out->size);
    return out->entries != NULL ? TT_OK : TT_ENOMEM;
}

void tt__fact_cache_close(tt_fact_cache *self)
{
    tt__free(self->entries);
    memset(self, 0, sizeof *self);
}

static char *entry_of(const tt_fact_cache *self, uint64_t key)
{
    return self->entries + ((size_t)tt__mix(key) & self->mask) * self->size;
}

int16_t *tt__fact_cache_find(const tt_fact_cache *self, uint64_t key)
{
    char *entry = entry_of(self, key);
    const head *h = (const void *)entry;
    return h->used != 0 && h->key == key ? (void *)(entry + sizeof *h) : NULL;
}

int16_t *tt__fact_cache_claim(tt_fact_cache *self, uint64_t key)
{
    char *entry = entry_of(self, key);
    *(head *)(void *)entry = (head){key, 1};
    return (void *)(entry + sizeof(head));
}

void tt__fact_cache_expect(const tt_fact_cache *self, uint64_t key)
{
    const char *entry = entry_of(self, key);
    for (size_t at = 0; at < self->size && at < 6 * LINE; at += LINE) /* the processor goes on by itself */
        __builtin_prefetch(entry + at);
}
