/* resolve.c - the TIMEX3 value, the days and the clock of a date or time. */
#include "value/anchor.h"
#include "value/calendar.h"
#include "value/lunar.h"

#include <string.h>

enum { LUNAR_MONTH = 30 /* its days, or one more than it has */ };

static const char *const PARTS[] = {"", "MO", "MI", "AF", "EV", "NI", "DT"}; /* ORDER PART */
static const char *const MODS[] = {"", "-START", "-MID", "-END"};            /* ORDER MOD */
static const char *const SEASONS[] = {"", "SP", "SU", "FA", "WI"};           /* ORDER SEASON */

/* One end being resolved; days stay equal while they are not known. */
typedef struct {
    tt_value_writer *w;
    const tt_when *when;
    const tt_when_context *context;
    int32_t start, end;
} resolver;

static void put_year(resolver *r, tt_point point)
{
    if (!point.year_known)
        tt__value_put(r->w, "XXXX");
    else if (point.year <= 0)
        tt__value_put(r->w, "BC%04d", (int)(1 - point.year));
    else
        tt__value_put(r->w, "%04d", (int)point.year);
}

static void put_mod(resolver *r)
{
    tt__value_put(r->w, "%s", MODS[r->when->mod]);
}

static void set_months(resolver *r, tt_point year, uint32_t first, uint32_t count)
{
    if (!year.year_known)
        return;
    r->start = tt__month_start(year.year, first, 0);
    r->end = tt__month_start(year.year, first, (int32_t)count);
}

static bool put_century(resolver *r)
{
    tt_field century = r->when->century;
    int32_t page = r->context->page.day, number = century.value;
    if (century.from != TT_FROM_ZERO) {
        if (page == 0)
            return false;
        number = (tt__ymd_of(page).year - 1) / 100 + 1 + century.value;
    }
    if (r->when->bc && number > 0)
        tt__value_put(r->w, "BC");
    tt__value_put(r->w, "%02dXX", (int)number - 1);
    put_mod(r);
    if (!r->when->bc) {
        r->start = tt__day_of((number - 1) * 100 + 1, 1, 1);
        r->end = tt__day_of(number * 100 + 1, 1, 1);
    }
    return number >= 1 && number <= 99;
}

static bool put_decade(resolver *r)
{
    tt_field decade = r->when->decade;
    int32_t page = r->context->page.day, year = decade.value;
    if (decade.from != TT_FROM_ZERO) {
        if (page == 0)
            return false;
        year = tt__ymd_of(page).year / 10 * 10 + 10 * decade.value;
    }
    tt__value_put(r->w, "%s%03dX", r->when->bc ? "BC" : "", (int)(year / 10));
    put_mod(r);
    if (!r->when->bc) {
        r->start = tt__day_of(year, 1, 1);
        r->end = tt__day_of(year + 10, 1, 1);
    }
    return year >= 0 && year < 10000;
}

/* The year of a half, a slice or a span: this one where it is not said. */
static tt_point year_or_page(const resolver *r)
{
    tt_point point = tt__anchor_year(r->when, r->context);
    if (!point.year_known && (r->when->said & (TT_SAID_YEAR | TT_SAID_CYCLE)) == 0 && r->context->page.day != 0)
        point = (tt_point){tt__ymd_of(r->context->page.day).year, true, 0, 0};
    return point;
}

static bool put_half(resolver *r)
{
    tt_point year = year_or_page(r);
    put_year(r, year);
    tt__value_put(r->w, "-H%u", r->when->half);
    set_months(r, year, r->when->half == 1 ? 1 : 7, 6);
    return true;
}

static bool put_quarter(resolver *r)
{
    tt_field quarter = r->when->quarter;
    tt_point year;
    if (quarter.from == TT_FROM_ZERO) {
        year = tt__anchor_period(r->when, r->context, (uint32_t)quarter.value * 3 - 2, 1, 3);
    } else {
        if (r->context->page.day == 0)
            return false;
        tt_ymd page = tt__ymd_of(r->context->page.day);
        int32_t quarters = page.year * 4 + (int32_t)(page.month - 1) / 3 + quarter.value;
        int32_t whole = quarters / 4 - (quarters % 4 < 0); /* rounds down before the year 0 too */
        year = (tt_point){whole, true, 0, 0};
        quarter.value = quarters - whole * 4 + 1;
    }
    put_year(r, year);
    tt__value_put(r->w, "-Q%d", (int)quarter.value);
    put_mod(r);
    set_months(r, year, (uint32_t)quarter.value * 3 - 2, 3);
    return true;
}

