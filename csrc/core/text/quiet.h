/* quiet.h - one look at a text that tells of most Vietnamese pages that there is nothing to normalize. */
#ifndef TT_TEXT_QUIET_H
#define TT_TEXT_QUIET_H

#include "tintuc/normalize.h"

/* Steps that do nothing to a quiet text. */
#define TT_QUIET_STEPS                                                                                                         \
    (TT_PRESET_VIEW & ~(TT_STEP_BIT(TT_STEP_HTML) | TT_STEP_BIT(TT_STEP_MARKS) | TT_STEP_BIT(TT_STEP_TONE_OLD)))

/* True: all of the text, which is valid UTF-8, is such that TT_QUIET_STEPS keep it. False tells nothing; it is what processors
 * without AVX2 always get. */
bool tt__is_quiet(tt_str text);

#endif
