/* measure.c - how long a piece is, of how many words and sentences, and which signs it holds.
 *
 * 64 bytes at a time as bits (lanes.h). What needs a closer look is looked at where its bit is: blanks that are not ASCII, and
 * what stands around . ! and ?. */
#include "page/line.h"

#include "page/lanes.h"
#include "page/phrase.h"

/* Where the counting of stops is: those before `seen` are counted. */
typedef struct {
    const char *begin, *end, *seen;
} stop_pass;

/* What the block before leaves: bit 0: its last byte is a blank, or this is the beginning; above: how this one begins. */
typedef struct {
    const char *end, *limit; /* limit: of the memory that may be read */
    uint64_t blank;
    uint32_t commas;
} sign_pass;

static inline tt_lanes either(const tt_lanes *b, unsigned char one, unsigned char other)
{
    return tt__lanes_or(tt__lanes_eq(b, one), tt__lanes_eq(b, other));
}

static inline uint64_t bits_of(const tt_lanes *b, unsigned char c)
{
    return tt__lanes_bits(tt__lanes_eq(b, c));
}

static inline uint64_t stop_bits(const tt_lanes *b)
{
    return tt__lanes_bits(tt__lanes_or(tt__lanes_eq(b, '.'), either(b, '!', '?')));
}

/* Bits of the bytes that may begin a blank other than a space; `next` are the bytes one further. */
static inline uint64_t odd_blank_bits(const tt_lanes *b, const tt_lanes *next)
{
    tt_lanes ogham = tt__lanes_and(tt__lanes_eq(b, 0xE1), tt__lanes_eq(next, 0x9A)); /* U+1680 */
    tt_lanes wide = tt__lanes_or(either(b, 0xC2, 0xEF), tt__lanes_in(b, 0xE2, 1));
    return tt__lanes_bits(tt__lanes_or(tt__lanes_or(ogham, wide), tt__lanes_in(b, 0x09, 0x16)));
}

/* Add the bits of blanks other than a space. */
static uint64_t odd_blanks(const char *at, const char *end, uint64_t candidates, uint64_t blank, uint64_t *over)
{
    for (; candidates != 0; candidates &= candidates - 1) {
        uint32_t i = tt__low_bit(candidates);
        size_t len = tt__blank_at(at + i, end);
        uint64_t bits = tt__first_bits(len);
        blank |= bits << i;
        *over |= i + len > TT_LANES ? bits >> (TT_LANES - i) : 0;
    }
    return blank;
}

/* Two small letters, digits or closers before `at`. */
static bool ends_word(const char *begin, const char *at)
{
    for (int i = 0; i < 2; i++) {
        tt_glyph g = tt__glyph_before(begin, at);
        if (!tt__is_lower(g.cp) && !tt__is_digit(g.cp) && !tt__is_closer(g.cp))
            return false;
        at -= g.len;
    }
    return true;
}

/* Count the stops at `marks` that a capital follows, after a word of two small letters or more (no initial, no abbreviation of
 * capitals). The sentence stage knows better but comes later, and the rules only ask "one or several?". */
static uint32_t count_stops(stop_pass *p, const char *block, uint64_t marks)
{
    uint32_t count = 0;
    for (; marks != 0; marks &= marks - 1) {
        const char *at = block + tt__low_bit(marks);
        if (at < p->seen || !ends_word(p->begin, at))
            continue;
        tt_glyph g = {0, 0};
        for (;; at += g.len) {
            size_t blank = tt__blank_at(at, p->end);
            g = tt__glyph_at(at, p->end);
            if (blank != 0)
                g.len = (uint32_t)blank;
            else if (!tt__is_closer(g.cp) && g.cp != '.' && g.cp != '!' && g.cp != '?' && g.cp != 0x201C)
                break;
        }
        count += tt__is_upper(g.cp);
        p->seen = at;
    }
    return count;
}

/* Code points and sentences. */
static void measure_block(tt_line *line, stop_pass *p, const char *at, const char *limit)
{
    tt_lanes b = tt__lanes_at(at, limit);
    uint64_t in = tt__first_bits((size_t)(p->end - at)), stops = stop_bits(&b) & in;
    line->chars += tt__bit_count(~tt__lanes_bits(tt__lanes_in(&b, 0x80, 0x3F)) & in);
    line->marked = line->marked || stops != 0;
    line->sentences += stops != 0 ? count_stops(p, at, stops) : 0;
}

/* Bits of the blanks. */
static uint64_t blank_bits(sign_pass *p, const char *at, const tt_lanes *b, uint64_t in)
{
    tt_lanes next = tt__lanes_at(at + 1, p->limit);
    uint64_t over = 0, odd = odd_blank_bits(b, &next) & in, blank = bits_of(b, ' ') | p->blank >> 1;
    if (odd != 0)
        blank = odd_blanks(at, p->end, odd, blank, &over);
    p->blank = blank >> (TT_LANES - 1) | over << 1;
    return blank;
}

