/* atom_roles.h - lexicon classes that the atoms ask for by name. */
#ifndef TT_ENTITY_ATOM_ROLES_H
#define TT_ENTITY_ATOM_ROLES_H

#include "tintuc/lexicon.h"

/* Bit sets of classes; a class that the lexicon lacks is no bit. */
typedef struct {
    uint64_t honorific, rank, role, surname, place_head, body_head, heads;
} tt_atom_roles;

void tt__atom_roles(tt_atom_roles *out, const tt_lexicon *lexicon);

#endif
