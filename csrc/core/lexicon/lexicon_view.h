/* lexicon_view.h - a lexicon over section bytes, for training before there is a model file. */
#ifndef TT_LEXICON_VIEW_H
#define TT_LEXICON_VIEW_H

#include "tintuc/lexicon.h"

/* As tt_lexicon_load, on bytes aligned to 8 that must stay alive. */
tt_status tt__lexicon_view(tt_lexicon **out, tt_str lexicon, tt_str clusters, tt_error *err);

/* Ask memory for what looking the token up reads first. */
void tt__lexicon_expect(const tt_lexicon *self, const tt_token *token);
/* The node of the entries that begin with the token, 0 where there are none; memory is asked for where `next` goes on. */
uint32_t tt__lexicon_enter(const tt_lexicon *self, const tt_token *token, const tt_token *next);
/* tt_lexicon_match_at, with the node that tt__lexicon_enter gave for the first token. */
size_t tt__lexicon_match_from(tt_lexicon_match *out, size_t max, const tt_lexicon *self, const tt_tokens *tokens, size_t first,
                              uint32_t node);

#endif
