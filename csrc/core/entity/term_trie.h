/* term_trie.h - a user's terms as a trie of tokens. */
#ifndef TT_ENTITY_TERM_TRIE_H
#define TT_ENTITY_TERM_TRIE_H

#include "tintuc/token.h"

typedef struct tt_term_trie tt_term_trie; /* read-only once made */

/* No term may be longer than `most` tokens. On error *out is NULL. TT_EARGUMENT: an empty term, or one that is not UTF-8;
 * TT_ELIMIT, TT_ENOMEM. Linear in the bytes of the terms. */
tt_status tt__term_trie_make(tt_term_trie **out, const tt_str *terms, size_t count, bool ignore_case, size_t most,
                             tt_error *err);
void tt__term_trie_free(tt_term_trie *self); /* NULL is fine */

/* Where a search stands. Begin with {0}; take one token after the other while tt__term_trie_step is true. */
typedef struct {
    uint32_t node;
    bool ends; /* a term ends with the token taken last */
} tt_term_walk;
bool tt__term_trie_step(tt_term_walk *walk, const tt_term_trie *self, const tt_token *token);

#endif
