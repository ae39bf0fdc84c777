/* squeeze.c - runs of spaces and tabs become one space; at the beginning and end of a line they go. */
#include "text/pass.h"

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static bool is_break(char byte)
{
    return byte == '\n' || byte == '\r';
}

tt_status tt__pass_squeeze(tt_pass *pass)
{
    tt_str text = pass->edit.from;
    for (size_t at = 0; at < text.len;) {
        size_t start = at;
        while (at < text.len && is_blank(text.ptr[at]))
            at++;
        if (at == start) {
            at++;
            continue;
        }
        bool edge = start == 0 || at == text.len || is_break(text.ptr[start - 1]) || is_break(text.ptr[at]);
        if (!edge && at - start == 1 && text.ptr[start] == ' ')
            continue;
        pass->counts[TT_STEP_SQUEEZE]++;
        if (tt__edit_put(&pass->edit, start, at, " ", edge ? 0 : 1) != TT_OK)
            return TT_ENOMEM;
    }
    return TT_OK;
}