/* Seasons begin in the months of the solar terms that are named after them: Lập xuân lies in February, Lập đông in November. */
static bool put_season(resolver *r)
{
    static const uint8_t FIRST[] = {0, 2, 5, 8, 11};
    uint8_t season = r->when->season;
    tt_point year = tt__anchor_period(r->when, r->context, FIRST[season], 1, 3);
    put_year(r, year);
    tt__value_put(r->w, "-%s", SEASONS[season]);
    set_months(r, year, FIRST[season], 3);
    return true;
}

static bool put_weekend(resolver *r)
{
    int32_t monday;
    if (!tt__anchor_week(&monday, r->when, r->context)) {
        tt__value_put(r->w, "XXXX-WXX-WE");
        return true;
    }
    r->start = monday + 5;
    r->end = monday + 7;
    if ((r->when->said & TT_SAID_WEEK) == 0) { /* none in particular: of the page's week */
        int32_t year;
        uint32_t week;
        tt__week_of(&year, &week, monday);
        tt__value_put(r->w, "%04d-W%02u-WE", (int)year, week);
        return true;
    }
    tt_ymd first = tt__ymd_of(monday + 5), last = tt__ymd_of(monday + 6);
    tt__value_put(r->w, "%04d-%02u-%02u/%04d-%02u-%02u", (int)first.year, first.month, first.day, (int)last.year, last.month,
                  last.day);
    return true;
}

static void put_day(resolver *r, int32_t day)
{
    tt_ymd ymd = tt__ymd_of(day);
    put_year(r, (tt_point){ymd.year, true, 0, 0});
    tt__value_put(r->w, "-%02u-%02u", ymd.month, ymd.day);
}

static bool put_week(resolver *r)
{
    int32_t monday, year;
    uint32_t week;
    if (!tt__anchor_week(&monday, r->when, r->context)) {
        tt__value_put(r->w, "XXXX-WXX");
        return r->when->week.from != TT_FROM_ZERO;
    }
    r->start = monday;
    if (r->when->mod == TT_MOD_START && (r->when->said & (TT_SAID_PART | TT_SAID_CLOCK)) != 0) { /* sáng đầu tuần */
        put_day(r, monday);
        r->end = monday + 1;
        return true;
    }
    tt__week_of(&year, &week, monday);
    put_year(r, (tt_point){year, true, 0, 0});
    tt__value_put(r->w, "-W%02u", week);
    put_mod(r);
    r->end = monday + 7;
    return true;
}

/* A month of the lunar calendar is written as the month that its middle lies in; its days are its own. */
static bool put_lunar_month(resolver *r)
{
    int32_t first, last;
    tt_when when = *r->when;
    if (!tt__anchor_lunar(&first, &when, r->context))
        return false;
    when.said |= TT_SAID_DAY | TT_SAID_YEAR;
    when.day.value = LUNAR_MONTH;
    when.year = (tt_field){TT_FROM_ZERO, 0};
    r->start = first;
    r->end = first + LUNAR_MONTH - 1;
    if (tt__lunar_year(&when.year.value, first) && tt__anchor_lunar(&last, &when, r->context))
        r->end = last + 1;
    tt_ymd middle = tt__ymd_of(first + LUNAR_MONTH / 2 - 1);
    put_year(r, (tt_point){middle.year, true, 0, 0});
    tt__value_put(r->w, "-%02u", middle.month);
    put_mod(r);
    return true;
}

/* "tháng Giêng" alone is as often January as the first month of the other calendar; January is what the value says. */
static bool put_month(resolver *r)
{
    bool january = r->when->month.value == 1 && !r->when->lunar_said;
    if (r->when->lunar && !january && put_lunar_month(r))
        return true;
    tt_point month = tt__anchor_month(r->when, r->context);
    put_year(r, month);
    tt__value_put(r->w, month.month != 0 ? "-%02u" : "-XX", month.month);
    put_mod(r);
    if (month.month != 0 && (!r->when->lunar || january))
        set_months(r, month, month.month, 1);
    return true;
}

static bool put_year_alone(resolver *r)
{
    tt_point year = tt__anchor_year(r->when, r->context);
    put_year(r, year);
    put_mod(r);
    if ((r->when->said & TT_SAID_TERM) == 0)
        set_months(r, year, 1, 12);
    return true;
}

/* năm học này: from the summer on it is the one that begins in the year */
static bool put_term(resolver *r)
{
    enum { SUMMER = 6 };
    if (r->context->page.day == 0)
        return false;
    tt_ymd page = tt__ymd_of(r->context->page.day);
    int32_t year = page.year - (page.month < SUMMER) + r->when->year.value;
    tt__value_put(r->w, "%04d/%04d", (int)year, (int)year + 1);
    r->start = tt__day_of(year, 1, 1);
    r->end = tt__day_of(year + 2, 1, 1);
    return true;
}

