/* tintuc/mention_rules.h - what a user knows to be a mention: terms and patterns that the tagger must respect. */
#ifndef TINTUC_MENTION_RULES_H
#define TINTUC_MENTION_RULES_H

#include "tintuc/entity.h"

TT_BEGIN_DECLS

/* A rule and those made before it. Opaque; immutable once made, so threads may share it.
 *
 * What a rule matches is a mention of its label: whole tokens of the normalized view within one sentence. A match that begins
 * or ends inside a token does not count, nor does one of more than TT_RULE_TOKENS tokens. Where matches cross, the longest
 * counts, then the first; of the same tokens, that of the rule made last. Matches of different labels may lie in each other,
 * those of one label may not. All that count are among the entities, with confidence 1. The tagger's own mentions give way: one
 * that holds a match stays around it, others are looked for beside and inside it. */
typedef struct tt_mention_rules tt_mention_rules;

/* Most tokens of a match; most labels, those of the tagger among them; most bytes of a label. */
#define TT_RULE_TOKENS 256u
#define TT_RULE_LABELS 255u
#define TT_RULE_LABEL_BYTES 64u

/* Mark `terms` as `label`, which the tagger need not know. With `ignore_case`, capitals and small letters are the same. `base`
 * (NULL: none) and `tagger` must outlive *out; so must nothing else. The caller frees *out; on error it is NULL. TT_EARGUMENT
 * for what is no label, an empty term or one that is not UTF-8; TT_ELIMIT for a term beyond TT_RULE_TOKENS or too many labels;
 * TT_ENOMEM. */
TT_API tt_status tt_mention_rules_with_terms(tt_mention_rules **out, const tt_mention_rules *base, const tt_tagger *tagger,
                                             tt_str label, const tt_str *terms, size_t count, bool ignore_case, tt_error *err);
/* Mark what the PCRE2 expression `pattern` matches; blanks at the ends of a match are left out, and each sentence is a subject
 * of its own. Errors as above, and TT_EARGUMENT for what is no expression (err->pos is its byte). */
TT_API tt_status tt_mention_rules_with_pattern(tt_mention_rules **out, const tt_mention_rules *base, const tt_tagger *tagger,
                                               tt_str label, tt_str pattern, tt_error *err);
TT_API void tt_mention_rules_free(tt_mention_rules *self); /* NULL is fine */

/* Labels that the tagger lacks, numbered from its tt_tagger_label_count on. `self` may be NULL: none. */
TT_API size_t tt_mention_rules_label_count(const tt_mention_rules *self);
TT_API tt_str tt_mention_rules_label(const tt_mention_rules *self, size_t index);

/* tt_tagger_run with rules (NULL: none) made for this tagger. TT_ELIMIT too: a pattern costs too much on a sentence. */
TT_API tt_status tt_tagger_run_with(tt_entities *out, tt_arena *arena, const tt_tagger *self, const tt_mention_rules *rules,
                                    const tt_text *text, const tt_page *page, const tt_sentences *sentences,
                                    const tt_tokens *tokens, tt_error *err);

TT_END_DECLS
#endif
