/* case_file.h - the readable cases of tests/cases; their form is documented in the first lines of each file. */
#ifndef CASE_FILE_H
#define CASE_FILE_H

#include "tt_test.h"

typedef struct {
    const char *name;
    tt_str input;
    const char **want; /* lines after "---", blank ones left out */
    size_t want_len;
} case_file_row;

typedef struct {
    case_file_row *at;
    size_t len;
} case_file;

/* Read `path`; all of it lives in t->arena. Fails the test, and gives no rows, when the file is missing or breaks its form. */
void case_file_read(case_file *out, tt_test *t, const char *path);

#endif
