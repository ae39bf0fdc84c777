/* test_value.c - values of expressions, of pages, and the calendars behind them. */
#include "case_file.h"

#include "base/alloc.h"
#include "value/calendar.h"
#include "value/decimal.h"
#include "value/lunar.h"
#include "value/vocabulary.h"

/* "LABEL | expression | value" cut in place; false when it is none. */
static bool cut_row(tt_str out[3], const char *line)
{
    for (size_t i = 0; i < 3; i++) {
        const char *bar = i < 2 ? strstr(line, " | ") : line + strlen(line);
        if (bar == NULL)
            return false;
        out[i] = (tt_str){line, (size_t)(bar - line)};
        line = bar + 3;
    }
    return true;
}

/* What has a value by its label has one without: a time is read as one, a number as one. */
static void check_unlabelled(tt_test *t, const char *row, tt_value_label label, tt_str text, tt_value_anchor anchor)
{
    tt_value value;
    tt_value_label read = TT_VALUE_LABELS;
    bool time = label <= TT_VALUE_DURATION;
    bool found = time ? tt_value_parse_time(&value, &read, text, anchor) : tt_value_parse_number(&value, &read, text);
    TT_CHECK(row, found && value.text[0] != '\0');
    TT_CHECK(row, time ? read <= TT_VALUE_DURATION : read >= TT_VALUE_ORDINAL && read < TT_VALUE_LABELS);
}

/* Checks the expressions of a file; gives how many it has. */
static size_t check_cases(tt_test *t, const char *path)
{
    case_file cases;
    size_t expressions = 0;
    case_file_read(&cases, t, path);
    for (size_t i = 0; i < cases.len; i++) {
        const case_file_row *row = &cases.at[i];
        tt_value_anchor anchor = {tt_value_day(row->input), -1};
        TT_CHECK(row->name, anchor.day != 0 || tt_str_eq(row->input, tt_str_c("-")));
        for (size_t k = 0; k < row->want_len; k++) {
            tt_str part[3];
            tt_value value;
            TT_CHECK(row->want[k], cut_row(part, row->want[k]));
            tt_value_label label = tt_value_label_of(part[0]);
            TT_CHECK(row->want[k], label < TT_VALUE_LABELS);
            const char *wanted = part[2].ptr; /* it ends the line */
            bool found = tt_value_parse(&value, label, part[1], anchor);
            TT_CHECK_STR(row->want[k], tt_str_c(found ? value.text : "-"), wanted);
            if (found)
                check_unlabelled(t, row->want[k], label, part[1], anchor);
            expressions++;
        }
    }
    return expressions;
}

TT_TEST(value_cases)
{
    TT_CHECK("enough of them", check_cases(t, "tests/cases/values.txt") >= 400);
    TT_CHECK("enough amounts", check_cases(t, "tests/cases/amounts.txt") >= 150);
}

/* First days of the lunar year in Vietnam, as the calendars of those years had them. */
static const char *const NEW_YEARS[] = {
    "1975-02-11", "1976-01-31", "1977-02-18", "1978-02-07", "1979-01-28", "1980-02-16", "1981-02-05", "1982-01-25",
    "1983-02-13", "1984-02-02", "1985-01-21", "1986-02-09", "1987-01-29", "1988-02-17", "1989-02-06", "1990-01-27",
    "1991-02-15", "1992-02-04", "1993-01-23", "1994-02-10", "1995-01-31", "1996-02-19", "1997-02-07", "1998-01-28",
    "1999-02-16", "2000-02-05", "2001-01-24", "2002-02-12", "2003-02-01", "2004-01-22", "2005-02-09", "2006-01-29",
    "2007-02-17", "2008-02-07", "2009-01-26", "2010-02-14", "2011-02-03", "2012-01-23", "2013-02-10", "2014-01-31",
    "2015-02-19", "2016-02-08", "2017-01-28", "2018-02-16", "2019-02-05", "2020-01-25", "2021-02-12", "2022-02-01",
    "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-02",
};

TT_TEST(lunar_new_years)
{
    for (size_t i = 0; i < TT_COUNT(NEW_YEARS); i++) {
        int32_t day = 0;
        TT_CHECK(NEW_YEARS[i], tt__lunar_day(&day, 1975 + (int32_t)i, 1, false, 1));
        TT_CHECK_INT(NEW_YEARS[i], day, tt_value_day(tt_str_c(NEW_YEARS[i])));
    }
}

