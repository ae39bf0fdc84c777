/* anchor.c - fills in what was not said. A date without its year lies near the page's day: before it where the words or the
 * sentence speak of the past, after it where they speak of what will be, else wherever it is nearest. In a passage about
 * another time the dates that follow its year belong to it.
 */
#include "value/anchor.h"

#include "value/calendar.h"
#include "value/lunar.h"

#include <limits.h>
#include <stdlib.h>

enum { OTHER_TIME = 2 /* years between the page and a passage about another time */, CYCLE = 60 };

static tt_ymd page_date(const tt_when_context *context)
{
    return tt__ymd_of(context->page.day);
}

/* The date spoken of before is of another time than the page. */
static bool elsewhere(const tt_when_context *context, bool reach)
{
    if (!context->near.known || context->page.day == 0)
        return context->near.known;
    if (!reach)
        return false;
    return abs(context->near.year - page_date(context).year) >= OTHER_TIME;
}

static bool near_day(int32_t *out, const tt_when_context *context)
{
    const tt_near *near = &context->last;
    if (!near->known)
        return false;
    *out = tt__day_of(near->year, near->month, near->day);
    return true;
}

int32_t tt__anchor_day(const tt_when_context *context)
{
    int32_t day = context->page.day;
    near_day(&day, context);
    return day;
}

static tt_point point_of(int32_t day)
{
    tt_ymd ymd = tt__ymd_of(day);
    return (tt_point){ymd.year, true, ymd.month, ymd.day};
}

static tt_point year_point(int32_t year)
{
    return (tt_point){year, true, 0, 0};
}

/* The year that steps count from. */
static bool base_year(int32_t *out, uint8_t from, const tt_when_context *context)
{
    bool near = from == TT_FROM_NEAR ? context->near.known : from == TT_FROM_EITHER && elsewhere(context, context->story);
    if (!near && context->page.day == 0)
        return false;
    *out = near ? context->near.year : page_date(context).year;
    return true;
}

/* The last year of the cycle of sixty that is not far ahead; of twelve, where the stem is not said, not beyond the next. */
static tt_point cycle_year(const tt_when *when, const tt_when_context *context)
{
    enum { AHEAD = 5 };
    int32_t base;
    if (!base_year(&base, TT_FROM_PAGE, context))
        return (tt_point){0, false, 0, 0};
    int32_t last = base + (when->stem != 0 ? AHEAD : 1);
    for (int32_t year = last; year > last - CYCLE; year--)
        if ((year + 8) % 12 == when->branch - 1 && (when->stem == 0 || (year + 6) % 10 == when->stem - 1))
            return year_point(year);
    return (tt_point){0, false, 0, 0};
}

tt_point tt__anchor_year(const tt_when *when, const tt_when_context *context)
{
    int32_t base;
    if (when->year.from == TT_FROM_ZERO)
        return year_point(when->bc ? 1 - when->year.value : when->year.value);
    if ((when->said & TT_SAID_CYCLE) != 0)
        return cycle_year(when, context);
    if (when->year.from != TT_FROM_NOTHING && base_year(&base, when->year.from, context))
        return year_point(base + when->year.value);
    return (tt_point){0, false, 0, 0};
}

/* Of candidates in order, the one that the direction asks for, seen from `anchor`; without a direction the nearest. */
static size_t choose(const int32_t *days, size_t count, int32_t anchor, int8_t direction)
{
    size_t best = 0;
    if (direction == 0) {
        for (size_t i = 1; i < count; i++)
            if (labs((long)days[i] - anchor) < labs((long)days[best] - anchor))
                best = i;
    } else if (direction < 0) {
        for (size_t i = 0; i < count; i++)
            if (days[i] <= anchor)
                best = i;
    } else {
        while (best + 1 < count && days[best] < anchor)
            best++;
    }
    return best;
}

