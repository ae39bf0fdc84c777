/* document_store.c - a finished document: the one block that holds it and all it points to, and what it answers. */
#include "document/document_impl.h"

#include "base/alloc.h"
#include "lexicon/kind.h"
#include "page/origin.h"

#include <string.h>

/* Copies to the end of the block; `ptr` is moved to the copy. */
static void keep(char **at, void *ptr_to_pointer, size_t size)
{
    void *from;
    memcpy(&from, ptr_to_pointer, sizeof from); /* through memcpy: the caller's pointer has its own type */
    if (from == NULL)
        return;
    memcpy(*at, from, size);
    from = *at;
    memcpy(ptr_to_pointer, &from, sizeof from);
    *at += size;
}

static size_t marks_size(const tt_cp_index *index)
{
    return index->marks == NULL ? 0 : (index->text.len / TT_CP_STEP + 1) * sizeof *index->marks;
}

/* Labels and raw text of a document that was read back. */
static size_t own_size(const tt_doc *doc)
{
    size_t size = doc->text.raw.len;
    for (size_t i = 0; i < doc->label_count; i++)
        size += sizeof *doc->labels + doc->labels[i].len;
    return size;
}

static size_t items_size(const tt_doc *doc)
{
    size_t size = 0;
    for (unsigned layer = 0; layer < TT_LAYERS; layer++)
        size += doc->items[layer].len * sizeof(tt_item);
    return size;
}

enum { DOC_SLACK = 8 }; /* a document may stay for long: no more than this part of it is room for nothing */

static tt_spares *spares_of(const tt_doc *doc)
{
    return doc->pipeline != NULL ? doc->pipeline->spares : NULL;
}

/* The widest fields come first; what follows them but the last, the text, is made of 32-bit fields, so each begins aligned
 * where the one before ends. */
tt_status tt_doc__keep(tt_doc **out, const tt_doc *doc, tt_error *err)
{
    bool same = doc->text.norm.ptr == doc->text.raw.ptr, own = doc->owns_text;
    bool one_index = doc->text.norm_index.marks == doc->text.raw_index.marks;
    size_t values = doc->value_count * sizeof *doc->values, runs = (doc->text.align.len + 1) * sizeof *doc->text.align.runs;
    size_t size = sizeof *doc + values + items_size(doc) + runs + marks_size(&doc->text.raw_index) +
                  (one_index ? 0 : marks_size(&doc->text.norm_index)) + (same ? 0 : doc->text.norm.len) +
                  (own ? own_size(doc) : 0);
    size_t room = size;
    tt_doc *made = *out = tt__spares_malloc(spares_of(doc), &room, size / DOC_SLACK);
    if (made == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "document: out of memory");
    tt_text *text = &made->text;
    char *at = (char *)(made + 1);
    *made = *doc;
    made->size = size;
    made->room = room;
    keep(&at, &made->values, values);
    keep(&at, &made->labels, doc->label_count * sizeof *doc->labels);
    for (unsigned layer = 0; layer < TT_LAYERS; layer++)
        keep(&at, &made->items[layer].at, doc->items[layer].len * sizeof(tt_item));
    keep(&at, &text->align.runs, runs);
    keep(&at, &text->raw_index.marks, marks_size(&text->raw_index));
    if (one_index)
        text->norm_index.marks = text->raw_index.marks;
    else
        keep(&at, &text->norm_index.marks, marks_size(&text->norm_index));
    if (!same)
        keep(&at, &text->norm.ptr, text->norm.len);
    for (size_t i = 0; i < doc->label_count; i++)
        keep(&at, &made->labels[i].ptr, doc->labels[i].len);
    if (own)
        keep(&at, &text->raw.ptr, text->raw.len);
    if (same)
        text->norm = text->raw;
    text->raw_index.text = text->raw;
    text->norm_index.text = text->norm;
    return TT_OK;
}

void tt_doc_free(tt_doc *doc)
{
    if (doc != NULL)
        tt__spares_give(spares_of(doc), doc, doc->room);
}

uint32_t tt_doc__kind_of(tt_str label, tt_str name)
{
    char full[96];
    if (name.len == 0 || label.len + name.len + 1 > sizeof full)
        return 0;
    memcpy(full, label.ptr, label.len);
    full[label.len] = '.';
    memcpy(full + label.len + 1, name.ptr, name.len);
    return tt__kind_of((tt_str){full, label.len + 1 + name.len});
}

tt_str tt_doc_raw(const tt_doc *doc)
{
    return doc->text.raw;
}

