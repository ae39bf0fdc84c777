/* test_table.c - batches of columns: sound by the Arrow format, equal to the documents, released in any order. */
#include "tt_test.h"

#include "base/alloc.h"
#include "table/column.h"

static const char GOLD[] =
    "{\"id\":\"x\",\"date\":\"2021-09-09\",\"text\":\"😀 Hội đàm\\r\\nChiều 15/9, Thứ trưởng Bộ Quốc phòng chi 1,5 tỷ đồng. "
    "Hết.\","
    "\"blocks\":[{\"start\":0,\"end\":9,\"kind\":\"title\"},{\"start\":11,\"end\":68,\"kind\":\"paragraph\"}],"
    "\"sentences\":[{\"start\":0,\"end\":9},{\"start\":11,\"end\":63},{\"start\":64,\"end\":68}],"
    "\"entities\":[{\"start\":49,\"end\":62,\"label\":\"MONEY\",\"value\":\"1500000000 VND\"},"
    "{\"start\":34,\"end\":48,\"label\":\"ORG\",\"kind\":\"ministry\"},{\"start\":23,\"end\":48,\"label\":\"ROLE\"},"
    "{\"start\":34,\"end\":48,\"label\":\"Cơ quan\"},"
    "{\"start\":11,\"end\":21,\"label\":\"TIME\",\"text\":\"Chiều 15/9\",\"value\":\"2021-09-15TAF\"}]}";

static const tt_layer LAYERS[] = {TT_LAYER_BLOCKS, TT_LAYER_SENTENCES, TT_LAYER_ENTITIES};

static tt_doc *gold(tt_test *t)
{
    tt_doc *doc = NULL;
    TT_CHECK_OK("gold", tt_doc_from_json(&doc, NULL, tt_str_c(GOLD), &t->err));
    return doc;
}

static tt_table *new_table(tt_test *t, tt_layer layer)
{
    tt_table *table = NULL;
    TT_CHECK_OK("new", tt_table_new(&table, layer, &t->err));
    return table;
}

static bool present(const struct ArrowArray *array, int64_t row)
{
    const uint8_t *valid = array->buffers[0];
    return valid == NULL || (valid[row / 8] >> row % 8 & 1);
}

static void check_offsets(tt_test *t, const char *name, const struct ArrowArray *array)
{
    const int32_t *offsets = array->buffers[1];
    TT_CHECK_INT(name, array->n_buffers, 3);
    TT_CHECK(name, offsets != NULL && array->buffers[2] != NULL);
    TT_CHECK_INT(name, offsets[0], 0);
    for (int64_t i = 0; i < array->length; i++)
        TT_CHECK(name, offsets[i] <= offsets[i + 1]);
}

static void check_dictionary(tt_test *t, const char *name, const struct ArrowArray *array)
{
    const int32_t *numbers = array->buffers[1];
    TT_CHECK(name, array->dictionary != NULL && array->dictionary->null_count == 0);
    check_offsets(t, name, array->dictionary);
    for (int64_t i = 0; i < array->length; i++)
        TT_CHECK(name, !present(array, i) || (numbers[i] >= 0 && numbers[i] < array->dictionary->length));
}

/* What the format asks of a column of this type. */
static void check_column(tt_test *t, const struct ArrowSchema *schema, const struct ArrowArray *array, int64_t rows)
{
    const char *name = schema->name;
    int64_t nulls = 0;
    for (int64_t i = 0; i < array->length; i++)
        nulls += !present(array, i);
    TT_CHECK_INT(name, array->null_count, nulls);
    TT_CHECK(name, nulls == 0 || (schema->flags & ARROW_FLAG_NULLABLE) != 0);
    TT_CHECK(name, array->length == rows && array->offset == 0 && array->n_children == 0 && array->buffers[1] != NULL);
    TT_CHECK(name, (schema->dictionary != NULL) == (array->dictionary != NULL));
    if (strcmp(schema->format, "u") == 0)
        check_offsets(t, name, array);
    else
        TT_CHECK_INT(name, array->n_buffers, 2);
    if (schema->dictionary != NULL)
        check_dictionary(t, name, array);
}