static const struct {
    int32_t year;
    uint32_t leap;
} LEAPS[] = {
    {1984, 0}, {1985, 2}, {1987, 7}, {2001, 4}, {2004, 2}, {2006, 7}, {2009, 5}, {2012, 4},
    {2014, 9}, {2017, 6}, {2020, 4}, {2021, 0}, {2023, 2}, {2025, 6}, {2028, 5}, {2033, 11},
};

TT_TEST(lunar_leap_months)
{
    for (size_t i = 0; i < TT_COUNT(LEAPS); i++) {
        char name[16];
        snprintf(name, sizeof name, "%d", LEAPS[i].year);
        TT_CHECK_INT(name, tt__lunar_leap(LEAPS[i].year), LEAPS[i].leap);
    }
}

/* Every month of the range has 29 or 30 days and begins where the one before ends; a year has 12 or 13. */
TT_TEST(lunar_months_join)
{
    int32_t next = 0;
    for (int32_t year = TT_LUNAR_FIRST; year <= TT_LUNAR_LAST; year++) {
        uint32_t leap = tt__lunar_leap(year);
        char name[16];
        snprintf(name, sizeof name, "%d", year);
        for (uint32_t step = 0; step < (leap != 0 ? 26u : 24u); step++) {
            uint32_t month = step / 2 + 1;
            bool second = step % 2 == 1;
            int32_t first, last;
            if (month > 12 || (second && month != leap))
                continue;
            TT_CHECK(name, tt__lunar_day(&first, year, month, second, 1));
            TT_CHECK(name, next == 0 || first == next);
            next = first + (tt__lunar_day(&last, year, month, second, 30) ? 30 : 29);
        }
    }
    int32_t day;
    TT_CHECK("before the range", !tt__lunar_day(&day, TT_LUNAR_FIRST - 1, 1, false, 1));
    TT_CHECK("after the range", !tt__lunar_day(&day, TT_LUNAR_LAST + 1, 1, false, 1));
    TT_CHECK("no such leap month", !tt__lunar_day(&day, 2024, 3, true, 1));
    TT_CHECK("31st day", !tt__lunar_day(&day, 2024, 3, false, 31));
    TT_CHECK("year of a day", tt__lunar_year(&day, tt_value_day(tt_str_c("2026-02-16"))) && day == 2025);
    TT_CHECK("year of the next day", tt__lunar_year(&day, tt_value_day(tt_str_c("2026-02-17"))) && day == 2026);
}

TT_TEST(calendar_days)
{
    TT_CHECK_INT("first", tt__day_of(1, 1, 1), 1);
    TT_CHECK_INT("unix", tt__day_of(1970, 1, 1), 719163);
    TT_CHECK_INT("weekday", tt__weekday_of(tt__day_of(2021, 9, 9)), 4);
    for (int32_t day = -800000; day < 1500000; day += 37) {
        tt_ymd ymd = tt__ymd_of(day);
        if (tt__day_of(ymd.year, ymd.month, ymd.day) != day || !tt__day_exists(ymd.year, ymd.month, ymd.day))
            TT_CHECK_INT("there and back", tt__day_of(ymd.year, ymd.month, ymd.day), day);
    }
    TT_CHECK_INT("no such day", tt_value_day(tt_str_c("2021-02-29")), 0);
}

static const struct {
    const char *day;
    int32_t year;
    uint32_t week;
} WEEKS[] = {
    {"2021-01-01", 2020, 53}, {"2021-01-04", 2021, 1},  {"2020-12-31", 2020, 53}, {"2018-12-31", 2019, 1},
    {"2021-09-09", 2021, 36}, {"2016-01-03", 2015, 53}, {"2024-12-30", 2025, 1},
};

TT_TEST(calendar_weeks)
{
    for (size_t i = 0; i < TT_COUNT(WEEKS); i++) {
        int32_t year, day = tt_value_day(tt_str_c(WEEKS[i].day));
        uint32_t week;
        tt__week_of(&year, &week, day);
        TT_CHECK_INT(WEEKS[i].day, year, WEEKS[i].year);
        TT_CHECK_INT(WEEKS[i].day, week, WEEKS[i].week);
        TT_CHECK_INT(WEEKS[i].day, tt__week_start(year, week), day - (int32_t)tt__weekday_of(day) + 1);
    }
    TT_CHECK_INT("long year", tt__year_weeks(2020), 53);
    TT_CHECK_INT("common year", tt__year_weeks(2021), 52);
}

