/* value.c - the value of one expression by itself. */
#include "value/calendar.h"
#include "value/values_impl.h"

#include "base/date.h"

#include <string.h>

static const char *const NAMES[] = {"DATE", "TIME", "DURATION", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"}; /* ORDER VALUE */
_Static_assert(TT_COUNT(NAMES) == TT_VALUE_LABELS, "a name for each label");

const char *tt_value_label_name(tt_value_label label)
{
    return (unsigned)label < TT_VALUE_LABELS ? NAMES[label] : NULL;
}

tt_value_label tt_value_label_of(tt_str name)
{
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

static bool decimals_equal(tt_decimal a, tt_decimal b)
{
    return a.known == b.known && (!a.known || (a.digits == b.digits && a.scale == b.scale));
}

bool tt_value_equal(const tt_value *a, const tt_value *b)
{
    return strcmp(a->text, b->text) == 0 && a->start == b->start && a->end == b->end && a->clock == b->clock &&
           decimals_equal(a->seconds, b->seconds) && decimals_equal(a->number, b->number) &&
           decimals_equal(a->number_end, b->number_end) && strcmp(a->unit, b->unit) == 0 &&
           strcmp(a->currency, b->currency) == 0;
}

static void clear(tt_value *out)
{
    memset(out, 0, sizeof *out);
    out->clock = -1;
}

/* The label's kind of expression, of a mention that was cut into tokens. */
static bool make(tt_value *out, tt_value_label label, const tt_lex *lex, const tt_when_context *context)
{
    bool found = false;
    clear(out);
    if (label == TT_VALUE_DATE || label == TT_VALUE_TIME)
        found = tt__when_value(out, lex, context);
    else if (label == TT_VALUE_DURATION)
        found = tt__length_value(out, lex);
    else
        found = tt__amount_value(out, label, lex);
    if (!found)
        clear(out);
    return found;
}

bool tt__value_make(tt_value *out, tt_value_label label, tt_str text, const tt_when_context *context)
{
    tt_lex lex;
    if (tt__lex_make(&lex, text) && lex.len != 0)
        return make(out, label, &lex, context);
    clear(out);
    return false;
}

bool tt_value_parse(tt_value *out, tt_value_label label, tt_str text, tt_value_anchor anchor)
{
    tt_when_context context = {.page = anchor};
    if (label < TT_VALUE_LABELS && tt_utf8_check(text, NULL) == TT_OK)
        return tt__value_make(out, label, text, &context);
    clear(out);
    return false;
}

/* A clock or part of the day makes it a time. */
bool tt_value_parse_time(tt_value *out, tt_value_label *label, tt_str text, tt_value_anchor anchor)
{
    tt_lex lex;
    tt_when_context context = {.page = anchor};
    bool read = tt_utf8_check(text, NULL) == TT_OK && tt__lex_make(&lex, text) && lex.len != 0;
    *label = TT_VALUE_DURATION;
    if (!read) {
        clear(out);
        return false;
    }
    if (!make(out, TT_VALUE_DATE, &lex, &context))
        return make(out, TT_VALUE_DURATION, &lex, &context);
    *label = strchr(out->text, 'T') != NULL ? TT_VALUE_TIME : TT_VALUE_DATE;
    return true;
}

bool tt_value_parse_number(tt_value *out, tt_value_label *label, tt_str text)
{
    static const uint8_t ORDER[] = {TT_VALUE_PERCENT, TT_VALUE_ORDINAL, TT_VALUE_MONEY, TT_VALUE_QUANTITY, TT_VALUE_ORDINAL};
    tt_lex lex;
    tt_value_anchor none = {0, -1};
    clear(out);
    if (tt_utf8_check(text, NULL) != TT_OK || !tt__lex_make(&lex, text))
        return false;
    bool ranked = tt__lex_word(&lex, 0, TT_W_THU4) || tt__lex_word(&lex, 0, TT_W_LAN) || tt__lex_word(&lex, 0, TT_W_DAU);
    for (size_t i = 0; i < TT_COUNT(ORDER); i++) {
        *label = (tt_value_label)ORDER[i];
        bool skip = *label == TT_VALUE_ORDINAL && !ranked && i + 1 < TT_COUNT(ORDER);
        if (!skip && tt_value_parse(out, *label, text, none) && (*label != TT_VALUE_MONEY || out->currency[0] != '\0'))
            return true;
    }
    clear(out);
    return false;
}
