/* test_document.c - from bytes to a document and its JSON, with a pipeline that has no tagger. */
#include "tt_test.h"

#include "base/alloc.h"
#include "base/date.h"
#include "base/json_read.h"
#include "base/space.h"
#include "document/document_impl.h"

static const char PAGE[] = "Thời sự\n"
                           "Bộ trưởng thăm Hà Nội\n"
                           "09/09/2021 10:30\n"
                           "Sáng 9/9, Bộ trưởng \"A\" đến Hà Nội. Ông ở lại một ngày.\n"
                           "\n"
                           "Ha\xCC\x80 No\xCC\xA3\xCC\x82i, Vie\xCC\xA3\xCC\x82t Nam.\t\xC2\xA0 \n"
                           "\xF0\x9F\x98\x80 \xE1\xBA\xBF!\n";

/* What holds for the items of every document. */
static void check_items(tt_test *t, const char *name, const tt_doc *doc)
{
    tt_str raw = tt_doc_raw(doc);
    tt_items blocks = tt_doc_items(doc, TT_LAYER_BLOCKS);
    for (unsigned layer = 0; layer < TT_LAYERS; layer++) {
        tt_items items = tt_doc_items(doc, (tt_layer)layer);
        uint32_t end = 0;
        for (size_t i = 0; i < items.len; i++) {
            const tt_item *at = &items.at[i];
            tt_span bare = tt__span_trim(raw.ptr, at->byte);
            TT_CHECK(name, at->byte.start < at->byte.end && at->byte.end <= raw.len);
            TT_CHECK(name, bare.start == at->byte.start && bare.end == at->byte.end);
            TT_CHECK_INT(name, at->cp.start, tt_cp_of_byte(&tt_doc_text(doc)->raw_index, at->byte.start));
            TT_CHECK_INT(name, at->cp.end, tt_cp_of_byte(&tt_doc_text(doc)->raw_index, at->byte.end));
            TT_CHECK(name, at->byte.start >= end);
            end = at->byte.end;
            if (layer != TT_LAYER_SENTENCES)
                continue;
            TT_CHECK(name, at->parent < blocks.len);
            TT_CHECK(name,
                     blocks.at[at->parent].byte.start <= at->byte.start && at->byte.end <= blocks.at[at->parent].byte.end);
        }
    }
}

static const tt_json *parse(tt_test *t, const char *name, const tt_buf *line)
{
    const tt_json *root = NULL;
    TT_CHECK(name, line->len != 0 && line->ptr[line->len - 1] == '\n' &&
                       memchr(line->ptr, '\n', line->len) == line->ptr + line->len - 1);
    TT_CHECK_OK(name, tt_json__parse(&root, &t->arena, (tt_str){line->ptr, line->len}, &t->err));
    return root;
}

/* The spans of the JSON are those of the document. */
static void check_layer(tt_test *t, const char *name, const tt_json *root, const tt_doc *doc, tt_layer layer)
{
    tt_items items = tt_doc_items(doc, layer);
    const tt_json *list = tt_json__get(root, tt_layer_name(layer));
    size_t count = 0;
    if (!(tt_doc_layers(doc) & TT_LAYER_BIT(layer))) {
        TT_CHECK(name, list == NULL);
        return;
    }
    TT_CHECK(name, list != NULL && list->kind == TT_JSON_ARRAY);
    for (const tt_json *at = list ? list->child : NULL; at != NULL; at = at->next, count++) {
        uint32_t start = 0, end = 0;
        TT_CHECK(name, count < items.len && tt_json__u32(&start, tt_json__get(at, "start")) &&
                           tt_json__u32(&end, tt_json__get(at, "end")));
        TT_CHECK(name, count < items.len && items.at[count].cp.start == start && items.at[count].cp.end == end);
        if (layer == TT_LAYER_BLOCKS && count < items.len)
            TT_CHECK_STR(name, tt_json__get(at, "kind")->text, tt_block_kind_name((tt_block_kind)items.at[count].kind));
    }
    TT_CHECK_INT(name, count, items.len);
}

