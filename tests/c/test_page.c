/* test_page.c - blocks and dates of pages. */
#include "case_file.h"

#include "base/alloc.h"
#include "page/lanes.h"
#include "page/stamp.h"

static tt_status make_page(tt_page *page, tt_text *text, tt_test *t, tt_str raw)
{
    tt_status status = tt_text_make(text, &t->arena, raw, &t->err);
    return status == TT_OK ? tt_page_make(page, &t->arena, text, &t->err) : status;
}

/* The line "kind | text" of a block. */
static tt_str shown(tt_test *t, const tt_text *text, const tt_block *block)
{
    const char *kind = tt_block_kind_name(block->kind);
    size_t head = strlen(kind), len = block->span.end - block->span.start;
    char *line = tt_arena_alloc(&t->arena, head + 3 + len);
    memcpy(line, kind, head);
    memcpy(line + head, " | ", 3);
    memcpy(line + head + 3, text->norm.ptr + block->span.start, len);
    return (tt_str){line, head + 3 + len};
}

TT_TEST(page_cases)
{
    case_file cases;
    case_file_read(&cases, t, "tests/cases/blocks.txt");
    for (size_t i = 0; i < cases.len; i++) {
        const case_file_row *row = &cases.at[i];
        tt_text text;
        tt_page page = {.len = 0};
        TT_CHECK_OK(row->name, make_page(&page, &text, t, row->input));
        TT_CHECK(row->name, row->want_len > 0 && strncmp(row->want[0], "date | ", 7) == 0);
        TT_CHECK_STR(row->name, tt_str_c(page.date[0] == '\0' ? "-" : page.date), row->want[0] + 7);
        TT_CHECK_INT(row->name, page.len, row->want_len - 1);
        for (size_t b = 0; b < page.len && b + 1 < row->want_len; b++)
            TT_CHECK_STR(row->name, shown(t, &text, &page.at[b]), row->want[b + 1]);
    }
}

