/* test_patterns.c - which spans of a sentence look like dates, times, amounts, or like numbers that are none of these. */
#include "entity/patterns.h"
#include "entity/scheme.h"
#include "tt_test.h"

enum { TOKENS_MAX = 64 };

/* ORDER PATTERN */
static const char *const NAMES[] = {
    "none",    "day-month-year", "day-month",  "2-1",   "days",      "day",    "month-year", "month",
    "quarter", "year",           "year?",      "years", "era",       "which",  "week",       "weekday",
    "clock",   "clock-date",     "date-clock", "part",  "part-date", "length", "money",      "scaled",
    "%",       "measure",        "ordinal",    "score", "law",       "plate",  "phone",
};
_Static_assert(TT_COUNT(NAMES) == PATTERNS, "a name for each kind");

static const struct {
    const char *in, *want; /* kind:text, with "|" between */
} CASES[] = {
    {"chào ông", ""},
    {"họp ngày 9/7/2021 ở Huế", "day-month-year:ngày 9/7/2021"},
    {"ngày 26 - 2 – 1998", "day-month-year:ngày 26 - 2 – 1998"},
    {"29.3.2005", "day-month-year:29.3.2005"},
    {"2021-09-08", "day-month-year:2021-09-08"},
    {"ngày 2 tháng 9 năm 1945", "day-month-year:ngày 2 tháng 9 năm 1945"},
    {"ngày 20/6", "day-month:ngày 20/6"},
    {"mùng ba tháng Giêng", "day-month:mùng ba tháng Giêng"},
    {"thắng 2-1", "2-1:2-1"},
    {"thắng 3-0", "score:3-0"},
    {"tỉ lệ 25 - 31", ""},
    {"8-10/9/2021", "days:8-10/9/2021"},
    {"ngày 9 đến 14/7", "days:ngày 9 đến 14/7"},
    {"28/2 - 3/3", "days:28/2 - 3/3"},
    {"ngày 22 và", "day:ngày 22"},
    {"tháng 12/2021", "month-year:tháng 12/2021"},
    {"tháng 10 năm ngoái", "month-year:tháng 10 năm ngoái"},
    {"cuối tháng tư", "month:cuối tháng tư"},
    {"quý III/2024", "quarter:quý III/2024"},
    {"năm 2020", "year:năm 2020"},
    {"hồi 1975", "year?:1975"},
    {"nhiệm kỳ 2021-2024", "years:nhiệm kỳ 2021-2024"},
    {"những năm 1990", "years:những năm 1990"},
    {"thập niên 1930", "era:thập niên 1930"},
    {"đầu tuần trước", "which:đầu tuần trước"},
    {"thứ Năm, ngày 5/1", "weekday:thứ Năm, ngày 5/1"},
    {"9h30", "clock:9h30"},
    {"23 g 30", "clock:23 g 30"},
    {"5 giờ sáng", "clock:5 giờ sáng"},
    {"năm giờ sáng", "clock:năm giờ sáng"},
    {"mạng 5G", ""},
    {"sáu tháng đầu năm 2020", "which:sáu tháng đầu năm 2020"},
    {"14 giờ 5 phút ngày 3/2", "clock-date:14 giờ 5 phút ngày 3/2"},
    {"21/06/2019 - 15:22", "date-clock:21/06/2019 - 15:22"},
    {"vào buổi sáng.", "part:buổi sáng"},
    {"rạng sáng 15/9/2025", "part-date:rạng sáng 15/9/2025"},
    {"đêm qua", "part-date:đêm qua"},
    {"trong 30 năm qua", "length:30 năm qua"},
    {"hơn hai giờ ba mươi phút", "length:hơn hai giờ ba mươi phút"},
    {"hai mươi năm phút", "length:hai mươi năm phút"},
    {"hai năm", "length:hai năm"},
    {"hơn 1,2 tỉ đồng", "money:hơn 1,2 tỉ đồng"},
    {"mất 50 triệu", "scaled:50 triệu"},
    {"tăng 7,5%", "%:7,5%"},
    {"23 tuổi", "measure:23 tuổi"},
    {"18 tháng tuổi", "measure:18 tháng tuổi"},
    {"lần thứ 21 tháng 11/2020", "ordinal:lần thứ 21|month-year:tháng 11/2020"},
    {"lần đầu tiên", "ordinal:lần đầu tiên"},
    {"Nghị định 100/2019/NĐ-CP", "law:100/2019/NĐ-CP"},
    {"xe 29A-123.45 chạy", "plate:29A-123.45"},
    {"gọi 0912.345.678", "phone:0912.345.678"},
    {"tuổi.", ""},
    {"tuổi 5 người", ""},
};

