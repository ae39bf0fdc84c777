/* rules.h - what the stages ask of a user's rules. */
#ifndef TT_PAGE_RULES_H
#define TT_PAGE_RULES_H

#include "base/pattern.h"
#include "tintuc/rules.h"

/* Is `word`, which a stop follows, one of the abbreviations? `self` may be NULL. */
bool tt__rules_have_word(const tt_rules *self, tt_str word);
size_t tt__rules_blocks(const tt_rules *self); /* `self` may be NULL */
/* The kind of the first rule that matches in `line`; TT_BLOCK_KINDS where none does. TT_ELIMIT, TT_ENOMEM. */
tt_status tt__rules_kind(unsigned *kind, tt_matcher *matcher, const tt_rules *self, tt_str line, tt_error *err);

#endif
