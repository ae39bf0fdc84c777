/* seek.c - the bits of seek.h, by AVX2 where the processor has it. */
#include "page/seek.h"

#include "page/lanes_avx2.h"

static uint64_t borders_plain(const char *at, const char *end)
{
    tt_lanes b = tt__lanes_at(at, end);
    tt_lanes wide = tt__lanes_or(tt__lanes_eq(&b, 0xC2), tt__lanes_eq(&b, 0xE2));
    return tt__lanes_bits(tt__lanes_or(tt__lanes_or(tt__lanes_in(&b, 0x0A, 3), tt__lanes_eq(&b, '<')), wide));
}

static uint64_t marks_plain(const char *at, const char *end)
{
    tt_lanes b = tt__lanes_at(at, end);
    tt_lanes ends = tt__lanes_or(tt__lanes_or(tt__lanes_eq(&b, '.'), tt__lanes_eq(&b, '!')), tt__lanes_eq(&b, '?'));
    tt_lanes opens = tt__lanes_or(tt__lanes_in(&b, ':', 1), tt__lanes_eq(&b, '('));
    return tt__lanes_bits(tt__lanes_or(tt__lanes_or(ends, opens), tt__lanes_eq(&b, 0xE2)));
}

#if TT_X86
TT_AVX2 static uint64_t borders_avx2(const char *at, const char *end)
{
    tt_wide b = tt__wide_at(at, end);
    tt_wide wide = tt__wide_or(tt__wide_eq(&b, 0xC2), tt__wide_eq(&b, 0xE2));
    return tt__wide_bits(tt__wide_or(tt__wide_or(tt__wide_in(&b, 0x0A, 3), tt__wide_eq(&b, '<')), wide));
}

TT_AVX2 static uint64_t marks_avx2(const char *at, const char *end)
{
    tt_wide b = tt__wide_at(at, end);
    tt_wide ends = tt__wide_or(tt__wide_or(tt__wide_eq(&b, '.'), tt__wide_eq(&b, '!')), tt__wide_eq(&b, '?'));
    tt_wide opens = tt__wide_or(tt__wide_in(&b, ':', 1), tt__wide_eq(&b, '('));
    return tt__wide_bits(tt__wide_or(tt__wide_or(ends, opens), tt__wide_eq(&b, 0xE2)));
}

uint64_t tt__seek_borders(const char *at, const char *end)
{
    return tt__cpu() == TT_CPU_AVX2 ? borders_avx2(at, end) : borders_plain(at, end);
}

uint64_t tt__seek_marks(const char *at, const char *end)
{
    return tt__cpu() == TT_CPU_AVX2 ? marks_avx2(at, end) : marks_plain(at, end);
}
#else
uint64_t tt__seek_borders(const char *at, const char *end)
{
    return borders_plain(at, end);
}

uint64_t tt__seek_marks(const char *at, const char *end)
{
    return marks_plain(at, end);
}
#endif
