/* markup.h - what is left of HTML in a scraped text. */
#ifndef TT_PAGE_MARKUP_H
#define TT_PAGE_MARKUP_H

#include "tintuc/base.h"

/* Bytes of the tag at `at`, which is "<", when it parts lines on a page: "<br />", "</p>", "<li class=...>"; else 0. */
size_t tt__line_tag_at(const char *at, const char *end);

#endif
