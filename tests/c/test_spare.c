/* test_spare.c - large blocks that are kept for the next one who asks. */
#include "base/alloc.h"
#include "tt_test.h"

#include <pthread.h>

enum { LARGE = 1 << 20, LARGEST = 1 << 22, THREADS = 4, ROUNDS = 2000, HELD = 6 };

static void *get(tt_spares *spares, size_t *size, size_t want, size_t more)
{
    *size = want;
    return tt__spares_malloc(spares, size, more);
}

TT_TEST(spare_blocks_are_used_again)
{
    size_t size;
    tt_spares *spares = tt__spares_make();
    void *first = get(spares, &size, LARGE, 0);
    TT_CHECK("a block", first != NULL && size == LARGE);
    tt__spares_give(spares, first, size);
    void *small = get(spares, &size, LARGE / 2, LARGE / 2 - 1);
    TT_CHECK("the kept one is larger than may be", small != first && size == LARGE / 2);
    void *again = get(spares, &size, LARGE / 2, LARGE / 2);
    TT_CHECK("the kept one, and all of it", again == first && size == LARGE);
    memset(again, 1, size);
    tt__spares_give(spares, again, size);
    tt__spares_give(spares, small, LARGE / 2);
    void *other = get(spares, &size, LARGE + 1, LARGE);
    TT_CHECK("none that is smaller", other != first && size == LARGE + 1);
    tt__spares_give(spares, other, size);
    tt__spares_free(spares);
}

TT_TEST(spare_blocks_have_a_limit)
{
    void *blocks[16]; /* as many as may be kept */
    size_t size, again = 0;
    tt_spares *spares = tt__spares_make();
    for (size_t i = 0; i < TT_COUNT(blocks); i++)
        blocks[i] = get(spares, &size, LARGE, 0);
    for (size_t i = 0; i < TT_COUNT(blocks); i++)
        tt__spares_give(spares, blocks[i], LARGE);
    void *large = get(spares, &size, LARGEST, 0);
    TT_CHECK("none of the small ones", large != NULL && size == LARGEST);
    tt__spares_give(spares, large, size); /* takes the place of four */
    for (size_t i = 0; i < TT_COUNT(blocks); i++) {
        blocks[i] = get(spares, &size, LARGE, 0);
        again += size == LARGE && blocks[i] != NULL;
    }
    void *back = get(spares, &size, LARGEST, 0);
    TT_CHECK("the large one was kept", back == large && size == LARGEST);
    TT_CHECK("there are always blocks", again == TT_COUNT(blocks));
    tt__spares_give(spares, back, size);
    for (size_t i = 0; i < TT_COUNT(blocks); i++)
        tt__spares_give(spares, blocks[i], LARGE);
    tt__spares_give(spares, NULL, LARGE);
    tt__spares_free(spares);
    tt__spares_free(NULL);
}

TT_TEST(spare_blocks_without_a_keeper)
{
    size_t size;
    void *block = get(NULL, &size, LARGE, LARGE);
    TT_CHECK("a block", block != NULL && size == LARGE);
    tt__spares_give(NULL, block, size);
    tt__fail_after(0);
    TT_CHECK("none", get(NULL, &size, LARGE, 0) == NULL && tt__spares_make() == NULL);
    tt__fail_after(-1);
}

typedef struct {
    tt_spares *spares;
    unsigned char name;
    bool good;
} worker;

/* Takes and frees blocks of many sizes and writes its own name into them. */
static void *work(void *arg)
{
    worker *self = arg;
    unsigned char *held[HELD] = {NULL};
    size_t sizes[HELD] = {0};
    uint32_t random = self->name * 2654435761u + 1;
    for (int i = 0; i < ROUNDS; i++) {
        random = random * 1664525u + 1013904223u;
        size_t at = random >> 8 & 0xFF, k = at % HELD;
        if (held[k] != NULL) {
            self->good = self->good && held[k][0] == self->name && held[k][sizes[k] - 1] == self->name;
            tt__spares_give(self->spares, held[k], sizes[k]);
        }
        held[k] = get(self->spares, &sizes[k], (size_t)1 << (16 + at % 6), LARGE);
        if (held[k] != NULL)
            held[k][0] = held[k][sizes[k] - 1] = self->name;
    }
    for (size_t k = 0; k < HELD; k++)
        tt__spares_give(self->spares, held[k], sizes[k]);
    return NULL;
}

TT_TEST(spare_blocks_have_one_owner)
{
    pthread_t threads[THREADS];
    worker workers[THREADS];
    tt_spares *spares = tt__spares_make();
    for (unsigned i = 0; i < THREADS; i++) {
        workers[i] = (worker){spares, (unsigned char)(i + 1), true};
        TT_CHECK("a thread", pthread_create(&threads[i], NULL, work, &workers[i]) == 0);
    }
    for (unsigned i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        TT_CHECK("nobody else wrote into its blocks", workers[i].good);
    }
    tt__spares_free(spares);
}
