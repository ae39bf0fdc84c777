/* ucs2.c - 16-bit code points to UTF-8, in plain C. Python keeps Vietnamese so, and its own conversion takes long beside the
 * reading of a page. */
#include "text/ucs2.h"

#include "base/decode.h"

#include <string.h>

enum { NAME_MOST = 64 }; /* bytes of a reference, more than any has */

tt_ucs2 tt__ucs2_encode_plain(char *out, const uint16_t *text, size_t len)
{
    char *at = out;
    for (size_t i = 0; i < len; i++)
        at += tt__encode(at, text[i]);
    return (tt_ucs2){(size_t)(at - out), false, false};
}

static tt_ucs2 encode(char *out, const uint16_t *text, size_t len)
{
#if TT_X86
    if (tt__cpu() >= TT_CPU_AVX512)
        return tt__ucs2_encode_avx512(out, text, len);
    if (tt__cpu() >= TT_CPU_AVX2)
        return tt__ucs2_encode_avx2(out, text, len);
#endif
    return tt__ucs2_encode_plain(out, text, len);
}

static bool is_name_byte(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '#';
}

/* Is there an "&" before a name or a number that a semicolon follows, or before one of the names that need none? */
static bool may_refer(const char *at, const char *end)
{
    while ((at = memchr(at, '&', (size_t)(end - at))) != NULL) {
        const char *name = ++at;
        while (at < end && at - name < NAME_MOST && is_name_byte(*at))
            at++;
        bool open = name < at && (*name == 'n' || *name == 'l' || *name == 'g' || *name == 'q'); /* nbsp lt gt quot */
        if (open || at - name == NAME_MOST || (name < at && at < end && *at == ';'))
            return true;
    }
    return false;
}

tt_ucs2 tt__ucs2_encode(char *out, const uint16_t *text, size_t len)
{
    tt_ucs2 made = encode(out, text, len);
    made.quiet = made.quiet && (!made.joined || !may_refer(out, out + made.size));
    return made;
}

static bool is_half(uint16_t unit)
{
    return (unit & 0xF800) == 0xD800;
}

size_t tt__ucs2_half(const uint16_t *text, size_t len)
{
    size_t at = 0;
    while (at < len && !is_half(text[at]))
        at++;
    return at;
}
