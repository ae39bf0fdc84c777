/* nfc.c - raw UTF-8 to NFC with alignment.
 *
 * ICU's C API normalizes UTF-16 and tells no edits, so it sees only what may change: a stretch between two code points that
 * begin anew (unorm2_hasBoundaryBefore) around one that is not surely NFC. Vietnamese text has none, and is passed over. */
#include "tintuc/text.h"
#include "base/alloc.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* A stretch without a fresh start is cut here, at a code point border: bounds the work on a letter with endless marks. */
enum { STRETCH_MAX = 4096 };

typedef struct {
    const UNormalizer2 *nfc;
    tt_str raw;
    tt_buf norm; /* filled from the first change on */
    tt_align_run *runs;
    size_t run_count, run_cap;
    uint32_t copied; /* raw bytes already in runs */
} maker;

static uint32_t decode(const char *text, size_t at, size_t *next)
{
    const unsigned char *b = (const unsigned char *)text + at;
    size_t len = b[0] < 0x80 ? 1 : b[0] < 0xE0 ? 2 : b[0] < 0xF0 ? 3 : 4;
    uint32_t cp = len == 1 ? b[0] : b[0] & (0xFFu >> (len + 1));
    for (size_t i = 1; i < len; i++)
        cp = cp << 6 | (b[i] & 0x3Fu);
    *next = at + len;
    return cp;
}

/* Surely unchanged by NFC and never joined to what stands before. */
static bool is_settled(uint32_t cp)
{
    if (cp < 0x300 || (cp >= 0x1E00 && cp < 0x1F00) || (cp >= 0x2010 && cp < 0x2028) || (cp >= 0x20A0 && cp < 0x20C0))
        return true;
    return u_getCombiningClass((UChar32)cp) == 0 && u_getIntPropertyValue((UChar32)cp, UCHAR_NFC_QUICK_CHECK) == UNORM_YES;
}

/* Offset of the next code point that is not settled; *start is where the one before it begins. */
static size_t next_unsettled(tt_str raw, size_t at, size_t *start)
{
    size_t before = at, next;
    while (at < raw.len) {
        if ((unsigned char)raw.ptr[at] < 0x80) {
            before = at++;
            continue;
        }
        if (!is_settled(decode(raw.ptr, at, &next)))
            break;
        before = at;
        at = next;
    }
    *start = before;
    return at;
}

static size_t stretch_end(const maker *m, size_t start, size_t at)
{
    size_t next;
    while (at < m->raw.len && at - start < STRETCH_MAX) {
        if (unorm2_hasBoundaryBefore(m->nfc, (UChar32)decode(m->raw.ptr, at, &next)))
            break;
        at = next;
    }
    return at;
}

static tt_status add_run(maker *m, tt_align_run run)
{
    if (tt__grow(&m->runs, &m->run_cap, m->run_count + 1, sizeof *m->runs) != TT_OK)
        return TT_ENOMEM;
    m->runs[m->run_count++] = run;
    return TT_OK;
}

static tt_status copy_until(maker *m, size_t end)
{
    uint32_t len = (uint32_t)end - m->copied;
    if (len == 0)
        return TT_OK;
    tt_align_run run = {(uint32_t)m->norm.len, len, m->copied, len, false};
    if (add_run(m, run) != TT_OK || tt_buf_add(&m->norm, m->raw.ptr + m->copied, len) != TT_OK)
        return TT_ENOMEM;
    m->copied = (uint32_t)end;
    return TT_OK;
}

/* NFC of raw[start, end) as UTF-8 into `out` (of 6 * STRETCH_MAX bytes); TT_ENOMEM is ICU's only way to fail here. */
static tt_status compose(char *out, int32_t *out_len, const maker *m, size_t start, size_t end)
{
    enum { ROOM = 2 * STRETCH_MAX };
    UChar from[ROOM], to[ROOM];
    int32_t len = 0;
    UErrorCode code = U_ZERO_ERROR;
    u_strFromUTF8(from, ROOM, &len, m->raw.ptr + start, (int32_t)(end - start), &code);
    len = unorm2_normalize(m->nfc, from, len, to, ROOM, &code);
    u_strToUTF8(out, 6 * STRETCH_MAX, out_len, to, len, &code);
    return U_FAILURE(code) ? TT_ENOMEM : TT_OK;
}

