/* decimal.h - exact decimal numbers of up to 18 digits. Results that need more are unknown, and so is what is made of them. */
#ifndef TT_VALUE_DECIMAL_H
#define TT_VALUE_DECIMAL_H

#include "tintuc/value.h"

enum { TT_DECIMAL_DIGITS = 18 };

static inline tt_decimal tt__decimal(int64_t whole)
{
    return (tt_decimal){whole, 0, true};
}
/* 10^power, power at most 18. */
int64_t tt__power(uint32_t power);
tt_decimal tt__decimal_add(tt_decimal a, tt_decimal b);
tt_decimal tt__decimal_times(tt_decimal a, int64_t factor);
/* a * 10^power */
tt_decimal tt__decimal_shift(tt_decimal a, uint32_t power);
/* a / 10^power */
tt_decimal tt__decimal_down(tt_decimal a, uint32_t power);
/* a / b for b > 0, rounded to `places` where it does not come out. */
tt_decimal tt__decimal_over(tt_decimal a, int64_t b, uint32_t places);
/* Without zeros at the end of the fraction. */
tt_decimal tt__decimal_trim(tt_decimal a);
/* -1, 0, 1 for known numbers. */
int tt__decimal_compare(tt_decimal a, tt_decimal b);
/* It is a whole number. */
bool tt__decimal_whole(tt_decimal a);

#endif
