/* value.c - the value of one expression by itself. */
#include "value/calendar.h"
#include "value/values_impl.h"

#include "base/date.h"

#include <string.h>

tt_value_label tt_value_label_of(tt_str name)
{
    static const char *const NAMES[] = {"DATE",  "TIME",    "DURATION", "ORDINAL",
                                        "MONEY", "PERCENT", "QUANTITY"}; /* ORDER VALUE */
    unsigned label = 0;
    while (label < TT_VALUE_LABELS && !tt_str_eq(name, tt_str_c(NAMES[label])))
        label++;
    return (tt_value_label)label;
}

int32_t tt_value_day(tt_str date)
{
    if (!tt__date_is_real(date))
        return 0;
    const char *d = date.ptr;
    int32_t year = (d[0] - '0') * 1000 + (d[1] - '0') * 100 + (d[2] - '0') * 10 + (d[3] - '0');
    return tt__day_of(year, (uint32_t)((d[5] - '0') * 10 + (d[6] - '0')), (uint32_t)((d[8] - '0') * 10 + (d[9] - '0')));
}

static void clear(tt_value *out)
{
    memset(out, 0, sizeof *out);
    out->clock = -1;
}

bool tt__value_make(tt_value *out, tt_value_label label, tt_str text, const tt_when_context *context)
{
    tt_lex lex;
    bool found = false;
    clear(out);
    if (!tt__lex_make(&lex, text) || lex.len == 0)
        return false;
    if (label == TT_VALUE_DATE || label == TT_VALUE_TIME)
        found = tt__when_value(out, &lex, context);
    else if (label == TT_VALUE_DURATION)
        found = tt__length_value(out, &lex);
    else
        found = tt__amount_value(out, label, &lex);
    if (!found)
        clear(out);
    return found;
}

bool tt_value_parse(tt_value *out, tt_value_label label, tt_str text, tt_value_anchor anchor)
{
    tt_when_context context = {.page = anchor};
    if (label < TT_VALUE_LABELS && tt_utf8_check(text, NULL) == TT_OK)
        return tt__value_make(out, label, text, &context);
    clear(out);
    return false;
}
