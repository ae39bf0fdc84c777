/* document_json.c - a document, or the error in its place, as one JSON line in the form of DESIGN.md. */
#include "document/document_impl.h"

#include "base/json_write.h"

#include <string.h>

/* Remembers the first failure, so that a line is written without a test after each piece. */
typedef struct {
    tt_buf *buf;
    tt_status status;
} writer;

static void add_bytes(writer *w, const char *bytes, size_t len)
{
    if (w->status == TT_OK)
        w->status = tt_buf_add(w->buf, bytes, len);
}

static void add(writer *w, const char *text)
{
    add_bytes(w, text, strlen(text));
}

static void add_string(writer *w, tt_str s)
{
    if (w->status == TT_OK)
        w->status = tt_json__add_string(w->buf, s);
}

static char *put(char *to, const char *text, size_t len)
{
    memcpy(to, text, len);
    return to + len;
}

/* {"start":1,"end":2 without the closing brace, and the comma between items. */
static void add_span(writer *w, tt_span span, bool first)
{
    static const char START[] = ",{\"start\":", END[] = ",\"end\":";
    char piece[sizeof START + sizeof END + 2 * 20], *to = piece;
    to = put(to, START + first, sizeof START - 1 - first);
    to = tt_json__put_number(to, span.start);
    to = put(to, END, sizeof END - 1);
    to = tt_json__put_number(to, span.end);
    add_bytes(w, piece, (size_t)(to - piece));
}

static void add_item(writer *w, const tt_doc *doc, tt_layer layer, const tt_item *item)
{
    if (layer == TT_LAYER_BLOCKS) {
        add(w, ",\"kind\":\"");
        add(w, tt_block_kind_name((tt_block_kind)item->kind));
        add(w, "\"");
    } else if (layer == TT_LAYER_ENTITIES) {
        add(w, ",\"label\":");
        add_string(w, tt_doc_label(doc, item->kind));
        add(w, ",\"text\":");
        add_string(w, (tt_str){doc->text.raw.ptr + item->byte.start, item->byte.end - item->byte.start});
        const tt_value *value = tt_doc_value(doc, item);
        if (value != NULL) {
            add(w, ",\"value\":");
            add_string(w, tt_str_c(value->text));
        }
        if (item->entity_kind != 0) {
            add(w, ",\"kind\":\"");
            add(w, tt_kind_name(item->entity_kind));
            add(w, "\"");
        }
    }
    add(w, "}");
}

static void add_layer(writer *w, const tt_doc *doc, tt_layer layer)
{
    add(w, ",\"");
    add(w, tt_layer_name(layer));
    add(w, "\":[");
    for (size_t i = 0; i < doc->items[layer].len; i++) {
        add_span(w, doc->items[layer].at[i].cp, i == 0);
        add_item(w, doc, layer, &doc->items[layer].at[i]);
    }
    add(w, "]");
}

/* Nothing of a line that failed stays in the buffer. */
static tt_status finish(writer *w, size_t before, tt_error *err)
{
    add(w, "}\n");
    if (w->status == TT_OK)
        return TT_OK;
    w->buf->len = before;
    return tt_fail(err, w->status, 0, "json: out of memory");
}

tt_status tt_doc_json(tt_buf *out, const tt_doc *doc, tt_str id, tt_error *err)
{
    writer w = {out, TT_OK};
    size_t before = out->len;
    add(&w, "{\"id\":");
    add_string(&w, id);
    add(&w, ",\"date\":");
    if (doc->date[0] != '\0')
        add_string(&w, tt_str_c(doc->date));
    else
        add(&w, "null");
    add(&w, ",\"text\":");
    add_string(&w, doc->text.raw);
    for (unsigned layer = 0; layer < TT_LAYERS; layer++)
        if (doc->layers & TT_LAYER_BIT(layer))
            add_layer(&w, doc, (tt_layer)layer);
    return finish(&w, before, err);
}

tt_status tt_doc_json_error(tt_buf *out, tt_str id, tt_status status, const tt_error *what, tt_error *err)
{
    writer w = {out, TT_OK};
    size_t before = out->len;
    tt_arena arena;
    tt_str message;
    char digits[20];
    tt_arena_init(&arena);
    /* a message may quote a file name that is not UTF-8, or be cut inside a letter */
    w.status = tt_utf8_repair(&message, NULL, &arena, tt_str_c(what->msg), err);
    add(&w, "{\"id\":");
    add_string(&w, id);
    add(&w, ",\"error\":{\"code\":\"");
    add(&w, tt_status_name(status));
    add(&w, "\",\"message\":");
    add_string(&w, message);
    add(&w, ",\"byte\":");
    add_bytes(&w, digits, (size_t)(tt_json__put_number(digits, what->pos) - digits));
    add(&w, "}");
    tt_arena_free(&arena);
    return finish(&w, before, err);
}
