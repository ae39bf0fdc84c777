/* lunar.c - the lunar calendar by its rules, from new moons and solar terms.
 *
 * A month begins on the day, at UTC+7, of a new moon. The month with the winter solstice is the eleventh. When thirteen months
 * begin from one eleventh month up to the next, the first without a principal term (the sun passing a multiple of 30 degrees)
 * is a leap month and has the number of the month before it.
 * Times of new moons: J. Meeus, Astronomical Algorithms, 2nd ed., chapter 49; places of the sun: chapter 25, lower accuracy;
 * the difference of dynamical and universal time: F. Espenak and J. Meeus, polynomials for 1900-2150 (NASA TP-2006-214141).
 */
#include "value/lunar.h"

#include "value/calendar.h"

#include <math.h>

#define PI 3.14159265358979323846
#define RADIANS (PI / 180)
#define LUNATION 29.530588861           /* mean, days */
#define J2000 730120.5                  /* day number of 2000-01-01 12:00, days beginning at midnight */
#define NEW_MOON_2000 (5.09766 + J2000) /* the mean one of 2000-01-06 */
#define ZONE (7.0 / 24)
#define SURE 5 /* days before 24 December when the solstice may have been */

static double polynomial(const double *c, unsigned count, double t)
{
    double sum = 0;
    while (count-- > 0)
        sum = sum * t + c[count];
    return sum;
}

/* Seconds that dynamical time is ahead of universal time. */
static double delta_t(double year)
{
    static const double C1900[] = {-2.79, 1.494119, -0.0598939, 0.0061966, -0.000197},
                        C1920[] = {21.20, 0.84493, -0.076100, 0.0020936}, C1941[] = {29.07, 0.407, -1.0 / 233, 1.0 / 2547},
                        C1961[] = {45.45, 1.067, -1.0 / 260, -1.0 / 718},
                        C1986[] = {63.86, 0.3345, -0.060374, 0.0017275, 0.000651814, 0.00002373599},
                        C2005[] = {62.92, 0.32217, 0.005589};
    if (year < 1920)
        return polynomial(C1900, TT_COUNT(C1900), year - 1900);
    if (year < 1941)
        return polynomial(C1920, TT_COUNT(C1920), year - 1920);
    if (year < 1961)
        return polynomial(C1941, TT_COUNT(C1941), year - 1950);
    if (year < 1986)
        return polynomial(C1961, TT_COUNT(C1961), year - 1975);
    if (year < 2005)
        return polynomial(C1986, TT_COUNT(C1986), year - 2000);
    if (year < 2050)
        return polynomial(C2005, TT_COUNT(C2005), year - 2000);
    double century = (year - 1820) / 100;
    return -20 + 32 * century * century - 0.5628 * (2150 - year);
}

/* A term of the moon's series: size in days, then the multiples of the sun's and the moon's anomaly and of the moon's distance
 * from its node; `power` is the power of the earth's eccentricity. */
typedef struct {
    double size;
    int sun, moon, node, power;
} term;

static const term TERMS[] = {
    {-0.40720, 0, 1, 0, 0}, {0.17241, 1, 0, 0, 1},    {0.01608, 0, 2, 0, 0},   {0.01039, 0, 0, 2, 0},   {0.00739, -1, 1, 0, 1},
    {-0.00514, 1, 1, 0, 1}, {0.00208, 2, 0, 0, 2},    {-0.00111, 0, 1, -2, 0}, {-0.00057, 0, 1, 2, 0},  {0.00056, 1, 2, 0, 1},
    {-0.00042, 0, 3, 0, 0}, {0.00042, 1, 0, 2, 1},    {0.00038, 1, 0, -2, 1},  {-0.00024, -1, 2, 0, 1}, {-0.00007, 2, 1, 0, 0},
    {0.00004, 0, 2, -2, 0}, {0.00004, 3, 0, 0, 0},    {0.00003, 1, 1, -2, 0},  {0.00003, 0, 2, 2, 0},   {-0.00003, 1, 1, 2, 0},
    {0.00003, -1, 1, 2, 0}, {-0.00002, -1, 1, -2, 0}, {-0.00002, 1, 3, 0, 0},  {0.00002, 0, 4, 0, 0},
};

/* The larger of the planets' terms: size, phase and speed an lunation, degrees. */
static const struct {
    double size, phase, speed;
} PLANETS[] = {
    {0.000325, 299.77, 0.107408},  {0.000165, 251.88, 0.016321},  {0.000164, 251.83, 26.651886}, {0.000126, 349.42, 36.412478},
    {0.000110, 84.66, 18.206239},  {0.000062, 141.74, 53.303771}, {0.000060, 207.14, 2.453732},  {0.000056, 154.84, 7.306860},
    {0.000047, 34.52, 27.261239},  {0.000042, 207.19, 0.121824},  {0.000040, 291.34, 1.844379},  {0.000037, 161.72, 24.198154},
    {0.000035, 239.56, 25.513099}, {0.000023, 331.55, 3.592518},
};

