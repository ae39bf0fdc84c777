/* time_expr.c - clock times and parts of the day. */
#include "value/when.h"

/* A clock as it is read; minute and second -1 where they are not said. */
typedef struct {
    int32_t hour, minute, second;
    bool seconds_shown;
    size_t end; /* token after it */
} clock_time;

static bool number_is(const tt_lex *lex, size_t i, uint8_t most_digits, int64_t limit)
{
    return lex->at[i].kind == TT_LEX_NUMBER && lex->at[i].digits <= most_digits && lex->at[i].number < limit;
}

/* 15:22, 15:22:07, 9:05' */
static bool read_colon(clock_time *out, const tt_lex *lex, size_t i)
{
    if (!number_is(lex, i, 2, 25) || !tt__lex_mark(lex, i + 1, ':') || !number_is(lex, i + 2, 2, 60))
        return false;
    *out = (clock_time){(int32_t)lex->at[i].number, (int32_t)lex->at[i + 2].number, -1, false, i + 3};
    if (tt__lex_mark(lex, i + 3, ':') && number_is(lex, i + 4, 2, 60)) {
        out->second = (int32_t)lex->at[i + 4].number;
        out->end = i + 5;
        if (tt__lex_mark(lex, i + 5, '.') && lex->at[i + 6].kind == TT_LEX_NUMBER) /* parts of a second */
            out->end = i + 7;
    }
    return true;
}

static bool is_hour(const tt_lex *lex, size_t i)
{
    return tt__lex_word(lex, i, TT_W_GIO) || tt__lex_word(lex, i, TT_W_H) || tt__lex_word(lex, i, TT_W_G) ||
           tt__lex_word(lex, i, TT_W_TIENG);
}

/* kém 15: so many minutes before the hour */
static void read_short_of(clock_time *out, const tt_lex *lex)
{
    uint32_t minutes;
    size_t len = tt__lex_word(lex, out->end, TT_W_KEM) ? tt__small_number_at(&minutes, lex, out->end + 1) : 0;
    if (len == 0 || minutes == 0 || minutes >= 60 || out->hour == 0)
        return;
    out->hour--;
    out->minute = 60 - (int32_t)minutes;
    out->end += 1 + len;
    if (tt__lex_word(lex, out->end, TT_W_PHUT))
        out->end++;
}

/* Is the number at i the day of a date, or the first of two numbers? Not before another clock or a whole date: 8 h 30 - 10 h,
 * 14 giờ 30 - 21/6. */
static bool goes_on(const tt_lex *lex, size_t i)
{
    bool mark = tt__lex_mark(lex, i + 1, '/') || tt__lex_mark(lex, i + 1, '-') || tt__lex_mark(lex, i + 1, '.');
    bool clock = lex->at[i + 2].kind == TT_LEX_NUMBER && (is_hour(lex, i + 3) || tt__lex_mark(lex, i + 3, ':'));
    bool date = tt__lex_mark(lex, i + 1, '-') && lex->at[i + 1].spaced && tt__lex_mark(lex, i + 3, '/');
    return (mark && !clock && !date) || tt__lex_word(lex, i + 1, TT_W_THANG);
}

/* Minutes after the hour's word, and seconds after theirs. */
static void read_minutes(clock_time *out, const tt_lex *lex, bool letter)
{
    uint32_t minutes, seconds;
    size_t i = out->end, len = tt__small_number_at(&minutes, lex, i);
    bool named = len != 0 && (tt__lex_word(lex, i + len, TT_W_PHUT) || tt__lex_word(lex, i + len, TT_W_P));
    bool figures =
        len == 1 && lex->at[i].kind == TT_LEX_NUMBER && (lex->at[i].digits == 2 || (letter && lex->at[i].digits == 1));
    bool alone = letter && lex->at[i].spaced && lex->at[i].digits == 1;
    if (tt__lex_word(lex, i, TT_W_RUOI)) {
        out->minute = 30;
        out->end++;
        return;
    }
    if (len == 0 || minutes >= 60 || (!named && (!figures || alone || (lex->at[i].spaced && goes_on(lex, i)))))
        return;
    out->minute = (int32_t)minutes;
    out->end = i + len + named;
    len = named ? tt__small_number_at(&seconds, lex, out->end) : 0;
    if (len != 0 && seconds < 60 &&
        (tt__lex_word(lex, out->end + len, TT_W_GIAY) || tt__lex_word(lex, out->end + len, TT_W_S))) {
        out->second = (int32_t)seconds;
        out->seconds_shown = true;
        out->end += len + 1;
    }
}

/* 9h, 9h30, 14 giờ 5 phút, mười giờ rưỡi, 8 giờ kém 10 */
static bool read_hour(clock_time *out, const tt_lex *lex, size_t i)
{
    uint32_t hour;
    size_t len = tt__small_number_at(&hour, lex, i);
    if (len == 0 || hour > 24 || !is_hour(lex, i + len) || (len == 1 && lex->at[i].digits > 2))
        return false;
    *out = (clock_time){(int32_t)hour, -1, -1, false, i + len + 1};
    read_minutes(out, lex, !tt__lex_word(lex, i + len, TT_W_GIO));
    if (out->minute < 0)
        read_short_of(out, lex);
    return true;
}

/* 4 rưỡi, ba rưỡi */
static bool read_half_past(clock_time *out, const tt_lex *lex, size_t i)
{
    tt_number number;
    size_t len =
        tt__lex_word(lex, i + 1, TT_W_RUOI) || tt__lex_word(lex, i + 2, TT_W_RUOI) ? tt__number_at(&number, lex, i) : 0;
    if (len < 2 || !tt__lex_word(lex, i + len - 1, TT_W_RUOI) || number.value.scale != 1 || number.value.digits > 240)
        return false;
    *out = (clock_time){(int32_t)(number.value.digits / 10), 30, -1, false, i + len};
    return true;
}

