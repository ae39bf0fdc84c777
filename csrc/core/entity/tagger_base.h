/* tagger_base.h - the sections of a model that make a tagger, and those of the base tagger it was trained on top of. */
#ifndef TT_ENTITY_TAGGER_BASE_H
#define TT_ENTITY_TAGGER_BASE_H

#include "entity/entity_kind.h"
#include "entity/hints.h"

typedef struct {
    const char *labels, *leaves, *outer, *inner, *sure; /* leaves and sure need not be there */
} tt_tagger_sections;

extern const tt_tagger_sections tt__tagger_sections, tt__tagger_base_sections;

bool tt__model_has_base(const tt_model *model);
/* Load the base tagger of `model`: the one it was trained on top of, or else its only one. Errors as tt_tagger_load. */
tt_status tt__tagger_load_base(tt_tagger **out, const tt_model *model, tt_error *err);

/* What the base tagger `self` says of a document, in the arena. TT_ENOMEM. */
tt_status tt__tagger_hints(tt_hints *out, tt_arena *arena, const tt_tagger *self, const tt_text *text, const tt_page *page,
                           const tt_sentences *sentences, const tt_tokens *tokens, tt_error *err);

/* Lent. */
const tt_lexicon *tt__tagger_lexicon(const tt_tagger *self);
const tt_kind_rules *tt__tagger_kinds(const tt_tagger *self);

#endif
