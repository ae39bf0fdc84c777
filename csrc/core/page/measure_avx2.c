/* measure_avx2.c - the measures for processors with AVX2. */
#include "page/lanes_avx2.h"

#if TT_X86
#define LANES(name) tt__wide_##name
#define LANES_TYPE tt_wide
#define STEP_TARGET __attribute__((target("avx2,popcnt")))
#define COUNT_BITS __builtin_popcountll
#define STEP tt__measure_avx2
#include "page/measure_step.h"
#else
typedef int tt_no_wide_measure; /* a file must declare something */
#endif
