/* alloc.c - checked allocation, with a switch for the tests that let every allocation fail once. */
#define _DEFAULT_SOURCE /* madvise */
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { LARGE_PAGE = 1 << 21 };

#ifdef TT_FAULTS
#include <stdatomic.h>

static _Thread_local long faults_left = -1;
static atomic_long all_faults_left = -1;
static _Thread_local bool faults_once;
static atomic_bool faults_hit;

void tt__fail_after(long n)
{
    faults_left = n;
    faults_once = false;
}

void tt__fail_one(long n)
{
    faults_left = n;
    faults_once = true;
    atomic_store(&faults_hit, false);
}

void tt__fail_everywhere(long n)
{
    atomic_store(&all_faults_left, n);
    atomic_store(&faults_hit, false);
}

bool tt__has_failed(void)
{
    return atomic_load(&faults_hit);
}

static bool refused_everywhere(void)
{
    long left = atomic_load(&all_faults_left);
    while (left > 0 && !atomic_compare_exchange_weak(&all_faults_left, &left, left - 1))
        continue;
    return left == 0;
}

static bool refused(void)
{
    bool no = faults_left == 0 || refused_everywhere();
    if (no)
        atomic_store(&faults_hit, true);
    if (faults_left > 0 || (faults_left == 0 && faults_once))
        faults_left--;
    return no;
}
#else
static bool refused(void)
{
    return false;
}
#endif

void *tt__malloc(size_t size)
{
    return refused() ? NULL : malloc(size ? size : 1);
}

void *tt__calloc(size_t count, size_t size)
{
    return refused() ? NULL : calloc(count ? count : 1, size ? size : 1);
}

void *tt__realloc(void *ptr, size_t size)
{
    return refused() ? NULL : realloc(ptr, size ? size : 1);
}

void *tt__malloc_wide(size_t size)
{
#ifdef MADV_HUGEPAGE
    size_t whole = (size + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
    if (whole - size <= whole / 8 && whole != 0) {
        void *at = refused() ? NULL : aligned_alloc(LARGE_PAGE, whole);
        if (at != NULL)
            madvise(at, whole, MADV_HUGEPAGE); /* a wish: what comes of it changes nothing else */
        return at;
    }
#endif
    return tt__malloc(size);
}

void tt__free(void *ptr)
{
    free(ptr);
}

tt_status tt__grow(void *ptr_to_pointer, size_t *cap, size_t need, size_t item)
{
    if (need <= *cap)
        return TT_OK;
    size_t want = *cap < 8 ? 8 : *cap;
    while (want < need) {
        if (want > SIZE_MAX / 2)
            return TT_ENOMEM;
        want *= 2;
    }
    if (want > SIZE_MAX / item)
        return TT_ENOMEM;
    void *old;
    memcpy(&old, ptr_to_pointer, sizeof old); /* through memcpy: the caller's pointer has its own type */
    void *grown = tt__realloc(old, want * item);
    if (grown == NULL)
        return TT_ENOMEM;
    memcpy(ptr_to_pointer, &grown, sizeof grown);
    *cap = want;
    return TT_OK;
}
