/* value_read.c - what the text of a value says: TIMEX3, or "NUMBER UNIT"; the way back from what the rules write.
 *
 * Values come as their text from JSON, from people who mark by hand and from other tools. What is written in another way than
 * ours stays a text: nothing is guessed.
 */
#include "value/calendar.h"
#include "value/decimal.h"
#include "value/values_impl.h"

#include <string.h>

enum { YEAR_SECONDS = 31556952, MONTH_SECONDS = YEAR_SECONDS / 12, CENTURY = 100, DECADE = 10 };

typedef struct {
    const char *at, *end;
} reader;

static bool take(reader *r, char c)
{
    bool found = r->at < r->end && *r->at == c;
    r->at += found;
    return found;
}

static bool is_digit(const reader *r)
{
    return r->at < r->end && *r->at >= '0' && *r->at <= '9';
}

/* Just `count` digits. */
static bool take_digits(uint32_t *out, reader *r, unsigned count)
{
    reader from = *r;
    *out = 0;
    for (; count != 0 && is_digit(r); count--)
        *out = *out * 10 + (uint32_t)(*r->at++ - '0');
    if (count != 0)
        *r = from;
    return count == 0;
}

/* -12.5: at most 18 digits. */
static bool take_decimal(tt_decimal *out, reader *r)
{
    bool minus = take(r, '-'), point = false;
    unsigned digits = 0;
    *out = (tt_decimal){0, 0, true};
    for (; is_digit(r) || (digits != 0 && !point && r->at + 1 < r->end && *r->at == '.'); r->at++) {
        if (*r->at == '.') {
            point = true;
            continue;
        }
        if (digits++ == TT_DECIMAL_DIGITS)
            return false;
        out->digits = out->digits * 10 + (*r->at - '0');
        out->scale += point;
    }
    out->digits = minus ? -out->digits : out->digits;
    return digits != 0;
}

/* 196X, 19XX or 2021. */
static bool take_year(int32_t *year, uint32_t *years, reader *r)
{
    uint32_t number, last;
    *years = 1;
    if (take_digits(&number, r, 4)) {
        *year = (int32_t)number;
        return number != 0;
    }
    if (!take_digits(&number, r, 2))
        return false;
    if (take_digits(&last, r, 1) && take(r, 'X')) {
        *years = DECADE;
        *year = (int32_t)(number * CENTURY + last * DECADE);
        return true;
    }
    *years = CENTURY; /* the 20th century has the years 1901 to 2000 */
    *year = (int32_t)(number * CENTURY) + 1;
    return take(r, 'X') && take(r, 'X');
}

/* SP, SU, FA, WI: the months that put_season of resolve.c gives them. ORDER SEASON */
static bool take_season(int32_t *start, int32_t *end, reader *r, int32_t year)
{
    static const char *const SEASONS[] = {"SP", "SU", "FA", "WI"};
    for (uint32_t i = 0; i < TT_COUNT(SEASONS); i++)
        if (r->end - r->at >= 2 && memcmp(r->at, SEASONS[i], 2) == 0) {
            r->at += 2;
            *start = tt__day_of(year, 2 + 3 * i, 1);
            *end = tt__month_start(year, 2 + 3 * i, 3);
            return true;
        }
    return false;
}

/* W46, W46-WE behind a year and its dash. */
static bool take_week(int32_t *start, int32_t *end, reader *r, int32_t year)
{
    uint32_t week;
    if (!take(r, 'W') || !take_digits(&week, r, 2) || week == 0 || week > tt__year_weeks(year))
        return false;
    *start = tt__week_start(year, week);
    *end = *start + 7;
    if (r->end - r->at >= 3 && memcmp(r->at, "-WE", 3) == 0) {
        r->at += 3;
        *start += 5;
    }
    return true;
}

/* Q1, H2, 09 or 09-12 behind a year and its dash. */
static bool take_part(int32_t *start, int32_t *end, reader *r, int32_t year)
{
    uint32_t part, day;
    uint32_t months = take(r, 'Q') ? 3 : take(r, 'H') ? 6 : 1;
    if (!take_digits(&part, r, months == 1 ? 2 : 1) || part == 0 || part > 12 / months)
        return false;
    uint32_t month = (part - 1) * months + 1;
    *start = tt__day_of(year, month, 1);
    *end = tt__month_start(year, month, (int32_t)months);
    reader from = *r;
    if (months != 1 || !take(r, '-') || !take_digits(&day, r, 2)) {
        *r = from;
        return true;
    }
    *start = tt__day_exists(year, month, day) ? tt__day_of(year, month, day) : 0;
    *end = *start + 1;
    return *start != 0;
}

