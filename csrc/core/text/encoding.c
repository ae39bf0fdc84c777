/* encoding.c - the encodings by name, and the two ways: bytes to text, text to bytes.
 *
 * UTF-8 that is good is never copied. What an encoding cannot hold is an error with its place: nothing is replaced unasked. */
#include "tintuc/encoding.h"

#include "text/charset.h"
#include "text/letter.h"
#include "text/unit.h"

#include <string.h>

static const char *const NAMES[TT_ENCODING_COUNT] = {
    /* ORDER ENCODING */
    "detect",       "utf-8",        "utf-16", "utf-16-le", "utf-16-be",  "utf-32", "utf-32-le", "utf-32-be",
    "windows-1258", "windows-1252", "viscii", "tcvn3",     "tcvn5712-1", "vni",    "vps",       "viqr",
};

/* Small letters and digits only, as plain() makes them. */
static const struct {
    const char *name;
    tt_encoding encoding;
} ALIASES[] = {
    {"ascii", TT_UTF_8},
    {"usascii", TT_UTF_8},
    {"utf8sig", TT_UTF_8},
    {"cp1258", TT_WINDOWS_1258},
    {"1258", TT_WINDOWS_1258},
    {"xcp1258", TT_WINDOWS_1258},
    {"cp1252", TT_WINDOWS_1252},
    {"1252", TT_WINDOWS_1252},
    {"latin1", TT_WINDOWS_1252},
    {"iso88591", TT_WINDOWS_1252},
    {"viscii11", TT_VISCII},
    {"viscii111", TT_VISCII},
    {"csviscii", TT_VISCII},
    {"abc", TT_TCVN3},
    {"vn3", TT_TCVN3},
    {"vscii3", TT_TCVN3},
    {"tcvn57123", TT_TCVN3},
    {"tcvn", TT_TCVN_5712_1},
    {"vn1", TT_TCVN_5712_1},
    {"vscii", TT_TCVN_5712_1},
    {"vscii1", TT_TCVN_5712_1},
    {"tcvn5712", TT_TCVN_5712_1},
    {"tcvn571211993", TT_TCVN_5712_1},
    {"xviettcvn5712", TT_TCVN_5712_1},
    {"vniwin", TT_VNI},
    {"vniwindows", TT_VNI},
    {"xvietvni", TT_VNI},
    {"xvietvps", TT_VPS},
    {"csviqr", TT_VIQR},
};

const char *tt_encoding_name(tt_encoding encoding)
{
    return (unsigned)encoding < TT_ENCODING_COUNT ? NAMES[encoding] : "unknown";
}

enum { LONGEST_NAME = 24 };

/* Letters small, only letters and digits; false when it is longer than any name. */
static bool plain(char out[LONGEST_NAME], const char *name)
{
    size_t len = 0;
    for (; *name != '\0'; name++) {
        char c = *name >= 'A' && *name <= 'Z' ? (char)(*name + 32) : *name;
        if (strchr("-_ .:", c) != NULL)
            continue;
        if (len == LONGEST_NAME - 1)
            return false;
        out[len++] = c;
    }
    out[len] = '\0';
    return true;
}

tt_status tt_encoding_find(tt_encoding *out, const char *name, tt_error *err)
{
    char wanted[LONGEST_NAME], own[LONGEST_NAME];
    bool fits = plain(wanted, name);
    for (int i = TT_UTF_8; fits && i < TT_ENCODING_COUNT; i++)
        if (plain(own, NAMES[i]) && strcmp(own, wanted) == 0) {
            *out = (tt_encoding)i;
            return TT_OK;
        }
    for (size_t i = 0; fits && i < TT_COUNT(ALIASES); i++)
        if (strcmp(ALIASES[i].name, wanted) == 0) {
            *out = ALIASES[i].encoding;
            return TT_OK;
        }
    return tt_fail(
        err, TT_EARGUMENT, 0,
        "encoding \"%.40s\" is not known: utf-8, utf-16, utf-32, windows-1258, viscii, tcvn3, tcvn5712-1, vni, vps, viqr "
        "and windows-1252 are",
        name);
}

