/* ucs2.c - 16-bit code points to UTF-8, in plain C. Python keeps Vietnamese so, and its own conversion takes long beside the
 * reading of a page. */
#include "text/ucs2.h"

#include "base/decode.h"

enum { BLOCK = 32 };

/* ASCII, Latin, ơ and ư, letters with two marks, dashes and quotes. */
const tt_ucs2_range tt__ucs2_quiet[5] = {{0x20, 0x5E}, {0xAE, 0xD1}, {0x1A0, 0x10}, {0x1E00, 0xFF}, {0x2010, 0x17}};

tt_ucs2 tt__ucs2_encode_plain(char *out, const uint16_t *text, size_t len)
{
    char *at = out;
    for (size_t i = 0; i < len; i++)
        at += tt__encode(at, text[i]);
    return (tt_ucs2){(size_t)(at - out), false};
}

tt_ucs2 tt__ucs2_encode(char *out, const uint16_t *text, size_t len)
{
#if TT_X86
    if (tt__cpu() >= TT_CPU_AVX512)
        return tt__ucs2_encode_avx512(out, text, len);
    if (tt__cpu() >= TT_CPU_AVX2)
        return tt__ucs2_encode_avx2(out, text, len);
#endif
    return tt__ucs2_encode_plain(out, text, len);
}

static bool is_half(uint16_t unit)
{
    return (unit & 0xF800) == 0xD800;
}

size_t tt__ucs2_half(const uint16_t *text, size_t len)
{
    size_t at = 0;
    for (bool any = false; len - at >= BLOCK; at += BLOCK) { /* blocks without a way out, which compilers make vectors of */
        for (size_t i = 0; i < BLOCK; i++)
            any |= is_half(text[at + i]);
        if (any)
            break;
    }
    while (at < len && !is_half(text[at]))
        at++;
    return at;
}
