/* tintuc/entity.h - nested mentions of people, places, bodies, offices, dates, amounts ... in tokens. */
#ifndef TINTUC_ENTITY_H
#define TINTUC_ENTITY_H

#include "tintuc/lexicon.h"

TT_BEGIN_DECLS

typedef struct {
    tt_span tokens;   /* token indexes, half open, within one sentence */
    uint32_t label;   /* index in the tagger's labels */
    uint32_t depth;   /* 0 outermost */
    float confidence; /* posterior probability of the mention given its parent, 0..1 */
} tt_entity;

typedef struct {
    const tt_entity *at; /* by start, longer first: a parent before what lies in it; nested or apart */
    size_t len;
} tt_entities;

/* Deepest nesting that is searched. */
#define TT_ENTITY_DEPTH 6u

typedef struct tt_tagger tt_tagger; /* opaque; read-only after load, so threads may share it */

/* View the tagger sections of `model`, which must stay open. TT_EMODEL: err->pos is the bad byte. TT_ENOMEM. */
TT_API tt_status tt_tagger_load(tt_tagger **out, const tt_model *model, tt_error *err);
TT_API void tt_tagger_free(tt_tagger *self); /* NULL is fine */
TT_API size_t tt_tagger_label_count(const tt_tagger *self);
TT_API tt_str tt_tagger_label(const tt_tagger *self, size_t label);
/* Tag `tokens`. `out->at` lives as long as `arena`; finding nothing is TT_OK with len 0. TT_ENOMEM. */
TT_API tt_status tt_tagger_run(tt_entities *out, tt_arena *arena, const tt_tagger *self, const tt_text *text,
                               const tt_page *page, const tt_sentences *sentences, const tt_tokens *tokens, tt_error *err);

TT_END_DECLS
#endif