/* Words and signs. What the next block decides counts as a sign. */
static void note_signs(tt_line *line, sign_pass *p, const char *at)
{
    tt_lanes b = tt__lanes_at(at, p->limit);
    uint64_t in = tt__first_bits((size_t)(p->end - at)), last = (uint64_t)1 << (TT_LANES - 1), before = p->blank & 1;
    uint64_t blank = blank_bits(p, at, &b, in), after = blank << 1 | before, alone = after & (blank >> 1 | last);
    uint64_t wide_alone = after & (blank >> 2 | blank >> 3 | last >> 2 | last >> 1 | last);
    uint64_t lead = tt__lanes_bits(tt__lanes_or(tt__lanes_eq(&b, 0xC2), tt__lanes_in(&b, 0xE2, 1))) & wide_alone;
    uint64_t bar = tt__lanes_bits(tt__lanes_or(either(&b, '|', '>'), either(&b, '/', '.'))) & alone;
    uint64_t bracket = bits_of(&b, '('), word = after | bracket << 1 | 1;
    uint64_t credit = bits_of(&b, 0xE1) & (bits_of(&b, 0xBA) >> 1 | last);
    credit = ((credit | bits_of(&b, 0xC2)) & word) | bits_of(&b, ':');
    bar |= (bits_of(&b, '#') & after) | bits_of(&b, ';');
    line->words += tt__bit_count(~blank & after & in);
    p->commas += tt__bit_count(bits_of(&b, ',') & in);
    line->signs |= (tt__lanes_bits(tt__lanes_in(&b, '0', 9)) & in) != 0 ? TT_SIGN_DIGIT : 0u;
    line->signs |= ((lead | bar) & in) != 0 ? TT_SIGN_BAR : 0u;
    line->signs |= ((lead | (bits_of(&b, '-') & alone)) & in) != 0 ? TT_SIGN_DASH : 0u;
    line->signs |= (bracket & in) != 0 ? TT_SIGN_BRACKET : 0u;
    line->signs |= (credit & in) != 0 ? TT_SIGN_CREDIT : 0u;
}

/* "1. ", "12) ", "3/ " */
static bool is_item(const char *at, const char *end)
{
    const char *p = at;
    while (p < end && p - at < 3 && tt__is_digit((unsigned char)*p))
        p++;
    return p > at && p < end && (*p == '.' || *p == ')' || *p == '/') && tt__blank_at(p + 1, end) != 0;
}

void tt__line_measure_end(tt_line *line, tt_str text)
{
    const char *begin = text.ptr + line->span.start, *end = text.ptr + line->span.end;
    tt_glyph g = tt__glyph_before(begin, end);
    for (int i = 0; i < 3 && tt__is_closer(g.cp); i++) {
        end -= g.len;
        g = tt__glyph_before(begin, end);
    }
    line->question = g.cp == '?' || g.cp == '!';
    line->ellipsis = g.cp == 0x2026 || (g.cp == '.' && end - begin >= 3 && end[-2] == '.' && end[-3] == '.');
    line->stop = g.cp == '.' || line->question || line->ellipsis;
    tt_glyph first = tt__glyph_at(begin, end);
    bool bullet =
        first.cp == '-' || first.cp == '+' || first.cp == '*' ||
        (first.cp >= 0x2010 && !tt__is_letter(first.cp) && !(first.cp >= 0x2018 && first.cp <= 0x201F) && first.cp != 0x2026);
    line->item = is_item(begin, end);
    line->bullet = bullet || first.cp == '|';
    line->row = line->bullet || g.cp == ':' || g.cp == ';' || g.cp == ',';
}

/* Longer and of more sentences than any rule asks. */
static bool is_running(const tt_line *line)
{
    return line->chars > TT_LOOK_CHARS && line->sentences >= TT_RUN_SENTENCES;
}

static bool has_early_digit(tt_str s, const char *limit)
{
    tt_lanes b = tt__lanes_at(s.ptr, limit);
    return (tt__lanes_bits(tt__lanes_in(&b, '0', 9)) & tt__first_bits(s.len)) != 0;
}

void tt__line_measure(tt_line *line, tt_str text)
{
    const char *begin = text.ptr + line->span.start, *end = text.ptr + line->span.end, *limit = text.ptr + text.len;
    stop_pass stops = {begin, end, begin};
    sign_pass signs = {end, limit, 1, 0};
    line->chars = line->words = line->signs = line->opens = 0;
    line->sentences = 1;
    line->marked = false;
    for (const char *at = begin; at < end && !is_running(line); at += TT_LANES)
        measure_block(line, &stops, at, limit);
    bool brief = line->chars <= TT_LOOK_CHARS;
    for (const char *at = begin; at < end && brief; at += TT_LANES)
        note_signs(line, &signs, at);
    line->signs |= signs.commas >= 2 ? TT_SIGN_COMMAS : 0u;
    if (brief || has_early_digit(tt__line_str(line, text.ptr), limit))
        line->opens = tt__phrase_lists(begin, end);
    tt__line_measure_end(line, text);
}
