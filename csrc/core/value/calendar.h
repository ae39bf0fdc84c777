/* calendar.h - days of the Gregorian calendar as numbers, and its weeks. */
#ifndef TT_VALUE_CALENDAR_H
#define TT_VALUE_CALENDAR_H

#include "tintuc/base.h"

typedef struct {
    int32_t year; /* 0 is 1 BC */
    uint32_t month, day;
} tt_ymd;

/* Number of a day that exists: 1 is 0001-01-01; days before are 0 and less. The calendar is carried back as it is. Years beyond
 * 5,000,000 either way, whose days no int32_t holds, count as that year. */
int32_t tt__day_of(int32_t year, uint32_t month, uint32_t day);
tt_ymd tt__ymd_of(int32_t day);
/* Days of a month from 1 to 12. */
uint32_t tt__month_days(int32_t year, uint32_t month);
bool tt__day_exists(int32_t year, uint32_t month, uint32_t day);
/* Number of the first day of the month that is `step` months after `month`. */
int32_t tt__month_start(int32_t year, uint32_t month, int32_t step);
/* 1 Monday to 7 Sunday. */
uint32_t tt__weekday_of(int32_t day);
/* ISO 8601: the week a day lies in, and the Monday of a week. */
void tt__week_of(int32_t *year, uint32_t *week, int32_t day);
int32_t tt__week_start(int32_t year, uint32_t week);
/* 52 or 53. */
uint32_t tt__year_weeks(int32_t year);

#endif
