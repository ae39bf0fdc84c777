/* arena.c - a bump allocator over chunks that double, so a document of any size costs few calls. */
#include "base/alloc.h"

#include <stdalign.h>
#include <string.h>

struct tt_arena_chunk {
    tt_arena_chunk *next;
    size_t size; /* bytes of data */
    bool lent;   /* by tt__arena_lend: not to be freed */
    alignas(max_align_t) char data[];
};

enum { FIRST_CHUNK = 16384, LARGEST_CHUNK = 1 << 20 };

void tt_arena_init(tt_arena *arena)
{
    *arena = (tt_arena){NULL, 0, 0, NULL};
}

static bool add_chunk(tt_arena *arena, size_t need)
{
    size_t size = arena->head == NULL ? FIRST_CHUNK : arena->head->size < LARGEST_CHUNK ? arena->head->size * 2 : LARGEST_CHUNK;
    if (size > LARGEST_CHUNK)
        size = LARGEST_CHUNK;
    if (size < need)
        size = need;
    if (size > SIZE_MAX - sizeof(tt_arena_chunk))
        return false;
    size_t whole = sizeof(tt_arena_chunk) + size;
    tt_arena_chunk *chunk = tt__spares_malloc(arena->spares, &whole, size);
    if (chunk == NULL)
        return false;
    *chunk = (tt_arena_chunk){.next = arena->head, .size = whole - sizeof *chunk};
    arena->head = chunk;
    arena->used = 0;
    arena->reserved += chunk->size;
    return true;
}

void tt__arena_lend(tt_arena *arena, tt_arena_room *room, tt_spares *spares)
{
    tt_arena_chunk *chunk = (tt_arena_chunk *)(void *)room;
    *chunk = (tt_arena_chunk){.size = sizeof *room - sizeof *chunk, .lent = true};
    *arena = (tt_arena){chunk, 0, sizeof *room, spares};
}

enum { ALIGN = alignof(max_align_t) };

static size_t aligned(size_t size)
{
    return (size + ALIGN - 1) / ALIGN * ALIGN;
}

void *tt_arena_alloc(tt_arena *arena, size_t size)
{
    if (size > SIZE_MAX - ALIGN)
        return NULL;
    size = aligned(size);
    if ((arena->head == NULL || arena->head->size - arena->used < size) && !add_chunk(arena, size))
        return NULL;
    void *at = arena->head->data + arena->used;
    arena->used += size;
    return at;
}

void *tt_arena_calloc(tt_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return NULL;
    void *at = tt_arena_alloc(arena, count * size);
    if (at != NULL)
        memset(at, 0, count * size);
    return at;
}

void *tt__arena_copy(tt_arena *arena, const void *bytes, size_t len)
{
    void *at = tt_arena_alloc(arena, len);
    if (at != NULL && len != 0)
        memcpy(at, bytes, len);
    return at;
}

tt_status tt__arena_grow(void *ptr_to_pointer, size_t *cap, size_t need, size_t item, tt_arena *arena)
{
    if (need <= *cap)
        return TT_OK;
    size_t want = need > 2 * *cap ? need : 2 * *cap;
    void *old, *grown = want > SIZE_MAX / item ? NULL : tt_arena_alloc(arena, want * item);
    if (grown == NULL)
        return TT_ENOMEM;
    memcpy(&old, ptr_to_pointer, sizeof old); /* through memcpy: the caller's pointer has its own type */
    if (*cap != 0)
        memcpy(grown, old, *cap * item);
    memcpy(ptr_to_pointer, &grown, sizeof grown);
    *cap = want;
    return TT_OK;
}

void tt__arena_trim(tt_arena *arena, const void *block, size_t size, size_t kept)
{
    if (arena->head != NULL && (const char *)block + aligned(size) == arena->head->data + arena->used)
        arena->used -= aligned(size) - aligned(kept);
}

void tt_arena_free(tt_arena *arena)
{
    while (arena->head != NULL) {
        tt_arena_chunk *chunk = arena->head;
        arena->head = chunk->next;
        if (!chunk->lent)
            tt__spares_give(arena->spares, chunk, sizeof *chunk + chunk->size);
    }
    *arena = (tt_arena){NULL, 0, 0, arena->spares};
}