/* The period that a slice is cut from: first day, day after the last, and its first month; false where it is not known. */
static bool sliced(const resolver *r, tt_point *year, int32_t *start, int32_t *end)
{
    bool month = (r->when->said & TT_SAID_MONTH) != 0;
    if (r->when->tet) {
        bool known = tt__anchor_lunar(start, r->when, r->context);
        *end = *start + 30;
        return known;
    }
    *year = month ? tt__anchor_month(r->when, r->context) : year_or_page(r);
    if (!year->year_known)
        return false;
    *start = tt__month_start(year->year, month ? year->month : 1, 0);
    *end = tt__month_start(year->year, month ? year->month : 1, month ? 1 : 12);
    return true;
}

/* Months of a year; half of them are a half. */
static bool put_months(resolver *r, tt_point year)
{
    uint32_t count = r->when->slice, first = r->when->slice_last ? 13 - count : 1;
    uint32_t each = r->when->slice_unit == TT_UNIT_QUARTER ? 3 : 1;
    if (count < 1 || count * each > 12)
        return false;
    if (each == 3)
        first = r->when->slice_last ? 5 - count : 1;
    const char *unit = each == 3 ? "Q" : "";
    int width = each == 3 ? 1 : 2;
    put_year(r, year);
    if (each == 1 && count == 6) {
        tt__value_put(r->w, "-H%d", r->when->slice_last ? 2 : 1);
    } else {
        tt__value_put(r->w, "-%s%0*u/", unit, width, first);
        put_year(r, year);
        tt__value_put(r->w, "-%s%0*u", unit, width, first + count - 1);
    }
    set_months(r, year, (first - 1) * each + 1, count * each);
    return true;
}

static bool put_slice(resolver *r)
{
    tt_point year = {0, false, 0, 0};
    int32_t start, end, days = (int32_t)r->when->slice * (r->when->slice_unit == TT_UNIT_WEEK ? 7 : 1);
    bool months = r->when->slice_unit == TT_UNIT_MONTH || r->when->slice_unit == TT_UNIT_QUARTER;
    bool known = sliced(r, &year, &start, &end);
    if (months)
        return (r->when->said & TT_SAID_MONTH) == 0 && put_months(r, year);
    if (!known || days < 1 || days > end - start)
        return false;
    r->start = r->when->slice_last ? end - days : start;
    r->end = r->start + days;
    put_day(r, r->start);
    tt__value_put(r->w, "/");
    put_day(r, r->end - 1);
    return true;
}

static void put_point(resolver *r, tt_point point)
{
    put_year(r, point);
    tt__value_put(r->w, point.month != 0 ? "-%02u" : "-XX", point.month);
    tt__value_put(r->w, point.day != 0 ? "-%02u" : "-XX", point.day);
    if (point.year_known && point.month != 0 && point.day != 0) {
        r->start = tt__day_of(point.year, point.month, point.day);
        r->end = r->start + 1;
    }
}

static bool put_date(resolver *r)
{
    tt_point point;
    if (!tt__anchor_date(&point, r->when, r->context))
        return false;
    bool weekday = (r->when->said & TT_SAID_DAY) == 0;
    if (weekday && !point.year_known)
        tt__value_put(r->w, "XXXX-WXX-%u", r->when->weekday);
    else if (point.year_known && point.month == 0 && r->when->day.from == TT_FROM_ZERO)
        return put_year_alone(r);
    else
        put_point(r, point);
    return true;
}

/* The day that a clock or part of the day without a date belongs to. */
static bool put_unsaid_day(resolver *r)
{
    int32_t day = tt__anchor_day(r->context);
    bool early =
        (r->when->said & TT_SAID_CLOCK) != 0 ? r->when->hour < 6 && r->when->part <= TT_PART_MO : r->when->part == TT_PART_MO;
    if (early && r->context->after_night)
        day++;
    if (day != 0 && !r->context->habit)
        put_point(r, (tt_point){tt__ymd_of(day).year, true, tt__ymd_of(day).month, tt__ymd_of(day).day});
    else
        put_point(r, (tt_point){0, false, 0, 0});
    return true;
}

static bool put_day_part(resolver *r)
{
    static const struct {
        uint32_t bits;
        bool (*put)(resolver *r);
    } KINDS[] = {
        {TT_SAID_SLICE, put_slice},
        {TT_SAID_DAY, put_date},
        {TT_SAID_WEEKDAY, put_date},
        {TT_SAID_WEEKEND, put_weekend},
        {TT_SAID_WEEK, put_week},
        {TT_SAID_MONTH, put_month},
        {TT_SAID_SEASON, put_season},
        {TT_SAID_QUARTER, put_quarter},
        {TT_SAID_HALF, put_half},
        {TT_SAID_TERM, put_term},
        {TT_SAID_YEAR | TT_SAID_CYCLE, put_year_alone},
        {TT_SAID_DECADE, put_decade},
        {TT_SAID_CENTURY, put_century},
        {TT_SAID_CLOCK | TT_SAID_PART, put_unsaid_day},
    };
    for (size_t i = 0; i < TT_COUNT(KINDS); i++)
        if ((r->when->said & KINDS[i].bits) != 0)
            return KINDS[i].put(r);
    return false;
}

