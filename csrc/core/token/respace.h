/* respace.h - white space as running text has it, for sentences whose tokens were joined by single spaces. */
#ifndef TT_TOKEN_RESPACE_H
#define TT_TOKEN_RESPACE_H

#include "tintuc/token.h"

/* `out` has the tokens with `spaced` as if marks stood where running text puts them, in each sentence that has a space before a
 * closing mark; where there is no such sentence it is `tokens` itself, else a copy in the arena. TT_ENOMEM. */
tt_status tt__respace(tt_tokens *out, tt_arena *arena, const tt_text *text, const tt_tokens *tokens);

#endif