static const struct {
    const char *name, *text;
    unsigned layers;
} TEXTS[] = {
    {"page", PAGE, 0},
    {"only blocks", PAGE, TT_LAYER_BIT(TT_LAYER_BLOCKS)},
    {"sentences bring blocks", PAGE, TT_LAYER_BIT(TT_LAYER_SENTENCES)},
    {"empty", "", 0},
    {"blank", " \n\t\xE3\x80\x80\r\n", 0},
    {"one letter", "a", 0},
    {"only combining marks", "\xCC\x80\xCC\x81 \xCC\xA3", 0},
    {"quotes and controls", "\"\\\x01\x1F\x7F \"", 0},
    {"byte order mark",
     "\xEF\xBB\xBF"
     "Vi\xE1\xBB\x87t Nam.",
     0},
};

TT_TEST(document_items_and_json)
{
    tt_pipeline *pipeline = NULL;
    TT_CHECK_OK("load", tt_pipeline_load(&pipeline, NULL, &t->err));
    TT_CHECK_INT("no labels", tt_pipeline_label_count(pipeline), 0);
    TT_CHECK("no model", tt_pipeline_model(pipeline) == NULL);
    for (size_t i = 0; i < TT_COUNT(TEXTS); i++) {
        const char *name = TEXTS[i].name;
        tt_doc *doc = NULL;
        tt_buf line = {NULL, 0, 0};
        TT_CHECK_OK(
            name, tt_doc_make(&doc, pipeline, tt_str_c(TEXTS[i].text), &(tt_doc_options){.layers = TEXTS[i].layers}, &t->err));
        if (doc == NULL)
            continue;
        TT_CHECK(name, tt_doc_raw(doc).ptr == TEXTS[i].text && tt_doc_pipeline(doc) == pipeline);
        TT_CHECK(name, tt_doc_memory(doc) > 0 && tt_doc_items(doc, TT_LAYERS).len == 0);
        check_items(t, name, doc);
        TT_CHECK_OK(name, tt_doc_json(&line, doc, tt_str_c("i\"d"), &t->err));
        const tt_json *root = parse(t, name, &line);
        TT_CHECK_STR(name, tt_json__get(root, "id")->text, "i\"d");
        TT_CHECK_STR(name, tt_json__get(root, "text")->text, TEXTS[i].text);
        TT_CHECK(name, tt_doc_date(doc)[0] != '\0' || tt_json__get(root, "date")->kind == TT_JSON_NULL);
        for (unsigned layer = 0; layer < TT_LAYERS; layer++)
            check_layer(t, name, root, doc, (tt_layer)layer);
        tt_buf_free(&line);
        tt_doc_free(doc);
    }
    tt_pipeline_free(pipeline);
}

/* Within the document's own memory, or NULL. */
static bool is_own(const tt_doc *doc, const void *at)
{
    uintptr_t start = (uintptr_t)doc, place = (uintptr_t)at;
    return at == NULL || (place >= start && place <= start + tt_doc_memory(doc));
}

/* What is empty lies in it, too, and not in memory that was given back. */
TT_TEST(document_owns_what_is_empty)
{
    static const uint16_t BLANKS[] = {' ', '\n', 0xA0};
    tt_pipeline *nlp = NULL;
    TT_CHECK_OK("load", tt_pipeline_load(&nlp, NULL, &t->err));
    for (size_t len = 0; len <= TT_COUNT(BLANKS); len++) {
        tt_doc *doc = NULL;
        TT_CHECK_OK("make", tt_doc_make_ucs2(&doc, nlp, BLANKS, len, NULL, &t->err));
        for (unsigned layer = 0; layer < TT_LAYERS; layer++) {
            tt_items items = tt_doc_items(doc, (tt_layer)layer);
            TT_CHECK_INT("items", items.len, 0);
            TT_CHECK("items", is_own(doc, items.at));
        }
        TT_CHECK("text", is_own(doc, tt_doc_raw(doc).ptr) && is_own(doc, tt_doc_text(doc)->norm.ptr));
        TT_CHECK("index", is_own(doc, tt_doc_text(doc)->raw_index.marks) && is_own(doc, tt_doc_text(doc)->raw_index.text.ptr));
        TT_CHECK("index",
                 is_own(doc, tt_doc_text(doc)->norm_index.marks) && is_own(doc, tt_doc_text(doc)->norm_index.text.ptr));
        tt_doc_free(doc);
    }
    tt_pipeline_free(nlp);
}