static const struct {
    const char *text, *date; /* date NULL: no timestamp; "": one without a date and a year */
} STAMPS[] = {
    {"09/09/2021 17:38", "2021-09-09"},
    {"21/06/2019 - 15:22", "2019-06-21"},
    {"21 / 06 / 2019 - 15 : 22", "2019-06-21"},
    {"15 : 22 ngày 21 / 6 / 2019", "2019-06-21"},
    {"15:22, 21/6/2019", "2019-06-21"},
    {"Thứ ba, 14/5/2024, 08:46 (GMT+7)", "2024-05-14"},
    {"Thứ Ba, 14/5/2024, 08:46 [GMT+7]", "2024-05-14"},
    {"21/11/2024 12:08 GMT+7", "2024-11-21"},
    {"THỨ HAI, NGÀY 05/10/2020 - 10:00", "2020-10-05"},
    {"Thứ Tư, ngày 7 tháng 9 năm 2022", "2022-09-07"},
    {"25 Tháng Một 2022, 13:07", "2022-01-25"},
    {"01 Tháng Mười Hai 2022, 13:07", "2022-12-01"},
    {"12 tháng 5, 2019", "2019-05-12"},
    {"7:07 ngày 31 tháng 12 2021", "2021-12-31"},
    {"15h22 ngày 21.06.2019", "2019-06-21"},
    {"9h, 21-06-2019", "2019-06-21"},
    {"18:00' 21/06/2019", "2019-06-21"},
    {"2021-09-09 17:38:07", "2021-09-09"},
    {"2021-09-09T17:38:07+07:00", "2021-09-09"},
    {"2021-09-09T17:38:07Z", "2021-09-09"},
    {"17:38 09/09/21", "2021-09-09"},
    {"Cập nhật lúc 14:05 ngày 21-06-2019", "2019-06-21"},
    {"Đăng lúc 14:05, 21/06/2019 - Cập nhật 15:00", "2019-06-21"},
    {"Đăng bởi Mộc Miên, 7:07 21/06/2019", "2019-06-21"},
    {"15-08-2024 - Lượt xem: 3.091", "2024-08-15"},
    {"15-08-2024 | 3.091 lượt xem", "2024-08-15"},
    {"21/06/2019 7:30 SA", "2019-06-21"},
    {"T2, 05/06/2023 08:00 GMT+7", "2023-06-05"},
    {"Chủ nhật 05/06/2022 • 08:00", "2022-06-05"},
    {"Sáng 5/6/2022", "2022-06-05"},
    {"29/02/2024 10:00", "2024-02-29"},
    {"29/02/2023 10:00", ""},
    {"31/12 - 10:00", ""},
    {"3 giờ trước", ""},
    {"Cập nhật lúc 16:10", ""},
    {"", NULL},
    {"Thứ 2, 03/06/2024 15:21", "2024-06-03"},
    {"Thứ hai, 3/6/2024, 15:21 (GMT+7)", "2024-06-03"},
    {"Thứ Hai, 15:21, 03/06/2024", "2024-06-03"},
    {"03/06/2024 | 15:21", "2024-06-03"},
    {"15:21 | 03/06/2024", "2024-06-03"},
    {"03-06-2024 15:21:07", "2024-06-03"},
    {"03 tháng 6, 2024 | 15:21", "2024-06-03"},
    {"Thứ năm, ngày 16/05/2024 - 09:05", "2024-05-16"},
    {"08:05 SA 03/06/2024", "2024-06-03"},
    {"03/06/2024 8:05 AM", "2024-06-03"},
    {"3/6/2024 3:21:07 CH", "2024-06-03"},
    {"Ngày 03 tháng 06 năm 2024", "2024-06-03"},
    {"Thứ Hai, 3 tháng 6, 2024", "2024-06-03"},
    {"Jun 3, 2024", "2024-06-03"},
    {"June 3, 2024", "2024-06-03"},
    {"03 Jun 2024", "2024-06-03"},
    {"3 June 2024 15:21", "2024-06-03"},
    {"Monday, June 3, 2024", "2024-06-03"},
    {"Mon, 03/06/2024 - 15:21", "2024-06-03"},
    {"Cập nhật: 15:21 03/06/2024", "2024-06-03"},
    {"Cập nhật ngày: 03/06/2024", "2024-06-03"},
    {"Ngày đăng: 03/06/2024", "2024-06-03"},
    {"Đăng ngày: 03/06/2024 15:21", "2024-06-03"},
    {"(03/06/2024 15:21)", "2024-06-03"},
    {"[03/06/2024]", "2024-06-03"},
    {"Thứ 2 ngày 03/06/2024 lúc 15:21", "2024-06-03"},
    {"lúc 15 giờ 21 phút ngày 03/06/2024", "2024-06-03"},
    {"15 giờ 21, ngày 3/6/2024", "2024-06-03"},
    {"Thời gian: 15:21 3/6/2024", "2024-06-03"},
    {"Cập nhật gần nhất: 03/06/2024", "2024-06-03"},
    {"Đăng lúc: Thứ hai - 03/06/2024 15:21", "2024-06-03"},
    {"Thứ hai - 03/06/2024 15:21", "2024-06-03"},
    {"Tạo ngày 03 Tháng 6 2024", "2024-06-03"},
    {"Được đăng: Thứ hai, 03 Tháng 6 2024 15:21", "2024-06-03"},
    {"Được đăng ngày Thứ hai, 03 Tháng 6 2024 15:21", "2024-06-03"},
    {"Posted on 03/06/2024", "2024-06-03"},
    {"Published: 03/06/2024 15:21", "2024-06-03"},
    {"Updated: 03/06/2024 15:21", "2024-06-03"},
    {"Xuất bản: Thứ hai, 03/06/2024", "2024-06-03"},
    {"1 ngày trước", ""},
    {"Khoảng 2 giờ trước", ""},
    {"Hôm qua, 15:21", ""},
    {"Hôm nay lúc 15:21", ""},
    {"15:21", ""},
    {"Thg 6 3, 2024", "2024-06-03"},
    {"3 thg 6, 2024", "2024-06-03"},
    {"Th6 3, 2024", "2024-06-03"},
    {"Tháng Sáu 3, 2024", "2024-06-03"},
    {"Tháng 6 3, 2024", "2024-06-03"},
    {"T6, 31/05/2024", "2024-05-31"},
    {"Thứ Hai 03.06.2024 15:21", "2024-06-03"},
    {"15h21' 03/06/2024", "2024-06-03"},
    {"15:21' 03/06/2024", "2024-06-03"},
    {"15:21 ngày 03/06/2024", "2024-06-03"},
    {"Thứ hai,Ngày 03/06/2024", "2024-06-03"},
    {"Thứ Hai, 03/06/2024 (GMT+7)", "2024-06-03"},
    {"03/06/2024, 15:21 (GMT+07:00)", "2024-06-03"},
    {"Ngày 03/06/2024 15:21 PM", "2024-06-03"},
    {"Đăng bởi admin - 03/06/2024", "2024-06-03"},
    {"Admin | 03/06/2024", NULL},
    {"Ngày 3-6-2024", "2024-06-03"},
    {"Thứ Hai, 3/6/2024 3:21 PM", "2024-06-03"},
    {"03/06/2024 15:21 +07:00", "2024-06-03"},
    {"03/06/2024 15:21:07 (UTC+7)", "2024-06-03"},
    {"Ngày phát hành: 03/06/2024", "2024-06-03"},
    {"Ngày ban hành: 03/06/2024", "2024-06-03"},
    {"Thứ Hai, ngày 03/06/2024 15:21 PM (GMT+7)", "2024-06-03"},
    {"Thứ Hai, 03/06/2024 15:21 [(GMT +7)]", "2024-06-03"},
    {"Thứ hai, 03/06/2024 | 15:21 GMT+7", "2024-06-03"},
    {"Lượt xem: 1234 - 03/06/2024", "2024-06-03"},
    {"03/06/2024 15:21 (Lượt xem: 123)", "2024-06-03"},
    {"03/06/2024 15:21:00 Đã xem: 123", "2024-06-03"},
    {"03/06/2024 - 123 Lượt xem", "2024-06-03"},
    {"Cập nhật lúc 03/06/2024 15:21", "2024-06-03"},
    {"Đăng vào 03/06/2024", "2024-06-03"},
    {"Đăng tải ngày 03/06/2024", "2024-06-03"},
    {"Đăng tải: 03/06/2024", "2024-06-03"},
    {"ngày 03 tháng 6 năm 2024 | 15:21", "2024-06-03"},
    {"Chủ Nhật, ngày 2 tháng 6 năm 2024", "2024-06-02"},
    {"CN, 02/06/2024", "2024-06-02"},
    {"Sunday, 02/06/2024", "2024-06-02"},
    {"2/6/2024 8:00:00 AM", "2024-06-02"},
    {"20240603", NULL},
    {"06/2024", NULL},
    {"Tháng 6/2024", NULL},
    {"Tháng 6 năm 2024", NULL},
    {"Số 23 - Thứ Hai, 03/06/2024", NULL},
    {"Thứ ba", NULL},
    {"Hôm nay", NULL},
    {"12", NULL},
    {"2-1", NULL},
    {"25:61 ngày mai", NULL},
    {"32/13/2020", NULL},
    {"Trang 3/118", NULL},
    {"Nghe đọc bài 3:16", NULL},
    {"1.234.567", NULL},
    {"Ngày 21/06/2019, tại Hà Nội", NULL},
    {"Nguyễn Văn A 21/06/2019", NULL},
    {"GMT+7", NULL},
};

