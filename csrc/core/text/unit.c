/* unit.c - decode what is read a code point at a time: UTF-16, UTF-32, VIQR, and UTF-8 that has to be repaired.
 *
 * A first pass over the units measures, so that text, runs and bad places are allocated once and to the size. */
#include "text/unit.h"

#include <string.h>
#include <unicode/utf8.h>

size_t tt__put_utf8(char *out, uint32_t cp)
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

tt_status tt__bad_byte(tt_error *err, tt_str bytes, size_t at, tt_encoding encoding)
{
    return tt_fail(err, TT_EENCODING, at, "byte %zu (0x%02X) is not %s: name another encoding, or ask for repair", at,
                   (unsigned)(unsigned char)bytes.ptr[at], tt_encoding_name(encoding));
}

tt_status tt__decoded_alloc(tt_decoded *out, tt_arena *arena, size_t text, size_t runs, size_t bad, tt_error *err)
{
    if (text > TT_TEXT_MAX)
        return tt_fail(err, TT_ELIMIT, TT_TEXT_MAX, "decoded text of %zu bytes is longer than %zu: split the input", text,
                       TT_TEXT_MAX);
    out->text.ptr = tt_arena_alloc(arena, text + 4);
    out->align.runs = tt_arena_alloc(arena, runs * sizeof *out->align.runs);
    out->bad = tt_arena_alloc(arena, bad * sizeof *out->bad);
    if (out->text.ptr == NULL || out->align.runs == NULL || out->bad == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "decode: out of memory");
    return TT_OK;
}

/* Of the shortest ill-formed part, as Unicode 3.9 wants it. */
uint32_t tt__read_utf8(tt_reader *self)
{
    UChar32 cp;
    int32_t at = (int32_t)self->at;
    U8_NEXT(self->bytes.ptr, at, (int32_t)self->bytes.len, cp);
    self->at = (size_t)at;
    return cp < 0 ? TT_UNIT_BAD : (uint32_t)cp;
}

/* One unit as text. */
typedef struct {
    uint32_t cp;
    uint32_t raw; /* first byte */
    char utf8[4];
    uint32_t len;
    bool changed;
} unit;

static unit next_unit(tt_reader *reader, tt_read_unit *read)
{
    unit u = {.raw = (uint32_t)reader->at};
    u.cp = read(reader);
    if (u.cp == TT_UNIT_NONE)
        return u;
    u.len = (uint32_t)tt__put_utf8(u.utf8, u.cp == TT_UNIT_BAD ? 0xFFFD : u.cp);
    u.changed = reader->at - u.raw != u.len || memcmp(reader->bytes.ptr + u.raw, u.utf8, u.len) != 0;
    return u;
}

/* Allocate for all units from `reader` on. */
static tt_status measure(tt_decoded *out, tt_arena *arena, tt_read_unit *read, tt_reader reader, bool repair, tt_error *err)
{
    size_t text = 0, changed = 0, bad = 0;
    while (reader.at < reader.bytes.len) {
        unit u = next_unit(&reader, read);
        if (u.cp == TT_UNIT_BAD && !repair)
            return tt__bad_byte(err, reader.bytes, u.raw, out->encoding);
        text += u.len;
        changed += u.changed || u.cp == TT_UNIT_NONE;
        bad += u.cp == TT_UNIT_BAD;
    }
    return tt__decoded_alloc(out, arena, text, 2 * changed + 3, bad, err);
}

/* Text, runs and bad places as they grow in the memory that measure() got. */
typedef struct {
    char *text;
    tt_align_run *runs;
    uint32_t *bad;
    uint32_t len, runs_len, bad_len;
    uint32_t last_norm, last_raw; /* the last code point */
    bool changed;                 /* the last run is a changed one */
} sink;

static void add_unit(sink *to, unit u, bool held, uint32_t hold)
{
    uint32_t raw = held ? hold : u.raw;
    bool changed = u.changed || held;
    if (changed || to->changed || to->runs_len == 0)
        to->runs[to->runs_len++] = (tt_align_run){to->len, raw, changed};
    to->changed = changed;
    to->last_norm = to->len;
    to->last_raw = raw;
    memcpy(to->text + to->len, u.utf8, 4);
    to->len += u.len;
    if (u.cp == TT_UNIT_BAD)
        to->bad[to->bad_len++] = u.raw;
}

/* Bytes without text at the end: the last code point reaches on over them; all is such bytes: a run of its own. */
static void take_rest(sink *to)
{
    if (to->runs_len != 0 && to->runs[to->runs_len - 1].raw == to->last_raw)
        to->runs[to->runs_len - 1].changed = 1;
    else
        to->runs[to->runs_len++] = (tt_align_run){to->last_norm, to->last_raw, 1};
}

tt_status tt__decode_units(tt_decoded *out, tt_arena *arena, tt_read_unit *read, tt_reader reader, bool repair, tt_error *err)
{
    tt_status status = measure(out, arena, read, reader, repair, err);
    if (status != TT_OK)
        return status;
    sink to = {(char *)out->text.ptr, (tt_align_run *)out->align.runs, (uint32_t *)out->bad, .changed = true};
    bool held = false;
    uint32_t hold = 0;
    while (reader.at < reader.bytes.len) {
        unit u = next_unit(&reader, read);
        if (u.cp != TT_UNIT_NONE)
            add_unit(&to, u, held, hold);
        else if (!held)
            hold = u.raw;
        held = u.cp == TT_UNIT_NONE;
    }
    if (held)
        take_rest(&to);
    else if (to.runs_len == 0)
        to.runs[to.runs_len++] = (tt_align_run){0, 0, 0};
    to.runs[to.runs_len] = (tt_align_run){to.len, (uint32_t)reader.bytes.len, 0};
    out->text.len = to.len;
    out->align.len = to.runs_len;
    out->bad_len = to.bad_len;
    return TT_OK;
}
