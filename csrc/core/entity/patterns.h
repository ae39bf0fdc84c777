/* patterns.h - spans that look like a date, a time, an amount, or like a number that is none of these. The tagger is told what
 * each token is in such a span; it learns how far to believe it. */
#ifndef TT_ENTITY_PATTERNS_H
#define TT_ENTITY_PATTERNS_H

#include "entity/atoms.h"

/* ORDER PATTERN */
typedef enum {
    PATTERN_NONE,
    PATTERN_DAY_MONTH_YEAR,
    PATTERN_DAY_MONTH,        /* with ngày or a slash */
    PATTERN_DAY_MONTH_OR_NOT, /* 2-1: the eve of a tie, or its result */
    PATTERN_DAYS,             /* 8-10/9 */
    PATTERN_DAY,              /* ngày 8 */
    PATTERN_MONTH_YEAR,
    PATTERN_MONTH,
    PATTERN_QUARTER,
    PATTERN_YEAR,
    PATTERN_YEAR_ALONE,
    PATTERN_YEARS,
    PATTERN_ERA,
    PATTERN_WHICH, /* năm ngoái */
    PATTERN_WEEKDAY,
    PATTERN_WEEKDAY_DATE,
    PATTERN_CLOCK,
    PATTERN_CLOCK_DATE,
    PATTERN_DATE_CLOCK,
    PATTERN_PART,
    PATTERN_PART_DATE,
    PATTERN_LENGTH,
    PATTERN_MONEY,
    PATTERN_SCALED, /* 50 triệu */
    PATTERN_PERCENT,
    PATTERN_MEASURE,
    PATTERN_ORDINAL,
    PATTERN_SCORE,
    PATTERN_LAW,
    PATTERN_PLATE,
    PATTERN_PHONE,
    PATTERNS
} tt_pattern_kind;

/* Sets `pattern` of the atoms of a sentence, whose traits and lexicon matches are there, to SCHEME_PARTS * kind + part (see
 * scheme.h). */
void tt__patterns_mark(tt_atom *atoms, const tt_token *tokens, size_t count, const tt_atom_source *source);

#endif
