/* glyph.h - code points of valid UTF-8 seen one at a time, from either side, and what blank means here. */
#ifndef TT_PAGE_GLYPH_H
#define TT_PAGE_GLYPH_H

#include "tintuc/base.h"

typedef struct {
    uint32_t cp;
    uint32_t len; /* bytes; 0 where the text is over (cp is then 0) */
} tt_glyph;

tt_glyph tt__glyph_at(const char *at, const char *end);
tt_glyph tt__glyph_before(const char *begin, const char *end);

bool tt__is_upper(uint32_t cp);
bool tt__is_lower(uint32_t cp);
bool tt__is_letter(uint32_t cp);
bool tt__is_digit(uint32_t cp); /* 0 to 9 */
bool tt__is_closer(uint32_t cp); /* quotation mark or bracket that can close */
uint32_t tt__small(uint32_t cp);

/* Bytes of the blank that begins at `at`, or ends before `end`; 0 where none does. Blank: white space, and the U+200B and
 * U+FEFF that editors leave at the ends of pasted lines. */
size_t tt__blank_at(const char *at, const char *end);
size_t tt__blank_before(const char *begin, const char *end);
const char *tt__skip_blank(const char *at, const char *end);
/* `span` of `text` (bytes) without blanks at its ends. */
tt_span tt__blank_trim(const char *text, tt_span span);

#endif