TT_TEST(value_vocabulary_is_sorted)
{
    for (size_t i = 1; i < tt__word_count; i++)
        TT_CHECK(tt__words[i].key, strcmp(tt__words[i - 1].key, tt__words[i].key) < 0);
}

static const struct {
    tt_value_label label;
    const char *text, *start, *end;
    int32_t clock;
} SPANS[] = {
    {TT_VALUE_DATE, "8-10/9/2021", "2021-09-08", "2021-09-11", -1},
    {TT_VALUE_DATE, "tháng 2/2024", "2024-02-01", "2024-03-01", -1},
    {TT_VALUE_DATE, "quý IV", "2021-10-01", "2022-01-01", -1},
    {TT_VALUE_DATE, "6 tháng đầu năm", "2021-01-01", "2021-07-01", -1},
    {TT_VALUE_DATE, "năm ngoái", "2020-01-01", "2021-01-01", -1},
    {TT_VALUE_DATE, "2021-2030", "2021-01-01", "2031-01-01", -1},
    {TT_VALUE_DATE, "thập niên 1990", "1990-01-01", "2000-01-01", -1},
    {TT_VALUE_DATE, "thế kỷ 20", "1901-01-01", "2001-01-01", -1},
    {TT_VALUE_DATE, "tuần này", "2021-09-06", "2021-09-13", -1},
    {TT_VALUE_DATE, "cuối tuần này", "2021-09-11", "2021-09-13", -1},
    {TT_VALUE_DATE, "mùa đông", "2021-11-01", "2022-02-01", -1},
    {TT_VALUE_DATE, "tháng Giêng", "2021-01-01", "2021-02-01", -1},
    {TT_VALUE_DATE, "tháng Giêng âm lịch năm 2021", "2021-02-12", "2021-03-13", -1},
    {TT_VALUE_DATE, "tháng Chạp năm 2020", "2021-01-13", "2021-02-12", -1},
    {TT_VALUE_TIME, "9h30 sáng nay", "2021-09-09", "2021-09-10", 34200},
    {TT_VALUE_TIME, "24h hôm nay", "2021-09-09", "2021-09-10", 86400},
    {TT_VALUE_TIME, "tối qua", "2021-09-08", "2021-09-09", -1},
    {TT_VALUE_TIME, "3 giờ trước", "2021-09-09", "2021-09-10", 4 * 3600},
    {TT_VALUE_TIME, "8 giờ trước", "2021-09-08", "2021-09-09", 23 * 3600},
};

TT_TEST(value_days_and_clocks)
{
    tt_value_anchor anchor = {tt_value_day(tt_str_c("2021-09-09")), 7 * 3600};
    for (size_t i = 0; i < TT_COUNT(SPANS); i++) {
        tt_value value;
        TT_CHECK(SPANS[i].text, tt_value_parse(&value, SPANS[i].label, tt_str_c(SPANS[i].text), anchor));
        TT_CHECK_INT(SPANS[i].text, value.start, tt_value_day(tt_str_c(SPANS[i].start)));
        TT_CHECK_INT(SPANS[i].text, value.end, tt_value_day(tt_str_c(SPANS[i].end)));
        TT_CHECK_INT(SPANS[i].text, value.clock, SPANS[i].clock);
    }
}

static void check_decimal(tt_test *t, const char *row, tt_decimal got, const char *want)
{
    char text[40] = "?";
    size_t len = got.known ? tt_decimal_write(text, got) : 1;
    TT_CHECK_STR(row, ((tt_str){text, len}), want);
}

TT_TEST(value_numbers)
{
    tt_value_anchor none = {0, -1};
    tt_value value;
    tt_value_parse(&value, TT_VALUE_MONEY, tt_str_c("6,5-7 triệu USD"), none);
    check_decimal(t, "first", value.number, "6500000");
    check_decimal(t, "second", value.number_end, "7000000");
    TT_CHECK_STR("currency", tt_str_c(value.currency), "USD");
    tt_value_parse(&value, TT_VALUE_QUANTITY, tt_str_c("12,50  km / h"), none);
    check_decimal(t, "zeros stay", value.number, "12.50");
    check_decimal(t, "no second", value.number_end, "?");
    TT_CHECK_STR("unit", tt_str_c(value.unit), "km / h");
    tt_value_parse(&value, TT_VALUE_DURATION, tt_str_c("1 giờ 30 phút"), none);
    check_decimal(t, "seconds", value.seconds, "5400");
    tt_value_parse(&value, TT_VALUE_DURATION, tt_str_c("một năm"), none);
    check_decimal(t, "a year", value.seconds, "31556952");
    tt_value_parse(&value, TT_VALUE_DURATION, tt_str_c("vài năm"), none);
    check_decimal(t, "unknown", value.seconds, "?");
}