static bool starts(tt_str bytes, const char *mark, size_t len)
{
    return bytes.len >= len && memcmp(bytes.ptr, mark, len) == 0;
}

/* Runs of the input as it is, after a byte order mark of `skip` bytes, which goes with the first code point. */
static tt_status keep(tt_decoded *out, tt_arena *arena, tt_str bytes, uint32_t skip, tt_error *err)
{
    uint32_t first = 0, len = (uint32_t)bytes.len - skip;
    tt_align_run *runs = tt_arena_calloc(arena, 3, sizeof *runs);
    out->text = (tt_str){skip != 0 ? bytes.ptr + skip : bytes.ptr, len};
    if (runs == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "decode: out of memory");
    if (skip != 0 && len != 0)
        tt__decode(out->text.ptr, &first);
    runs[0].changed = skip != 0;
    if (first < len && skip != 0)
        runs[++out->align.len] = (tt_align_run){first, skip + first, 0};
    runs[++out->align.len] = (tt_align_run){len, (uint32_t)bytes.len, 0};
    out->align.runs = runs;
    return TT_OK;
}

static tt_status decode_utf8(tt_decoded *out, tt_arena *arena, tt_str bytes, bool repair, tt_error *err)
{
    uint32_t skip = starts(bytes, "\xEF\xBB\xBF", 3) ? 3 : 0;
    tt_error bad;
    if (tt_utf8_check(bytes, &bad) == TT_OK)
        return keep(out, arena, bytes, skip, err);
    if (!repair)
        return tt__bad_byte(err, bytes, bad.pos, TT_UTF_8);
    return tt__decode_units(out, arena, tt__read_utf8, (tt_reader){.bytes = bytes}, true, err);
}

/* Does the encoding put the high byte first? Without a mark UTF-16 and UTF-32 are little-endian, as browsers read them. */
static bool is_big(tt_encoding encoding, tt_str bytes)
{
    switch (encoding) {
    case TT_UTF_16BE:
    case TT_UTF_32BE: return true;
    case TT_UTF_16: return starts(bytes, "\xFE\xFF", 2);
    case TT_UTF_32: return starts(bytes, "\0\0\xFE\xFF", 4);
    default: return false;
    }
}

static tt_read_unit *reader_of(tt_encoding encoding)
{
    if (encoding == TT_VIQR)
        return tt__read_viqr;
    return encoding >= TT_UTF_32 ? tt__read_utf32 : tt__read_utf16;
}

tt_status tt_decode(tt_decoded *out, tt_arena *arena, tt_str bytes, tt_encoding encoding, bool repair, tt_error *err)
{
    tt_guess guess = {encoding, 1};
    if (encoding == TT_ENCODING_DETECT)
        tt_detect(&guess, bytes);
    *out = (tt_decoded){.encoding = guess.encoding};
    if (bytes.len > TT_TEXT_MAX)
        return tt_fail(err, TT_ELIMIT, TT_TEXT_MAX, "input of %zu bytes is longer than %zu: split it", bytes.len, TT_TEXT_MAX);
    if (out->encoding == TT_UTF_8)
        return decode_utf8(out, arena, bytes, repair, err);
    if (tt__charset_of(out->encoding) != NULL)
        return tt__decode_charset(out, arena, bytes, repair, err);
    tt_reader reader = {.bytes = bytes, .big = is_big(out->encoding, bytes)};
    return tt__decode_units(out, arena, reader_of(out->encoding), reader, repair, err);
}

static size_t put_16(char *out, uint32_t unit, bool big)
{
    out[big] = (char)(unit & 0xFF);
    out[!big] = (char)(unit >> 8);
    return 2;
}

