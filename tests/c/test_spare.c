/* test_spare.c - large blocks that are kept for the next one who asks. */
#include "base/alloc.h"
#include "tt_test.h"

#include <pthread.h>

enum { LARGE = 1 << 20, LARGEST = 1 << 22, KEPT = 4, THREADS = 4, ROUNDS = 2000, HELD = 6 }; /* KEPT: of the largest ones */

static void *get(size_t *size, size_t want, size_t more)
{
    *size = want;
    return tt__large_malloc(size, more);
}

/* All blocks that are kept, out of the way: there is no room for others beside KEPT of the largest ones. */
static void clear(void)
{
    void *blocks[KEPT];
    size_t size;
    for (int twice = 0; twice < 2; twice++) {
        for (size_t i = 0; i < KEPT; i++)
            blocks[i] = get(&size, LARGEST, 0);
        for (size_t i = 0; i < KEPT; i++)
            tt__large_free(blocks[i], twice ? LARGEST + 1 : LARGEST); /* one of that size is not kept */
    }
}

TT_TEST(spare_blocks_are_used_again)
{
    size_t size;
    clear();
    void *first = get(&size, LARGE, 0);
    TT_CHECK("a block", first != NULL && size == LARGE);
    tt__large_free(first, size);
    void *small = get(&size, LARGE / 2, LARGE / 2 - 1);
    TT_CHECK("the kept one is larger than may be", small != first && size == LARGE / 2);
    void *again = get(&size, LARGE / 2, LARGE / 2);
    TT_CHECK("the kept one, and all of it", again == first && size == LARGE);
    memset(again, 1, size);
    tt__large_free(again, size);
    tt__large_free(small, LARGE / 2);
    void *other = get(&size, LARGE + 1, LARGE);
    TT_CHECK("none that is smaller", other != first && size == LARGE + 1);
    tt__large_free(other, size);
    clear();
}

TT_TEST(spare_blocks_have_a_limit)
{
    void *blocks[16]; /* as many as may be kept */
    size_t size, again = 0;
    clear();
    for (size_t i = 0; i < TT_COUNT(blocks); i++)
        blocks[i] = get(&size, LARGE, 0);
    for (size_t i = 0; i < TT_COUNT(blocks); i++)
        tt__large_free(blocks[i], LARGE);
    void *large = get(&size, LARGEST, 0);
    TT_CHECK("none of the small ones", large != NULL && size == LARGEST);
    tt__large_free(large, size); /* takes the place of four */
    for (size_t i = 0; i < TT_COUNT(blocks); i++) {
        void *small = get(&size, LARGE, 0);
        again += size == LARGE && small != NULL;
        blocks[i] = small;
    }
    void *back = get(&size, LARGEST, 0);
    TT_CHECK("the large one was kept", back == large && size == LARGEST);
    TT_CHECK("there are always blocks", again == TT_COUNT(blocks));
    tt__large_free(back, size);
    for (size_t i = 0; i < TT_COUNT(blocks); i++)
        tt__large_free(blocks[i], LARGE);
    tt__large_free(NULL, LARGE);
    clear();
}

TT_TEST(spare_blocks_fail_when_asked_to)
{
    size_t size;
    clear();
    tt__large_free(get(&size, LARGE, 0), LARGE);
    tt__fail_after(0);
    TT_CHECK("no block, though one is kept", get(&size, LARGE, 0) == NULL);
    TT_CHECK("no small one", get(&size, 16, 0) == NULL);
    tt__fail_after(-1);
    clear();
}

/* Takes and frees blocks of many sizes and writes its own name into them. */
static void *work(void *arg)
{
    unsigned char *held[HELD] = {NULL}, name = *(unsigned char *)arg;
    size_t sizes[HELD] = {0}, bad = 0;
    uint32_t random = name * 2654435761u + 1;
    for (int i = 0; i < ROUNDS; i++) {
        random = random * 1664525u + 1013904223u;
        size_t at = random >> 8 & 0xFF, k = at % HELD;
        if (held[k] != NULL) {
            bad += held[k][0] != name || held[k][sizes[k] - 1] != name;
            tt__large_free(held[k], sizes[k]);
        }
        held[k] = get(&sizes[k], (size_t)1 << (16 + at % 6), LARGE);
        if (held[k] != NULL)
            held[k][0] = held[k][sizes[k] - 1] = name;
    }
    for (size_t k = 0; k < HELD; k++)
        tt__large_free(held[k], sizes[k]);
    *(unsigned char *)arg = bad == 0;
    return NULL;
}

TT_TEST(spare_blocks_have_one_owner)
{
    pthread_t threads[THREADS];
    unsigned char names[THREADS];
    for (unsigned i = 0; i < THREADS; i++) {
        names[i] = (unsigned char)(i + 1);
        TT_CHECK("a thread", pthread_create(&threads[i], NULL, work, &names[i]) == 0);
    }
    for (unsigned i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        TT_CHECK("nobody else wrote into its blocks", names[i] == 1);
    }
    clear();
}
