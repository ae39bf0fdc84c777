/* glyph_rows.h - code points that some step replaces, whatever stands beside them. */
#ifndef TT_TEXT_GLYPH_ROWS_H
#define TT_TEXT_GLYPH_ROWS_H

#include "tintuc/normalize.h"

typedef struct {
    uint32_t first, last;
    tt_step step;
    const char *to; /* UTF-8; "": taken out */
} tt_glyph_row;

/* The row of `cp`; NULL when there is none. */
const tt_glyph_row *tt__glyph_row(uint32_t cp);

/* The Latin letter or digit that a Cyrillic, Greek or full-width one looks like; 0 when there is none. */
uint32_t tt__lookalike_of(uint32_t cp);

#endif
