/* number_words.c - numbers as a reader says them: a section below a thousand, a scale word, the next section ...
 *
 * "." parts groups of three digits and "," begins the fraction; where the digits cannot be grouped that way it is the other way
 * round (19.5, 1,234,567). A scale word that is larger than the one before multiplies all that came before (ba nghìn tỷ).
 */
#include "value/number_words.h"

enum { AFTER_LINH = 9 }; /* a place where năm is five */

typedef struct {
    const tt_lex *lex;
    size_t at;
    tt_decimal total;    /* sections that have their scale */
    tt_decimal section;  /* the one under way */
    bool open;           /* section has something in it */
    uint32_t place;      /* powers of ten that a digit word may still fill in the section: 1000 free, 100, 10, 1 none */
    uint32_t last_scale; /* power of ten of the last scale word; 0 none */
    uint32_t scales;     /* of all scale words that multiply the same number */
    uint32_t unknown;
    bool digits_used;
} reader;

int tt__digit_word(uint16_t word)
{
    switch (word) {
    case TT_W_KHONG: return 0;
    case TT_W_MOT:
    case TT_W_MOT4: return 1;
    case TT_W_HAI: return 2;
    case TT_W_BA: return 3;
    case TT_W_BON:
    case TT_W_TU: return 4;
    case TT_W_NAM:
    case TT_W_LAM: return 5;
    case TT_W_SAU4: return 6;
    case TT_W_BAY: return 7;
    case TT_W_TAM: return 8;
    case TT_W_CHIN: return 9;
    default: return -1;
    }
}

static uint32_t scale_of(uint16_t word)
{
    switch (word) {
    case TT_W_NGHIN: return 3;
    case TT_W_VAN: return 4;
    case TT_W_TRIEU: return 6;
    case TT_W_TY: return 9;
    default: return 0;
    }
}

/* A separator and exactly three digits, all without blanks. */
static bool group_at(const tt_lex *lex, size_t i, uint32_t mark)
{
    return tt__lex_mark(lex, i, mark) && !lex->at[i].spaced && lex->at[i + 1].kind == TT_LEX_NUMBER &&
           lex->at[i + 1].digits == 3 && !lex->at[i + 1].spaced;
}

static bool fraction_at(const tt_lex *lex, size_t i, uint32_t mark)
{
    return tt__lex_mark(lex, i, mark) && !lex->at[i].spaced && lex->at[i + 1].kind == TT_LEX_NUMBER && !lex->at[i + 1].spaced;
}

static tt_decimal append(tt_decimal a, const tt_lex_token *more, bool fraction)
{
    tt_decimal tail = tt__decimal(more->number);
    if (more->digits > TT_DECIMAL_DIGITS)
        return (tt_decimal){0, 0, false};
    if (fraction)
        return tt__decimal_add(a, tt__decimal_down(tail, more->digits));
    return tt__decimal_add(tt__decimal_shift(a, more->digits), tail);
}

/* How many groups of three follow token `i`, with `mark` or, for ' ', a blank before each. */
static size_t groups_after(const tt_lex *lex, size_t i, uint32_t mark)
{
    size_t n = 0;
    if (mark == ' ')
        while (lex->at[i + 1 + n].kind == TT_LEX_NUMBER && lex->at[i + 1 + n].digits == 3 && lex->at[i + 1 + n].spaced)
            n++;
    else
        while (group_at(lex, i + 1 + 2 * n, mark))
            n++;
    return n;
}

/* The mark between groups of the number at `i`; 0 where it has none. */
static uint32_t grouping(size_t *groups, const tt_lex *lex, size_t i)
{
    static const uint32_t MARKS[] = {'.', ',', ' '};
    const tt_lex_token *head = &lex->at[i];
    for (size_t m = 0; m < TT_COUNT(MARKS) && head->digits <= 3 && head->number != 0; m++) {
        *groups = groups_after(lex, i, MARKS[m]);
        if (*groups > 1 || (*groups == 1 && MARKS[m] == '.'))
            return MARKS[m];
    }
    *groups = 0;
    return 0;
}

