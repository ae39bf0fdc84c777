/* document_build.h - a document from parts that were read back: checked as if a stranger had written them. */
#ifndef TT_DOCUMENT_BUILD_H
#define TT_DOCUMENT_BUILD_H

#include "document/document_impl.h"

/* Of the items `byte` is given, and what its layer has of `kind`, `confidence` and `value`; the rest is found. */
typedef struct {
    tt_str text;
    char date[11];
    unsigned layers;
    tt_item *at[TT_LAYERS];
    size_t len[TT_LAYERS];
    const uint32_t *place; /* of each entity in the list it came from, for messages; NULL: its index */
    tt_str *labels;
    size_t label_count;
    const tt_value *values; /* sound ones */
    size_t value_count;
    tt_span source; /* empty where none is named */
} tt_doc_draft;

/* The document; it keeps nothing of the draft or the arena. TT_ECORPUS: the message names layer and place, err->pos is 0.
 * TT_EENCODING, TT_ENOMEM. */
tt_status tt_doc__build(tt_doc **out, tt_arena *arena, tt_doc_draft *draft, tt_error *err);

#endif
