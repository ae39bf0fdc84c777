/* measure.c - one pass over the bytes of a piece: how long it is, of how many words and sentences, and which signs it holds.
 *
 * 64 bytes at a time as bits (scan.h). What needs a closer look is looked at where its bit is: blanks that are not ASCII, and
 * what stands around . ! and ?. */
#include "page/line.h"

#include "page/phrase.h"
#include "page/scan.h"

/* Bits of 64 bytes. */
typedef struct {
    uint64_t tail;  /* continues a code point */
    uint64_t blank; /* white space of one byte */
    uint64_t wide;  /* may begin a blank of several bytes */
    uint64_t mark;  /* . ! ? */
    uint64_t digit, dash, comma, slash, bracket, colon;
    uint64_t bar;   /* part of a mark that parts a bar, but for "." */
    uint64_t part;  /* ";" */
    uint64_t e1;    /* lead byte of most Vietnamese letters with a tone */
    uint64_t ba;    /* the byte after it in "ả" */
    uint64_t ogham; /* the byte after it in U+1680, a space */
    uint64_t copy;  /* lead byte of "©" and of dashes */
} classes;

static classes classify(const tt_lanes *b)
{
    tt_lanes blank = tt__lanes_or(tt__lanes_eq(b, ' '), tt__lanes_or(tt__lanes_in(b, 0x09, 4), tt__lanes_in(b, 0x1C, 3)));
    tt_lanes mark = tt__lanes_or(tt__lanes_eq(b, '.'), tt__lanes_or(tt__lanes_eq(b, '!'), tt__lanes_eq(b, '?')));
    tt_lanes lead = tt__lanes_or(tt__lanes_eq(b, 0xC2), tt__lanes_in(b, 0xE2, 1));
    tt_lanes ascii_bar = tt__lanes_or(tt__lanes_eq(b, '|'), tt__lanes_or(tt__lanes_eq(b, '>'), tt__lanes_eq(b, '#')));
    classes out = {
        .tail = tt__lanes_bits(tt__lanes_in(b, 0x80, 0x3F)),
        .blank = tt__lanes_bits(blank),
        .wide = tt__lanes_bits(tt__lanes_or(lead, tt__lanes_eq(b, 0xEF))),
        .mark = tt__lanes_bits(mark),
        .digit = tt__lanes_bits(tt__lanes_in(b, '0', 9)),
        .dash = tt__lanes_bits(tt__lanes_eq(b, '-')),
        .comma = tt__lanes_bits(tt__lanes_eq(b, ',')),
        .slash = tt__lanes_bits(tt__lanes_eq(b, '/')),
        .bracket = tt__lanes_bits(tt__lanes_eq(b, '(')),
        .colon = tt__lanes_bits(tt__lanes_eq(b, ':')),
        .bar = tt__lanes_bits(ascii_bar),
        .part = tt__lanes_bits(tt__lanes_eq(b, ';')),
        .e1 = tt__lanes_bits(tt__lanes_eq(b, 0xE1)),
        .ba = tt__lanes_bits(tt__lanes_eq(b, 0xBA)),
        .ogham = tt__lanes_bits(tt__lanes_eq(b, 0x9A)),
        .copy = tt__lanes_bits(lead),
    };
    return out;
}

/* The pass: where it is, and the last bits of the block before. */
typedef struct {
    const char *begin, *end;
    const char *seen;              /* stops before this place are counted */
    uint64_t blank, stop, bracket; /* 1: the byte before the block is one; at the beginning `blank` is */
} pass;

/* Add the bits of blanks that are not ASCII. */
static uint64_t wide_blanks(const char *at, const char *end, uint64_t candidates, uint64_t blank, uint64_t *over)
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

static uint32_t signs_of(const classes *c, const pass *p, uint64_t after_blank, uint64_t in)
{
    uint64_t word = after_blank | c->bracket << 1 | p->bracket;
    uint64_t bar = (c->bar | c->slash | c->mark | c->copy) & after_blank, ba = c->ba >> 1 | (uint64_t)1 << (TT_LANES - 1);
    uint32_t signs = 0;
    signs |= (c->digit & in) != 0 ? TT_SIGN_DIGIT : 0u;
    signs |= (c->slash & (c->mark << 1 | p->stop) & in) != 0 ? TT_SIGN_CLOSE : 0u;
    signs |= ((bar | c->part) & in) != 0 ? TT_SIGN_BAR : 0u;
    signs |= ((c->dash | c->copy) & after_blank & in) != 0 ? TT_SIGN_DASH : 0u;
    signs |= (c->comma & in) != 0 ? TT_SIGN_COMMA : 0u;
    signs |= (c->bracket & in) != 0 ? TT_SIGN_BRACKET : 0u;
    signs |= ((c->colon | (c->copy & word) | (c->e1 & ba & word)) & in) != 0 ? TT_SIGN_CREDIT : 0u;
    return signs;
}

/* Add the 64 bytes at `at` to the measures. */
static void measure_block(tt_line *line, pass *p, const char *at, const char *limit)
{
    tt_lanes bytes = tt__lanes_at(at, limit);
    classes c = classify(&bytes);
    size_t left = (size_t)(p->end - at);
    uint64_t in = tt__first_bits(left), over = 0, last = (uint64_t)1 << (TT_LANES - 1);
    uint64_t candidates = (c.wide | (c.e1 & (c.ogham >> 1 | last))) & in;
    uint64_t blank = candidates != 0 ? wide_blanks(at, p->end, candidates, c.blank, &over) : c.blank;
    blank |= p->blank >> 1; /* the rest of a wide one */
    uint64_t after_blank = blank << 1 | (p->blank & 1);
    line->chars += tt__bit_count(~c.tail & in);
    line->words += tt__bit_count(~blank & after_blank & in);
    line->sentences += count_stops(p, at, c.mark & in);
    line->signs |= signs_of(&c, p, after_blank, in);
    p->blank = blank >> (TT_LANES - 1) | over << 1;
    p->stop = c.mark >> (TT_LANES - 1);
    p->bracket = c.bracket >> (TT_LANES - 1);
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

void tt__line_measure(tt_line *line, tt_str text)
{
    const char *begin = text.ptr + line->span.start, *end = text.ptr + line->span.end;
    pass p = {.begin = begin, .end = end, .seen = begin, .blank = 1};
    line->chars = line->words = line->signs = 0;
    line->sentences = 1;
    for (const char *at = begin; at < end; at += TT_LANES)
        measure_block(line, &p, at, text.ptr + text.len);
    line->opens = tt__phrase_lists(begin, end);
    tt__line_measure_end(line, text);
}