/* A sentence as the marked spans of it; `out` has room. */
static void read_spans(char *out, const tt_atom *atoms, const tt_tokens *tokens, const tt_text *text)
{
    *out = '\0';
    for (size_t i = 0, end; i < tokens->len; i = end) {
        end = i + 1;
        if (atoms[i].pattern == 0)
            continue;
        if (atoms[i].pattern % SCHEME_PARTS != SCHEME_UNIT)
            while (atoms[end - 1].pattern % SCHEME_PARTS != SCHEME_LAST)
                end++;
        uint32_t from = tokens->at[i].span.start, to = tokens->at[end - 1].span.end;
        out += sprintf(out, "%s%s:%.*s", *out || i ? "|" : "", NAMES[atoms[i].pattern / SCHEME_PARTS], (int)(to - from),
                       text->norm.ptr + from);
    }
}

TT_TEST(patterns_of_sentences)
{
    tt_atom_source source = {.lexicon = NULL};
    TT_CHECK_OK("words", tt__trait_words_make(&source.words, &t->err));
    for (size_t i = 0; i < TT_COUNT(CASES); i++) {
        tt_atom atoms[TOKENS_MAX];
        char spans[512];
        tt_text text;
        tt_tokens tokens = {NULL, 0};
        memset(atoms, 0, sizeof atoms);
        TT_CHECK_OK(CASES[i].in, tt_text_make(&text, &t->arena, tt_str_c(CASES[i].in), &t->err));
        tt_sentence whole = {{0, (uint32_t)text.norm.len}, 0};
        TT_CHECK_OK(CASES[i].in, tt_tokens_make(&tokens, &t->arena, &text, &(tt_sentences){&whole, 1}, &t->err));
        for (size_t k = 0; k < tokens.len; k++)
            atoms[k].traits = tt__traits_of(&source.words, &text, &tokens.at[k]);
        tt__patterns_mark(atoms, tokens.at, tokens.len, &source);
        read_spans(spans, atoms, &tokens, &text);
        TT_CHECK_STR(CASES[i].in, tt_str_c(spans[0] == '|' ? spans + 1 : spans), CASES[i].want);
    }
}

/* Whatever stands in a sentence, every token is in one span at most and the spans end within it. */
TT_TEST(patterns_of_any_words)
{
    static const char *const WORDS[] = {"ngày", "5",    "năm",  "/", "-",     "hai",  "tuổi", "đầu",   "qua",
                                        "giờ",  "2021", "sáng", "%", "thứ",   "tư",   "lần",  "triệu", "kỷ",
                                        "đến",  "A",    "đ",    ",", "tháng", "mùng", "hơn",  "nửa"};
    tt_atom_source source = {.lexicon = NULL};
    TT_CHECK_OK("words", tt__trait_words_make(&source.words, &t->err));
    uint32_t draw = 1;
    for (size_t round = 0; round < 4000; round++) {
        char in[256] = "";
        tt_atom atoms[TOKENS_MAX];
        tt_text text;
        tt_tokens tokens = {NULL, 0};
        for (size_t k = 0; k < 12; k++) {
            draw = draw * 1664525u + 1013904223u;
            strcat(in, WORDS[(draw >> 8) % TT_COUNT(WORDS)]);
            strcat(in, draw >> 31 ? " " : "");
        }
        memset(atoms, 0, sizeof atoms);
        TT_CHECK_OK(in, tt_text_make(&text, &t->arena, tt_str_c(in), &t->err));
        tt_sentence whole = {{0, (uint32_t)text.norm.len}, 0};
        TT_CHECK_OK(in, tt_tokens_make(&tokens, &t->arena, &text, &(tt_sentences){&whole, 1}, &t->err));
        for (size_t k = 0; k < tokens.len; k++)
            atoms[k].traits = tt__traits_of(&source.words, &text, &tokens.at[k]);
        tt__patterns_mark(atoms, tokens.at, tokens.len, &source);
        uint8_t open = 0; /* of the span that the token before is in and does not end */
        for (size_t i = 0; i < tokens.len; i++) {
            unsigned part = atoms[i].pattern % SCHEME_PARTS, kind = atoms[i].pattern / SCHEME_PARTS;
            bool goes_on = kind != 0 && (part == SCHEME_INSIDE || part == SCHEME_LAST);
            TT_CHECK(in, goes_on == (open != 0) && (open == 0 || open == kind));
            open = kind != 0 && (part == SCHEME_BEGIN || part == SCHEME_INSIDE) ? (uint8_t)kind : 0;
        }
        TT_CHECK(in, open == 0 && atoms[tokens.len].pattern == 0);
    }
}
