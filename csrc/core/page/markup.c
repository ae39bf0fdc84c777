/* markup.c - tags that part lines, which extraction forgot to turn into line feeds. Tags inside a line are left as they stand:
 * nothing ends there. */
#include "page/markup.h"

#include "page/glyph.h"

#include <string.h>

enum { TAG_BYTES = 200, NAME_BYTES = 10 }; /* longest tag with its attributes; longest name */

static bool parts_lines(const char *name)
{
    static const char *const NAMES[] = {
        "br",    "p",      "div",     "li",      "ul",  "ol",     "dl",     "dt",    "dd",      "tr",         "td",
        "th",    "hr",     "h1",      "h2",      "h3",  "h4",     "h5",     "h6",    "pre",     "table",      "tbody",
        "thead", "figure", "article", "section", "nav", "header", "footer", "aside", "caption", "figcaption", "blockquote",
    };
    for (size_t i = 0; i < TT_COUNT(NAMES); i++)
        if (strcmp(name, NAMES[i]) == 0)
            return true;
    return false;
}

static bool is_name_byte(char c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9');
}

size_t tt__line_tag_at(const char *at, const char *end)
{
    char name[NAME_BYTES + 1] = "";
    const char *p = at + 1, *limit = end - at < TAG_BYTES ? end : at + TAG_BYTES;
    size_t len = 0;
    p += p < limit && *p == '/';
    for (; p < limit && is_name_byte(*p) && len < NAME_BYTES; p++)
        name[len++] = *p < 'A' ? *p : (char)(*p | 0x20);
    tt__step(len);
    if (len == 0 || p == limit || (*p != '>' && *p != '/' && *p != ' ' && *p != '\n') || !parts_lines(name))
        return 0;
    const char *close = memchr(p, '>', (size_t)(limit - p)), *open = memchr(p, '<', (size_t)(limit - p));
    tt__step(1 + (size_t)(limit - p) / 64);
    return close != NULL && (open == NULL || close < open) ? (size_t)(close + 1 - at) : 0;
}
