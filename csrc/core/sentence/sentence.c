/* sentence.c - each block cut at the marks that end sentences (stop.c). Timestamps and share lines are one sentence each;
 * titles, credits and bylines are, too, but for stops behind small letters. */
#include "tintuc/sentence.h"

#include "base/alloc.h"
#include "page/glyph.h"
#include "sentence/stop.h"

#include <string.h>

enum { SPARE = 64 }; /* sentences that there is room for at once, if there are so many marks */

typedef struct {
    tt_sentence *at;
    size_t len, cap;
    tt_arena *arena;
} sentence_list;

static tt_status add_sentence(sentence_list *list, tt_span span, uint32_t block)
{
    if (list->len == list->cap && tt__arena_grow(&list->at, &list->cap, list->len + 1, sizeof *list->at, list->arena) != TT_OK)
        return TT_ENOMEM;
    list->at[list->len++] = (tt_sentence){span, block};
    return TT_OK;
}

static bool is_split(tt_block_kind kind)
{
    return kind != TT_BLOCK_TIMESTAMP && kind != TT_BLOCK_SHARE;
}

static bool is_brief(tt_block_kind kind)
{
    return kind == TT_BLOCK_TITLE || kind == TT_BLOCK_CREDIT || kind == TT_BLOCK_SOURCE;
}

/* Names, initials and questions end nothing in titles and bylines: "Ng. An - Th.Lộc", "Cá chết? Không, chỉ là rác". */
static bool ends_in_brief(const tt_stop *stop)
{
    const char *word = stop->at;
    for (tt_glyph g = tt__glyph_before(stop->start, word); tt__is_letter(g.cp); g = tt__glyph_before(stop->start, word))
        word -= g.len;
    return *stop->at == '.' && stop->at[1] != '.' && tt__is_lower(tt__glyph_at(word, stop->at).cp);
}

/* Does a sentence end at the mark at stop->at, before the end of the block? Then stop->next is its end. */
static bool ends_here(tt_stop *stop)
{
    if (tt__stop_is_plain(stop)) {
        stop->next = stop->at + 1;
        return true;
    }
    tt__stop_take(stop);
    return stop->next != stop->end && tt__stop_ends(stop);
}

/* *mark is moved behind the block. */
static tt_status split_block(sentence_list *list, const tt_mark **mark, const tt_rules *rules, const tt_map *map,
                             const tt_block *block, uint32_t index)
{
    const char *text = map->text.ptr, *start = text + block->span.start, *end = text + block->span.end;
    tt_stop stop = {.next = start, .start = start, .begin = start, .end = end, .mark = *mark, .rules = rules, .map = map};
    stop.bar = block->kind == TT_BLOCK_NAV;
    while (is_split(block->kind) && tt__stop_seek(&stop)) {
        if (!ends_here(&stop) || (is_brief(block->kind) && !ends_in_brief(&stop)))
            continue;
        tt_span span = {(uint32_t)(stop.start - text), (uint32_t)(stop.next - text)};
        if (add_sentence(list, span, index) != TT_OK)
            return TT_ENOMEM;
        stop.start = stop.next = tt__skip_blank(stop.next, end);
    }
    *mark = stop.mark;
    tt_span rest = {(uint32_t)(stop.start - text), block->span.end};
    return rest.start == rest.end ? TT_OK : add_sentence(list, rest, index);
}

tt_status tt_sentences_make_with(tt_sentences *out, tt_arena *arena, const tt_rules *rules, const tt_text *text,
                                 const tt_page *page, tt_error *err)
{
    const tt_map *map = page->map != NULL ? page->map : tt__map_make(arena, text->norm);
    tt_marks marks = {NULL, 0};
    memset(out, 0, sizeof *out);
    if (map == NULL || !tt__marks_make(&marks, arena, map))
        return tt_fail(err, TT_ENOMEM, 0, "sentences: out of memory");
    size_t cap = page->len + (marks.len < page->len + SPARE ? marks.len : page->len + SPARE);
    sentence_list list = {tt_arena_alloc(arena, cap * sizeof *list.at), 0, cap, arena};
    tt_status status = list.at != NULL ? TT_OK : TT_ENOMEM;
    for (size_t i = 0; i < page->len && status == TT_OK; i++)
        status = split_block(&list, &marks.at, rules, map, &page->at[i], (uint32_t)i);
    if (status != TT_OK)
        return tt_fail(err, status, 0, "sentences: out of memory");
    out->at = list.at;
    out->len = list.len;
    return TT_OK;
}

tt_status tt_sentences_make(tt_sentences *out, tt_arena *arena, const tt_text *text, const tt_page *page, tt_error *err)
{
    return tt_sentences_make_with(out, arena, NULL, text, page, err);
}
