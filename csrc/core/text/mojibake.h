/* mojibake.h - mend UTF-8 that was read as windows-1252 or ISO 8859-1 and saved again. */
#ifndef TT_TEXT_MOJIBAKE_H
#define TT_TEXT_MOJIBAKE_H

#include "text/edit.h"

/* Put the character for each spoilt sequence of edit->from, stretch by stretch, in the stretches that are plainly spoilt; adds
 * their number to *count. Clean text is not edited. Linear. TT_ENOMEM. */
tt_status tt__mojibake_edit(tt_edit *edit, uint32_t *count);

#endif