TT_TEST(page_stamps)
{
    for (size_t i = 0; i < TT_COUNT(STAMPS); i++) {
        tt_stamp stamp;
        bool is = tt__stamp_is(&stamp, tt_str_c(STAMPS[i].text));
        TT_CHECK_INT(STAMPS[i].text, is, STAMPS[i].date != NULL);
        if (is && STAMPS[i].date != NULL)
            TT_CHECK_STR(STAMPS[i].text, tt_str_c(stamp.date), STAMPS[i].date);
    }
}

static const struct {
    const char *text, *tail; /* "": no timestamp at the end */
} TAILS[] = {
    {"Phương Hằng - 07:00 14/10/2025", "07:00 14/10/2025"},
    {"tiếp Đại... 15/09/2025 11:42", "15/09/2025 11:42"},
    {"tiếp Đại... (15/09/2025 11:42)", "(15/09/2025 11:42)"},
    {"tiếp Đại... Thứ hai, 15/09/2025, 11:42 (GMT+7)", "Thứ hai, 15/09/2025, 11:42 (GMT+7)"},
    {"Họp ngày 15/09/2025", ""},
    {"lúc11:42 15/09/2025", ""},
    {"nằm trên giường bệnh11:42 15/09/2025", "11:42 15/09/2025"},
    {"thở phào15/09/2025 - 11:42", "15/09/2025 - 11:42"},
    {"và mùa mưaThứ hai, 15/09/2025, 11:42 (GMT+7)", "Thứ hai, 15/09/2025, 11:42 (GMT+7)"},
    {"15/09/2025 11:42, tại Hà Nội", ""},
    {"x", ""},
    {"", ""},
};