static void check_batch(tt_test *t, tt_layer layer, const struct ArrowArray *batch, int64_t rows)
{
    struct ArrowSchema schema;
    TT_CHECK_OK("schema", tt_table_schema(&schema, layer, &t->err));
    TT_CHECK_INT("columns", batch->n_children, schema.n_children);
    TT_CHECK_INT("columns", batch->n_children, tt_table_column_count(layer));
    TT_CHECK("struct", strcmp(schema.format, "+s") == 0 && batch->n_buffers == 1 && batch->buffers[0] == NULL);
    TT_CHECK_INT("rows", batch->length, rows);
    for (int64_t i = 0; i < batch->n_children; i++) {
        TT_CHECK_STR("name", tt_str_c(schema.children[i]->name), tt_table_column_name(layer, (size_t)i));
        check_column(t, schema.children[i], batch->children[i], rows);
    }
    schema.release(&schema);
    TT_CHECK("released", schema.release == NULL);
}

static tt_str text_at(const struct ArrowArray *array, int64_t row)
{
    const int32_t *offsets = array->buffers[1];
    const char *bytes = array->buffers[2];
    return (tt_str){bytes + offsets[row], (size_t)(offsets[row + 1] - offsets[row])};
}

static const struct ArrowArray *column_of(const struct ArrowArray *batch, tt_layer layer, const char *name)
{
    for (size_t i = 0; i < tt_table_column_count(layer); i++)
        if (strcmp(tt_table_column_name(layer, i), name) == 0)
            return batch->children[i];
    return NULL;
}

/* A cell as text: of a dictionary its string, of numbers the digits, "-" where there is none. */
static void cell_text(char out[64], const struct ArrowArray *batch, const char *name, int64_t row)
{
    const struct ArrowArray *column = column_of(batch, TT_LAYER_ENTITIES, name);
    int32_t number = 0;
    snprintf(out, 64, "-");
    if (!present(column, row))
        return;
    if (column->n_buffers == 2)
        memcpy(&number, (const char *)column->buffers[1] + row * 4, 4);
    tt_str text = column->dictionary != NULL ? text_at(column->dictionary, number)
                  : column->n_buffers == 3   ? text_at(column, row)
                                             : (tt_str){NULL, 0};
    if (text.ptr != NULL)
        snprintf(out, 64, "%.*s", (int)text.len, text.ptr);
    else
        snprintf(out, 64, "%d", (int)number);
}

TT_TEST(table_cells)
{
    static const char *const NAMES[] = {"doc",  "start", "end",   "sentence",   "depth",    "label",
                                        "kind", "text",  "value", "start_date", "end_date", "currency"};
    static const char *const WANT[][TT_COUNT(NAMES)] = {
        {"tệp 1", "11", "21", "1", "0", "TIME", "-", "Chiều 15/9", "2021-09-15TAF", "18885", "18886", "-"},
        {"tệp 1", "23", "47", "1", "0", "ROLE", "-", "Thứ trưởng Bộ Quốc phòng", "-", "-", "-", "-"},
        {"tệp 1", "34", "47", "1", "1", "ORG", "ministry", "Bộ Quốc phòng", "-", "-", "-", "-"},
        {"tệp 1", "34", "47", "1", "2", "Cơ quan", "-", "Bộ Quốc phòng", "-", "-", "-", "-"},
        {"tệp 1", "49", "62", "1", "0", "MONEY", "-", "hi 1,5 tỷ đồn", "1500000000 VND", "-", "-", "VND"},
    };
    tt_doc *doc = gold(t);
    tt_table *table = new_table(t, TT_LAYER_ENTITIES);
    struct ArrowArray batch;
    size_t at = 0;
    TT_CHECK_OK("add", tt_table_add(&at, table, doc, tt_str_c("tệp 1"), 100, &t->err));
    TT_CHECK_OK("take", tt_table_take(&batch, table, &t->err));
    check_batch(t, TT_LAYER_ENTITIES, &batch, TT_COUNT(WANT));
    for (size_t row = 0; row < TT_COUNT(WANT); row++)
        for (size_t i = 0; i < TT_COUNT(NAMES); i++) {
            char got[64];
            cell_text(got, &batch, NAMES[i], (int64_t)row);
            TT_CHECK_STR(NAMES[i], tt_str_c(got), WANT[row][i]);
        }
    const uint64_t *number = column_of(&batch, TT_LAYER_ENTITIES, "number")->buffers[1]; /* 1500000000 * 10^18 */
    TT_CHECK("number", number[8] == UINT64_C(0xEFB8C05B5C000000) && number[9] == UINT64_C(0x4D8C55A));
    batch.release(&batch);
    TT_CHECK("released", batch.release == NULL);
    tt_table_free(table);
    tt_doc_free(doc);
}

