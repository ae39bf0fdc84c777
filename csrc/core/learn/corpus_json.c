/* corpus_json.c - documents as JSON lines, the program's own output included; offsets are code points of "text". */
#include "base/alloc.h"
#include "base/json_read.h"
#include "base/space.h"
#include "learn/corpus_draft.h"
#include "tintuc/sentence.h"

#include <stdio.h>
#include <string.h>

typedef struct {
    tt_draft *draft;
    tt_arena arena; /* tree, index and stages of one document */
    tt_cp_index index;
    uint32_t cp_count;
    tt_error *err;
} json_reader;

static tt_status fault(json_reader *r, const char *what, const char *key)
{
    return tt_draft__fail(r->draft, r->draft->place, r->err, "%s \"%s\"", what, key);
}

/* A member that is a string, absent or null; an absent one is empty. */
static tt_status read_string(tt_str *out, json_reader *r, const tt_json *object, const char *key)
{
    const tt_json *value = tt_json__get(object, key);
    *out = (tt_str){"", 0};
    if (value == NULL || value->kind == TT_JSON_NULL)
        return TT_OK;
    if (value->kind != TT_JSON_STRING)
        return fault(r, "there must be a string at", key);
    *out = value->text;
    return TT_OK;
}

/* "start" and "end" of an item as bytes; the message names the list it stands in. */
static tt_status read_span(tt_span *out, json_reader *r, const tt_json *item, const char *list)
{
    uint32_t start, end;
    if (!tt_json__u32(&start, tt_json__get(item, "start")) || !tt_json__u32(&end, tt_json__get(item, "end")))
        return fault(r, "no whole numbers \"start\" and \"end\" in an item of", list);
    if (start >= end || end > r->cp_count)
        return tt_draft__fail(r->draft, r->draft->place, r->err,
                              "\"%s\" has [%u, %u), empty or outside the text of %u code points", list, start, end,
                              r->cp_count);
    *out = (tt_span){tt_byte_of_cp(&r->index, start), tt_byte_of_cp(&r->index, end)};
    return TT_OK;
}

static tt_status read_block(json_reader *r, const tt_json *item, tt_span span)
{
    tt_str name;
    tt_status status = read_string(&name, r, item, "kind");
    if (status != TT_OK)
        return status;
    tt_block_kind kind = tt_corpus__block_kind(name);
    if (kind == TT_BLOCK_KINDS)
        return fault(r, "unknown or missing kind in an item of", "blocks");
    return tt_draft__block(r->draft, span, kind, r->err);
}

static tt_status read_sentence(json_reader *r, const tt_json *item, tt_span span)
{
    (void)item;
    return tt_draft__sentence(r->draft, span, r->err);
}

static tt_status read_mention(json_reader *r, const tt_json *item, tt_span span)
{
    tt_str label;
    tt_status status = read_string(&label, r, item, "label");
    if (status == TT_OK && label.len == 0)
        status = fault(r, "no label in an item of", "entities");
    return status == TT_OK ? tt_draft__mention(r->draft, span, label, r->err) : status;
}

typedef tt_status item_reader(json_reader *r, const tt_json *item, tt_span span);

/* Every item of a list; spans lose white space at their ends, which other tools leave there. An absent list is empty. */
static tt_status read_list(bool *given, json_reader *r, const tt_json *object, const char *key, item_reader *read)
{
    const tt_json *list = tt_json__get(object, key);
    *given = list != NULL && list->kind != TT_JSON_NULL;
    if (!*given)
        return TT_OK;
    if (list->kind != TT_JSON_ARRAY)
        return fault(r, "there must be a list at", key);
    for (const tt_json *item = list->child; item != NULL; item = item->next) {
        tt_span span;
        tt_status status = read_span(&span, r, item, key);
        if (status == TT_OK)
            status = read(r, item, tt__span_trim(r->draft->text.ptr, span));
        if (status != TT_OK)
            return status;
    }
    return TT_OK;
}

