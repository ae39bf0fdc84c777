/* hints.h - what a base tagger says of a text, for a tagger that learns other labels on top of it.
 *
 * A tagger trained on little text of its own is told the mentions that a tagger trained on much text finds, of whatever labels
 * (stacking: Wolpert 1992), and what else that one holds possible. It learns how far to believe it. */
#ifndef TT_ENTITY_HINTS_H
#define TT_ENTITY_HINTS_H

#include "entity/atoms.h"

#include "tintuc/entity.h"

/* Mentions that a base tagger found in a document, read from its beginning to its end. */
typedef struct {
    const tt_entity *at;
    size_t len, next;         /* the first that may reach into tokens not yet marked */
    const tt_belief *beliefs; /* about each token of the document; NULL: none */
} tt_hints;

/* Mark the atoms of tokens base .. base + count - 1 with 1 + the state (see scheme.h) of the outermost mention that covers
 * each, and of the mention right inside it, and with the beliefs. Pieces come in order, each with whole mentions. */
void tt__hints_mark(tt_atom *atoms, uint32_t base, size_t count, tt_hints *hints);

#endif
