/* initial.h - initials, labels of one letter, and the words that open a sentence behind them. `start`: of the sentence; `next`:
 * the first letter behind the stop; `end`: of the block. */
#ifndef TT_SENTENCE_INITIAL_H
#define TT_SENTENCE_INITIAL_H

#include "page/glyph.h"

/* "N", "N.V.A", "H.N.Tr": initials parted by stops. */
bool tt__is_initials(tt_str word);
/* A single capital that names a class, a unit or a number: "180 độ C", "quý I". */
bool tt__is_label(tt_str word, const char *start);
/* "V." of "I. V. Grushvitsky". */
bool tt__is_dotted_capital(const char *at, const char *end);
/* After an initial: does `next` open a sentence, or is it a name? */
bool tt__opens_sentence(const char *next, const char *end);
/* "Một lãnh đạo ...": opens a sentence, and no name follows. */
bool tt__opens_plainly(const char *next, const char *end);
/* Does the initial `word` end its sentence, though `next` is no word that opens one: "khán đài B. Ông Chử"? */
bool tt__leaves_initial(tt_str word, const char *start, const char *next, const char *end);

#endif