/* Hours as the part of the day turns them: 7 giờ tối is 19, 12 giờ đêm is 24, 1 giờ trưa is 13. */
static int32_t hour_of(const tt_when *when)
{
    int32_t hour = when->hour;
    switch (when->part) {
    case TT_PART_MO: return hour == 12 ? 0 : hour;
    case TT_PART_MI: return hour < 6 ? hour + 12 : hour;
    case TT_PART_AF:
    case TT_PART_EV: return hour < 12 ? hour + 12 : hour;
    case TT_PART_NI: return hour >= 6 && hour < 12 ? hour + 12 : hour == 12 ? 24 : hour;
    default: return hour;
    }
}

/* 3 giờ trước: the page's clock and day, moved. */
static bool put_moved_clock(resolver *r, int32_t *clock)
{
    enum { DAY = 86400 };
    if (r->context->page.day == 0 || r->context->page.clock < 0)
        return false;
    int64_t at = (int64_t)r->context->page.clock + r->when->seconds.value;
    int64_t days = at / DAY - (at % DAY < 0);
    *clock = (int32_t)(at - days * DAY);
    r->start = r->context->page.day + (int32_t)days;
    r->end = r->start + 1;
    put_day(r, r->start);
    tt__value_put(r->w, "T%02d:%02d", (int)(*clock / 3600), (int)(*clock / 60 % 60));
    return true;
}

static bool put_end(resolver *r, int32_t *clock)
{
    const tt_when *when = r->when;
    if (when->seconds.from != TT_FROM_NOTHING)
        return put_moved_clock(r, clock);
    if (!put_day_part(r))
        return false;
    if ((when->said & TT_SAID_CLOCK) != 0) {
        int32_t hour = hour_of(when);
        tt__value_put(r->w, "T%02d:%02d", (int)hour, when->minute);
        if (when->seconds_shown)
            tt__value_put(r->w, ":%02d", when->second);
        *clock = hour * 3600 + when->minute * 60 + when->second;
    } else if (when->part != TT_PART_NONE || r->context->part != TT_PART_NONE) {
        tt__value_put(r->w, "T%s", PARTS[when->part != TT_PART_NONE ? when->part : r->context->part]);
    }
    return true;
}

bool tt__when_value(tt_value *out, const tt_lex *lex, const tt_when_context *context)
{
    tt_when_range range;
    int32_t last_clock;
    tt_value_writer w = tt__value_writer(out);
    tt_when_context own = *context;
    if (!tt__when_read(&range, lex))
        return false;
    own.habit = own.habit || (range.range && (range.first.said & TT_SAID_WEEKDAY) != 0); /* thứ Hai đến thứ Sáu */
    if (own.months && lex->len == 1 && (range.first.said & TT_SAID_DAY) != 0) {
        range.first.said = TT_SAID_MONTH;
        range.first.month = range.first.day;
    }
    resolver first = {&w, &range.first, &own, 0, 0}, last = {&w, &range.last, &own, 0, 0};
    if (!put_end(&first, &out->clock))
        return false;
    out->start = first.start;
    out->end = first.end;
    if (range.range) {
        tt__value_put(&w, "/");
        if (!put_end(&last, &last_clock))
            return false;
        out->end = last.end;
    }
    if (out->start >= out->end)
        out->start = out->end = 0;
    return !w.full;
}

bool tt__when_says_day(tt_str text)
{
    tt_lex lex;
    tt_when_range range;
    return tt__lex_make(&lex, text) && tt__when_read(&range, &lex) && (range.first.said & (TT_SAID_DAY | TT_SAID_WEEKDAY)) != 0;
}

/* The number of so many digits at `text`; -1 where there are others. */
static int32_t digits_at(const char *text, unsigned count)
{
    int32_t value = 0;
    for (unsigned i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

bool tt__near_of(tt_near *out, const tt_value *value)
{
    const char *text = value->text;
    int32_t year = digits_at(text, 4);
    *out = (tt_near){year, 0, 0, year > 0};
    if (year <= 0)
        return false;
    int32_t month = text[4] == '-' ? digits_at(text + 5, 2) : -1,
            day = month > 0 && text[7] == '-' ? digits_at(text + 8, 2) : -1;
    out->month = month > 0 ? (uint32_t)month : 0;
    out->day = day > 0 ? (uint32_t)day : 0;
    return true;
}
