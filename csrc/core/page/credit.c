/* credit.c - who made a picture: in brackets after a caption, in a line of its own, or at the end of the caption. */
#include "page/line.h"

#include "page/lanes.h"
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

/* Do the bytes at `p` open one of the phrases of credits, or a bracket? Told by two bytes; the phrases decide. */
static bool may_open(const char *p, const char *end)
{
    unsigned char next = end - p > 1 ? (unsigned char)p[1] : 0;
    switch ((unsigned char)*p) {
    case 'n':
    case 'N': return next == 'g' || next == 'G';
    case 'h':
    case 'H': return next == 0xC3; /* ì */
    case 'p':
    case 'P': return next == 'h' || next == 'H';
    case 0xC2: return next == 0xA9;                                                      /* © */
    case 0xC4: return next == 0x90 || next == 0x91;                                      /* đ */
    case 0xE1: return next == 0xBA && end - p > 2 && (unsigned char)(p[2] - '\xA2') < 2; /* ả */
    default: return *p == '(';
    }
}

/* Bits of the bytes that may open a credit: of those that may_open knows, the ones behind a bracket or what may be a blank. */
static uint64_t opening_bits(const char *at, const char *end)
{
    tt_lanes b = tt__lanes_at(at, end);
    tt_lanes letters = tt__lanes_or(tt__lanes_eq(&b, 'n'), tt__lanes_or(tt__lanes_eq(&b, 'h'), tt__lanes_eq(&b, 'p')));
    tt_lanes capitals = tt__lanes_or(tt__lanes_eq(&b, 'N'), tt__lanes_or(tt__lanes_eq(&b, 'H'), tt__lanes_eq(&b, 'P')));
    tt_lanes leads = tt__lanes_or(tt__lanes_eq(&b, 0xC2), tt__lanes_or(tt__lanes_eq(&b, 0xC4), tt__lanes_eq(&b, 0xE1)));
    tt_lanes bracket = tt__lanes_eq(&b, '('), tails = tt__lanes_in(&b, 0x80, 0x3F);
    uint64_t parts = tt__lanes_bits(tt__lanes_or(tt__lanes_or(bracket, tails), tt__lanes_in(&b, 0x09, ' ' - 0x09)));
    return tt__lanes_bits(tt__lanes_or(tt__lanes_or(letters, capitals), tt__lanes_or(leads, bracket))) & (parts << 1 | 1);
}

/* Is there a colon, "©", or "ả" at the beginning of what may be a word: has every credit one? By 64 bytes at `at`. */
static bool may_hold(const char *at, const char *end)
{
    tt_lanes b = tt__lanes_at(at, end), marks = tt__lanes_or(tt__lanes_eq(&b, ':'), tt__lanes_eq(&b, 0xC2));
    uint64_t letters = tt__lanes_bits(tt__lanes_eq(&b, 0xE1));
    uint64_t a = tt__lanes_bits(tt__lanes_in(&b, 0xA2, 1)) >> 2 | (uint64_t)3 << (TT_LANES - 2);
    uint64_t parts = tt__lanes_bits(
        tt__lanes_or(tt__lanes_in(&b, 0, ' '), tt__lanes_or(tt__lanes_eq(&b, '('), tt__lanes_in(&b, 0x80, 0x3F))));
    return (tt__lanes_bits(marks) | (letters & a & (parts << 1 | 1))) != 0;
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

/* A caption with its credit in the same words: "Bữa cơm công đoàn. Ảnh: Công đoàn cơ sở cung cấp" */
bool tt__credit_ends(tt_str s)
{
    const char *end = s.ptr + s.len, *start = s.len > TT_CREDIT_CHARS ? end - TT_CREDIT_CHARS : s.ptr;
    bool may = false;
    for (const char *at = start; at < end; at += TT_LANES)
        may |= may_hold(at, end);
    for (const char *at = start; may && at < end; at += TT_LANES)
        for (uint64_t bits = opening_bits(at, end); bits != 0; bits &= bits - 1) {
            const char *p = at + tt__low_bit(bits);
            if (may_open(p, end) && opens_inside(s, p))
                return true;
        }
    return false;
}
