/* cpu.h - which instructions this processor has, for code that is written or compiled more than once. Every way
 * gives the same result to the bit: sums of integers, or of floats in the same order. */
#ifndef TT_BASE_CPU_H
#define TT_BASE_CPU_H

#include <limits.h> /* tells of glibc, the library whose loader can choose */

/* Intrinsics of x86-64: SSE2 always, AVX2 in functions that say so and are called only where the processor has it. */
#if defined(__x86_64__) && defined(__GNUC__)
#define TT_X86 1
#define TT_AVX2 __attribute__((target("avx2")))
#else
#define TT_X86 0
#endif

/* Compiled a second time for AVX2; the loader picks one. */
#if TT_X86 && defined(__GLIBC__) && defined(__OPTIMIZE__) && !defined(__SANITIZE_THREAD__)
#define TT_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define TT_CLONES
#endif

/* ORDER CPU: from what runs anywhere to the fastest; names in cpu.c, scans in core/text/scan.c. */
typedef enum { TT_CPU_PORTABLE, TT_CPU_SSE2, TT_CPU_AVX2 } tt_cpu;

/* The fastest way this processor has. */
tt_cpu tt__cpu(void);

#endif
