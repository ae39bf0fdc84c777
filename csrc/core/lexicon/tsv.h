/* tsv.h - read a tab-separated file whose first line names the columns. */
#ifndef TT_LEXICON_TSV_H
#define TT_LEXICON_TSV_H

#include "tintuc/base.h"

enum { TSV_COLUMNS = 16 };

typedef struct {
    const char *path; /* for messages */
    tt_buf bytes;
    size_t at;     /* next byte */
    unsigned line; /* 1-based number of the row last read */
    tt_str header[TSV_COLUMNS], cells[TSV_COLUMNS];
    unsigned columns;
} tsv;

/* Read the file and its header, `header` false: none. On error nothing needs closing. TT_EIO, TT_ECORPUS, TT_ENOMEM. */
tt_status tt__tsv_open(tsv *out, const char *path, bool header, tt_error *err);
/* Next row into self->cells; false at the end. Missing cells are empty. Lines that begin with # are passed over. */
bool tt__tsv_next(tsv *self);
/* Index of a column, or TSV_COLUMNS. */
unsigned tt__tsv_column(const tsv *self, tt_str name);
void tt__tsv_close(tsv *self);

#endif