/* Day number, with its fraction at UTC+7, of new moon `k` (0 is the first of 2000). */
static double new_moon(int k)
{
    double t = k / 1236.85, t2 = t * t;
    double at = NEW_MOON_2000 + LUNATION * k + 0.00015437 * t2 - 0.00000015 * t2 * t;
    double eccentricity = 1 - 0.002516 * t - 0.0000074 * t2;
    double sun = 2.5534 + 29.10535670 * k - 0.0000014 * t2, moon = 201.5643 + 385.81693528 * k + 0.0107582 * t2;
    double node = 160.7108 + 390.67050284 * k - 0.0016118 * t2, ascending = 124.7746 - 1.56375588 * k + 0.0020672 * t2;
    double sum = -0.00017 * sin(ascending * RADIANS);
    for (unsigned i = 0; i < TT_COUNT(TERMS); i++) {
        double size = TERMS[i].size * (TERMS[i].power == 0   ? 1
                                       : TERMS[i].power == 1 ? eccentricity
                                                             : eccentricity * eccentricity);
        sum += size * sin((TERMS[i].sun * sun + TERMS[i].moon * moon + TERMS[i].node * node) * RADIANS);
    }
    for (unsigned i = 0; i < TT_COUNT(PLANETS); i++)
        sum += PLANETS[i].size * sin((PLANETS[i].phase + PLANETS[i].speed * k - (i == 0 ? 0.009173 * t2 : 0)) * RADIANS);
    return at + sum - delta_t(2000 + t * 100) / 86400 + ZONE;
}

/* Apparent longitude of the sun at the beginning of a day at UTC+7, degrees from 0 to 360. */
static double sun_longitude(int32_t day)
{
    double universal = day - ZONE, year = 2000 + (universal - J2000) / 365.25;
    double t = (universal + delta_t(year) / 86400 - J2000) / 36525, t2 = t * t;
    double mean = 280.46646 + 36000.76983 * t + 0.0003032 * t2, m = (357.52911 + 35999.05029 * t - 0.0001537 * t2) * RADIANS;
    double centre =
        (1.914602 - 0.004817 * t - 0.000014 * t2) * sin(m) + (0.019993 - 0.000101 * t) * sin(2 * m) + 0.000289 * sin(3 * m);
    double longitude = mean + centre - 0.00569 - 0.00478 * sin((125.04 - 1934.136 * t) * RADIANS);
    return longitude - 360 * floor(longitude / 360);
}

/* Twelfth of the sun's way, from 0 at the spring equinox, that it is in when the day begins. */
static int sun_sector(int32_t day)
{
    return (int)(sun_longitude(day) / 30);
}

static int32_t month_day(int k)
{
    return (int32_t)floor(new_moon(k));
}

/* Number of the new moon that begins the eleventh month of a year: the last one not after the winter solstice, which is on the
 * 21st to 23rd of December. */
static int eleventh(int32_t year)
{
    int32_t last = tt__day_of(year, 12, 24);
    int k = (int)floor((last - NEW_MOON_2000) / LUNATION) + 1;
    while (month_day(k) > last)
        k--;
    return month_day(k) > last - SURE && sun_sector(month_day(k)) >= 9 ? k - 1 : k; /* it begins after the solstice */
}

/* Which month after the eleventh at `first` is the leap month: 1 to 12; 0 where there is none. */
static int leap_offset(int first, int next)
{
    if (next - first != 13)
        return 0;
    int offset = 1, sector = sun_sector(month_day(first + 1));
    for (; offset < 12; offset++) {
        int after = sun_sector(month_day(first + offset + 1));
        if (after == sector)
            break;
        sector = after;
    }
    return offset;
}

/* New moons since that of the eleventh month before the year to month `month`, without leap months: 2 to 13. */
static int plain_offset(uint32_t month)
{
    return (int)month + 1;
}

static bool in_range(int32_t year)
{
    return year >= TT_LUNAR_FIRST && year <= TT_LUNAR_LAST;
}

/* The new moon that begins a month. Months 11 and 12 belong to the count that begins with the year's own eleventh month. */
static bool month_moon(int *k, int32_t year, uint32_t month, bool leap)
{
    int offset = month >= 11 ? (int)month - 11 : plain_offset(month);
    int32_t base = month >= 11 ? year : year - 1;
    int first = eleventh(base), at = leap_offset(first, eleventh(base + 1));
    if (leap && at != offset + 1)
        return false;
    *k = first + offset + (leap || (at != 0 && offset >= at));
    return true;
}

bool tt__lunar_day(int32_t *out, int32_t year, uint32_t month, bool leap, uint32_t day)
{
    int k;
    if (!in_range(year) || month < 1 || month > 12 || day < 1 || day > 30 || !month_moon(&k, year, month, leap))
        return false;
    *out = month_day(k) + (int32_t)day - 1;
    return day < 30 || *out < month_day(k + 1);
}

bool tt__lunar_year(int32_t *out, int32_t day)
{
    int32_t year = tt__ymd_of(day).year, first;
    if (!in_range(year) || !tt__lunar_day(&first, year, 1, false, 1))
        return false;
    *out = day >= first ? year : year - 1;
    return in_range(*out);
}

size_t tt__lunar_days_near(int32_t out[5], int32_t around, uint32_t day)
{
    size_t count = 0;
    int k = (int)floor((around - NEW_MOON_2000) / LUNATION) - 2;
    for (int i = 0; i < 5; i++, k++) {
        int32_t found = month_day(k) + (int32_t)day - 1;
        if (day < 30 || found < month_day(k + 1))
            out[count++] = found;
    }
    return count;
}

uint32_t tt__lunar_leap(int32_t year)
{
    int k;
    for (uint32_t month = 1; in_range(year) && month <= 12; month++)
        if (month_moon(&k, year, month, true))
            return month;
    return 0;
}
