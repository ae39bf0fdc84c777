/* cpu.c - ask the processor once a call: no state, no environment. */
#include "base/cpu.h"

#include "tintuc/base.h"

tt_cpu tt__cpu(void)
{
#if TT_X86
    return __builtin_cpu_supports("avx2") ? TT_CPU_AVX2 : TT_CPU_SSE2;
#else
    return TT_CPU_PORTABLE;
#endif
}

const char *tt_cpu_path(void)
{
    static const char *const NAMES[] = {"portable", "sse2", "avx2"}; /* ORDER CPU */
    return NAMES[tt__cpu()];
}
