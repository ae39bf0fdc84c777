/* space.h - white space in UTF-8: what no span of a document begins or ends with. */
#ifndef TT_BASE_SPACE_H
#define TT_BASE_SPACE_H

#include "tintuc/base.h"

/* Bytes of the white-space code point that begins at `at` (before `end`); 0 where none does. The set is that of Python's
 * str.isspace, so that views in Python never need a strip(). */
size_t tt__space_at(const char *at, const char *end);
/* Bytes of the white-space code point that ends just before `end`; 0 where none does. */
size_t tt__space_before(const char *begin, const char *end);
/* `span` of `text` (bytes) without the white space at its ends; empty when there is nothing else. */
tt_span tt__span_trim(const char *text, tt_span span);
tt_str tt__str_trim(tt_str s);

#endif
