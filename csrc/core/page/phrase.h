/* phrase.h - fixed phrases at a place in the text, whatever their case: the small matchers that the page rules are made of. */
#ifndef TT_PAGE_PHRASE_H
#define TT_PAGE_PHRASE_H

#include "page/glyph.h"

/* Bytes of `phrase` (small letters; one space stands for any blanks) at `at`; 0 where it is not there or ends inside a word. */
size_t tt__phrase_at(const char *at, const char *end, const char *phrase);
/* Bytes of the longest of `phrases`, a list that ends in NULL. */
size_t tt__phrase_any(const char *at, const char *end, const char *const *phrases);
/* Bytes of the longest of `phrases` that ends the text on a word border; 0 where none does. */
size_t tt__phrase_ends(const char *begin, const char *end, const char *const *phrases);

#endif
