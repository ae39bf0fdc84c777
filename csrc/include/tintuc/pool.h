/* tintuc/pool.h - many documents on several threads, answers in the order of the questions, bounded memory. */
#ifndef TINTUC_POOL_H
#define TINTUC_POOL_H

#include "tintuc/document.h"

TT_BEGIN_DECLS

typedef struct tt_pool tt_pool; /* opaque; submit and take may be called from one thread at a time each */

typedef struct {
    tt_status status;
    tt_doc *doc;    /* the caller frees it; NULL on error */
    tt_error error; /* set when status is not TT_OK */
    void *tag;      /* as submitted */
} tt_pool_result;

/* Start `threads` workers (0: one for each processor) over at most `capacity` (>= 1) documents that were submitted and not yet
 * taken. `self` must outlive the pool. Brief ones (tt_doc_is_brief) are begun when there are some of them or the oldest is
 * waited for, all others at once. TT_ENOMEM, TT_EARGUMENT. */
TT_API tt_status tt_pool_new(tt_pool **out, const tt_pipeline *self, unsigned threads, size_t capacity, tt_error *err);
/* Hand in a text, which stays the caller's and must live until its document is freed. TT_ELIMIT when `capacity` are under way.
 */
TT_API tt_status tt_pool_submit(tt_pool *pool, tt_str raw, const tt_doc_options *options, void *tag, tt_error *err);
/* The same with 16-bit code points, see tt_doc_make_ucs2; they must live until the document is taken. */
TT_API tt_status tt_pool_submit_ucs2(tt_pool *pool, const uint16_t *text, size_t len, const tt_doc_options *options, void *tag,
                                     tt_error *err);
/* Documents submitted and not yet taken. */
TT_API size_t tt_pool_pending(const tt_pool *pool);
/* Wait for the oldest one, no longer than `milliseconds`, 0 for not at all; *done says whether it can be taken now.
 * TT_EARGUMENT when none is pending. */
TT_API tt_status tt_pool_wait(bool *done, tt_pool *pool, unsigned milliseconds, tt_error *err);
/* Wait for the oldest one. TT_EARGUMENT when none is pending. */
TT_API tt_status tt_pool_take(tt_pool_result *out, tt_pool *pool, tt_error *err);
/* Stop after the documents being worked on, free what was not taken. NULL is fine. */
TT_API void tt_pool_free(tt_pool *pool);

TT_END_DECLS
#endif