TT_TEST(value_decimals)
{
    tt_decimal big = {INT64_C(999999999999999999), 0, true}, third = tt__decimal_over(tt__decimal(1), 3, 6);
    check_decimal(t, "too large", tt__decimal_add(big, tt__decimal(1)), "?");
    check_decimal(t, "too large times", tt__decimal_times(big, 2), "?");
    check_decimal(t, "shift", tt__decimal_shift((tt_decimal){125, 2, true}, 3), "1250");
    check_decimal(t, "third", third, "0.333333");
    check_decimal(t, "negative", (tt_decimal){-5, 1, true}, "-0.5");
    check_decimal(t, "trim", tt__decimal_trim((tt_decimal){2500, 3, true}), "2.5");
    TT_CHECK_INT("compare", tt__decimal_compare((tt_decimal){15, 1, true}, tt__decimal(2)), -1);
}

/* A page whose mentions are the stretches in braces: "[DATE|hôm qua]". */
typedef struct {
    tt_text text;
    tt_value_mention mentions[16];
    size_t count;
} marked_page;

static void read_marked(marked_page *out, tt_test *t, const char *marked)
{
    char *plain = tt_arena_alloc(&t->arena, strlen(marked) + 1), *to = plain;
    out->count = 0;
    for (const char *at = marked; *at != '\0'; at++) {
        if (*at == '[') {
            const char *bar = strchr(at, '|');
            tt_value_label label = tt_value_label_of((tt_str){at + 1, (size_t)(bar - at - 1)});
            out->mentions[out->count] = (tt_value_mention){{(uint32_t)(to - plain), 0}, (uint32_t)label};
            at = bar;
        } else if (*at == ']') {
            out->mentions[out->count++].span.end = (uint32_t)(to - plain);
        } else {
            *to++ = *at;
        }
    }
    TT_CHECK_OK(marked, tt_text_make(&out->text, &t->arena, (tt_str){plain, (size_t)(to - plain)}, &t->err));
}

static const struct {
    const char *page, *date, *want; /* values with commas; "-" for none */
} PAGES[] = {
    {"Ngày [DATE|10/9], đoàn tới Huế. [TIME|Chiều cùng ngày], đoàn về Hà Nội. [DATE|Hai ngày sau], có tin vui.", "2021-09-20",
     "2021-09-10,2021-09-10TAF,2021-09-12"},
    {"Ngày [DATE|2-9-1945], mít tinh ở Ba Đình; [DATE|hôm đó] trời nắng. Trước đó, ngày [DATE|19-8], Hà Nội giành chính quyền.",
     "2020-09-02", "1945-09-02,1945-09-02,1945-08-19"},
    {"Trận đấu bắt đầu lúc [TIME|23h] [TIME|tối 19/8] và kéo dài tới [TIME|1h sáng].", "2021-08-21",
     "2021-08-19T23:00,2021-08-19TEV,2021-08-20T01:00"},
    {"Dự kiến dự án sẽ khánh thành vào [DATE|thứ Bảy].", "2021-09-09", "2021-09-11"},
    {"Ông đã đến đây hôm [DATE|thứ Bảy].", "2021-09-09", "2021-09-04"},
    {"Lớp học mở mỗi [TIME|tối thứ Ba].", "2021-09-09", "XXXX-WXX-2TEV"},
    {"Hội nghị diễn ra hồi [DATE|tháng 12].", "2021-03-09", "2020-12"},
    {"Công ty sẽ khởi công vào [DATE|tháng 2].", "2021-11-09", "2022-02"},
    {"Lương các tháng [DATE|tháng 6], [DATE|7], [DATE|8] chưa trả.", "2021-09-09", "2021-06,2021-07,2021-08"},
    {"[PER|Ông A] nói [MONEY|5 triệu đồng] và [DATE|31/2].", "2021-09-09", "-,5000000 VND,-"},
    {"[DATE|hôm qua] và [DATE|3/4]", "", "XXXX-XX-XX,XXXX-04-03"},
    {"Bà gặp nạn [TIME|lúc nửa đêm]. [TIME|Đêm 7/9], xe lao xuống vực.", "2021-09-09", "2021-09-07TNI,2021-09-07TNI"},
};

