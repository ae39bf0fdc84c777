/* layer_input.c */
#include "entity/layer_input.h"
#include "base/alloc.h"

#include <string.h>

tt_status tt__layer_input_fill(tt_layer_input *self, const tt_sentence_atoms *atoms, tt_span span, const tt_span *parent,
                               uint64_t label)
{
    size_t len = span.end - span.start, count = 0;
    if (tt__grow(&self->features, &self->feature_cap, len * FEATURES_MAX, sizeof *self->features) != TT_OK ||
        tt__grow(&self->first, &self->first_cap, len + 1, sizeof *self->first) != TT_OK ||
        tt__grow(&self->classes, &self->class_cap, len + 1, sizeof *self->classes) != TT_OK)
        return TT_ENOMEM;
    for (uint32_t i = span.start; i < span.end; i++) {
        uint64_t *out = self->features + count;
        self->first[i - span.start] = (uint32_t)count;
        self->classes[i - span.start] = atoms->at[i].transition;
        count += parent ? tt__features_inner(out, atoms, i, *parent, label) : tt__features_outer(out, atoms, i);
    }
    self->first[len] = (uint32_t)count;
    self->feature_count = count;
    return TT_OK;
}

tt_crf_input tt__layer_input_view(const tt_layer_input *self, tt_span span)
{
    return (tt_crf_input){self->features, self->first, self->classes, span.end - span.start};
}

void tt__layer_input_free(tt_layer_input *self)
{
    tt__free(self->features);
    tt__free(self->first);
    tt__free(self->classes);
    memset(self, 0, sizeof *self);
}
