/* doc_checks.h - what holds for every document, whatever its text: used by the tests over whole articles and by the fuzz
 * targets.
 *
 * Blocks are in order, apart, and cover all that a reader sees; sentences do the same in their blocks; entities lie in their
 * sentences, in order, nested or apart; all lie in the text, on borders of code points, with no white space at their ends; the
 * raw text is what the alignment says; the JSON can be read again. */
#ifndef TT_DOC_CHECKS_H
#define TT_DOC_CHECKS_H

#include "base/json_read.h"
#include "base/space.h"
#include "tintuc/tintuc.h"

#include <string.h>

/* Each gives NULL, or what does not hold. */
#define DOC_HOLDS(condition)                                                                                                   \
    do {                                                                                                                       \
        if (!(condition))                                                                                                      \
            return #condition;                                                                                                 \
    } while (0)
#define DOC_TRY(check)                                                                                                         \
    do {                                                                                                                       \
        const char *broken_ = (check);                                                                                         \
        if (broken_ != NULL)                                                                                                   \
            return broken_;                                                                                                    \
    } while (0)

static inline bool doc_is_border(tt_str text, size_t at)
{
    return at <= text.len && (at == text.len || ((unsigned char)text.ptr[at] & 0xC0) != 0x80);
}

/* Does the view of what stands between two places have white space only? */
static inline bool doc_is_blank(tt_str text, size_t start, size_t end)
{
    if (start == end)
        return true;
    tt_arena arena = {0};
    tt_text view;
    tt_str gap = {text.ptr + start, end - start};
    bool blank = tt_normalize(&view, NULL, &arena, gap, TT_PRESET_VIEW, NULL) == TT_OK && tt__str_trim(view.norm).len == 0;
    tt_arena_free(&arena);
    return blank;
}

static inline const char *doc_item_broken(const tt_doc *doc, const tt_item *item)
{
    tt_str raw = tt_doc_raw(doc);
    const tt_cp_index *index = &tt_doc_text(doc)->raw_index;
    DOC_HOLDS(item->byte.start < item->byte.end && item->byte.end <= raw.len);
    DOC_HOLDS(doc_is_border(raw, item->byte.start) && doc_is_border(raw, item->byte.end));
    DOC_HOLDS(tt__space_at(raw.ptr + item->byte.start, raw.ptr + item->byte.end) == 0);
    DOC_HOLDS(tt__space_before(raw.ptr + item->byte.start, raw.ptr + item->byte.end) == 0);
    DOC_HOLDS(tt_cp_of_byte(index, item->byte.start) == item->cp.start);
    DOC_HOLDS(tt_cp_of_byte(index, item->byte.end) == item->cp.end);
    return NULL;
}

static inline const char *doc_blocks_broken(const tt_doc *doc)
{
    tt_str raw = tt_doc_raw(doc);
    tt_items blocks = tt_doc_items(doc, TT_LAYER_BLOCKS);
    size_t end = 0;
    for (size_t i = 0; i < blocks.len; i++) {
        const tt_item *block = &blocks.at[i];
        DOC_TRY(doc_item_broken(doc, block));
        DOC_HOLDS(block->byte.start >= end && block->kind < TT_BLOCK_KINDS && block->parent == i);
        DOC_HOLDS(doc_is_blank(raw, end, block->byte.start));
        end = block->byte.end;
    }
    DOC_HOLDS(doc_is_blank(raw, end, raw.len));
    return NULL;
}

static inline const char *doc_sentences_broken(const tt_doc *doc)
{
    tt_str raw = tt_doc_raw(doc);
    tt_items blocks = tt_doc_items(doc, TT_LAYER_BLOCKS), sentences = tt_doc_items(doc, TT_LAYER_SENTENCES);
    size_t next = 0;
    for (size_t i = 0; i < blocks.len; i++) {
        size_t end = blocks.at[i].byte.start;
        for (; next < sentences.len && sentences.at[next].parent == i; next++) {
            const tt_item *sentence = &sentences.at[next];
            DOC_TRY(doc_item_broken(doc, sentence));
            DOC_HOLDS(sentence->byte.start >= end && sentence->byte.end <= blocks.at[i].byte.end);
            DOC_HOLDS(doc_is_blank(raw, end, sentence->byte.start));
            end = sentence->byte.end;
        }
        DOC_HOLDS(doc_is_blank(raw, end, blocks.at[i].byte.end));
    }
    DOC_HOLDS(next == sentences.len);
    return NULL;
}

