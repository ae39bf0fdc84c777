/* relative_expr.c - expressions that count from another day: hôm qua, tháng tới, ba ngày sau, 6 tháng đầu năm. */
#include "value/when.h"

/* Words after a period, and where they point: the longest row wins. */
enum { WHICH_WORDS = 4 };
static const uint16_t WHICH[][WHICH_WORDS] = {
    {TT_W_NAY1},
    {TT_W_NAY},
    {TT_W_QUA},
    {TT_W_ROI},
    {TT_W_VUA, TT_W_QUA},
    {TT_W_VUA, TT_W_ROI},
    {TT_W_NGOAI},
    {TT_W_TRUOC},
    {TT_W_SAU},
    {TT_W_TOI4},
    {TT_W_SAP, TT_W_TOI4},
    {TT_W_KIA},
    {TT_W_DO},
    {TT_W_AY},
    {TT_W_TRUOC, TT_W_DO},
    {TT_W_SAU, TT_W_DO},
    {TT_W_VUA, TT_W_KET, TT_W_THUC},
    {TT_W_NAO},
    {TT_W_TIEP, TT_W_THEO},
    {TT_W_KE, TT_W_TIEP},
};
static const tt_field POINTS[] = {
    {TT_FROM_PAGE, 0},  {TT_FROM_PAGE, 0},  {TT_FROM_PAGE, -1},   {TT_FROM_PAGE, -1},  {TT_FROM_PAGE, -1},
    {TT_FROM_PAGE, -1}, {TT_FROM_PAGE, -1}, {TT_FROM_EITHER, -1}, {TT_FROM_EITHER, 1}, {TT_FROM_PAGE, 1},
    {TT_FROM_PAGE, 1},  {TT_FROM_PAGE, -2}, {TT_FROM_NEAR, 0},    {TT_FROM_NEAR, 0},   {TT_FROM_NEAR, -1},
    {TT_FROM_NEAR, 1},  {TT_FROM_PAGE, -1}, {TT_FROM_PAGE, -1},   {TT_FROM_EITHER, 1}, {TT_FROM_EITHER, 1},
};
_Static_assert(TT_COUNT(WHICH) == TT_COUNT(POINTS), "a point for each row");

size_t tt__which_at(tt_field *out, const tt_lex *lex, size_t i)
{
    size_t len;
    int row = tt__lex_longest(&len, lex, i, WHICH[0], TT_COUNT(WHICH), WHICH_WORDS);
    if (row >= 0)
        *out = POINTS[row];
    return len;
}

