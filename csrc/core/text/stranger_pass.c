/* stranger_pass.c - Cyrillic and Greek letters inside words of Latin ones: typing errors that no reader sees and no lexicon
 * finds.
 *
 * A word counts as a whole: with a stranger that looks like no Latin letter it is left alone, and so is one without a Latin
 * letter. What is invisible is gone by now, and full-width letters are Latin. */
#include "text/glyph_rows.h"
#include "text/letter.h"
#include "text/pass.h"
#include "text/sieve.h"

static bool is_cased_stranger(uint32_t cp)
{
    return (cp >= 0x0370 && cp < 0x0530) && tt__char_of(cp).letter;
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
        latin |= is.letter && is.small < 0x0250; /* ộ too, by its letter without the tone */
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

static bool is_plain_block(const unsigned char *at)
{
    unsigned char odd = 0;
    for (int i = 0; i < TT_SIEVE_BLOCK; i++)
        odd |= (at[i] >= 0xCD) & (at[i] <= 0xD4);
    return odd == 0;
}

tt_status tt__pass_strangers(tt_pass *pass)
{
    const char *text = pass->edit.from.ptr, *end = text + pass->edit.from.len, *hit = text;
    tt_sieve s = {.plain = is_plain_block};
    tt__sieve_range(s.first, 0xCD, 0xD4, 1); /* U+0340 to U+053F */
    tt__sieve_range(s.second, 0x80, 0xBF, 1);
    while ((hit = tt__sieve_next(&s, hit, end)) != end) {
        uint32_t at = (uint32_t)(hit - text), len;
        if (!is_cased_stranger(tt__decode(hit, &len)))
            at += len;
        else if (mend_word(pass, &at) != TT_OK)
            return TT_ENOMEM;
        hit = text + at;
    }
    return TT_OK;
}