TT_TEST(document_layers)
{
    enum { BLOCKS = TT_LAYER_BIT(TT_LAYER_BLOCKS), SENTENCES = TT_LAYER_BIT(TT_LAYER_SENTENCES) };
    static const struct {
        const char *name;
        unsigned asked;
        tt_status status;
        unsigned made;
        const char *message;
    } ROWS[] = {
        {"all", 0, TT_OK, BLOCKS | SENTENCES, ""},
        {"blocks", BLOCKS, TT_OK, BLOCKS, ""},
        {"sentences", SENTENCES, TT_OK, BLOCKS | SENTENCES, ""},
        {"words", TT_LAYER_BIT(TT_LAYER_WORDS), TT_EUNSUPPORTED, 0, "no layer \"words\" in this version"},
        {"links", BLOCKS | TT_LAYER_BIT(TT_LAYER_LINKS), TT_EUNSUPPORTED, 0, "no layer \"links\" in this version"},
        {"entities", TT_LAYER_BIT(TT_LAYER_ENTITIES), TT_EUNSUPPORTED, 0, "the layer \"entities\" needs a model"},
        {"no layer", TT_LAYER_BIT(TT_LAYERS), TT_EARGUMENT, 0, "0x20 is no set of layers"},
    };
    tt_pipeline *pipeline = NULL;
    TT_CHECK_OK("load", tt_pipeline_load(&pipeline, NULL, &t->err));
    for (size_t i = 0; i < TT_COUNT(ROWS); i++) {
        tt_doc *doc = NULL;
        t->err.msg[0] = '\0';
        TT_CHECK_INT(ROWS[i].name,
                     tt_doc_make(&doc, pipeline, tt_str_c("a"), &(tt_doc_options){.layers = ROWS[i].asked}, &t->err),
                     ROWS[i].status);
        TT_CHECK_STR(ROWS[i].name, tt_str_c(t->err.msg), ROWS[i].message);
        TT_CHECK(ROWS[i].name, (doc != NULL) == (ROWS[i].status == TT_OK));
        if (doc != NULL) {
            TT_CHECK_INT(ROWS[i].name, tt_doc_layers(doc), ROWS[i].made);
            TT_CHECK_INT(ROWS[i].name, tt_doc_items(doc, TT_LAYER_SENTENCES).len, ROWS[i].made & SENTENCES ? 1 : 0);
        }
        tt_doc_free(doc);
    }
    TT_CHECK("names", tt_layer_name(TT_LAYERS) == NULL);
    tt_pipeline_free(pipeline);
}

TT_TEST(document_refusals)
{
    static const struct {
        const char *name, *text;
        size_t max_bytes;
        const char *date;
        tt_status status;
        size_t pos;
    } ROWS[] = {
        {"bad byte", "ab\xFF", 0, "", TT_EENCODING, 2},         {"at the limit", "abc", 3, "", TT_OK, 0},
        {"beyond the limit", "abcd", 3, "", TT_ELIMIT, 3},      {"leap day", "a", 0, "2024-02-29", TT_OK, 0},
        {"no leap day", "a", 0, "2023-02-29", TT_EARGUMENT, 0}, {"no date", "a", 0, "yesterday", TT_EARGUMENT, 0},
        {"short date", "a", 0, "2024-2-2", TT_EARGUMENT, 0},
    };
    tt_pipeline *pipeline = NULL;
    TT_CHECK_OK("load", tt_pipeline_load(&pipeline, NULL, &t->err));
    for (size_t i = 0; i < TT_COUNT(ROWS); i++) {
        tt_doc *doc = NULL;
        tt_doc_options options = {.max_bytes = ROWS[i].max_bytes};
        memcpy(options.date, ROWS[i].date, strlen(ROWS[i].date));
        t->err.pos = 0;
        TT_CHECK_INT(ROWS[i].name, tt_doc_make(&doc, pipeline, tt_str_c(ROWS[i].text), &options, &t->err), ROWS[i].status);
        TT_CHECK_INT(ROWS[i].name, t->err.pos, ROWS[i].pos);
        TT_CHECK(ROWS[i].name, (doc != NULL) == (ROWS[i].status == TT_OK));
        if (doc != NULL)
            TT_CHECK_STR(ROWS[i].name, tt_str_c(tt_doc_date(doc)), ROWS[i].date);
        tt_doc_free(doc);
    }
    tt_pipeline_free(pipeline);
    TT_CHECK_INT("no model file", tt_pipeline_load(&pipeline, "tests/c/none.ttm", &t->err), TT_EIO);
    TT_CHECK("no model file", pipeline == NULL);
}