const char *tt_doc_date(const tt_doc *doc)
{
    return doc->date;
}

unsigned tt_doc_layers(const tt_doc *doc)
{
    return doc->layers;
}

tt_items tt_doc_items(const tt_doc *doc, tt_layer layer)
{
    return (unsigned)layer < TT_LAYERS ? doc->items[layer] : (tt_items){NULL, 0};
}

const tt_value *tt_doc_value(const tt_doc *doc, const tt_item *item)
{
    return item->value < doc->value_count ? &doc->values[item->value] : NULL;
}

/* Few ask for it: where all it takes is kept, it is found each time. */
static void find_source(tt_item *out, const tt_doc *doc)
{
    tt_items blocks = doc->items[TT_LAYER_BLOCKS];
    tt_origin origin = {{0, 0}, {0, 0}, {0, 0}, 0};
    for (size_t i = 0; i < blocks.len; i++)
        tt__origin_take(&origin, (tt_block){blocks.at[i].byte, (tt_block_kind)blocks.at[i].kind}, doc->text.raw.ptr);
    out->byte = tt__origin_best(&origin);
    out->cp.start = tt_cp_of_byte(&doc->text.raw_index, out->byte.start);
    out->cp.end = tt_cp_of_byte(&doc->text.raw_index, out->byte.end);
}

bool tt_doc_source(tt_item *out, const tt_doc *doc)
{
    *out = doc->source;
    if (doc->source_later) {
        out->confidence = 1;
        find_source(out, doc);
    }
    return out->byte.start < out->byte.end;
}

size_t tt_doc_title(const tt_doc *doc)
{
    tt_items blocks = doc->items[TT_LAYER_BLOCKS];
    for (size_t i = 0; i < blocks.len; i++)
        if (blocks.at[i].kind == TT_BLOCK_TITLE)
            return i;
    return SIZE_MAX;
}

bool tt_block_is_body(tt_block_kind kind)
{
    return kind == TT_BLOCK_LEAD || kind == TT_BLOCK_PARAGRAPH || kind == TT_BLOCK_HEADING;
}

const tt_text *tt_doc_text(const tt_doc *doc)
{
    return &doc->text;
}

const tt_pipeline *tt_doc_pipeline(const tt_doc *doc)
{
    return doc->pipeline;
}

size_t tt_doc_memory(const tt_doc *doc)
{
    return doc->size;
}

size_t tt_doc_label_count(const tt_doc *doc)
{
    return doc->pipeline != NULL ? tt_pipeline_label_count(doc->pipeline) : doc->label_count;
}

tt_str tt_doc_label(const tt_doc *doc, size_t label)
{
    return doc->pipeline != NULL ? tt_pipeline_label(doc->pipeline, label) : doc->labels[label];
}

static int compare_names(tt_str a, tt_str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len != 0 ? memcmp(a.ptr, b.ptr, len) : 0;
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

int tt_item_compare(const tt_doc *a, const tt_item *x, const tt_doc *b, const tt_item *y, tt_layer layer)
{
    if (x->byte.start != y->byte.start)
        return x->byte.start < y->byte.start ? -1 : 1;
    if (x->byte.end != y->byte.end)
        return x->byte.end > y->byte.end ? -1 : 1;
    if (layer == TT_LAYER_BLOCKS)
        return (x->kind > y->kind) - (x->kind < y->kind);
    if (layer != TT_LAYER_ENTITIES)
        return 0;
    int order = compare_names(tt_doc_label(a, x->kind), tt_doc_label(b, y->kind));
    const tt_value *v = tt_doc_value(a, x), *w = tt_doc_value(b, y);
    return order != 0 ? order : strcmp(v != NULL ? v->text : "", w != NULL ? w->text : "");
}

bool tt_doc_layer_equal(const tt_doc *a, const tt_doc *b, tt_layer layer)
{
    tt_items x = a->items[layer], y = b->items[layer];
    bool equal = x.len == y.len;
    for (size_t i = 0; equal && i < x.len; i++)
        equal = tt_item_compare(a, &x.at[i], b, &y.at[i], layer) == 0;
    return equal;
}

bool tt_doc_equal(const tt_doc *a, const tt_doc *b)
{
    bool equal = a->layers == b->layers && strcmp(a->date, b->date) == 0 && tt_str_eq(a->text.raw, b->text.raw);
    for (unsigned layer = 0; equal && layer < TT_LAYERS; layer++)
        equal = tt_doc_layer_equal(a, b, (tt_layer)layer);
    return equal;
}
