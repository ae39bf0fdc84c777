/* joint_rows.h - where in a text to look for lost line feeds, as bits of 64 bytes: words that may begin with a capital,
 * capitals that may be glued to a word, and the stops that end words. Made where they are asked for, and kept for a while. */
#ifndef TT_PAGE_JOINT_ROWS_H
#define TT_PAGE_JOINT_ROWS_H

#include "page/map.h"

typedef struct {
    uint64_t starts; /* of words that may begin with a capital, perhaps in quotation marks or brackets; none of those that
                        follow a stop or a mark that goes on and one blank */
    uint64_t inner;  /* bytes after the first one of a word that may be its second capital, none before it being a mark */
    uint64_t stops;  /* . ! ? or U+2026 that end a word, but for closing marks; exact */
} tt_joint_row;

/* What vectors tell of TT_LANES bytes. */
typedef struct {
    uint64_t capital; /* may be capitals of Vietnamese; no byte of its small letters is */
    uint64_t first;   /* first bytes of signs beyond ASCII, but of small letters of Vietnamese */
    uint64_t comma;
} tt_joint_classes;

/* The classes of `count` rows from row `row` on. The same bits on every processor. */
typedef void tt_joint_way(tt_joint_classes *out, tt_str text, size_t row, size_t count);
void tt__joint_plain(tt_joint_classes *out, tt_str text, size_t row, size_t count);
#if TT_X86
void tt__joint_avx2(tt_joint_classes *out, tt_str text, size_t row, size_t count);
void tt__joint_avx512(tt_joint_classes *out, tt_str text, size_t row, size_t count);
#endif

enum { TT_JOINT_CHUNK = 4, TT_JOINT_CHUNKS = 4, TT_JOINT_ROWS = TT_JOINT_CHUNK * TT_JOINT_CHUNKS };

/* The rows near to a place: what follows it is looked at again and again. */
typedef struct {
    const tt_map *map;
    tt_joint_way *way;
    size_t start, end;              /* of the text that counts: no bit is set outside */
    size_t chunks[TT_JOINT_CHUNKS]; /* by their last digits; 0: none, 1: the first rows */
    tt_joint_row rows[TT_JOINT_ROWS];
} tt_joint_rows;

/* The rows of `part`, whose ends are no blanks. */
void tt__joint_rows_begin(tt_joint_rows *out, const tt_map *map, tt_span part);
void tt__joint_rows_fill(tt_joint_rows *self, size_t chunk);

/* Row `row`, which begins before the end; lent until 16 others were asked for. */
static inline const tt_joint_row *tt__joint_row(tt_joint_rows *self, size_t row)
{
    size_t chunk = row / TT_JOINT_CHUNK;
    if (self->chunks[chunk % TT_JOINT_CHUNKS] != chunk + 1)
        tt__joint_rows_fill(self, chunk);
    return &self->rows[row % TT_JOINT_ROWS];
}

#endif