static bool put_clock(tt_when_reader *r, const clock_time *clock)
{
    tt_when *when = tt__when_claim(r, TT_SAID_CLOCK);
    if (when == NULL)
        return false;
    when->hour = (int8_t)clock->hour;
    when->minute = (int8_t)(clock->minute < 0 ? 0 : clock->minute);
    when->second = (int8_t)(clock->second < 0 ? 0 : clock->second);
    when->seconds_shown = clock->seconds_shown;
    r->at = clock->end;
    return true;
}

/* 16-19 giờ, 6 đến 9h: the first number has no word of its own */
static bool read_hours(tt_when_reader *r)
{
    clock_time last;
    const tt_lex *lex = r->lex;
    size_t i = r->at;
    bool joined = tt__lex_mark(lex, i + 1, '-') || tt__lex_word(lex, i + 1, TT_W_DEN);
    if (!joined || r->out->range || !number_is(lex, i, 2, 25) || !read_hour(&last, lex, i + 2))
        return false;
    clock_time first = {(int32_t)lex->at[i].number, -1, -1, false, i + 1};
    if (!put_clock(r, &first) || r->out->range)
        return false;
    r->out->range = true;
    r->when = &r->out->last;
    return put_clock(r, &last);
}

bool tt__when_clock(tt_when_reader *r)
{
    clock_time clock;
    uint8_t kind = r->lex->at[r->at].kind;
    if (kind == TT_LEX_NUMBER && (read_colon(&clock, r->lex, r->at)))
        return put_clock(r, &clock);
    if (read_hours(r))
        return true;
    return (read_hour(&clock, r->lex, r->at) || read_half_past(&clock, r->lex, r->at)) && put_clock(r, &clock);
}

/* Longest row wins. */
enum { PART_WORDS = 4 };
static const uint16_t PARTS[][PART_WORDS] = {
    {TT_W_SANG},
    {TT_W_SANG, TT_W_SOM},
    {TT_W_SANG, TT_W_RA},
    {TT_W_RANG, TT_W_SANG},
    {TT_W_RANG, TT_W_DONG},
    {TT_W_MO, TT_W_SANG},
    {TT_W_MO, TT_W_MO, TT_W_SANG},
    {TT_W_MO, TT_W_MO},
    {TT_W_BINH, TT_W_MINH},
    {TT_W_SOM, TT_W_SANG},
    {TT_W_TRUA},
    {TT_W_GIUA, TT_W_TRUA},
    {TT_W_TRUA, TT_W_CHIEU},
    {TT_W_CHIEU},
    {TT_W_XE, TT_W_CHIEU},
    {TT_W_CUOI, TT_W_CHIEU},
    {TT_W_DAU, TT_W_GIO, TT_W_CHIEU},
    {TT_W_CHIEU, TT_W_MUON},
    {TT_W_CHIEU, TT_W_TOI},
    {TT_W_HOANG, TT_W_HOANG},
    {TT_W_TOI},
    {TT_W_CHAP4, TT_W_TOI},
    {TT_W_TOI, TT_W_MUON},
    {TT_W_CUOI, TT_W_NGAY},
    {TT_W_DEM},
    {TT_W_DEM, TT_W_KHUYA},
    {TT_W_KHUYA},
    {TT_W_NUA4, TT_W_DEM},
    {TT_W_GIUA, TT_W_DEM},
    {TT_W_TOI, TT_W_DEM},
    {TT_W_BAN, TT_W_NGAY},
    {TT_W_BAN, TT_W_DEM},
    {TT_W_BAN, TT_W_SANG},
    {TT_W_BAN, TT_W_TRUA},
    {TT_W_BAN, TT_W_CHIEU},
    {TT_W_BAN, TT_W_TOI},
    {TT_W_BUOI, TT_W_SANG},
    {TT_W_BUOI, TT_W_TRUA},
    {TT_W_BUOI, TT_W_CHIEU},
    {TT_W_BUOI, TT_W_TOI},
    {TT_W_BUOI, TT_W_DEM},
    {TT_W_SA},
    {TT_W_CH},
    {TT_W_AM_PM_A},
    {TT_W_AM_PM_P},
};

/* The part that a row of words names. */
static tt_part part_of(const tt_lex *lex, size_t last)
{
    switch (lex->at[last].word) {
    case TT_W_TRUA: return TT_PART_MI;
    case TT_W_CHIEU:
    case TT_W_CH:
    case TT_W_AM_PM_P: return TT_PART_AF;
    case TT_W_TOI:
    case TT_W_HOANG: return TT_PART_EV;
    case TT_W_DEM:
    case TT_W_KHUYA: return TT_PART_NI;
    case TT_W_NGAY: return tt__lex_word(lex, last - 1, TT_W_BAN) ? TT_PART_DT : TT_PART_EV;
    case TT_W_MUON: return tt__lex_word(lex, last - 1, TT_W_TOI) ? TT_PART_EV : TT_PART_AF;
    default: return TT_PART_MO;
    }
}

bool tt__when_part(tt_when_reader *r)
{
    size_t len;
    bool of_period = tt__lex_word(r->lex, r->at, TT_W_CUOI) && (r->out->first.said & TT_SAID_DAY) != 0;
    if (of_period || tt__lex_longest(&len, r->lex, r->at, PARTS[0], TT_COUNT(PARTS), PART_WORDS) < 0)
        return false;
    tt_when *when = tt__when_claim(r, TT_SAID_PART);
    if (when == NULL)
        return false;
    when->part = (uint8_t)part_of(r->lex, r->at + len - 1);
    r->at += len;
    return true;
}
