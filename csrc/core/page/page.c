/* page.c - the structure of a page: pieces (line.c), what each looks like (look.c), what it is (settle.c), and the date. */
#include "tintuc/page.h"

#include "base/alloc.h"
#include "page/line.h"

#include <string.h>

/* ORDER BLOCK */
static const char *const NAMES[] = {
    "nav", "title", "timestamp", "lead", "paragraph", "heading", "caption", "credit", "source", "share", "teaser",
};
_Static_assert(TT_COUNT(NAMES) == TT_BLOCK_KINDS, "a name for every kind");

const char *tt_block_kind_name(tt_block_kind kind)
{
    return (unsigned)kind < TT_BLOCK_KINDS ? NAMES[kind] : NULL;
}

/* The date of the first timestamp that has one and does not stand below a teaser; else of a byline that ends in one. */
static void note_date(tt_page *out, const tt_line *lines, size_t len)
{
    const char *byline = NULL;
    for (size_t i = 0; i < len; i++) {
        bool own = lines[i].kind == TT_BLOCK_TIMESTAMP && (i == 0 || lines[i - 1].kind != TT_BLOCK_TEASER);
        if (own && lines[i].stamp.date[0] != '\0') {
            memcpy(out->date, lines[i].stamp.date, sizeof out->date);
            return;
        }
        if (byline == NULL && lines[i].kind == TT_BLOCK_SOURCE && lines[i].stamp.date[0] != '\0')
            byline = lines[i].stamp.date;
    }
    if (byline != NULL)
        memcpy(out->date, byline, sizeof out->date);
}

tt_status tt_page_make(tt_page *out, tt_arena *arena, const tt_text *text, tt_error *err)
{
    tt_status status = TT_ENOMEM;
    tt_lines lines;
    tt_block *blocks = NULL;
    memset(out, 0, sizeof *out);
    if (tt__lines_make(&lines, text->norm) != TT_OK)
        goto done;
    tt__lines_settle(lines.at, lines.len);
    blocks = tt_arena_calloc(arena, lines.len, sizeof *blocks);
    if (blocks == NULL)
        goto done;
    for (size_t i = 0; i < lines.len; i++)
        blocks[i] = (tt_block){lines.at[i].span, lines.at[i].kind};
    note_date(out, lines.at, lines.len);
    out->at = blocks;
    out->len = lines.len;
    status = TT_OK;
done:
    tt__free(lines.at);
    return status == TT_OK ? TT_OK : tt_fail(err, status, 0, "page: out of memory");
}
