/* phrase.c - matching of fixed phrases. Those that a line may begin with are many and tried on every line, so they lie in
 * buckets by their first three code points. */
#include "page/phrase.h"

#include <string.h>

typedef struct {
    const char *text;
    uint32_t len;
    uint32_t key; /* from its first three code points */
    uint32_t lists;
} phrase_row;

#include "page/phrase_table.inc"

static bool is_word(uint32_t cp)
{
    return tt__is_letter(cp) || tt__is_digit(cp);
}

/* Bytes that are the same need no decoding; at the first that is not, go back to the start of its code point. */
static size_t same_bytes(const char *at, const char *end, tt_str phrase)
{
    size_t most = (size_t)(end - at) < phrase.len ? (size_t)(end - at) : phrase.len, i = 0;
    while (i < most && at[i] == phrase.ptr[i] && at[i] != ' ')
        i++;
    while (i > 0 && i < phrase.len && tt__is_tail(phrase.ptr[i]))
        i--;
    return i;
}

static size_t match(const char *at, const char *end, tt_str phrase)
{
    const char *begin = at, *want_at = phrase.ptr, *stop = phrase.ptr + phrase.len;
    while (want_at < stop) {
        size_t same = same_bytes(at, end, (tt_str){want_at, (size_t)(stop - want_at)});
        at += same;
        want_at += same;
        tt_glyph want = tt__glyph_at(want_at, stop), got = tt__glyph_at(at, end);
        want_at += want.len;
        if (want.cp == ' ') {
            const char *next = tt__skip_blank(at, end);
            if (next == at)
                return 0;
            at = next;
        } else if (want.len != 0) {
            if (got.len == 0 || tt__small(got.cp) != want.cp)
                return 0;
            at += got.len;
        }
    }
    bool cut = is_word(tt__glyph_at(at, end).cp) && is_word(tt__glyph_before(phrase.ptr, stop).cp);
    return cut ? 0 : (size_t)(at - begin);
}

size_t tt__phrase_at(const char *at, const char *end, const char *phrase)
{
    return match(at, end, tt_str_c(phrase));
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
static inline uint32_t next_small(const char **at, const char *end)
{
    if (*at < end && *(const signed char *)*at > ' ')
        return tt__glyph_rows[(unsigned char)*(*at)++].small;
    const char *next = tt__skip_blank(*at, end);
    if (next != *at) {
        *at = next;
        return ' ';
    }
    tt_glyph g = tt__glyph_at(*at, end);
    *at += g.len;
    return tt__small(g.cp);
}

/* Lists of the phrases in a bucket that match; *longest is the bytes of the longest one in `wanted`. */
static inline uint32_t match_bucket(size_t *longest, uint32_t key, const char *at, const char *end, uint32_t wanted)
{
    uint32_t found = 0, bucket = key % phrase_buckets;
    for (size_t i = phrase_starts[bucket]; i < phrase_starts[bucket + 1]; i++) {
        const phrase_row *row = &phrase_rows[i];
        if (row->key != key || (row->lists & wanted & ~found) == 0)
            continue;
        size_t len = match(at, end, (tt_str){row->text, row->len});
        if (len > *longest)
            *longest = len;
        found |= len != 0 ? row->lists : 0;
    }
    return found;
}

/* Phrases of three code points or more, of two, of one. */
static uint32_t find(size_t *longest, const char *at, const char *end, uint32_t wanted)
{
    const char *p = at;
    uint32_t first = next_small(&p, end) * 37, second = next_small(&p, end), third = next_small(&p, end);
    uint32_t found = match_bucket(longest, (first + second) * 37 + third, at, end, wanted);
    if (third != 0)
        found |= match_bucket(longest, (first + second) * 37, at, end, wanted);
    return second != 0 ? found | match_bucket(longest, first * 37, at, end, wanted) : found;
}

uint32_t tt__phrase_lists(const char *at, const char *end)
{
    size_t longest = 0;
    return find(&longest, at, end, UINT32_MAX);
}

size_t tt__phrase_in(const char *at, const char *end, tt_phrase_list list)
{
    size_t longest = 0;
    find(&longest, at, end, TT_PHRASE_BIT(list));
    return longest;
}
