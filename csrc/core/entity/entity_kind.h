/* entity_kind.h - what decides between the kinds that the lexicon gives to a mention, looked up once for a tagger. */
#ifndef TT_ENTITY_KIND_H
#define TT_ENTITY_KIND_H

#include "lexicon/kind.h"

typedef struct {
    uint64_t great, island; /* kinds of places */
    uint64_t stronger;      /* kinds of a whole name that count more than those of its first words */
    uint64_t *of_label;     /* kinds of each label */
} tt_kind_rules;

/* TT_ENOMEM. */
tt_status tt__kind_rules_make(tt_kind_rules *out, const tt_str *labels, size_t count);
void tt__kind_rules_free(tt_kind_rules *self);

#endif
