/* date_numbers.c - dates in figures. What a row of numbers means is told by their digits and by the marks between: a day and
 * its month have the same mark as the year after them, the ends of a range another one (8-10/9/2021).
 */
#include "value/when.h"

/* Numbers in a row, each with the mark before it. */
typedef struct {
    int32_t value[4];
    uint8_t digits[4];
    uint32_t mark[4]; /* mark[0] is not used */
    size_t count;
} row;

static bool separates(const tt_lex *lex, size_t i)
{
    const tt_lex_token *mark = &lex->at[i], *next = &lex->at[i + 1];
    if (mark->kind != TT_LEX_MARK || next->kind != TT_LEX_NUMBER || next->digits > 4)
        return false;
    return mark->mark == '/' || ((mark->mark == '-' || mark->mark == '.') && !mark->spaced && !next->spaced);
}

static bool is_dash(const tt_lex *lex, size_t i)
{
    return tt__lex_mark(lex, i, '-') && lex->at[i + 1].kind == TT_LEX_NUMBER;
}

/* 17 - 3 - 2004, 17 - 3: numbers at i that spaced dashes join to one date, 0 where they join none. Without a year it must be
 * all that is said of the month, for 7 - 8 tháng 3 is two days. */
static size_t spaced_date(const tt_lex *lex, size_t i)
{
    const tt_lex_token *day = &lex->at[i], *month = &lex->at[i + 2], *after = &lex->at[i + 3];
    bool lunar = i > 0 && tt__lex_word(lex, i - 1, TT_W_MUNG);
    if (!is_dash(lex, i + 1) || lunar || day->digits > 2 || day->number < 1 || day->number > 31 || month->digits > 2 ||
        month->number < 1 || month->number > 12)
        return 0;
    if (is_dash(lex, i + 3))
        return lex->at[i + 4].digits == 4 || (lex->at[i + 4].digits == 2 && lex->at[i + 5].kind == TT_LEX_END) ? 3 : 0;
    bool ends = after->kind == TT_LEX_END || tt__lex_mark(lex, i + 3, ',') || tt__lex_mark(lex, i + 3, ')') ||
                tt__lex_word(lex, i + 3, TT_W_DEN) || tt__lex_word(lex, i + 3, TT_W_NAM);
    return ends ? 2 : 0;
}

static void read_row(row *out, const tt_lex *lex, size_t i)
{
    size_t joined = spaced_date(lex, i);
    out->count = 0;
    for (;;) {
        out->mark[out->count] = out->count > 0 ? lex->at[i - 1].mark : 0;
        out->value[out->count] = (int32_t)lex->at[i].number;
        out->digits[out->count++] = lex->at[i].digits;
        if (out->count == 4 || (out->count >= joined && !separates(lex, i + 1)))
            return;
        i += 2;
    }
}

static tt_field exactly(int32_t value)
{
    return (tt_field){TT_FROM_ZERO, value};
}

static int32_t whole_year(int32_t year, uint8_t digits)
{
    return digits > 2 ? year : year < 50 ? 2000 + year : 1900 + year;
}

static bool is_day(const row *n, size_t i)
{
    return n->digits[i] <= 2 && n->value[i] >= 1 && n->value[i] <= 31;
}

static bool is_month(const row *n, size_t i)
{
    return n->digits[i] <= 2 && n->value[i] >= 1 && n->value[i] <= 12;
}

static bool is_year(const row *n, size_t i)
{
    return n->digits[i] == 4 || n->digits[i] == 2;
}

/* Day, month and perhaps year, from number `i` of the row on; numbers taken, 0 where they are no date. */
static size_t put_date(tt_when_reader *r, const row *n, size_t i)
{
    if (i + 1 >= n->count || !is_day(n, i) || !is_month(n, i + 1))
        return 0;
    bool year = i + 2 < n->count && is_year(n, i + 2) && (n->mark[i + 2] == n->mark[i + 1] || n->digits[i + 2] == 4);
    tt_when *when = tt__when_claim(r, TT_SAID_DAY | TT_SAID_MONTH | (year ? (uint32_t)TT_SAID_YEAR : 0));
    if (when == NULL)
        return 0;
    when->day = exactly(n->value[i]);
    when->month = exactly(n->value[i + 1]);
    if (year)
        when->year = exactly(whole_year(n->value[i + 2], n->digits[i + 2]));
    return year ? 3 : 2;
}

