/* tintuc/kind.h - what sort of thing an entity is, where the lexicon or its first words tell. */
#ifndef TINTUC_KIND_H
#define TINTUC_KIND_H

#include "tintuc/mention_rules.h"

TT_BEGIN_DECLS

/* Kind of each entity (see tt_kind_name), 0 where it is not known; NULL when memory ran out. The lexicon knows the whole
 * mention as of one kind, or it begins with words that say it: "tỉnh", "Ngân hàng". `tagger` is what found the entities. */
TT_API const uint8_t *tt_entity_kinds_make(tt_arena *arena, const tt_tagger *tagger, const tt_tokens *tokens,
                                           const tt_entities *entities);

TT_END_DECLS
#endif
