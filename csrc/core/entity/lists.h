/* lists.h - names in a row say what each other is. */
#ifndef TT_ENTITY_LISTS_H
#define TT_ENTITY_LISTS_H

#include "entity/atoms.h"

/* What most of the others in a list are, by the lexicon; LIST_OF_ALL: as many of one sort as of another. */
enum { LIST_OF_UNKNOWN, LIST_OF_PLACES, LIST_OF_BODIES, LIST_OF_PERSONS, LIST_OF_ALL, LIST_SORTS };
/* How many there are in all: two, up to four, more. */
enum { LIST_OF_TWO, LIST_OF_SOME, LIST_OF_MANY, LIST_SIZES };
enum { LIST_MEMBERS_MAX = 64 };

/* Sets `list`, to 1 + LIST_SIZES * sort + size, and `list_head` of the atoms of a sentence, whose lexicon matches, runs and
 * heads are there: of runs of capitals parted by commas, semicolons or "và", with brackets behind a name or none. A list that
 * is longer than LIST_MEMBERS_MAX is taken for several. */
void tt__lists_mark(tt_atom *atoms, const tt_token *tokens, size_t count, const tt_text *text, const tt_atom_source *source);

#endif
