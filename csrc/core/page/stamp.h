/* stamp.h - timestamps as Vietnamese sites print them: "Thứ Sáu, 21/06/2019 - 15:22 (GMT+7)", "9h30 ngày 5-6-2020". */
#ifndef TT_PAGE_STAMP_H
#define TT_PAGE_STAMP_H

#include "page/glyph.h"

typedef struct {
    bool day; /* a calendar date, perhaps without its year */
    bool clock;
    bool relative; /* "3 giờ trước" */
    char date[11]; /* first real date with a year, "YYYY-MM-DD"; "" where there is none */
} tt_stamp;

/* Bytes at `at` that are nothing but a timestamp with what surrounds it; 0 where there is no date, clock or age. */
size_t tt__stamp_at(tt_stamp *out, const char *at, const char *end);
/* The whole of `text` is a timestamp; it may say who posted it and how often it was read. */
bool tt__stamp_is(tt_stamp *out, tt_str text);
/* Can a timestamp begin at `at`, which is above `begin`: after a blank, or with none between a letter and a digit, or a small
 * letter and a capital
 * ("... sang năm16:59 15/11/2022")? */
bool tt__stamp_glued(const char *begin, const char *at, const char *end);
static inline bool tt__stamp_parted(const char *begin, const char *at, const char *end)
{
    unsigned char c = (unsigned char)*at, before = (unsigned char)at[-1];
    if (before == ' ')
        return true;
    bool digit = c >= '0' && c <= '9', capital = (c >= 'A' && c <= 'Z') || (c == 0xC4 && at[1] == '\x90'); /* Đ */
    if (digit ? before >= 'A' || before == ')' || before == '"' : capital && (before >= 0x80 || before >= 'a'))
        return tt__blank_before(begin, at) != 0 || tt__stamp_glued(begin, at, end);
    return tt__blank_before(begin, at) != 0;
}
/* Could a date with a year and a clock be among the first 64 bytes? By their digits and signs. */
bool tt__stamp_may_be_whole(const char *at, const char *end);
/* Start of a date with a clock that ends `text`; text.len where there is none. */
size_t tt__stamp_tail(tt_stamp *out, tt_str text);

#endif
