/* nfc.c - raw UTF-8 to NFC with alignment.
 *
 * ICU's C API normalizes UTF-16 and tells no edits, so it sees only what may change: a stretch between two code points that
 * begin anew (unorm2_hasBoundaryBefore) around one that is not surely NFC. Composed Vietnamese has none and is passed over a
 * block at a time; a letter with marks after it, as decomposed Vietnamese has them, is mostly put together pair by pair. */
#include "text/nfc.h"
#include "base/alloc.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

/* A stretch without a fresh start is cut after STRETCH_MAX bytes: bounds the work on a letter with endless marks. */
enum { STRETCH_MAX = 4096, BLOCK = 64 };

typedef struct {
    const UNormalizer2 *nfc;
    tt_str raw;
    tt_edit edit; /* empty until the first change */
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

/* U+0000-U+02FF and U+1E00-U+1EFF: all NFC, none joins to what stands before. */
static bool is_latin(uint32_t cp)
{
    return cp < 0x300 || (cp >= 0x1E00 && cp < 0x1F00);
}

/* Surely unchanged by NFC and never joined to what stands before. */
static bool is_settled(const maker *m, uint32_t cp)
{
    if (is_latin(cp) || (cp >= 0x2010 && cp < 0x2028) || (cp >= 0x20A0 && cp < 0x20C0)) /* punctuation, currency */
        return true;
    if (cp < 0x370) /* marks */
        return false;
    return unorm2_getCombiningClass(m->nfc, (UChar32)cp) == 0 &&
           u_getIntPropertyValue((UChar32)cp, UCHAR_NFC_QUICK_CHECK) == UNORM_YES;
}

/* Are all code points that begin in the block is_latin? By bytes without branches, which become vector code; at[BLOCK] is
 * looked at. Lead bytes are >= 0xC2, those of U+0300 and more >= 0xCC; U+1E00-U+1EFF is E1 B8 to E1 BB. */
static bool is_latin_block(const unsigned char *at)
{
    unsigned char other = 0;
    for (int i = 0; i < BLOCK; i++)
        other |= (at[i] >= 0xCC) & !((at[i] == 0xE1) & ((at[i + 1] & 0xFC) == 0xB8));
    return other == 0;
}

static bool is_tail(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* Pass over Latin blocks from the code point at `at`; gives the start of a code point, or raw.len. */
static size_t skip_latin_blocks(tt_str raw, size_t at)
{
    while (at + BLOCK < raw.len && is_latin_block((const unsigned char *)raw.ptr + at))
        for (at += BLOCK; at < raw.len && is_tail(raw.ptr[at]);)
            at++;
    return at;
}

/* Offset of the next code point that is not settled, or raw.len. */
static size_t next_unsettled(const maker *m, size_t at)
{
    tt_str raw = m->raw;
    size_t next, next_block = at + 16; /* in decomposed text the next one is mostly nearer than that */
    while (at < raw.len) {
        if (at >= next_block) {
            at = skip_latin_blocks(raw, at);
            next_block = at + BLOCK;
            continue;
        }
        if (!is_settled(m, decode(raw.ptr, at, &next)))
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

tt_status tt_text_make(tt_text *out, tt_arena *arena, tt_str raw, tt_error *err)
{
    maker m = {.raw = raw, .edit = {.from = raw}};
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

tt_status tt__form_edit(tt_edit *edit, tt_form form, tt_error *err)
{
    UErrorCode code = U_ZERO_ERROR;
    maker m = {.raw = edit->from, .edit = *edit};
    m.nfc = form == TT_NFC ? unorm2_getNFCInstance(&code) : unorm2_getNFKCInstance(&code);
    (void)err;
    tt_status status = normalize(&m);
    *edit = m.edit;
    return status;
}

tt_status tt__text_plain(tt_text *out, tt_arena *arena, tt_str raw, tt_error *err)
{
    memset(out, 0, sizeof *out);
    if (raw.len > TT_TEXT_MAX)
        return tt_fail(err, TT_ELIMIT, TT_TEXT_MAX, "text of %zu bytes is longer than %zu: split it", raw.len, TT_TEXT_MAX);
    tt_status status = tt_utf8_check(raw, err);
    if (status != TT_OK)
        return status;
    out->raw = raw;
    status = tt_cp_index_make(&out->raw_index, arena, raw, err);
    return status == TT_OK ? view_unchanged(out, arena) : status;
}
