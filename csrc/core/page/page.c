/* page.c - the structure of a page: pieces (line.c), what each looks like (look.c), what it is (settle.c), and the date. */
#include "tintuc/page.h"

#include "base/alloc.h"
#include "page/line.h"
#include "page/map.h"
#include "page/rules.h"

#include <string.h>

/* ORDER BLOCK */
static const char *const NAMES[] = {
    "nav", "title", "timestamp", "lead", "paragraph", "heading", "caption", "credit", "source", "share", "teaser",
};
_Static_assert(TT_COUNT(NAMES) == TT_BLOCK_KINDS, "a name for every kind");

static tt_status no_memory(tt_error *err)
{
    return tt_fail(err, TT_ENOMEM, 0, "page: out of memory");
}

const char *tt_block_kind_name(tt_block_kind kind)
{
    return (unsigned)kind < TT_BLOCK_KINDS ? NAMES[kind] : NULL;
}

/* Kinds of what may hold the date of a page. */
static const uint32_t DATED = UINT32_C(1) << TT_BLOCK_TIMESTAMP | UINT32_C(1) << TT_BLOCK_SOURCE;

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

/* What a line of a kind looks like, for its neighbours' sake. ORDER BLOCK */
static const tt_look LOOKS[] = {
    TT_LOOK_NAV,  TT_LOOK_TEXT,   TT_LOOK_STAMP,  TT_LOOK_TEXT,  TT_LOOK_TEXT, TT_LOOK_TEXT,
    TT_LOOK_TEXT, TT_LOOK_CREDIT, TT_LOOK_SOURCE, TT_LOOK_SHARE, TT_LOOK_LINK,
};
_Static_assert(TT_COUNT(LOOKS) == TT_BLOCK_KINDS, "a look for every kind");

/* kinds[i]: what the user's rules say of line i, or TT_BLOCK_KINDS. */
static tt_status ask_rules(uint8_t *kinds, tt_lines *lines, const tt_rules *rules, const char *text, tt_error *err)
{
    tt_matcher *matcher;
    tt_status status = tt__matcher_make(&matcher, err);
    for (size_t i = 0; i < lines->len && status == TT_OK; i++) {
        tt_line *line = &lines->at[i];
        unsigned kind = TT_BLOCK_KINDS;
        status = tt__rules_kind(&kind, matcher, rules, tt__line_str(line, text), err);
        kinds[i] = (uint8_t)kind;
        if (kind == TT_BLOCK_KINDS)
            continue;
        line->look = LOOKS[kind];
        line->pictured = kind == TT_BLOCK_CAPTION;
    }
    tt__matcher_free(matcher);
    return status;
}

/* Settle all lines, twice where the title has to be cut out of one first. */
static tt_status settle_plain(tt_lines *lines, const tt_map *map, tt_error *err)
{
    bool mended;
    tt__lines_settle(lines->at, lines->len, map);
    if (tt__lines_mend(&mended, lines, map) != TT_OK)
        return no_memory(err);
    if (mended)
        tt__lines_settle(lines->at, lines->len, map);
    return TT_OK;
}

/* The same with a user's rules; what they say holds in the end. */
static tt_status settle(tt_lines *lines, const tt_rules *rules, const tt_map *map, tt_error *err)
{
    uint8_t *kinds = NULL;
    tt_status status = TT_OK;
    if (tt__rules_blocks(rules) == 0)
        return settle_plain(lines, map, err);
    kinds = tt__calloc(lines->len, sizeof *kinds);
    status = kinds != NULL ? ask_rules(kinds, lines, rules, map->text.ptr, err) : no_memory(err);
    bool any = false;
    for (size_t i = 0; i < lines->len && status == TT_OK; i++)
        any = any || kinds[i] != TT_BLOCK_KINDS;
    if (status == TT_OK && any)
        tt__lines_settle(lines->at, lines->len, map);
    for (size_t i = 0; i < lines->len && any; i++)
        if (kinds[i] != TT_BLOCK_KINDS)
            lines->at[i].kind = (tt_block_kind)kinds[i];
    tt__free(kinds);
    return status == TT_OK && !any ? settle_plain(lines, map, err) : status;
}

tt_status tt_page_make_with(tt_page *out, tt_arena *arena, const tt_rules *rules, const tt_text *text, tt_error *err)
{
    tt_lines lines;
    tt_block *blocks = NULL;
    memset(out, 0, sizeof *out);
    out->map = tt__map_make(arena, text->norm);
    tt_status status = out->map != NULL && tt__lines_make(&lines, arena, out->map) == TT_OK ? TT_OK : no_memory(err);
    if (status == TT_OK)
        status = settle(&lines, rules, out->map, err);
    if (status != TT_OK)
        return status;
    blocks = tt_arena_alloc(arena, lines.len * sizeof *blocks);
    if (blocks == NULL)
        return no_memory(err);
    uint32_t kinds = 0;
    for (size_t i = 0; i < lines.len; i++) {
        blocks[i] = (tt_block){lines.at[i].span, lines.at[i].kind};
        kinds |= UINT32_C(1) << lines.at[i].kind;
    }
    if ((kinds & DATED) != 0)
        note_date(out, lines.at, lines.len);
    out->at = blocks;
    out->len = lines.len;
    return TT_OK;
}

tt_status tt_page_make(tt_page *out, tt_arena *arena, const tt_text *text, tt_error *err)
{
    return tt_page_make_with(out, arena, NULL, text, err);
}
