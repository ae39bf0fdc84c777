/* values_impl.h - what turns the reading of an expression into a value. */
#ifndef TT_VALUE_VALUES_IMPL_H
#define TT_VALUE_VALUES_IMPL_H

#include "value/when.h"

/* A date spoken of before, as far as it is known. */
typedef struct {
    int32_t year;
    uint32_t month, day; /* 0 unknown; no day without its month */
    bool known;          /* the year is */
} tt_near;

/* What an expression is resolved with. */
typedef struct {
    tt_value_anchor page;
    tt_near near;     /* the last date */
    tt_near last;     /* the last one whose day is known, while it still counts */
    bool passage;     /* days and months that follow belong to the time of the last date */
    bool story;       /* so do years: năm sau */
    uint8_t part;     /* tt_part of the list that the expression stands in: tối 25/11 và 26/11 */
    bool months;      /* it stands in a list of months: tháng 6, 7, 8 */
    bool after_night; /* the last day ended in its evening or night */
    bool habit;       /* the sentence speaks of what is done again and again */
    bool yearly;      /* "hằng năm", "hằng tháng" follows */
    int8_t tense;     /* -1 the sentence speaks of the past, 1 of the future, 0 not told */
} tt_when_context;

/* Read the label's kind of expression. `out` is cleared; false where it has no value. */
bool tt__when_value(tt_value *out, const tt_lex *lex, const tt_when_context *context); /* resolve.c */
/* The expression says its day in some way: a date, a weekday, hôm qua, not "9h" alone. */
bool tt__when_says_day(tt_str text);                                           /* resolve.c */
bool tt__length_value(tt_value *out, const tt_lex *lex);                       /* length_expr.c */
bool tt__amount_value(tt_value *out, tt_value_label label, const tt_lex *lex); /* amount.c */

/* All of these, by label, from the text on. */
bool tt__value_make(tt_value *out, tt_value_label label, tt_str text, const tt_when_context *context); /* value.c */

/* The date that a value speaks of, for mentions after it; false where not even its year is known. */
bool tt__near_of(tt_near *out, const tt_value *value);

/* Text that is put together; what does not fit makes it no value. */
typedef struct {
    char *at, *end;
    bool full;
} tt_value_writer;

tt_value_writer tt__value_writer(tt_value *value);
/* As printf with %s, %.*s, %c and %d or %u with a width of zeros. */
void tt__value_put(tt_value_writer *w, const char *format, ...) TT_PRINTF(2, 3);

#endif