/* Steps from the page's year to that of a month which begins at `start` in the page's year: nearly always none. */
static int32_t other_year(const tt_when_context *context, int32_t start)
{
    enum { FAR = 285, AHEAD = 75, BEHIND = 150 };
    int32_t ahead = start - context->page.day;
    if (ahead > FAR || (context->tense < 0 && ahead > AHEAD))
        return -1;
    return (-ahead > FAR && context->tense >= 0) || (context->tense > 0 && -ahead > BEHIND) ? 1 : 0;
}

/* The year around the page's whose day or period is the last one begun, or the next one not over. */
static tt_point directed_year(int32_t base, int32_t anchor, int8_t direction, uint32_t month, uint32_t day, uint32_t months)
{
    enum { MONTH = 30 };
    int32_t days[3], years[3];
    size_t count = 0;
    for (int32_t year = base - 1; year <= base + 1; year++) {
        if (!tt__day_exists(year, month, day))
            continue;
        years[count] = year;
        days[count++] = tt__day_of(year, month, day) + (direction > 0 ? (int32_t)months * MONTH : 0);
    }
    return count == 0 ? (tt_point){0, false, 0, 0} : year_point(years[choose(days, count, anchor, direction)]);
}

/* A day of the page's week, far from the day spoken of before in that one's year: news, though the passage is about another
 * time. */
static bool is_news(const tt_when_context *context, uint32_t month, uint32_t day)
{
    enum { BEFORE = 7, AFTER = 2, APART = 60 };
    const tt_near *near = &context->near;
    int32_t year = context->page.day != 0 ? page_date(context).year : 0;
    if (year == 0 || near->day == 0 || !tt__day_exists(year, month, day) || !tt__day_exists(near->year, month, day))
        return false;
    int32_t ahead = tt__day_of(year, month, day) - context->page.day;
    return ahead >= -BEFORE && ahead <= AFTER &&
           abs(tt__day_of(near->year, month, day) - tt__day_of(near->year, near->month, near->day)) > APART;
}

tt_point tt__anchor_period(const tt_when *when, const tt_when_context *context, uint32_t month, uint32_t day, uint32_t months)
{
    int32_t base;
    bool free = when->direction == 0 && !when->here;
    if ((when->said & (TT_SAID_YEAR | TT_SAID_CYCLE)) != 0)
        return tt__anchor_year(when, context);
    if (free && elsewhere(context, context->passage) && (months != 0 || !is_news(context, month, day)))
        return year_point(context->near.year);
    if ((free && context->yearly) || context->page.day == 0 || !base_year(&base, TT_FROM_PAGE, context))
        return (tt_point){0, false, 0, 0};
    if (when->direction != 0)
        return directed_year(base, context->page.day, when->direction, month, day, months);
    return year_point(when->here ? base : base + other_year(context, tt__day_of(base, month, 1)));
}

tt_point tt__anchor_month(const tt_when *when, const tt_when_context *context)
{
    const tt_field *month = &when->month;
    if (month->from == TT_FROM_ZERO) {
        tt_point point = tt__anchor_period(when, context, (uint32_t)month->value, 1, 1);
        point.month = (uint32_t)month->value;
        return point;
    }
    int32_t base_day = context->page.day;
    bool near = month->from == TT_FROM_NEAR || (month->from == TT_FROM_EITHER && elsewhere(context, context->passage));
    bool near_month = near && context->near.known && context->near.month != 0;
    if (!near_month && base_day == 0)
        return (tt_point){0, false, 0, 0};
    tt_ymd base = near_month ? (tt_ymd){context->near.year, context->near.month, 1} : tt__ymd_of(base_day);
    tt_point point = point_of(tt__month_start(base.year, base.month, month->value));
    point.day = 0;
    return point;
}

