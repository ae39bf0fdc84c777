/* scan.c - choose a scan and feed it.
 *
 * A scan reads whole steps and looks back at the bytes before each. The first step, which has none before it, and the last,
 * which is not whole, are copied between zeros; a last step always exists, if of no bytes, so that a sequence cut by the end
 * of the text meets a zero. */
#include "text/scan.h"

#include <string.h>

enum { STEP = TT_CP_STEP, BEFORE = TT_SCAN_BEFORE };

tt_scan_steps *tt__scan_of(tt_cpu cpu)
{
    static tt_scan_steps *const SCANS[] = {
        /* ORDER CPU */
        tt__scan_portable,
#if TT_X86
        tt__scan_sse2, tt__scan_avx2, tt__scan_avx2, /* wider ones gain nothing */
#endif
    };
    return (size_t)cpu < TT_COUNT(SCANS) && cpu <= tt__cpu() ? SCANS[cpu] : NULL;
}

/* Start of the code point that the byte before `at` is part of. */
static size_t code_point_before(tt_str text, size_t at)
{
    size_t low = at < 4 ? 0 : at - 4;
    while (at > low && ((unsigned char)text.ptr[--at] & 0xC0) == 0x80)
        ;
    return at;
}

/* The first or the last step. */
static bool pass_copy(tt_scan *scan, tt_scan_steps *steps, tt_str text)
{
    unsigned char bytes[BEFORE + STEP] = {0};
    size_t at = scan->step * STEP, left = text.len - at, len = left < STEP ? left : STEP, before = at == 0 ? 0 : BEFORE;
    if (before + len != 0)
        memcpy(bytes + BEFORE - before, text.ptr + at - before, before + len);
    return steps(scan, bytes + BEFORE, 1) == 1;
}

static bool pass_all(tt_scan *scan, tt_scan_steps *steps, tt_str text)
{
    size_t whole = text.len / STEP;
    if (!pass_copy(scan, steps, text))
        return false;
    if (whole > 1 && steps(scan, (const unsigned char *)text.ptr + STEP, whole - 1) < whole - 1)
        return false;
    return whole == 0 || pass_copy(scan, steps, text);
}

size_t tt__scan_text(uint32_t *count, uint32_t *marks, uint64_t *odd, tt_scan_steps *steps, tt_str text)
{
    tt_scan scan = {.marks = marks, .odd = odd};
    if (!pass_all(&scan, steps, text))
        return code_point_before(text, scan.step * STEP);
    if (count != NULL)
        *count = scan.count - (uint32_t)(STEP - text.len % STEP); /* the zeros after the last bytes */
    return text.len;
}
