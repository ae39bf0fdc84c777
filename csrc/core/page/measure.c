/* measure.c - one pass over the bytes of a piece: how long it is, of how many words and sentences, and which signs it holds.
 *
 * 64 bytes at a time as bits (lanes.h). What needs a closer look is looked at where its bit is: blanks that are not ASCII, and
 * what stands around . ! and ?. */
#include "page/line.h"

#include "page/lanes.h"
#include "page/phrase.h"

enum { LOOK_BLOCKS = (4 * TT_LOOK_CHARS + TT_LANES - 1) / TT_LANES };

/* The pass: where it is, and the last bits of the block before. */
typedef struct {
    const char *begin, *end, *limit;   /* limit: of the memory that may be read */
    const char *seen;                  /* stops before this place are counted */
    uint64_t blank;                    /* 1: the byte before the block is one, or the beginning; above: how this one begins */
    uint64_t after_blank[LOOK_BLOCKS]; /* bits of the bytes after blanks */
} pass;

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
static uint32_t count_stops(pass *p, const char *block, uint64_t marks)
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

/* Add the 64 bytes at `at` to the measures. */
static void measure_block(tt_line *line, pass *p, const char *at)
{
    tt_lanes b = tt__lanes_at(at, p->limit), next = tt__lanes_at(at + 1, p->limit);
    uint64_t in = tt__first_bits((size_t)(p->end - at)), over = 0, odd = odd_blank_bits(&b, &next) & in;
    uint64_t blank = bits_of(&b, ' ') | p->blank >> 1, stops = stop_bits(&b) & in; /* the rest of a wide one */
    if (odd != 0)
        blank = odd_blanks(at, p->end, odd, blank, &over);
    uint64_t after_blank = blank << 1 | (p->blank & 1);
    size_t i = (size_t)(at - p->begin) / TT_LANES;
    if (i < LOOK_BLOCKS)
        p->after_blank[i] = after_blank;
    line->chars += tt__bit_count(~tt__lanes_bits(tt__lanes_in(&b, 0x80, 0x3F)) & in);
    line->words += tt__bit_count(~blank & after_blank & in);
    line->sentences += stops != 0 ? count_stops(p, at, stops) : 0;
    p->blank = blank >> (TT_LANES - 1) | over << 1;
}

/* Add the signs of the 64 bytes at `at` that only short pieces are asked for. */
static void note_signs(tt_line *line, const pass *p, const char *at)
{
    tt_lanes b = tt__lanes_at(at, p->limit);
    uint64_t edge = (uint64_t)1 << (TT_LANES - 4); /* what the next block decides counts as a sign */
    uint64_t in = tt__first_bits((size_t)(p->end - at)), after_blank = p->after_blank[(size_t)(at - p->begin) / TT_LANES];
    uint64_t before_blank = after_blank >> 2 | edge * 12, before_wide = after_blank >> 3 | after_blank >> 4 | edge * 15;
    uint64_t lead = tt__lanes_bits(tt__lanes_or(tt__lanes_eq(&b, 0xC2), tt__lanes_in(&b, 0xE2, 1))) & after_blank & before_wide;
    uint64_t bar = tt__lanes_bits(tt__lanes_or(either(&b, '|', '>'), either(&b, '/', '.'))) & before_blank;
    uint64_t bracket = bits_of(&b, '('), word = after_blank | bracket << 1 | 1;
    uint64_t credit = bits_of(&b, 0xE1) & (bits_of(&b, 0xBA) >> 1 | (uint64_t)1 << (TT_LANES - 1));
    credit = ((credit | bits_of(&b, 0xC2)) & word) | bits_of(&b, ':');
    bar = ((bar | bits_of(&b, '#')) & after_blank) | bits_of(&b, ';');
    line->signs |= (tt__lanes_bits(tt__lanes_in(&b, '0', 9)) & in) != 0 ? TT_SIGN_DIGIT : 0u;
    line->signs |= ((lead | bar) & in) != 0 ? TT_SIGN_BAR : 0u;
    line->signs |= ((lead | (bits_of(&b, '-') & after_blank & before_blank)) & in) != 0 ? TT_SIGN_DASH : 0u;
    line->signs |= (bits_of(&b, ',') & in) != 0 ? TT_SIGN_COMMA : 0u;
    line->signs |= (bracket & in) != 0 ? TT_SIGN_BRACKET : 0u;
    line->signs |= (credit & in) != 0 ? TT_SIGN_CREDIT : 0u;
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
    line->row = bullet || g.cp == ':' || g.cp == ';' || g.cp == ',';
}

/* Longer and of more sentences than any rule asks. */
static bool is_running(const tt_line *line)
{
    return line->chars > TT_LOOK_CHARS && line->sentences >= TT_RUN_SENTENCES;
}

void tt__line_measure(tt_line *line, tt_str text)
{
    const char *begin = text.ptr + line->span.start, *end = text.ptr + line->span.end;
    pass p;
    p.begin = p.seen = begin;
    p.end = end;
    p.limit = text.ptr + text.len;
    p.blank = 1;
    line->chars = line->words = line->signs = 0;
    line->sentences = 1;
    for (const char *at = begin; at < end && !is_running(line); at += TT_LANES)
        measure_block(line, &p, at);
    for (const char *at = begin; at < end && line->chars <= TT_LOOK_CHARS; at += TT_LANES)
        note_signs(line, &p, at);
    line->opens = line->chars <= TT_LOOK_CHARS || tt__is_digit((unsigned char)*begin) ? tt__phrase_lists(begin, end) : 0;
    tt__line_measure_end(line, text);
}