/* Days that have a name of their own by where they lie. */
enum { DAY_WORDS = 4 };
static const uint16_t DAYS[][DAY_WORDS] = {
    {TT_W_HOM, TT_W_NAY1},
    {TT_W_NGAY, TT_W_NAY1},
    {TT_W_HOM, TT_W_QUA},
    {TT_W_NGAY, TT_W_QUA},
    {TT_W_NGAY, TT_W_MAI},
    {TT_W_MAI},
    {TT_W_HOM, TT_W_KIA},
    {TT_W_HOM, TT_W_KIA1},
    {TT_W_NGAY, TT_W_KIA},
    {TT_W_NGAY, TT_W_KIA1},
    {TT_W_HOM, TT_W_SAU},
    {TT_W_NGAY, TT_W_HOM, TT_W_SAU},
    {TT_W_NGAY, TT_W_SAU},
    {TT_W_HOM, TT_W_TRUOC},
    {TT_W_NGAY, TT_W_HOM, TT_W_TRUOC},
    {TT_W_NGAY, TT_W_TRUOC},
    {TT_W_NGAY, TT_W_TRUOC, TT_W_DO},
    {TT_W_HOM, TT_W_TRUOC, TT_W_DO},
    {TT_W_HOM, TT_W_DO},
    {TT_W_HOM, TT_W_AY},
    {TT_W_NGAY, TT_W_DO},
    {TT_W_NGAY, TT_W_AY},
    {TT_W_CUNG, TT_W_NGAY},
    {TT_W_NGAY, TT_W_HOM, TT_W_DO},
    {TT_W_NGAY, TT_W_HOM, TT_W_AY},
    {TT_W_NGAY, TT_W_HOM, TT_W_QUA},
    {TT_W_NGAY, TT_W_HOM, TT_W_NAY1},
    {TT_W_HOM, TT_W_NAY},
    {TT_W_NGAY, TT_W_NAY},
    {TT_W_CUNG},
    {TT_W_HOM, TT_W_MAI},
    {TT_W_NGAY, TT_W_TIEP, TT_W_THEO},
};
static const tt_field DAY_POINTS[] = {
    {TT_FROM_PAGE, 0},  {TT_FROM_PAGE, 0},  {TT_FROM_PAGE, -1}, {TT_FROM_PAGE, -1}, {TT_FROM_PAGE, 1},  {TT_FROM_PAGE, 1},
    {TT_FROM_PAGE, -2}, {TT_FROM_PAGE, -3}, {TT_FROM_PAGE, 2},  {TT_FROM_PAGE, 3},  {TT_FROM_NEAR, 1},  {TT_FROM_NEAR, 1},
    {TT_FROM_NEAR, 1},  {TT_FROM_NEAR, -1}, {TT_FROM_NEAR, -1}, {TT_FROM_NEAR, -1}, {TT_FROM_NEAR, -1}, {TT_FROM_NEAR, -1},
    {TT_FROM_NEAR, 0},  {TT_FROM_NEAR, 0},  {TT_FROM_NEAR, 0},  {TT_FROM_NEAR, 0},  {TT_FROM_NEAR, 0},  {TT_FROM_NEAR, 0},
    {TT_FROM_NEAR, 0},  {TT_FROM_PAGE, -1}, {TT_FROM_PAGE, 0},  {TT_FROM_NEAR, 0},  {TT_FROM_NEAR, 0},  {TT_FROM_NEAR, 0},
    {TT_FROM_PAGE, 1},  {TT_FROM_NEAR, 1},
};
_Static_assert(TT_COUNT(DAYS) == TT_COUNT(DAY_POINTS), "a point for each row");

static bool read_day(tt_when_reader *r)
{
    static const uint16_t YEAR[] = {TT_W_CUNG, TT_W_NAM, TT_W_NONE}, MONTH[] = {TT_W_CUNG, TT_W_THANG, TT_W_NONE};
    static const uint16_t TERM[] = {TT_W_CUNG, TT_W_KY, TT_W_NONE};
    size_t len;
    bool year = tt__lex_words(r->lex, r->at, YEAR) != 0, month = tt__lex_words(r->lex, r->at, MONTH) != 0;
    if (tt__lex_words(r->lex, r->at, TERM) != 0)
        return false;
    int row = tt__lex_longest(&len, r->lex, r->at, DAYS[0], TT_COUNT(DAYS), DAY_WORDS);
    if (row < 0)
        return false;
    tt_when *when = tt__when_claim(r, year ? TT_SAID_YEAR : month ? TT_SAID_MONTH : TT_SAID_DAY);
    if (when == NULL)
        return false;
    *(year ? &when->year : month ? &when->month : &when->day) = DAY_POINTS[row];
    r->at += len + (year || month);
    return true;
}

/* A word that says which one, after what it says it of: a part of a day (chiều nay), a weekday (thứ Hai tới), a date. */
static bool read_which(tt_when_reader *r)
{
    enum { DAYS_SAID = TT_SAID_DAY | TT_SAID_WEEKDAY | TT_SAID_MONTH | TT_SAID_YEAR | TT_SAID_SEASON | TT_SAID_QUARTER };
    tt_field which;
    size_t len = r->when->said != 0 ? tt__which_at(&which, r->lex, r->at) : 0;
    if (len == 0 || tt__lex_word(r->lex, r->at + 1, TT_W_CONG)) /* trước Công nguyên */
        return false;
    uint32_t said = r->when->said;
    if ((said & DAYS_SAID) == 0 && (said & TT_SAID_PART) != 0) {
        tt_when *when = tt__when_claim(r, TT_SAID_DAY);
        when->day = which;
    } else if ((said & TT_SAID_SEASON) != 0 && (said & TT_SAID_YEAR) == 0 && which.from == TT_FROM_EITHER) {
        r->when->said |= TT_SAID_YEAR;
        r->when->year = which;
    } else if ((said & TT_SAID_WHICH) == 0 && (said & DAYS_SAID) != 0) {
        r->when->said |= TT_SAID_WHICH;
        r->when->direction = (int8_t)(which.value < 0 ? -1 : which.value > 0);
        r->when->here = which.value == 0;
    } else {
        return false;
    }
    r->at += len;
    return true;
}

