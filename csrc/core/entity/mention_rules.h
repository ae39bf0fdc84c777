/* mention_rules.h - where a user's rules match. */
#ifndef TT_ENTITY_MENTION_RULES_H
#define TT_ENTITY_MENTION_RULES_H

#include "base/pattern.h"
#include "entity/term_trie.h"

#include "tintuc/mention_rules.h"

/* One rule; the list goes from the one made last to the first. */
struct tt_mention_rules {
    const tt_mention_rules *base;
    uint32_t label;      /* as the tagger counts, then the new ones */
    tt_term_trie *terms; /* this or */
    tt_pattern *pattern; /* this */
    tt_str *labels;      /* the new ones, of this rule and those before it */
    size_t label_count;
    char *label_text; /* where one of them is this rule's */
};

#endif
