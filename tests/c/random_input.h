/* random_input.h - inputs that are the same for the same seed, made of what meets in pages, corpora and JSON, with random bytes
 * between: for the replay of the fuzz targets and for tests. */
#ifndef RANDOM_INPUT_H
#define RANDOM_INPUT_H

#include "base/hash.h"
#include "tintuc/base.h"

#include <string.h>

enum { RANDOM_PIECES_MAX = 40, RANDOM_INPUT_MAX = 1 << 16, RANDOM_REPEAT_MAX = 300 };

static const char *const RANDOM_PIECES[] = {
    /* letters, composed and not */
    "a",
    "Đ",
    "đ",
    "ð",
    "ế",
    "e\xCC\x82\xCC\x81",
    "o\xCC\x9B",
    "u\xCC\xA3",
    "\xCC\x81",
    "\xCC\x82",
    "\xCC\xA3",
    "ỹ",
    "ĩ",
    "kỹ ",
    "hòa",
    "hoà",
    "thủy",
    "đuợc",
    "nghịêm",
    "giêng",
    "quốc",
    "HOÀ",
    "Ⱥ",
    "İ",
    "ẞ",
    "ﬁ",
    "ＡＢ１",
    "Нa",
    "Аnh",
    "αb",
    "한",
    "\xE1\x84\x80",
    "\xE1\x85\xA1",
    "\xE1\x86\xA8",
    "日本",
    /* what is not seen, and what is not a line feed but ends a line */
    " ",
    "  ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\v",
    "\xC2\x85",
    "\xC2\xA0",
    "\xE2\x80\xA8",
    "\xE2\x80\x8B",
    "\xE2\x80\x8D",
    "\xEF\xBB\xBF",
    "\xC2\xAD",
    "\xEF\xB8\x8F",
    "\xEE\x80\x80",
    "\x01",
    "\x7F",
    "\xE3\x80\x80",
    "👨\xE2\x80\x8D👩",
    "🇻🇳",
    /* signs */
    "&amp;",
    "&#432;",
    "&#x1EBF;",
    "&nbsp",
    "&lt;",
    "&",
    "&#;",
    "–",
    "—",
    "“",
    "”",
    "‘",
    "…",
    "...",
    "\"",
    "'",
    "(",
    ")",
    "[",
    "]",
    "|",
    "»",
    "/",
    "-",
    ":",
    ".",
    ",",
    "!",
    "?",
    "*",
    "•",
    ">>",
    "©",
    "@",
    "%",
    "$",
    /* spoilt and old encodings */
    "Há»™i",
    "Viá»‡t",
    "Ã¡Â»â€¡",
    "\xC3",
    "\xE1\xBB",
    "\xF0\x9F",
    "\xFF",
    "\xD2",
    "a\xEC",
    "Vie^.t",
    "dd",
    "\\",
    "tr\xAD\xEA\xED",
    "n\xB5ng",
    ("a\xD8"
     "e\xE4"),
    /* pages */
    "Thứ Năm, 09/09/2021, 14:05 (GMT+7)",
    "09-09-2021",
    "Theo TTXVN",
    "Ảnh: ",
    "(Dân trí) - ",
    "Chia sẻ",
    "Xem thêm: ",
    "Tags: ",
    "TP.HCM",
    "Nguyễn Văn A",
    "ông A. nói: ",
    "v.v.",
    "http://a.vn/b",
    "Hà Nội",
    "5 giờ trước",
    "Đọc tiếp",
    "Video",
    "Tin liên quan",
    /* values */
    "ngày 30 tháng 4 năm 1975",
    "30/4",
    "hôm qua",
    "tháng trước",
    "thế kỷ XX",
    "quý 3/2020",
    "sáng mai",
    "2 giờ 30 phút",
    "rằm tháng Giêng",
    "ba mươi",
    "một trăm linh năm",
    "hai phẩy năm",
    "1.234,5",
    "12",
    "0",
    "999999999999999999",
    "tỷ",
    "triệu đồng",
    "USD",
    "%",
    "kg",
    "m2",
    "năm",
    "tháng",
    "ngày",
    "tuần",
    "giờ",
    "cuối",
    "đầu",
    "từ ",
    " đến ",
    "khoảng ",
    "gần ",
    "hơn ",
    "âm lịch",
    "Giáp Tý",
    "thứ hai",
    "lần thứ 3",
    /* JSON */
    "{",
    "}",
    "{\"text\": \"",
    "\"blocks\": [",
    "{\"start\": 0, \"end\": ",
    "\"kind\": \"paragraph\"",
    "\"sentences\": [",
    "\"entities\": [",
    "\"label\": \"PER\"",
    "\\u0041",
    "\\uD83D\\uDE00",
    "\\n",
    "null",
    "true",
    "-1.5e+3",
    "\"id\": \"x\"",
    "\"date\": \"2021-09-09\"",
    /* corpora */
    "#doc x date=2021-09-09\n",
    "#paragraph\n",
    "#title\n",
    "{PER|",
    "{LOC#1=VN|",
    "A\tB-PER\n",
    "B\tI-PER\n",
    "c O\n",
    "\n\n",
    "-DOCSTART- O\n",
    "{DATE=2021|",
};

typedef struct {
    uint64_t state;
    char bytes[RANDOM_INPUT_MAX];
    size_t len;
} random_maker;

static inline uint64_t random_next(random_maker *m, uint64_t below)
{
    m->state = tt__mix(m->state + UINT64_C(0x9E3779B97F4A7C15));
    return (m->state >> 16) % below;
}

static inline void random_add(random_maker *m, const char *bytes, size_t len)
{
    if (m->len + len > RANDOM_INPUT_MAX)
        return;
    memcpy(m->bytes + m->len, bytes, len);
    m->len += len;
}

static inline void random_make(random_maker *m, uint64_t seed, uint64_t number)
{
    m->len = 0;
    m->state = tt__pair(seed, number);
    for (uint64_t i = random_next(m, 8); i > 0; i--) {
        char byte = (char)random_next(m, 256);
        random_add(m, &byte, 1);
    }
    for (uint64_t i = random_next(m, RANDOM_PIECES_MAX); i > 0; i--) {
        const char *piece = RANDOM_PIECES[random_next(m, TT_COUNT(RANDOM_PIECES))];
        size_t len = strlen(piece);
        for (uint64_t times = random_next(m, 64) == 0 ? random_next(m, RANDOM_REPEAT_MAX) : 1; times > 0; times--)
            random_add(m, piece, random_next(m, 32) == 0 ? (size_t)random_next(m, len) : len);
        if (random_next(m, 4) == 0)
            random_add(m, " ", 1);
    }
    for (uint64_t i = random_next(m, 8) == 0 ? random_next(m, 4) : 0; i > 0 && m->len != 0; i--)
        m->bytes[random_next(m, m->len)] = (char)random_next(m, 256);
}

#endif
