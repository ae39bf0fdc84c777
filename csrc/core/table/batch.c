/* batch.c - columns to an Arrow array of a struct.
 *
 * A reader may move a column or a dictionary out of its parent and release them in any order, so each has an allocation of its
 * own that holds what its struct points to; the structs of the columns lie in the parent's. All that can fail is done first. */
#include "table/table_impl.h"

#include "base/alloc.h"

#include <string.h>

enum { BUFFERS = 3 };

typedef struct {
    const void *buffers[BUFFERS];
    void *owned[BUFFERS];
    struct ArrowArray dictionary;
} leaf;

typedef struct {
    const void *buffers[1];
    struct ArrowArray *pointers[TT_COLUMNS_MAX];
    struct ArrowArray children[TT_COLUMNS_MAX];
} root;

static const int64_t NOTHING[2]; /* what an empty buffer points to: readers want one */

static void release_leaf(struct ArrowArray *array)
{
    leaf *self = array->private_data;
    if (array->dictionary != NULL && array->dictionary->release != NULL)
        array->dictionary->release(array->dictionary);
    for (int i = 0; i < BUFFERS; i++)
        tt__free(self->owned[i]);
    tt__free(self);
    array->release = NULL;
}

static void release_root(struct ArrowArray *array)
{
    for (int64_t i = 0; i < array->n_children; i++)
        if (array->children[i]->release != NULL)
            array->children[i]->release(array->children[i]);
    tt__free(array->private_data);
    array->release = NULL;
}

static tt_status new_leaf(struct ArrowArray *out, int64_t length, int64_t buffers)
{
    leaf *self = tt__calloc(1, sizeof *self);
    if (self == NULL)
        return TT_ENOMEM;
    for (int i = 1; i < BUFFERS; i++)
        self->buffers[i] = NOTHING;
    *out = (struct ArrowArray){
        .length = length, .n_buffers = buffers, .buffers = self->buffers, .release = release_leaf, .private_data = self};
    return TT_OK;
}

static void own(struct ArrowArray *array, int buffer, void *bytes)
{
    leaf *self = array->private_data;
    self->owned[buffer] = bytes;
    if (bytes != NULL)
        self->buffers[buffer] = bytes;
}

/* A copy of the strings so far. */
static tt_status export_dictionary(struct ArrowArray *array, const tt_dictionary *from)
{
    struct ArrowArray *out = &((leaf *)array->private_data)->dictionary;
    if (new_leaf(out, (int64_t)from->len, 3) != TT_OK)
        return TT_ENOMEM;
    array->dictionary = out;
    if (from->len == 0)
        return TT_OK;
    size_t size = (from->len + 1) * sizeof *from->offsets;
    void *offsets = tt__malloc(size), *bytes = tt__malloc(from->bytes.len);
    own(out, 1, offsets);
    own(out, 2, bytes);
    if (offsets == NULL || bytes == NULL)
        return TT_ENOMEM;
    memcpy(offsets, from->offsets, size);
    if (from->bytes.len != 0)
        memcpy(bytes, from->bytes.ptr, from->bytes.len);
    return TT_OK;
}

static int64_t count_nulls(const tt_column *column, size_t rows)
{
    int64_t nulls = 0;
    for (size_t i = 0; column->nullable && i < rows; i++)
        nulls += !(column->valid[i / 8] >> i % 8 & 1);
    return nulls;
}

/* Cannot fail: the buffers change hands. */
static void move_values(struct ArrowArray *array, tt_column *column)
{
    array->null_count = count_nulls(column, (size_t)array->length);
    own(array, 0, column->valid);
    own(array, 1, column->values);
    own(array, 2, column->bytes);
    column->valid = NULL;
    column->values = column->bytes = NULL;
    column->valid_cap = column->value_cap = column->byte_cap = 0;
}

tt_status tt_batch__export(struct ArrowArray *out, tt_column *columns, size_t count, size_t rows)
{
    root *self = tt__calloc(1, sizeof *self);
    *out = (struct ArrowArray){0};
    if (self == NULL)
        return TT_ENOMEM;
    *out = (struct ArrowArray){.length = (int64_t)rows,
                               .n_buffers = 1,
                               .buffers = self->buffers,
                               .children = self->pointers,
                               .release = release_root,
                               .private_data = self};
    tt_status status = TT_OK;
    for (size_t i = 0; i < count && status == TT_OK; i++) {
        struct ArrowArray *child = self->pointers[i] = &self->children[i];
        status = new_leaf(child, (int64_t)rows, columns[i].type == COLUMN_UTF8 ? 3 : 2);
        out->n_children++;
        if (status == TT_OK && columns[i].type == COLUMN_DICTIONARY)
            status = export_dictionary(child, &columns[i].dictionary);
    }
    if (status != TT_OK) {
        release_root(out);
        return status;
    }
    for (size_t i = 0; i < count; i++)
        move_values(&self->children[i], &columns[i]);
    return TT_OK;
}