/* A date in the options wins over the page's own. */
TT_TEST(document_date)
{
    tt_pipeline *pipeline = NULL;
    tt_doc *doc = NULL;
    tt_doc_options options = {.date = "2020-01-31"};
    TT_CHECK_OK("load", tt_pipeline_load(&pipeline, NULL, &t->err));
    TT_CHECK_OK("page", tt_doc_make(&doc, pipeline, tt_str_c(PAGE), NULL, &t->err));
    TT_CHECK_STR("page", tt_str_c(tt_doc_date(doc)), "2021-09-09");
    tt_doc_free(doc);
    TT_CHECK_OK("caller", tt_doc_make(&doc, pipeline, tt_str_c(PAGE), &options, &t->err));
    TT_CHECK_STR("caller", tt_str_c(tt_doc_date(doc)), "2020-01-31");
    tt_doc_free(doc);
    tt_pipeline_free(pipeline);
}

TT_TEST(document_dates)
{
    static const struct {
        const char *text;
        bool real;
    } ROWS[] = {{"2021-09-09", true},   {"0001-01-01", true},
                {"9999-12-31", true},   {"2000-02-29", true},
                {"1900-02-29", false},  {"2021-13-01", false},
                {"2021-00-01", false},  {"2021-04-31", false},
                {"2021-04-00", false},  {"0000-01-01", false},
                {"2021/04/01", false},  {"2021-04-1a", false},
                {"2021-04-011", false}, {"", false}};
    for (size_t i = 0; i < TT_COUNT(ROWS); i++)
        TT_CHECK(ROWS[i].text, tt__date_is_real(tt_str_c(ROWS[i].text)) == ROWS[i].real);
}

TT_TEST(document_json_error)
{
    tt_buf line = {NULL, 0, 0};
    tt_error what = {7, "x\xFFy \"z\" \xE1\xBA"};
    TT_CHECK_OK("error", tt_doc_json_error(&line, tt_str_c("a"), TT_EENCODING, &what, &t->err));
    TT_CHECK_STR(
        "error", ((tt_str){line.ptr, line.len}),
        "{\"id\":\"a\",\"error\":{\"code\":\"encoding\",\"message\":\"x\xEF\xBF\xBDy \\\"z\\\" \xEF\xBF\xBD\",\"byte\":7}}\n");
    tt_buf_free(&line);
}

/* Stages made by hand over "ab cd": text, one block, one sentence, tokens "a", "b", "c", "d". */
typedef struct {
    tt_stages stages;
    tt_align_run runs[4];
    tt_block block;
    tt_sentence sentence;
    tt_token tokens[4];
    tt_items out[TT_LAYERS];
} by_hand;