TT_TEST(page_stamp_tails)
{
    for (size_t i = 0; i < TT_COUNT(TAILS); i++) {
        tt_stamp stamp;
        tt_str text = tt_str_c(TAILS[i].text);
        size_t at = tt__stamp_tail(&stamp, text);
        TT_CHECK_STR(TAILS[i].text, ((tt_str){text.ptr + at, text.len - at}), TAILS[i].tail);
    }
}

TT_TEST(page_kind_names)
{
    TT_CHECK_STR("first", tt_str_c(tt_block_kind_name(TT_BLOCK_NAV)), "nav");
    TT_CHECK_STR("lead", tt_str_c(tt_block_kind_name(TT_BLOCK_LEAD)), "lead");
    TT_CHECK_STR("last", tt_str_c(tt_block_kind_name(TT_BLOCK_TEASER)), "teaser");
    TT_CHECK("none", tt_block_kind_name(TT_BLOCK_KINDS) == NULL);
    TT_CHECK("negative", tt_block_kind_name((tt_block_kind)-1) == NULL);
}

/* Pieces that lines are made of, put together at random: every rule meets every other. */
static const char *const PIECES[] = {
    "\n",
    "\r\n",
    " ",
    "\xC2\xA0",
    "\xE2\x80\x8B",
    ". ",
    "./.",
    "... ",
    "?",
    "\"",
    "(",
    ")",
    "(Ảnh: An/TTXVN)",
    "(Nguồn: Báo A)",
    "09/09/2021 17:38",
    "15h ngày 5/6",
    "Theo TTXVN",
    "Chia sẻ",
    "Tags: a, b",
    " > ",
    " - ",
    "Nguyễn Văn A",
    "Hà Nội",
    "một câu dài hơn một chút",
    "Tin liên quan",
    "©",
    "TP.",
    "1. ",
    ";",
    ":",
    "\xE2\x80\xA8",
    "Ảnh",
    "\xF0\x9F\x98\x80",
};

static size_t random_page(char *out, size_t room, uint32_t *seed)
{
    size_t len = 0;
    for (;;) {
        *seed = *seed * 1664525u + 1013904223u;
        const char *piece = PIECES[(*seed >> 16) % TT_COUNT(PIECES)];
        if (len + strlen(piece) > room || (*seed >> 8) % 41 == 0)
            return len;
        memcpy(out + len, piece, strlen(piece));
        len += strlen(piece);
    }
}

