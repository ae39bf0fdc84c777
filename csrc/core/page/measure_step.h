/* measure_step.h - the measures of 64 bytes of a piece, written once and compiled for each kind of lanes by a file that defines
 * LANES(name), the names of lanes.h or lanes_avx2.h; LANES_TYPE; STEP_TARGET; COUNT_BITS; and STEP, the name of the result. */
#include "page/measure.h"

STEP_TARGET static inline LANES_TYPE either(const LANES_TYPE *b, unsigned char one, unsigned char other)
{
    return LANES(or)(LANES(eq)(b, one), LANES(eq)(b, other));
}

STEP_TARGET static inline uint64_t bits_of(const LANES_TYPE *b, unsigned char c)
{
    return LANES(bits)(LANES(eq)(b, c));
}

/* Bits of the bytes that may begin a blank other than a space; `next` are the bytes one further. */
STEP_TARGET static inline uint64_t odd_blank_bits(const LANES_TYPE *b, const LANES_TYPE *next)
{
    LANES_TYPE ogham = LANES(and)(LANES(eq)(b, 0xE1), LANES(eq)(next, 0x9A)); /* U+1680 */
    LANES_TYPE wide = LANES(or)(either(b, 0xC2, 0xEF), LANES(in)(b, 0xE2, 1));
    return LANES(bits)(LANES(or)(LANES(or)(ogham, wide), LANES(in)(b, 0x09, 0x16)));
}

/* Bits of the blanks. */
STEP_TARGET static inline uint64_t blank_bits(tt_measure *m, const char *at, const LANES_TYPE *b, uint64_t in)
{
    LANES_TYPE next = LANES(at)(at + 1, m->limit);
    uint64_t over = 0, odd = odd_blank_bits(b, &next) & in, blank = bits_of(b, ' ') | m->blank >> 1;
    if (odd != 0)
        blank = tt__odd_blanks(at, m->end, odd, blank, &over);
    m->blank = blank >> (TT_LANES - 1) | over << 1;
    return blank;
}

/* Words and signs. What the next block decides counts as a sign. */
STEP_TARGET static inline void note_signs(tt_line *line, tt_measure *m, const char *at, const LANES_TYPE *b, uint64_t in)
{
    uint64_t last = (uint64_t)1 << (TT_LANES - 1), before = m->blank & 1;
    uint64_t blank = blank_bits(m, at, b, in), after = blank << 1 | before, alone = after & (blank >> 1 | last);
    uint64_t wide_alone = after & (blank >> 2 | blank >> 3 | last >> 2 | last >> 1 | last);
    uint64_t lead = LANES(bits)(LANES(or)(LANES(eq)(b, 0xC2), LANES(in)(b, 0xE2, 1))) & wide_alone;
    uint64_t bar = LANES(bits)(LANES(or)(either(b, '|', '>'), either(b, '/', '.'))) & alone;
    uint64_t bracket = bits_of(b, '('), word = after | bracket << 1 | 1;
    uint64_t credit = bits_of(b, 0xE1) & (bits_of(b, 0xBA) >> 1 | last);
    credit = ((credit | bits_of(b, 0xC2)) & word) | bits_of(b, ':');
    bar |= (bits_of(b, '#') & after) | bits_of(b, ';');
    line->words += (uint32_t)COUNT_BITS(~blank & after & in);
    m->commas += (uint32_t)COUNT_BITS(bits_of(b, ',') & in);
    line->signs |= (LANES(bits)(LANES(in)(b, '0', 9)) & in) != 0 ? TT_SIGN_DIGIT : 0u;
    line->signs |= ((lead | bar) & in) != 0 ? TT_SIGN_BAR : 0u;
    line->signs |= ((lead | (bits_of(b, '-') & alone)) & in) != 0 ? TT_SIGN_DASH : 0u;
    line->signs |= (bracket & in) != 0 ? TT_SIGN_BRACKET : 0u;
    line->signs |= (credit & in) != 0 ? TT_SIGN_CREDIT : 0u;
}

/* Is the piece no longer than TT_LOOK_CHARS? */
STEP_TARGET static bool is_brief(const tt_measure *m)
{
    size_t chars = 0;
    if (m->end - m->begin <= TT_LOOK_CHARS)
        return true;
    for (const char *at = m->begin; at < m->end && chars <= TT_LOOK_CHARS; at += TT_LANES) {
        LANES_TYPE b = LANES(at)(at, m->limit);
        chars += (size_t)COUNT_BITS(~LANES(bits)(LANES(in)(&b, 0x80, 0x3F)) & tt__first_bits((size_t)(m->end - at)));
    }
    return chars <= TT_LOOK_CHARS;
}

STEP_TARGET void STEP(tt_line *line, tt_measure *m)
{
    bool brief = is_brief(m);
    for (const char *at = m->begin; at < m->end && !tt__is_running(line); at += TT_LANES) {
        LANES_TYPE b = LANES(at)(at, m->limit);
        uint64_t in = tt__first_bits((size_t)(m->end - at));
        uint64_t stops = LANES(bits)(LANES(or)(LANES(eq)(&b, '.'), either(&b, '!', '?'))) & in;
        line->chars += (uint32_t)COUNT_BITS(~LANES(bits)(LANES(in)(&b, 0x80, 0x3F)) & in);
        line->marked = line->marked || stops != 0;
        if (stops != 0)
            line->sentences += tt__count_stops(m, at, stops);
        if (brief)
            note_signs(line, m, at, &b, in);
    }
}
