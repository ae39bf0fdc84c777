/* value_writer.c - puts the text of a value together. The few conversions that values need are written here, since printf takes
 * longer than all else that is done for an expression.
 */
#include "value/values_impl.h"

#include <stdarg.h>
#include <string.h>

tt_value_writer tt__value_writer(tt_value *value)
{
    return (tt_value_writer){value->text + strlen(value->text), value->text + TT_VALUE_TEXT - 1, false};
}

static void put(tt_value_writer *w, const char *bytes, size_t len)
{
    w->full = w->full || (size_t)(w->end - w->at) < len;
    if (w->full)
        return;
    memcpy(w->at, bytes, len);
    w->at += len;
    *w->at = '\0';
}

/* In at least `width` digits. */
static void put_number(tt_value_writer *w, int number, int width)
{
    enum { MOST = 12 };
    char digits[MOST], *to = digits + MOST;
    unsigned rest = number < 0 ? 0u - (unsigned)number : (unsigned)number;
    while (to > digits + 1 && (rest != 0 || width > 0 || to == digits + MOST)) {
        *--to = (char)('0' + rest % 10);
        rest /= 10;
        width--;
    }
    if (number < 0)
        *--to = '-';
    put(w, to, (size_t)(digits + MOST - to));
}

void tt__value_put(tt_value_writer *w, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    while (*format != '\0') {
        size_t plain = strcspn(format, "%");
        put(w, format, plain);
        format += plain;
        if (*format == '\0')
            break;
        int size = -1;
        for (format++; *format == '0' || *format == '.'; format++)
            continue;
        if (*format == '*') {
            size = va_arg(args, int);
            format++;
        } else if (*format >= '1' && *format <= '9') {
            size = *format++ - '0';
        }
        if (*format == 's') {
            const char *text = va_arg(args, const char *);
            put(w, text, size >= 0 ? (size_t)size : strlen(text));
        } else if (*format == 'c') {
            char letter = (char)va_arg(args, int);
            put(w, &letter, 1);
        } else {
            put_number(w, va_arg(args, int), size);
        }
        format++;
    }
    va_end(args);
}