static tt_status rewrite(maker *m, size_t start, size_t end)
{
    char bytes[6 * STRETCH_MAX];
    int32_t len;
    if (compose(bytes, &len, m, start, end) != TT_OK)
        return TT_ENOMEM;
    if ((size_t)len == end - start && memcmp(bytes, m->raw.ptr + start, (size_t)len) == 0)
        return TT_OK;
    if (copy_until(m, start) != TT_OK)
        return TT_ENOMEM;
    tt_align_run run = {(uint32_t)m->norm.len, (uint32_t)len, (uint32_t)start, (uint32_t)(end - start), true};
    if (add_run(m, run) != TT_OK || tt_buf_add(&m->norm, bytes, (size_t)len) != TT_OK)
        return TT_ENOMEM;
    m->copied = (uint32_t)end;
    return TT_OK;
}

static tt_status normalize(maker *m)
{
    size_t at = 0, start;
    while ((at = next_unsettled(m->raw, at, &start)) < m->raw.len) {
        size_t next;
        if (start < m->copied || unorm2_hasBoundaryBefore(m->nfc, (UChar32)decode(m->raw.ptr, at, &next)))
            start = at;
        decode(m->raw.ptr, at, &next);
        size_t end = stretch_end(m, start, next);
        if (rewrite(m, start, end) != TT_OK)
            return TT_ENOMEM;
        at = end;
    }
    return m->run_count ? copy_until(m, m->raw.len) : TT_OK;
}

/* Nothing changed: the view is the raw text itself, in one run. */
static tt_status view_unchanged(tt_text *out, tt_arena *arena)
{
    uint32_t len = (uint32_t)out->raw.len;
    tt_align_run whole = {0, len, 0, len, false}, *run = tt__arena_copy(arena, &whole, sizeof whole);
    if (run == NULL)
        return TT_ENOMEM;
    out->norm = out->raw;
    out->align = (tt_align){run, 1};
    out->norm_index = out->raw_index;
    return TT_OK;
}

static tt_status view_changed(tt_text *out, tt_arena *arena, const maker *m, tt_error *err)
{
    out->norm = (tt_str){tt__arena_copy(arena, m->norm.ptr, m->norm.len), m->norm.len};
    out->align = (tt_align){tt__arena_copy(arena, m->runs, m->run_count * sizeof *m->runs), m->run_count};
    if (out->norm.ptr == NULL || out->align.runs == NULL)
        return TT_ENOMEM;
    return tt_cp_index_make(&out->norm_index, arena, out->norm, err);
}

static const UNormalizer2 *nfc_instance(tt_error *err)
{
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&code);
    if (U_SUCCESS(code))
        return nfc;
    tt_fail(err, TT_ENOMEM, 0, "text: ICU has no NFC: %s", u_errorName(code));
    return NULL;
}

tt_status tt_text_make(tt_text *out, tt_arena *arena, tt_str raw, tt_error *err)
{
    maker m = {.raw = raw};
    memset(out, 0, sizeof *out);
    if (raw.len > TT_TEXT_MAX)
        return tt_fail(err, TT_ELIMIT, TT_TEXT_MAX, "text of %zu bytes is longer than %zu: split it", raw.len, TT_TEXT_MAX);
    tt_status status = tt_utf8_check(raw, err);
    if (status != TT_OK)
        return status;
    if ((m.nfc = nfc_instance(err)) == NULL)
        return TT_ENOMEM;
    out->raw = raw;
    status = tt_cp_index_make(&out->raw_index, arena, raw, err);
    if (status == TT_OK)
        status = normalize(&m);
    if (status == TT_OK)
        status = m.run_count ? view_changed(out, arena, &m, err) : view_unchanged(out, arena);
    if (status != TT_OK)
        tt_fail(err, status, 0, "text: out of memory");
    tt_buf_free(&m.norm);
    tt__free(m.runs);
    return status;
}

tt_status tt_text_warm(tt_error *err)
{
    return nfc_instance(err) && u_getIntPropertyValue(0x301, UCHAR_NFC_QUICK_CHECK) >= 0 ? TT_OK : TT_ENOMEM;
}