/* As `choose`, but without a direction days of the anchor's own year are nearer than they look. */
static size_t choose_lunar(const int32_t *days, size_t count, int32_t anchor, int8_t direction)
{
    enum { OTHER_YEAR = 150 };
    size_t best = 0;
    long best_distance = LONG_MAX;
    if (direction != 0)
        return choose(days, count, anchor, direction);
    for (size_t i = 0; i < count; i++) {
        bool same = tt__ymd_of(days[i]).year == tt__ymd_of(anchor).year;
        long distance = labs((long)days[i] - anchor) + (same ? 0 : OTHER_YEAR);
        if (distance < best_distance) {
            best_distance = distance;
            best = i;
        }
    }
    return best;
}

/* The lunar day nearest to what was spoken of; around the new year a day without its month is one of the first month. */
static bool lunar_candidates(int32_t *out, const tt_when *when, const tt_when_context *context, uint32_t month, uint32_t day)
{
    enum { AROUND_TET = 60, YEARS = 3, NEAR = 5 };
    int32_t days[NEAR], base, first, anchor = context->page.day != 0 ? context->page.day : tt__anchor_day(context);
    size_t count = 0;
    if (anchor == 0 || !tt__lunar_year(&base, anchor))
        return false;
    if (month == 0 && day < 15) {
        tt_ymd ymd = tt__ymd_of(anchor);
        bool known = tt__lunar_day(&first, ymd.year + (ymd.month > 10), 1, false, 1);
        month = known && labs((long)first - anchor) <= AROUND_TET ? 1 : 0;
    }
    if (month == 0)
        count = tt__lunar_days_near(days, anchor, day);
    for (int32_t year = base - 1; month != 0 && year < base - 1 + YEARS; year++)
        if (tt__lunar_day(&days[count], year, month, false, day) ||
            (day == 30 && when->tet && tt__lunar_day(&days[count], year, month, false, 29)))
            count++;
    if (count == 0)
        return false;
    *out = days[choose_lunar(days, count, anchor, when->direction)];
    return true;
}

bool tt__anchor_lunar(int32_t *out, const tt_when *when, const tt_when_context *context)
{
    uint32_t day = (when->said & TT_SAID_DAY) != 0 ? (uint32_t)when->day.value : 1;
    uint32_t month = when->month.from == TT_FROM_ZERO ? (uint32_t)when->month.value : 0;
    if (when->tet && month == 0)
        month = day > 15 ? 12 : 1;
    if ((when->said & (TT_SAID_YEAR | TT_SAID_CYCLE)) == 0)
        return lunar_candidates(out, when, context, month, day);
    tt_point year = tt__anchor_year(when, context);
    int32_t lunar_year = year.year - (when->tet && month == 12);
    if (!year.year_known || month == 0)
        return false;
    return tt__lunar_day(out, lunar_year, month, false, day) ||
           (day == 30 && when->tet && tt__lunar_day(out, lunar_year, month, false, 29));
}

bool tt__anchor_week(int32_t *out, const tt_when *when, const tt_when_context *context)
{
    enum { THURSDAY = 4, SUNDAY = 7 };
    int32_t year, base = context->page.day;
    uint32_t week;
    tt_point said = tt__anchor_year(when, context);
    if (when->week.from == TT_FROM_NEAR)
        base = tt__anchor_day(context);
    if (base == 0 && !said.year_known)
        return false;
    if (when->week.from == TT_FROM_ZERO) {
        year = said.year_known ? said.year : tt__ymd_of(base).year;
        *out = tt__week_start(year, (uint32_t)when->week.value);
        return (uint32_t)when->week.value <= tt__year_weeks(year);
    }
    if (base == 0)
        return false;
    tt__week_of(&year, &week, base);
    bool over = when->just && tt__weekday_of(base) >= ((when->said & TT_SAID_WEEKEND) != 0 ? SUNDAY : THURSDAY);
    *out = tt__week_start(year, week) + (over ? 0 : 7 * when->week.value);
    return true;
}

