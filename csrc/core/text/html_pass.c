/* html_pass.c - character references that a scraper left behind: &amp; &#7897; &#x1ED9;. What was escaped twice (&amp;nbsp;) is
 * read twice. Only references with their semicolon count, but for the four that old pages write without one. */
#include "text/letter.h"
#include "text/pass.h"

#include <string.h>

typedef struct {
    const char *name;
    uint32_t cp;
} tt_html_name;

#include "text/html_table.inc"

/* 0 when there is no such name. */
static uint32_t named(tt_str name)
{
    size_t low = 0, high = TT_COUNT(tt_html_names);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strncmp(tt_html_names[middle].name, name.ptr, name.len);
        if (order == 0 && tt_html_names[middle].name[name.len] == '\0')
            return tt_html_names[middle].cp;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

static unsigned digit_of(char c, unsigned base)
{
    unsigned digit = c >= '0' && c <= '9'                     ? (unsigned)(c - '0')
                     : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (unsigned)((c | 0x20) - 'a') + 10
                                                              : 16;
    return digit < base ? digit : 16;
}

/* The code point of "#1234" or "#x4D2"; 0 when it is none that a text may have. */
static uint32_t numbered(tt_str digits)
{
    bool hex = digits.len > 1 && (digits.ptr[1] | 0x20) == 'x';
    uint32_t cp = 0, base = hex ? 16 : 10;
    if (digits.len < (hex ? 3u : 2u) || digits.len > 9)
        return 0;
    for (size_t i = hex ? 2 : 1; i < digits.len; i++) {
        unsigned digit = digit_of(digits.ptr[i], base);
        if (digit == 16)
            return 0;
        cp = cp * base + digit;
    }
    if (cp >= 0x80 && cp < 0xA0)
        return tt_html_c1[cp - 0x80];
    return cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000) ? 0 : cp;
}

static bool is_name_byte(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '#';
}

/* Old pages write these without a semicolon; what follows must not go on like a name or a query. */
static bool may_stand_open(tt_str name, const char *after, const char *end)
{
    static const char *const OPEN[] = {"nbsp", "lt", "gt", "quot"};
    if (after < end && *after == '=')
        return false;
    for (size_t i = 0; i < TT_COUNT(OPEN); i++)
        if (tt_str_eq(name, tt_str_c(OPEN[i])))
            return true;
    return false;
}

/* The reference whose name begins at `at`; *end is behind it. 0 when there is none. */
static uint32_t reference(const char **end, const char *at, const char *limit)
{
    tt_str name = {at, 0};
    while (at + name.len < limit && name.len <= tt_html_name_max && is_name_byte(at[name.len]))
        name.len++;
    const char *after = at + name.len;
    bool closed = after < limit && *after == ';';
    if (name.len == 0 || (!closed && !may_stand_open(name, after, limit)))
        return 0;
    *end = after + closed;
    return name.ptr[0] == '#' ? numbered(name) : named(name);
}

tt_status tt__pass_html(tt_pass *pass)
{
    tt_str text = pass->edit.from;
    const char *limit = text.ptr + text.len, *at = text.ptr, *end;
    while (at < limit && (at = memchr(at, '&', (size_t)(limit - at))) != NULL) {
        const char *start = at++;
        uint32_t cp = reference(&end, at, limit), again = cp;
        if (cp == 0)
            continue;
        for (at = end; again == '&' && (again = reference(&end, at, limit)) != 0; at = end)
            cp = again;
        char bytes[4];
        size_t len = tt__encode(bytes, cp);
        pass->counts[TT_STEP_HTML]++;
        if (tt__edit_put(&pass->edit, (size_t)(start - text.ptr), (size_t)(at - text.ptr), bytes, len) != TT_OK)
            return TT_ENOMEM;
    }
    return TT_OK;
}
