/* charset_decode.c - eight-bit bytes to UTF-8 by table, a letter and its mark put together, with the runs of the alignment.
 *
 * The bytes that are not plain ASCII are counted first, so that everything is allocated once. The loop writes four bytes and a
 * run for every byte and steps on by what counts: Vietnamese changes between ASCII and not at every third letter, which no
 * branch foresees. */
#include "text/charset.h"
#include "text/unit.h"

#include <string.h>

/* Where the next byte, run and bad place go; `len` and `k` count bytes and runs. */
typedef struct {
    char *text;
    tt_align_run *runs;
    uint32_t *bad;
    uint32_t len, k, bad_len;
    bool changed; /* the last run is a changed one */
} writer;

/* Bytes that may be something else than ASCII as it is: some encodings have letters among the control codes. */
static size_t count_special(tt_str bytes)
{
    size_t sum = 0;
    for (size_t i = 0; i < bytes.len; i++)
        sum += (unsigned char)bytes.ptr[i] - 0x20u >= 0x60u;
    return sum;
}

static size_t count_bad(const tt_charset *set, tt_str bytes)
{
    size_t sum = 0;
    for (size_t i = 0; i < bytes.len; i++)
        sum += (set->kind[(unsigned char)bytes.ptr[i]] & TT_BYTE_BAD) != 0;
    return sum;
}

/* The longest that the text can become; exact only where a bound would be beyond the limit. */
static size_t text_room(const tt_charset *set, tt_str bytes, size_t special)
{
    size_t sum = 0;
    if (bytes.len + 3 * special <= TT_TEXT_MAX)
        return bytes.len + 3 * special;
    for (size_t i = 0; i < bytes.len; i++)
        sum += set->kind[(unsigned char)bytes.ptr[i]] & TT_BYTE_LEN;
    return sum;
}

/* The mark at `i` goes with the letter before it, which has been written, where the two make a letter. */
static bool compose(writer *w, const tt_charset *set, const unsigned char *at, uint32_t i)
{
    uint32_t whole = i == 0 ? 0 : tt__charset_compose(set, at[i - 1], at[i]);
    if (whole == 0)
        return false;
    w->len -= set->kind[at[i - 1]] & TT_BYTE_LEN;
    if (w->runs[w->k - 1].raw == i - 1)
        w->runs[w->k - 1].changed = 1;
    else
        w->runs[w->k++] = (tt_align_run){w->len, i - 1, 1};
    w->changed = true;
    w->len += (uint32_t)tt__put_utf8(w->text + w->len, whole);
    return true;
}

/* Write bytes from `i` on until one is bad or a mark; gives its place, or the end. */
static uint32_t write_plain(writer *w, const tt_charset *set, const unsigned char *at, uint32_t i, uint32_t end)
{
    const uint8_t *kinds = set->kind;
    const uint8_t(*utf8)[4] = set->utf8;
    char *text = w->text + w->len;
    tt_align_run *run = w->runs + w->k;
    uint32_t was = w->changed;
    for (; i < end; i++) {
        uint8_t kind = kinds[at[i]];
        if (kind & (TT_BYTE_MARK | TT_BYTE_BAD))
            break;
        uint32_t changed = kind / TT_BYTE_CHANGED & 1u; /* a bool would be compiled to a branch */
        *run = (tt_align_run){(uint32_t)(text - w->text), i, changed};
        run += changed | was;
        was = changed;
        memcpy(text, utf8[at[i]], 4);
        text += kind & TT_BYTE_LEN;
    }
    w->len = (uint32_t)(text - w->text);
    w->k = (uint32_t)(run - w->runs);
    w->changed = was;
    return i;
}

/* A bad byte, or a mark without a letter. */
static void write_odd(writer *w, const tt_charset *set, const unsigned char *at, uint32_t i)
{
    if (set->kind[at[i]] & TT_BYTE_BAD)
        w->bad[w->bad_len++] = i;
    w->runs[w->k++] = (tt_align_run){w->len, i, 1};
    w->changed = true;
    memcpy(w->text + w->len, set->utf8[at[i]], 4);
    w->len += set->kind[at[i]] & TT_BYTE_LEN;
}

static tt_status write_all(writer *w, const tt_charset *set, tt_str bytes, const tt_decoded *out, bool repair, tt_error *err)
{
    const unsigned char *at = (const unsigned char *)bytes.ptr;
    for (uint32_t i = 0;; i++) {
        i = write_plain(w, set, at, i, (uint32_t)bytes.len);
        if (i == bytes.len)
            return TT_OK;
        if ((set->kind[at[i]] & TT_BYTE_BAD) && !repair)
            return tt__bad_byte(err, bytes, i, out->encoding);
        if (!compose(w, set, at, i))
            write_odd(w, set, at, i);
    }
}

tt_status tt__decode_charset(tt_decoded *out, tt_arena *arena, tt_str bytes, bool repair, tt_error *err)
{
    const tt_charset *set = tt__charset_of(out->encoding);
    size_t special = count_special(bytes);
    tt_status status =
        tt__decoded_alloc(out, arena, text_room(set, bytes, special), 2 * special + 3, repair ? count_bad(set, bytes) : 0, err);
    if (status != TT_OK)
        return status;
    writer w = {(char *)out->text.ptr, (tt_align_run *)out->align.runs, (uint32_t *)out->bad, .changed = true};
    status = write_all(&w, set, bytes, out, repair, err);
    if (status != TT_OK)
        return status;
    if (w.k == 0)
        w.runs[w.k++] = (tt_align_run){0, 0, 0};
    w.runs[w.k] = (tt_align_run){w.len, (uint32_t)bytes.len, 0};
    out->text.len = w.len;
    out->align.len = w.k;
    out->bad_len = w.bad_len;
    return TT_OK;
}
