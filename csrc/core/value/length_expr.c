/* length_expr.c - lengths of time: numbers with units, one after the other, perhaps two of them as a range. Halves are written
 * in the next smaller unit where they come out whole (một giờ rưỡi is PT1H30M), nights as days, centuries as years.
 */
#include "value/values_impl.h"

#define YEAR_SECONDS 31556952 /* 365.2425 days */

enum { NAME_WORDS = 4 };
static const uint16_t NAMES[][NAME_WORDS] = {
    {TT_W_THE, TT_W_KY},
    {TT_W_THAP, TT_W_KY},
    {TT_W_THAP, TT_W_NIEN},
    {TT_W_NAM},
    {TT_W_NAM, TT_W_HOC},
    {TT_W_QUY},
    {TT_W_THANG},
    {TT_W_TUAN},
    {TT_W_TUAN, TT_W_LE},
    {TT_W_NGAY},
    {TT_W_NGAY, TT_W_DEM},
    {TT_W_HOM},
    {TT_W_BUA},
    {TT_W_DEM},
    {TT_W_GIO},
    {TT_W_GIO, TT_W_DONG2, TT_W_HO},
    {TT_W_TIENG},
    {TT_W_TIENG, TT_W_DONG2, TT_W_HO},
    {TT_W_H},
    {TT_W_PHUT},
    {TT_W_GIAY},
    {TT_W_S},
};
static const uint8_t NAMED[] = {
    TT_UNIT_CENTURY, TT_UNIT_DECADE, TT_UNIT_DECADE, TT_UNIT_YEAR,   TT_UNIT_YEAR, TT_UNIT_QUARTER,
    TT_UNIT_MONTH,   TT_UNIT_WEEK,   TT_UNIT_WEEK,   TT_UNIT_DAY,    TT_UNIT_DAY,  TT_UNIT_DAY,
    TT_UNIT_DAY,     TT_UNIT_NIGHT,  TT_UNIT_HOUR,   TT_UNIT_HOUR,   TT_UNIT_HOUR, TT_UNIT_HOUR,
    TT_UNIT_HOUR,    TT_UNIT_MINUTE, TT_UNIT_SECOND, TT_UNIT_SECOND,
};
_Static_assert(TT_COUNT(NAMES) == TT_COUNT(NAMED), "a unit for each name");

/* ORDER UNIT */
static const struct {
    int64_t seconds;
    uint8_t written; /* the unit it is written in, and how many of those it has */
    uint8_t times;
    uint8_t half; /* unit and number of its half; 0 where that is written as .5 */
    uint8_t half_times;
    char letter;
} UNITS[TT_UNITS] = {
    [TT_UNIT_CENTURY] = {YEAR_SECONDS * INT64_C(100), TT_UNIT_YEAR, 100, 0, 0, 'Y'},
    [TT_UNIT_DECADE] = {YEAR_SECONDS * INT64_C(10), TT_UNIT_YEAR, 10, 0, 0, 'Y'},
    [TT_UNIT_YEAR] = {YEAR_SECONDS, TT_UNIT_YEAR, 1, TT_UNIT_MONTH, 6, 'Y'},
    [TT_UNIT_QUARTER] = {YEAR_SECONDS / 4, TT_UNIT_MONTH, 3, 0, 0, 'M'},
    [TT_UNIT_MONTH] = {YEAR_SECONDS / 12, TT_UNIT_MONTH, 1, TT_UNIT_DAY, 15, 'M'},
    [TT_UNIT_WEEK] = {604800, TT_UNIT_WEEK, 1, 0, 0, 'W'},
    [TT_UNIT_DAY] = {86400, TT_UNIT_DAY, 1, 0, 0, 'D'},
    [TT_UNIT_NIGHT] = {86400, TT_UNIT_DAY, 1, 0, 0, 'D'},
    [TT_UNIT_HOUR] = {3600, TT_UNIT_HOUR, 1, TT_UNIT_MINUTE, 30, 'H'},
    [TT_UNIT_MINUTE] = {60, TT_UNIT_MINUTE, 1, TT_UNIT_SECOND, 30, 'M'},
    [TT_UNIT_SECOND] = {1, TT_UNIT_SECOND, 1, 0, 0, 'S'},
};

typedef struct {
    tt_decimal parts[TT_UNITS];
    uint32_t unknown[TT_UNITS];
    bool said[TT_UNITS];
    tt_unit last;
    bool any;
} length;

tt_unit tt__unit_at(size_t *len, const tt_lex *lex, size_t i)
{
    int name = tt__lex_longest(len, lex, i, NAMES[0], TT_COUNT(NAMES), NAME_WORDS);
    return name < 0 ? TT_UNIT_NONE : (tt_unit)NAMED[name];
}

int64_t tt__unit_seconds(tt_unit unit)
{
    return UNITS[unit].seconds;
}

