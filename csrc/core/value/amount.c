/* amount.c - money, percentages, quantities and ordinals: one number or two, and what they count. */
#include "value/values_impl.h"

#include "page/phrase.h"

#include <string.h>

/* ISO 4217. A name that several countries share has no code. Longest name wins. */
static const struct {
    const char *name, *code;
} CURRENCIES[] = {
    {"đồng", "VND"},
    {"đ", "VND"},
    {"vnd", "VND"},
    {"vnđ", "VND"},
    {"₫", "VND"},
    {"usd", "USD"},
    {"đô la", "USD"},
    {"đô-la", "USD"},
    {"đôla", "USD"},
    {"đô", "USD"},
    {"đô la mỹ", "USD"},
    {"đô-la mỹ", "USD"},
    {"đôla mỹ", "USD"},
    {"$", "USD"},
    {"us$", "USD"},
    {"mỹ kim", "USD"},
    {"dollar", "USD"},
    {"xu mỹ", ""},
    {"đô la úc", "AUD"},
    {"đô-la úc", "AUD"},
    {"đôla úc", "AUD"},
    {"đô la australia", "AUD"},
    {"đôla australia", "AUD"},
    {"aud", "AUD"},
    {"đô la singapore", "SGD"},
    {"đô-la singapore", "SGD"},
    {"đôla singapore", "SGD"},
    {"sgd", "SGD"},
    {"đô la canada", "CAD"},
    {"đô-la canada", "CAD"},
    {"đô-la ca-na-đa", "CAD"},
    {"đôla canada", "CAD"},
    {"cad", "CAD"},
    {"đô la hồng kông", "HKD"},
    {"đô la hong kong", "HKD"},
    {"đôla hong kong", "HKD"},
    {"hkd", "HKD"},
    {"đô la new zealand", "NZD"},
    {"nzd", "NZD"},
    {"đô la đài loan", "TWD"},
    {"đài tệ", "TWD"},
    {"twd", "TWD"},
    {"euro", "EUR"},
    {"eur", "EUR"},
    {"€", "EUR"},
    {"ơ-rô", "EUR"},
    {"bảng", "GBP"},
    {"bảng anh", "GBP"},
    {"gbp", "GBP"},
    {"£", "GBP"},
    {"yên", "JPY"},
    {"yen", "JPY"},
    {"yên nhật", "JPY"},
    {"yen nhật", "JPY"},
    {"jpy", "JPY"},
    {"¥", "JPY"},
    {"nhân dân tệ", "CNY"},
    {"tệ", "CNY"},
    {"cny", "CNY"},
    {"rmb", "CNY"},
    {"ndt", "CNY"},
    {"won", "KRW"},
    {"krw", "KRW"},
    {"won hàn quốc", "KRW"},
    {"baht", "THB"},
    {"bạt", "THB"},
    {"thb", "THB"},
    {"kíp", "LAK"},
    {"kip", "LAK"},
    {"lak", "LAK"},
    {"riel", "KHR"},
    {"khr", "KHR"},
    {"kyat", "MMK"},
    {"mmk", "MMK"},
    {"rúp", "RUB"},
    {"rúp nga", "RUB"},
    {"ruble", "RUB"},
    {"rub", "RUB"},
    {"ringgit", "MYR"},
    {"myr", "MYR"},
    {"rupiah", "IDR"},
    {"idr", "IDR"},
    {"peso philippines", "PHP"},
    {"php", "PHP"},
    {"peso mexico", "MXN"},
    {"peso argentina", "ARS"},
    {"rupee ấn độ", "INR"},
    {"inr", "INR"},
    {"franc thụy sĩ", "CHF"},
    {"chf", "CHF"},
    {"franc cfa", "XOF"},
    {"franc congo", "CDF"},
    {"krone na uy", "NOK"},
    {"nok", "NOK"},
    {"krone đan mạch", "DKK"},
    {"dkk", "DKK"},
    {"krona", "SEK"},
    {"krona thụy điển", "SEK"},
    {"sek", "SEK"},
    {"zloty", "PLN"},
    {"pln", "PLN"},
    {"koruna", "CZK"},
    {"czk", "CZK"},
    {"forint", "HUF"},
    {"real", "BRL"},
    {"brl", "BRL"},
    {"rand", "ZAR"},
    {"zar", "ZAR"},
    {"lira", "TRY"},
    {"hryvnia", "UAH"},
    {"shekel", "ILS"},
    {"dirham", "AED"},
    {"riyal", "SAR"},
    {"tenge", "KZT"},
};

