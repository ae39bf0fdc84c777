/* glyph_pass.c - whatever is decided by one code point and the one before: line ends, control and invisible characters, spaces,
 * dashes, quotation marks, full-width letters.
 *
 * Vietnamese needs nothing done to most of its bytes, so a table of lead bytes passes over them. */
#include "base/space.h"
#include "text/bare.h"
#include "text/glyph_rows.h"
#include "text/letter.h"
#include "text/pass.h"

/* Lead bytes: 0 passed over; 1 looked up; else looked up where the next byte is this one or the next but one. */
enum { PLAIN = 0, LOOK = 1 };

static const unsigned char LEADS[256] = {
    [0x00] = LOOK, [0x01] = LOOK, [0x02] = LOOK, [0x03] = LOOK, [0x04] = LOOK, [0x05] = LOOK, [0x06] = LOOK,
    [0x07] = LOOK, [0x08] = LOOK, [0x0B] = LOOK, [0x0C] = LOOK, [0x0D] = LOOK, [0x0E] = LOOK, [0x0F] = LOOK,
    [0x10] = LOOK, [0x11] = LOOK, [0x12] = LOOK, [0x13] = LOOK, [0x14] = LOOK, [0x15] = LOOK, [0x16] = LOOK,
    [0x17] = LOOK, [0x18] = LOOK, [0x19] = LOOK, [0x1A] = LOOK, [0x1B] = LOOK, [0x1C] = LOOK, [0x1D] = LOOK,
    [0x1E] = LOOK, [0x1F] = LOOK, [0x7F] = LOOK, [0xC2] = LOOK, [0xC3] = 0x90, /* Ð, ð */
    [0xC6] = 0x89,                                                             /* Ɖ */
    [0xC9] = 0x96,                                                             /* ɖ */
    [0xCD] = LOOK, [0xD8] = LOOK, [0xE1] = 0x9A, /* ogham space, Mongolian vowel separator: not E1 B8 to E1 BB */
    [0xE2] = LOOK, [0xE3] = LOOK, [0xEE] = LOOK, [0xEF] = LOOK, [0xF3] = LOOK, [0xF4] = LOOK,
};

static bool is_plain(const char *at)
{
    unsigned char kind = LEADS[(unsigned char)at[0]], next;
    if (kind <= LOOK)
        return kind == PLAIN;
    next = (unsigned char)at[1];
    return next != kind && next != (at[0] == '\xE1' ? 0xA0 : at[0] == '\xC3' ? 0xB0 : kind);
}

/* Code points that invisible ones belong to: emoji and other symbols. */
static bool takes_invisible(uint32_t cp)
{
    return cp == 0xA9 || cp == 0xAE || (cp >= 0x2190 && cp < 0x2C00) || (cp >= 0x1F000 && cp < 0xE1000) || cp == 0x200D ||
           (cp >= 0xFE00 && cp <= 0xFE0F);
}

/* The code point before byte `at` > 0. */
static uint32_t before(tt_str text, size_t at)
{
    uint32_t len;
    while (tt__is_tail(text.ptr[--at]))
        ;
    return tt__decode(text.ptr + at, &len);
}

static bool begins_word(tt_str text, size_t at)
{
    return at == 0 || !tt__char_of(before(text, at)).letter;
}

static bool applies(const tt_pass *pass, const tt_glyph_row *row, uint32_t cp, uint32_t at)
{
    tt_str text = pass->edit.from;
    if (!tt__takes(pass, row->step))
        return false;
    if (cp == 0xF0 || cp == 0x256) /* eth inside a word is Icelandic */
        return begins_word(text, at);
    if (row->step == TT_STEP_INVISIBLE && (cp == 0x200D || cp >= 0xE0000 || (cp >= 0xFE00 && cp <= 0xFE0F)))
        return at == 0 || pass->edit.copied == at || !takes_invisible(before(text, at)); /* copied: what stood before is gone */
    return true;
}

/* The full-width letter or digit `cp`. */
static tt_status narrow(tt_pass *pass, uint32_t cp, uint32_t at, uint32_t len)
{
    char letter = (char)tt__lookalike_of(cp);
    pass->counts[TT_STEP_LOOKALIKES]++;
    return tt__edit_put(&pass->edit, at, at + len, &letter, 1);
}

/* Deal with the code point at *at and move behind what was dealt with. */
static tt_status mend(tt_pass *pass, uint32_t *at)
{
    tt_str text = pass->edit.from;
    uint32_t start = *at, len, cp = tt__decode(text.ptr + start, &len);
    const tt_glyph_row *row = tt__glyph_row(cp);
    *at += len;
    if (cp >= 0xFF00 && tt__takes(pass, TT_STEP_LOOKALIKES) && tt__lookalike_of(cp) != 0)
        return narrow(pass, cp, start, len);
    if (row == NULL || !applies(pass, row, cp, start))
        return TT_OK;
    if (cp == '\r' && *at < text.len && text.ptr[*at] == '\n')
        ++*at;
    pass->counts[row->step]++;
    return tt__edit_put(&pass->edit, start, *at, row->to, tt_str_c(row->to).len);
}

tt_status tt__pass_glyphs(tt_pass *pass)
{
    tt_str text = pass->edit.from;
    uint32_t at = 0;
    while (at < text.len)
        if (is_plain(text.ptr + at))
            at++;
        else if (mend(pass, &at) != TT_OK)
            return TT_ENOMEM;
    return TT_OK;
}

/* Bytes of the white space, or of what the view takes out, that begins at `at`; 0 where neither does. */
static uint32_t unseen_at(tt_str text, uint32_t at, uint32_t end)
{
    const tt_pass view = {.edit = {.from = text}, .steps = TT_PRESET_VIEW};
    uint32_t len = (uint32_t)tt__space_at(text.ptr + at, text.ptr + end), cp;
    if (len != 0)
        return len;
    cp = tt__decode(text.ptr + at, &len);
    const tt_glyph_row *row = tt__glyph_row(cp);
    return row != NULL && row->to[0] == '\0' && applies(&view, row, cp, at) ? len : 0;
}

tt_span tt__span_bare(tt_str text, tt_span span)
{
    uint32_t len, last;
    while (span.start < span.end && (len = unseen_at(text, span.start, span.end)) != 0)
        span.start += len;
    while (span.start < span.end) {
        for (last = span.end - 1; tt__is_tail(text.ptr[last]);)
            last--;
        if (unseen_at(text, last, span.end) == 0)
            break;
        span.end = last;
    }
    return span;
}
