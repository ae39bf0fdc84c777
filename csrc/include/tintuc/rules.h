/* tintuc/rules.h - what a user adds to the rules of pages and sentences, without rebuilding. */
#ifndef TINTUC_RULES_H
#define TINTUC_RULES_H

#include "tintuc/normalize.h"

TT_BEGIN_DECLS

typedef struct tt_rules tt_rules; /* opaque; immutable once made, so threads may share it */

/* All that `base` (may be NULL) has, and `count` abbreviations more: words without blanks whose stop ends no sentence, with or
 * without that stop. `base` need not live on. The caller frees *out; on error it is NULL. TT_EARGUMENT for what is no such
 * word, TT_ENOMEM. */
TT_API tt_status tt_rules_with_abbreviations(tt_rules **out, const tt_rules *base, const tt_str *words, size_t count,
                                             tt_error *err);
/* All that `base` (may be NULL) has, and a kind (tt_block_kind) for each line, or piece of one, in which the PCRE2 expression
 * `pattern` matches (at most 4,096 bytes of it, in the first 4,096 of the line). Rules made first go first. TT_EARGUMENT for
 * what is no kind or no expression (err->pos is its byte), TT_ENOMEM. */
TT_API tt_status tt_rules_with_block(tt_rules **out, const tt_rules *base, unsigned kind, tt_str pattern, tt_error *err);
TT_API void tt_rules_free(tt_rules *self); /* NULL is fine */

TT_END_DECLS
#endif