/* Blocks, and sentences inside them, from the library's own stages. Those see the normalized text; the corpus keeps the raw. */
static tt_status make_sentences(json_reader *r, bool blocks_given)
{
    tt_text text;
    tt_page page;
    tt_sentences sentences;
    tt_draft *draft = r->draft;
    tt_str raw = {draft->text.ptr, draft->text.len};
    tt_status status = tt_normalize(&text, NULL, &r->arena, raw, TT_PRESET_VIEW, r->err);
    if (status == TT_OK)
        status = tt_page_make(&page, &r->arena, &text, r->err);
    if (status == TT_OK && blocks_given) {
        tt_block *own = tt__arena_copy(&r->arena, draft->blocks, draft->block_count * sizeof *own);
        if (own == NULL)
            return tt_draft__memory(r->err);
        for (size_t i = 0; i < draft->block_count; i++)
            own[i].span = tt__span_trim(text.norm.ptr, tt_align_from_raw(&text.align, own[i].span));
        page.at = own;
        page.len = draft->block_count;
    }
    for (size_t i = 0; status == TT_OK && !blocks_given && i < page.len; i++)
        status = tt_draft__block(draft, tt__span_trim(raw.ptr, tt_align_to_raw(&text.align, page.at[i].span)), page.at[i].kind,
                                 r->err);
    if (status == TT_OK)
        status = tt_sentences_make(&sentences, &r->arena, &text, &page, r->err);
    for (size_t i = 0; status == TT_OK && i < sentences.len; i++)
        status = tt_draft__sentence(draft, tt__span_trim(raw.ptr, tt_align_to_raw(&text.align, sentences.at[i].span)), r->err);
    return status;
}

/* Sentences that came without blocks: each is a paragraph, since blocks of ours might cut them. */
static tt_status sentences_to_blocks(json_reader *r)
{
    tt_status status = TT_OK;
    for (size_t i = 0; status == TT_OK && i < r->draft->sentence_count; i++)
        status = tt_draft__block(r->draft, r->draft->sentences[i], TT_BLOCK_PARAGRAPH, r->err);
    return status;
}

static tt_status read_layers(json_reader *r, const tt_json *document)
{
    bool blocks, sentences, entities;
    tt_status status = read_list(&blocks, r, document, "blocks", read_block);
    if (status == TT_OK)
        status = read_list(&sentences, r, document, "sentences", read_sentence);
    if (status == TT_OK)
        status = read_list(&entities, r, document, "entities", read_mention);
    if (status != TT_OK)
        return status;
    if (!sentences)
        return make_sentences(r, blocks);
    return blocks ? TT_OK : sentences_to_blocks(r);
}

static tt_status read_document(json_reader *r, tt_str stem, tt_str line)
{
    const tt_json *document;
    tt_error bad = {0, ""};
    tt_str text;
    tt_draft *draft = r->draft;
    tt_draft__begin(draft);
    tt_status status = tt_json__parse(&document, &r->arena, line, &bad);
    if (status == TT_ENOMEM)
        return tt_draft__memory(r->err);
    if (status != TT_OK)
        return tt_draft__fail(draft, draft->place, r->err, "not JSON at byte %zu of the line: %s", bad.pos, bad.msg);
    if (document->kind != TT_JSON_OBJECT || tt_json__get(document, "text") == NULL)
        return tt_draft__fail(draft, draft->place, r->err, "a line must be an object with a \"text\"");
    if ((status = read_string(&draft->id, r, document, "id")) != TT_OK ||
        (status = read_string(&draft->date, r, document, "date")) != TT_OK ||
        (status = read_string(&text, r, document, "text")) != TT_OK)
        return status;
    if (draft->id.len == 0) {
        size_t room = stem.len + 24;
        char *id = tt_arena_alloc(&r->arena, room);
        if (id == NULL)
            return tt_draft__memory(r->err);
        draft->id = (tt_str){id, (size_t)snprintf(id, room, "%.*s-%zu", (int)stem.len, stem.ptr, draft->place.line)};
    }
    if (tt_buf_add(&draft->text, text.ptr, text.len) != TT_OK)
        return tt_draft__memory(r->err);
    status = tt_cp_index_make(&r->index, &r->arena, (tt_str){draft->text.ptr, draft->text.len}, r->err);
    if (status != TT_OK)
        return status;
    r->cp_count = tt_cp_of_byte(&r->index, (uint32_t)draft->text.len);
    status = read_layers(r, document);
    return status == TT_OK ? tt_draft__finish(draft, r->err) : status;
}

tt_status tt_corpus__read_json(tt_draft *draft, tt_str stem, tt_str bytes, tt_error *err)
{
    json_reader r = {.draft = draft, .err = err};
    tt_status status = TT_OK;
    tt_str line;
    for (size_t at = 0; status == TT_OK && tt_draft__line(&line, draft, bytes, &at);) {
        if (line.len != 0)
            status = read_document(&r, stem, line);
        tt_arena_free(&r.arena);
    }
    return status;
}
