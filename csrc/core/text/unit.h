/* unit.h - read bytes one code point at a time and write text, alignment and bad places from that. */
#ifndef TT_TEXT_UNIT_H
#define TT_TEXT_UNIT_H

#include "tintuc/encoding.h"

/* What a reader gives besides code points. */
#define TT_UNIT_BAD UINT32_MAX         /* bytes that fit nothing */
#define TT_UNIT_NONE (UINT32_MAX - 1u) /* bytes without text: they go with the next code point, at the end with the last */

/* Place in the bytes, and what a reader has to remember. */
typedef struct {
    tt_str bytes;
    size_t at;
    bool big;     /* UTF-16 and -32: big-endian */
    bool literal; /* VIQR: mnemonics are off */
} tt_reader;

/* Read the unit at `at`, which is before the end, and step over it. */
typedef uint32_t tt_read_unit(tt_reader *self);

tt_read_unit tt__read_utf8, tt__read_utf16, tt__read_utf32, tt__read_viqr;

/* UTF-8 of a code point (no surrogate, at most U+10FFFF) into out[4]; its length. */
size_t tt__put_utf8(char *out, uint32_t cp);
/* The error for a byte that fits nothing. */
tt_status tt__bad_byte(tt_error *err, tt_str bytes, size_t at, tt_encoding encoding);
/* Room for the result: `text` bytes with 4 to spare, `runs`, and `bad` places. TT_ENOMEM, TT_ELIMIT. */
tt_status tt__decoded_alloc(tt_decoded *out, tt_arena *arena, size_t text, size_t runs, size_t bad, tt_error *err);

/* Fill `out` but for its encoding, which is set. TT_EENCODING unless `repair`, TT_ELIMIT, TT_ENOMEM. */
tt_status tt__decode_units(tt_decoded *out, tt_arena *arena, tt_read_unit *read, tt_reader start, bool repair, tt_error *err);
/* The same for an eight-bit encoding; VIQR and the others have readers. */
tt_status tt__decode_charset(tt_decoded *out, tt_arena *arena, tt_str bytes, bool repair, tt_error *err);

/* `text` in VIQR into out[2 * text.len]; its length. On a code point that VIQR lacks: false, and *at is its byte in `text`. */
bool tt__write_viqr(size_t *len, char *out, tt_str text, size_t *at);

#endif