/* A weekday of a week, or the nearest one in the direction. */
static bool weekday_date(tt_point *out, const tt_when *when, const tt_when_context *context)
{
    int32_t day, monday, page = context->page.day;
    if (tt__anchor_week(&monday, when, context) && ((when->said & TT_SAID_WEEK) != 0 || when->here)) {
        *out = point_of(monday + (int32_t)when->weekday - 1);
        return true;
    }
    if (page == 0)
        return true;
    if (context->habit && when->direction == 0 && (when->said & TT_SAID_WEEK) == 0)
        return true;
    int8_t direction = when->direction != 0 ? when->direction : context->tense > 0 ? 1 : -1;
    int32_t back = ((int32_t)tt__weekday_of(page) - when->weekday + 7) % 7;
    if (direction < 0)
        day = page - (back == 0 && when->direction != 0 ? 7 : back);
    else
        day = page - back + (back != 0 || when->direction != 0 ? 7 : 0);
    *out = point_of(day);
    return true;
}

/* A day of a month that is not said: the nearest to what was spoken of. */
static bool bare_day(tt_point *out, uint32_t day, const tt_when *when, const tt_when_context *context)
{
    int32_t days[3], anchor = tt__anchor_day(context);
    size_t count = 0;
    out->day = day;
    if (context->near.known && context->near.month != 0 && context->near.day == 0) {
        *out = (tt_point){context->near.year, true, context->near.month, day};
        return tt__day_exists(out->year, out->month, day);
    }
    if (anchor == 0 || (context->yearly && when->direction == 0))
        return day >= 1 && day <= 31;
    tt_ymd base = tt__ymd_of(anchor);
    for (int32_t step = -1; step <= 1; step++) {
        tt_ymd month = tt__ymd_of(tt__month_start(base.year, base.month, step));
        if (tt__day_exists(month.year, month.month, day))
            days[count++] = tt__day_of(month.year, month.month, day);
    }
    if (count == 0)
        return false;
    *out = point_of(days[choose(days, count, anchor, when->direction)]);
    return true;
}

/* Day and month in figures or words, of a year that is said or chosen. */
static bool calendar_date(tt_point *out, const tt_when *when, const tt_when_context *context)
{
    uint32_t day = (uint32_t)when->day.value;
    if (when->month.from == TT_FROM_ZERO)
        *out = tt__anchor_period(when, context, (uint32_t)when->month.value, day, 0);
    else
        *out = tt__anchor_month(when, context);
    out->month = when->month.from == TT_FROM_ZERO ? (uint32_t)when->month.value : out->month;
    out->day = day;
    if (out->month == 0)
        return day >= 1 && day <= 31;
    return tt__day_exists(out->year_known ? out->year : 2000, out->month, day);
}

/* Steps of days from the page or the date before. */
static bool stepped_date(tt_point *out, const tt_when *when, const tt_when_context *context)
{
    int32_t base = when->day.from == TT_FROM_PAGE ? context->page.day : tt__anchor_day(context);
    if (base != 0)
        *out = point_of(base + when->day.value);
    return true;
}

bool tt__anchor_date(tt_point *out, const tt_when *when, const tt_when_context *context)
{
    int32_t day;
    *out = (tt_point){0, false, 0, 0};
    bool said = (when->said & TT_SAID_DAY) != 0, zero = when->day.from == TT_FROM_ZERO;
    bool lunar = (when->lunar && when->month.from <= TT_FROM_ZERO) ||
                 ((when->said & TT_SAID_CYCLE) != 0 && (when->said & TT_SAID_MONTH) != 0);
    if (said && zero && lunar) {
        if (tt__anchor_lunar(&day, when, context)) {
            *out = point_of(day);
            return true;
        }
        *out = tt__anchor_year(when, context); /* outside of the calendar's range */
        return when->day.value >= 1 && when->day.value <= 30;
    }
    if (said && zero)
        return (when->said & TT_SAID_MONTH) != 0 ? calendar_date(out, when, context)
                                                 : bare_day(out, (uint32_t)when->day.value, when, context);
    if (said)
        return stepped_date(out, when, context);
    return weekday_date(out, when, context);
}