/* T14:30, T14:30:15 or a part of the day, which leaves the clock unknown. */
static bool take_clock(int32_t *clock, reader *r)
{
    static const char *const PARTS[] = {"MO", "MI", "DT", "AF", "EV", "NI"};
    uint32_t hour, minute, second = 0;
    *clock = -1;
    if (take_digits(&hour, r, 2)) {
        if (hour > 24 || !take(r, ':') || !take_digits(&minute, r, 2) || minute > 59 ||
            (take(r, ':') && (!take_digits(&second, r, 2) || second > 59)))
            return false;
        *clock = (int32_t)(hour * 3600 + minute * 60 + second);
        return true;
    }
    for (size_t i = 0; i < TT_COUNT(PARTS); i++)
        if (r->end - r->at >= 2 && memcmp(r->at, PARTS[i], 2) == 0) {
            r->at += 2;
            return true;
        }
    return false;
}

static void skip_edge(reader *r)
{
    static const char *const EDGES[] = {"-START", "-MID", "-END"};
    for (size_t i = 0; i < TT_COUNT(EDGES); i++) {
        size_t len = strlen(EDGES[i]);
        if ((size_t)(r->end - r->at) >= len && memcmp(r->at, EDGES[i], len) == 0) {
            r->at += len;
            return;
        }
    }
}

/* One side of a range. */
static bool take_when(int32_t *start, int32_t *end, int32_t *clock, reader *r)
{
    int32_t year;
    uint32_t years;
    *clock = -1;
    if (!take_year(&year, &years, r))
        return false;
    *start = tt__day_of(year, 1, 1);
    *end = tt__day_of(year + (int32_t)years, 1, 1);
    skip_edge(r);
    if (years == 1 && take(r, '-') && !take_season(start, end, r, year)) {
        bool week = r->at < r->end && *r->at == 'W';
        if (week ? !take_week(start, end, r, year) : !take_part(start, end, r, year))
            return false;
    }
    skip_edge(r);
    return !take(r, 'T') || take_clock(clock, r);
}

static bool read_when(tt_value *out, reader r)
{
    int32_t start, end, clock, last_start, last_clock;
    if (!take_when(&start, &end, &clock, &r))
        return false;
    if (take(&r, '/') && !take_when(&last_start, &end, &last_clock, &r))
        return false;
    if (r.at != r.end || end <= start)
        return false;
    out->start = start;
    out->end = end;
    out->clock = clock;
    return true;
}

/* Seconds of P1Y6M, PT1H30M; of a range the first. */
static bool take_length(tt_decimal *out, reader *r)
{
    static const struct {
        char letter;
        bool time;
        int32_t seconds;
    } UNITS[] = {{'Y', false, YEAR_SECONDS},
                 {'M', false, MONTH_SECONDS},
                 {'W', false, 604800},
                 {'D', false, 86400},
                 {'H', true, 3600},
                 {'M', true, 60},
                 {'S', true, 1}};
    bool time = false;
    *out = tt__decimal(0);
    if (!take(r, 'P') || r->at == r->end)
        return false;
    while (r->at < r->end && *r->at != '/') {
        tt_decimal number;
        size_t unit = 0;
        time = take(r, 'T') || time;
        if (!take_decimal(&number, r) || number.digits < 0 || r->at == r->end)
            return false;
        while (unit < TT_COUNT(UNITS) && (UNITS[unit].letter != *r->at || UNITS[unit].time != time))
            unit++;
        if (unit == TT_COUNT(UNITS))
            return false;
        r->at++;
        *out = tt__decimal_add(*out, tt__decimal_times(number, UNITS[unit].seconds));
    }
    *out = tt__decimal_trim(*out);
    return out->known;
}

static bool read_length(tt_value *out, reader r)
{
    tt_decimal first, last;
    if (!take_length(&first, &r) || (take(&r, '/') && !take_length(&last, &r)) || r.at != r.end)
        return false;
    out->seconds = first;
    return true;
}

static bool is_currency(const reader *r)
{
    bool capital = r->end - r->at == 3;
    for (int i = 0; capital && i < 3; i++)
        capital = r->at[i] >= 'A' && r->at[i] <= 'Z';
    return capital;
}

static bool read_amount(tt_value *out, tt_value_label label, reader r)
{
    tt_decimal number, last = {0, 0, false};
    if (!take_decimal(&number, &r) || (take(&r, '/') && !take_decimal(&last, &r)))
        return false;
    bool unit = take(&r, ' ');
    if (unit == (r.at == r.end) || (size_t)(r.end - r.at) >= sizeof out->unit)
        return false;
    out->number = number;
    out->number_end = last;
    if (unit)
        memcpy(label == TT_VALUE_MONEY && is_currency(&r) ? out->currency : out->unit, r.at, (size_t)(r.end - r.at));
    return true;
}

bool tt_value_read(tt_value *out, tt_value_label label, tt_str text)
{
    *out = (tt_value){.clock = -1};
    if (text.len == 0 || text.len >= sizeof out->text || memchr(text.ptr, '\0', text.len) != NULL ||
        tt_utf8_check(text, NULL) != TT_OK)
        return false;
    memcpy(out->text, text.ptr, text.len);
    reader r = {text.ptr, text.ptr + text.len};
    if (label == TT_VALUE_DATE || label == TT_VALUE_TIME)
        read_when(out, r);
    else if (label == TT_VALUE_DURATION)
        read_length(out, r);
    else if (label < TT_VALUE_LABELS)
        read_amount(out, label, r);
    return true;
}
