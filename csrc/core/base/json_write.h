/* json_write.h - JSON strings and numbers into a buffer. */
#ifndef TT_BASE_JSON_WRITE_H
#define TT_BASE_JSON_WRITE_H

#include "tintuc/base.h"

/* Append valid UTF-8 in quotes; only what JSON requires is escaped. TT_ENOMEM. */
tt_status tt_json__add_string(tt_buf *buf, tt_str s);
/* Write a number in decimal digits to `to`, which has room for 20; returns the end. */
char *tt_json__put_number(char *to, uint64_t number);

#endif
