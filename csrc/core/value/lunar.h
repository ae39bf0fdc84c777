/* lunar.h - the Vietnamese lunar calendar, 1900 to 2100. */
#ifndef TT_VALUE_LUNAR_H
#define TT_VALUE_LUNAR_H

#include "tintuc/base.h"

enum { TT_LUNAR_FIRST = 1900, TT_LUNAR_LAST = 2100 };

/* Number (see calendar.h) of a day of the lunar calendar: `day` 1 to 30 of `month` 1 to 12, or of the leap month that follows
 * the month of that number. False when the year is outside of the range, has no such leap month, or the month no 30th day. */
bool tt__lunar_day(int32_t *out, int32_t year, uint32_t month, bool leap, uint32_t day);
/* The lunar year that a day lies in; false outside of the range. */
bool tt__lunar_year(int32_t *out, int32_t day);
/* The days of number `day` in the five months around a day, in order; a month too short has none. How many they are. */
size_t tt__lunar_days_near(int32_t out[5], int32_t around, uint32_t day);
/* The leap month of a year: the number it repeats; 0 where there is none. */
uint32_t tt__lunar_leap(int32_t year);

#endif
