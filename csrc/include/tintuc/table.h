/* tintuc/table.h - layers of documents as columns, in the Arrow C data interface. */
#ifndef TINTUC_TABLE_H
#define TINTUC_TABLE_H

#include "tintuc/document.h"

TT_BEGIN_DECLS

/* Structures and flags as the Arrow specification fixes them: https://arrow.apache.org/docs/format/CDataInterface.html */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
    const char *format, *name, *metadata;
    int64_t flags, n_children;
    struct ArrowSchema **children, *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length, null_count, offset, n_buffers, n_children;
    const void **buffers;
    struct ArrowArray **children, *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};
#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};
#endif

/* Numbers are decimal128(38, 18): every tt_decimal fits, exactly. */
#define TT_TABLE_SCALE 18

typedef struct tt_table tt_table; /* opaque; rows of one layer, for one thread at a time */

/* Columns of a layer; 0 where it has no table. */
TT_API size_t tt_table_column_count(tt_layer layer);
TT_API const char *tt_table_column_name(tt_layer layer, size_t column); /* NULL for a number that is none */

/* The schema of a layer's batches, a struct of its columns. The caller releases *out. TT_EUNSUPPORTED, TT_ENOMEM. */
TT_API tt_status tt_table_schema(struct ArrowSchema *out, tt_layer layer, tt_error *err);

/* An empty table. The caller frees *out. TT_EUNSUPPORTED for a layer without a table, TT_ENOMEM. */
TT_API tt_status tt_table_new(tt_table **out, tt_layer layer, tt_error *err);
TT_API void tt_table_free(tt_table *table); /* NULL is fine */
TT_API size_t tt_table_rows(const tt_table *table);
/* Append rows of a document from its item *at on, until there are `rows` in the table or no item is left; *at becomes the first
 * one that is not in it. `id` is UTF-8. Nothing of the document is kept but copies. TT_EARGUMENT where the document was made
 * without the layer, TT_ELIMIT where a column of text would pass 2 GiB: take a batch, then go on. TT_ENOMEM. On error the
 * table has the rows it had. */
TT_API tt_status tt_table_add(size_t *at, tt_table *table, const tt_doc *doc, tt_str id, size_t rows, tt_error *err);
/* Move the rows out as one batch, which the caller releases; the table is empty again and its dictionaries go on growing, so
 * that each batch's dictionary begins with that of the one before. TT_ENOMEM: the table is as it was. */
TT_API tt_status tt_table_take(struct ArrowArray *out, tt_table *table, tt_error *err);

TT_END_DECLS
#endif