TT_TEST(value_pages)
{
    for (size_t i = 0; i < TT_COUNT(PAGES); i++) {
        marked_page page;
        tt_values values;
        char got[256] = "";
        read_marked(&page, t, PAGES[i].page);
        tt_block block = {{0, (uint32_t)page.text.norm.len}, TT_BLOCK_PARAGRAPH};
        tt_page blocks = {.at = &block, .len = 1};
        TT_CHECK_OK(PAGES[i].page,
                    tt_values_make(&values, &t->arena, &page.text, &blocks, page.mentions, page.count, PAGES[i].date, &t->err));
        for (size_t k = 0; k < page.count; k++) {
            uint32_t at = values.index[k];
            size_t len = strlen(got);
            snprintf(got + len, sizeof got - len, "%s%s", k == 0 ? "" : ",", at == UINT32_MAX ? "-" : values.at[at].text);
        }
        TT_CHECK_STR(PAGES[i].page, tt_str_c(got), PAGES[i].want);
    }
}

/* A teaser with its own timestamp counts from that. */
TT_TEST(value_teaser)
{
    static const char *const BLOCKS[] = {"Hôm qua, mưa lớn.", "Bão số 3 vào bờ hôm qua 05/08/2020 16:22", "Hôm qua, nắng."};
    static const char *const WANT[] = {"2021-09-08", "2020-08-04", "2021-09-08"};
    static const uint32_t AT[] = {0, 22, 0};
    char plain[256] = "";
    tt_block blocks[3];
    tt_value_mention mentions[3];
    tt_text text;
    tt_values values;
    for (size_t i = 0; i < 3; i++) {
        uint32_t start = (uint32_t)strlen(plain);
        snprintf(plain + start, sizeof plain - start, "%s\n", BLOCKS[i]);
        blocks[i] = (tt_block){{start, (uint32_t)strlen(plain) - 1}, i == 1 ? TT_BLOCK_TEASER : TT_BLOCK_PARAGRAPH};
        const char *at = strstr(plain + start, i == 1 ? "hôm" : "Hôm");
        mentions[i] = (tt_value_mention){{(uint32_t)(at - plain), (uint32_t)(at - plain) + 8}, TT_VALUE_DATE};
        TT_CHECK("place", AT[i] == 0 || (uint32_t)(at - plain) - start >= AT[i]);
    }
    tt_page page = {.at = blocks, .len = 3};
    TT_CHECK_OK("text", tt_text_make(&text, &t->arena, tt_str_c(plain), &t->err));
    TT_CHECK_OK("values", tt_values_make(&values, &t->arena, &text, &page, mentions, 3, "2021-09-09", &t->err));
    for (size_t i = 0; i < 3; i++)
        TT_CHECK_STR(BLOCKS[i], tt_str_c(values.index[i] == UINT32_MAX ? "-" : values.at[values.index[i]].text), WANT[i]);
}

static const char *const PIECES[] = {
    "3",
    "31",
    "12",
    "2021",
    "99999999999999999999",
    "0",
    "/",
    "-",
    ".",
    ",",
    ":",
    " ",
    " ",
    " đến ",
    "tháng",
    "năm",
    "ngày",
    "quý",
    "thứ",
    "tuần",
    "giờ",
    "h",
    "phút",
    "sáng",
    "tối",
    "nay",
    "qua",
    "sau",
    "trước",
    "đầu",
    "cuối",
    "nửa",
    "rưỡi",
    "mười",
    "trăm",
    "nghìn",
    "triệu",
    "tỷ",
    "Tết",
    "mùng",
    "rằm",
    "Giáp",
    "Thìn",
    "TCN",
    "thế kỷ",
    "%",
    "đồng",
    "km",
    "âm",
    "lịch",
    "phần",
    "hai",
    "một",
    "mốt",
    "XIV",
    "(",
    ")",
    "+",
    "GMT",
    "mấy",
    "chục",
    "\xC2\xA0",
    "\xF0\x9F\x98\x80",
    "e\xCC\x81",
    "cùng",
    "kém",
    "chủ nhật",
    "\"",
};

