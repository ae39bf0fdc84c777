/* lexicon_view.h - a lexicon over section bytes, for training before there is a model file. */
#ifndef TT_LEXICON_VIEW_H
#define TT_LEXICON_VIEW_H

#include "tintuc/lexicon.h"

/* As tt_lexicon_load, on bytes aligned to 8 that must stay alive. */
tt_status tt__lexicon_view(tt_lexicon **out, tt_str lexicon, tt_str clusters, tt_error *err);

/* The nodes of the entries that begin with a token, and with it and the next one; 0 where there are none. */
typedef struct {
    uint32_t first, second;
    uint16_t masks; /* of the first */
} tt_lexicon_way;

/* The way of a token whose next one nobody has asked for. */
tt_lexicon_way tt__lexicon_enter(const tt_lexicon *self, const tt_token *token);
/* Go on to the next token of the sentence. */
void tt__lexicon_go_on(tt_lexicon_way *way, const tt_lexicon *self, const tt_token *next);
/* Ask memory for where `next` goes on from the node. */
void tt__lexicon_expect(const tt_lexicon *self, uint32_t node, const tt_token *next);
/* tt_lexicon_match_at, with the way of the first two tokens. */
size_t tt__lexicon_match_from(tt_lexicon_match *out, size_t max, const tt_lexicon *self, const tt_tokens *tokens, size_t first,
                              tt_lexicon_way way);

#endif
