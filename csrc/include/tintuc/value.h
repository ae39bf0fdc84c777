/* tintuc/value.h - what a date, time, length or amount says: TIMEX3 values, days, seconds, numbers. */
#ifndef TINTUC_VALUE_H
#define TINTUC_VALUE_H

#include "tintuc/page.h"

TT_BEGIN_DECLS

/* Labels whose mentions have a value. ORDER VALUE: names in core/value/value.c. */
typedef enum {
    TT_VALUE_DATE,
    TT_VALUE_TIME,
    TT_VALUE_DURATION,
    TT_VALUE_ORDINAL,
    TT_VALUE_MONEY,
    TT_VALUE_PERCENT,
    TT_VALUE_QUANTITY,
    TT_VALUE_LABELS
} tt_value_label;

TT_API const char *tt_value_label_name(tt_value_label label); /* "DATE", ...; NULL for a number that is none */
/* TT_VALUE_LABELS for the name of a label that has no values. */
TT_API tt_value_label tt_value_label_of(tt_str name);

/* An exact number: digits / 10^scale. */
typedef struct {
    int64_t digits; /* less than 10^18 either way */
    uint32_t scale; /* at most 18 */
    bool known;
} tt_decimal;

enum { TT_VALUE_TEXT = 64, TT_VALUE_UNIT = 24 };

/* A value. Days are counted from 0001-01-01, which is 1, in the Gregorian calendar; days before are 0 and less. */
typedef struct {
    char text[TT_VALUE_TEXT]; /* TIMEX3, or "NUMBER UNIT"; X for unknown digits; a range has both ends: "A/B" */
    int32_t start, end;       /* DATE, TIME: first day, day after the last; equal where not all of it is known */
    int32_t clock;            /* TIME: seconds since midnight; -1 unknown */
    tt_decimal seconds;       /* DURATION: its length, the shorter one of a range; a year counts 365.2425 days */
    tt_decimal number;        /* amounts, ordinals, percentages: the number, or the first of a range */
    tt_decimal number_end;    /* the second of a range */
    char unit[TT_VALUE_UNIT]; /* as written, spaces single; PERCENT: "%"; MONEY: where the currency has no code */
    char currency[4];         /* MONEY: ISO 4217; "" unknown */
} tt_value;

/* When a text was written. */
typedef struct {
    int32_t day;   /* as in tt_value; 0 unknown */
    int32_t clock; /* seconds since midnight; -1 unknown */
} tt_value_anchor;

/* What a value says whose text is given, in the way of this library; what is written otherwise stays a text. False, and *out
 * empty, where it cannot be one: empty, longer than TT_VALUE_TEXT - 1 bytes, with a NUL, not UTF-8. */
TT_API bool tt_value_read(tt_value *out, tt_value_label label, tt_str text);
TT_API bool tt_value_equal(const tt_value *a, const tt_value *b); /* in all fields */
/* Number of the day "YYYY-MM-DD"; 0 for anything else. */
TT_API int32_t tt_value_day(tt_str date);
/* Write a decimal as digits with a point; returns the length, which is less than 40. */
TT_API size_t tt_decimal_write(char out[40], tt_decimal number);

/* Read one expression. False, and *out empty, where it has no value: not of its label, a day that does not exist, longer than
 * 48 words, numbers and marks, or not UTF-8. Linear in the text; allocates nothing. */
TT_API bool tt_value_parse(tt_value *out, tt_value_label label, tt_str text, tt_value_anchor anchor);

/* The same where the label is not known: a date, time or length; a number of any kind. *label is which it was. */
TT_API bool tt_value_parse_time(tt_value *out, tt_value_label *label, tt_str text, tt_value_anchor anchor);
TT_API bool tt_value_parse_number(tt_value *out, tt_value_label *label, tt_str text);

/* A mention in a text and what it came to. */
typedef struct {
    tt_span span;   /* bytes of the normalized text; outside of a block it has no value */
    uint32_t label; /* tt_value_label; anything else: has no value */
} tt_value_mention;

typedef struct {
    const tt_value *at;
    size_t len;
    const uint32_t *index; /* of each mention: its value in `at`; UINT32_MAX where it has none */
} tt_values;

/* Values of the mentions of a page, which are in order. `date` is its day of publication, "YYYY-MM-DD" or "". A teaser counts
 * from its own timestamp; "cùng ngày", "hôm đó" and the like from the nearest dated mention before. TT_ENOMEM. Linear in the
 * text. */
TT_API tt_status tt_values_make(tt_values *out, tt_arena *arena, const tt_text *text, const tt_page *page,
                                const tt_value_mention *mentions, size_t count, const char *date, tt_error *err);

TT_END_DECLS
#endif
