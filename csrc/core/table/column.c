/* column.c - cells into the buffers that the Arrow columnar format lays down: little-endian numbers, offsets and bytes of text,
 * a bit a row for what is there. */
#include "table/column.h"

#include "base/alloc.h"

#include <string.h>

size_t tt_column__width(tt_column_type type)
{
    static const uint8_t WIDTH[COLUMN_TYPES] = {
        [COLUMN_INT32] = 4,    [COLUMN_FLOAT32] = 4, [COLUMN_DATE32] = 4,    [COLUMN_MICROS] = 8,
        [COLUMN_DECIMAL] = 16, [COLUMN_UTF8] = 4,    [COLUMN_DICTIONARY] = 4};
    return WIDTH[type];
}

tt_status tt_column__reserve(tt_column *column, size_t rows)
{
    bool fresh = column->values == NULL;
    size_t width = tt_column__width(column->type);
    if (rows >= SIZE_MAX / width || tt__grow(&column->values, &column->value_cap, (rows + 1) * width, 1) != TT_OK)
        return TT_ENOMEM;
    if (fresh)
        memset(column->values, 0, width); /* the first offset */
    return column->nullable ? tt__grow(&column->valid, &column->valid_cap, rows / 8 + 1, 1) : TT_OK;
}

/* digits * 10^(18 - scale) as a 128-bit number in two's complement, low half first. */
static void put_decimal(char *to, tt_decimal number)
{
    uint64_t factor = 1, digits = number.digits < 0 ? 0 - (uint64_t)number.digits : (uint64_t)number.digits;
    for (uint32_t i = number.scale; i < TT_TABLE_SCALE; i++)
        factor *= 10;
    uint64_t a = digits >> 32, b = digits & UINT32_MAX, c = factor >> 32, d = factor & UINT32_MAX;
    uint64_t cross = a * d + (b * d >> 32), more = b * c + (cross & UINT32_MAX);
    uint64_t half[2] = {more << 32 | (b * d & UINT32_MAX), a * c + (cross >> 32) + (more >> 32)};
    if (number.digits < 0) {
        half[0] = 0 - half[0];
        half[1] = ~half[1] + (half[0] == 0);
    }
    memcpy(to, half, sizeof half);
}

static tt_status put_text(tt_column *column, size_t row, tt_str text)
{
    int32_t at;
    memcpy(&at, column->values + row * sizeof at, sizeof at);
    if (text.len > (size_t)(INT32_MAX - at))
        return TT_ELIMIT;
    size_t end = (size_t)at + text.len;
    if (end > column->byte_cap && tt__grow(&column->bytes, &column->byte_cap, end, 1) != TT_OK)
        return TT_ENOMEM;
    if (text.len != 0)
        memcpy(column->bytes + at, text.ptr, text.len);
    at = (int32_t)end;
    memcpy(column->values + (row + 1) * sizeof at, &at, sizeof at);
    return TT_OK;
}

static void put_valid(uint8_t *valid, size_t row, bool is)
{
    uint8_t bit = (uint8_t)(1u << row % 8);
    if (row % 8 == 0)
        valid[row / 8] = 0;
    valid[row / 8] = (uint8_t)(is ? valid[row / 8] | bit : valid[row / 8] & ~bit);
}

tt_status tt_column__set(tt_column *column, size_t row, const tt_cell *cell)
{
    size_t width = tt_column__width(column->type);
    char *to = column->values + row * width;
    int32_t number = (int32_t)cell->whole;
    tt_status status = TT_OK;
    if (column->nullable)
        put_valid(column->valid, row, !cell->null);
    if (column->type == COLUMN_UTF8)
        return put_text(column, row, cell->null ? (tt_str){NULL, 0} : cell->text);
    if (cell->null) {
        memset(to, 0, width);
        return TT_OK;
    }
    switch (column->type) {
    case COLUMN_FLOAT32: memcpy(to, &cell->real, sizeof cell->real); break;
    case COLUMN_MICROS: memcpy(to, &cell->whole, sizeof cell->whole); break;
    case COLUMN_DECIMAL: put_decimal(to, cell->decimal); break;
    case COLUMN_DICTIONARY: status = tt_dictionary__number(&number, &column->dictionary, cell->text); /* fall through */
    default: memcpy(to, &number, sizeof number);
    }
    return status;
}

void tt_column__free(tt_column *column)
{
    tt__free(column->values);
    tt__free(column->valid);
    tt__free(column->bytes);
    tt_dictionary__free(&column->dictionary);
}
