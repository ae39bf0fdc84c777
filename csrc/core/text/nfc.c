/* nfc.c - raw UTF-8 to NFC with alignment: one pass that checks, counts and finds what may change, and edits where it did. */
#include "text/nfc.h"
#include "base/alloc.h"
#include "text/scan.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

/* Nothing changed: the view is the raw text itself, in one run. */
static tt_status view_unchanged(tt_text *out, tt_arena *arena, tt_error *err)
{
    uint32_t len = (uint32_t)out->raw.len;
    tt_align_run whole[] = {{0, 0, 0}, {len, len, 0}}, *run = tt__arena_copy(arena, whole, sizeof whole);
    if (run == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "text: out of memory");
    out->norm = out->raw;
    out->align = (tt_align){run, 1};
    out->norm_index = out->raw_index;
    return TT_OK;
}

static tt_status view_changed(tt_text *out, tt_arena *arena, tt_edit *edit, tt_error *err)
{
    tt_status status = tt__edit_end(&out->norm, &out->align, arena, edit);
    if (status != TT_OK)
        return tt_fail(err, status, 0, "text: out of memory");
    return tt_cp_index_make(&out->norm_index, arena, out->norm, err);
}

/* One pass: is it UTF-8, where may something change, and the index of the raw text. */
static tt_status scan(tt_text *out, uint64_t **odd, tt_arena *arena, tt_str raw, tt_error *err)
{
    uint32_t count, *marks = tt_arena_alloc(arena, TT_SCAN_STEPS(raw.len) * sizeof *marks);
    *odd = tt_arena_calloc(arena, TT_SCAN_WORDS(raw.len), sizeof **odd);
    if (marks == NULL || *odd == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "text: out of memory");
    if (tt__scan_text(&count, marks, *odd, tt__scan_of(tt__cpu()), raw) < raw.len)
        return tt_utf8_check(raw, err);
    out->raw = raw;
    out->raw_index = (tt_cp_index){raw, count == raw.len ? NULL : marks};
    return TT_OK;
}

static tt_status begin(tt_text *out, uint64_t **odd, tt_arena *arena, tt_str raw, tt_error *err)
{
    memset(out, 0, sizeof *out);
    if (raw.len > TT_TEXT_MAX)
        return tt_fail(err, TT_ELIMIT, TT_TEXT_MAX, "text of %zu bytes is longer than %zu: split it", raw.len, TT_TEXT_MAX);
    return scan(out, odd, arena, raw, err);
}

tt_status tt__text_plain(tt_text *out, tt_arena *arena, tt_str raw, tt_error *err)
{
    uint64_t *odd = NULL;
    tt_status status = begin(out, &odd, arena, raw, err);
    return status == TT_OK ? view_unchanged(out, arena, err) : status;
}

tt_status tt__text_known(tt_text *out, tt_arena *arena, tt_str raw, tt_error *err)
{
    memset(out, 0, sizeof *out);
    out->raw = out->raw_index.text = raw;
    return view_unchanged(out, arena, err);
}

tt_status tt_text_make(tt_text *out, tt_arena *arena, tt_str raw, tt_error *err)
{
    tt_edit edit = {.from = raw, .arena = arena};
    uint64_t *odd = NULL;
    tt_status status = begin(out, &odd, arena, raw, err);
    if (status == TT_OK)
        status = tt__nfc_edit(&edit, odd, err);
    if (status == TT_OK)
        status = tt__edit_any(&edit) ? view_changed(out, arena, &edit, err) : view_unchanged(out, arena, err);
    tt__edit_drop(&edit);
    return status;
}

/* NFKC is not needed by a pipeline: it may be missing. */
tt_status tt_text_warm(tt_error *err)
{
    UErrorCode code = U_ZERO_ERROR, none = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&code);
    unorm2_getNFKCInstance(&none);
    if (U_SUCCESS(code) && unorm2_hasBoundaryBefore(nfc, 'a') && u_getIntPropertyValue(0x301, UCHAR_NFC_QUICK_CHECK) >= 0)
        return TT_OK;
    return tt_fail(err, TT_ENOMEM, 0, "text: ICU has no NFC: %s", u_errorName(code));
}
