/* reigns.c - years that are counted by a reign (Minh Mạng thứ 18) or named by a dynasty (thời Trần). First years of the reigns
 * and spans of the dynasties as in the national histories; a reign's first year is its year 1.
 */
#include "value/when.h"

#include "page/phrase.h"

static const struct {
    const char *name;
    int32_t first;
} REIGNS[] = {
    {"hồng đức", 1470},  {"chính hòa", 1680}, {"cảnh hưng", 1740},  {"quang trung", 1788}, {"cảnh thịnh", 1793},
    {"gia long", 1802},  {"minh mạng", 1820}, {"minh mệnh", 1820},  {"thiệu trị", 1841},   {"tự đức", 1848},
    {"kiến phúc", 1884}, {"hàm nghi", 1885},  {"đồng khánh", 1886}, {"thành thái", 1889},  {"duy tân", 1907},
    {"khải định", 1916}, {"bảo đại", 1926},
};

static const struct {
    const char *name;
    int32_t first, last;
} DYNASTIES[] = {
    {"thời đinh", 968, 980},   {"thời tiền lê", 980, 1009},  {"thời lý", 1009, 1225},
    {"thời trần", 1226, 1400}, {"thời hồ", 1400, 1407},      {"thời lê sơ", 1428, 1527},
    {"thời mạc", 1527, 1592},  {"thời tây sơn", 1778, 1802}, {"thời nguyễn", 1802, 1945},
};

static const char *text_at(const tt_lex *lex, size_t i)
{
    return lex->text.ptr + lex->at[i].span.start;
}

/* Token after the `bytes` of text that begin at token `i`. */
static size_t token_after(const tt_lex *lex, size_t i, size_t bytes)
{
    uint32_t end = lex->at[i].span.start + (uint32_t)bytes;
    while (i < lex->len && lex->at[i].span.start < end)
        i++;
    return i;
}

/* [năm] Minh Mạng [năm] thứ 18 */
static bool read_reign(tt_when_reader *r)
{
    const tt_lex *lex = r->lex;
    const char *end = lex->text.ptr + lex->text.len;
    uint32_t number;
    size_t i = r->at + tt__lex_word(lex, r->at, TT_W_NAM), after;
    if (!tt__lex_word(lex, i + 2, TT_W_THU4) && !(i + 3 < lex->len && tt__lex_word(lex, i + 3, TT_W_THU4)))
        return false;
    for (size_t n = 0; n < TT_COUNT(REIGNS) && lex->at[i].kind == TT_LEX_WORD; n++) {
        size_t bytes = tt__phrase_at(text_at(lex, i), end, REIGNS[n].name);
        if (bytes == 0)
            continue;
        after = token_after(lex, i, bytes);
        after += tt__lex_word(lex, after, TT_W_NAM);
        size_t len = tt__lex_word(lex, after, TT_W_THU4) ? tt__small_number_at(&number, lex, after + 1) : 0;
        tt_when *when = len != 0 && number >= 1 && number <= 99 ? tt__when_claim(r, TT_SAID_YEAR) : NULL;
        if (when == NULL)
            return false;
        when->year = (tt_field){TT_FROM_ZERO, REIGNS[n].first + (int32_t)number - 1};
        r->at = after + 1 + len;
        return true;
    }
    return false;
}

/* thời Trần: from its first year to its last */
static bool read_dynasty(tt_when_reader *r)
{
    const tt_lex *lex = r->lex;
    if (!tt__lex_word(lex, r->at, TT_W_THOI) || r->out->range)
        return false;
    for (size_t n = 0; n < TT_COUNT(DYNASTIES); n++) {
        size_t bytes = tt__phrase_at(text_at(lex, r->at), lex->text.ptr + lex->text.len, DYNASTIES[n].name);
        tt_when *when = bytes != 0 ? tt__when_claim(r, TT_SAID_YEAR) : NULL;
        if (when == NULL)
            continue;
        when->year = (tt_field){TT_FROM_ZERO, DYNASTIES[n].first};
        r->out->range = true;
        r->when = &r->out->last;
        r->when->said = TT_SAID_YEAR;
        r->when->year = (tt_field){TT_FROM_ZERO, DYNASTIES[n].last};
        r->at = token_after(lex, r->at, bytes);
        return true;
    }
    return false;
}

bool tt__when_reign(tt_when_reader *r)
{
    return r->lex->at[r->at].kind == TT_LEX_WORD && (read_reign(r) || read_dynasty(r));
}
