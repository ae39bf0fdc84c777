/* document_frame.c - finds the blocks and sentences of a document that came without them.
 *
 * Marks of other tools know nothing of our blocks and sentences, so a border that the rules would draw through a mention is
 * taken out.
 */
#include "document/document_frame.h"

#include "base/space.h"
#include "tintuc/sentence.h"

#include <string.h>

typedef struct {
    tt_doc_draft *draft;
    tt_stages stages; /* text, page and sentences; the page has the document's blocks */
    tt_arena *arena;
    tt_error *err;
} framer;

static tt_status no_memory(const framer *f)
{
    return tt_fail(f->err, TT_ENOMEM, 0, "document: out of memory");
}

/* Items in order, those joined that a mention reaches over; their new number. */
static size_t join(tt_item *at, size_t len, const tt_item *mentions, size_t mention_count)
{
    size_t kept = 0, next = 0;
    uint32_t reach = 0;
    for (size_t i = 0; i < len; i++) {
        for (; next < mention_count && mentions[next].byte.start < at[i].byte.start; next++)
            if (mentions[next].byte.end > reach)
                reach = mentions[next].byte.end;
        if (kept != 0 && reach > at[kept - 1].byte.end)
            at[kept - 1].byte.end = at[i].byte.end;
        else
            at[kept++] = at[i];
    }
    return kept;
}

/* Take over what the rules found for a layer. */
static tt_status take_layer(framer *f, tt_layer layer)
{
    tt_items found[TT_LAYERS];
    tt_doc_draft *draft = f->draft;
    memset(found, 0, sizeof found);
    tt_status status = tt_doc__place(found, f->arena, &f->stages, f->err);
    if (status != TT_OK)
        return status;
    draft->at[layer] = tt_arena_calloc(f->arena, found[layer].len, sizeof(tt_item));
    if (draft->at[layer] == NULL)
        return no_memory(f);
    if (found[layer].len != 0)
        memcpy(draft->at[layer], found[layer].at, found[layer].len * sizeof(tt_item));
    draft->len[layer] = join(draft->at[layer], found[layer].len, draft->at[TT_LAYER_ENTITIES], draft->len[TT_LAYER_ENTITIES]);
    return TT_OK;
}

static tt_span to_norm(const framer *f, tt_span raw)
{
    const tt_text *text = &f->stages.text;
    return tt__span_trim(text->norm.ptr, tt_align_from_raw(&text->align, raw));
}

/* The page of the document's blocks; one in which the view leaves nothing has no sentence, so it is left out. */
static tt_status set_page(framer *f)
{
    const tt_doc_draft *draft = f->draft;
    size_t len = 0;
    uint32_t end = 0;
    tt_block *blocks = tt_arena_calloc(f->arena, draft->len[TT_LAYER_BLOCKS], sizeof *blocks);
    if (blocks == NULL)
        return no_memory(f);
    for (size_t i = 0; i < draft->len[TT_LAYER_BLOCKS]; i++) {
        const tt_item *item = &draft->at[TT_LAYER_BLOCKS][i];
        tt_span span = to_norm(f, item->byte);
        if (span.start < end)
            span.start = end;
        if (span.start >= span.end)
            continue;
        blocks[len++] = (tt_block){tt__span_trim(f->stages.text.norm.ptr, span), (tt_block_kind)item->kind};
        end = span.end;
    }
    f->stages.page.at = blocks;
    f->stages.page.len = len;
    return TT_OK;
}

/* Each sentence that came without blocks is a paragraph, since blocks of ours might cut it. */
static tt_status sentences_to_blocks(framer *f)
{
    tt_doc_draft *draft = f->draft;
    size_t len = draft->len[TT_LAYER_SENTENCES];
    tt_item *blocks = tt_arena_calloc(f->arena, len, sizeof *blocks);
    if (blocks == NULL)
        return no_memory(f);
    for (size_t i = 0; i < len; i++) {
        if (i != 0 && draft->at[TT_LAYER_SENTENCES][i].byte.start < blocks[i - 1].byte.end)
            return tt_fail(f->err, TT_ECORPUS, 0, "sentences[%zu] begins before the one ahead of it ends", i);
        blocks[i] = (tt_item){.byte = draft->at[TT_LAYER_SENTENCES][i].byte, .kind = TT_BLOCK_PARAGRAPH};
    }
    draft->at[TT_LAYER_BLOCKS] = blocks;
    draft->len[TT_LAYER_BLOCKS] = len;
    return TT_OK;
}