size_t tt__digits_at(tt_decimal *out, const tt_lex *lex, size_t i)
{
    size_t groups, start = i;
    if (lex->at[i].kind != TT_LEX_NUMBER)
        return 0;
    *out = lex->at[i].digits <= TT_DECIMAL_DIGITS ? tt__decimal(lex->at[i].number) : (tt_decimal){0, 0, false};
    uint32_t mark = grouping(&groups, lex, i);
    for (; groups > 0; groups--) {
        i += mark == ' ' ? 1 : 2;
        *out = append(*out, &lex->at[i], false);
    }
    uint32_t point = mark == ',' ? '.' : ',';
    if (mark == 0 && !fraction_at(lex, i + 1, ',') && fraction_at(lex, i + 1, '.'))
        point = '.';
    if (fraction_at(lex, i + 1, point)) {
        i += 2;
        *out = append(*out, &lex->at[i], true);
    }
    return out->known ? i + 1 - start : 0;
}

static void add_to_section(reader *r, int64_t value, uint32_t place)
{
    r->section = tt__decimal_add(r->open ? r->section : tt__decimal(0), tt__decimal(value));
    r->open = true;
    r->place = place;
}

/* ba triệu hai, two hundred thousand more; but một nghìn năm is a thousand years. */
static bool read_tenth(reader *r, int digit, uint16_t word)
{
    if (word == TT_W_NAM)
        return false;
    r->total = tt__decimal_add(r->total, tt__decimal_shift(tt__decimal(digit), r->last_scale - 1));
    r->place = 0;
    r->at++;
    return true;
}

/* A digit's word: hundreds, tens or units, as the word after it says. After tens five is lăm, so năm is a year there; after
 * hundreds units need linh. */
static bool read_digit(reader *r, int digit, uint16_t word)
{
    uint16_t next = r->lex->at[r->at + 1].kind == TT_LEX_WORD ? r->lex->at[r->at + 1].word : TT_W_NONE;
    uint32_t place = next == TT_W_TRAM ? 100 : next == TT_W_MUOI || next == TT_W_CHUC ? 10 : 1;
    if (place == 1 && !r->open && r->last_scale != 0 && scale_of(next) == 0)
        return r->place == 1000 && read_tenth(r, digit, word);
    if (place >= r->place || (place == 1 && r->open && (r->place == 100 || (r->place == 10 && word == TT_W_NAM))))
        return false;
    add_to_section(r, digit * (int64_t)place, place);
    r->at += place > 1 ? 2 : 1;
    return true;
}

/* mười, and chục or trăm without a digit or after a number in digits. */
static bool read_ten(reader *r, uint16_t word)
{
    uint32_t power = word == TT_W_TRAM ? 2 : 1;
    if (word == TT_W_MUOI)
        return false;
    if (r->open && word != TT_W_MUOI1 && r->place == 0 && r->unknown <= 1) { /* 3 chục, vài trăm */
        r->section = tt__decimal_shift(r->section, power);
        r->unknown += r->unknown != 0 ? power : 0;
        r->at++;
        return true;
    }
    if (tt__power(power) >= r->place)
        return false;
    add_to_section(r, tt__power(power), (uint32_t)tt__power(power));
    r->at++;
    return true;
}

static bool read_scale(reader *r, uint32_t scale)
{
    if (!r->open && r->last_scale == 0 && r->at > 0 && r->lex->at[r->at - 1].kind == TT_LEX_NUMBER)
        return false;
    if (r->open || r->last_scale == 0) {
        tt_decimal part = tt__decimal_shift(r->open ? r->section : tt__decimal(1), scale);
        if (r->last_scale != 0 && r->last_scale <= scale) /* một nghìn hai trăm tỷ */
            part = tt__decimal_add(part, tt__decimal_shift(r->total, scale));
        else
            part = tt__decimal_add(part, r->total);
        r->total = part;
        r->scales = scale;
    } else { /* nghìn tỷ */
        r->total = tt__decimal_shift(r->total, scale);
        r->scales += scale;
    }
    r->last_scale = scale;
    r->unknown += r->unknown != 0 ? scale : 0;
    r->section = tt__decimal(0);
    r->open = false;
    r->place = 1000;
    r->at++;
    return true;
}

/* rưỡi: half of the last scale, or of a hundred (trăm rưỡi), else of one; mốt after a scale: its tenth. */
static bool read_half(reader *r, bool half)
{
    tt_decimal part = tt__decimal(half ? 5 : 1);
    if (r->open && half && r->place == 100)
        r->section = tt__decimal_add(r->section, tt__decimal(50));
    else if (r->open && half)
        r->section = tt__decimal_add(r->section, tt__decimal_down(part, 1));
    else if (!r->open && r->last_scale != 0)
        r->total = tt__decimal_add(r->total, tt__decimal_shift(part, r->last_scale - 1));
    else
        return false;
    r->at++;
    return true;
}

