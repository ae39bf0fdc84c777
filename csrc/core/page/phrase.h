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

/* Lists (TT_PHRASE_BIT) that have a phrase at `at`. */
uint32_t tt__phrase_lists(const char *at, const char *end);
/* Bytes of the longest phrase of `list` at `at`; 0 where there is none. */
size_t tt__phrase_in(const char *at, const char *end, tt_phrase_list list);

/* Bytes of `phrase` (small letters; one space stands for any blanks) at `at`; 0 where it is not there or ends inside a word. */
size_t tt__phrase_at(const char *at, const char *end, const char *phrase);
/* Bytes of the longest of `phrases`, a short list that ends in NULL. */
size_t tt__phrase_any(const char *at, const char *end, const char *const *phrases);
/* Bytes of the longest of `phrases` that ends the text on a word border; 0 where none does. */
size_t tt__phrase_ends(const char *begin, const char *end, const char *const *phrases);

#endif
