/* date_expr.c - months, quarters, years, decades, centuries, weeks, seasons, and the beginning, middle and end of each. */
#include "value/when.h"

static tt_field exactly(int32_t value)
{
    return (tt_field){TT_FROM_ZERO, value};
}

/* The word after a named period, as in "thứ Hai tới", is not its number but a direction; see relative_expr.c. */
static bool put(tt_when_reader *r, uint32_t bit, size_t field_offset, tt_field value, size_t len)
{
    tt_when *when = tt__when_claim(r, bit);
    if (when == NULL)
        return false;
    *(tt_field *)((char *)when + field_offset) = value;
    r->at += len;
    return true;
}
#define PUT(r, bit, field, value, len) put(r, bit, offsetof(tt_when, field), value, len)

/* A year in figures, or a year's last two digits in words: bảy hai, chín mươi. */
static size_t year_at(int32_t *out, const tt_lex *lex, size_t i)
{
    uint32_t number = 0;
    const tt_lex_token *token = &lex->at[i];
    if (token->kind == TT_LEX_NUMBER) {
        bool group = tt__lex_mark(lex, i + 1, ',') && lex->at[i + 2].kind == TT_LEX_NUMBER && !lex->at[i + 2].spaced;
        *out = (int32_t)token->number;
        if (token->digits == 2)
            *out += token->number < 50 ? 2000 : 1900;
        return token->digits >= 2 && token->digits <= 4 && !group ? 1 : 0;
    }
    int tens = tt__digit_word(token->word), units = tt__digit_word(lex->at[i + 1].word);
    if (token->kind == TT_LEX_WORD && tens > 0 && lex->at[i + 1].kind == TT_LEX_WORD && units >= 0) {
        *out = tens * 10 + units + (tens < 5 ? 2000 : 1900);
        return 2;
    }
    size_t len = tt__small_number_at(&number, lex, i);
    *out = (int32_t)number + (number >= 100 ? 0 : number < 50 ? 2000 : 1900);
    return len >= 2 && number >= 10 ? len : 0;
}

static bool read_year(tt_when_reader *r)
{
    static const uint16_t NEXT[] = {TT_W_SANG0, TT_W_NAM, TT_W_NONE};
    int32_t year;
    tt_field which;
    size_t i = r->at;
    if (tt__lex_words(r->lex, i, NEXT) != 0)
        return PUT(r, TT_SAID_YEAR, year, ((tt_field){TT_FROM_PAGE, 1}), 2);
    if (!tt__lex_word(r->lex, i, TT_W_NAM))
        return false;
    size_t len = tt__which_at(&which, r->lex, i + 1);
    if (len != 0)
        return PUT(r, TT_SAID_YEAR, year, which, 1 + len);
    len = year_at(&year, r->lex, i + 1);
    if (len != 0)
        return PUT(r, TT_SAID_YEAR, year, exactly(year), 1 + len);
    bool of_part = (r->when->said & (TT_SAID_MOD | TT_SAID_SLICE | TT_SAID_HALF | TT_SAID_QUARTER)) != 0;
    uint8_t stem, branch;
    if (tt__cycle_at(&stem, &branch, r->lex, i + 1) != 0) {
        r->at++;
        return true;
    }
    if (of_part || (i > 0 && tt__lex_word(r->lex, i - 1, TT_W_CA))) /* đầu năm, cả năm: this one */
        return PUT(r, TT_SAID_YEAR, year, ((tt_field){TT_FROM_PAGE, 0}), 1);
    return false;
}

/* The month's number after "tháng": 9, Chín, Giêng, Chạp. */
static size_t month_at(int32_t *out, bool *lunar, const tt_lex *lex, size_t i)
{
    uint32_t number = 0;
    *lunar = tt__lex_word(lex, i, TT_W_GIENG) || tt__lex_word(lex, i, TT_W_CHAP);
    *out = tt__lex_word(lex, i, TT_W_GIENG) ? 1 : 12;
    if (*lunar)
        return 1;
    bool five = tt__lex_word(lex, i, TT_W_NAM) && lex->at[i + 1].kind != TT_LEX_WORD; /* tháng Năm 2013 */
    size_t len = five ? 1 : tt__small_number_at(&number, lex, i);
    *out = five ? 5 : (int32_t)number;
    bool figures = lex->at[i].kind == TT_LEX_NUMBER;
    return (!figures || lex->at[i].digits <= 2) && *out >= 1 && *out <= 12 ? len : 0;
}

