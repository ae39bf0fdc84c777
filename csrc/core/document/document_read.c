/* document_read.c - one JSON line in the form of DESIGN to a document: gold, another program's answer, or our own.
 *
 * What is wrong is told with its list and place, since such lines are written by hand and by scripts.
 */
#include "document/document_frame.h"

#include "base/json_read.h"
#include "base/space.h"
#include "text/nfc.h"

#include <stdlib.h>
#include <string.h>

enum { LABELS_MAX = 255 };

/* A mention and what is to be kept of its place in the list. */
typedef struct {
    tt_item item;
    uint32_t place;
} row;

typedef struct {
    tt_doc_draft draft;
    tt_value *values;
    tt_cp_index index;
    uint32_t cp_count;
    tt_arena arena;
    tt_error *err;
} json_document;

static tt_status no_memory(const json_document *d)
{
    return tt_fail(d->err, TT_ENOMEM, 0, "document: out of memory");
}

/* A string, or nothing where it is absent or null. */
static tt_status read_string(tt_str *out, json_document *d, const tt_json *object, const char *key)
{
    const tt_json *value = tt_json__get(object, key);
    *out = (tt_str){"", 0};
    if (value == NULL || value->kind == TT_JSON_NULL)
        return TT_OK;
    if (value->kind != TT_JSON_STRING)
        return tt_fail(d->err, TT_ECORPUS, value->pos, "%s: not a string", key);
    *out = value->text;
    return TT_OK;
}

/* The same of an item: the message has its list and place. */
static tt_status item_string(tt_str *out, json_document *d, const tt_json *item, const char *key, tt_layer layer, size_t i)
{
    tt_error what = {0, ""};
    json_document inner = {.err = &what};
    if (read_string(out, &inner, item, key) == TT_OK)
        return TT_OK;
    return tt_fail(d->err, TT_ECORPUS, what.pos, "%s[%zu].%s", tt_layer_name(layer), i, what.msg);
}

static tt_status item_offset(uint32_t *out, json_document *d, const tt_json *item, const char *key, tt_layer layer, size_t i)
{
    const tt_json *value = tt_json__get(item, key);
    size_t pos = value != NULL ? value->pos : item->pos;
    if (value == NULL)
        return tt_fail(d->err, TT_ECORPUS, pos, "%s[%zu].%s: missing", tt_layer_name(layer), i, key);
    if (!tt_json__u32(out, value))
        return tt_fail(d->err, TT_ECORPUS, pos, "%s[%zu].%s: not a whole number from 0", tt_layer_name(layer), i, key);
    if (*out > d->cp_count)
        return tt_fail(d->err, TT_ECORPUS, pos, "%s[%zu].%s: %u lies beyond the text of %u code points", tt_layer_name(layer),
                       i, key, *out, d->cp_count);
    return TT_OK;
}

/* The item's bytes, without white space at the ends. */
static tt_status item_span(tt_span *out, json_document *d, const tt_json *item, tt_layer layer, size_t i)
{
    uint32_t start = 0, end = 0;
    tt_str text;
    if (item->kind != TT_JSON_OBJECT)
        return tt_fail(d->err, TT_ECORPUS, item->pos, "%s[%zu]: not an object", tt_layer_name(layer), i);
    tt_status status = item_offset(&start, d, item, "start", layer, i);
    if (status == TT_OK)
        status = item_offset(&end, d, item, "end", layer, i);
    if (status == TT_OK)
        status = item_string(&text, d, item, "text", layer, i);
    if (status != TT_OK)
        return status;
    if (start >= end)
        return tt_fail(d->err, TT_ECORPUS, item->pos, "%s[%zu]: [%u, %u) is empty", tt_layer_name(layer), i, start, end);
    tt_span span = {tt_byte_of_cp(&d->index, start), tt_byte_of_cp(&d->index, end)};
    if (text.len != 0 && !tt_str_eq(text, (tt_str){d->draft.text.ptr + span.start, span.end - span.start}))
        return tt_fail(d->err, TT_ECORPUS, item->pos, "%s[%zu].text: not what stands at [%u, %u) of the text",
                       tt_layer_name(layer), i, start, end);
    *out = tt__span_trim(d->draft.text.ptr, span);
    if (out->start >= out->end)
        return tt_fail(d->err, TT_ECORPUS, item->pos, "%s[%zu]: nothing but white space", tt_layer_name(layer), i);
    return TT_OK;
}

static tt_status read_kind(tt_item *out, json_document *d, const tt_json *item, size_t i)
{
    tt_str name;
    tt_status status = item_string(&name, d, item, "kind", TT_LAYER_BLOCKS, i);
    if (status != TT_OK)
        return status;
    for (out->kind = 0; out->kind < TT_BLOCK_KINDS; out->kind++)
        if (tt_str_eq(name, tt_str_c(tt_block_kind_name((tt_block_kind)out->kind))))
            return TT_OK;
    return tt_fail(d->err, TT_ECORPUS, item->pos, "blocks[%zu].kind: \"%.*s\" is no kind of block", i,
                   (int)(name.len < 40 ? name.len : 40), name.ptr);
}

