/* spare.c - large blocks that were freed are kept for who asks next. The system hands such memory out page by page, each with a
 * fault, and takes it back at once: for a text of a megabyte that took as long as reading it.
 *
 * Threads share the blocks without locks: a slot is emptied by one exchange, and who emptied it owns the block. */
#include "base/alloc.h"

#include <stdatomic.h>

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1 /* as GCC says it */
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#endif

enum {
    LEAST = 1 << 17,   /* bytes; smaller blocks the C library keeps itself */
    MOST = 1 << 24,    /* of all blocks together */
    LARGEST = 1 << 22, /* of one, or it would keep all others out */
    SLOTS = 16
};

/* A block that nobody uses begins with its size. */
typedef struct {
    size_t size;
} spare;

struct tt_spares {
    _Atomic(spare *) slots[SLOTS];
    atomic_size_t kept; /* bytes in the slots; for a moment it may count a block too many */
};

tt_spares *tt__spares_make(void)
{
    tt_spares *self = tt__malloc(sizeof *self);
    if (self == NULL)
        return NULL;
    for (size_t i = 0; i < SLOTS; i++)
        atomic_init(&self->slots[i], NULL);
    atomic_init(&self->kept, 0);
    return self;
}

static spare *empty_slot(tt_spares *self, size_t i)
{
    if (atomic_load_explicit(&self->slots[i], memory_order_relaxed) == NULL)
        return NULL;
    spare *block = atomic_exchange(&self->slots[i], NULL);
    if (block != NULL)
        atomic_fetch_sub(&self->kept, block->size);
    return block;
}

static void give_back(spare *block)
{
    if (block != NULL)
        ASAN_UNPOISON_MEMORY_REGION(block, block->size);
    tt__free(block);
}

static bool fill_slot(tt_spares *self, spare *block)
{
    if (atomic_fetch_add(&self->kept, block->size) + block->size <= MOST)
        for (size_t i = 0; i < SLOTS; i++) {
            spare *none = NULL;
            if (atomic_compare_exchange_strong(&self->slots[i], &none, block))
                return true;
        }
    atomic_fetch_sub(&self->kept, block->size);
    return false;
}

void tt__spares_free(tt_spares *self)
{
    for (size_t i = 0; self != NULL && i < SLOTS; i++)
        give_back(empty_slot(self, i));
    tt__free(self);
}

void *tt__spares_malloc(tt_spares *self, size_t *size, size_t more)
{
    for (size_t i = 0; self != NULL && *size >= LEAST && i < SLOTS; i++) {
        spare *block = empty_slot(self, i);
        if (block == NULL)
            continue;
        if (block->size >= *size && block->size - *size <= more) {
            *size = block->size;
            ASAN_UNPOISON_MEMORY_REGION(block, block->size);
            return block;
        }
        if (!fill_slot(self, block))
            give_back(block);
    }
    return tt__malloc(*size);
}

/* Where there is no room for a block, smaller ones make it. */
void tt__spares_give(tt_spares *self, void *ptr, size_t size)
{
    spare *block = ptr;
    if (self == NULL || ptr == NULL || size < LEAST || size > LARGEST) {
        tt__free(ptr);
        return;
    }
    block->size = size;
    ASAN_POISON_MEMORY_REGION(block + 1, size - sizeof *block);
    bool kept_it = fill_slot(self, block);
    for (size_t i = 0; !kept_it && i < SLOTS; i++) {
        spare *other = empty_slot(self, i);
        if (other == NULL || (other->size >= size && fill_slot(self, other)))
            continue;
        give_back(other);
        kept_it = fill_slot(self, block);
    }
    if (!kept_it)
        give_back(block);
}
