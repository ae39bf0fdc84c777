/* glyph_pass.c - whatever is decided by one code point and the one before: line ends, control and invisible characters, spaces,
 * dashes, quotation marks, full-width letters.
 *
 * Vietnamese needs nothing done to most of its bytes, so a sieve passes over them. */
#include "base/space.h"
#include "text/bare.h"
#include "text/glyph_rows.h"
#include "text/letter.h"
#include "text/pass.h"
#include "text/sieve.h"

/* Lead bytes that are looked up whatever follows, and those of Vietnamese letters with the second bytes that are no letters. */
enum { ANY = 1, C3 = 2, C6 = 4, C9 = 8, E1 = 16 };

static bool is_plain_block(const unsigned char *at)
{
    unsigned char odd = 0;
    for (int i = 0; i < TT_SIEVE_BLOCK; i++) {
        unsigned char byte = at[i], next = at[i + 1];
        odd |= ((byte < 0x20) & (byte != '\t') & (byte != '\n')) | (byte == 0x7F) | (byte == 0xC2) | (byte == 0xCD);
        odd |= (byte == 0xD8) | (byte == 0xE2) | (byte == 0xE3) | (byte >= 0xEE);
        odd |= ((byte == 0xC3) & ((next | 0x20) == 0xB0)) | ((byte == 0xC6) & (next == 0x89));
        odd |= ((byte == 0xC9) & (next == 0x96)) | ((byte == 0xE1) & ((next == 0x9A) | (next == 0xA0) | (next >= 0xBE)));
    }
    return odd == 0;
}

static void set_sieve(tt_sieve *s)
{
    *s = (tt_sieve){.alone = ANY, .plain = is_plain_block};
    tt__sieve_range(s->second, 0x00, 0xFF, ANY);
    tt__sieve_range(s->first, 0x00, 0x08, ANY);
    tt__sieve_range(s->first, 0x0B, 0x1F, ANY);
    tt__sieve_set(s->first, "\x7F\xC2\xCD\xD8\xE2\xE3\xEE\xEF\xF3\xF4", ANY);
    tt__sieve_set(s->first, "\xC3", C3);
    tt__sieve_set(s->second, "\x90\xB0", C3); /* Ð, ð */
    tt__sieve_set(s->first, "\xC6", C6);
    tt__sieve_set(s->second, "\x89", C6); /* Ɖ */
    tt__sieve_set(s->first, "\xC9", C9);
    tt__sieve_set(s->second, "\x96", C9); /* ɖ */
    tt__sieve_set(s->first, "\xE1", E1);
    tt__sieve_set(s->second, "\x9A\xA0\xBE\xBF", E1); /* ogham space, Mongolian vowel separator, Greek */
}

/* Those among symbols that NFC makes other ones of: after it nothing belongs to them. */
static bool is_rewritten(uint32_t cp)
{
    return cp == 0x2329 || cp == 0x232A || cp == 0x2ADC || (cp >= 0x2F800 && cp < 0x2FA20);
}

/* Code points that invisible ones belong to: emoji and other symbols. */
static bool takes_invisible(uint32_t cp)
{
    if (is_rewritten(cp))
        return false;
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
    const char *text = pass->edit.from.ptr, *end = text + pass->edit.from.len, *hit = text;
    tt_sieve s;
    set_sieve(&s);
    while ((hit = tt__sieve_next(&s, hit, end)) != end) {
        uint32_t at = (uint32_t)(hit - text);
        if (mend(pass, &at) != TT_OK)
            return TT_ENOMEM;
        hit = text + at;
    }
    return TT_OK;
}

/* Bytes of the white space, or of what the view takes out, that begins at `at`; 0 where neither does. */
static uint32_t unseen_at(tt_str text, uint32_t at, uint32_t end)
{
    const tt_pass view = {.edit = {.from = text}, .steps = TT_PRESET_VIEW};
    uint32_t len = (uint32_t)tt__space_at(text.ptr + at, text.ptr + end), cp;
    if (len != 0 || (text.ptr[at] > ' ' && text.ptr[at] < 0x7F)) /* most spans begin and end in a letter or a stop */
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
