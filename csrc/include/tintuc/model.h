/* tintuc/model.h - the model file: named sections behind a checked header, memory-mapped and read-only. */
#ifndef TINTUC_MODEL_H
#define TINTUC_MODEL_H

#include "tintuc/base.h"

TT_BEGIN_DECLS

typedef struct tt_model tt_model; /* opaque; may be shared by threads */

/* Map the file at `path` and check header, length, checksum and section table. On success the caller owns *out and frees it
 * after everything loaded from it; on error *out is NULL. TT_EIO, TT_EMODEL (err->pos is the bad byte), TT_ENOMEM. */
TT_API tt_status tt_model_open(tt_model **out, const char *path, tt_error *err);
TT_API void tt_model_close(tt_model *self); /* NULL is fine */
/* Bytes of a section, aligned to 64; {NULL, 0} where the model has none of that name (at most 7 bytes). */
TT_API tt_str tt_model_section(const tt_model *self, const char *name);
/* Bytes of the whole file; its checksum. */
TT_API size_t tt_model_size(const tt_model *self);
TT_API uint64_t tt_model_checksum(const tt_model *self);

/* Sections to be written; bytes stay the caller's. */
typedef struct {
    const char *name;
    tt_str bytes;
} tt_model_part;

/* Write a model of `count` parts to `path` through a temporary file beside it: `path` appears whole or not at all. The same
 * parts give the same bytes. TT_EIO, TT_ENOMEM, TT_EARGUMENT. */
TT_API tt_status tt_model_write(const char *path, const tt_model_part *parts, size_t count, tt_error *err);

TT_END_DECLS
#endif
