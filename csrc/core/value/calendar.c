/* calendar.c - arithmetic of the Gregorian calendar.
 *
 * Years are counted from March, so that the leap day is the last of its year and the months before it follow a straight line:
 * the first day of the m-th month after March is (153 m + 2) / 5 days in. 400 years have 146,097 days.
 */
#include "value/calendar.h"

enum { ERA_YEARS = 400, ERA_DAYS = 146097, MARCH_OFFSET = 305 /* days from 0000-03-01 to 0000-12-31 */, YEARS_MOST = 5000000 };

static bool is_leap(int32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Rounds down for negative numbers too. */
static int32_t divide(int32_t a, int32_t b)
{
    return a / b - (a % b < 0);
}

int32_t tt__day_of(int32_t year, uint32_t month, uint32_t day)
{
    int32_t from_march = (int32_t)(month + 9) % 12;
    year = year > YEARS_MOST ? YEARS_MOST : year < -YEARS_MOST ? -YEARS_MOST : year;
    int32_t y = year - (month < 3), era = divide(y, ERA_YEARS), in_era = y - era * ERA_YEARS;
    int32_t in_year = (153 * from_march + 2) / 5 + (int32_t)day;
    return era * ERA_DAYS + in_era * 365 + in_era / 4 - in_era / 100 + in_year - MARCH_OFFSET - 1;
}

tt_ymd tt__ymd_of(int32_t day)
{
    int32_t n = day + MARCH_OFFSET, era = divide(n, ERA_DAYS), in_era = n - era * ERA_DAYS;
    int32_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int32_t in_year = in_era - (365 * year + year / 4 - year / 100), from_march = (5 * in_year + 2) / 153;
    tt_ymd ymd = {era * ERA_YEARS + year, (uint32_t)(from_march + 2) % 12 + 1,
                  (uint32_t)(in_year - (153 * from_march + 2) / 5) + 1};
    ymd.year += ymd.month < 3;
    return ymd;
}

uint32_t tt__month_days(int32_t year, uint32_t month)
{
    static const uint8_t DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return DAYS[month - 1] + (month == 2 && is_leap(year) ? 1u : 0u);
}

bool tt__day_exists(int32_t year, uint32_t month, uint32_t day)
{
    return month >= 1 && month <= 12 && day >= 1 && day <= tt__month_days(year, month);
}

int32_t tt__month_start(int32_t year, uint32_t month, int32_t step)
{
    int32_t months = year * 12 + (int32_t)month - 1 + step, y = divide(months, 12);
    return tt__day_of(y, (uint32_t)(months - y * 12) + 1, 1);
}

uint32_t tt__weekday_of(int32_t day)
{
    int32_t in_week = (day - 1) % 7; /* 0001-01-01 is a Monday */
    return (uint32_t)(in_week < 0 ? in_week + 7 : in_week) + 1;
}

/* The week with the year's first Thursday, which is the one with 4 January. */
int32_t tt__week_start(int32_t year, uint32_t week)
{
    int32_t fourth = tt__day_of(year, 1, 4);
    return fourth - (int32_t)tt__weekday_of(fourth) + 1 + ((int32_t)week - 1) * 7;
}

uint32_t tt__year_weeks(int32_t year)
{
    return (uint32_t)(tt__week_start(year + 1, 1) - tt__week_start(year, 1)) / 7;
}

void tt__week_of(int32_t *year, uint32_t *week, int32_t day)
{
    int32_t thursday = day - (int32_t)tt__weekday_of(day) + 4;
    *year = tt__ymd_of(thursday).year;
    *week = (uint32_t)(thursday - tt__day_of(*year, 1, 1)) / 7 + 1;
}