/* Blocks in order, apart and trimmed; nothing but blanks between them. */
static bool covers(const tt_page *page, tt_str norm)
{
    size_t at = 0;
    for (size_t i = 0; i <= page->len; i++) {
        size_t start = i < page->len ? page->at[i].span.start : norm.len;
        const char *end = norm.ptr + start;
        if (start < at || tt__skip_blank(norm.ptr + at, end) != end)
            return false;
        if (i == page->len)
            return true;
        tt_span span = page->at[i].span, trimmed = tt__blank_trim(norm.ptr, span);
        if (span.start >= span.end || trimmed.start != span.start || trimmed.end != span.end)
            return false;
        at = span.end;
    }
    return true;
}

TT_TEST(page_covers_anything)
{
    uint32_t seed = 7;
    char raw[2048];
    for (unsigned i = 0; i < 3000; i++) {
        char name[32];
        tt_text text;
        tt_page page = {.len = 0};
        snprintf(name, sizeof name, "page %u", i);
        tt_str input = {raw, random_page(raw, sizeof raw, &seed)};
        TT_CHECK_OK(name, make_page(&page, &text, t, input));
        TT_CHECK(name, covers(&page, text.norm));
        tt_arena_free(&t->arena);
    }
}

TT_TEST(page_survives_no_memory)
{
    static const char RAW[] = "21/06/2019 - 15:22\nMột tiêu đề của bài báo\nMột câu. Hai câu. (Ảnh: An)\nTheo TTXVN\n";
    tt_text text;
    TT_CHECK_OK("text", tt_text_make(&text, &t->arena, tt_str_c(RAW), &t->err));
    tt_status status = TT_ENOMEM;
    for (long n = 0; status != TT_OK && n < 100; n++) {
        tt_arena arena = {0};
        tt_page page;
        tt__fail_after(n);
        status = tt_page_make(&page, &arena, &text, &t->err);
        tt__fail_after(-1);
        TT_CHECK("status", status == TT_OK || status == TT_ENOMEM);
        TT_CHECK("nothing on failure", status == TT_OK || (page.at == NULL && page.len == 0));
        TT_CHECK("first try fails", n > 0 || status == TT_ENOMEM);
        tt_arena_free(&arena);
    }
    TT_CHECK_INT("in the end", status, TT_OK);
}

/* The bits of 64 bytes, as a loop over them gives. */
TT_TEST(page_lanes)
{
    uint32_t seed = 5;
    char bytes[80];
    for (int round = 0; round < 500; round++) {
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = (char)((seed = seed * 1664525u + 1013904223u) >> 24);
        size_t len = (size_t)round % sizeof bytes;
        tt_lanes lanes = tt__lanes_at(bytes, bytes + len);
        uint64_t dots = 0, small = 0;
        for (size_t i = 0; i < len && i < TT_LANES; i++) {
            dots |= (uint64_t)(bytes[i] == '.') << i;
            small |= (uint64_t)(bytes[i] >= 'a' && bytes[i] <= 'z') << i;
        }
        uint64_t got_dots = tt__lanes_bits(tt__lanes_eq(&lanes, '.')),
                 got_small = tt__lanes_bits(tt__lanes_in(&lanes, 'a', 25));
        TT_CHECK("eq", got_dots == dots);
        TT_CHECK("in", got_small == small);
        TT_CHECK("or",
                 tt__lanes_bits(tt__lanes_or(tt__lanes_eq(&lanes, '.'), tt__lanes_in(&lanes, 'a', 25))) == (dots | small));
        TT_CHECK("and", tt__lanes_bits(tt__lanes_and(tt__lanes_in(&lanes, 'a', 25), tt__lanes_in(&lanes, 'a', 25))) == small);
        TT_CHECK_INT("first", tt__bit_count(tt__first_bits(len)), len < TT_LANES ? len : TT_LANES);
        TT_CHECK("low", small == 0 || (small >> tt__low_bit(small) & 1) == 1);
    }
}
