/* pass.h - the passes of tt_normalize: each reads edit->from (valid UTF-8), writes what it changes into the editor and counts
 * it by step. `steps` says which of its steps to take. */
#ifndef TT_TEXT_PASS_H
#define TT_TEXT_PASS_H

#include "text/edit.h"
#include "tintuc/normalize.h"

typedef struct {
    tt_edit edit;
    uint32_t counts[TT_STEPS];
    unsigned steps;
    tt_error *err;
} tt_pass;

static inline bool tt__takes(const tt_pass *pass, tt_step step)
{
    return (pass->steps & TT_STEP_BIT(step)) != 0;
}

/* TT_ENOMEM, for which they leave the message to the caller. All are linear in the text. */
tt_status tt__pass_html(tt_pass *pass);
tt_status tt__pass_glyphs(tt_pass *pass);    /* newlines to ellipsis */
tt_status tt__pass_strangers(tt_pass *pass); /* look-alikes but the full-width ones */
tt_status tt__pass_syllables(tt_pass *pass); /* marks to y */
tt_status tt__pass_squeeze(tt_pass *pass);
tt_status tt__pass_fold(tt_pass *pass); /* lower, plain */

#endif
