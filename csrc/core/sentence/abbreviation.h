/* abbreviation.h - words that a stop belongs to. */
#ifndef TT_SENTENCE_ABBREVIATION_H
#define TT_SENTENCE_ABBREVIATION_H

#include "tintuc/base.h"

typedef enum {
    TT_ABBREVIATION_NONE,
    TT_ABBREVIATION_MAY_END, /* "v.v.", "Inc.": a sentence may end here */
    TT_ABBREVIATION_NEVER,   /* "PGS.", "TP.": something must follow */
    TT_ABBREVIATION_NUMBERED /* "No.": a number follows, or it is none */
} tt_abbreviation_rule;

/* False: `word`, of two bytes or more, without a stop inside and with one and a blank behind it, is not in the table. */
bool tt__abbreviation_may_be(tt_str word);
/* Look up `word`, which stands before a stop and does not include it. "TS.KTS" is found by its part after the last stop. */
tt_abbreviation_rule tt__abbreviation_find(tt_str word);
/* The same, whatever the case of its ASCII letters: "ths", "THS". */
tt_abbreviation_rule tt__abbreviation_find_any_case(tt_str word);

#endif
