/* table_impl.h - what each layer's table consists of. */
#ifndef TT_TABLE_IMPL_H
#define TT_TABLE_IMPL_H

#include "table/column.h"

enum { TT_COLUMNS_MAX = 24 };

/* What the cells of a row are read from. */
typedef struct {
    const tt_doc *doc;
    tt_str id;
    const tt_item *item;
    const tt_value *value; /* NULL where it has none */
} tt_row;

/* A column: one line in table_columns.c. `read` fills in a cell that is null and zero. */
typedef struct {
    const char *name;
    tt_column_type type;
    bool nullable;
    void (*read)(tt_cell *out, const tt_row *row);
} tt_column_form;

/* Columns of a layer; NULL, and a count of 0, where it has no table. */
const tt_column_form *tt_table__columns(size_t *count, tt_layer layer);

#endif