/* One number or two, of an expression. */
typedef struct {
    tt_number first, last;
    bool range;
} numbers;

static bool is_hedge(const tt_lex_token *token)
{
    switch (token->kind == TT_LEX_WORD ? token->word : TT_W_NONE) {
    case TT_W_KHOANG:
    case TT_W_GAN:
    case TT_W_HON:
    case TT_W_CHUNG:
    case TT_W_TREN:
    case TT_W_DUOI:
    case TT_W_CHUA:
    case TT_W_DAY:
    case TT_W_DEN:
    case TT_W_TOI4:
    case TT_W_TRON:
    case TT_W_CA:
    case TT_W_THEM:
    case TT_W_TU2:
    case TT_W_IT:
    case TT_W_NHAT:
    case TT_W_TOI:
    case TT_W_DA:
    case TT_W_NHUNG: return true;
    default: return false;
    }
}

static size_t skip_hedges(const tt_lex *lex, size_t i)
{
    while (is_hedge(&lex->at[i]) && i + 1 < lex->len)
        i++;
    return i;
}

/* A number, with "âm" or a minus before it. Without fractions in words when `percent`: sáu phần trăm is 6 %. */
static size_t signed_number(tt_number *out, const tt_lex *lex, size_t i, bool percent)
{
    bool minus = tt__lex_word(lex, i, TT_W_AM) || (tt__lex_mark(lex, i, '-') && !lex->at[i + 1].spaced);
    size_t len = percent ? tt__cardinal_at(out, lex, i + minus) : tt__number_at(out, lex, i + minus);
    if (minus)
        out->value.digits = -out->value.digits;
    return len == 0 ? 0 : len + minus;
}

/* The second number of a range, after what joins it; `skip` tokens of unit may stand before that (9% đến 10%). */
static size_t second_number(numbers *n, const tt_lex *lex, size_t i, bool percent)
{
    bool joined = tt__lex_mark(lex, i, '-') || tt__lex_word(lex, i, TT_W_DEN) || tt__lex_word(lex, i, TT_W_TOI4);
    size_t len = joined ? signed_number(&n->last, lex, i + 1, percent) : 0;
    if (len == 0)
        return 0;
    n->range = true;
    if (n->first.scale == 0 && n->last.scale != 0) { /* 6-7 triệu */
        tt_decimal same = tt__decimal_shift(n->first.value, n->last.scale);
        if (same.known && tt__decimal_compare(same, n->last.value) <= 0)
            n->first.value = same;
    }
    return len + 1;
}

static size_t read_numbers(numbers *out, const tt_lex *lex, size_t i, bool percent)
{
    memset(out, 0, sizeof *out);
    size_t len = signed_number(&out->first, lex, i, percent);
    return len == 0 ? 0 : len + second_number(out, lex, i + len, percent);
}

/* The longest name of a currency at token `i`; tokens it has, and its code. */
static size_t currency_at(const char **code, const tt_lex *lex, size_t i)
{
    size_t best = 0, tokens = 0;
    const char *at = lex->text.ptr + lex->at[i].span.start, *end = lex->text.ptr + lex->text.len;
    if (lex->at[i].kind == TT_LEX_END)
        return 0;
    const uint32_t first = tt__small(tt__glyph_at(at, end).cp);
    for (size_t c = 0; c < TT_COUNT(CURRENCIES); c++) {
        const unsigned char lead = (unsigned char)*CURRENCIES[c].name;
        if (lead < 0x80 ? lead != first : first < 0x80) /* tells most of them apart */
            continue;
        size_t len = tt__phrase_at(at, end, CURRENCIES[c].name);
        if (len > best) {
            best = len;
            *code = CURRENCIES[c].code;
        }
    }
    while (i + tokens < lex->len && lex->at[i + tokens].span.start < lex->at[i].span.start + best)
        tokens++;
    return tokens;
}

