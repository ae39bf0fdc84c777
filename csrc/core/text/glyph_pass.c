/* glyph_pass.c - whatever is decided by one code point and its neighbours: line ends, control and invisible characters, spaces,
 * dashes, quotation marks, letters of other scripts that look like Latin ones.
 *
 * Vietnamese needs nothing done to most of its bytes, so a table of lead bytes passes over them. */
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
    [0xCD] = LOOK, [0xCE] = LOOK, [0xCF] = LOOK, [0xD0] = LOOK, [0xD1] = LOOK, [0xD2] = LOOK, [0xD3] = LOOK,
    [0xD4] = LOOK, [0xD8] = LOOK, [0xE1] = 0x9A, /* ogham space, Mongolian vowel separator: not E1 B8 to E1 BB */
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

static bool is_cased_stranger(uint32_t cp)
{
    return (cp >= 0x0370 && cp < 0x0530) && tt__char_of(cp).letter;
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

/* Does the run of letters around `at` hold Latin ones, and no stranger without a Latin twin? *end is behind it. */
static bool is_mixed_word(uint32_t *end, tt_str text, uint32_t at)
{
    bool latin = false, alike = true;
    uint32_t len;
    for (uint32_t back = at; back > 0 && !latin;) {
        while (tt__is_tail(text.ptr[--back]))
            ;
        tt_char is = tt__char_of(tt__decode(text.ptr + back, &len));
        if (!is.letter && !is.mark)
            break;
        latin = is.letter && is.small < 0x0250;
    }
    for (*end = at; *end < text.len; *end += len) {
        uint32_t cp = tt__decode(text.ptr + *end, &len);
        tt_char is = tt__char_of(cp);
        if (!is.letter && !is.mark)
            break;
        latin |= is.letter && cp < 0x0250;
        alike &= !is_cased_stranger(cp) || tt__lookalike_of(cp) != 0;
    }
    return latin && alike;
}

/* The word from its first stranger on. */
static tt_status mend_word(tt_pass *pass, uint32_t *at)
{
    tt_str text = pass->edit.from;
    uint32_t end, len, start = *at;
    bool mixed = is_mixed_word(&end, text, start);
    for (*at = end; mixed && start < end; start += len) {
        uint32_t alike = tt__lookalike_of(tt__decode(text.ptr + start, &len));
        char letter = (char)alike;
        if (alike == 0)
            continue;
        pass->counts[TT_STEP_LOOKALIKES]++;
        if (tt__edit_put(&pass->edit, start, start + len, &letter, 1) != TT_OK)
            return TT_ENOMEM;
    }
    return TT_OK;
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
    bool alike = tt__takes(pass, TT_STEP_LOOKALIKES);
    if (alike && is_cased_stranger(cp))
        return mend_word(pass, at);
    *at += len;
    if (alike && cp >= 0xFF00 && tt__lookalike_of(cp) != 0)
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