static bool read_unknown(reader *r)
{
    if (r->unknown != 0 || (r->open && r->place != 10))
        return false;
    r->unknown = 1;
    add_to_section(r, 0, 0);
    r->at++;
    return true;
}

static bool read_digits(reader *r)
{
    tt_decimal number;
    size_t len = r->open ? 0 : tt__digits_at(&number, r->lex, r->at);
    if (len == 0)
        return false;
    r->section = number;
    r->open = r->digits_used = true;
    r->place = 0;
    r->at += len;
    return true;
}

static bool read_word(reader *r, uint16_t word)
{
    uint32_t scale = scale_of(word);
    int digit = tt__digit_word(word);
    if (scale != 0)
        return read_scale(r, scale);
    if (word == TT_W_MOT4 && !r->open)
        return read_half(r, false);
    if (digit >= 0)
        return read_digit(r, digit, word);
    switch (word) {
    case TT_W_MUOI1:
    case TT_W_MUOI:
    case TT_W_CHUC:
    case TT_W_TRAM: return read_ten(r, word);
    case TT_W_RUOI: return read_half(r, true);
    case TT_W_VAI:
    case TT_W_MAY: return read_unknown(r);
    case TT_W_LINH: /* một trăm linh năm */
        if (!r->open || r->place != 100 || tt__digit_word(r->lex->at[r->at + 1].word) < 0)
            return false;
        r->place = AFTER_LINH;
        r->at++;
        return true;
    default: return false;
    }
}

static bool begins_number(const tt_lex_token *token)
{
    bool word = token->kind == TT_LEX_WORD && token->word >= TT_W_KHONG && token->word <= TT_W_TA;
    return word || token->kind == TT_LEX_NUMBER;
}

static size_t read_cardinal(tt_number *out, const tt_lex *lex, size_t i)
{
    if (!begins_number(&lex->at[i]))
        return 0;
    reader r = {.lex = lex, .at = i, .total = {0, 0, true}, .section = {0, 0, true}, .place = 1000};
    if (tt__lex_word(lex, i, TT_W_NUA4)) { /* nửa, nửa tỷ */
        r.section = (tt_decimal){5, 1, true};
        r.open = true;
        r.place = 0;
        r.at++;
    } else if (tt__lex_word(lex, i, TT_W_RUOI)) {
        return 0;
    }
    for (bool more = true; more;) {
        const tt_lex_token *token = &lex->at[r.at];
        more = token->kind == TT_LEX_NUMBER ? read_digits(&r) : token->kind == TT_LEX_WORD && read_word(&r, token->word);
    }
    out->value = tt__decimal_add(r.total, r.section);
    out->unknown = r.unknown;
    out->scale = r.open ? 0 : r.scales;
    out->in_words = !r.digits_used;
    return out->value.known ? r.at - i : 0;
}

/* N phần D */
static size_t read_fraction(tt_number *out, const tt_lex *lex, size_t i)
{
    enum { PLACES = 6 };
    tt_number below;
    size_t len = tt__lex_word(lex, i, TT_W_PHAN) ? read_cardinal(&below, lex, i + 1) : 0;
    if (len == 0 || !tt__decimal_whole(below.value) || below.unknown != 0 || below.value.digits <= 0)
        return 0;
    tt_decimal ratio = tt__decimal_over(out->value, tt__decimal_trim(below.value).digits, PLACES);
    if (!ratio.known)
        return 0;
    out->value = ratio;
    return len + 1;
}

size_t tt__cardinal_at(tt_number *out, const tt_lex *lex, size_t i)
{
    return read_cardinal(out, lex, i);
}

size_t tt__number_at(tt_number *out, const tt_lex *lex, size_t i)
{
    size_t len = read_cardinal(out, lex, i);
    return len == 0 ? 0 : len + read_fraction(out, lex, i + len);
}

size_t tt__small_number_at(uint32_t *out, const tt_lex *lex, size_t i)
{
    tt_number number;
    if (lex->at[i].kind == TT_LEX_NUMBER) {
        *out = (uint32_t)lex->at[i].number;
        return lex->at[i].digits <= 4;
    }
    size_t len = read_cardinal(&number, lex, i);
    if (len == 0 || number.unknown != 0 || number.value.scale != 0 || number.value.digits >= 10000)
        return 0;
    *out = (uint32_t)number.value.digits;
    return len;
}