static void put_numbers(tt_value_writer *w, const numbers *n)
{
    char digits[40];
    size_t len = tt_decimal_write(digits, n->first.value);
    tt__value_put(w, "%.*s", (int)len, digits);
    if (!n->range)
        return;
    len = tt_decimal_write(digits, n->last.value);
    tt__value_put(w, "/%.*s", (int)len, digits);
}

static bool fill(tt_value *out, const numbers *n, const char *unit)
{
    tt_value_writer w = tt__value_writer(out);
    if (!n->first.value.known || n->first.unknown != 0 || (n->range && (!n->last.value.known || n->last.unknown != 0)))
        return false;
    out->number = n->first.value;
    if (n->range)
        out->number_end = n->last.value;
    put_numbers(&w, n);
    if (unit[0] != '\0')
        tt__value_put(&w, " %s", unit);
    return !w.full;
}

/* The rest of the mention as a unit: blanks single, up to a number that is not part of it (m2 is). Left out when too long. */
static void copy_unit(char *out, const tt_lex *lex, size_t i)
{
    size_t len = 0;
    for (size_t first = i; i < lex->len; i++) {
        const tt_lex_token *token = &lex->at[i];
        bool number = token->kind == TT_LEX_NUMBER && token->spaced;
        size_t size = token->span.end - token->span.start, blank = token->spaced && i > first;
        if (number || tt__lex_mark(lex, i, ',') || tt__lex_mark(lex, i, ')') || tt__lex_mark(lex, i, '"') ||
            tt__lex_mark(lex, i, '\\'))
            break;
        if (len + blank + size >= TT_VALUE_UNIT) {
            len = 0;
            break;
        }
        if (blank)
            out[len++] = ' ';
        memcpy(out + len, lex->text.ptr + token->span.start, size);
        len += size;
    }
    out[len] = '\0';
}

/* A currency that has no code stays as it is written. */
static bool money(tt_value *out, const tt_lex *lex)
{
    numbers n;
    const char *code = "", *before = "";
    size_t i = skip_hedges(lex, 0), sign = currency_at(&before, lex, i);
    size_t len = read_numbers(&n, lex, i + sign, false);
    if (len == 0)
        return false;
    i += sign + len;
    size_t name = currency_at(&code, lex, i);
    if (name != 0 && !n.range)
        second_number(&n, lex, i + name, false); /* 5 tỷ đồng đến 6 tỷ đồng */
    code = name != 0 ? code : before;
    memcpy(out->currency, code, strlen(code) + 1);
    if (code[0] == '\0')
        copy_unit(out->unit, lex, i);
    return fill(out, &n, code[0] != '\0' ? code : out->unit);
}

static bool percent(tt_value *out, const tt_lex *lex)
{
    static const uint16_t NAME[] = {TT_W_PHAN, TT_W_TRAM, TT_W_NONE};
    numbers n;
    size_t i = skip_hedges(lex, 0), len = read_numbers(&n, lex, i, true);
    if (len == 0)
        return false;
    i += len;
    i += tt__lex_word(lex, i, TT_W_DIEM);
    size_t name = tt__lex_mark(lex, i, '%') ? 1 : tt__lex_words(lex, i, NAME);
    if (name == 0)
        return false;
    if (!n.range)
        second_number(&n, lex, i + name, true);
    memcpy(out->unit, "%", 2);
    return fill(out, &n, "%");
}

/* 1m75, 2m5: the digits after the letter are its fraction */
static size_t metres(numbers *n, const tt_lex *lex, size_t i)
{
    const tt_lex_token *metre = &lex->at[i], *more = &lex->at[i + 1];
    bool letter =
        metre->kind == TT_LEX_WORD && metre->span.end - metre->span.start == 1 && lex->text.ptr[metre->span.start] == 'm';
    bool fraction =
        more->kind == TT_LEX_NUMBER && !more->spaced && more->digits <= 2 && (more->digits == 2 || more->number > 3);
    if (n->range || !letter || !fraction || metre->spaced || n->first.value.scale != 0)
        return 0;
    n->first.value = tt__decimal_add(n->first.value, tt__decimal_down(tt__decimal(more->number), more->digits));
    return 2;
}

