/* measure_popcnt.c - the measures for processors that count bits in one step. */
#include "page/measure.h"

#if TT_X86
#define STEP_TARGET __attribute__((target("popcnt")))
#define COUNT_BITS __builtin_popcountll
#define STEP tt__measure_popcnt
#include "page/measure_step.h"
#else
typedef int tt_no_popcnt; /* a file must declare something */
#endif
