/* document_build.c - checks the parts of a document that was read back, and puts it together.
 *
 * Whatever holds for the documents of the pipeline holds for these: spans are in order, bare, not empty and on borders of code
 * points; a sentence lies in one block, a mention in one sentence, and mentions nest or lie apart. Parents, depths and code
 * points follow from that, so they are found here and never read.
 */
#include "document/document_build.h"

#include "base/alloc.h"
#include "base/date.h"
#include "base/decode.h"
#include "base/space.h"
#include "text/nfc.h"

#include <string.h>

typedef struct {
    tt_doc_draft *draft;
    tt_text text;
    tt_error *err;
} builder;

static size_t place_of(const builder *b, tt_layer layer, size_t i)
{
    return layer == TT_LAYER_ENTITIES && b->draft->place != NULL ? b->draft->place[i] : i;
}

static tt_status fault(const builder *b, tt_layer layer, size_t i, const char *what)
{
    return tt_fail(b->err, TT_ECORPUS, 0, "%s[%zu] %s", tt_layer_name(layer), place_of(b, layer, i), what);
}

static bool is_border(tt_str text, uint32_t at)
{
    return at == text.len || !tt__is_tail(text.ptr[at]);
}

/* The span by itself; its code points. */
static tt_status check_span(tt_item *item, builder *b, tt_layer layer, size_t i)
{
    tt_str text = b->text.raw;
    tt_span span = item->byte;
    if (span.start >= span.end || span.end > text.len)
        return fault(b, layer, i, "is empty or lies outside the text");
    if (!is_border(text, span.start) || !is_border(text, span.end))
        return fault(b, layer, i, "cuts a code point");
    tt_span bare = tt__span_trim(text.ptr, span);
    if (bare.start != span.start || bare.end != span.end)
        return fault(b, layer, i, "begins or ends with white space");
    item->cp = (tt_span){tt_cp_of_byte(&b->text.raw_index, span.start), tt_cp_of_byte(&b->text.raw_index, span.end)};
    return TT_OK;
}

static bool lies_in(const tt_item *inner, const tt_item *outer)
{
    return outer->byte.start <= inner->byte.start && inner->byte.end <= outer->byte.end;
}

/* Blocks, or sentences in their blocks. */
static tt_status check_row(builder *b, tt_layer layer)
{
    tt_item *at = b->draft->at[layer];
    const tt_item *blocks = b->draft->at[TT_LAYER_BLOCKS];
    size_t len = b->draft->len[layer], block_count = b->draft->len[TT_LAYER_BLOCKS], block = 0;
    for (size_t i = 0; i < len; i++) {
        tt_status status = check_span(&at[i], b, layer, i);
        if (status != TT_OK)
            return status;
        if (i != 0 && at[i].byte.start < at[i - 1].byte.end)
            return fault(b, layer, i, "begins before the one ahead of it ends");
        at[i].depth = 0;
        at[i].confidence = 1;
        at[i].value = UINT32_MAX;
        at[i].parent = (uint32_t)i;
        if (layer == TT_LAYER_BLOCKS && at[i].kind >= TT_BLOCK_KINDS)
            return fault(b, layer, i, "has no kind of block");
        if (layer == TT_LAYER_BLOCKS)
            continue;
        while (block < block_count && blocks[block].byte.end <= at[i].byte.start)
            block++;
        if (block == block_count || !lies_in(&at[i], &blocks[block]))
            return fault(b, layer, i, "does not lie in one block");
        at[i].parent = (uint32_t)block;
    }
    return TT_OK;
}

static tt_status check_entity(builder *b, size_t i)
{
    tt_item *item = &b->draft->at[TT_LAYER_ENTITIES][i];
    tt_status status = check_span(item, b, TT_LAYER_ENTITIES, i);
    if (status != TT_OK)
        return status;
    if (i != 0 && (item->byte.start < item[-1].byte.start ||
                   (item->byte.start == item[-1].byte.start && item->byte.end > item[-1].byte.end)))
        return fault(b, TT_LAYER_ENTITIES, i, "is out of order");
    if (item->kind >= b->draft->label_count)
        return fault(b, TT_LAYER_ENTITIES, i, "has no label");
    if (item->value != UINT32_MAX && item->value >= b->draft->value_count)
        return fault(b, TT_LAYER_ENTITIES, i, "has a value that is none");
    if (!(item->confidence >= 0 && item->confidence <= 1))
        return fault(b, TT_LAYER_ENTITIES, i, "has a confidence outside of 0 to 1");
    return TT_OK;
}

