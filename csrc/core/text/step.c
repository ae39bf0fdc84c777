/* step.c - names of the steps. ORDER STEP. */
#include "tintuc/normalize.h"

const char *tt_step_name(tt_step step)
{
    static const char *const NAMES[] = {
        "mojibake",   "html",   "newlines", "controls", "invisible", "private", "spaces", "letters",
        "lookalikes", "dashes", "quotes",   "ellipsis", "nfc",       "nfkc",    "marks",  "tone_old",
        "tone_new",   "to_i",   "to_y",     "squeeze",  "lower",     "plain",
    };
    _Static_assert(TT_COUNT(NAMES) == TT_STEPS, "a name for each step");
    return (unsigned)step < TT_STEPS ? NAMES[step] : NULL;
}
