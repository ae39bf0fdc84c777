/* fold.c - keys to search by: letters without case, without marks. */
#include "text/letter.h"
#include "text/pass.h"

/* *len is 0 for what is taken out. */
static void fold(char out[4], size_t *len, tt_pass *pass, uint32_t cp)
{
    uint32_t plain = tt__takes(pass, TT_STEP_PLAIN) ? tt__plain_of(cp) : cp;
    uint32_t lower = tt__takes(pass, TT_STEP_LOWER) ? tt__lower_of(plain) : plain;
    pass->counts[TT_STEP_PLAIN] += plain != cp;
    pass->counts[TT_STEP_LOWER] += lower != plain;
    *len = lower == 0 && cp != 0 ? 0 : tt__encode(out, lower);
}

tt_status tt__pass_fold(tt_pass *pass)
{
    tt_str text = pass->edit.from;
    bool lower = tt__takes(pass, TT_STEP_LOWER);
    uint32_t len;
    for (uint32_t at = 0; at < text.len; at += len) {
        uint32_t cp = tt__decode(text.ptr + at, &len);
        char out[4];
        size_t out_len;
        if (cp < 0x80 && !(lower && cp >= 'A' && cp <= 'Z'))
            continue;
        fold(out, &out_len, pass, cp);
        if (out_len == len && tt_str_eq((tt_str){out, len}, (tt_str){text.ptr + at, len}))
            continue;
        if (tt__edit_put(&pass->edit, at, at + len, out, out_len) != TT_OK)
            return TT_ENOMEM;
    }
    return TT_OK;
}