static void set_up(by_hand *h, tt_test *t, const char *raw, const tt_entity *entities, size_t count)
{
    static const uint32_t STARTS[] = {0, 1, 3, 4};
    memset(h, 0, sizeof *h);
    tt_stages *s = &h->stages;
    s->text.raw = tt_str_c(raw);
    s->text.norm = tt_str_c("ab cd");
    TT_CHECK_OK("index", tt_cp_index_make(&s->text.raw_index, &t->arena, s->text.raw, &t->err));
    s->text.align.runs = h->runs;
    h->block = (tt_block){{0, 5}, TT_BLOCK_LEAD};
    h->sentence = (tt_sentence){{0, 5}, 0};
    s->page.at = &h->block;
    s->sentences.at = &h->sentence;
    s->page.len = s->sentences.len = 1;
    for (size_t i = 0; i < 4; i++)
        h->tokens[i].span = (tt_span){STARTS[i], STARTS[i] + 1};
    s->tokens = (tt_tokens){h->tokens, 4};
    s->entities = (tt_entities){entities, count};
}

static const struct {
    const char *name, *raw;
    tt_align_run runs[4];
    size_t run_count;
    tt_entity entities[4];
    size_t entity_count;
    const char *want; /* the entities */
} PLACED[] = {
    {"as it is",
     "ab cd",
     {{0, 0, 0}, {5, 5, 0}},
     1,
     {{{0, 2}, 1, 0, 1}, {{0, 1}, 2, 1, 1}, {{2, 4}, 3, 0, 1}},
     3,
     " 1@0 0-2 2@1 0-1 3@0 3-5"},
    {"one span, two labels", "ab cd", {{0, 0, 0}, {5, 5, 0}}, 1, {{{0, 2}, 1, 0, 1}, {{0, 2}, 2, 1, 1}}, 2, " 1@0 0-2 2@1 0-2"},
    {"a border inside a rewritten stretch moves out, the neighbour gives way",
     "XYZ cd",
     {{0, 0, 1}, {2, 3, 0}, {5, 6, 0}},
     2,
     {{{0, 1}, 1, 0, 1}, {{1, 4}, 2, 0, 1}},
     2,
     " 1@0 0-3 2@0 4-6"},
    {"nothing is left for the second, nor for what lies in it",
     "XYZ cd",
     {{0, 0, 1}, {2, 3, 0}, {5, 6, 0}},
     2,
     {{{0, 1}, 1, 0, 1}, {{1, 2}, 2, 0, 1}, {{1, 2}, 3, 1, 1}, {{3, 4}, 4, 0, 1}},
     4,
     " 1@0 0-3 4@0 5-6"},
    {"the same inside a parent",
     "XYZ cd",
     {{0, 0, 1}, {2, 3, 0}, {5, 6, 0}},
     2,
     {{{0, 4}, 1, 0, 1}, {{0, 1}, 2, 1, 1}, {{1, 2}, 3, 1, 1}, {{2, 4}, 4, 1, 1}},
     4,
     " 1@0 0-6 2@1 0-3 4@1 4-6"},
    {"a rewritten stretch with a space at its end",
     "ab\xC2\xA0 cd",
     {{0, 0, 0}, {1, 1, 1}, {3, 5, 0}, {5, 7, 0}},
     3,
     {{{0, 2}, 1, 0, 1}, {{2, 4}, 2, 0, 1}},
     2,
     " 1@0 0-2 2@0 5-7"},
};

TT_TEST(document_placing)
{
    for (size_t i = 0; i < TT_COUNT(PLACED); i++) {
        by_hand h;
        char got[128] = "";
        size_t len = 0;
        set_up(&h, t, PLACED[i].raw, PLACED[i].entities, PLACED[i].entity_count);
        memcpy(h.runs, PLACED[i].runs, sizeof h.runs);
        h.stages.text.align.len = PLACED[i].run_count;
        TT_CHECK_OK(PLACED[i].name, tt_doc__place(h.out, &t->arena, &h.stages, &t->err));
        for (size_t k = 0; k < h.out[TT_LAYER_ENTITIES].len; k++) {
            const tt_item *at = &h.out[TT_LAYER_ENTITIES].at[k];
            len += (size_t)snprintf(got + len, sizeof got - len, " %u@%u %u-%u", at->kind, at->depth, at->byte.start,
                                    at->byte.end);
        }
        TT_CHECK_STR(PLACED[i].name, tt_str_c(got), PLACED[i].want);
        TT_CHECK_INT(PLACED[i].name, h.out[TT_LAYER_BLOCKS].len, 1);
        TT_CHECK_INT(PLACED[i].name, h.out[TT_LAYER_SENTENCES].len, 1);
        TT_CHECK_INT(PLACED[i].name, h.out[TT_LAYER_SENTENCES].at[0].byte.end, strlen(PLACED[i].raw));
    }
}

