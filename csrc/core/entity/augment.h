/* augment.h - altered copies of training sentences, so that the tagger learns what its corpus seldom shows: bodies whose head
 * noun is written small, titles in capitals, text without capitals. */
#ifndef TT_ENTITY_AUGMENT_H
#define TT_ENTITY_AUGMENT_H

#include "tintuc/base.h"

/* Which copies a sentence gets; drawn from a hash, so the same each time. */
typedef enum { AUGMENT_NONE, AUGMENT_SMALL_HEADS, AUGMENT_SMALL, AUGMENT_CAPITALS } tt_augment_case;

tt_augment_case tt__augment_draw(uint64_t draw);
/* Change letters of bytes[span) in place. Only letters whose other case has as many bytes change, so offsets stay. */
void tt__augment_recase(char *bytes, tt_span span, tt_augment_case kind);

#endif
