/* origin.c - where the text of a page comes from: the agency or medium that its byline, its dateline or, failing these, its
 * first credit names. */
#include "tintuc/page.h"

#include "page/map.h"
#include "page/phrase.h"

#include <string.h>

enum {
    HEAD_BYTES = 48,    /* how far into a text a dateline reaches */
    DATELINE_BLOCKS = 2 /* and into how many */
};

/* The words from `at` on, up to a mark that ends a name. */
static tt_span name_at(const char *text, const char *at, const char *end)
{
    const char *p = at;
    while (p < end && strchr(",;|)(", *p) == NULL && memcmp(p, " - ", end - p < 3 ? (size_t)(end - p) : 3) != 0)
        p++;
    return tt__blank_trim(text, (tt_span){(uint32_t)(at - text), (uint32_t)(p - text)});
}

/* What follows the next blank, bracket, slash or dash from `at` on: a name may begin there. */
static const char *next_begin(const char *at, const char *end)
{
    size_t blank = 0;
    tt__step(1);
    while (at < end && *at != '(' && *at != '/' && *at != '-' && (blank = tt__blank_at(at, end)) == 0)
        at++;
    return at < end ? at + (blank != 0 ? blank : 1) : end;
}

/* "TTXVN" in "(TTXVN)", "Theo TTXVN", "Minh Anh (Theo AFP)", "Nguồn: Báo Sao Mai", "Ảnh: An/TTXVN". */
static tt_span named_in(tt_str s, const char *text)
{
    static const char *const BEFORE[] = {"theo", "(theo", "nguồn:", "nguồn :", "(nguồn:", "từ", NULL};
    const char *end = s.ptr + s.len;
    for (const char *p = s.ptr; p < end; p = next_begin(p, end)) {
        bool may = *p == '(' || (*p | 0x20) == 't' || (*p | 0x20) == 'n'; /* as all of BEFORE begin */
        size_t before = may ? tt__phrase_any(p, end, BEFORE) : 0;
        if (before != 0)
            return name_at(text, tt__skip_blank(p + before, end), end);
        if (tt__is_upper(tt__glyph_at(p, end).cp) && tt__phrase_in(p, end, TT_PHRASE_OUTLET) != 0) /* never asked of blanks */
            return name_at(text, p, end);
    }
    return (tt_span){0, 0};
}

/* "TTXVN" in "(TTXVN) - Chiều 3/6", "TTO - Sáng 3-6", "VOV.VN - Mưa lớn". */
static tt_span dateline_of(tt_str s, const char *text)
{
    const char *begin = s.len > 0 && s.ptr[0] == '(' ? s.ptr + 1 : s.ptr;
    const char *end = s.ptr + (s.len < HEAD_BYTES ? s.len : HEAD_BYTES);
    size_t len = begin < end ? tt__phrase_in(begin, end, TT_PHRASE_OUTLET) : 0;
    const char *next = tt__skip_blank(begin + len, end);
    tt_glyph dash = tt__glyph_at(next, end);
    const char *text_at = tt__skip_blank(next + dash.len, s.ptr + s.len);
    bool dashed =
        (dash.cp == '-' || dash.cp == 0x2013) && next > begin + len && tt__is_upper(tt__glyph_at(text_at, s.ptr + s.len).cp);
    bool parted = dash.cp == ')' || dashed;
    uint32_t start = (uint32_t)(begin - text);
    return len != 0 && parted ? (tt_span){start, start + (uint32_t)len} : (tt_span){0, 0};
}

/* A dateline ends in a bracket or a dash: most blocks have none at their head. */
static bool may_have_dateline(const tt_map *map, uint32_t start)
{
    if (map == NULL)
        return true;
    const tt_map_row *row = &map->rows[start / TT_LANES];
    uint64_t at = row[0].dash | row[0].bracket | row[0].quote, behind = row[1].dash | row[1].bracket | row[1].quote;
    return (tt__bits_from(at, behind, start % TT_LANES) & tt__first_bits(HEAD_BYTES)) != 0;
}

typedef tt_span origin_rule(tt_str block, const char *text);

/* The first that `rule` finds in the first `most` blocks whose kind has a bit in `kinds`. */
static tt_span first_of(const tt_page *page, const char *text, unsigned kinds, size_t most, origin_rule *rule)
{
    tt_span found = {0, 0};
    for (size_t i = 0; i < page->len && most > 0 && found.start == found.end; i++) {
        tt_span span = page->at[i].span;
        bool asked = (kinds >> page->at[i].kind & 1) != 0;
        most -= asked;
        if (asked && (rule != dateline_of || may_have_dateline(page->map, span.start)))
            found = rule((tt_str){text + span.start, span.end - span.start}, text);
    }
    return found;
}

tt_span tt_page_source(const tt_page *page, const tt_text *text)
{
    tt_span found = first_of(page, text->norm.ptr, 1u << TT_BLOCK_SOURCE, SIZE_MAX, named_in);
    if (found.start == found.end)
        found = first_of(page, text->norm.ptr, 1u << TT_BLOCK_LEAD | 1u << TT_BLOCK_PARAGRAPH, DATELINE_BLOCKS, dateline_of);
    return found.start < found.end ? found : first_of(page, text->norm.ptr, 1u << TT_BLOCK_CREDIT, SIZE_MAX, named_in);
}