/* 2021-09-08, 2024/25, 2021-2030 (the first number), 1945 */
static size_t put_year_first(tt_when_reader *r, const row *n)
{
    bool pair = n->count >= 2 && n->digits[1] == 2;
    bool iso = n->count >= 3 && is_month(n, 1) && is_day(n, 2) && n->mark[1] == n->mark[2];
    bool season = pair && !iso && (n->value[0] + 1) % 100 == n->value[1];
    bool month = pair && !iso && !season && n->mark[1] == '-' && is_month(n, 1);
    uint32_t bits = iso ? TT_SAID_YEAR | TT_SAID_MONTH | TT_SAID_DAY : month ? TT_SAID_YEAR | TT_SAID_MONTH : TT_SAID_YEAR;
    if (season && r->out->range)
        return 0;
    tt_when *when = tt__when_claim(r, bits);
    if (when == NULL)
        return 0;
    when->year = exactly(n->value[0]);
    if (iso || month)
        when->month = exactly(n->value[1]);
    if (iso)
        when->day = exactly(n->value[2]);
    if (season) {
        r->out->range = true;
        r->when = &r->out->last;
        r->when->said = TT_SAID_YEAR;
        r->when->year = exactly(n->value[0] + 1);
    }
    return iso ? 3 : season || month ? 2 : 1;
}

/* 8-10/9, 28-30: two days of a month */
static size_t put_days(tt_when_reader *r, const row *n)
{
    if (n->count < 2 || n->mark[1] != '-' || !is_day(n, 0) || !is_day(n, 1) || r->out->range)
        return 0;
    bool dated = n->count >= 3 && n->mark[2] != '-' && n->digits[2] <= 2 && is_month(n, 2);
    if (!dated && (is_month(n, 1) || n->count > 2))
        return 0;
    if (tt__when_claim(r, TT_SAID_DAY) == NULL || r->out->range)
        return 0;
    r->when->day = exactly(n->value[0]);
    r->out->range = true;
    r->when = &r->out->last;
    if (dated)
        return 1 + put_date(r, n, 1);
    r->when->said |= TT_SAID_DAY;
    r->when->day = exactly(n->value[1]);
    return 2;
}

/* 9/2021 */
static size_t put_month_year(tt_when_reader *r, const row *n)
{
    if (n->count < 2 || !is_month(n, 0) || n->digits[1] != 4)
        return 0;
    tt_when *when = tt__when_claim(r, TT_SAID_MONTH | TT_SAID_YEAR);
    if (when == NULL)
        return 0;
    when->month = exactly(n->value[0]);
    when->year = exactly(n->value[1]);
    return 2;
}

/* The number alone: a day, or a year of three digits. A count, as before "giờ", is none. */
static size_t put_alone(tt_when_reader *r, const row *n)
{
    bool year = n->digits[0] == 3;
    if (n->count != 1 && n->mark[1] != '-')
        return 0;
    if (!year && !is_day(n, 0))
        return 0;
    tt_when *when = tt__when_claim(r, year ? TT_SAID_YEAR : TT_SAID_DAY);
    if (when == NULL)
        return 0;
    *(year ? &when->year : &when->day) = exactly(n->value[0]);
    return 1;
}

bool tt__when_number(tt_when_reader *r)
{
    row n;
    size_t taken = 0;
    if (r->lex->at[r->at].kind != TT_LEX_NUMBER || r->lex->at[r->at].digits > 4)
        return false;
    read_row(&n, r->lex, r->at);
    if (n.digits[0] == 4) {
        taken = put_year_first(r, &n);
    } else {
        taken = put_days(r, &n);
        if (taken == 0)
            taken = put_date(r, &n, 0);
        if (taken == 0)
            taken = put_month_year(r, &n);
        if (taken == 0)
            taken = put_alone(r, &n);
    }
    r->at += taken == 0 ? 0 : 2 * taken - 1;
    if (taken == 3 && tt__lex_word(r->lex, r->at, TT_W_T) && r->lex->at[r->at + 1].kind == TT_LEX_NUMBER) /* 2021-09-08T15:30 */
        r->at++;
    return taken != 0;
}
