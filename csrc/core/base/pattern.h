/* pattern.h - regular expressions of users, with bounds on what one match may cost. */
#ifndef TT_BASE_PATTERN_H
#define TT_BASE_PATTERN_H

#include "tintuc/base.h"

typedef struct tt_pattern tt_pattern; /* read-only once made, so threads may share it */
typedef struct tt_matcher tt_matcher; /* what one thread needs to match */

/* Compile the PCRE2 expression `source` (UTF-8, Unicode classes, at most 4,096 bytes). On error *out is NULL. TT_EARGUMENT: not
 * an expression, err->pos is the byte. TT_ENOMEM. */
tt_status tt__pattern_make(tt_pattern **out, tt_str source, tt_error *err);
void tt__pattern_free(tt_pattern *self); /* NULL is fine */

tt_status tt__matcher_make(tt_matcher **out, tt_error *err); /* TT_ENOMEM, *out is NULL */
void tt__matcher_free(tt_matcher *self);                     /* NULL is fine */

/* Does the expression match anywhere in the first 4,096 bytes of `text`, valid UTF-8? The end of a longer text is not seen.
 * TT_ELIMIT when it costs too much to tell. TT_ENOMEM. */
tt_status tt__pattern_find(bool *found, tt_matcher *matcher, const tt_pattern *self, tt_str text, tt_error *err);
/* The first match at or behind byte `start`, the beginning of a code point; *hit is in bytes and may be empty. */
tt_status tt__pattern_next(tt_span *hit, bool *found, tt_matcher *matcher, const tt_pattern *self, tt_str text, uint32_t start,
                           tt_error *err);

#endif
