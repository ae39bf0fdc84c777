/* date.h - is this an ISO calendar date? */
#ifndef TT_BASE_DATE_H
#define TT_BASE_DATE_H

#include "tintuc/base.h"

/* "YYYY-MM-DD" of a day that the Gregorian calendar has, years 0001 to 9999. */
bool tt__date_is_real(tt_str text);

#endif
