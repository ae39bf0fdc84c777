/* nfc.c - raw UTF-8 to NFC with alignment.
 *
 * ICU's C API normalizes UTF-16 and tells no edits, so it sees only what may change: a stretch between two code points that
 * begin anew (unorm2_hasBoundaryBefore) around one that is not surely NFC. Composed Vietnamese has none and is passed over a
 * block at a time; a letter with marks after it, as decomposed Vietnamese has them, is mostly put together pair by pair. */
#include "base/alloc.h"
#include "text/edit.h"
#include "text/scan.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

/* A stretch without a fresh start is cut after STRETCH_MAX bytes: bounds the work on a letter with endless marks. */
enum { STRETCH_MAX = 4096 };

typedef struct {
    const UNormalizer2 *nfc;
    tt_str raw;
    const uint64_t *odd; /* steps of raw with something unsettled */
    tt_edit edit;        /* empty until the first change */
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

/* Surely unchanged by NFC and never joined to what stands before. The first line is what the scan takes for settled. */
static bool is_settled(const maker *m, uint32_t cp)
{
    if (cp < 0x300 || (cp >= 0x1E00 && cp < 0x1F00) || (cp >= 0x2002 && cp < 0x20C0) || (cp >= 0x4000 && cp < 0xA000))
        return true;
    if (cp < 0x370) /* marks */
        return false;
    return unorm2_getCombiningClass(m->nfc, (UChar32)cp) == 0 &&
           u_getIntPropertyValue((UChar32)cp, UCHAR_NFC_QUICK_CHECK) == UNORM_YES;
}

static bool is_tail(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* Start of the code point at or after `at` with which the next step begins that has something unsettled, or raw.len. */
static size_t next_odd_step(const maker *m, size_t at)
{
    size_t step = at / TT_CP_STEP, word = step / 64, words = TT_SCAN_WORDS(m->raw.len);
    uint64_t bits = m->odd[word] & (UINT64_MAX << step % 64);
    while (bits == 0 && ++word < words)
        bits = m->odd[word];
    if (bits == 0)
        return m->raw.len;
    size_t start = (word * 64 + (size_t)__builtin_ctzll(bits)) * TT_CP_STEP;
    if (start <= at)
        return at;
    while (start > at && is_tail(m->raw.ptr[--start])) /* its second byte has the bit */
        ;
    return start;
}

/* Offset of the next code point that is not settled, or raw.len. */
static size_t next_unsettled(const maker *m, size_t at)
{
    size_t next, end = at;
    while (at < m->raw.len) {
        if (at >= end) {
            at = next_odd_step(m, at);
            end = (at / TT_CP_STEP + 1) * TT_CP_STEP;
            continue;
        }
        if (!is_settled(m, decode(m->raw.ptr, at, &next)))
            break;
        at = next;
    }
    return at;
}

/* Start of the stretch around the unsettled code point at `at`: a mark goes with the code point before it. */
static size_t stretch_start(const maker *m, size_t at, size_t from)
{
    size_t next;
    if (at == from || unorm2_hasBoundaryBefore(m->nfc, (UChar32)decode(m->raw.ptr, at, &next)))
        return at;
    while (is_tail(m->raw.ptr[--at]))
        ;
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

/* Put the marks of raw[start, end) to the letter that begins it, pair by pair; 0 when a mark is left. A composite that
 * composePair gives is NFC and canonically equivalent to its pair, so the last one is the NFC of the whole. */
static uint32_t compose_letter(const maker *m, size_t start, size_t end)
{
    size_t at;
    UChar32 letter = (UChar32)decode(m->raw.ptr, start, &at);
    if (at == end)
        return 0;
    while (at < end && letter > 0)
        letter = unorm2_composePair(m->nfc, letter, (UChar32)decode(m->raw.ptr, at, &at));
    return letter > 0 ? (uint32_t)letter : 0;
}

/* Room for the NFC of a stretch: no code point gives more than thrice its bytes. */
enum { COMPOSED_MAX = 6 * STRETCH_MAX };

/* NFC of raw[start, end) as UTF-8 into `out` (of COMPOSED_MAX bytes); TT_ENOMEM is the only way to fail here. */
static tt_status compose(char *out, int32_t *out_len, const maker *m, size_t start, size_t end)
{
    enum { ROOM = 2 * STRETCH_MAX };
    UChar from[ROOM], to[ROOM];
    int32_t len = 0;
    UErrorCode code = U_ZERO_ERROR;
    uint32_t letter = compose_letter(m, start, end);
    if (letter != 0) {
        bool failed = false;
        *out_len = 0;
        U8_APPEND((uint8_t *)out, *out_len, COMPOSED_MAX, letter, failed);
        return failed ? TT_ENOMEM : TT_OK;
    }
    u_strFromUTF8(from, ROOM, &len, m->raw.ptr + start, (int32_t)(end - start), &code);
    len = unorm2_normalize(m->nfc, from, len, to, ROOM, &code);
    u_strToUTF8(out, COMPOSED_MAX, out_len, to, len, &code);
    return U_FAILURE(code) ? TT_ENOMEM : TT_OK;
}

static tt_status rewrite(maker *m, size_t start, size_t end)
{
    char bytes[COMPOSED_MAX];
    int32_t len;
    if (compose(bytes, &len, m, start, end) != TT_OK)
        return TT_ENOMEM;
    if ((size_t)len == end - start && memcmp(bytes, m->raw.ptr + start, (size_t)len) == 0)
        return TT_OK;
    return tt__edit_put(&m->edit, start, end, bytes, (size_t)len);
}

static tt_status normalize(maker *m)
{
    size_t at, from = 0, next;
    while ((at = next_unsettled(m, from)) < m->raw.len) {
        size_t start = stretch_start(m, at, from);
        decode(m->raw.ptr, at, &next);
        from = stretch_end(m, start, next);
        if (rewrite(m, start, from) != TT_OK)
            return TT_ENOMEM;
    }
    return TT_OK;
}

/* Nothing changed: the view is the raw text itself, in one run. */
static tt_status view_unchanged(tt_text *out, tt_arena *arena)
{
    uint32_t len = (uint32_t)out->raw.len;
    tt_align_run whole[] = {{0, 0, 0}, {len, len, 0}}, *run = tt__arena_copy(arena, whole, sizeof whole);
    if (run == NULL)
        return TT_ENOMEM;
    out->norm = out->raw;
    out->align = (tt_align){run, 1};
    out->norm_index = out->raw_index;
    return TT_OK;
}

static tt_status view_changed(tt_text *out, tt_arena *arena, maker *m, tt_error *err)
{
    tt_status status = tt__edit_end(&out->norm, &out->align, arena, &m->edit);
    return status == TT_OK ? tt_cp_index_make(&out->norm_index, arena, out->norm, err) : status;
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

/* One pass: is it UTF-8, where may something change, and the index of the raw text. */
static tt_status scan(tt_text *out, maker *m, tt_arena *arena, tt_error *err)
{
    uint32_t count, *marks = tt_arena_alloc(arena, TT_SCAN_STEPS(m->raw.len) * sizeof *marks);
    uint64_t *odd = tt_arena_calloc(arena, TT_SCAN_WORDS(m->raw.len), sizeof *odd);
    if (marks == NULL || odd == NULL)
        return TT_ENOMEM;
    if (tt__scan_text(&count, marks, odd, tt__scan_of(tt__cpu()), m->raw) < m->raw.len)
        return tt_utf8_check(m->raw, err);
    m->odd = odd;
    out->raw = m->raw;
    out->raw_index = (tt_cp_index){m->raw, count == m->raw.len ? NULL : marks};
    return TT_OK;
}

tt_status tt_text_make(tt_text *out, tt_arena *arena, tt_str raw, tt_error *err)
{
    maker m = {.raw = raw, .edit = {.from = raw}};
    memset(out, 0, sizeof *out);
    if (raw.len > TT_TEXT_MAX)
        return tt_fail(err, TT_ELIMIT, TT_TEXT_MAX, "text of %zu bytes is longer than %zu: split it", raw.len, TT_TEXT_MAX);
    if ((m.nfc = nfc_instance(err)) == NULL)
        return TT_ENOMEM;
    tt_status status = scan(out, &m, arena, err);
    if (status == TT_EENCODING)
        return status;
    if (status == TT_OK)
        status = normalize(&m);
    if (status == TT_OK)
        status = tt__edit_any(&m.edit) ? view_changed(out, arena, &m, err) : view_unchanged(out, arena);
    if (status != TT_OK)
        tt_fail(err, status, 0, "text: out of memory");
    tt__edit_drop(&m.edit);
    return status;
}

tt_status tt_text_warm(tt_error *err)
{
    return nfc_instance(err) && u_getIntPropertyValue(0x301, UCHAR_NFC_QUICK_CHECK) >= 0 ? TT_OK : TT_ENOMEM;
}