/* Blocks and sentences that a rewritten stretch swallows are left out with what lies in them. */
TT_TEST(document_placing_swallowed)
{
    static const tt_entity ENTITIES[] = {{{0, 1}, 1, 0, 1}, {{1, 2}, 2, 0, 1}, {{2, 3}, 3, 0, 1}, {{3, 4}, 4, 0, 1}};
    static const tt_block BLOCKS[] = {{{0, 1}, TT_BLOCK_NAV}, {{1, 2}, TT_BLOCK_TITLE}, {{3, 5}, TT_BLOCK_LEAD}};
    static const tt_sentence SENTENCES[] = {{{0, 1}, 0}, {{1, 2}, 1}, {{3, 4}, 2}, {{4, 5}, 2}};
    by_hand h;
    set_up(&h, t, "XYZ cd", ENTITIES, TT_COUNT(ENTITIES));
    h.runs[0] = (tt_align_run){0, 0, 1};
    h.runs[1] = (tt_align_run){2, 3, 0};
    h.runs[2] = (tt_align_run){5, 6, 0};
    h.stages.text.align.len = 2;
    h.stages.page.at = BLOCKS;
    h.stages.page.len = TT_COUNT(BLOCKS);
    h.stages.sentences = (tt_sentences){SENTENCES, TT_COUNT(SENTENCES)};
    for (uint32_t i = 0; i < 4; i++)
        h.tokens[i].sentence = i;
    TT_CHECK_OK("place", tt_doc__place(h.out, &t->arena, &h.stages, &t->err));
    tt_items blocks = h.out[TT_LAYER_BLOCKS], sentences = h.out[TT_LAYER_SENTENCES], entities = h.out[TT_LAYER_ENTITIES];
    TT_CHECK_INT("blocks", blocks.len, 2);
    TT_CHECK_INT("sentences", sentences.len, 3);
    TT_CHECK_INT("entities", entities.len, 3);
    TT_CHECK_INT("second block", blocks.at[1].kind, TT_BLOCK_LEAD);
    TT_CHECK_INT("its number", blocks.at[1].parent, 1);
    TT_CHECK_INT("parent of a sentence", sentences.at[2].parent, 1);
    TT_CHECK_INT("label of the second entity", entities.at[1].kind, 3);
    TT_CHECK_INT("its sentence", entities.at[1].parent, 1);
}

TT_TEST(document_allocation_failures)
{
    tt_pipeline *pipeline = NULL;
    tt_status status = TT_ENOMEM;
    TT_CHECK_OK("load", tt_pipeline_load(&pipeline, NULL, &t->err));
    for (long n = 0; status != TT_OK && n < 1000; n++) {
        tt_doc *doc = NULL;
        tt_buf line = {NULL, 0, 0};
        tt__fail_after(n);
        status = tt_doc_make(&doc, pipeline, tt_str_c(PAGE), NULL, &t->err);
        TT_CHECK("document", (doc != NULL) == (status == TT_OK));
        if (status == TT_OK)
            status = tt_doc_json(&line, doc, tt_str_c("id"), &t->err);
        tt__fail_after(-1);
        TT_CHECK("document", status == TT_OK || status == TT_ENOMEM);
        TT_CHECK("no half line", (line.len != 0) == (status == TT_OK));
        tt_buf_free(&line);
        tt_doc_free(doc);
    }
    TT_CHECK_INT("in the end", status, TT_OK);
    tt_pipeline_free(pipeline);
    tt__fail_after(0);
    TT_CHECK_INT("load", tt_pipeline_load(&pipeline, NULL, &t->err), TT_ENOMEM);
    tt__fail_after(-1);
}
