/* origin.c - where the text of a page comes from: the agency or medium that its byline, its dateline or, failing these, its
 * first credit names. */
#include "page/origin.h"

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

static bool is_empty(tt_span span)
{
    return span.start >= span.end;
}

void tt__origin_take(tt_origin *self, tt_block block, const char *text)
{
    tt_str s = {text + block.span.start, block.span.end - block.span.start};
    bool head = block.kind == TT_BLOCK_LEAD || block.kind == TT_BLOCK_PARAGRAPH;
    if (!is_empty(self->byline))
        return;
    if (block.kind == TT_BLOCK_SOURCE)
        self->byline = named_in(s, text);
    else if (block.kind == TT_BLOCK_CREDIT && is_empty(self->credit))
        self->credit = named_in(s, text);
    else if (head && self->heads++ < DATELINE_BLOCKS && is_empty(self->dateline))
        self->dateline = dateline_of(s, text);
}

tt_span tt__origin_best(const tt_origin *self)
{
    const tt_span *best = !is_empty(self->byline) ? &self->byline : is_empty(self->dateline) ? &self->credit : &self->dateline;
    return is_empty(*best) ? (tt_span){0, 0} : *best;
}

tt_span tt_page_source(const tt_page *page, const tt_text *text)
{
    tt_origin origin = {{0, 0}, {0, 0}, {0, 0}, 0};
    for (size_t i = 0; i < page->len; i++)
        tt__origin_take(&origin, page->at[i], text->norm.ptr);
    return tt__origin_best(&origin);
}