static tt_status find_blocks(framer *f)
{
    tt_status status = tt_page_make(&f->stages.page, f->arena, &f->stages.text, f->err);
    return status == TT_OK ? take_layer(f, TT_LAYER_BLOCKS) : status;
}

/* A sentence that the alignment made longer than its block is cut to it. */
static void cut_to_blocks(tt_doc_draft *draft)
{
    tt_item *at = draft->at[TT_LAYER_SENTENCES];
    size_t kept = 0, block = 0;
    for (size_t i = 0; i < draft->len[TT_LAYER_SENTENCES]; i++) {
        while (block < draft->len[TT_LAYER_BLOCKS] && draft->at[TT_LAYER_BLOCKS][block].byte.end <= at[i].byte.start)
            block++;
        if (block == draft->len[TT_LAYER_BLOCKS])
            break;
        tt_span room = draft->at[TT_LAYER_BLOCKS][block].byte, span = at[i].byte;
        span.start = span.start > room.start ? span.start : room.start;
        span.end = span.end < room.end ? span.end : room.end;
        if (span.start >= span.end)
            continue;
        at[kept] = at[i];
        at[kept].byte = tt__span_trim(draft->text.ptr, span);
        kept += at[kept].byte.start < at[kept].byte.end;
    }
    draft->len[TT_LAYER_SENTENCES] = kept;
}

static tt_status find_sentences(framer *f)
{
    tt_status status = tt_sentences_make(&f->stages.sentences, f->arena, &f->stages.text, &f->stages.page, f->err);
    if (status == TT_OK)
        status = take_layer(f, TT_LAYER_SENTENCES);
    if (status == TT_OK)
        cut_to_blocks(f->draft);
    return status;
}

/* Where the rules read the same text in the mention as it came with, theirs is the whole value: a lunar month or the seconds of
 * a clock do not show in the text. */
static tt_status complete_values(framer *f, tt_value *values)
{
    tt_doc_draft *draft = f->draft;
    size_t count = draft->len[TT_LAYER_ENTITIES];
    tt_values found;
    tt_value_mention *mentions = tt_arena_calloc(f->arena, count, sizeof *mentions);
    if (mentions == NULL)
        return no_memory(f);
    for (size_t i = 0; i < count; i++) {
        const tt_item *item = &draft->at[TT_LAYER_ENTITIES][i];
        mentions[i] = (tt_value_mention){to_norm(f, item->byte), (uint32_t)tt_value_label_of(draft->labels[item->kind])};
        if (mentions[i].span.start >= mentions[i].span.end)
            mentions[i].label = TT_VALUE_LABELS;
    }
    tt_status status = tt_values_make(&found, f->arena, &f->stages.text, &f->stages.page, mentions, count, draft->date, f->err);
    for (size_t i = 0; status == TT_OK && i < count; i++) {
        uint32_t own = draft->at[TT_LAYER_ENTITIES][i].value, read = found.index[i];
        if (own != UINT32_MAX && read != UINT32_MAX && strcmp(values[own].text, found.at[read].text) == 0)
            values[own] = found.at[read];
    }
    return status;
}

static tt_status frame(framer *f, tt_value *values, bool blocks_given, bool sentences_given)
{
    bool sentences = (f->draft->layers & TT_LAYER_BIT(TT_LAYER_SENTENCES)) != 0;
    tt_status status = tt_normalize(&f->stages.text, NULL, f->arena, f->draft->text, TT_PRESET_VIEW, f->err);
    if (status == TT_OK && !blocks_given)
        status = sentences_given ? sentences_to_blocks(f) : find_blocks(f);
    if (status == TT_OK)
        status = set_page(f);
    if (status == TT_OK && sentences && !sentences_given)
        status = find_sentences(f);
    if (status == TT_OK && f->draft->value_count != 0)
        status = complete_values(f, values);
    return status;
}

tt_status tt_doc__frame(tt_doc_draft *draft, tt_value *values, bool blocks_given, bool sentences_given, tt_arena *arena,
                        tt_error *err)
{
    framer f = {.draft = draft, .arena = arena, .err = err};
    if (draft->layers == 0)
        return TT_OK;
    tt_status status = frame(&f, values, blocks_given, sentences_given);
    if (status == TT_OK)
        draft->source = tt_doc__place_source(&f.stages).byte;
    return status;
}
