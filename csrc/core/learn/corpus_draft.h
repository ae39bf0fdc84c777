/* corpus_draft.h - a document while one of the corpus readers puts it together. */
#ifndef TT_LEARN_CORPUS_DRAFT_H
#define TT_LEARN_CORPUS_DRAFT_H

#include "tintuc/corpus.h"

/* A place in the source, for messages. */
typedef struct {
    size_t line; /* 1-based */
    size_t byte; /* where the line begins */
} tt_corpus_place;

typedef struct {
    tt_mention mention;
    uint32_t order; /* as given, to keep mentions of one span in that order */
    tt_corpus_place place;
} tt_draft_mention;

/* Spans are bytes of `text`; everything is copied when the draft is finished, so strings may be borrowed until then. */
typedef struct {
    tt_corpus *corpus;
    const char *name;      /* of the source, for messages */
    tt_corpus_place place; /* of the line being read */
    tt_corpus_place begun; /* of the line that began the document */
    tt_str id, date;
    tt_buf text;
    tt_block *blocks;
    tt_span *sentences;
    tt_draft_mention *mentions;
    size_t block_count, block_cap, sentence_count, sentence_cap, mention_count, mention_cap;
    size_t labels_before; /* labels of the corpus that are older than the document */
} tt_draft;

void tt_draft__init(tt_draft *self, tt_corpus *corpus, const char *name);
/* Begin a document at the current line with what was gathered for the last one forgotten. */
void tt_draft__begin(tt_draft *self);
/* Free the draft; labels that only an unfinished document used are taken back. */
void tt_draft__free(tt_draft *self);

/* TT_ECORPUS with "NAME:LINE: " before the message. */
tt_status tt_draft__fail(const tt_draft *self, tt_corpus_place place, tt_error *err, const char *format, ...) TT_PRINTF(4, 5);
tt_status tt_draft__memory(tt_error *err); /* TT_ENOMEM */

tt_status tt_draft__block(tt_draft *self, tt_span span, tt_block_kind kind, tt_error *err);
tt_status tt_draft__sentence(tt_draft *self, tt_span span, tt_error *err);
/* Add a mention of the current line; its span may be completed later through self->mentions. */
tt_status tt_draft__mention(tt_draft *self, tt_span span, tt_str label, tt_error *err);
/* Check the document and append it to the corpus: blocks and sentences in order and apart, each sentence in a block, mentions
 * nested or apart, no end of a span is white space. TT_ECORPUS, TT_ENOMEM. */
tt_status tt_draft__finish(tt_draft *self, tt_error *err);

/* Next line of `bytes` from *at without its end (LF, CR LF or CR), stripped of white space; false at the end of the bytes.
 * Moves self->place. */
bool tt_draft__line(tt_str *line, tt_draft *self, tt_str bytes, size_t *at);

/* Label of the form [A-Za-z][A-Za-z0-9_-]* at the start of `s`: its length, 0 where there is none. */
size_t tt_corpus__label_len(tt_str s);
/* Kind of a block by its name; TT_BLOCK_KINDS for a name that is none. */
tt_block_kind tt_corpus__block_kind(tt_str name);

/* The readers. `bytes` are valid UTF-8 without a byte order mark; `stem` names documents that have no id. */
tt_status tt_corpus__read_ann(tt_draft *draft, tt_str bytes, tt_error *err);
tt_status tt_corpus__read_json(tt_draft *draft, tt_str stem, tt_str bytes, tt_error *err);
tt_status tt_corpus__read_conll(tt_draft *draft, tt_str stem, tt_str bytes, tt_error *err);

/* What the draft needs of the corpus. */
tt_status tt_corpus__label_index(uint32_t *out, tt_corpus *self, tt_str label, tt_error *err);
void tt_corpus__labels_cut(tt_corpus *self, size_t count);
tt_status tt_corpus__append(tt_corpus *self, const tt_draft *draft, tt_error *err);

#endif