/* Whatever is put together, the value is a text that ends, and days in order. */
TT_TEST(value_of_anything)
{
    uint32_t seed = 7;
    unsigned with_value = 0;
    char raw[2048];
    tt_value_anchor anchor = {tt_value_day(tt_str_c("2021-09-09")), 3600};
    for (unsigned i = 0; i < 60000; i++) {
        size_t len = 0, count = (seed >> 16) % (i % 50 == 0 ? 60 : 9); /* at times more tokens than are read */
        for (size_t k = 0; k <= count; k++) {
            seed = seed * 1664525u + 1013904223u;
            const char *piece = PIECES[(seed >> 16) % TT_COUNT(PIECES)];
            memcpy(raw + len, piece, strlen(piece));
            len += strlen(piece);
            if ((seed >> 8) % 3 == 0)
                raw[len++] = ' ';
        }
        tt_value value;
        bool found = tt_value_parse(&value, (tt_value_label)(i % TT_VALUE_LABELS), (tt_str){raw, len}, anchor);
        bool sound =
            memchr(value.text, '\0', sizeof value.text) != NULL && value.start <= value.end && found == (value.text[0] != '\0');
        with_value += found;
        if (!sound) {
            raw[len] = '\0';
            TT_CHECK(raw, sound);
        }
    }
    TT_CHECK("some have one", with_value > 1000);
}

TT_TEST(value_refuses)
{
    char many[400] = "";
    tt_value value;
    tt_value_anchor none = {0, -1};
    for (size_t i = 0; i < 60; i++)
        memcpy(many + 3 * i, "1, ", 3);
    TT_CHECK("too many tokens", !tt_value_parse(&value, TT_VALUE_DATE, tt_str_c(many), none));
    TT_CHECK("not UTF-8", !tt_value_parse(&value, TT_VALUE_DATE, tt_str_c("8/9\xFF"), none));
    TT_CHECK("nothing", !tt_value_parse(&value, TT_VALUE_DATE, tt_str_c(""), none));
    TT_CHECK("no label", !tt_value_parse(&value, TT_VALUE_LABELS, tt_str_c("8/9"), none));
    TT_CHECK("empty", value.text[0] == '\0' && value.start == 0 && value.clock == -1 && !value.number.known);
    TT_CHECK_INT("PER", tt_value_label_of(tt_str_c("PER")), TT_VALUE_LABELS);
}

TT_TEST(values_of_odd_mentions)
{
    marked_page page;
    tt_values values;
    read_marked(&page, t, "x [DATE|hôm nay] và [DATE|hôm qua] x [TIME|9h]");
    uint32_t end = (uint32_t)page.text.norm.len;
    tt_block block = {{page.mentions[1].span.start, end - 1}, TT_BLOCK_PARAGRAPH};
    tt_page blocks = {.at = &block, .len = 1}, none = {.len = 0};
    page.mentions[page.count++] = (tt_value_mention){{end, end}, TT_VALUE_DATE};
    page.mentions[page.count++] = (tt_value_mention){{0, end}, TT_VALUE_LABELS};
    TT_CHECK_OK("values",
                tt_values_make(&values, &t->arena, &page.text, &blocks, page.mentions, page.count, "2021-09-09", &t->err));
    TT_CHECK_INT("before the block", values.index[0], UINT32_MAX);
    TT_CHECK_INT("in the block", values.index[1], 0);
    TT_CHECK_INT("beyond its end", values.index[2], UINT32_MAX);
    TT_CHECK_INT("empty", values.index[3], UINT32_MAX);
    TT_CHECK_INT("without a value's label", values.index[4], UINT32_MAX);
    TT_CHECK_OK("no block", tt_values_make(&values, &t->arena, &page.text, &none, page.mentions, page.count, "", &t->err));
    TT_CHECK_INT("no block", values.len, 0);
}

TT_TEST(values_survive_no_memory)
{
    marked_page page;
    read_marked(&page, t, "Ngày [DATE|8/9], [TIME|chiều nay].");
    tt_block block = {{0, (uint32_t)page.text.norm.len}, TT_BLOCK_PARAGRAPH};
    tt_page blocks = {.at = &block, .len = 1};
    tt_status status = TT_ENOMEM;
    for (long n = 0; status != TT_OK && n < 10; n++) {
        tt_arena arena = {0};
        tt_values values;
        tt__fail_after(n);
        status = tt_values_make(&values, &arena, &page.text, &blocks, page.mentions, page.count, "", &t->err);
        tt__fail_after(-1);
        TT_CHECK("status", status == TT_OK || status == TT_ENOMEM);
        TT_CHECK("nothing on failure", status == TT_OK || (values.at == NULL && values.len == 0));
        tt_arena_free(&arena);
    }
    TT_CHECK_INT("in the end", status, TT_OK);
}
