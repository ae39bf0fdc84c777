/* credit.c - who made a picture: in brackets after a caption, in a line of its own, or at the end of the caption. */
#include "page/line.h"

#include "page/phrase.h"

#include <string.h>

bool tt__credit_opens(tt_str s)
{
    const char *at = s.ptr, *end = s.ptr + s.len;
    if (at < end && *at == '(')
        at = tt__skip_blank(at + 1, end);
    uint32_t lists = tt__phrase_lists(at, end);
    if ((lists & TT_PHRASE_BIT(TT_PHRASE_CREDIT)) == 0 || (lists & TT_PHRASE_BIT(TT_PHRASE_FOOTER)) != 0)
        return false;
    size_t len = tt__phrase_in(at, end, TT_PHRASE_CREDIT);
    /* "Ảnh" alone needs a name after it: "Ảnh BVCC", and not "Ảnh hưởng của bão" */
    const char *next = tt__skip_blank(at + len, end);
    return !tt__is_lower(tt__glyph_at(next, end).cp) || tt__phrase_at(at, end, "ảnh") != len;
}

/* In brackets without "Ảnh:": a name and a medium, "(Dũng Khảm/TTXVN)". */
bool tt__credit_is_bare(tt_str s)
{
    if (s.len > 64 || memchr(s.ptr, '/', s.len) == NULL || !tt__is_upper(tt__glyph_at(s.ptr + 1, s.ptr + s.len).cp))
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (tt__is_digit((unsigned char)s.ptr[i]))
            return false;
    return true;
}

size_t tt__credit_start(tt_str s)
{
    size_t least = s.len > 4 * TT_CREDIT_CHARS ? s.len - 4 * TT_CREDIT_CHARS : 0, at = s.len;
    if (s.len > 0 && s.ptr[at - 1] == '.')
        at--;
    if (at < 3 || s.ptr[at - 1] != ')')
        return s.len;
    for (int depth = 0; at > least; at--) {
        depth += s.ptr[at - 1] == ')' ? 1 : s.ptr[at - 1] == '(' ? -1 : 0;
        if (depth == 0)
            break;
    }
    if (at <= 1 || at == least)
        return s.len;
    tt_str credit = {s.ptr + at - 1, s.len - at + 1};
    const char *before = s.ptr + at - 1;
    tt_glyph last = {0, 0};
    size_t blank = tt__blank_before(s.ptr, before);
    last = tt__glyph_before(s.ptr, before - blank);
    bool after_stop = last.cp == '.' || last.cp == '!' || last.cp == '?' || last.cp == '"' || last.cp == 0x201D;
    bool colon = memchr(credit.ptr, ':', credit.len) != NULL; /* "(ảnh chụp màn hình)" belongs to its sentence */
    return (colon && tt__credit_opens(credit)) || (after_stop && tt__credit_is_bare(credit)) ? at - 1 : s.len;
}

/* Is there a credit at `p`, a word of `s` or a bracket? */
static bool opens_inside(tt_str s, const char *p)
{
    const char *end = s.ptr + s.len;
    size_t blank = tt__blank_before(s.ptr, p);
    if (p == s.ptr || (p[-1] != '(' && blank == 0))
        return false;
    tt_glyph before = tt__glyph_before(s.ptr, p - blank);
    bool parted = before.cp == '.' || before.cp == '-' || before.cp == 0x2013 || before.cp == '(' || before.cp == '!';
    return tt__phrase_in(p, end, TT_PHRASE_CREDIT_WORD) != 0 || (parted && tt__credit_opens((tt_str){p, (size_t)(end - p)}));
}

/* Where words begin in a row. */
static uint64_t word_bits(const tt_map *map, size_t i)
{
    const tt_map_row *row = &map->rows[i];
    uint64_t before = i == 0 ? 1 : (row[-1].blank | row[-1].bracket) >> (TT_LANES - 1);
    return ((row->blank | row->bracket) << 1 | before) & ~row->blank;
}

/* Start of the last word before `at` that begins at `least` or behind; `at` where there is none. */
static size_t word_below(const tt_map *map, size_t least, size_t at)
{
    for (size_t i = at / TT_LANES + 1; i-- > least / TT_LANES;) {
        uint64_t bits = word_bits(map, i) & tt__map_within(i, least, at);
        if (bits != 0)
            return i * TT_LANES + tt__high_bit(bits);
    }
    return at;
}

/* A caption with its credit in the same words: "Bữa cơm công đoàn. Ảnh: Công đoàn cơ sở cung cấp". The phrases of credits begin
 * with "ả" or "©", or one word before an "ả", or one or two before a colon (csrc/data/make_phrases.py holds them to it). */
bool tt__credit_ends(const tt_map *map, tt_span span)
{
    const tt_str s = {map->text.ptr + span.start, span.end - span.start};
    const size_t start = s.len > TT_CREDIT_CHARS ? span.end - TT_CREDIT_CHARS : span.start;
    for (size_t i = start / TT_LANES; i * TT_LANES < span.end; i++) {
        const tt_map_row *row = &map->rows[i];
        uint64_t bits = row->colon | ((row->credit | (row->sign & ~row->quote)) & word_bits(map, i));
        for (bits &= tt__map_within(i, start, span.end); bits != 0; bits &= bits - 1) {
            size_t at = i * TT_LANES + tt__low_bit(bits);
            const char *p = map->text.ptr + at, *one = map->text.ptr + word_below(map, start, at);
            const char *two = *p == ':' ? map->text.ptr + word_below(map, start, (size_t)(one - map->text.ptr)) : one;
            if (opens_inside(s, p) || (one < p && opens_inside(s, one)) || (two < one && opens_inside(s, two)))
                return true;
        }
    }
    return false;
}
