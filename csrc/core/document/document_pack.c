/* document_pack.c - writes documents and values in the packed form, for other processes and machines.
 *
 * Only what cannot be found again is written: parents, depths and code points follow from the spans, and the normalized view
 * stays behind with the pipeline.
 */
#include "document/document_impl.h"
#include "document/pack_format.h"

#include "base/alloc.h"
#include "base/hash.h"
#include "lexicon/kind.h"

#include <string.h>

/* Remembers the first failure, so that a document is written without a test after each number. */
typedef struct {
    tt_buf *buf;
    tt_status status;
} packer;

static void put(packer *p, const void *bytes, size_t len)
{
    if (p->status == TT_OK)
        p->status = tt_buf_add(p->buf, bytes, len);
}

static void put_number(packer *p, uint64_t number)
{
    unsigned char bytes[10];
    size_t len = 0;
    for (; number >= 0x80; number >>= 7)
        bytes[len++] = (unsigned char)(number | 0x80);
    bytes[len++] = (unsigned char)number;
    put(p, bytes, len);
}

static void put_signed(packer *p, int64_t number)
{
    put_number(p, (uint64_t)number << 1 ^ (number < 0 ? UINT64_MAX : 0));
}

static void put_string(packer *p, tt_str s)
{
    put_number(p, s.len);
    if (s.len != 0)
        put(p, s.ptr, s.len);
}

static void put_fixed(packer *p, uint64_t number, int bytes)
{
    unsigned char out[8];
    for (int i = 0; i < bytes; i++)
        out[i] = (unsigned char)(number >> 8 * i);
    put(p, out, (size_t)bytes);
}

/* The head with room for the checksum; where it begins. */
static size_t begin(packer *p, const char *magic)
{
    size_t at = p->buf->len;
    put(p, magic, TT_PACK_MAGIC);
    put_fixed(p, TT_PACK_VERSION, 1);
    put_fixed(p, 0, 8);
    return at;
}

/* Nothing of what failed stays in the buffer. */
static tt_status finish(packer *p, size_t at, tt_error *err)
{
    if (p->status != TT_OK) {
        p->buf->len = at;
        return tt_fail(err, p->status, 0, "pack: out of memory");
    }
    char *head = p->buf->ptr + at;
    uint64_t sum = tt__checksum(head + TT_PACK_HEAD, p->buf->len - at - TT_PACK_HEAD);
    for (int i = 0; i < 8; i++)
        head[TT_PACK_MAGIC + 1 + i] = (char)(sum >> 8 * i & 0xFF);
    return TT_OK;
}

static void put_decimal(packer *p, tt_decimal number)
{
    put_number(p, number.known);
    if (!number.known)
        return;
    put_signed(p, number.digits);
    put_number(p, number.scale);
}

static void put_value(packer *p, const tt_value *value)
{
    put_string(p, tt_str_c(value->text));
    put_signed(p, value->start);
    put_signed(p, value->end);
    put_signed(p, value->clock);
    put_decimal(p, value->seconds);
    put_decimal(p, value->number);
    put_decimal(p, value->number_end);
    put_string(p, tt_str_c(value->unit));
    put_string(p, tt_str_c(value->currency));
}

tt_status tt_value_pack(tt_buf *out, tt_value_label label, const tt_value *value, tt_error *err)
{
    packer p = {out, TT_OK};
    size_t at = begin(&p, TT_PACK_VALUE);
    put_number(&p, label);
    put_value(&p, value);
    return finish(&p, at, err);
}

/* Numbers of the labels that entities use, by label, from 1; 0 for the others. */
static uint32_t number_labels(uint32_t *numbers, const tt_doc *doc)
{
    tt_items entities = doc->items[TT_LAYER_ENTITIES];
    uint32_t used = 0;
    for (size_t i = 0; i < entities.len; i++)
        if (numbers[entities.at[i].kind] == 0)
            numbers[entities.at[i].kind] = ++used;
    return used;
}

