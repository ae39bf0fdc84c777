/* phrase.c - matching of fixed phrases. */
#include "page/phrase.h"

#include <string.h>

static bool is_word(uint32_t cp)
{
    return tt__is_letter(cp) || tt__is_digit(cp);
}

size_t tt__phrase_at(const char *at, const char *end, const char *phrase)
{
    const char *begin = at, *stop = phrase + strlen(phrase);
    tt_glyph want = {0, 0};
    while (phrase < stop) {
        want = tt__glyph_at(phrase, stop);
        phrase += want.len;
        if (want.cp == ' ') {
            const char *next = tt__skip_blank(at, end);
            if (next == at)
                return 0;
            at = next;
            continue;
        }
        tt_glyph got = tt__glyph_at(at, end);
        if (got.len == 0 || tt__small(got.cp) != want.cp)
            return 0;
        at += got.len;
    }
    bool cut = is_word(want.cp) && is_word(tt__glyph_at(at, end).cp);
    return cut ? 0 : (size_t)(at - begin);
}

size_t tt__phrase_any(const char *at, const char *end, const char *const *phrases)
{
    size_t best = 0;
    uint32_t first = tt__small(tt__glyph_at(at, end).cp);
    for (; *phrases != NULL; phrases++) {
        unsigned char lead = (unsigned char)**phrases;
        if (lead < 0x80 ? lead != first : first < 0x80) /* most of a list is told apart by one letter */
            continue;
        size_t len = tt__phrase_at(at, end, *phrases);
        if (len > best)
            best = len;
    }
    return best;
}

size_t tt__phrase_ends(const char *begin, const char *end, const char *const *phrases)
{
    size_t best = 0;
    for (; *phrases != NULL; phrases++) {
        size_t len = strlen(*phrases); /* small and capital letters of these phrases are equally long */
        if ((size_t)(end - begin) < len || len <= best)
            continue;
        const char *at = end - len;
        if (tt__phrase_at(at, end, *phrases) == len && !is_word(tt__glyph_before(begin, at).cp))
            best = len;
    }
    return best;
}