bool tt__when_which(tt_when_reader *r)
{
    return r->lex->at[r->at].kind == TT_LEX_WORD && (read_day(r) || read_which(r));
}

/* The field that steps of a unit go to; NULL for hours and less. */
static tt_field *step_field(tt_when *when, tt_unit unit)
{
    switch (unit) {
    case TT_UNIT_CENTURY:
    case TT_UNIT_DECADE:
    case TT_UNIT_YEAR: return &when->year;
    case TT_UNIT_QUARTER: return &when->quarter;
    case TT_UNIT_MONTH: return &when->month;
    case TT_UNIT_WEEK: return &when->week;
    case TT_UNIT_DAY:
    case TT_UNIT_NIGHT: return &when->day;
    default: return NULL;
    }
}

static uint32_t step_bit(tt_unit unit)
{
    static const uint32_t BITS[] = {
        [TT_UNIT_CENTURY] = TT_SAID_YEAR,    [TT_UNIT_DECADE] = TT_SAID_YEAR, [TT_UNIT_YEAR] = TT_SAID_YEAR,
        [TT_UNIT_QUARTER] = TT_SAID_QUARTER, [TT_UNIT_MONTH] = TT_SAID_MONTH, [TT_UNIT_WEEK] = TT_SAID_WEEK,
        [TT_UNIT_DAY] = TT_SAID_DAY,         [TT_UNIT_NIGHT] = TT_SAID_DAY,   [TT_UNITS - 1] = 0};
    return unit < TT_UNIT_HOUR ? BITS[unit] : TT_SAID_CLOCK;
}

/* So many units from `from`, before it for a negative number. */
static bool put_steps(tt_when_reader *r, const tt_number *number, tt_unit unit, tt_from from, int sign)
{
    enum { MOST = 100000000, MOST_DATES = 1000000 }; /* with years the text alone counts: 66 triệu năm trước */
    int64_t each = unit == TT_UNIT_CENTURY  ? 100
                   : unit == TT_UNIT_DECADE ? 10
                   : unit < TT_UNIT_HOUR    ? 1
                                            : tt__unit_seconds(unit);
    int64_t most = unit > TT_UNIT_YEAR && unit < TT_UNIT_HOUR ? MOST_DATES : MOST;
    tt_decimal steps = tt__decimal_trim(tt__decimal_times(number->value, each));
    if (!steps.known || steps.scale != 0 || steps.digits > most || number->unknown != 0)
        return false;
    tt_when *when = tt__when_claim(r, step_bit(unit));
    if (when == NULL)
        return false;
    tt_field *field = step_field(when, unit);
    *(field != NULL ? field : &when->seconds) = (tt_field){(uint8_t)from, sign * (int32_t)steps.digits};
    return true;
}

/* Tokens after a counted unit that say from where it counts, and which way. */
static size_t direction_at(tt_from *from, int *sign, const tt_lex *lex, size_t i)
{
    static const uint16_t NAMES[][4] = {
        {TT_W_TRUOC}, {TT_W_TRUOC, TT_W_DO}, {TT_W_TRUOC, TT_W_DAY1}, {TT_W_NUA}, {TT_W_SAU}, {TT_W_SAU, TT_W_DO}, {TT_W_TOI4}};
    static const uint8_t FROM[] = {TT_FROM_PAGE, TT_FROM_NEAR, TT_FROM_PAGE, TT_FROM_PAGE,
                                   TT_FROM_NEAR, TT_FROM_NEAR, TT_FROM_PAGE};
    static const int8_t SIGN[] = {-1, -1, -1, 1, 1, 1, 1};
    size_t len;
    int row = tt__lex_longest(&len, lex, i, NAMES[0], TT_COUNT(NAMES), 4);
    if (row < 0 || lex->at[i + len].kind == TT_LEX_NUMBER) /* 19h tới 22h */
        return 0;
    *from = (tt_from)FROM[row];
    *sign = SIGN[row];
    return len;
}