/* In the order of their numbers. */
static void put_labels(packer *p, uint32_t *numbers, const tt_doc *doc)
{
    tt_items entities = doc->items[TT_LAYER_ENTITIES];
    uint32_t used = number_labels(numbers, doc), next = 1;
    put_number(p, used);
    for (size_t i = 0; i < entities.len && next <= used; i++)
        if (numbers[entities.at[i].kind] == next) {
            put_string(p, tt_doc_label(doc, entities.at[i].kind));
            next++;
        }
}

/* Names of the kinds that entities have, in the order of first use; numbers[kind] is their place from 1. */
static void put_kinds(packer *p, uint32_t numbers[KIND_MAX], const tt_doc *doc)
{
    tt_items entities = doc->items[TT_LAYER_ENTITIES];
    uint32_t order[KIND_MAX], used = 0;
    for (size_t i = 0; i < entities.len; i++) {
        uint32_t kind = entities.at[i].entity_kind;
        if (kind == 0 || numbers[kind] != 0)
            continue;
        order[used] = kind;
        numbers[kind] = ++used;
    }
    put_number(p, used);
    for (uint32_t i = 0; i < used; i++)
        put_string(p, tt_str_c(tt_kind_name(order[i])));
}

/* Blocks or sentences. */
static void put_row(packer *p, const tt_doc *doc, tt_layer layer)
{
    uint32_t end = 0;
    put_number(p, doc->items[layer].len);
    for (size_t i = 0; i < doc->items[layer].len; i++) {
        const tt_item *item = &doc->items[layer].at[i];
        put_number(p, item->byte.start - end);
        put_number(p, item->byte.end - item->byte.start);
        if (layer == TT_LAYER_BLOCKS)
            put_number(p, item->kind);
        end = item->byte.end;
    }
}

static void put_entities(packer *p, const uint32_t *numbers, const uint32_t *kinds, const tt_doc *doc)
{
    uint32_t start = 0, bits;
    put_number(p, doc->items[TT_LAYER_ENTITIES].len);
    for (size_t i = 0; i < doc->items[TT_LAYER_ENTITIES].len; i++) {
        const tt_item *item = &doc->items[TT_LAYER_ENTITIES].at[i];
        put_number(p, item->byte.start - start);
        put_number(p, item->byte.end - item->byte.start);
        put_number(p, numbers[item->kind] - 1);
        put_number(p, kinds[item->entity_kind]);
        put_number(p, tt_doc_value(doc, item) != NULL ? (uint64_t)item->value + 1 : 0);
        memcpy(&bits, &item->confidence, sizeof bits);
        put_fixed(p, bits, 4);
        start = item->byte.start;
    }
}

tt_status tt_doc_pack(tt_buf *out, const tt_doc *doc, tt_error *err)
{
    packer p = {out, TT_OK};
    uint32_t kinds[KIND_MAX] = {0};
    tt_item source;
    uint32_t *numbers = tt__calloc(tt_doc_label_count(doc) + 1, sizeof *numbers);
    if (numbers == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "pack: out of memory");
    size_t at = begin(&p, TT_PACK_DOCUMENT);
    tt_doc_source(&source, doc);
    put_number(&p, doc->layers);
    put_string(&p, tt_str_c(doc->date));
    put_string(&p, doc->text.raw);
    put_number(&p, source.byte.start);
    put_number(&p, source.byte.end - source.byte.start);
    put_labels(&p, numbers, doc);
    put_kinds(&p, kinds, doc);
    put_number(&p, doc->value_count);
    for (size_t i = 0; i < doc->value_count; i++)
        put_value(&p, &doc->values[i]);
    put_row(&p, doc, TT_LAYER_BLOCKS);
    put_row(&p, doc, TT_LAYER_SENTENCES);
    put_entities(&p, numbers, kinds, doc);
    tt__free(numbers);
    return finish(&p, at, err);
}
