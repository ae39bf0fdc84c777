/* alloc.c - checked allocation, with a switch for the tests that let every allocation fail once. */
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

#ifdef TT_FAULTS
static _Thread_local long faults_left = -1;

void tt__fail_after(long n)
{
    faults_left = n;
}

static bool refused(void)
{
    if (faults_left < 0)
        return false;
    if (faults_left == 0)
        return true;
    faults_left--;
    return false;
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
