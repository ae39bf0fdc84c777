/* document_frame.h - what a document that a stranger wrote does not say, from the rules. */
#ifndef TT_DOCUMENT_FRAME_H
#define TT_DOCUMENT_FRAME_H

#include "document/document_build.h"

/* Blocks and sentences that are asked for by draft->layers but not given, such that none cuts a mention; the source. A given
 * layer stays as it is. draft->at of entities is sorted. `values`, which draft->values
 * points to, are completed. TT_ECORPUS, TT_ENOMEM. */
tt_status tt_doc__frame(tt_doc_draft *draft, tt_value *values, bool blocks_given, bool sentences_given, tt_arena *arena,
                        tt_error *err);

#endif
