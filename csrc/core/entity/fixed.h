/* fixed.h - mentions that a user's rules put into a piece of tokens, and how they stand to each other. */
#ifndef TT_ENTITY_FIXED_H
#define TT_ENTITY_FIXED_H

#include "entity/mention_rules.h"

typedef struct {
    tt_span tokens;  /* of the document */
    uint32_t label;  /* as the rules number it */
    uint32_t height; /* levels of fixed mentions from this one inwards, 1 for one without any */
} tt_fixed;

/* By start, longer first; nested or apart, no two of the same tokens, at most TT_ENTITY_DEPTH in each other. Zero-initialize.
 */
typedef struct {
    tt_fixed *at;
    size_t len, cap;
} tt_fixed_list;

/* What the search writes to, kept from piece to piece. Zero-initialize. */
typedef struct {
    struct tt_rule_match *matches;
    uint32_t *innermost; /* of each token of the piece: number + 1 of the fixed mention around it */
    size_t match_count, match_cap, token_cap;
    tt_matcher *matcher; /* made when a pattern needs it */
} tt_fixed_search;
void tt__fixed_search_free(tt_fixed_search *self);

/* Find what counts of the matches in the piece of tokens that begins at token `base` of the document. TT_ELIMIT: a pattern
 * costs too much. TT_ENOMEM. */
tt_status tt__fixed_find(tt_fixed_list *out, tt_fixed_search *search, const tt_mention_rules *rules, const tt_text *text,
                         const tt_tokens *piece, uint32_t base, tt_error *err);

/* Walks the mentions that lie in `span` and in none that lies in it, from *at = tt__fixed_first(list, span) on; NULL at the
 * end. `whole`: one of all of the span is to be found too, not just what lies in it. */
size_t tt__fixed_first(const tt_fixed_list *self, tt_span span);
const tt_fixed *tt__fixed_next(const tt_fixed_list *self, size_t *at, tt_span span, bool whole);
/* The mention of just these tokens; NULL where none is. */
const tt_fixed *tt__fixed_of(const tt_fixed_list *self, tt_span tokens);

#endif
