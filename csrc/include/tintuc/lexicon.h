/* tintuc/lexicon.h - names, heads, places, offices and units as a compiled token trie; word clusters. */
#ifndef TINTUC_LEXICON_H
#define TINTUC_LEXICON_H

#include "tintuc/model.h"
#include "tintuc/token.h"

TT_BEGIN_DECLS

typedef struct tt_lexicon tt_lexicon; /* opaque; read-only, may be shared by threads */

/* An entry that begins at a token. */
typedef struct {
    uint32_t len;         /* tokens, >= 1 */
    uint64_t same, other; /* bit i: class i, by an entry whose first token is capitalised as the text's is; is not */
} tt_lexicon_match;

/* Word cluster numbers; 0 means unknown, else cluster + 1. */
typedef struct {
    uint16_t coarse, middle, fine; /* of 64, 512 and 2,048 */
} tt_clusters;

/* View the sections "lexicon" and "cluster" of `model`, which must stay open. TT_EMODEL, TT_ENOMEM. */
TT_API tt_status tt_lexicon_load(tt_lexicon **out, const tt_model *model, tt_error *err);
TT_API void tt_lexicon_free(tt_lexicon *self); /* NULL is fine */
TT_API size_t tt_lexicon_class_count(const tt_lexicon *self);
TT_API tt_str tt_lexicon_class_name(const tt_lexicon *self, size_t index);
/* Entries that begin at tokens->at[first], shortest first, within the sentence; returns how many were written, at most `max`.
 */
TT_API size_t tt_lexicon_match_at(tt_lexicon_match *out, size_t max, const tt_lexicon *self, const tt_tokens *tokens,
                                  size_t first);
TT_API tt_clusters tt_lexicon_cluster(const tt_lexicon *self, const tt_token *token);

/* Name of a kind of thing ("province", "bank"), see tt_entity_kinds_make; NULL for 0 and what is no kind. */
TT_API const char *tt_kind_name(uint32_t kind);

/* Compile the TSV files of `lexicon_dir` as its classes.tsv and, if there is one, kinds.tsv direct, and `clusters_path`, into
 * section bytes that the caller frees with tt_buf_free. TT_EIO, TT_ECORPUS with file and line, TT_ENOMEM. */
TT_API tt_status tt_lexicon_compile(tt_buf *lexicon, tt_buf *clusters, const char *lexicon_dir, const char *clusters_path,
                                    tt_error *err);

TT_END_DECLS
#endif
