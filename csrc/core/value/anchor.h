/* anchor.h - which year, month and day is meant, from the words and from when they were written. */
#ifndef TT_VALUE_ANCHOR_H
#define TT_VALUE_ANCHOR_H

#include "value/values_impl.h"

/* A date as far as it is known. */
typedef struct {
    int32_t year;
    bool year_known;
    uint32_t month, day; /* 0 unknown */
} tt_point;

/* The day that relative words count from: the one spoken of before, else the page's; 0 unknown. */
int32_t tt__anchor_day(const tt_when_context *context);
/* Year of an end: what it says, or steps; not known where nothing tells. */
tt_point tt__anchor_year(const tt_when *when, const tt_when_context *context);
/* The year of a period of a year that begins at `month`, `day` and has no year of its own; `months` is its length (0: a day).
 */
tt_point tt__anchor_period(const tt_when *when, const tt_when_context *context, uint32_t month, uint32_t day, uint32_t months);
/* Month of an end, with its year. */
tt_point tt__anchor_month(const tt_when *when, const tt_when_context *context);
/* The calendar day of an end. False where it is one that does not exist. */
bool tt__anchor_date(tt_point *out, const tt_when *when, const tt_when_context *context);
/* The day that the first of a lunar month's days is, for slices of Tết; false outside of the lunar calendar's range. */
bool tt__anchor_lunar(int32_t *out, const tt_when *when, const tt_when_context *context);
/* Monday of the week that an end speaks of; false where the page's day is not known. */
bool tt__anchor_week(int32_t *out, const tt_when *when, const tt_when_context *context);

#endif
