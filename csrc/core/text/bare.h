/* bare.h - spans of the raw text without what a reader does not see at their ends. */
#ifndef TT_TEXT_BARE_H
#define TT_TEXT_BARE_H

#include "tintuc/base.h"

/* `span` (bytes of valid UTF-8) without white space, and without what the view takes out, at its ends; may be empty. */
tt_span tt__span_bare(tt_str text, tt_span span);

#endif