TT_TEST(table_batches)
{
    tt_doc *doc = gold(t);
    for (size_t i = 0; i < TT_COUNT(LAYERS); i++)
        for (size_t rows = 1; rows < 12; rows++) {
            size_t items = tt_doc_items(doc, LAYERS[i]).len, seen = 0;
            tt_table *table = new_table(t, LAYERS[i]);
            for (size_t round = 0; round < 3; round++)
                for (size_t at = 0; at < items;) {
                    struct ArrowArray batch;
                    TT_CHECK_OK("add", tt_table_add(&at, table, doc, tt_str_c("x"), rows, &t->err));
                    if (tt_table_rows(table) < rows)
                        continue;
                    TT_CHECK_OK("take", tt_table_take(&batch, table, &t->err));
                    check_batch(t, LAYERS[i], &batch, (int64_t)rows);
                    seen += rows;
                    batch.release(&batch);
                }
            TT_CHECK_INT("none is lost", seen + tt_table_rows(table), items * 3);
            tt_table_free(table);
        }
    tt_doc_free(doc);
}

TT_TEST(table_of_nothing)
{
    for (size_t i = 0; i < TT_COUNT(LAYERS); i++) {
        tt_table *table = new_table(t, LAYERS[i]);
        struct ArrowArray batch;
        TT_CHECK_OK("take", tt_table_take(&batch, table, &t->err));
        check_batch(t, LAYERS[i], &batch, 0);
        batch.release(&batch);
        tt_table_free(table);
    }
}

/* Children and dictionaries are moved out and released before or after their parents. */
TT_TEST(table_release_orders)
{
    tt_doc *doc = gold(t);
    for (unsigned order = 0; order < 8; order++) {
        tt_table *table = new_table(t, TT_LAYER_ENTITIES);
        struct ArrowArray batch, label, names;
        struct ArrowSchema schema, field, type;
        size_t at = 0;
        TT_CHECK_OK("add", tt_table_add(&at, table, doc, tt_str_c("x"), 100, &t->err));
        TT_CHECK_OK("take", tt_table_take(&batch, table, &t->err));
        TT_CHECK_OK("schema", tt_table_schema(&schema, TT_LAYER_ENTITIES, &t->err));
        if (order & 1) /* a batch outlives its table */
            tt_table_free(table);
        label = *batch.children[5];
        batch.children[5]->release = NULL;
        names = *label.dictionary;
        label.dictionary->release = NULL;
        field = *schema.children[5];
        schema.children[5]->release = NULL;
        type = *field.dictionary;
        field.dictionary->release = NULL;
        if (order & 2) {
            batch.release(&batch);
            schema.release(&schema);
        }
        if (order & 4) {
            label.release(&label);
            field.release(&field);
        }
        check_offsets(t, "dictionary", &names);
        TT_CHECK_STR("dictionary", text_at(&names, 0), "TIME");
        TT_CHECK("type", strcmp(type.format, "u") == 0);
        names.release(&names);
        type.release(&type);
        if (!(order & 4)) {
            TT_CHECK("label", label.length == 5 && strcmp(field.name, "label") == 0);
            label.release(&label);
            field.release(&field);
        }
        if (!(order & 2)) {
            batch.release(&batch);
            schema.release(&schema);
        }
        if (!(order & 1))
            tt_table_free(table);
    }
    tt_doc_free(doc);
}

TT_TEST(table_dictionary_grows)
{
    tt_dictionary words = {0};
    for (int round = 0; round < 2; round++)
        for (int32_t i = 0; i < 1000; i++) {
            char word[16];
            int32_t number = -1;
            snprintf(word, sizeof word, "%d", (int)i);
            TT_CHECK("number", tt_dictionary__number(&number, &words, i == 7 ? (tt_str){"", 0} : tt_str_c(word)) == TT_OK);
            TT_CHECK_INT(word, number, i);
        }
    TT_CHECK_INT("distinct", words.len, 1000);
    tt_dictionary__free(&words);
}

