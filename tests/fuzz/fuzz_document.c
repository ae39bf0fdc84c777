/* fuzz_document.c - bytes to blocks and sentences, without a model, and the JSON that comes out.
 *
 * Blocks are in order, apart, on borders of code points and cover all that a reader sees; sentences do the same in their
 * blocks; nothing begins or ends with white space; the JSON can be read again. */
#include "fuzz.h"

#include "base/json_read.h"
#include "base/space.h"

/* Does the view of what stands between two places have white space only? */
static bool is_blank(tt_str text, size_t start, size_t end)
{
    if (start == end)
        return true;
    tt_arena arena = {NULL, 0, 0};
    tt_text view;
    tt_str gap = {text.ptr + start, end - start};
    FUZZ_CHECK(tt_normalize(&view, NULL, &arena, gap, TT_PRESET_VIEW, NULL) == TT_OK);
    bool blank = tt__str_trim(view.norm).len == 0;
    tt_arena_free(&arena);
    return blank;
}

static void check_item(const tt_doc *doc, const tt_item *item)
{
    tt_str raw = tt_doc_raw(doc);
    const tt_cp_index *index = &tt_doc_text(doc)->raw_index;
    FUZZ_CHECK(item->byte.start < item->byte.end && item->byte.end <= raw.len);
    FUZZ_CHECK(fuzz_is_border(raw, item->byte.start) && fuzz_is_border(raw, item->byte.end));
    FUZZ_CHECK(tt__space_at(raw.ptr + item->byte.start, raw.ptr + item->byte.end) == 0);
    FUZZ_CHECK(tt__space_before(raw.ptr + item->byte.start, raw.ptr + item->byte.end) == 0);
    FUZZ_CHECK(tt_cp_of_byte(index, item->byte.start) == item->cp.start &&
               tt_cp_of_byte(index, item->byte.end) == item->cp.end);
}

static void check_blocks(const tt_doc *doc)
{
    tt_str raw = tt_doc_raw(doc);
    tt_items blocks = tt_doc_items(doc, TT_LAYER_BLOCKS);
    size_t end = 0;
    for (size_t i = 0; i < blocks.len; i++) {
        const tt_item *block = &blocks.at[i];
        check_item(doc, block);
        FUZZ_CHECK(block->byte.start >= end && block->kind < TT_BLOCK_KINDS && block->parent == i);
        FUZZ_CHECK(is_blank(raw, end, block->byte.start));
        end = block->byte.end;
    }
    FUZZ_CHECK(is_blank(raw, end, raw.len));
}

static void check_sentences(const tt_doc *doc)
{
    tt_str raw = tt_doc_raw(doc);
    tt_items blocks = tt_doc_items(doc, TT_LAYER_BLOCKS), sentences = tt_doc_items(doc, TT_LAYER_SENTENCES);
    size_t next = 0;
    for (size_t i = 0; i < blocks.len; i++) {
        size_t end = blocks.at[i].byte.start;
        for (; next < sentences.len && sentences.at[next].parent == i; next++) {
            const tt_item *sentence = &sentences.at[next];
            check_item(doc, sentence);
            FUZZ_CHECK(sentence->byte.start >= end && sentence->byte.end <= blocks.at[i].byte.end);
            FUZZ_CHECK(is_blank(raw, end, sentence->byte.start));
            end = sentence->byte.end;
        }
        FUZZ_CHECK(is_blank(raw, end, blocks.at[i].byte.end));
    }
    FUZZ_CHECK(next == sentences.len);
}

static void check_json(const tt_doc *doc)
{
    tt_buf json = {NULL, 0, 0};
    tt_arena arena = {NULL, 0, 0};
    const tt_json *read = NULL;
    FUZZ_CHECK(tt_doc_json(&json, doc, tt_str_c("x"), NULL) == TT_OK);
    FUZZ_CHECK(tt_json__parse(&read, &arena, (tt_str){json.ptr, json.len}, NULL) == TT_OK);
    const tt_json *text = tt_json__get(read, "text");
    FUZZ_CHECK(text != NULL && tt_str_eq(text->text, tt_doc_raw(doc)));
    tt_arena_free(&arena);
    tt_buf_free(&json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tt_str bytes = {(const char *)data, size}, raw;
    tt_pipeline *pipeline;
    tt_doc *doc = NULL;
    tt_error err;
    char *copy = fuzz_copy(bytes);
    FUZZ_CHECK(tt_pipeline_load(&pipeline, NULL, &err) == TT_OK);
    tt_status status = tt_doc_make(&doc, pipeline, (tt_str){copy, size}, NULL, &err), checked = tt_utf8_check(bytes, NULL);
    FUZZ_CHECK(status == checked);
    free(copy);
    if (status == TT_OK)
        tt_doc_free(doc);
    copy = fuzz_text(&raw, bytes);
    FUZZ_CHECK(tt_doc_make(&doc, pipeline, raw, NULL, &err) == TT_OK);
    check_blocks(doc);
    check_sentences(doc);
    const tt_item *source = tt_doc_source(doc);
    if (source != NULL)
        check_item(doc, source);
    size_t title = tt_doc_title(doc);
    FUZZ_CHECK(title == SIZE_MAX || title < tt_doc_items(doc, TT_LAYER_BLOCKS).len);
    check_json(doc);
    tt_doc_free(doc);
    tt_pipeline_free(pipeline);
    free(copy);
    return 0;
}
