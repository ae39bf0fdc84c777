/* cpu.h - functions compiled a second time for processors with AVX2; the loader picks one. Integer code only, so that both give
 * the same result to the bit. */
#ifndef TT_BASE_CPU_H
#define TT_BASE_CPU_H

#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && defined(__OPTIMIZE__) && !defined(__SANITIZE_THREAD__)
#define TT_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define TT_CLONES
#endif

#endif
