/* tintuc/sentence.h - sentences inside blocks. */
#ifndef TINTUC_SENTENCE_H
#define TINTUC_SENTENCE_H

#include "tintuc/page.h"

TT_BEGIN_DECLS

typedef struct {
    tt_span span;   /* bytes of the normalized text; neither end is white space */
    uint32_t block; /* index of the block it lies in */
} tt_sentence;

typedef struct {
    const tt_sentence *at; /* in order; together they cover all of each block that is not white space */
    size_t len;
} tt_sentences;

/* Split every block of `page`; each has at least one sentence. Abbreviations come from core/sentence/abbreviation_table.inc.
 * TT_ENOMEM. Linear in the text. */
TT_API tt_status tt_sentences_make(tt_sentences *out, tt_arena *arena, const tt_text *text, const tt_page *page, tt_error *err);

/* The same with a user's rules (NULL: none). */
TT_API tt_status tt_sentences_make_with(tt_sentences *out, tt_arena *arena, const tt_rules *rules, const tt_text *text,
                                        const tt_page *page, tt_error *err);

TT_END_DECLS
#endif
