/* table.c - documents in, batches of columns out.
 *
 * A document is added column by column, so that one reader and one type are at work at a time; the table's number of rows grows
 * when all columns have theirs, and until then an error leaves it as it was. */
#include "tintuc/table.h"

#include "base/alloc.h"
#include "table/table_impl.h"

struct tt_table {
    tt_layer layer;
    const tt_column_form *forms;
    size_t count, rows;
    tt_column columns[TT_COLUMNS_MAX];
};

size_t tt_table_column_count(tt_layer layer)
{
    size_t count;
    tt_table__columns(&count, layer);
    return count;
}

const char *tt_table_column_name(tt_layer layer, size_t column)
{
    size_t count;
    const tt_column_form *forms = tt_table__columns(&count, layer);
    return column < count ? forms[column].name : NULL;
}

tt_status tt_table_new(tt_table **out, tt_layer layer, tt_error *err)
{
    size_t count;
    const tt_column_form *forms = tt_table__columns(&count, layer);
    *out = NULL;
    if (forms == NULL)
        return tt_fail(err, TT_EUNSUPPORTED, 0, "table: this layer has none");
    tt_table *table = tt__calloc(1, sizeof *table);
    if (table == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "table: out of memory");
    table->layer = layer;
    table->forms = forms;
    table->count = count;
    for (size_t i = 0; i < count; i++) {
        table->columns[i].type = forms[i].type;
        table->columns[i].nullable = forms[i].nullable;
    }
    *out = table;
    return TT_OK;
}

void tt_table_free(tt_table *table)
{
    if (table == NULL)
        return;
    for (size_t i = 0; i < table->count; i++)
        tt_column__free(&table->columns[i]);
    tt__free(table);
}

size_t tt_table_rows(const tt_table *table)
{
    return table->rows;
}

static tt_status fill_column(tt_column *column, const tt_column_form *form, size_t first, tt_row row, size_t count)
{
    tt_status status = tt_column__reserve(column, first + count);
    for (size_t i = 0; i < count && status == TT_OK; i++, row.item++) {
        tt_cell cell = {.null = true};
        if (form->nullable) /* what is never missing is no matter of the value */
            row.value = tt_doc_value(row.doc, row.item);
        form->read(&cell, &row);
        status = tt_column__set(column, first + i, &cell);
    }
    return status;
}

tt_status tt_table_add(size_t *at, tt_table *table, const tt_doc *doc, tt_str id, size_t rows, tt_error *err)
{
    if ((tt_doc_layers(doc) & TT_LAYER_BIT(table->layer)) == 0)
        return tt_fail(err, TT_EARGUMENT, 0, "table: this document was made without %s", tt_layer_name(table->layer));
    tt_items items = tt_doc_items(doc, table->layer);
    size_t room = rows > table->rows ? rows - table->rows : 0, left = *at < items.len ? items.len - *at : 0;
    size_t count = left < room ? left : room;
    if (count == 0)
        return TT_OK;
    tt_row row = {doc, id, items.at + *at, NULL};
    for (size_t i = 0; i < table->count; i++) {
        tt_status status = fill_column(&table->columns[i], &table->forms[i], table->rows, row, count);
        if (status == TT_ENOMEM)
            return tt_fail(err, status, 0, "table: out of memory");
        if (status != TT_OK)
            return tt_fail(err, status, INT32_MAX, "table: a batch holds no more than 2 GiB of \"%s\"", table->forms[i].name);
    }
    table->rows += count;
    *at += count;
    return TT_OK;
}

tt_status tt_table_take(struct ArrowArray *out, tt_table *table, tt_error *err)
{
    for (size_t i = 0; i < table->count; i++) /* an empty batch has buffers, too */
        if (tt_column__reserve(&table->columns[i], table->rows) != TT_OK)
            return tt_fail(err, TT_ENOMEM, 0, "table: out of memory");
    if (tt_batch__export(out, table->columns, table->count, table->rows) != TT_OK)
        return tt_fail(err, TT_ENOMEM, 0, "table: out of memory");
    table->rows = 0;
    return TT_OK;
}