/* `open` has room for all mentions: the ends of those that a place lies in. */
static tt_status check_entities(builder *b, uint32_t *open)
{
    tt_doc_draft *draft = b->draft;
    size_t sentence = 0, depth = 0;
    for (size_t i = 0; i < draft->len[TT_LAYER_ENTITIES]; i++) {
        tt_item *item = &draft->at[TT_LAYER_ENTITIES][i];
        tt_status status = check_entity(b, i);
        if (status != TT_OK)
            return status;
        while (depth != 0 && draft->at[TT_LAYER_ENTITIES][open[depth - 1]].byte.end <= item->byte.start)
            depth--;
        if (depth != 0 && item->byte.end > draft->at[TT_LAYER_ENTITIES][open[depth - 1]].byte.end)
            return tt_fail(b->err, TT_ECORPUS, 0, "entities[%zu] crosses the end of entities[%zu]",
                           place_of(b, TT_LAYER_ENTITIES, i), place_of(b, TT_LAYER_ENTITIES, open[depth - 1]));
        while (sentence < draft->len[TT_LAYER_SENTENCES] &&
               draft->at[TT_LAYER_SENTENCES][sentence].byte.end <= item->byte.start)
            sentence++;
        if (sentence == draft->len[TT_LAYER_SENTENCES] || !lies_in(item, &draft->at[TT_LAYER_SENTENCES][sentence]))
            return fault(b, TT_LAYER_ENTITIES, i, "does not lie in one sentence");
        item->parent = (uint32_t)sentence;
        item->depth = (uint32_t)depth;
        open[depth++] = (uint32_t)i;
    }
    return TT_OK;
}

static tt_status check_frame(builder *b)
{
    tt_doc_draft *draft = b->draft;
    size_t date_len = strnlen(draft->date, sizeof draft->date);
    unsigned bit = 1;
    if (date_len != 0 && !tt__date_is_real((tt_str){draft->date, date_len}))
        return tt_fail(b->err, TT_ECORPUS, 0, "date \"%.*s\" is not a day in the form YYYY-MM-DD", (int)date_len, draft->date);
    for (unsigned layer = 0; layer < TT_LAYERS; layer++, bit <<= 1) {
        bool made = (draft->layers & bit) != 0, needed = ((draft->layers & TT_LAYERS_MADE) >> layer) != 0;
        if ((draft->layers & ~TT_LAYERS_MADE & bit) != 0 || (!made && draft->len[layer] != 0) ||
            (!made && needed && (TT_LAYERS_MADE & bit) != 0))
            return tt_fail(b->err, TT_ECORPUS, 0, "the set of layers 0x%x is none of this version", draft->layers);
    }
    for (size_t i = 0; i < draft->label_count; i++)
        if (draft->labels[i].len == 0 || tt_utf8_check(draft->labels[i], NULL) != TT_OK)
            return tt_fail(b->err, TT_ECORPUS, 0, "label %zu is empty or not UTF-8", i);
    return TT_OK;
}

static tt_status check_source(tt_item *out, builder *b)
{
    *out = (tt_item){.byte = b->draft->source, .confidence = 1};
    if (out->byte.start == out->byte.end || check_span(out, b, TT_LAYER_BLOCKS, 0) == TT_OK)
        return TT_OK;
    return tt_fail(b->err, TT_ECORPUS, 0, "the source is no piece of the text");
}

static tt_status check_all(tt_item *source, builder *b, tt_arena *arena)
{
    tt_status status = tt__text_plain(&b->text, arena, b->draft->text, b->err);
    if (status == TT_OK)
        status = check_frame(b);
    if (status == TT_OK)
        status = check_row(b, TT_LAYER_BLOCKS);
    if (status == TT_OK)
        status = check_row(b, TT_LAYER_SENTENCES);
    if (status != TT_OK)
        return status;
    uint32_t *open = tt_arena_calloc(arena, b->draft->len[TT_LAYER_ENTITIES], sizeof *open);
    if (open == NULL)
        return tt_fail(b->err, TT_ENOMEM, 0, "document: out of memory");
    status = check_entities(b, open);
    return status == TT_OK ? check_source(source, b) : status;
}

tt_status tt_doc__build(tt_doc **out, tt_arena *arena, tt_doc_draft *draft, tt_error *err)
{
    builder b = {.draft = draft, .err = err};
    tt_item source;
    *out = NULL;
    if (draft->text.len == 0)
        draft->text.ptr = ""; /* nothing may have no address */
    tt_status status = check_all(&source, &b, arena);
    if (status != TT_OK)
        return status;
    tt_doc doc = {.text = b.text, .owns_text = true, .labels = draft->labels, .label_count = draft->label_count};
    memcpy(doc.date, draft->date, sizeof doc.date);
    doc.layers = draft->layers;
    for (unsigned layer = 0; layer < TT_LAYERS; layer++)
        doc.items[layer] = (tt_items){draft->at[layer], draft->len[layer]};
    doc.source = source;
    doc.values = draft->values;
    doc.value_count = draft->value_count;
    return tt_doc__keep(out, &doc, err);
}
