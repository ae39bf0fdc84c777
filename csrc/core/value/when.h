/* when.h - what the words of a date or time say, before it is known when they were written. */
#ifndef TT_VALUE_WHEN_H
#define TT_VALUE_WHEN_H

#include "value/lex.h"
#include "value/number_words.h"

/* What a field counts from. */
typedef enum {
    TT_FROM_NOTHING, /* the field is not said */
    TT_FROM_ZERO,    /* the number itself */
    TT_FROM_PAGE,    /* steps from the day the text was written: hôm qua */
    TT_FROM_NEAR,    /* steps from the date spoken of before: hôm sau */
    TT_FROM_EITHER   /* from the date before where it is of another time, else the page: năm sau */
} tt_from;

typedef struct {
    uint8_t from; /* tt_from */
    int32_t value;
} tt_field;

/* ORDER PART: codes in resolve.c. */
typedef enum { TT_PART_NONE, TT_PART_MO, TT_PART_MI, TT_PART_AF, TT_PART_EV, TT_PART_NI, TT_PART_DT } tt_part;
/* ORDER MOD: codes in resolve.c. */
typedef enum { TT_MOD_NONE, TT_MOD_START, TT_MOD_MID, TT_MOD_END } tt_mod;
/* ORDER SEASON: codes in resolve.c. */
typedef enum { TT_SEASON_NONE, TT_SEASON_SP, TT_SEASON_SU, TT_SEASON_FA, TT_SEASON_WI } tt_season;
/* Units of time, the largest first. ORDER UNIT: rows in length_expr.c. */
typedef enum {
    TT_UNIT_NONE,
    TT_UNIT_CENTURY,
    TT_UNIT_DECADE,
    TT_UNIT_YEAR,
    TT_UNIT_QUARTER,
    TT_UNIT_MONTH,
    TT_UNIT_WEEK,
    TT_UNIT_DAY,
    TT_UNIT_NIGHT,
    TT_UNIT_HOUR,
    TT_UNIT_MINUTE,
    TT_UNIT_SECOND,
    TT_UNITS
} tt_unit;

/* What is said, one bit each: no bit twice in one end of a range. */
enum {
    TT_SAID_CENTURY = 1 << 0,
    TT_SAID_DECADE = 1 << 1,
    TT_SAID_YEAR = 1 << 2,
    TT_SAID_HALF = 1 << 3,
    TT_SAID_QUARTER = 1 << 4,
    TT_SAID_SEASON = 1 << 5,
    TT_SAID_MONTH = 1 << 6,
    TT_SAID_WEEK = 1 << 7,
    TT_SAID_WEEKEND = 1 << 8,
    TT_SAID_DAY = 1 << 9,
    TT_SAID_WEEKDAY = 1 << 10,
    TT_SAID_PART = 1 << 11,
    TT_SAID_CLOCK = 1 << 12,
    TT_SAID_MOD = 1 << 13,
    TT_SAID_SLICE = 1 << 14,
    TT_SAID_CYCLE = 1 << 15,
    TT_SAID_WHICH = 1 << 16,
    TT_SAID_TERM = 1 << 17 /* a span of years without its years: năm học này */
};

typedef struct {
    uint32_t said;
    tt_field century; /* 1 is the first */
    tt_field decade;  /* its first year */
    tt_field year, quarter, month, week, day;
    tt_field seconds; /* 3 giờ trước */
    uint8_t half;     /* 1, 2 */
    uint8_t season;   /* tt_season */
    uint8_t weekday;  /* 1 Monday to 7 */
    uint8_t mod, part;
    uint8_t stem, branch; /* of the cycle of sixty: 1 to 10, 1 to 12; 0 not said */
    bool lunar_said;      /* in so many words: âm lịch */
    bool bc, lunar, tet;  /* tet: the days are those around the lunar new year */
    bool here;            /* the one of this week, season: chủ nhật này */
    bool just;            /* tuần qua, cuối tuần qua: this one where it is nearly over */
    bool seconds_shown;   /* they are part of the value */
    int8_t direction;     /* -1 the last such, 1 the next, 0 not said */
    int8_t hour, minute, second;
    uint8_t slice_unit; /* the first or last so many parts of what is said: 6 tháng đầu năm */
    bool slice_last;
    uint32_t slice;
} tt_when;

/* Both ends; `last` is filled where `range`. */
typedef struct {
    tt_when first, last;
    bool range;
} tt_when_range;

/* The reading of an expression, from left to right. */
typedef struct {
    const tt_lex *lex;
    size_t at;
    tt_when_range *out;
    tt_when *when; /* the end of the range that is being read */
    bool joined;   /* a word or mark that can join two ends stood just before */
} tt_when_reader;

/* Read the whole of an expression; false where some of it is not understood. */
bool tt__when_read(tt_when_range *out, const tt_lex *lex);

/* Where to write fields that nobody wrote yet: the end under way; the second when the first has one of `bits` and the two are
 * joined; NULL when there is no such place. Marks them as said. */
tt_when *tt__when_claim(tt_when_reader *r, uint32_t bits);

/* The parts. Each reads what stands at r->at, moves it and returns true, or leaves all as it was. */
bool tt__when_number(tt_when_reader *r); /* date_numbers.c: 8-10/9/2021, 2021-09-08, 2024/25 */
bool tt__when_clock(tt_when_reader *r);  /* time_expr.c: 9h30, 14 giờ 5 phút, 16-19h */
bool tt__when_part(tt_when_reader *r);   /* time_expr.c: chiều, rạng sáng, 7:19 PM */
bool tt__when_period(tt_when_reader *r); /* date_expr.c: tháng 9, quý I, năm ngoái, thế kỷ 20, thứ Năm, cuối tuần */
bool tt__when_count(tt_when_reader *r);  /* relative_expr.c: 6 tháng đầu năm, 3 giờ trước, hai ngày sau */
bool tt__when_which(tt_when_reader *r);  /* relative_expr.c: hôm qua, chiều nay, tới, vừa rồi, cùng ngày */
bool tt__when_named(tt_when_reader *r);  /* named_days.c: Tết, Giáng sinh, rằm, mùng 3, Giáp Thìn */
bool tt__when_reign(tt_when_reader *r);  /* reigns.c: Minh Mạng thứ 18, thời Trần */

/* Unit of time that stands at `i` and how many tokens it has; TT_UNIT_NONE for none. */
tt_unit tt__unit_at(size_t *len, const tt_lex *lex, size_t i);
/* Seconds of a unit, the mean ones for months and longer; code letter of TIMEX3. */
int64_t tt__unit_seconds(tt_unit unit);
/* The words after a unit that say which one: này, ngoái, vừa qua, tới, trước đó. Tokens taken; 0 where there are none. */
size_t tt__which_at(tt_field *out, const tt_lex *lex, size_t i);
/* Stem and branch of the cycle of sixty at `i`: Giáp Thìn, or the branch alone (stem 0). */
size_t tt__cycle_at(uint8_t *stem, uint8_t *branch, const tt_lex *lex, size_t i);

#endif
