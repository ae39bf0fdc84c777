/* cpu.c - what tt_cpu_path says. */
#include "base/cpu.h"

#include "tintuc/base.h"

const char *tt_cpu_path(void)
{
    return tt__cpu_has_avx2() ? "avx2" : "portable";
}