/* 7-9, 7-9/2022 after "tháng": the second month */
static bool read_month_range(tt_when_reader *r, size_t i)
{
    const tt_lex *lex = r->lex;
    const tt_lex_token *last = &lex->at[i + 1];
    bool month = tt__lex_mark(lex, i, '-') && last->kind == TT_LEX_NUMBER && last->digits <= 2 && last->number >= 1 &&
                 last->number <= 12;
    if (!month || r->out->range)
        return false;
    r->out->range = true;
    r->when = &r->out->last;
    return PUT(r, TT_SAID_MONTH, month, exactly((int32_t)last->number), 2);
}

/* The year that a mark ties to the month: 12/2021 */
static bool read_tied_year(tt_when_reader *r)
{
    const tt_lex *lex = r->lex;
    size_t i = r->at;
    bool mark =
        tt__lex_mark(lex, i, '/') || tt__lex_mark(lex, i, '-') || tt__lex_mark(lex, i, '.') || tt__lex_mark(lex, i, ',');
    if (!mark || lex->at[i + 1].kind != TT_LEX_NUMBER || lex->at[i + 1].digits != 4)
        return false;
    return PUT(r, TT_SAID_YEAR, year, exactly((int32_t)lex->at[i + 1].number), 2);
}

static bool read_month(tt_when_reader *r)
{
    int32_t month;
    bool lunar;
    tt_field which;
    size_t i = r->at, len;
    if (!tt__lex_word(r->lex, i, TT_W_THANG))
        return false;
    if ((len = tt__which_at(&which, r->lex, i + 1)) != 0)
        return PUT(r, TT_SAID_MONTH, month, which, 1 + len);
    if ((len = month_at(&month, &lunar, r->lex, i + 1)) != 0) {
        if (!PUT(r, TT_SAID_MONTH, month, exactly(month), 1 + len))
            return false;
        r->when->lunar = r->when->lunar || lunar;
        read_month_range(r, r->at);
        read_tied_year(r);
        return true;
    }
    bool bare = (r->when->said & (TT_SAID_MOD | TT_SAID_SLICE)) != 0; /* đầu tháng: this one */
    return bare && PUT(r, TT_SAID_MONTH, month, ((tt_field){TT_FROM_PAGE, 0}), 1);
}

static bool read_quarter(tt_when_reader *r)
{
    tt_field which;
    uint32_t number = 0;
    size_t i = r->at, len;
    if (!tt__lex_word(r->lex, i, TT_W_QUY))
        return false;
    if ((len = tt__which_at(&which, r->lex, i + 1)) != 0)
        return PUT(r, TT_SAID_QUARTER, quarter, which, 1 + len);
    bool first = tt__lex_word(r->lex, i + 1, TT_W_DAU), last = tt__lex_word(r->lex, i + 1, TT_W_CUOI);
    if (first || last)
        return PUT(r, TT_SAID_QUARTER, quarter, exactly(first ? 1 : 4), 2);
    number = tt__lex_roman(r->lex, i + 1);
    len = number != 0 ? 1 : tt__small_number_at(&number, r->lex, i + 1);
    if (len == 0 || number < 1 || number > 4 || !PUT(r, TT_SAID_QUARTER, quarter, exactly((int32_t)number), 1 + len))
        return false;
    read_tied_year(r);
    return true;
}

static bool read_week(tt_when_reader *r)
{
    tt_field which;
    uint32_t number;
    size_t i = r->at, len;
    if (!tt__lex_word(r->lex, i, TT_W_TUAN) || tt__lex_word(r->lex, i + 1, TT_W_DAU))
        return false;
    if ((len = tt__which_at(&which, r->lex, i + 1)) != 0) {
        r->when->just = tt__lex_word(r->lex, i + 1, TT_W_QUA);
        return PUT(r, TT_SAID_WEEK, week, which, 1 + len);
    }
    if ((len = tt__small_number_at(&number, r->lex, i + 1)) != 0 && number >= 1 && number <= 53)
        return PUT(r, TT_SAID_WEEK, week, exactly((int32_t)number), 1 + len);
    bool bare = (r->when->said & TT_SAID_MOD) != 0;
    return bare && PUT(r, TT_SAID_WEEK, week, ((tt_field){TT_FROM_PAGE, 0}), 1);
}