static void add_part(length *l, tt_unit unit, tt_decimal number, uint32_t unknown)
{
    l->parts[unit] = l->said[unit] ? tt__decimal_add(l->parts[unit], number) : number;
    l->unknown[unit] = unknown;
    l->said[unit] = l->any = true;
}

/* A number of units; a night after days is part of them. */
static void add_units(length *l, tt_unit unit, const tt_number *number, bool half_word)
{
    tt_decimal whole = tt__decimal_trim(number->value);
    bool half = half_word && whole.scale == 1 && whole.digits % 10 == 5 && UNITS[unit].half != 0;
    l->last = unit;
    if (unit == TT_UNIT_NIGHT && l->said[TT_UNIT_DAY])
        return;
    if (unit == TT_UNIT_DAY && half_word && whole.digits == 5 && whole.scale == 1) { /* nửa ngày */
        add_part(l, TT_UNIT_HOUR, tt__decimal(12), 0);
        return;
    }
    if (half && whole.digits == 5) {
        add_part(l, UNITS[unit].half, tt__decimal(UNITS[unit].half_times), 0);
        return;
    }
    if (half && unit != TT_UNIT_MONTH) {
        add_part(l, UNITS[unit].half, tt__decimal(UNITS[unit].half_times), 0);
        whole = tt__decimal(whole.digits / 10);
    }
    add_part(l, UNITS[unit].written, tt__decimal_trim(tt__decimal_times(whole, UNITS[unit].times)), number->unknown);
}

/* A number without a unit after a part counts the next smaller one; after seconds it is their fraction. */
static bool add_rest(length *l, const tt_lex *lex, size_t i)
{
    tt_decimal number = tt__decimal(lex->at[i].number);
    if (lex->at[i].kind != TT_LEX_NUMBER || lex->at[i].digits > 3)
        return false;
    if (l->last == TT_UNIT_HOUR && number.digits < 60)
        add_part(l, TT_UNIT_MINUTE, number, 0);
    else if (l->last == TT_UNIT_MINUTE && number.digits < 60)
        add_part(l, TT_UNIT_SECOND, number, 0);
    else if (l->last == TT_UNIT_SECOND)
        add_part(l, TT_UNIT_SECOND, tt__decimal_trim(tt__decimal_down(number, lex->at[i].digits)), 0);
    else
        return false;
    return true;
}

static bool one_of(const tt_lex_token *token, const uint16_t *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (token->kind == TT_LEX_WORD && token->word == words[i])
            return true;
    return false;
}

/* Hedges and words of place in time around a length: khoảng, hơn, gần, chưa đầy; qua, nay, tới, đầu, làm việc. */
static bool is_around(const tt_lex_token *token)
{
    static const uint16_t WORDS[] = {
        TT_W_KHOANG, TT_W_GAN,   TT_W_HON, TT_W_CHUNG, TT_W_TREN, TT_W_DUOI,  TT_W_CHUA, TT_W_DAY,  TT_W_DEN,
        TT_W_TOI4,   TT_W_TRON,  TT_W_CA,  TT_W_HANG,  TT_W_THEM, TT_W_TRONG, TT_W_SUOT, TT_W_TU2,  TT_W_IT,
        TT_W_NHAT,   TT_W_TOI,   TT_W_DA,  TT_W_NHUNG, TT_W_QUA,  TT_W_NAY,   TT_W_NAY1, TT_W_DAU,  TT_W_TIEN,
        TT_W_CUOI,   TT_W_TRUOC, TT_W_SAU, TT_W_NUA,   TT_W_LAM1, TT_W_VIEC,  TT_W_LIEN, TT_W_TIEP, TT_W_KE,
        TT_W_THEO,   TT_W_DO,    TT_W_VUA, TT_W_ROI,   TT_W_KIA,  TT_W_KY,    TT_W_DEM,  TT_W_NGAY,
    };
    return one_of(token, WORDS, TT_COUNT(WORDS)) || (token->kind == TT_LEX_MARK && (token->mark == ',' || token->mark == '"'));
}

/* A unit without a number: one after "cả" (cả năm is no five), unknown after "hàng". Tokens of the unit; 0 where it has none.
 */
static size_t read_unit_alone(length *l, const tt_lex *lex, size_t i)
{
    bool all = i > 0 && tt__lex_word(lex, i - 1, TT_W_CA), some = i > 0 && tt__lex_word(lex, i - 1, TT_W_HANG);
    size_t len = 0;
    tt_number number = {tt__decimal(all ? 1 : 0), all ? 0 : 1, 0, true};
    tt_unit unit = all || some ? tt__unit_at(&len, lex, i) : TT_UNIT_NONE;
    if (unit == TT_UNIT_NONE)
        return 0;
    add_units(l, unit, &number, false);
    return len;
}

