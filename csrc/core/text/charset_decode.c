/* charset_decode.c - eight-bit bytes to UTF-8 by table, a letter and its mark put together, with the runs of the alignment.
 *
 * The bytes are counted first, so that everything is allocated once. The loop writes four bytes and a run for every byte and
 * steps on by what counts: Vietnamese changes between ASCII and not at every third letter, which no branch foresees. */
#include "text/charset.h"
#include "text/unit.h"

#include <string.h>

/* What has been written, and the last run; `k` counts the runs. */
typedef struct {
    char *text;
    tt_align_run *runs;
    uint32_t *bad;
    uint32_t len, k, bad_len;
    bool changed;
} writer;

typedef struct {
    size_t text, changed, bad, first_bad;
} sizes;

static sizes count(const tt_charset *set, tt_str bytes)
{
    const unsigned char *at = (const unsigned char *)bytes.ptr;
    sizes sum = {0, 0, 0, bytes.len};
    for (size_t i = 0; i < bytes.len; i++) {
        uint8_t kind = set->kind[at[i]];
        sum.text += kind & TT_BYTE_LEN;
        sum.changed += (kind & TT_BYTE_CHANGED) != 0;
        sum.bad += (kind & TT_BYTE_BAD) != 0;
    }
    for (size_t i = 0; i < bytes.len && sum.bad != 0 && sum.first_bad == bytes.len; i++)
        if (set->kind[at[i]] & TT_BYTE_BAD)
            sum.first_bad = i;
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

static void write(writer *w, const tt_charset *set, tt_str bytes)
{
    const unsigned char *at = (const unsigned char *)bytes.ptr;
    for (uint32_t i = 0; i < bytes.len; i++) {
        uint8_t kind = set->kind[at[i]];
        if (kind & (TT_BYTE_MARK | TT_BYTE_BAD)) {
            if (kind & TT_BYTE_BAD)
                w->bad[w->bad_len++] = i;
            else if (compose(w, set, at, i))
                continue;
        }
        bool changed = (kind & TT_BYTE_CHANGED) != 0;
        w->runs[w->k] = (tt_align_run){w->len, i, changed};
        w->k += changed | w->changed;
        w->changed = changed;
        memcpy(w->text + w->len, set->utf8[at[i]], 4);
        w->len += kind & TT_BYTE_LEN;
    }
}

tt_status tt__decode_charset(tt_decoded *out, tt_arena *arena, tt_str bytes, bool repair, tt_error *err)
{
    const tt_charset *set = tt__charset_of(out->encoding);
    sizes sum = count(set, bytes);
    if (sum.bad != 0 && !repair)
        return tt__bad_byte(err, bytes, sum.first_bad, out->encoding);
    tt_status status = tt__decoded_alloc(out, arena, sum.text, 2 * sum.changed + 3, sum.bad, err);
    if (status != TT_OK)
        return status;
    writer w = {(char *)out->text.ptr, (tt_align_run *)out->align.runs, (uint32_t *)out->bad, .changed = true};
    write(&w, set, bytes);
    if (w.k == 0)
        w.runs[w.k++] = (tt_align_run){0, 0, 0};
    w.runs[w.k] = (tt_align_run){w.len, (uint32_t)bytes.len, 0};
    out->text.len = w.len;
    out->align.len = w.k;
    out->bad_len = w.bad_len;
    return TT_OK;
}
