/* tintuc/encoding.h - the encodings that Vietnamese text comes in: read, write, recognise. */
#ifndef TINTUC_ENCODING_H
#define TINTUC_ENCODING_H

#include "tintuc/text.h"

TT_BEGIN_DECLS

/* ORDER ENCODING: names in core/text/encoding.c. */
typedef enum {
    TT_ENCODING_DETECT, /* tt_decode: as tt_detect says */
    TT_UTF_8,
    TT_UTF_16, /* by byte order mark, else little-endian; written little-endian with a mark */
    TT_UTF_16LE,
    TT_UTF_16BE,
    TT_UTF_32,
    TT_UTF_32LE,
    TT_UTF_32BE,
    TT_WINDOWS_1258,
    TT_WINDOWS_1252, /* its five unused bytes are C1 controls, so it reads ISO 8859-1 as well */
    TT_VISCII,       /* 1.1, RFC 1456 */
    TT_TCVN3,        /* of the ABC fonts; text in their fonts of capitals has the bytes of small letters and stays small */
    TT_TCVN_5712_1,  /* VN1 */
    TT_VNI,          /* VNI for Windows */
    TT_VPS,
    TT_VIQR, /* RFC 1456, 7 bits */
    TT_ENCODING_COUNT
} tt_encoding;

/* Name, as "windows-1258"; "detect" for TT_ENCODING_DETECT. Never NULL. */
TT_API const char *tt_encoding_name(tt_encoding encoding);
/* Encoding of a name or a common alias ("cp1258", "abc", "latin-1"); case, spaces, - and _ do not matter. TT_EARGUMENT. */
TT_API tt_status tt_encoding_find(tt_encoding *out, const char *name, tt_error *err);

typedef struct {
    tt_str text;          /* UTF-8 without a byte order mark; of good UTF-8, the input itself */
    tt_align align;       /* raw: bytes of the input; norm: bytes of `text` */
    tt_encoding encoding; /* what it was read as, never TT_ENCODING_DETECT */
    const uint32_t *bad;  /* repaired: the input byte that each U+FFFD stands for, in order */
    size_t bad_len;
} tt_decoded;

/* Read `bytes`, which must stay alive as long as `out`. Letters that the encoding splits (windows-1258, TCVN, VNI: a vowel and
 * its marks) are put together, nothing else is composed; a mark on anything else stays a combining mark.
 * TT_EENCODING: err->pos is the first byte that fits nothing; with `repair`, U+FFFD stands for each (for UTF-8: for each
 * maximal ill-formed part). TT_ELIMIT above TT_TEXT_MAX on either side, TT_ENOMEM. Linear. */
TT_API tt_status tt_decode(tt_decoded *out, tt_arena *arena, tt_str bytes, tt_encoding encoding, bool repair, tt_error *err);

/* Write `text`, UTF-8 in any normal form. Reading the result again gives the NFC of the text, or (letters of other languages
 * written as letter and mark) something canonically equivalent; UTF-8, -16 and -32 keep the text as it is.
 * TT_EENCODING: err->pos is the byte of `text` where it is not UTF-8 or where a code point stands that the encoding lacks;
 * nothing is ever replaced. TT_EARGUMENT for TT_ENCODING_DETECT, TT_ELIMIT, TT_ENOMEM. */
TT_API tt_status tt_encode(tt_str *out, tt_arena *arena, tt_str text, tt_encoding encoding, tt_error *err);

typedef struct {
    tt_encoding encoding;
    double confidence; /* 0-1: how likely it is that the text is read right */
} tt_guess;

/* Guess the encoding from at most 64 KiB, which begin at the start or, where that is all ASCII, at the first byte that is not.
 * All ASCII is UTF-8 with confidence 1, unless it is plainly VIQR. Bytes that look like Vietnamese in no encoding are UTF-8
 * with low confidence, so that reading them fails with a place. Encodings that give the same text are not told apart. */
TT_API void tt_detect(tt_guess *out, tt_str bytes);

/* UTF-8 that was read as windows-1252 or ISO 8859-1 and saved again, once or twice ("Viá»‡t", "ViÃ¡Â»â€¡t"). */
typedef struct {
    size_t count;      /* characters that were several and would be one again */
    size_t twice;      /* of these, spoilt twice */
    double share;      /* of the characters that are not ASCII, when they are mended */
    double confidence; /* 0-1 that the text is spoilt */
} tt_mojibake;

/* Look for it in valid UTF-8. Linear. */
TT_API void tt_mojibake_find(tt_mojibake *out, tt_str text);

TT_END_DECLS
#endif
