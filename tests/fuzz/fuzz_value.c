/* fuzz_value.c - expressions of time and number, read by each label and by none.
 *
 * The first bytes are the day and clock from which is counted; the rest is the expression, of any bytes. */
#include "fuzz.h"

static void check_number(tt_decimal number)
{
    const int64_t limit = INT64_C(1000000000000000000);
    char out[40];
    if (!number.known)
        return;
    FUZZ_CHECK(number.digits > -limit && number.digits < limit && number.scale <= 18);
    size_t len = tt_decimal_write(out, number);
    FUZZ_CHECK(len > 0 && len < sizeof out);
}

static void check_value(const tt_value *value, bool known)
{
    FUZZ_CHECK(memchr(value->text, '\0', sizeof value->text) != NULL);
    FUZZ_CHECK(memchr(value->unit, '\0', sizeof value->unit) != NULL);
    FUZZ_CHECK(memchr(value->currency, '\0', sizeof value->currency) != NULL);
    FUZZ_CHECK(known == (value->text[0] != '\0'));
    FUZZ_CHECK(tt_utf8_check(tt_str_c(value->text), NULL) == TT_OK && tt_utf8_check(tt_str_c(value->unit), NULL) == TT_OK);
    FUZZ_CHECK(value->start <= value->end && value->clock >= -1 && value->clock < 25 * 3600);
    check_number(value->seconds);
    check_number(value->number);
    check_number(value->number_end);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tt_str rest = {(const char *)data, size};
    tt_value_anchor anchor = {(int32_t)(fuzz_choice(&rest, 3) % 3652060), (int32_t)(fuzz_choice(&rest, 3) % 86401) - 1};
    char *copy = fuzz_copy(rest);
    tt_str text = {copy, rest.len};
    tt_value value;
    tt_value_label label;
    for (int i = 0; i < TT_VALUE_LABELS; i++) {
        bool known = tt_value_parse(&value, (tt_value_label)i, text, anchor);
        check_value(&value, known);
        check_value(&value, tt_value_read(&value, (tt_value_label)i, text));
    }
    bool is_time = tt_value_parse_time(&value, &label, text, anchor);
    check_value(&value, is_time);
    FUZZ_CHECK(!is_time || label <= TT_VALUE_DURATION);
    bool is_number = tt_value_parse_number(&value, &label, text);
    check_value(&value, is_number);
    FUZZ_CHECK(!is_number || (label >= TT_VALUE_ORDINAL && label < TT_VALUE_LABELS));
    free(copy);
    return 0;
}
