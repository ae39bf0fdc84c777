/* tintuc/text.h - raw bytes to a normalized view (UTF-8, NFC) with its alignment to the raw text. */
#ifndef TINTUC_TEXT_H
#define TINTUC_TEXT_H

#include "tintuc/base.h"

TT_BEGIN_DECLS

/* A stretch of the text, either copied as it is or rewritten as a whole. It ends where the next run begins. */
typedef struct {
    uint32_t norm;        /* first byte in the normalized view */
    uint32_t raw : 31;    /* first byte in the raw text */
    uint32_t changed : 1; /* rewritten: maps as a whole */
} tt_align_run;

/* Runs in order, without gaps on either side; together they cover both texts. A run is empty only where a whole side is. */
typedef struct {
    const tt_align_run *runs; /* len + 1 of them: the last marks the ends of both texts */
    size_t len;
} tt_align;

/* Positions of code points: marks[i] is the number of code points before byte i * TT_CP_STEP. */
#define TT_CP_STEP 256u
typedef struct {
    tt_str text;
    const uint32_t *marks; /* text.len / TT_CP_STEP + 1 of them; NULL where all bytes are ASCII */
} tt_cp_index;

typedef struct {
    tt_str raw;  /* the caller's bytes, valid UTF-8 */
    tt_str norm; /* NFC; the same pointer as raw.ptr where nothing had to change */
    tt_align align;
    tt_cp_index raw_index, norm_index;
} tt_text;

/* Longest text that a document may have: offsets are 32 bits. */
#define TT_TEXT_MAX ((size_t)1 << 30)

/* Check UTF-8 (RFC 3629: no surrogates, no overlong forms, nothing above U+10FFFF). TT_EENCODING: err->pos is the first byte
 * of the first bad sequence. */
TT_API tt_status tt_utf8_check(tt_str bytes, tt_error *err);
/* Copy `bytes` into `arena` with U+FFFD for every maximal ill-formed part (Unicode 3.9, as Python's errors="replace" does).
 * `*count` (may be NULL) is how many were put in. TT_ENOMEM, TT_ELIMIT. */
TT_API tt_status tt_utf8_repair(tt_str *out, size_t *count, tt_arena *arena, tt_str bytes, tt_error *err);

/* Normalize `raw`, which must stay alive as long as `out`. TT_EENCODING when it is not UTF-8, TT_ELIMIT when it or its NFC is
 * longer than TT_TEXT_MAX, TT_ENOMEM. Linear in raw.len, also with endless marks on a letter. */
TT_API tt_status tt_text_make(tt_text *out, tt_arena *arena, tt_str raw, tt_error *err);

/* Span of the other side, in bytes; a changed run is never cut: starts snap back, ends snap forward. An empty span maps to
 * an empty span. Logarithmic in the number of runs. */
TT_API tt_span tt_align_to_raw(const tt_align *map, tt_span norm);
TT_API tt_span tt_align_from_raw(const tt_align *map, tt_span raw);

/* `first` leads from a raw text to a view, `second` from that view to another; *out leads from the raw text to the latter.
 * Linear in the runs of both, which have at least one. TT_ENOMEM. */
TT_API tt_status tt_align_compose(tt_align *out, tt_arena *arena, const tt_align *first, const tt_align *second, tt_error *err);

/* Index the code points of valid UTF-8. TT_ENOMEM. */
TT_API tt_status tt_cp_index_make(tt_cp_index *out, tt_arena *arena, tt_str text, tt_error *err);
/* Code points before `byte` (<= text.len); byte offset of code point `cp` (clamped to text.len). Constant and logarithmic. */
TT_API uint32_t tt_cp_of_byte(const tt_cp_index *index, uint32_t byte);
TT_API uint32_t tt_byte_of_cp(const tt_cp_index *index, uint32_t cp);

/* Warm the ICU services that this library uses. Optional; called by tt_pipeline_load. TT_ENOMEM. */
TT_API tt_status tt_text_warm(tt_error *err);

TT_END_DECLS
#endif
