/* json_read.h - a strict JSON reader (RFC 8259) into a tree that lives in an arena. */
#ifndef TT_BASE_JSON_READ_H
#define TT_BASE_JSON_READ_H

#include "tintuc/base.h"

typedef enum {
    TT_JSON_NULL,
    TT_JSON_FALSE,
    TT_JSON_TRUE,
    TT_JSON_NUMBER,
    TT_JSON_STRING,
    TT_JSON_ARRAY,
    TT_JSON_OBJECT
} tt_json_kind;

typedef struct tt_json tt_json;
struct tt_json {
    tt_json_kind kind;
    tt_str key;           /* member of an object: its name; else empty */
    tt_str text;          /* strings: decoded; numbers: as written */
    const tt_json *child; /* first item of an array or object */
    const tt_json *next;  /* next item of the same array or object */
    size_t pos;           /* byte where the value begins */
};

/* Deepest nesting that is read. */
#define TT_JSON_DEPTH 64

/* Read one value, with white space around it, from valid UTF-8. The tree points into `bytes` and `arena`. TT_ECORPUS: not
 * JSON, err->pos is the bad byte and the message says only what is wrong there; TT_ENOMEM. */
tt_status tt_json__parse(const tt_json **out, tt_arena *arena, tt_str bytes, tt_error *err);
/* Member of an object by its name, the last one where it is repeated; NULL where there is none or `object` is not an object. */
const tt_json *tt_json__get(const tt_json *object, const char *key);
/* A whole number from 0 to UINT32_MAX written without fraction and exponent; false for anything else, NULL included. */
bool tt_json__u32(uint32_t *out, const tt_json *value);

#endif
