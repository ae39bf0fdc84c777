/* phrase.c - matching of fixed phrases. Those that a line may begin with are many and tried on every line, so they lie in a
 * trie over bytes, in small letters and capitals. */
#include "page/phrase.h"

#include <string.h>

typedef struct {
    uint16_t base, next, lists;
} phrase_row;

#include "page/phrase_table.inc"

static bool is_word(uint32_t cp)
{
    return tt__is_letter(cp) || tt__is_digit(cp);
}

/* Bytes that are the same need no decoding; at the first that is not, go back to the start of its code point. */
static size_t same_bytes(const char *at, const char *end, const char *phrase)
{
    size_t most = (size_t)(end - at), i = 0;
    while (i < most && at[i] == phrase[i] && at[i] != ' ' && phrase[i] != '\0')
        i++;
    while (i > 0 && tt__is_tail(phrase[i]))
        i--;
    return i;
}

/* End of `phrase` at `at`, and *over the end of the phrase; NULL where it is not there. */
static const char *match(const char **over, const char *at, const char *end, const char *phrase)
{
    const char *want_at = phrase;
    while (*want_at != '\0') {
        size_t same = same_bytes(at, end, want_at);
        at += same;
        want_at += same;
        if (*want_at == '\0')
            break;
        tt_glyph want = {0, 0}, got = tt__glyph_at(at, end);
        want.cp = tt__decode(want_at, &want.len);
        want_at += want.len;
        if (want.cp == ' ') {
            const char *next = tt__skip_blank(at, end);
            if (next == at)
                return NULL;
            at = next;
        } else {
            if (got.len == 0 || tt__small(got.cp) != want.cp)
                return NULL;
            at += got.len;
        }
    }
    *over = want_at;
    return at;
}

size_t tt__phrase_at(const char *at, const char *end, const char *phrase)
{
    unsigned char first = (unsigned char)*phrase;
    if (at >= end || (first < 0x80 && ((unsigned char)*at < 0x80) && ((*at ^ *phrase) & 0xDF) != 0))
        return 0;
    const char *over, *next = match(&over, at, end, phrase);
    if (next == NULL || (is_word(tt__glyph_at(next, end).cp) && is_word(tt__glyph_before(phrase, over).cp)))
        return 0;
    return (size_t)(next - at);
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
        unsigned char last = (unsigned char)(*phrases)[len - 1];
        if (last < 0x80 && ((end[-1] ^ last) & 0xDF) != 0) /* tells most of them apart */
            continue;
        const char *at = end - len;
        if (tt__phrase_at(at, end, *phrases) == len && !is_word(tt__glyph_before(begin, at).cp))
            best = len;
    }
    return best;
}

/* Lists of the phrases at `at`; *longest is the bytes of the longest one in `wanted`. Most places have none, and the trie is
 * left after a few bytes. */
uint32_t tt__phrase_find(size_t *longest, const char *at, const char *end, uint32_t wanted)
{
    uint32_t base = phrase_root, found = 0;
    *longest = 0;
    for (const char *p = at; p < end && base != 0;) { /* 0: nothing goes on */
        tt__step(1);
        unsigned char byte = (unsigned char)*p;
        const char *next = p + 1;
        if (tt__phrase_fold[byte] == 0 && tt__blank_at(p, end) != 0) {
            byte = ' ';
            next = tt__skip_blank(p, end);
        }
        const phrase_row *row = &phrase_rows[base + byte];
        if (row->base != base)
            break;
        base = row->next;
        p = next;
        if ((row->lists & wanted) == 0 ||
            ((row->lists & phrase_word) != 0 && p < end && tt__phrase_fold[(unsigned char)*p] != 0))
            continue;
        found |= row->lists;
        *longest = (size_t)(p - at);
    }
    return found & ~(uint32_t)phrase_word;
}