static size_t put_utf16(char *out, uint32_t cp, bool big)
{
    if (cp < 0x10000)
        return put_16(out, cp, big);
    put_16(out, 0xD800 + ((cp - 0x10000) >> 10), big);
    return 2 + put_16(out + 2, 0xDC00 + ((cp - 0x10000) & 0x3FF), big);
}

static size_t put_utf32(char *out, uint32_t cp, bool big)
{
    put_16(out + (big ? 0 : 2), cp >> 16, big);
    put_16(out + (big ? 2 : 0), cp & 0xFFFF, big);
    return 4;
}

static tt_status encode_wide(tt_str *out, tt_arena *arena, tt_str text, tt_encoding encoding, tt_error *err)
{
    bool wide = encoding >= TT_UTF_32, big = encoding == TT_UTF_16BE || encoding == TT_UTF_32BE;
    char *bytes = tt_arena_alloc(arena, (wide ? 4 : 2) * (text.len + 1));
    size_t len = 0;
    uint32_t step;
    if (bytes == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "encode: out of memory");
    if (encoding == TT_UTF_16 || encoding == TT_UTF_32)
        len = wide ? put_utf32(bytes, 0xFEFF, false) : put_utf16(bytes, 0xFEFF, false);
    for (size_t at = 0; at < text.len; at += step) {
        uint32_t cp = tt__decode(text.ptr + at, &step);
        len += wide ? put_utf32(bytes + len, cp, big) : put_utf16(bytes + len, cp, big);
    }
    *out = (tt_str){bytes, len};
    return TT_OK;
}

static bool write_charset(size_t *len, char *out, tt_str text, const tt_charset *set, size_t *at)
{
    uint32_t step;
    *len = 0;
    for (*at = 0; *at < text.len; *at += step) {
        size_t put = tt__charset_put(set, tt__decode(text.ptr + *at, &step), out + *len);
        if (put == 0)
            return false;
        *len += put;
    }
    return true;
}

/* The tables know composed letters, so the text is made NFC first; errors name the place in the text as it was given. */
static tt_status encode_legacy(tt_str *out, tt_arena *arena, tt_str text, tt_encoding encoding, tt_error *err)
{
    const tt_charset *set = tt__charset_of(encoding);
    tt_text composed;
    size_t len, at;
    uint32_t step;
    tt_status status = tt_text_make(&composed, arena, text, err);
    if (status != TT_OK)
        return status;
    char *bytes = tt_arena_alloc(arena, 2 * composed.norm.len + 2);
    if (bytes == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "encode: out of memory");
    bool all =
        set != NULL ? write_charset(&len, bytes, composed.norm, set, &at) : tt__write_viqr(&len, bytes, composed.norm, &at);
    if (!all) {
        uint32_t cp = tt__decode(composed.norm.ptr + at, &step);
        tt_span place = tt_align_to_raw(&composed.align, (tt_span){(uint32_t)at, (uint32_t)at + step});
        return tt_fail(err, TT_EENCODING, place.start, "U+%04X at byte %u is not in %s: replace it, or write utf-8",
                       (unsigned)cp, place.start, tt_encoding_name(encoding));
    }
    *out = (tt_str){bytes, len};
    return TT_OK;
}

tt_status tt_encode(tt_str *out, tt_arena *arena, tt_str text, tt_encoding encoding, tt_error *err)
{
    *out = (tt_str){NULL, 0};
    if (encoding == TT_ENCODING_DETECT)
        return tt_fail(err, TT_EARGUMENT, 0, "no encoding to write: name one");
    if (text.len > TT_TEXT_MAX)
        return tt_fail(err, TT_ELIMIT, TT_TEXT_MAX, "text of %zu bytes is longer than %zu: split it", text.len, TT_TEXT_MAX);
    tt_status status = tt_utf8_check(text, err);
    if (status != TT_OK)
        return status;
    if (encoding == TT_UTF_8) {
        *out = text;
        return TT_OK;
    }
    return encoding < TT_WINDOWS_1258 ? encode_wide(out, arena, text, encoding, err)
                                      : encode_legacy(out, arena, text, encoding, err);
}
