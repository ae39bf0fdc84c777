/* date.c - ISO calendar dates. */
#include "base/date.h"

static unsigned number_of(const char *digits, unsigned count)
{
    unsigned value = 0;
    for (unsigned i = 0; i < count; i++)
        value = value * 10 + (unsigned)(digits[i] - '0');
    return value;
}

bool tt__date_is_real(tt_str text)
{
    static const unsigned char DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (text.len != 10)
        return false;
    for (unsigned i = 0; i < 10; i++) {
        bool dash = i == 4 || i == 7;
        if (dash ? text.ptr[i] != '-' : text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
    }
    unsigned year = number_of(text.ptr, 4), month = number_of(text.ptr + 5, 2), day = number_of(text.ptr + 8, 2);
    if (year == 0 || month < 1 || month > 12 || day < 1)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= DAYS[month - 1] + (month == 2 && leap ? 1u : 0u);
}
