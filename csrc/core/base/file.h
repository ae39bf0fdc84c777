/* file.h - a whole file in memory. */
#ifndef TT_BASE_FILE_H
#define TT_BASE_FILE_H

#include "tintuc/base.h"

/* Append the bytes of `path` to `out`. TT_EIO (the message names the path and the reason), TT_ENOMEM. */
tt_status tt__file_read(tt_buf *out, const char *path, tt_error *err);

#endif
