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

static unsigned holds_of(uint64_t brackets, uint64_t colons, uint64_t slashes)
{
    return (brackets != 0 ? TT_HOLDS_BRACKET : 0u) | (colons != 0 ? TT_HOLDS_COLON : 0u) | (slashes != 0 ? TT_HOLDS_SLASH : 0u);
}

static unsigned signs_plain(tt_str s, const char *end)
{
    uint64_t brackets = 0, colons = 0, slashes = 0;
    for (size_t at = 0; at < s.len; at += TT_LANES) {
        tt_lanes b = tt__lanes_at(s.ptr + at, end);
        uint64_t in = tt__first_bits(s.len - at);
        brackets |= tt__lanes_bits(tt__lanes_eq(&b, '(')) & in;
        colons |= tt__lanes_bits(tt__lanes_eq(&b, ':')) & in;
        slashes |= tt__lanes_bits(tt__lanes_eq(&b, '/')) & in;
    }
    return holds_of(brackets, colons, slashes);
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

TT_AVX2 static unsigned signs_avx2(tt_str s, const char *end)
{
    uint64_t brackets = 0, colons = 0, slashes = 0;
    for (size_t at = 0; at < s.len; at += TT_LANES) {
        tt_wide b = tt__wide_at(s.ptr + at, end);
        uint64_t in = tt__first_bits(s.len - at);
        brackets |= tt__wide_bits(tt__wide_eq(&b, '(')) & in;
        colons |= tt__wide_bits(tt__wide_eq(&b, ':')) & in;
        slashes |= tt__wide_bits(tt__wide_eq(&b, '/')) & in;
    }
    return holds_of(brackets, colons, slashes);
}

unsigned tt__seek_signs(tt_str s, const char *end)
{
    return tt__cpu() == TT_CPU_AVX2 ? signs_avx2(s, end) : signs_plain(s, end);
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

unsigned tt__seek_signs(tt_str s, const char *end)
{
    return signs_plain(s, end);
}
#endif