TT_TEST(table_decimals)
{
    static const struct {
        const char *name;
        tt_decimal number;
        uint64_t low, high;
    } CASES[] = {
        {"0", {0, 0, true}, 0, 0},
        {"smallest", {1, 18, true}, 1, 0},
        {"-smallest", {-1, 18, true}, UINT64_MAX, UINT64_MAX},
        {"1", {1, 0, true}, UINT64_C(1000000000000000000), 0},
        {"1.50", {150, 2, true}, UINT64_C(1500000000000000000), 0},
        {"2^32 / 10^14", {INT64_C(4294967296), 14, true}, UINT64_C(42949672960000), 0},
        {"largest", {INT64_C(999999999999999999), 0, true}, UINT64_C(0xA56AE85C589C0000), UINT64_C(0xC097CE7BC90715)},
        {"-largest", {INT64_C(-999999999999999999), 0, true}, UINT64_C(0x5A9517A3A7640000), UINT64_C(0xFF3F68318436F8EA)},
    };
    for (size_t i = 0; i < TT_COUNT(CASES); i++) {
        tt_column column = {.type = COLUMN_DECIMAL};
        uint64_t half[2];
        tt_cell cell = {.decimal = CASES[i].number};
        TT_CHECK("reserve", tt_column__reserve(&column, 1) == TT_OK && tt_column__set(&column, 0, &cell) == TT_OK);
        memcpy(half, column.values, sizeof half);
        TT_CHECK(CASES[i].name, half[0] == CASES[i].low && half[1] == CASES[i].high);
        tt_column__free(&column);
    }
}

TT_TEST(table_faults)
{
    tt_doc *doc = gold(t);
    for (long n = 0, done = 0; !done; n++) {
        tt_table *table = NULL;
        struct ArrowArray batch = {0};
        struct ArrowSchema schema = {0};
        size_t at = 0;
        tt__fail_after(n);
        tt_status status = tt_table_schema(&schema, TT_LAYER_ENTITIES, &t->err);
        if (status == TT_OK)
            status = tt_table_new(&table, TT_LAYER_ENTITIES, &t->err);
        if (status == TT_OK)
            status = tt_table_add(&at, table, doc, tt_str_c("x"), 100, &t->err);
        if (status == TT_OK)
            status = tt_table_take(&batch, table, &t->err);
        tt__fail_after(-1);
        done = status == TT_OK;
        TT_CHECK("memory", done || status == TT_ENOMEM);
        TT_CHECK("nothing, or all of it", (batch.release != NULL) == (status == TT_OK));
        if (table != NULL && !done) { /* what failed can be done again */
            TT_CHECK("rows", tt_table_rows(table) == at);
            TT_CHECK_OK("add", tt_table_add(&at, table, doc, tt_str_c("x"), 100, &t->err));
            TT_CHECK_OK("take", tt_table_take(&batch, table, &t->err));
        }
        if (batch.release != NULL) {
            check_batch(t, TT_LAYER_ENTITIES, &batch, 5);
            batch.release(&batch);
        }
        if (schema.release != NULL)
            schema.release(&schema);
        tt_table_free(table);
    }
    tt_doc_free(doc);
}

TT_TEST(table_calls_that_cannot_be_meant)
{
    static const tt_layer NONE[] = {TT_LAYER_WORDS, TT_LAYER_LINKS, TT_LAYERS};
    for (size_t i = 0; i < TT_COUNT(NONE); i++) {
        tt_table *table = NULL;
        struct ArrowSchema schema;
        TT_CHECK_INT("new", tt_table_new(&table, NONE[i], &t->err), TT_EUNSUPPORTED);
        TT_CHECK_INT("schema", tt_table_schema(&schema, NONE[i], &t->err), TT_EUNSUPPORTED);
        TT_CHECK("nothing", table == NULL && schema.release == NULL && tt_table_column_count(NONE[i]) == 0);
        TT_CHECK("name", tt_table_column_name(NONE[i], 0) == NULL);
    }
    tt_pipeline *pipeline = NULL;
    tt_doc *doc = NULL;
    tt_table *table = new_table(t, TT_LAYER_ENTITIES);
    size_t at = 0;
    TT_CHECK_OK("load", tt_pipeline_load(&pipeline, NULL, &t->err));
    TT_CHECK_OK("make", tt_doc_make(&doc, pipeline, tt_str_c("Một câu."), NULL, &t->err));
    TT_CHECK_INT("no entities", tt_table_add(&at, table, doc, tt_str_c("x"), 9, &t->err), TT_EARGUMENT);
    tt_table_free(table);
    tt_table_free(NULL);
    tt_doc_free(doc);
    tt_pipeline_free(pipeline);
}
