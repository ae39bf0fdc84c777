/* shape.h - a token's looks as a small number. */
#ifndef TT_ENTITY_SHAPE_H
#define TT_ENTITY_SHAPE_H

#include "tintuc/token.h"

/* Fine-grained looks for features (below 256), and the coarse class that chooses the transitions (below ATOM_CLASSES). */
typedef struct {
    uint8_t shape, transition;
} tt_shape;

tt_shape tt__shape_of(const tt_text *text, const tt_token *token);

#endif
