/* train_data.h - an annotated corpus as sequences for the two layers. */
#ifndef TT_ENTITY_TRAIN_DATA_H
#define TT_ENTITY_TRAIN_DATA_H

#include "learn/crf_train.h"

#include "tintuc/corpus.h"
#include "tintuc/entity.h"
#include "tintuc/lexicon.h"

typedef struct {
    tt_crf_data layers[2]; /* outermost mentions; what lies in a mention */
    size_t skipped;        /* mentions that do not begin and end with tokens of one sentence */
} tt_train_data;

/* `labels`: names by state order; a mention whose label is not among them is left out. `augment`: add the altered copies of
 * augment.h. TT_EENCODING, TT_ENOMEM. */
tt_status tt__train_data_make(tt_train_data *out, const tt_corpus *corpus, const tt_lexicon *lexicon, const tt_str *labels,
                              size_t label_count, const uint8_t *leaves, bool augment, const tt_tagger *base, tt_error *err);
void tt__train_data_free(tt_train_data *data);

#endif
