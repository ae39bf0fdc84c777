/* phrase.c - matching of fixed phrases. Those that a line may begin with are many and tried on every line, so they lie in
 * buckets by their first two code points, and the third tells most of a bucket apart. */
#include "page/phrase.h"

#include <string.h>

typedef struct {
    const char *text;
    uint16_t len;
    uint16_t third; /* code point; 0: the phrase has no third */
    uint32_t lists;
} phrase_row;

#include "page/phrase_table.inc"

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

/* Small letter of the code point at *at, a space for any blanks, 0 at the end; moves *at behind it. */
static uint32_t next_small(const char **at, const char *end)
{
    const char *next = tt__skip_blank(*at, end);
    if (next != *at) {
        *at = next;
        return ' ';
    }
    tt_glyph g = tt__glyph_at(*at, end);
    *at += g.len;
    return tt__small(g.cp);
}

typedef struct {
    const char *at, *end;
    uint32_t first, second, third;
} opening;

static opening open_at(const char *at, const char *end)
{
    const char *p = at;
    opening out = {.at = at, .end = end};
    out.first = next_small(&p, end);
    out.second = next_small(&p, end);
    out.third = next_small(&p, end);
    return out;
}

/* Lists of the phrases in a bucket that match; *longest is the bytes of the longest one in `wanted`. */
static uint32_t match_bucket(size_t *longest, const opening *o, uint32_t second, uint32_t wanted)
{
    uint32_t found = 0, bucket = (o->first * 37 + second) % phrase_buckets;
    for (size_t i = phrase_starts[bucket]; i < phrase_starts[bucket + 1]; i++) {
        const phrase_row *row = &phrase_rows[i];
        if ((row->lists & wanted & ~found) == 0 || (row->third != 0 && row->third != o->third))
            continue;
        size_t len = tt__phrase_at(o->at, o->end, row->text);
        if (len != 0 && len > *longest)
            *longest = len;
        found |= len != 0 ? row->lists : 0;
    }
    return found;
}

uint32_t tt__phrase_lists(const char *at, const char *end)
{
    size_t longest = 0;
    opening o = open_at(at, end);
    uint32_t found = match_bucket(&longest, &o, o.second, UINT32_MAX);
    return o.second != 0 ? found | match_bucket(&longest, &o, 0, UINT32_MAX) : found;
}

size_t tt__phrase_in(const char *at, const char *end, tt_phrase_list list)
{
    size_t longest = 0;
    opening o = open_at(at, end);
    match_bucket(&longest, &o, o.second, TT_PHRASE_BIT(list));
    if (o.second != 0)
        match_bucket(&longest, &o, 0, TT_PHRASE_BIT(list));
    return longest;
}
