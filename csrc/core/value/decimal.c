/* decimal.c - numbers as people write them are exact in tens, so amounts are kept as digits and a scale. */
#include "value/decimal.h"

#include <stdio.h>

#define LIMIT INT64_C(1000000000000000000)

static const tt_decimal UNKNOWN = {0, 0, false};

int64_t tt__power(uint32_t power)
{
    int64_t value = 1;
    while (power-- > 0)
        value *= 10;
    return value;
}

tt_decimal tt__decimal_times(tt_decimal a, int64_t factor)
{
    int64_t size = a.digits < 0 ? -a.digits : a.digits;
    if (!a.known || (factor != 0 && size > (LIMIT - 1) / factor))
        return UNKNOWN;
    a.digits *= factor;
    return a;
}

tt_decimal tt__decimal_shift(tt_decimal a, uint32_t power)
{
    if (power > TT_DECIMAL_DIGITS)
        return UNKNOWN;
    uint32_t cut = a.scale < power ? a.scale : power;
    a.scale -= cut;
    return tt__decimal_times(a, tt__power(power - cut));
}

tt_decimal tt__decimal_down(tt_decimal a, uint32_t power)
{
    a.scale += power;
    return a.known && a.scale <= TT_DECIMAL_DIGITS ? a : UNKNOWN;
}

/* The same number with more places. */
static tt_decimal widen(tt_decimal a, uint32_t scale)
{
    uint32_t more = scale - a.scale;
    a = tt__decimal_times(a, tt__power(more));
    a.scale = scale;
    return a;
}

tt_decimal tt__decimal_add(tt_decimal a, tt_decimal b)
{
    uint32_t scale = a.scale > b.scale ? a.scale : b.scale;
    a = widen(a, scale);
    b = widen(b, scale);
    if (!a.known || !b.known)
        return UNKNOWN;
    a.digits += b.digits; /* each is below 10^18 */
    return a.digits < LIMIT && a.digits > -LIMIT ? a : UNKNOWN;
}

tt_decimal tt__decimal_over(tt_decimal a, int64_t b, uint32_t places)
{
    if (!a.known || b <= 0)
        return UNKNOWN;
    for (uint32_t more = 0; more < places && a.digits % b != 0 && a.known; more++)
        a = widen(a, a.scale + 1);
    if (!a.known || a.scale > TT_DECIMAL_DIGITS)
        return UNKNOWN;
    int64_t half = a.digits < 0 ? -(b / 2) : b / 2;
    a.digits = a.digits % b == 0 ? a.digits / b : (a.digits + half) / b;
    return a;
}

tt_decimal tt__decimal_trim(tt_decimal a)
{
    while (a.scale > 0 && a.digits % 10 == 0) {
        a.digits /= 10;
        a.scale--;
    }
    return a;
}

int tt__decimal_compare(tt_decimal a, tt_decimal b)
{
    b.digits = -b.digits;
    tt_decimal difference = tt__decimal_add(a, b);
    return difference.digits < 0 ? -1 : difference.digits > 0;
}

bool tt__decimal_whole(tt_decimal a)
{
    return a.known && tt__decimal_trim(a).scale == 0;
}

size_t tt_decimal_write(char out[40], tt_decimal number)
{
    int64_t size = number.digits < 0 ? -number.digits : number.digits, unit = tt__power(number.scale);
    const char *sign = number.digits < 0 ? "-" : "";
    int len = number.scale == 0 ? snprintf(out, 40, "%s%lld", sign, (long long)size)
                                : snprintf(out, 40, "%s%lld.%0*lld", sign, (long long)(size / unit), (int)number.scale,
                                           (long long)(size % unit));
    return (size_t)len;
}