static tt_status read_label(tt_item *out, json_document *d, const tt_json *item, size_t i)
{
    tt_str label;
    tt_doc_draft *draft = &d->draft;
    tt_status status = item_string(&label, d, item, "label", TT_LAYER_ENTITIES, i);
    if (status != TT_OK)
        return status;
    if (label.len == 0)
        return tt_fail(d->err, TT_ECORPUS, item->pos, "entities[%zu].label: missing", i);
    for (out->kind = 0; out->kind < draft->label_count; out->kind++)
        if (tt_str_eq(draft->labels[out->kind], label))
            return TT_OK;
    if (draft->label_count == LABELS_MAX)
        return tt_fail(d->err, TT_ECORPUS, item->pos, "entities[%zu].label: more than %d labels", i, LABELS_MAX);
    draft->labels[draft->label_count++] = label;
    return TT_OK;
}

/* What sort of thing it is; a name that is not known is passed over. */
static tt_status read_sort(tt_item *out, json_document *d, const tt_json *item, size_t i)
{
    tt_str name;
    tt_status status = item_string(&name, d, item, "kind", TT_LAYER_ENTITIES, i);
    if (status == TT_OK)
        out->entity_kind = tt_doc__kind_of(d->draft.labels[out->kind], name);
    return status;
}

static tt_status read_value(tt_item *out, json_document *d, const tt_json *item, size_t i)
{
    tt_str text;
    tt_status status = item_string(&text, d, item, "value", TT_LAYER_ENTITIES, i);
    out->value = UINT32_MAX;
    if (status != TT_OK || text.len == 0)
        return status;
    tt_value_label label = tt_value_label_of(d->draft.labels[out->kind]);
    if (!tt_value_read(&d->values[d->draft.value_count], label, text))
        return tt_fail(d->err, TT_ECORPUS, item->pos, "entities[%zu].value: longer than %d bytes, or with a NUL", i,
                       TT_VALUE_TEXT - 1);
    out->value = (uint32_t)d->draft.value_count++;
    return TT_OK;
}

static tt_status read_item(tt_item *out, json_document *d, const tt_json *item, tt_layer layer, size_t i)
{
    *out = (tt_item){.confidence = 1, .value = UINT32_MAX};
    tt_status status = item_span(&out->byte, d, item, layer, i);
    if (status == TT_OK && layer == TT_LAYER_BLOCKS)
        status = read_kind(out, d, item, i);
    if (status == TT_OK && layer == TT_LAYER_ENTITIES)
        status = read_label(out, d, item, i);
    if (status == TT_OK && layer == TT_LAYER_ENTITIES)
        status = read_sort(out, d, item, i);
    if (status == TT_OK && layer == TT_LAYER_ENTITIES)
        status = read_value(out, d, item, i);
    return status;
}

static tt_status read_layer(bool *given, json_document *d, const tt_json *root, tt_layer layer)
{
    const tt_json *list = tt_json__get(root, tt_layer_name(layer));
    size_t count = 0, i = 0;
    *given = list != NULL && list->kind != TT_JSON_NULL;
    if (!*given)
        return TT_OK;
    if (list->kind != TT_JSON_ARRAY)
        return tt_fail(d->err, TT_ECORPUS, list->pos, "%s: not a list", tt_layer_name(layer));
    for (const tt_json *item = list->child; item != NULL; item = item->next)
        count++;
    tt_item *at = tt_arena_calloc(&d->arena, count, sizeof *at);
    if (layer == TT_LAYER_ENTITIES)
        d->values = tt_arena_calloc(&d->arena, count, sizeof *d->values);
    if (at == NULL || (layer == TT_LAYER_ENTITIES && d->values == NULL))
        return no_memory(d);
    for (const tt_json *item = list->child; item != NULL; item = item->next, i++) {
        tt_status status = read_item(&at[i], d, item, layer, i);
        if (status != TT_OK)
            return status;
    }
    d->draft.at[layer] = at;
    d->draft.len[layer] = count;
    return TT_OK;
}

