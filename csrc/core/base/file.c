/* file.c - read a file whole; works for pipes, whose size nobody knows. */
#include "base/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

tt_status tt__file_read(tt_buf *out, const char *path, tt_error *err)
{
    char piece[1 << 14];
    size_t got;
    tt_status status = TT_EIO;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return tt_fail(err, TT_EIO, 0, "%s: %s", path, strerror(errno));
    while ((got = fread(piece, 1, sizeof piece, file)) > 0)
        if (tt_buf_add(out, piece, got) != TT_OK) {
            status = tt_fail(err, TT_ENOMEM, out->len, "%s: out of memory", path);
            goto done;
        }
    if (ferror(file)) {
        tt_fail(err, TT_EIO, out->len, "%s: %s", path, strerror(errno));
        goto done;
    }
    status = TT_OK;
done:
    fclose(file);
    return status;
}
