/* tsv.c - cells are views into the file's bytes; nothing is quoted in our tables. */
#include "lexicon/tsv.h"
#include "base/file.h"

#include <string.h>

static unsigned cut(tt_str *cells, const char *line, size_t len)
{
    unsigned n = 0;
    size_t start = 0;
    for (size_t i = 0; i <= len; i++)
        if (i == len || line[i] == '\t') {
            if (n < TSV_COLUMNS)
                cells[n++] = (tt_str){line + start, i - start};
            start = i + 1;
        }
    return n;
}

bool tt__tsv_next(tsv *self)
{
    while (self->at < self->bytes.len) {
        const char *line = self->bytes.ptr + self->at;
        size_t left = self->bytes.len - self->at;
        const char *end = memchr(line, '\n', left);
        size_t len = end ? (size_t)(end - line) : left;
        self->at += len + (end != NULL);
        self->line++;
        if (len == 0 || line[0] == '#')
            continue;
        memset(self->cells, 0, sizeof self->cells);
        unsigned n = cut(self->cells, line, len);
        if (self->columns == 0)
            self->columns = n;
        return true;
    }
    return false;
}

tt_status tt__tsv_open(tsv *out, const char *path, bool header, tt_error *err)
{
    *out = (tsv){.path = path};
    tt_status status = tt__file_read(&out->bytes, path, err);
    if (status == TT_OK && header && !tt__tsv_next(out))
        status = tt_fail(err, TT_ECORPUS, 0, "%s:1: no header line that names the columns", path);
    if (status != TT_OK)
        tt__tsv_close(out);
    else if (header)
        memcpy(out->header, out->cells, sizeof out->header);
    return status;
}

unsigned tt__tsv_column(const tsv *self, tt_str name)
{
    for (unsigned i = 0; i < self->columns; i++)
        if (tt_str_eq(self->header[i], name))
            return i;
    return TSV_COLUMNS;
}

void tt__tsv_close(tsv *self)
{
    tt_buf_free(&self->bytes);
}
