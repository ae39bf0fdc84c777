/* alloc.h - the only place that asks the system for memory. */
#ifndef TT_BASE_ALLOC_H
#define TT_BASE_ALLOC_H

#include "tintuc/base.h"

void *tt__malloc(size_t size);               /* size 0 gives a valid pointer */
void *tt__calloc(size_t count, size_t size); /* cleared; NULL when the product overflows */
void *tt__realloc(void *ptr, size_t size);
/* For a block that is read here and there: of a few pages that are large, where the system has such and it would fill them.
 * Its memory may all be taken at once. */
void *tt__malloc_wide(size_t size);
void tt__free(void *ptr);

/* Large blocks that were freed and are kept for who asks next, up to 16 MiB together; threads may share it. NULL when memory
 * ran out. */
tt_spares *tt__spares_make(void);
void tt__spares_free(tt_spares *self); /* NULL is fine */
/* At least *size bytes, perhaps a block that is kept and has up to `more` bytes more; *size is what it has. `self` may be NULL:
 * then nothing is kept. */
void *tt__spares_malloc(tt_spares *self, size_t *size, size_t more);
/* `size` as tt__spares_malloc set it. */
void tt__spares_give(tt_spares *self, void *ptr, size_t size);

/* Make room for `need` items of `item` bytes in *ptr (of *cap items), at least doubling. On TT_ENOMEM nothing changes. */
tt_status tt__grow(void *ptr_to_pointer, size_t *cap, size_t need, size_t item);

/* Room that a function lends to an arena which it frees before it returns: most texts need no other memory. */
typedef union {
    max_align_t align;
    char bytes[16384];
} tt_arena_room;
/* As tt_arena_init; `spares` may be NULL. */
void tt__arena_lend(tt_arena *arena, tt_arena_room *room, tt_spares *spares);

/* Copy into the arena; NULL when memory ran out. */
void *tt__arena_copy(tt_arena *arena, const void *bytes, size_t len);
/* tt__grow for a block in an arena; what it outgrew stays there until the arena is freed. */
tt_status tt__arena_grow(void *ptr_to_pointer, size_t *cap, size_t need, size_t item, tt_arena *arena);
/* Give the end of a block back, if it is the last one: of `size` bytes `kept` stay. */
void tt__arena_trim(tt_arena *arena, const void *block, size_t size, size_t kept);

#ifdef TT_FAULTS
/* Tests only: in this thread the allocation after `n` more fails, and every one after it; a negative n turns that off. */
void tt__fail_after(long n);
/* Only that one allocation fails. */
void tt__fail_one(long n);
/* As tt__fail_after, for all threads together. */
void tt__fail_everywhere(long n);
/* Has an allocation failed since the last call of tt__fail_one or tt__fail_everywhere? */
bool tt__has_failed(void);
#endif

#endif
