/* sentence.c - each block cut at the marks that end sentences (stop.c). Timestamps and share lines are one sentence each. */
#include "tintuc/sentence.h"

#include "base/alloc.h"
#include "page/glyph.h"
#include "sentence/stop.h"

#include <string.h>

typedef struct {
    tt_sentence *at;
    size_t len, cap;
} sentence_list;

static tt_status add_sentence(sentence_list *list, tt_span span, uint32_t block)
{
    if (list->len == list->cap && tt__grow(&list->at, &list->cap, list->len + 1, sizeof *list->at) != TT_OK)
        return TT_ENOMEM;
    list->at[list->len++] = (tt_sentence){span, block};
    return TT_OK;
}

static bool is_split(tt_block_kind kind)
{
    return kind != TT_BLOCK_TIMESTAMP && kind != TT_BLOCK_SHARE;
}

static tt_status split_block(sentence_list *list, const tt_rules *rules, tt_str norm, const tt_block *block, uint32_t index)
{
    const char *text = norm.ptr, *start = text + block->span.start, *end = text + block->span.end;
    tt_stop stop = {
        .next = start, .start = start, .rules = rules, .bar = block->kind == TT_BLOCK_NAV, .limit = text + norm.len};
    while (is_split(block->kind) && tt__stop_next(&stop, end)) {
        if (stop.next == end || !tt__stop_ends(&stop, start, end))
            continue;
        tt_span span = {(uint32_t)(start - text), (uint32_t)(stop.next - text)};
        if (add_sentence(list, span, index) != TT_OK)
            return TT_ENOMEM;
        start = stop.start = stop.next = tt__skip_blank(stop.next, end);
    }
    return start == end ? TT_OK : add_sentence(list, (tt_span){(uint32_t)(start - text), block->span.end}, index);
}

tt_status tt_sentences_make_with(tt_sentences *out, tt_arena *arena, const tt_rules *rules, const tt_text *text,
                                 const tt_page *page, tt_error *err)
{
    tt_status status = TT_ENOMEM;
    sentence_list list = {NULL, 0, 0};
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < page->len; i++)
        if (split_block(&list, rules, text->norm, &page->at[i], (uint32_t)i) != TT_OK)
            goto done;
    out->at = tt__arena_copy(arena, list.at, list.len * sizeof *list.at);
    if (out->at == NULL)
        goto done;
    out->len = list.len;
    status = TT_OK;
done:
    tt__free(list.at);
    return status == TT_OK ? TT_OK : tt_fail(err, status, 0, "sentences: out of memory");
}

tt_status tt_sentences_make(tt_sentences *out, tt_arena *arena, const tt_text *text, const tt_page *page, tt_error *err)
{
    return tt_sentences_make_with(out, arena, NULL, text, page, err);
}
