/* layer_input.h - features of a stretch of tokens, ready for the CRF; reused from stretch to stretch. */
#ifndef TT_ENTITY_LAYER_INPUT_H
#define TT_ENTITY_LAYER_INPUT_H

#include "entity/features.h"
#include "learn/crf.h"

typedef struct {
    uint64_t *features;
    uint32_t *first;
    uint8_t *classes;
    size_t feature_cap, first_cap, class_cap, feature_count;
} tt_layer_input;

/* Tokens [span.start, span.end) of the sentence, seen by the outer layer (parent NULL) or inside a mention. TT_ENOMEM. */
tt_status tt__layer_input_fill(tt_layer_input *self, const tt_sentence_atoms *atoms, tt_span span, const tt_span *parent,
                               uint64_t label);
/* View for the decoder, valid until the next fill. */
tt_crf_input tt__layer_input_view(const tt_layer_input *self, tt_span span);
void tt__layer_input_free(tt_layer_input *self);

#endif
