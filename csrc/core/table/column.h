/* column.h - one growing column of a table, and the batch it becomes. */
#ifndef TT_TABLE_COLUMN_H
#define TT_TABLE_COLUMN_H

#include "tintuc/table.h"

typedef enum {
    COLUMN_INT32,
    COLUMN_FLOAT32,
    COLUMN_DATE32,
    COLUMN_MICROS,
    COLUMN_DECIMAL,
    COLUMN_UTF8,
    COLUMN_DICTIONARY
} tt_column_type;
enum { COLUMN_TYPES = COLUMN_DICTIONARY + 1 };

/* Distinct strings, numbered as they came. */
typedef struct {
    tt_buf bytes;
    int32_t *offsets; /* len + 1 of them, once there is one */
    uint32_t *slots;  /* number + 1, 0 free; `slot_count` is a power of two */
    size_t len, offset_cap, slot_count;
} tt_dictionary;

/* How much is in it is known by the table's rows alone: what lies behind them is to be written over. */
typedef struct {
    tt_column_type type;
    bool nullable;
    char *values;   /* numbers, or offsets of text: one more than rows */
    uint8_t *valid; /* a bit a row; NULL unless nullable */
    char *bytes;
    size_t value_cap, valid_cap, byte_cap; /* in bytes */
    tt_dictionary dictionary;
} tt_column;

/* What a cell says; `null` where there is nothing. */
typedef struct {
    bool null;
    int64_t whole;      /* INT32, DATE32, MICROS */
    float real;         /* FLOAT32 */
    tt_decimal decimal; /* DECIMAL */
    tt_str text;        /* UTF8, DICTIONARY */
} tt_cell;

/* Make room for `rows` in all. TT_ENOMEM. */
tt_status tt_column__reserve(tt_column *column, size_t rows);
/* Set a row that was made room for; rows are set in order. TT_ENOMEM, TT_ELIMIT. */
tt_status tt_column__set(tt_column *column, size_t row, const tt_cell *cell);
void tt_column__free(tt_column *column);
/* Bytes that a value takes in `values`. */
size_t tt_column__width(tt_column_type type);

/* Number of a string, which is added where it is new. TT_ENOMEM, TT_ELIMIT. */
tt_status tt_dictionary__number(int32_t *out, tt_dictionary *self, tt_str text);
void tt_dictionary__free(tt_dictionary *self);

/* An array of a struct of columns, which it takes the values from; on TT_ENOMEM they keep them. */
tt_status tt_batch__export(struct ArrowArray *out, tt_column *columns, size_t count, size_t rows);

#endif
