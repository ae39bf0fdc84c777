/* stamp.h - timestamps as Vietnamese sites print them: "Thứ Sáu, 21/06/2019 - 15:22 (GMT+7)", "9h30 ngày 5-6-2020". */
#ifndef TT_PAGE_STAMP_H
#define TT_PAGE_STAMP_H

#include "tintuc/base.h"

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
/* Start of a date with a clock that ends `text` after a blank; text.len where there is none. */
size_t tt__stamp_tail(tt_stamp *out, tt_str text);

#endif
