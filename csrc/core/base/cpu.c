/* cpu.c - what tt_cpu_path says. */
#include "base/cpu.h"

#include "tintuc/base.h"

const char *tt_cpu_path(void)
{
#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && defined(__OPTIMIZE__) && !defined(__SANITIZE_THREAD__)
    return __builtin_cpu_supports("avx2") ? "avx2" : "portable";
#else
    return "portable";
#endif
}
