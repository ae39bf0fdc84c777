/* lists.h - names in a row say what each other is. */
#ifndef TT_ENTITY_LISTS_H
#define TT_ENTITY_LISTS_H

#include "entity/atoms.h"

/* What most of the others in a list are, by the lexicon. */
enum { LIST_OF_UNKNOWN, LIST_OF_PLACES, LIST_OF_BODIES, LIST_OF_PERSONS, LIST_OF_ALL, LIST_SORTS };

/* Sets `list` and `list_head` of the atoms of a sentence, whose lexicon matches, runs and heads are there: of runs of capitals
 * parted by commas, semicolons or "và". */
void tt__lists_mark(tt_atom *atoms, const tt_token *tokens, size_t count, const tt_text *text, const tt_atom_source *source);

#endif