/* 20, XX, hai mươi, thứ hai, thứ nhất */
static size_t century_at(uint32_t *out, const tt_lex *lex, size_t i)
{
    const size_t nth = tt__lex_word(lex, i, TT_W_THU4);
    i += nth;
    *out = nth != 0 && tt__lex_word(lex, i, TT_W_NHAT) ? 1 : tt__lex_roman(lex, i);
    size_t len = *out != 0 ? 1 : tt__small_number_at(out, lex, i);
    return len != 0 && *out >= 1 && *out <= 99 ? nth + len : 0;
}

/* thế kỷ 20, thế kỷ XX, thế kỷ thứ hai, thế kỷ này */
static bool read_century(tt_when_reader *r)
{
    static const uint16_t NAME[] = {TT_W_THE, TT_W_KY, TT_W_NONE};
    tt_field which;
    uint32_t number;
    size_t len = tt__lex_words(r->lex, r->at, NAME), i = r->at + len;
    if (len == 0)
        return false;
    size_t more = tt__which_at(&which, r->lex, i);
    if (more != 0)
        return PUT(r, TT_SAID_CENTURY, century, which, len + more);
    more = century_at(&number, r->lex, i);
    return more != 0 && PUT(r, TT_SAID_CENTURY, century, exactly((int32_t)number), len + more);
}

/* thập niên 1990, thập kỷ 70, thập kỷ tới */
static bool read_decade(tt_when_reader *r)
{
    static const uint16_t NAMES[][3] = {{TT_W_THAP, TT_W_NIEN}, {TT_W_THAP, TT_W_KY}, {TT_W_NHUNG, TT_W_NAM}};
    tt_field which;
    int32_t year;
    size_t len, more;
    int name = tt__lex_longest(&len, r->lex, r->at, NAMES[0], TT_COUNT(NAMES), 3);
    if (name < 0)
        return false;
    if (name < 2 && (more = tt__which_at(&which, r->lex, r->at + len)) != 0)
        return PUT(r, TT_SAID_DECADE, decade, which, len + more);
    more = year_at(&year, r->lex, r->at + len);
    bool decade = more != 0 && year % 10 == 0;
    bool years = name == 2 && tt__lex_mark(r->lex, r->at + len + 1, '-') && r->lex->at[r->at + len + 2].number % 10 != 0;
    if (!decade || years || !PUT(r, TT_SAID_DECADE, decade, exactly(year), len + more))
        return false;
    if (tt__lex_mark(r->lex, r->at, '-') && (more = year_at(&year, r->lex, r->at + 1)) != 0 && !r->out->range) {
        r->out->range = true;
        r->when = &r->out->last;
        return PUT(r, TT_SAID_DECADE, decade, exactly(year), 1 + more);
    }
    return true;
}

static uint8_t season_of(uint16_t word)
{
    switch (word) {
    case TT_W_XUAN: return TT_SEASON_SP;
    case TT_W_HE:
    case TT_W_HA: return TT_SEASON_SU;
    case TT_W_THU: return TT_SEASON_FA;
    case TT_W_DONG: return TT_SEASON_WI;
    default: return TT_SEASON_NONE;
    }
}

/* mùa xuân, hè; "mùa" alone before a year or a word like "trước" is a season of matches or crops */
static bool read_season(tt_when_reader *r)
{
    tt_field which;
    size_t i = r->at;
    bool named = tt__lex_word(r->lex, i, TT_W_MUA);
    uint8_t season = r->lex->at[i + named].kind == TT_LEX_WORD ? season_of(r->lex->at[i + named].word) : 0;
    if (season != TT_SEASON_NONE && tt__lex_word(r->lex, i + named + 1, TT_W_TUAN)) /* hạ tuần */
        return false;
    if (season == TT_SEASON_NONE) {
        size_t len = named ? tt__which_at(&which, r->lex, i + 1) : 0;
        if (len != 0)
            return PUT(r, TT_SAID_YEAR, year, which, 1 + len);
        r->at += named;
        return named;
    }
    tt_when *when = tt__when_claim(r, TT_SAID_SEASON);
    if (when == NULL)
        return false;
    when->season = season;
    r->at += named + 1u;
    return true;
}

