/* cpu.h - code for processors with AVX2 beside code for all. Both give the same result to the bit: sums of integers, or of floats
 * in the same order. */
#ifndef TT_BASE_CPU_H
#define TT_BASE_CPU_H

#include <stdbool.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define TT_X86_64 /* functions for one kind of processor can be compiled, and chosen while running */
#endif

/* A function compiled a second time for AVX2; the loader picks one. */
#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && defined(__OPTIMIZE__) && !defined(__SANITIZE_THREAD__)
#define TT_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define TT_CLONES
#endif

/* May functions made for AVX2 be called? */
static inline bool tt__cpu_has_avx2(void)
{
#ifdef TT_X86_64
    return __builtin_cpu_supports("avx2");
#else
    return false;
#endif
}

#endif
