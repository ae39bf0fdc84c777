/* ucs2.c - 16-bit code points to UTF-8, in plain C. Python keeps Vietnamese so, and its own conversion takes long beside the
 * reading of a page. */
#include "text/ucs2.h"

#include "base/decode.h"

tt_ucs2 tt__ucs2_measure_plain(const uint16_t *text, size_t len)
{
    tt_ucs2 out = {len, false, false};
    for (size_t i = 0; i < len; i++) {
        out.size += (size_t)(text[i] >= 0x80) + (text[i] >= 0x800);
        out.broken |= (text[i] & 0xF800) == 0xD800;
    }
    return out;
}

char *tt__ucs2_encode_plain(char *out, const uint16_t *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        out += tt__encode(out, text[i]);
    return out;
}

tt_ucs2 tt__ucs2_measure(const uint16_t *text, size_t len)
{
#if TT_X86
    if (tt__cpu() == TT_CPU_AVX2)
        return tt__ucs2_measure_avx2(text, len);
#endif
    return tt__ucs2_measure_plain(text, len);
}

void tt__ucs2_encode(char *out, const uint16_t *text, size_t len)
{
#if TT_X86
    if (tt__cpu() == TT_CPU_AVX2) {
        tt__ucs2_encode_avx2(out, text, len);
        return;
    }
#endif
    tt__ucs2_encode_plain(out, text, len);
}