/* 2 to 7, or hai to bảy, after "thứ"; the number of the weekday from Monday */
static uint8_t weekday_number(const tt_lex *lex, size_t i)
{
    const tt_lex_token *token = &lex->at[i];
    int number = token->kind == TT_LEX_NUMBER && token->digits == 1 ? (int)token->number : -1;
    if (token->kind == TT_LEX_WORD)
        number = tt__digit_word(token->word);
    return number >= 2 && number <= 7 ? (uint8_t)(number - 1) : 0;
}

static bool read_weekday(tt_when_reader *r)
{
    const tt_lex *lex = r->lex;
    size_t i = r->at, len = 2;
    uint8_t weekday = 0;
    if (tt__lex_word(lex, i, TT_W_THU4) || (tt__lex_word(lex, i, TT_W_T) && !lex->at[i + 1].spaced))
        weekday = weekday_number(lex, i + 1);
    if ((tt__lex_word(lex, i, TT_W_CHU) || tt__lex_word(lex, i, TT_W_THU4)) && tt__lex_word(lex, i + 1, TT_W_NHAT2))
        weekday = 7;
    if (tt__lex_word(lex, i, TT_W_CN)) {
        weekday = 7;
        len = 1;
    }
    tt_when *when = weekday != 0 ? tt__when_claim(r, TT_SAID_WEEKDAY) : NULL;
    if (when == NULL)
        return false;
    when->weekday = weekday;
    if (i > 0 && tt__lex_word(lex, i - 1, TT_W_HOM)) /* hôm thứ Hai has been */
        when->direction = -1;
    r->at += len;
    return true;
}

/* cuối tuần, with the word that says which */
static bool read_weekend(tt_when_reader *r)
{
    static const uint16_t NAME[] = {TT_W_CUOI, TT_W_TUAN, TT_W_NONE};
    size_t len = tt__lex_words(r->lex, r->at, NAME);
    tt_when *when = len != 0 ? tt__when_claim(r, TT_SAID_WEEKEND) : NULL;
    if (when == NULL)
        return false;
    r->at += len;
    tt_field which;
    len = tt__which_at(&which, r->lex, r->at);
    if (len != 0) {
        when->just = tt__lex_word(r->lex, r->at, TT_W_QUA);
        when->week = which;
        when->said |= TT_SAID_WEEK;
        r->at += len;
    }
    return true;
}

/* ngày đầu năm, ngày đầu tháng 5: the first one, when it is not "những ngày đầu" */
static bool read_first_day(tt_when_reader *r)
{
    size_t i = r->at;
    bool first = tt__lex_word(r->lex, i, TT_W_NGAY) && tt__lex_word(r->lex, i + 1, TT_W_DAU);
    bool month = tt__lex_word(r->lex, i + 2, TT_W_THANG), year = tt__lex_word(r->lex, i + 2, TT_W_NAM);
    bool many = i > 0 && (tt__lex_word(r->lex, i - 1, TT_W_NHUNG) || r->lex->at[i - 1].kind == TT_LEX_NUMBER);
    if (!first || many || (!month && !year))
        return false;
    tt_when *when = tt__when_claim(r, year ? TT_SAID_DAY | TT_SAID_MONTH : TT_SAID_DAY | TT_SAID_MOD);
    if (when == NULL)
        return false;
    when->day = exactly(1);
    if (year)
        when->month = exactly(1);
    r->at += 2;
    return true;
}

/* đầu, giữa, cuối; thượng, trung and hạ tuần; tuần đầu */
static bool read_mod(tt_when_reader *r)
{
    static const uint16_t NAMES[][4] = {{TT_W_DAU},           {TT_W_THUONG, TT_W_TUAN}, {TT_W_TUAN, TT_W_DAU},
                                        {TT_W_GIUA},          {TT_W_TRUNG, TT_W_TUAN},  {TT_W_CUOI},
                                        {TT_W_HA, TT_W_TUAN}, {TT_W_TUAN, TT_W_CUOI},   {TT_W_NGAY, TT_W_CUOI}};
    static const uint8_t MODS[] = {TT_MOD_START, TT_MOD_START, TT_MOD_START, TT_MOD_MID, TT_MOD_MID,
                                   TT_MOD_END,   TT_MOD_END,   TT_MOD_END,   TT_MOD_END};
    size_t len;
    int name = tt__lex_longest(&len, r->lex, r->at, NAMES[0], TT_COUNT(NAMES), 4);
    tt_when *when = name >= 0 ? tt__when_claim(r, TT_SAID_MOD) : NULL;
    if (when == NULL)
        return false;
    when->mod = MODS[name];
    r->at += len;
    if (tt__lex_word(r->lex, r->at, TT_W_TIEN)) /* đầu tiên */
        r->at++;
    return true;
}

