/* atom_roles.c - by name, so that a user's lexicon may leave classes out or order them as it likes. */
#include "entity/atom_roles.h"

static uint64_t bit(const tt_lexicon *lexicon, const char *name)
{
    for (size_t i = 0; i < tt_lexicon_class_count(lexicon); i++)
        if (tt_str_eq(tt_lexicon_class_name(lexicon, i), tt_str_c(name)))
            return (uint64_t)1 << i;
    return 0;
}

void tt__atom_roles(tt_atom_roles *out, const tt_lexicon *lexicon)
{
    out->honorific = bit(lexicon, "honorific");
    out->rank = bit(lexicon, "rank") | bit(lexicon, "degree");
    out->role = bit(lexicon, "role") | bit(lexicon, "role_other");
    out->surname = bit(lexicon, "surname");
    out->place_head = bit(lexicon, "head_loc");
    out->body_head = bit(lexicon, "head_org");
    out->heads = out->place_head | out->body_head | bit(lexicon, "head_event") | bit(lexicon, "head_doc") |
                 bit(lexicon, "head_product") | out->role | out->rank | out->honorific;
}
