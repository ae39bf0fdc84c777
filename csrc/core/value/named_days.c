/* named_days.c - days by name: holidays of both calendars, days of the lunar month, years of the cycle of sixty. */
#include "value/when.h"

enum { NAME_WORDS = 6 };
static const struct {
    uint16_t words[NAME_WORDS];
    uint8_t day, month;
    bool lunar;
} HOLIDAYS[] = {
    {{TT_W_GIANG, TT_W_SINH}, 25, 12, false},
    {{TT_W_NOEL}, 25, 12, false},
    {{TT_W_QUOC, TT_W_KHANH}, 2, 9, false},
    {{TT_W_TET, TT_W_DOC, TT_W_LAP}, 2, 9, false},
    {{TT_W_TET, TT_W_DUONG, TT_W_LICH}, 1, 1, false},
    {{TT_W_TET, TT_W_TAY}, 1, 1, false},
    {{TT_W_QUOC, TT_W_TE, TT_W_LAO, TT_W_DONG5}, 1, 5, false},
    {{TT_W_VALENTINE}, 14, 2, false},
    {{TT_W_HALLOWEEN}, 31, 10, false},
    {{TT_W_TET, TT_W_NGUYEN, TT_W_DAN}, 1, 1, true},
    {{TT_W_TET, TT_W_AM, TT_W_LICH}, 1, 1, true},
    {{TT_W_TET, TT_W_TA1}, 1, 1, true},
    {{TT_W_TET}, 1, 1, true},
    {{TT_W_TET, TT_W_NGUYEN, TT_W_TIEU}, 15, 1, true},
    {{TT_W_NGUYEN, TT_W_TIEU}, 15, 1, true},
    {{TT_W_TET, TT_W_HAN, TT_W_THUC}, 3, 3, true},
    {{TT_W_TO, TT_W_HUNG, TT_W_VUONG}, 10, 3, true},
    {{TT_W_HUNG, TT_W_VUONG}, 10, 3, true},
    {{TT_W_PHAT, TT_W_DAN4}, 15, 4, true},
    {{TT_W_TET, TT_W_DOAN0, TT_W_NGO}, 5, 5, true},
    {{TT_W_VU0, TT_W_LAN1}, 15, 7, true},
    {{TT_W_TRUNG, TT_W_THU}, 15, 8, true},
    {{TT_W_TET, TT_W_TRUNG, TT_W_THU}, 15, 8, true},
    {{TT_W_ONG, TT_W_CONG, TT_W_ONG, TT_W_TAO}, 23, 12, true},
    {{TT_W_TET, TT_W_ONG, TT_W_CONG, TT_W_ONG, TT_W_TAO}, 23, 12, true},
    {{TT_W_GIAO, TT_W_THUA}, 30, 12, true},
};

static tt_field exactly(int32_t value)
{
    return (tt_field){TT_FROM_ZERO, value};
}

size_t tt__cycle_at(uint8_t *stem, uint8_t *branch, const tt_lex *lex, size_t i)
{
    static const uint16_t STEMS[] = {TT_W_GIAP, TT_W_AT,   TT_W_BINH4, TT_W_DINH, TT_W_MAU,
                                     TT_W_KY,   TT_W_CANH, TT_W_TAN,   TT_W_NHAM, TT_W_QUY};
    static const uint16_t BRANCHES[] = {TT_W_TY4, TT_W_SUU, TT_W_DAN1, TT_W_MAO,  TT_W_THIN, TT_W_TY5,
                                        TT_W_NGO, TT_W_MUI, TT_W_THAN, TT_W_DAU5, TT_W_TUAT, TT_W_HOI5};
    *stem = *branch = 0;
    for (size_t s = 0; s < TT_COUNT(STEMS); s++)
        if (tt__lex_word(lex, i, STEMS[s]))
            *stem = (uint8_t)(s + 1);
    size_t at = i + (*stem != 0);
    for (size_t b = 0; b < TT_COUNT(BRANCHES); b++)
        if (tt__lex_word(lex, at, BRANCHES[b]))
            *branch = (uint8_t)(b + 1);
    if (*branch == 5 + 1 || *branch != 0 || !tt__lex_word(lex, at, TT_W_TY))
        return *branch != 0 ? at + 1 - i : 0;
    *branch = *stem % 2 == 1 ? 1 : 6; /* "Tỷ" is written for both */
    return *stem != 0 ? at + 1 - i : 0;
}

static bool read_cycle(tt_when_reader *r)
{
    uint8_t stem, branch;
    size_t len = tt__cycle_at(&stem, &branch, r->lex, r->at);
    bool alone =
        stem == 0 && (r->at == 0 || !(tt__lex_word(r->lex, r->at - 1, TT_W_NAM) || tt__lex_word(r->lex, r->at - 1, TT_W_TET)));
    tt_when *when = len != 0 && !alone ? tt__when_claim(r, TT_SAID_CYCLE) : NULL;
    if (when == NULL)
        return false;
    when->stem = stem;
    when->branch = branch;
    r->at += len;
    return true;
}

/* mùng 3, mồng 9; rằm: days of a lunar month, which may be said after them. "mùng 8 tháng 3" is a day of March. */
static bool read_lunar_day(tt_when_reader *r)
{
    uint32_t day = 15;
    size_t i = r->at, len = 0;
    bool full = tt__lex_word(r->lex, i, TT_W_RAM);
    if (!full && tt__lex_word(r->lex, i, TT_W_MUNG))
        len = tt__small_number_at(&day, r->lex, i + 1);
    if ((!full && len == 0) || day < 1 || day > 15)
        return false;
    tt_when *when = tt__when_claim(r, TT_SAID_DAY);
    if (when == NULL)
        return false;
    when->day = exactly((int32_t)day);
    bool figures = tt__lex_word(r->lex, i + 1 + len, TT_W_THANG) && r->lex->at[i + 2 + len].kind == TT_LEX_NUMBER;
    bool slash = tt__lex_mark(r->lex, i + 1 + len, '/');
    when->lunar = full || !(figures || slash);
    r->at += 1 + len;
    return true;
}

/* A holiday. After a day's number, and after "ngày", "Tết" says which days are counted: mùng 3 Tết, 29 Tết, ba ngày Tết. */
static bool read_holiday(tt_when_reader *r)
{
    size_t best = 0, len;
    size_t row = 0;
    for (size_t i = 0; i < TT_COUNT(HOLIDAYS); i++) {
        len = HOLIDAYS[i].words[0] == r->lex->at[r->at].word ? tt__lex_words(r->lex, r->at, HOLIDAYS[i].words) : 0;
        if (len > best) {
            best = len;
            row = i;
        }
    }
    if (best == 0)
        return false;
    bool new_year = HOLIDAYS[row].lunar && HOLIDAYS[row].day == 1;
    if (new_year && (r->when->said & (TT_SAID_DAY | TT_SAID_SLICE)) != 0) {
        r->when->lunar = r->when->tet = true;
        r->at += best;
        return true;
    }
    tt_when *when = tt__when_claim(r, TT_SAID_DAY | TT_SAID_MONTH);
    if (when == NULL)
        return false;
    when->day = exactly(HOLIDAYS[row].day);
    when->month = exactly(HOLIDAYS[row].month);
    when->lunar = HOLIDAYS[row].lunar;
    when->tet = HOLIDAYS[row].day == 30;
    r->at += best;
    return true;
}

bool tt__when_named(tt_when_reader *r)
{
    return r->lex->at[r->at].kind == TT_LEX_WORD && (read_lunar_day(r) || read_holiday(r) || read_cycle(r));
}