/* A number and its unit at `i`. */
static size_t read_units(length *l, const tt_lex *lex, size_t i)
{
    tt_number number;
    size_t unit_len, len = tt__number_at(&number, lex, i);
    if (len == 1 && tt__lex_mark(lex, i + 1, '/') && lex->at[i + 2].kind == TT_LEX_NUMBER) /* 24/24 giờ */
        len = 3;
    tt_unit unit = len != 0 ? tt__unit_at(&unit_len, lex, i + len) : TT_UNIT_NONE;
    if (unit == TT_UNIT_NONE)
        return read_unit_alone(l, lex, i);
    bool half = number.in_words || (len > 1 && tt__lex_word(lex, i + len - 1, TT_W_RUOI));
    if (tt__lex_word(lex, i + len + unit_len, TT_W_RUOI)) { /* một giờ rưỡi */
        number.value = tt__decimal_add(number.value, (tt_decimal){5, 1, true});
        half = true;
        unit_len++;
    }
    add_units(l, unit, &number, half);
    return len + unit_len;
}

/* 1-2, bốn đến năm before a unit: the first number, which has the unit of the second */
static size_t read_first_number(length *first, const tt_lex *lex, size_t i)
{
    tt_number low, high;
    size_t unit_len, len = tt__number_at(&low, lex, i);
    bool joined =
        tt__lex_mark(lex, i + len, '-') || tt__lex_word(lex, i + len, TT_W_DEN) || tt__lex_word(lex, i + len, TT_W_TOI4);
    size_t more = len != 0 && joined ? tt__number_at(&high, lex, i + len + 1) : 0;
    tt_unit unit = more != 0 ? tt__unit_at(&unit_len, lex, i + len + 1 + more) : TT_UNIT_NONE;
    if (unit == TT_UNIT_NONE)
        return 0;
    add_units(first, unit, &low, false);
    return len;
}

static bool read_lengths(length ends[2], bool *range, const tt_lex *lex)
{
    size_t i = 0, end = 0, len;
    *range = false;
    while (i < lex->len) {
        bool join = tt__lex_mark(lex, i, '-') || tt__lex_word(lex, i, TT_W_DEN) || tt__lex_word(lex, i, TT_W_TOI4);
        if (end == 0 && join && ends[0].any && i + 1 < lex->len) {
            end = 1;
            i++;
        } else if (end == 0 && !ends[0].any && (len = read_first_number(&ends[0], lex, i)) != 0) {
            i += len;
        } else if ((len = read_units(&ends[end], lex, i)) != 0) {
            i += len;
        } else if (ends[end].any && add_rest(&ends[end], lex, i)) {
            i++;
        } else if (is_around(&lex->at[i])) {
            i++;
        } else {
            return false;
        }
    }
    *range = end == 1 && ends[1].any;
    return ends[0].any;
}

/* The digits with X for the last `unknown` ones. */
static void put_number(tt_value_writer *w, tt_decimal number, uint32_t unknown)
{
    char digits[40];
    size_t len = tt_decimal_write(digits, tt__decimal_trim(number));
    if (number.digits == 0 && unknown > 0)
        len = 0;
    tt__value_put(w, "%.*s", (int)(len > unknown ? len - unknown : 0), digits);
    for (uint32_t i = 0; i < unknown && !w->full; i++)
        tt__value_put(w, "X");
}

static void put_length(tt_value_writer *w, const length *l)
{
    static const uint8_t DATES[] = {TT_UNIT_YEAR, TT_UNIT_MONTH, TT_UNIT_WEEK, TT_UNIT_DAY};
    bool clock = false;
    tt__value_put(w, "P");
    for (size_t i = 0; i < TT_COUNT(DATES); i++)
        if (l->said[DATES[i]]) {
            put_number(w, l->parts[DATES[i]], l->unknown[DATES[i]]);
            tt__value_put(w, "%c", UNITS[DATES[i]].letter);
        }
    for (unsigned unit = TT_UNIT_HOUR; unit <= TT_UNIT_SECOND; unit++)
        if (l->said[unit]) {
            tt__value_put(w, clock ? "" : "T");
            clock = true;
            put_number(w, l->parts[unit], l->unknown[unit]);
            tt__value_put(w, "%c", UNITS[unit].letter);
        }
}

static tt_decimal seconds_of(const length *l)
{
    tt_decimal sum = tt__decimal(0);
    for (unsigned unit = 1; unit < TT_UNITS; unit++) {
        if (l->said[unit])
            sum = tt__decimal_add(sum, tt__decimal_times(l->parts[unit], UNITS[unit].seconds));
        sum.known = sum.known && (!l->said[unit] || l->unknown[unit] == 0);
    }
    return tt__decimal_trim(sum);
}

bool tt__length_value(tt_value *out, const tt_lex *lex)
{
    length ends[2] = {{.any = false}, {.any = false}};
    bool range;
    if (!read_lengths(ends, &range, lex))
        return false;
    tt_value_writer w = tt__value_writer(out);
    put_length(&w, &ends[0]);
    if (range) {
        tt__value_put(&w, "/");
        put_length(&w, &ends[1]);
    }
    out->seconds = seconds_of(&ends[0]);
    return !w.full;
}