static int by_start_then_longer(const void *left, const void *right)
{
    const row *a = left, *b = right;
    if (a->item.byte.start != b->item.byte.start)
        return a->item.byte.start < b->item.byte.start ? -1 : 1;
    if (a->item.byte.end != b->item.byte.end)
        return a->item.byte.end > b->item.byte.end ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

/* Parents first, whatever the order of the list; of two with one span the first of the list is outside. */
static tt_status sort_entities(json_document *d)
{
    size_t count = d->draft.len[TT_LAYER_ENTITIES];
    tt_item *at = d->draft.at[TT_LAYER_ENTITIES];
    row *rows = tt_arena_calloc(&d->arena, count, sizeof *rows);
    uint32_t *place = tt_arena_calloc(&d->arena, count, sizeof *place);
    if (rows == NULL || place == NULL)
        return no_memory(d);
    for (size_t i = 0; i < count; i++)
        rows[i] = (row){at[i], (uint32_t)i};
    if (count != 0)
        qsort(rows, count, sizeof *rows, by_start_then_longer);
    for (size_t i = 0; i < count; i++) {
        at[i] = rows[i].item;
        place[i] = rows[i].place;
    }
    d->draft.place = place;
    return TT_OK;
}

/* Id and date, the text, or that it is the line of a document that failed. */
static tt_status read_head(json_document *d, const tt_json *root)
{
    tt_str date, message;
    const tt_json *error = tt_json__get(root, "error"), *text = tt_json__get(root, "text");
    if (root->kind != TT_JSON_OBJECT)
        return tt_fail(d->err, TT_ECORPUS, root->pos, "a document is an object with a \"text\"");
    if (text == NULL && error != NULL) {
        tt_status status = read_string(&message, d, error, "message");
        return status != TT_OK ? status
                               : tt_fail(d->err, TT_ECORPUS, error->pos, "error: this document failed: %.*s",
                                         (int)(message.len < 160 ? message.len : 160), message.ptr);
    }
    if (text == NULL || text->kind != TT_JSON_STRING)
        return tt_fail(d->err, TT_ECORPUS, root->pos, "text: missing, or not a string");
    tt_status status = read_string(&date, d, root, "date");
    if (status == TT_OK && date.len != 0 && tt_value_day(date) == 0)
        status = tt_fail(d->err, TT_ECORPUS, root->pos, "date: \"%.*s\" is not a day in the form YYYY-MM-DD",
                         (int)(date.len < 40 ? date.len : 40), date.ptr);
    if (status == TT_OK)
        memcpy(d->draft.date, date.ptr, date.len);
    d->draft.text = text->text;
    return status;
}

/* No layer without the ones before it. */
static unsigned layers_of(bool blocks, bool sentences, bool entities)
{
    unsigned layers = entities ? TT_LAYER_BIT(TT_LAYER_ENTITIES) : 0;
    if (sentences || entities)
        layers |= TT_LAYER_BIT(TT_LAYER_SENTENCES);
    return layers | (blocks || sentences || entities ? TT_LAYER_BIT(TT_LAYER_BLOCKS) : 0);
}

static tt_status read_document(tt_doc **out, json_document *d, const tt_json *root)
{
    bool blocks = false, sentences = false, entities = false;
    tt_text text;
    tt_status status = read_head(d, root);
    if (status == TT_OK && d->draft.text.len == 0)
        d->draft.text.ptr = "";
    if (status == TT_OK)
        status = tt__text_plain(&text, &d->arena, d->draft.text, d->err);
    if (status != TT_OK)
        return status;
    d->index = text.raw_index;
    d->cp_count = tt_cp_of_byte(&d->index, (uint32_t)d->draft.text.len);
    d->draft.labels = tt_arena_calloc(&d->arena, LABELS_MAX, sizeof *d->draft.labels);
    if (d->draft.labels == NULL)
        return no_memory(d);
    if ((status = read_layer(&blocks, d, root, TT_LAYER_BLOCKS)) != TT_OK ||
        (status = read_layer(&sentences, d, root, TT_LAYER_SENTENCES)) != TT_OK ||
        (status = read_layer(&entities, d, root, TT_LAYER_ENTITIES)) != TT_OK || (status = sort_entities(d)) != TT_OK)
        return status;
    d->draft.layers = layers_of(blocks, sentences, entities);
    d->draft.values = d->values;
    status = tt_doc__frame(&d->draft, d->values, blocks, sentences, &d->arena, d->err);
    return status == TT_OK ? tt_doc__build(out, &d->arena, &d->draft, d->err) : status;
}

/* A document that cannot give its id is not given either. */
static tt_status read_id(tt_buf *out, tt_doc **doc, const tt_json *root, tt_error *err)
{
    const tt_json *id = tt_json__get(root, "id");
    if (id == NULL || (id->kind != TT_JSON_STRING && id->kind != TT_JSON_NUMBER) ||
        tt_buf_add(out, id->text.ptr, id->text.len) == TT_OK)
        return TT_OK;
    tt_doc_free(*doc);
    *doc = NULL;
    return tt_fail(err, TT_ENOMEM, 0, "document: out of memory");
}

tt_status tt_doc_from_json(tt_doc **out, tt_buf *id, tt_str line, tt_error *err)
{
    const tt_json *root;
    tt_error bad = {0, ""};
    json_document d = {.err = err};
    tt_arena_init(&d.arena);
    *out = NULL;
    tt_status status = tt_utf8_check(line, err);
    if (status == TT_OK && line.len > UINT32_MAX - 1)
        status = tt_fail(err, TT_ELIMIT, UINT32_MAX, "a document's line is longer than 4 GiB");
    if (status == TT_OK) {
        status = tt_json__parse(&root, &d.arena, line, &bad);
        if (status != TT_OK)
            tt_fail(err, status, bad.pos, "not JSON at byte %zu: %s", bad.pos, bad.msg);
    }
    if (status == TT_OK)
        status = read_document(out, &d, root);
    if (status == TT_OK && id != NULL)
        status = read_id(id, out, root, err);
    tt_arena_free(&d.arena);
    return status;
}