/* trước đó một ngày, sau đó hai tuần */
static bool read_before_count(tt_when_reader *r)
{
    static const uint16_t NAMES[][3] = {{TT_W_TRUOC, TT_W_DO}, {TT_W_SAU, TT_W_DO}};
    size_t len, unit_len;
    tt_number number;
    int row = tt__lex_longest(&len, r->lex, r->at, NAMES[0], 2, 3);
    size_t more = row >= 0 ? tt__number_at(&number, r->lex, r->at + len) : 0;
    tt_unit unit = more != 0 ? tt__unit_at(&unit_len, r->lex, r->at + len + more) : TT_UNIT_NONE;
    if (unit == TT_UNIT_NONE || !put_steps(r, &number, unit, TT_FROM_NEAR, row == 0 ? -1 : 1))
        return false;
    r->at += len + more + unit_len;
    return true;
}

/* The count before a list of what is counted: hai ngày 14 và 15/11, ba năm 2016-2018. */
static bool counts_list(const tt_lex *lex, size_t i, tt_unit unit)
{
    bool unit_of_list = unit == TT_UNIT_DAY || unit == TT_UNIT_YEAR;
    return unit_of_list && lex->at[i].kind == TT_LEX_NUMBER;
}

/* 6 tháng đầu (năm), hai quý cuối (năm), 8 tháng (năm 2025), 10 ngày đầu (tháng 7), ba ngày (Tết), 9T (/2022) */
static bool read_slice(tt_when_reader *r, const tt_number *number, tt_unit unit, size_t i)
{
    const tt_lex *lex = r->lex;
    bool first = tt__lex_word(lex, i, TT_W_DAU), last = tt__lex_word(lex, i, TT_W_CUOI), tet = tt__lex_word(lex, i, TT_W_TET);
    enum { MOST = 400 }; /* more days than any period that is cut has */
    bool of_year = unit == TT_UNIT_MONTH && (tt__lex_word(lex, i, TT_W_NAM) || tt__lex_mark(lex, i, '/'));
    bool periods = unit == TT_UNIT_MONTH || unit == TT_UNIT_DAY || unit == TT_UNIT_QUARTER || unit == TT_UNIT_WEEK;
    if ((!first && !last && !tet && !of_year) || !periods || number->unknown != 0 || !tt__decimal_whole(number->value))
        return false;
    int64_t count = tt__decimal_trim(number->value).digits;
    if (count > MOST || ((first || last) && lex->at[i + 1].kind == TT_LEX_END))
        return false;
    tt_when *when = tt__when_claim(r, TT_SAID_SLICE);
    if (when == NULL)
        return false;
    when->slice = (uint32_t)count;
    when->slice_unit = (uint8_t)unit;
    when->slice_last = last;
    r->at = i + (first || last);
    return true;
}

bool tt__when_count(tt_when_reader *r)
{
    tt_number number;
    tt_from from = TT_FROM_PAGE;
    int sign = 1;
    size_t unit_len, len = r->lex->at[r->at].kind == TT_LEX_END ? 0 : tt__number_at(&number, r->lex, r->at), i = r->at + len;
    if (len == 0)
        return read_before_count(r);
    tt_unit unit = tt__unit_at(&unit_len, r->lex, i);
    if (tt__lex_word(r->lex, i, TT_W_T) && !r->lex->at[i].spaced) { /* 9T/2022 */
        unit = TT_UNIT_MONTH;
        unit_len = 1;
    }
    if (unit == TT_UNIT_NONE || number.value.digits == 0)
        return false;
    size_t more = direction_at(&from, &sign, r->lex, i + unit_len);
    if (more != 0) {
        if (!put_steps(r, &number, unit, from, sign))
            return false;
        r->at = i + unit_len + more;
        return true;
    }
    if (read_slice(r, &number, unit, i + unit_len))
        return true;
    if (!counts_list(r->lex, i + unit_len, unit))
        return false;
    r->at = i + unit_len;
    return true;
}
