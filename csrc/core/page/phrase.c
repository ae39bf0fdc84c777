/* phrase.c - matching of fixed phrases. Those that a line may begin with are many and tried on every line, so they lie in
 * buckets by their first three code points. */
#include "page/phrase.h"

#include <string.h>

typedef struct {
    uint64_t opening; /* three code points, of 21 bits each; 0: it has none */
    const char *rest; /* after them */
    uint8_t len;      /* bytes of the rest */
    uint8_t word;     /* ends in a letter or digit, so on the border of a word */
    uint16_t lists;
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

/* Do the first bytes tell that the phrase is not there? Most of a bucket has the same opening, so this is asked first. */
static bool differs(const char *at, const char *end, tt_str phrase)
{
    const char *want = phrase.ptr;
    if (phrase.len == 0)
        return false;
    if (at == end)
        return true;
    if (*want == ' ') {
        if (*at != ' ')
            return tt__blank_at(at, end) == 0;
        if (end - at < 2 || phrase.len < 2 || at[1] == ' ')
            return false;
        at++;
        want++;
    }
    bool ascii = ((*at | *want) & 0x80) == 0;
    return ascii && ((*at ^ *want) & 0xDF) != 0;
}

/* End of `phrase` at `at`; NULL where it is not there. */
static const char *match(const char *at, const char *end, tt_str phrase)
{
    const char *want_at = phrase.ptr, *stop = phrase.ptr + phrase.len;
    while (want_at < stop) {
        size_t same = same_bytes(at, end, (tt_str){want_at, (size_t)(stop - want_at)});
        at += same;
        want_at += same;
        tt_glyph want = tt__glyph_at(want_at, stop), got = tt__glyph_at(at, end);
        want_at += want.len;
        if (want.cp == ' ') {
            const char *next = tt__skip_blank(at, end);
            if (next == at)
                return NULL;
            at = next;
        } else if (want.len != 0) {
            if (got.len == 0 || tt__small(got.cp) != want.cp)
                return NULL;
            at += got.len;
        }
    }
    return at;
}

size_t tt__phrase_at(const char *at, const char *end, const char *phrase)
{
    unsigned char first = (unsigned char)*phrase;
    if (at >= end || (first < 0x80 && ((unsigned char)*at < 0x80) && ((*at ^ *phrase) & 0xDF) != 0))
        return 0;
    tt_str whole = tt_str_c(phrase);
    const char *over = match(at, end, whole);
    if (over == NULL || (is_word(tt__glyph_at(over, end).cp) && is_word(tt__glyph_before(phrase, phrase + whole.len).cp)))
        return 0;
    return (size_t)(over - at);
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

/* A place in the text: its first three code points, and where each ends. */
typedef struct {
    const char *at, *end;
    uint32_t opening[3];
    const char *after[3];
} place;

/* Lists of the phrases in `bucket` that begin with the first `count` code points of `p`, and are no longer than that when it is
 * below 3. *longest is the bytes of the longest one in `wanted`. */
static uint32_t find_opening(size_t *longest, const place *p, uint32_t bucket, int count, uint32_t wanted)
{
    uint32_t found = 0;
    uint64_t opening = 0;
    for (int i = count; i-- > 0;)
        opening = opening << 21 | p->opening[i];
    for (size_t i = phrase_starts[bucket]; i < phrase_starts[bucket + 1]; i++) {
        const phrase_row *row = &phrase_rows[i];
        if (row->opening != opening || (row->lists & wanted & ~found) == 0)
            continue;
        if (differs(p->after[count - 1], p->end, (tt_str){row->rest, row->len}))
            continue;
        const char *over = match(p->after[count - 1], p->end, (tt_str){row->rest, row->len});
        if (over == NULL || (row->word && is_word(tt__glyph_at(over, p->end).cp)))
            continue;
        if ((size_t)(over - p->at) > *longest)
            *longest = (size_t)(over - p->at);
        found |= row->lists;
    }
    return found;
}

/* Most places have no phrase of the lists, which the filter tells without a look at the rows. */
static uint32_t find(size_t *longest, const char *at, const char *end, uint32_t wanted)
{
    place p = {.at = at, .end = end};
    *longest = 0;
    for (int i = 0; i < 3; i++) {
        p.opening[i] = next_small(&at, end);
        p.after[i] = at;
    }
    uint32_t one = p.opening[0] * 37 * 37, two = one + p.opening[1] * 37, three = two + p.opening[2], found = 0;
    uint32_t keys[3] = {one, two, three}, lists[3];
    for (int i = 0; i < 3; i++)
        lists[i] = phrase_filter[keys[i] % phrase_filter_size] & wanted;
    if ((lists[0] | lists[1] | lists[2]) == 0)
        return 0;
    for (int count = 1; count <= 3 && p.opening[count - 1] != 0; count++)
        if (lists[count - 1] != 0)
            found |= find_opening(longest, &p, keys[count - 1] % phrase_buckets, count, wanted);
    return found;
}

uint32_t tt__phrase_lists(const char *at, const char *end)
{
    size_t longest;
    return find(&longest, at, end, UINT32_MAX);
}

size_t tt__phrase_in(const char *at, const char *end, tt_phrase_list list)
{
    size_t longest;
    find(&longest, at, end, TT_PHRASE_BIT(list));
    return longest;
}
