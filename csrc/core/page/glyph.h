/* glyph.h - code points of valid UTF-8 seen one at a time, from either side, and what blank means here. */
#ifndef TT_PAGE_GLYPH_H
#define TT_PAGE_GLYPH_H

#include "base/decode.h"
#include "base/space.h"

/* Tests count what is looked at, and hold that it is linear in the text: one step a code point, a blank or 64 bytes. */
#ifdef TT_FAULTS
void tt__step(size_t count);
size_t tt__steps_take(void); /* since the last call, in this thread */
#else
#define tt__step(count) ((void)0)
#endif

typedef struct {
    uint32_t cp;
    uint32_t len; /* bytes; 0 where the text is over (cp is then 0) */
} tt_glyph;

enum { TT_GLYPH_LETTER = 1, TT_GLYPH_UPPER = 2, TT_GLYPH_LOWER = 4 };
enum { TT_GLYPH_LATIN = 0x250, TT_GLYPH_ROWS = TT_GLYPH_LATIN + 0x100 };

typedef struct {
    uint16_t small;
    uint8_t kind; /* TT_GLYPH_ bits */
} tt_glyph_row;

extern const tt_glyph_row tt__glyph_rows[TT_GLYPH_ROWS];
tt_glyph_row tt__glyph_rare(uint32_t cp); /* the same from ICU for all else; small is 0 where it needs more than 16 bits */

static inline tt_glyph_row tt__glyph_row(uint32_t cp)
{
    uint32_t high = cp - 0x1E00, row = cp < TT_GLYPH_LATIN ? cp : TT_GLYPH_LATIN + high; /* foretold by nobody: no branch */
    return cp < TT_GLYPH_LATIN || high < 0x100 ? tt__glyph_rows[row] : tt__glyph_rare(cp);
}

/* A code point that `end` cuts is U+FFFD. */
static inline tt_glyph tt__glyph_at(const char *at, const char *end)
{
    tt__step(1);
    if (at >= end)
        return (tt_glyph){0, 0};
    tt_glyph out;
    if (end - at < 4 && (unsigned char)*at >= 0x80) { /* the rare one first */
        unsigned char lead = (unsigned char)*at;
        uint32_t need = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4, left = (uint32_t)(end - at);
        if (need > left)
            return (tt_glyph){0xFFFD, left};
    }
    out.cp = tt__decode(at, &out.len);
    return out;
}

static inline tt_glyph tt__glyph_before(const char *begin, const char *end)
{
    if (end <= begin)
        return (tt_glyph){0, 0};
    const char *at = end - 1;
    if (end - begin >= 4) { /* without branches: nobody can foretell the length */
        size_t one = tt__is_tail(end[-1]), two = one & tt__is_tail(end[-2]), three = two & tt__is_tail(end[-3]);
        return tt__glyph_at(at - one - two - three, end);
    }
    while (at > begin && tt__is_tail(*at))
        at--;
    return tt__glyph_at(at, end);
}

static inline bool tt__is_upper(uint32_t cp)
{
    return tt__glyph_row(cp).kind & TT_GLYPH_UPPER;
}

static inline bool tt__is_lower(uint32_t cp)
{
    return tt__glyph_row(cp).kind & TT_GLYPH_LOWER;
}

static inline bool tt__is_letter(uint32_t cp)
{
    return tt__glyph_row(cp).kind & TT_GLYPH_LETTER;
}

static inline bool tt__is_digit(uint32_t cp) /* 0 to 9 */
{
    return cp - '0' < 10;
}

/* Quotation mark or bracket that can close. */
static inline bool tt__is_closer(uint32_t cp)
{
    return cp == '"' || cp == '\'' || cp == ')' || cp == ']' || cp == 0x201D || cp == 0x2019 || cp == 0xBB;
}

static inline uint32_t tt__small(uint32_t cp)
{
    uint32_t small = tt__glyph_row(cp).small;
    return small != 0 ? small : cp;
}

extern const bool tt__blank_leads[256]; /* bytes that can begin a blank */
size_t tt__wide_blank_at(const char *at, const char *end);
size_t tt__wide_blank_before(const char *begin, const char *end);

/* Bytes of the blank that begins at `at`, or ends before `end`; 0 where none does. Blank: white space, and the U+200B and
 * U+FEFF that editors leave at the ends of pasted lines. */
static inline size_t tt__blank_at(const char *at, const char *end)
{
    tt__step(1);
    if (at >= end || !tt__blank_leads[(unsigned char)*at])
        return 0;
    unsigned char c = (unsigned char)*at;
    if (c < 0x80)
        return 1;
    return c != 0xE1 || (end - at > 1 && at[1] == '\x9A') ? tt__wide_blank_at(at, end) : 0;
}

static inline size_t tt__blank_before(const char *begin, const char *end)
{
    tt__step(1);
    if (end <= begin)
        return 0;
    unsigned char c = (unsigned char)end[-1];
    if (c < 0x80)
        return c == ' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F);
    return tt__wide_blank_before(begin, end);
}

static inline const char *tt__skip_blank(const char *at, const char *end)
{
    size_t len;
    while ((len = tt__blank_at(at, end)) != 0)
        at += len;
    return at;
}

/* `span` of `text` (bytes) without blanks at its ends. */
tt_span tt__blank_trim(const char *text, tt_span span);

#endif
