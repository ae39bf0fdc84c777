/* cpu.h - which instructions this processor has, for code that is written or compiled more than once. Every way
 * gives the same result to the bit: sums of integers, or of floats in the same order. */
#ifndef TT_BASE_CPU_H
#define TT_BASE_CPU_H

/* Intrinsics of x86-64: SSE2 always, AVX2 in functions that say so and are called only where the processor has it. */
#if defined(__x86_64__) && defined(__GNUC__)
#define TT_X86 1
#define TT_AVX2 __attribute__((target("avx2")))
/* What TT_CPU_AVX2 has, too, for loops that count bits. */
#define TT_POPCNT __attribute__((target("popcnt")))
/* Bytes picked out of registers by masks, bits moved by matrices: what TT_CPU_AVX512 stands for. */
#define TT_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,gfni,popcnt")))
#else
#define TT_X86 0
#define TT_AVX2
#define TT_AVX512
#endif

/* A function that is called so seldom that its callers should keep nothing ready for it. */
#if defined(__GNUC__)
#define TT_RARE __attribute__((noinline, cold))
#else
#define TT_RARE
#endif

/* Loops in plain C that are compiled twice: part of a function with TT_AVX2, and of one without. */
#if defined(__GNUC__)
#define TT_TWICE static inline __attribute__((always_inline))
#else
#define TT_TWICE static inline
#endif

/* ORDER CPU: from what runs anywhere to the fastest; names in cpu.c, scans in core/text/scan.c. */
typedef enum { TT_CPU_PORTABLE, TT_CPU_SSE2, TT_CPU_AVX2, TT_CPU_AVX512 } tt_cpu;

/* The fastest way this processor has. */
tt_cpu tt__cpu(void);

#ifdef TT_FAULTS
/* Tests only: nothing faster than `most` from now on, in all threads; models remember the way they were loaded for. */
void tt__cpu_limit(tt_cpu most);
#endif

#endif