static inline const char *doc_entities_broken(const tt_doc *doc)
{
    enum { DEPTH_MAX = 16 };
    tt_items sentences = tt_doc_items(doc, TT_LAYER_SENTENCES), entities = tt_doc_items(doc, TT_LAYER_ENTITIES);
    tt_span around[DEPTH_MAX] = {{0, 0}};
    for (size_t i = 0; i < entities.len; i++) {
        const tt_item *entity = &entities.at[i];
        tt_span span = entity->byte;
        DOC_TRY(doc_item_broken(doc, entity));
        DOC_HOLDS(entity->parent < sentences.len && entity->kind < tt_pipeline_label_count(tt_doc_pipeline(doc)));
        DOC_HOLDS(span.start >= sentences.at[entity->parent].byte.start && span.end <= sentences.at[entity->parent].byte.end);
        DOC_HOLDS(entity->confidence >= 0 && entity->confidence <= 1 && entity->depth < DEPTH_MAX);
        DOC_HOLDS(i == 0 || entity->depth <= entities.at[i - 1].depth + 1);
        DOC_HOLDS(span.start >= around[entity->depth].end);
        DOC_HOLDS(entity->depth == 0 ||
                  (span.start >= around[entity->depth - 1].start && span.end <= around[entity->depth - 1].end));
        for (uint32_t k = entity->depth; k < DEPTH_MAX; k++)
            around[k] = k == entity->depth ? span : (tt_span){0, span.start};
        const tt_value *value = tt_doc_value(doc, entity);
        DOC_HOLDS(value == NULL || (value->text[0] != '\0' && memchr(value->text, '\0', sizeof value->text) != NULL));
    }
    return NULL;
}

/* The runs cover both texts; what is not changed is the same on both sides, so the raw text is rebuilt from them. */
static inline const char *doc_alignment_broken(const tt_doc *doc)
{
    const tt_text *text = tt_doc_text(doc);
    const tt_align_run *end = text->align.runs + text->align.len;
    uint32_t raw = 0, norm = 0;
    for (const tt_align_run *run = text->align.runs; run < end; run++) {
        DOC_HOLDS(run->raw == raw && run->norm == norm);
        raw = run[1].raw;
        norm = run[1].norm;
        DOC_HOLDS(raw >= run->raw && norm >= run->norm);
        uint32_t len = norm - run->norm;
        DOC_HOLDS(run->changed || (raw - run->raw == len &&
                                   (len == 0 || memcmp(text->raw.ptr + run->raw, text->norm.ptr + run->norm, len) == 0)));
    }
    DOC_HOLDS(raw == text->raw.len && norm == text->norm.len);
    return NULL;
}

static inline const char *doc_json_broken(const tt_doc *doc)
{
    tt_buf line = {NULL, 0, 0};
    tt_arena arena = {0};
    const tt_json *read = NULL, *text, *entities;
    bool good = tt_doc_json(&line, doc, tt_str_c("x"), NULL) == TT_OK && line.ptr[line.len - 1] == '\n' &&
                tt_json__parse(&read, &arena, (tt_str){line.ptr, line.len}, NULL) == TT_OK &&
                (text = tt_json__get(read, "text")) != NULL && tt_str_eq(text->text, tt_doc_raw(doc));
    size_t count = 0;
    if (good && (entities = tt_json__get(read, "entities")) != NULL)
        for (entities = entities->child; entities != NULL; entities = entities->next)
            count++;
    bool same = count == tt_doc_items(doc, TT_LAYER_ENTITIES).len;
    tt_arena_free(&arena);
    tt_buf_free(&line);
    DOC_HOLDS(good && same);
    return NULL;
}

static inline const char *doc_broken(const tt_doc *doc)
{
    DOC_TRY(doc_blocks_broken(doc));
    DOC_TRY(doc_sentences_broken(doc));
    DOC_TRY(doc_entities_broken(doc));
    DOC_TRY(doc_alignment_broken(doc));
    DOC_TRY(doc_json_broken(doc));
    tt_item source;
    if (tt_doc_source(&source, doc))
        DOC_TRY(doc_item_broken(doc, &source));
    size_t title = tt_doc_title(doc);
    DOC_HOLDS(title == SIZE_MAX || tt_doc_items(doc, TT_LAYER_BLOCKS).at[title].kind == TT_BLOCK_TITLE);
    return NULL;
}

#endif
