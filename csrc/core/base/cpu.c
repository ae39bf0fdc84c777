/* cpu.c - ask the processor once a call: no state, no environment; with a switch for the tests that take every way. */
#include "base/cpu.h"

#include "tintuc/base.h"

#ifdef TT_FAULTS
#include <stdatomic.h>

static atomic_int limit_for_tests = TT_CPU_AVX512;

void tt__cpu_limit(tt_cpu most)
{
    atomic_store(&limit_for_tests, (int)most);
}

static tt_cpu at_most(tt_cpu cpu)
{
    int most = atomic_load(&limit_for_tests);
    return (int)cpu < most ? cpu : (tt_cpu)most;
}
#else
static tt_cpu at_most(tt_cpu cpu)
{
    return cpu;
}
#endif

tt_cpu tt__cpu(void)
{
#if TT_X86
    bool bytes = __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
    if (bytes && __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") &&
        __builtin_cpu_supports("gfni"))
        return at_most(TT_CPU_AVX512);
    return at_most(__builtin_cpu_supports("avx2") ? TT_CPU_AVX2 : TT_CPU_SSE2);
#else
    return at_most(TT_CPU_PORTABLE);
#endif
}

const char *tt_cpu_path(void)
{
    static const char *const NAMES[] = {"portable", "sse2", "avx2", "avx512"}; /* ORDER CPU */
    return NAMES[tt__cpu()];
}
