/* table_schema.c - names and types of a layer's columns as an Arrow schema. Strings are constants; each struct that a reader
 * can move out of its parent stands on its own. */
#include "table/table_impl.h"

#include "base/alloc.h"

typedef struct {
    struct ArrowSchema *pointers[TT_COLUMNS_MAX];
    struct ArrowSchema children[TT_COLUMNS_MAX];
} root;

/* https://arrow.apache.org/docs/format/CDataInterface.html#data-type-description-format-strings */
static const char *const FORMAT[COLUMN_TYPES] = {
    [COLUMN_INT32] = "i",         [COLUMN_FLOAT32] = "f", [COLUMN_DATE32] = "tdD",   [COLUMN_MICROS] = "tsu:",
    [COLUMN_DECIMAL] = "d:38,18", [COLUMN_UTF8] = "u",    [COLUMN_DICTIONARY] = "i",
};
_Static_assert(TT_TABLE_SCALE == 18, "as in the format of decimals");

static void release_schema(struct ArrowSchema *schema)
{
    for (int64_t i = 0; i < schema->n_children; i++)
        if (schema->children[i]->release != NULL)
            schema->children[i]->release(schema->children[i]);
    if (schema->dictionary != NULL && schema->dictionary->release != NULL)
        schema->dictionary->release(schema->dictionary);
    tt__free(schema->private_data);
    schema->release = NULL;
}

static tt_status make_child(struct ArrowSchema *out, const tt_column_form *form)
{
    *out = (struct ArrowSchema){.format = FORMAT[form->type],
                                .name = form->name,
                                .flags = form->nullable ? ARROW_FLAG_NULLABLE : 0,
                                .release = release_schema};
    if (form->type != COLUMN_DICTIONARY)
        return TT_OK;
    struct ArrowSchema *dictionary = out->private_data = out->dictionary = tt__malloc(sizeof *dictionary);
    if (dictionary == NULL)
        return TT_ENOMEM;
    *dictionary = (struct ArrowSchema){.format = FORMAT[COLUMN_UTF8], .name = "", .release = release_schema};
    return TT_OK;
}

tt_status tt_table_schema(struct ArrowSchema *out, tt_layer layer, tt_error *err)
{
    size_t count;
    const tt_column_form *forms = tt_table__columns(&count, layer);
    *out = (struct ArrowSchema){0};
    if (forms == NULL)
        return tt_fail(err, TT_EUNSUPPORTED, 0, "table: this layer has none");
    root *self = tt__calloc(1, sizeof *self);
    if (self == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "table: out of memory");
    *out = (struct ArrowSchema){
        .format = "+s", .name = "", .children = self->pointers, .release = release_schema, .private_data = self};
    for (size_t i = 0; i < count; i++) {
        self->pointers[i] = &self->children[i];
        out->n_children++;
        if (make_child(&self->children[i], &forms[i]) != TT_OK) {
            release_schema(out);
            return tt_fail(err, TT_ENOMEM, 0, "table: out of memory");
        }
    }
    return TT_OK;
}
