/* case_file.c - reader of the case files: names, input, expected lines, \uXXXX. */
#include "case_file.h"

#include "base/alloc.h"
#include "base/file.h"

enum { CASES_MOST = 500, LINES_MOST = 100 };

static unsigned hex(char c)
{
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)((c | 0x20) - 'a' + 10);
}

static char *put_utf8(char *out, unsigned cp)
{
    if (cp < 0x80) {
        *out++ = (char)cp;
    } else if (cp < 0x800) {
        *out++ = (char)(0xC0 | cp >> 6);
        *out++ = (char)(0x80 | (cp & 0x3F));
    } else {
        *out++ = (char)(0xE0 | cp >> 12);
        *out++ = (char)(0x80 | (cp >> 6 & 0x3F));
        *out++ = (char)(0x80 | (cp & 0x3F));
    }
    return out;
}

/* Replace \uXXXX in place; the text only gets shorter. */
static void unescape(char *s)
{
    char *out = s;
    while (*s != '\0') {
        if (s[0] == '\\' && s[1] == 'u' && strspn(s + 2, "0123456789ABCDEFabcdef") >= 4) {
            out = put_utf8(out, hex(s[2]) << 12 | hex(s[3]) << 8 | hex(s[4]) << 4 | hex(s[5]));
            s += 6;
        } else {
            *out++ = *s++;
        }
    }
    *out = '\0';
}

/* Cut the line at `s` off and return the start of the next one; NULL after the last. */
static char *cut_line(char *s)
{
    char *end = strchr(s, '\n');
    if (end == NULL)
        return NULL;
    *end = '\0';
    return end + 1;
}

/* One case from the text after its "=== "; false when it has no "---". */
static bool read_case(case_file_row *row, tt_arena *arena, char *s)
{
    char *input = cut_line(s), *rest;
    row->name = s;
    row->want = tt_arena_calloc(arena, LINES_MOST, sizeof *row->want);
    char *rule = input == NULL ? NULL : strncmp(input, "---\n", 4) == 0 ? input : strstr(input, "\n---\n");
    if (rule == NULL || row->want == NULL)
        return false;
    rest = rule + (rule == input ? 4 : 5);
    *rule = '\0';
    unescape(input);
    row->input = tt_str_c(input);
    for (char *line = rest; line != NULL && row->want_len < LINES_MOST; line = rest) {
        rest = cut_line(line);
        unescape(line);
        if (*line != '\0')
            row->want[row->want_len++] = line;
    }
    return true;
}

void case_file_read(case_file *out, tt_test *t, const char *path)
{
    tt_buf buf = {NULL, 0, 0};
    *out = (case_file){tt_arena_calloc(&t->arena, CASES_MOST, sizeof *out->at), 0};
    bool read = tt__file_read(&buf, path, &t->err) == TT_OK && tt_buf_add(&buf, "", 1) == TT_OK;
    char *text = read ? tt__arena_copy(&t->arena, buf.ptr, buf.len) : NULL;
    tt_buf_free(&buf);
    TT_CHECK(path, text != NULL && out->at != NULL);
    char *next = text == NULL ? NULL : strstr(text, "\n=== ");
    while (next != NULL && out->at != NULL && out->len < CASES_MOST) {
        char *begin = next + 5;
        next = strstr(begin, "\n=== ");
        if (next != NULL)
            *next = '\0';
        bool whole = read_case(&out->at[out->len], &t->arena, begin);
        TT_CHECK(begin, whole);
        out->len += whole;
    }
    TT_CHECK(path, out->len > 0);
}
