/* table_columns.c - the columns of each layer's table, a line each, and how a cell is read. */
#include "table/table_impl.h"

enum { EPOCH = 719163 /* 1970-01-01 in days of tt_value */, DAY_LAST = 3652059 /* 9999-12-31 */ };
#define SECONDS_A_DAY 86400
#define MICROS_A_SECOND INT64_C(1000000)

static void set_whole(tt_cell *out, int64_t number)
{
    out->null = false;
    out->whole = number;
}

static void set_text(tt_cell *out, tt_str text)
{
    out->null = false;
    out->text = text;
}

static void set_name(tt_cell *out, const char *name)
{
    if (name != NULL && *name != '\0')
        set_text(out, tt_str_c(name));
}

static void read_doc(tt_cell *out, const tt_row *row)
{
    set_text(out, row->id);
}

static void read_start(tt_cell *out, const tt_row *row)
{
    set_whole(out, row->item->cp.start);
}

static void read_end(tt_cell *out, const tt_row *row)
{
    set_whole(out, row->item->cp.end);
}

static void read_parent(tt_cell *out, const tt_row *row)
{
    set_whole(out, row->item->parent);
}

static void read_depth(tt_cell *out, const tt_row *row)
{
    set_whole(out, row->item->depth);
}

static void read_label(tt_cell *out, const tt_row *row)
{
    set_text(out, tt_doc_label(row->doc, row->item->kind));
}

static void read_kind(tt_cell *out, const tt_row *row)
{
    set_name(out, tt_kind_name(row->item->entity_kind));
}

static void read_block_kind(tt_cell *out, const tt_row *row)
{
    set_name(out, tt_block_kind_name((tt_block_kind)row->item->kind));
}

static void read_text(tt_cell *out, const tt_row *row)
{
    tt_span byte = row->item->byte;
    set_text(out, (tt_str){tt_doc_raw(row->doc).ptr + byte.start, byte.end - byte.start});
}

static void read_confidence(tt_cell *out, const tt_row *row)
{
    out->null = false;
    out->real = row->item->confidence;
}

static void read_value(tt_cell *out, const tt_row *row)
{
    set_name(out, row->value != NULL ? row->value->text : NULL);
}

static void set_day(tt_cell *out, const tt_value *value, int32_t day)
{
    if (value->start != value->end && day >= 1 && day <= DAY_LAST)
        set_whole(out, day - EPOCH);
}

static void read_start_date(tt_cell *out, const tt_row *row)
{
    if (row->value != NULL)
        set_day(out, row->value, row->value->start);
}

static void read_end_date(tt_cell *out, const tt_row *row)
{
    if (row->value != NULL)
        set_day(out, row->value, row->value->end);
}

static void read_datetime(tt_cell *out, const tt_row *row)
{
    const tt_value *value = row->value;
    if (value == NULL || value->clock < 0 || value->start == value->end)
        return;
    int64_t day = (int64_t)value->start + value->clock / SECONDS_A_DAY;
    if (day >= 1 && day <= DAY_LAST)
        set_whole(out, ((day - EPOCH) * SECONDS_A_DAY + value->clock % SECONDS_A_DAY) * MICROS_A_SECOND);
}

static void set_decimal(tt_cell *out, tt_decimal number)
{
    out->null = !number.known;
    out->decimal = number;
}

static void read_number(tt_cell *out, const tt_row *row)
{
    if (row->value != NULL)
        set_decimal(out, row->value->number);
}

static void read_number_end(tt_cell *out, const tt_row *row)
{
    if (row->value != NULL)
        set_decimal(out, row->value->number_end);
}

static void read_unit(tt_cell *out, const tt_row *row)
{
    set_name(out, row->value != NULL ? row->value->unit : NULL);
}

static void read_currency(tt_cell *out, const tt_row *row)
{
    set_name(out, row->value != NULL ? row->value->currency : NULL);
}

static const tt_column_form BLOCKS[] = {
    {"doc", COLUMN_UTF8, false, read_doc},   {"start", COLUMN_INT32, false, read_start},
    {"end", COLUMN_INT32, false, read_end},  {"kind", COLUMN_DICTIONARY, false, read_block_kind},
    {"text", COLUMN_UTF8, false, read_text},
};

static const tt_column_form SENTENCES[] = {
    {"doc", COLUMN_UTF8, false, read_doc},   {"start", COLUMN_INT32, false, read_start},
    {"end", COLUMN_INT32, false, read_end},  {"block", COLUMN_INT32, false, read_parent},
    {"text", COLUMN_UTF8, false, read_text},
};

static const tt_column_form ENTITIES[] = {
    {"doc", COLUMN_UTF8, false, read_doc},
    {"start", COLUMN_INT32, false, read_start},
    {"end", COLUMN_INT32, false, read_end},
    {"sentence", COLUMN_INT32, false, read_parent},
    {"depth", COLUMN_INT32, false, read_depth},
    {"label", COLUMN_DICTIONARY, false, read_label},
    {"kind", COLUMN_DICTIONARY, true, read_kind},
    {"text", COLUMN_UTF8, false, read_text},
    {"confidence", COLUMN_FLOAT32, false, read_confidence},
    {"value", COLUMN_UTF8, true, read_value},
    {"start_date", COLUMN_DATE32, true, read_start_date},
    {"end_date", COLUMN_DATE32, true, read_end_date},
    {"datetime", COLUMN_MICROS, true, read_datetime},
    {"number", COLUMN_DECIMAL, true, read_number},
    {"number_end", COLUMN_DECIMAL, true, read_number_end},
    {"unit", COLUMN_UTF8, true, read_unit},
    {"currency", COLUMN_DICTIONARY, true, read_currency},
};

_Static_assert(TT_COUNT(ENTITIES) <= TT_COLUMNS_MAX, "a batch has room for all columns");

const tt_column_form *tt_table__columns(size_t *count, tt_layer layer)
{
    static const struct {
        const tt_column_form *at;
        size_t len;
    } FORMS[TT_LAYERS] = {
        [TT_LAYER_BLOCKS] = {BLOCKS, TT_COUNT(BLOCKS)},
        [TT_LAYER_SENTENCES] = {SENTENCES, TT_COUNT(SENTENCES)},
        [TT_LAYER_ENTITIES] = {ENTITIES, TT_COUNT(ENTITIES)},
    };
    bool known = (unsigned)layer < TT_LAYERS;
    *count = known ? FORMS[layer].len : 0;
    return known ? FORMS[layer].at : NULL;
}