/* nửa đầu, nửa cuối (of a year), bán niên is not told apart from its first half */
static bool read_half(tt_when_reader *r)
{
    static const uint16_t NAMES[][3] = {
        {TT_W_NUA4, TT_W_DAU}, {TT_W_NUA4, TT_W_CUOI}, {TT_W_NUA4, TT_W_SAU}, {TT_W_BAN4, TT_W_NIEN}};
    size_t len;
    int name = tt__lex_longest(&len, r->lex, r->at, NAMES[0], TT_COUNT(NAMES), 3);
    tt_when *when = name >= 0 ? tt__when_claim(r, TT_SAID_HALF) : NULL;
    if (when == NULL)
        return false;
    when->half = name == 1 || name == 2 ? 2 : 1;
    r->at += len;
    if (name == 3 && (tt__lex_word(r->lex, r->at, TT_W_DAU) || tt__lex_word(r->lex, r->at, TT_W_CUOI)))
        when->half = tt__lex_word(r->lex, r->at++, TT_W_CUOI) ? 2 : 1;
    return true;
}

/* What stands before the years of a term, and a number of the term: nhiệm kỳ VIII, năm học, giai đoạn. */
static bool read_term(tt_when_reader *r)
{
    static const uint16_t NAMES[][4] = {
        {TT_W_GIAI, TT_W_DOAN},
        {TT_W_NHIEM, TT_W_KY},
        {TT_W_NAM, TT_W_HOC},
        {TT_W_NIEN, TT_W_KHOA},
        {TT_W_NIEN, TT_W_VU},
        {TT_W_KHOA},
        {TT_W_THOI, TT_W_KY},
        {TT_W_NAM, TT_W_TAI, TT_W_CHINH},
        {TT_W_CHU1, TT_W_KY},
        {TT_W_HOC, TT_W_KY},
        {TT_W_CUNG, TT_W_KY},
        {TT_W_MUA, TT_W_KHO},
        {TT_W_MUA, TT_W_MUA4},
        {TT_W_MUA, TT_W_GIAI},
        {TT_W_VU},
        {TT_W_KY},
    };
    tt_field which;
    size_t len;
    int name = tt__lex_longest(&len, r->lex, r->at, NAMES[0], TT_COUNT(NAMES), 4);
    if (name < 0)
        return false;
    r->at += len;
    if (tt__lex_roman(r->lex, r->at) != 0)
        r->at++;
    size_t more = name == 2 ? tt__which_at(&which, r->lex, r->at) : 0;
    if (more == 0)
        return true;
    return PUT(r, TT_SAID_TERM | TT_SAID_YEAR, year, which, more);
}

/* TCN, trước Công nguyên; sau Công nguyên; âm lịch, dương lịch */
static bool read_era(tt_when_reader *r)
{
    static const uint16_t NAMES[][4] = {{TT_W_TCN},
                                        {TT_W_TRUOC, TT_W_CONG, TT_W_NGUYEN},
                                        {TT_W_SAU, TT_W_CONG, TT_W_NGUYEN},
                                        {TT_W_CONG, TT_W_NGUYEN},
                                        {TT_W_AM, TT_W_LICH},
                                        {TT_W_DUONG, TT_W_LICH}};
    size_t len;
    int name = tt__lex_longest(&len, r->lex, r->at, NAMES[0], TT_COUNT(NAMES), 4);
    if (name < 0)
        return false;
    if (name < 2)
        r->when->bc = true;
    if (name == 4)
        r->when->lunar = r->when->lunar_said = true;
    r->at += len;
    return true;
}

bool tt__when_period(tt_when_reader *r)
{
    static bool (*const READERS[])(tt_when_reader *) = {read_era,    read_half, read_first_day, read_weekend, read_century,
                                                        read_decade, read_term, read_weekday,   read_season,  read_quarter,
                                                        read_month,  read_week, read_year};
    if (r->lex->at[r->at].kind != TT_LEX_WORD)
        return false;
    for (size_t i = 0; i < TT_COUNT(READERS); i++)
        if (READERS[i](r))
            return true;
    return (r->when->said & TT_SAID_DAY) == 0 && read_mod(r);
}
