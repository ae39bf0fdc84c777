/* atom_source.h - a lexicon and what the atoms ask for by name: classes, and words. */
#ifndef TT_ENTITY_ATOM_SOURCE_H
#define TT_ENTITY_ATOM_SOURCE_H

#include "entity/traits.h"

#include "tintuc/lexicon.h"

/* Bit sets of classes; a class that the lexicon lacks is no bit. */
typedef struct {
    uint64_t honorific, rank, role, surname, names, person, place, body, place_head, body_head, heads, currency, unit;
} tt_atom_roles;

typedef struct {
    const tt_lexicon *lexicon;
    tt_atom_roles roles;
    uint64_t at_words[2]; /* keys of "tại" and "ở" as tokens have them */
    uint64_t and_word;    /* of "và" */
    tt_trait_words words;
} tt_atom_source;

/* The lexicon must outlive it. TT_ENOMEM. */
tt_status tt__atom_source_make(tt_atom_source *out, const tt_lexicon *lexicon, tt_error *err);

#endif
