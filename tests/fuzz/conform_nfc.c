/* conform_nfc.c - the Unicode Character Database's NormalizationTest.txt, read from stdin, against the text stage.
 *
 * usage: bzcat NormalizationTest.txt.bz2 | conform_nfc
 *
 * A line has five columns of code points: source, NFC, NFD, NFKC, NFKD. NFC of the first three is the second, of the others the
 * fourth; NFKC of all is the fourth. A line with a code point that this ICU does not know yet is left out. Prints how many
 * lines were checked and left out; exit status 1 when one fails. */
#include "text/nfc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum { COLUMNS = 5, COLUMN_MAX = 256, LINE_MAX_BYTES = 4096 };

typedef struct {
    char bytes[COLUMN_MAX];
    size_t len;
} column;

/* The columns of a line; false when ICU does not know a code point. */
static bool read_columns(column *out, const char *line)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        out[i].len = 0;
        for (; *line != ';' && *line != '\0'; line += *line == ' ') {
            char *end;
            UVersionInfo age;
            UChar32 cp = (UChar32)strtol(line, &end, 16);
            if (end == line || out[i].len + U8_MAX_LENGTH > COLUMN_MAX) {
                fprintf(stderr, "conform_nfc: not a line of the test: %s\n", line);
                exit(2);
            }
            u_charAge(cp, age);
            if (age[0] == 0)
                return false;
            U8_APPEND_UNSAFE((uint8_t *)out[i].bytes, out[i].len, cp);
            line = end;
        }
        line += *line == ';';
    }
    return true;
}

static bool is_form(const column *from, tt_form form, const column *want)
{
    tt_arena arena = {0};
    tt_edit edit = {.from = {from->bytes, from->len}};
    tt_str view = {NULL, 0};
    tt_align align;
    bool good = tt__form_edit(&edit, form, NULL) == TT_OK && tt__edit_end(&view, &align, &arena, &edit) == TT_OK;
    good = good && tt_str_eq(view, (tt_str){want->bytes, want->len});
    tt__edit_drop(&edit);
    tt_arena_free(&arena);
    return good;
}

static bool is_line_good(const column *columns)
{
    bool good = true;
    for (size_t i = 0; i < COLUMNS; i++)
        good &= is_form(&columns[i], TT_NFC, &columns[i < 3 ? 1 : 3]) & is_form(&columns[i], TT_NFKC, &columns[3]);
    return good;
}

int main(void)
{
    char line[LINE_MAX_BYTES];
    column columns[COLUMNS];
    unsigned long checked = 0, left_out = 0, failed = 0;
    while (fgets(line, sizeof line, stdin) != NULL) {
        if (strchr("#@\n", line[0]) != NULL)
            continue;
        if (!read_columns(columns, line)) {
            left_out++;
            continue;
        }
        checked++;
        if (!is_line_good(columns)) {
            failed++;
            printf("failed: %s", line);
        }
    }
    printf("{\"unicode\": \"%s\", \"checked\": %lu, \"left_out\": %lu, \"failed\": %lu}\n", U_UNICODE_VERSION, checked,
           left_out, failed);
    return failed != 0;
}
