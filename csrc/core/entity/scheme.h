/* scheme.h - mentions as states of the chain and back: BILOU (begin, inside, last, outside, unit). */
#ifndef TT_ENTITY_SCHEME_H
#define TT_ENTITY_SCHEME_H

#include "tintuc/base.h"

enum { SCHEME_LABELS_MAX = 63, SCHEME_OUTSIDE = 0 };

/* ORDER SCHEME: state = 1 + 4 * label + part. */
enum { SCHEME_BEGIN, SCHEME_INSIDE, SCHEME_LAST, SCHEME_UNIT, SCHEME_PARTS };

uint32_t tt__scheme_states(uint32_t labels);
/* allowed[from * states + to], states x states bytes. State 0 stands for both ends of a sequence. */
void tt__scheme_allowed(uint8_t *allowed, uint32_t labels);
/* Mark tokens [start, end) as one mention. */
void tt__scheme_mark(uint16_t *states, uint32_t start, uint32_t end, uint32_t label);
/* Next mention at or after *at in states[len]; false when there is none. Works on any states, allowed or not. */
bool tt__scheme_next(tt_span *span, uint32_t *label, uint32_t *at, const uint16_t *states, uint32_t len);

/* First token of the mention that token t is in; t itself outside. */
uint32_t tt__scheme_start(const uint16_t *states, uint32_t t);

#endif
