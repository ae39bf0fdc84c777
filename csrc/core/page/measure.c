/* measure.c - how long a piece is, of how many words and sentences, and which signs it holds.
 *
 * 64 bytes at a time as bits (lanes.h). What needs a closer look is looked at where its bit is: blanks that are not ASCII, and
 * what stands around . ! and ?. */
#include "page/measure.h"

#include "page/lanes.h"
#include "page/phrase.h"

uint64_t tt__odd_blanks(const char *at, const char *end, uint64_t candidates, uint64_t blank, uint64_t *over)
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

uint32_t tt__count_stops(tt_measure *p, const char *block, uint64_t marks)
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

#define LANES(name) tt__lanes_##name
#define LANES_TYPE tt_lanes
#define STEP_TARGET
#define COUNT_BITS tt__bit_count
#define STEP tt__measure_plain
#include "page/measure_step.h"

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

static bool has_early_digit(tt_str s, const char *limit)
{
    tt_lanes b = tt__lanes_at(s.ptr, limit);
    return (tt__lanes_bits(tt__lanes_in(&b, '0', 9)) & tt__first_bits(s.len)) != 0;
}

static void measure(tt_line *line, tt_measure *m)
{
#if TT_X86
    if (tt__cpu() == TT_CPU_AVX2) {
        tt__measure_avx2(line, m);
        return;
    }
#endif
    tt__measure_plain(line, m);
}

void tt__line_measure(tt_line *line, tt_str text)
{
    const char *begin = text.ptr + line->span.start, *end = text.ptr + line->span.end, *limit = text.ptr + text.len;
    tt_measure m = {begin, end, limit, begin, 1, 0};
    line->chars = line->words = line->signs = line->opens = 0;
    line->sentences = 1;
    line->marked = false;
    measure(line, &m);
    bool brief = line->chars <= TT_LOOK_CHARS;
    line->signs |= m.commas >= 2 ? TT_SIGN_COMMAS : 0u;
    if (brief || has_early_digit(tt__line_str(line, text.ptr), limit))
        line->opens = tt__phrase_lists(begin, end);
    tt__line_measure_end(line, text);
}
