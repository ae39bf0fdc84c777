/* tintuc/corpus.h - annotated documents: read from .ann, document JSON lines or CoNLL/IOB2, or added one by one. */
#ifndef TINTUC_CORPUS_H
#define TINTUC_CORPUS_H

#include "tintuc/page.h"

TT_BEGIN_DECLS

typedef struct {
    tt_span span;   /* bytes of the document's text */
    uint32_t label; /* index in the corpus's labels */
} tt_mention;

/* Arrays live as long as the corpus. Mentions are sorted by start, longer first; they nest or lie apart, never cross. */
typedef struct {
    tt_str id, date; /* date "" where unknown */
    tt_str text;     /* UTF-8 as given */
    const tt_block *blocks;
    size_t block_count;
    const tt_span *sentences;
    size_t sentence_count;
    const tt_mention *mentions;
    size_t mention_count;
} tt_example;

typedef struct tt_corpus tt_corpus; /* opaque; not for sharing while it is written */

TT_API tt_status tt_corpus_new(tt_corpus **out, tt_error *err);
TT_API void tt_corpus_free(tt_corpus *self); /* NULL is fine */
/* Append the documents of a file. The kind goes by the name: .ann; .jsonl, .json; .conll, .iob2, .iob, .bio, .tsv, .txt (one
 * token a line, its label in the last column, blank lines between sentences; tokens are joined by one space). JSON lines
 * without blocks or sentences get them from the library's own stages. TT_EIO; TT_EENCODING; TT_ECORPUS: the message begins
 * "PATH:LINE: ", err->pos is the byte of the line's start; TT_ENOMEM. After an error the corpus holds the documents before. */
TT_API tt_status tt_corpus_read(tt_corpus *self, const char *path, tt_error *err);
/* The same for bytes in memory; `name` decides the kind and stands in messages. */
TT_API tt_status tt_corpus_parse(tt_corpus *self, const char *name, tt_str bytes, tt_error *err);
TT_API size_t tt_corpus_count(const tt_corpus *self);
TT_API const tt_example *tt_corpus_at(const tt_corpus *self, size_t i);
/* Labels in the order of their first appearance. */
TT_API size_t tt_corpus_label_count(const tt_corpus *self);
TT_API tt_str tt_corpus_label(const tt_corpus *self, size_t label);

TT_END_DECLS
#endif
