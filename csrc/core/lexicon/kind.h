/* kind.h - kinds of things that an entry of the lexicon is, or that what begins with it is. */
#ifndef TT_LEXICON_KIND_H
#define TT_LEXICON_KIND_H

#include "tintuc/lexicon.h"

enum { KIND_MAX = 64 };

/* Bit k: kind k. */
typedef struct {
    uint64_t whole;          /* of the entry alone */
    uint64_t capital, small; /* of what begins with it, with a capital or a small letter */
} tt_kind_set;

typedef struct {
    uint32_t len; /* tokens, >= 1 */
    tt_kind_set kinds;
} tt_kind_match;

/* Number of the kind "LABEL.name"; 0 where there is none. */
unsigned tt__kind_of(tt_str name);
/* Bits of the kinds of a label. */
uint64_t tt__kinds_of_label(tt_str label);
/* Entries of a kind among tokens first .. end - 1 that begin with the first, shortest first; returns how many, at most `max`.
 */
size_t tt__lexicon_kinds_at(tt_kind_match *out, size_t max, const tt_lexicon *self, const tt_tokens *tokens, size_t first,
                            size_t end);

#endif
