/* when.c - reads a date or time as a row of parts in any order, since "14:00, thứ Năm ngày 27/7" and "27/7/2023 - 14 giờ" say
 * the same. A part that says what was said already begins the second end of a range, if a joining word or dash stands between.
 */
#include "value/when.h"

#include <string.h>

/* Words that add nothing. ORDER: any. */
static const uint16_t FILLERS[] = {
    TT_W_NGAY,  TT_W_HOM,    TT_W_HOI, TT_W_LUC, TT_W_VAO,   TT_W_TRONG, TT_W_NHUNG, TT_W_CAC,  TT_W_CA,
    TT_W_TU2,   TT_W_KHOANG, TT_W_GAN, TT_W_HON, TT_W_CHUNG, TT_W_VE,    TT_W_LE,    TT_W_THOI, TT_W_CAP,
    TT_W_NHAT2, TT_W_DANG,   TT_W_GMT, TT_W_UTC, TT_W_Z,     TT_W_SOM,   TT_W_GIO2,  TT_W_TRON,
};

tt_when *tt__when_claim(tt_when_reader *r, uint32_t bits)
{
    uint32_t taken = r->when->said & bits;
    if (taken == TT_SAID_DAY && r->when->day.from == TT_FROM_PAGE) /* hôm nay 30/12 */
        taken = 0;
    if (taken != 0) {
        if (!r->joined || r->out->range)
            return NULL;
        r->out->range = true;
        r->when = &r->out->last;
    }
    r->when->said |= bits;
    return r->when;
}

static bool is_filler(uint16_t word)
{
    for (size_t i = 0; i < TT_COUNT(FILLERS); i++)
        if (FILLERS[i] == word)
            return true;
    return false;
}

/* +7, +07:00 after GMT, UTC or a clock */
static size_t zone_at(const tt_lex *lex, size_t i)
{
    bool sign = tt__lex_mark(lex, i, '+') || (tt__lex_mark(lex, i, '-') && i > 0 && tt__lex_word(lex, i - 1, TT_W_GMT));
    if (!sign || lex->at[i + 1].kind != TT_LEX_NUMBER)
        return 0;
    return tt__lex_mark(lex, i + 2, ':') && lex->at[i + 3].kind == TT_LEX_NUMBER ? 4 : 2;
}

static bool is_mark(uint32_t mark)
{
    return mark == ',' || mark == '-' || mark == '(' || mark == ')' || mark == '|' || mark == '/' || mark == '\'' ||
           mark == 0x2022 || mark == 0xB7 || mark == '"' || mark == ';' || mark == ':' || mark == '.';
}

/* đến, tới, rạng: what follows is the other end. Of a night that turns into a day only the night counts. */
static bool read_join(tt_when_reader *r)
{
    uint16_t word = r->lex->at[r->at].kind == TT_LEX_WORD ? r->lex->at[r->at].word : TT_W_NONE;
    bool joins = word == TT_W_DEN || word == TT_W_TOI4 || (word == TT_W_RANG && (r->out->first.said & TT_SAID_PART) != 0);
    if (!joins || r->at == 0 || r->out->range || r->out->first.said == 0 || r->lex->at[r->at + 1].kind == TT_LEX_END)
        return false;
    r->out->range = true;
    r->when = &r->out->last;
    r->at++;
    return true;
}

static bool read_part(tt_when_reader *r)
{
    static bool (*const PARTS[])(tt_when_reader *) = {tt__when_which, tt__when_count, tt__when_clock, tt__when_number,
                                                      tt__when_named, tt__when_reign, tt__when_part,  tt__when_period};
    for (size_t i = 0; i < TT_COUNT(PARTS); i++)
        if (PARTS[i](r))
            return true;
    return false;
}

static bool read_filler(tt_when_reader *r)
{
    const tt_lex_token *token = &r->lex->at[r->at];
    size_t zone = zone_at(r->lex, r->at);
    if (zone != 0) {
        r->at += zone;
        return true;
    }
    bool mark = token->kind == TT_LEX_MARK && is_mark(token->mark), and = tt__lex_word(r->lex, r->at, TT_W_VA);
    if (!mark && !and&&!(token->kind == TT_LEX_WORD && is_filler(token->word)))
        return false;
    r->joined = r->joined || and || token->mark == '-' || token->mark == ',';
    r->at++;
    return true;
}

/* What one end says of larger periods holds for the other, if that says nothing of its own there. */
static void share(tt_when *to, const tt_when *from)
{
    enum { DATE = TT_SAID_DAY | TT_SAID_WEEKDAY | TT_SAID_WEEK | TT_SAID_MONTH | TT_SAID_YEAR };
    bool day = (to->said & (TT_SAID_DAY | TT_SAID_WEEKDAY)) != 0, clock_only = (to->said & (DATE | TT_SAID_CYCLE)) == 0;
    if (clock_only && (to->said & (TT_SAID_CLOCK | TT_SAID_PART)) != 0) {
        to->day = from->day;
        to->weekday = from->weekday;
        to->week = from->week;
        to->said |= from->said & (TT_SAID_DAY | TT_SAID_WEEKDAY | TT_SAID_WEEK);
        day = true;
    }
    if (day && (to->said & TT_SAID_MONTH) == 0) {
        to->month = from->month;
        to->lunar = to->lunar || from->lunar;
        to->tet = to->tet || from->tet;
        to->said |= from->said & TT_SAID_MONTH;
    }
    if ((to->said & (TT_SAID_YEAR | TT_SAID_CENTURY | TT_SAID_DECADE)) == 0) {
        to->year = from->year;
        to->said |= from->said & TT_SAID_YEAR;
    }
    if ((to->said & TT_SAID_CLOCK) == 0 && (from->said & TT_SAID_CLOCK) == 0)
        to->part = to->part != 0 ? to->part : from->part;
    to->direction = to->direction != 0 ? to->direction : from->direction;
}

bool tt__when_read(tt_when_range *out, const tt_lex *lex)
{
    tt_when_reader r = {.lex = lex, .out = out, .when = &out->first};
    bool night = false;
    memset(out, 0, sizeof *out);
    while (r.at < lex->len) {
        bool rang = tt__lex_word(lex, r.at, TT_W_RANG);
        if (read_join(&r)) {
            night = rang;
        } else if (read_part(&r)) {
            r.joined = false;
        } else if (!read_filler(&r)) {
            return false;
        }
    }
    if (out->first.said == 0 || (out->range && out->last.said == 0))
        return false;
    if (out->range) {
        share(&out->first, &out->last);
        share(&out->last, &out->first);
    }
    out->range = out->range && !night;
    return true;
}
