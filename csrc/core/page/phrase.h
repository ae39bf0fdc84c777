/* phrase.h - fixed phrases at a place in the text, whatever their case: the small matchers that the page rules are made of. */
#ifndef TT_PAGE_PHRASE_H
#define TT_PAGE_PHRASE_H

#include "page/glyph.h"

/* Lists of csrc/data/phrases.tsv. ORDER PHRASE: names in csrc/data/make_phrases.py. */
typedef enum {
    TT_PHRASE_CREDIT,
    TT_PHRASE_CREDIT_WORD,
    TT_PHRASE_MORE,
    TT_PHRASE_NAV,
    TT_PHRASE_FOOTER,
    TT_PHRASE_LANGUAGE,
    TT_PHRASE_LINK,
    TT_PHRASE_SOURCE,
    TT_PHRASE_OUTLET,
    TT_PHRASE_FILM,
    TT_PHRASE_SHARE_WORD,
    TT_PHRASE_SHARE_CORE,
    TT_PHRASE_FILLER,
    TT_PHRASE_POSTER,
    TT_PHRASE_SECTION,
    TT_PHRASE_LISTS
} tt_phrase_list;
#define TT_PHRASE_BIT(list) (1u << (list))

enum { TT_PHRASE_HEAD_BYTES = 6, TT_PHRASE_HEAD_BITS = 13 };
extern const uint8_t tt__phrase_fold[256];
extern const uint16_t tt__phrase_heads[1 << TT_PHRASE_HEAD_BITS];
uint32_t tt__phrase_find(size_t *longest, const char *at, const char *end, uint32_t wanted);

/* Lists that may have a phrase at `at`, by the word there: few words begin any. Without branches but for the end of a text. */
static inline uint32_t tt__phrase_may(const char *at, const char *end)
{
    const unsigned char *b = (const unsigned char *)at;
    tt__step(1);
    if (end - at < TT_PHRASE_HEAD_BYTES)
        return TT_PHRASE_BIT(TT_PHRASE_LISTS) - 1;
    uint64_t key = 0, ends;
    for (unsigned i = 0; i < TT_PHRASE_HEAD_BYTES; i++)
        key |= (uint64_t)tt__phrase_fold[b[i]] << 8 * i;
    ends = (key - 0x010101010101u) & ~key & 0x808080808080u; /* the highest bit of the first byte that is 0, and of others */
    key &= (ends & (0 - ends)) - 1;
    key |= key == 0 ? b[0] : 0;
    return tt__phrase_heads[key * 0x9E3779B97F4A7C15u >> (64 - TT_PHRASE_HEAD_BITS)];
}

/* Lists (TT_PHRASE_BIT) that have a phrase at `at`. */
static inline uint32_t tt__phrase_lists(const char *at, const char *end)
{
    size_t longest;
    uint32_t may = tt__phrase_may(at, end);
    return may != 0 ? tt__phrase_find(&longest, at, end, may) : 0;
}

/* Bytes of the longest phrase of `list` at `at`; 0 where there is none. */
static inline size_t tt__phrase_in(const char *at, const char *end, tt_phrase_list list)
{
    size_t longest = 0;
    if ((tt__phrase_may(at, end) & TT_PHRASE_BIT(list)) != 0)
        tt__phrase_find(&longest, at, end, TT_PHRASE_BIT(list));
    return longest;
}

/* Bytes of `phrase` (small letters; one space stands for any blanks) at `at`; 0 where it is not there or ends inside a word. */
size_t tt__phrase_at(const char *at, const char *end, const char *phrase);
/* Bytes of the longest of `phrases`, a short list that ends in NULL. */
size_t tt__phrase_any(const char *at, const char *end, const char *const *phrases);
/* Bytes of the longest of `phrases` that ends the text on a word border; 0 where none does. */
size_t tt__phrase_ends(const char *begin, const char *end, const char *const *phrases);

#endif
