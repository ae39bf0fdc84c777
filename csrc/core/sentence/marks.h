/* marks.h - where a text has marks that could end a sentence, found for all of it at once. */
#ifndef TT_SENTENCE_MARKS_H
#define TT_SENTENCE_MARKS_H

#include "page/map.h"

typedef struct {
    uint32_t at;      /* byte of the text */
    uint32_t bracket; /* behind the last bracket of its row of the map or of those before; 0: there is none */
} tt_mark;

typedef struct {
    const tt_mark *at; /* in order; one more stands behind any text */
    size_t len;
} tt_marks;

/* The marks of a text but for those in numbers, and for most of ":" and ";" that begin no entry of a list. In the arena; false
 * when memory ran out. */
bool tt__marks_make(tt_marks *out, tt_arena *arena, const tt_map *map);

#endif
