/* document_impl.h - what the files of the document stage share. */
#ifndef TT_DOCUMENT_IMPL_H
#define TT_DOCUMENT_IMPL_H

#include "tintuc/document.h"

struct tt_pipeline {
    tt_model *model; /* NULL without a tagger */
    tt_tagger *tagger;
    const tt_rules *rules; /* NULL where the user has none */
    const tt_mention_rules *mentions;
    uint8_t *value_labels; /* of each label */
    tt_spares *spares;     /* memory for the stages of the next document */
    bool shares;           /* model, tagger and spares belong to another pipeline */
    tt_rules *own_rules;   /* what a pipeline with `shares` owns is one of these; the rest lives in the ones before it */
    tt_mention_rules *own_mentions;
};

struct tt_doc {
    const tt_pipeline *pipeline; /* NULL where it was read back: labels and raw text are its own then */
    tt_str *labels;              /* used without a pipeline only */
    size_t label_count;
    tt_text text;
    bool owns_text; /* the raw text is in the block, too */
    char date[11];
    unsigned layers;
    tt_items items[TT_LAYERS];
    tt_item source;    /* empty where none is named */
    bool source_later; /* looked for when asked for: the blocks are those of the raw text */
    const tt_value *values;
    size_t value_count;
    size_t room; /* bytes of the block as the pipeline's spares know it */
    size_t size; /* bytes of the one block it lies in, with values, items, and what `text` points to beside the raw bytes */
};

/* Results of the stages for one text, all in one arena, offsets in the normalized text. */
typedef struct {
    tt_text text;
    tt_page page;
    tt_sentences sentences;
    tt_tokens tokens;
    tt_entities entities;
    const uint8_t *kinds; /* of the entities */
    tt_values values;
} tt_stages;

/* Items of each layer in offsets of the raw text, in the arena. A span that another one took wholly, because both lie in a
 * rewritten stretch, is left out with what lies in it. TT_ENOMEM. */
tt_item tt_doc__place_source(const tt_stages *stages);
tt_status tt_doc__place(tt_items out[TT_LAYERS], tt_arena *arena, const tt_stages *stages, tt_error *err);

/* Copy a document with all that it points to, but raw text that is the caller's, into one block of just its size. TT_ENOMEM. */
tt_status tt_doc__keep(tt_doc **out, const tt_doc *doc, tt_error *err);

/* Number of a kind (tt_item.entity_kind) by label and name; 0 where this version has none of that name. */
uint32_t tt_doc__kind_of(tt_str label, tt_str name);

#endif
