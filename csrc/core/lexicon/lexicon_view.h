/* lexicon_view.h - a lexicon over section bytes, for training before there is a model file. */
#ifndef TT_LEXICON_VIEW_H
#define TT_LEXICON_VIEW_H

#include "tintuc/lexicon.h"

/* As tt_lexicon_load, on bytes aligned to 8 that must stay alive. */
tt_status tt__lexicon_view(tt_lexicon **out, tt_str lexicon, tt_str clusters, tt_error *err);

/* The node of the entries that begin with a token, 0 where there are none, and the number of its masks. */
typedef struct {
    uint32_t node;
    uint16_t masks;
} tt_lexicon_start;

tt_lexicon_start tt__lexicon_start(const tt_lexicon *self, const tt_token *token);
/* Ask memory for where `next` goes on from the node. */
void tt__lexicon_expect(const tt_lexicon *self, uint32_t node, const tt_token *next);
/* tt_lexicon_match_at, with the start of the first token. */
size_t tt__lexicon_match_from(tt_lexicon_match *out, size_t max, const tt_lexicon *self, const tt_tokens *tokens, size_t first,
                              tt_lexicon_start start);

#endif