/* hai tấn rưỡi: a half that stands after the unit. Where the unit ends. */
static size_t half_after(numbers *n, const tt_lex *lex, size_t unit)
{
    size_t last = lex->len - 1;
    if (n->range || unit >= last || !tt__lex_word(lex, last, TT_W_RUOI))
        return lex->len;
    n->first.value = tt__decimal_add(n->first.value, tt__decimal_down(tt__decimal(5), 1));
    return last;
}

/* tỉ số: a word of its own, no number */
static bool is_score(const tt_lex *lex, size_t i)
{
    static const char SO[] = "số";
    tt_span next = lex->at[i + 1].span;
    return tt__lex_word(lex, i, TT_W_TY) && lex->at[i + 1].kind == TT_LEX_WORD && next.end - next.start == sizeof SO - 1 &&
           memcmp(lex->text.ptr + next.start, SO, sizeof SO - 1) == 0;
}

static bool quantity(tt_value *out, const tt_lex *lex)
{
    numbers n;
    size_t i = skip_hedges(lex, 0), before = i, len = is_score(lex, i) ? 0 : read_numbers(&n, lex, i, false);
    while (len == 0 && i < lex->len && lex->at[i].kind == TT_LEX_WORD) /* cấp 9, tuổi 40, tỉ số 2-1 */
        len = read_numbers(&n, lex, ++i, false);
    if (len == 0)
        return false;
    if (!n.range && tt__lex_mark(lex, i + len, '/') && lex->at[i + len + 1].kind == TT_LEX_NUMBER &&
        !lex->at[i + len + 1].spaced) {
        size_t more = signed_number(&n.last, lex, i + len + 1, false); /* 70/40 mmHg */
        n.range = more != 0;
        len += more + 1;
    }
    size_t tail = metres(&n, lex, i + len);
    if (tail != 0) {
        memcpy(out->unit, "m", 2);
    } else if (i + len < lex->len) {
        tt_lex rest = *lex;
        rest.len = half_after(&n, lex, i + len);
        copy_unit(out->unit, &rest, i + len);
    } else if (i > before) {
        tt_lex name = *lex;
        name.len = i;
        copy_unit(out->unit, &name, before);
    }
    return fill(out, &n, out->unit);
}

/* đầu tiên, nhất, lần thứ ba, thứ 61, XIII */
static bool ordinal(tt_value *out, const tt_lex *lex)
{
    numbers n;
    memset(&n, 0, sizeof n);
    size_t i = 0, len = 1;
    while (tt__lex_word(lex, i, TT_W_LAN) || tt__lex_word(lex, i, TT_W_THU4) || tt__lex_word(lex, i, TT_W_KHOA) ||
           tt__lex_word(lex, i, TT_W_KY))
        i++;
    uint32_t roman = tt__lex_roman(lex, i);
    if (tt__lex_word(lex, i, TT_W_DAU) || tt__lex_word(lex, i, TT_W_NHAT))
        n.first.value = tt__decimal(1);
    else if (tt__lex_word(lex, i, TT_W_NHI))
        n.first.value = tt__decimal(2);
    else if (roman != 0)
        n.first.value = tt__decimal(roman);
    else
        len = read_numbers(&n, lex, i, false);
    i += len;
    i += tt__lex_word(lex, i, TT_W_TIEN);
    return len != 0 && i == lex->len && fill(out, &n, "");
}

bool tt__amount_value(tt_value *out, tt_value_label label, const tt_lex *lex)
{
    switch (label) {
    case TT_VALUE_MONEY: return money(out, lex);
    case TT_VALUE_PERCENT: return percent(out, lex);
    case TT_VALUE_QUANTITY: return quantity(out, lex);
    case TT_VALUE_ORDINAL: return ordinal(out, lex);
    default: return false;
    }
}
