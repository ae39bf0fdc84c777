/* measure.c - how long a piece is, of how many words and sentences, and which signs it holds.
 *
 * By the bits of the map; what stands around . ! and ? is looked at where their bits are. */
#include "page/measure.h"

#include "page/phrase.h"

typedef struct {
    const char *begin, *end;
    const char *seen; /* stops before are counted */
} stops_seen;

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

/* Count the stops at `marks`, none of them the last byte, that a capital follows, after a word of two small letters or more (no initial, no abbreviation of
 * capitals). The sentence stage knows better but comes later, and the rules only ask "one or several?". */
static uint32_t count_stops(stops_seen *p, const char *block, uint64_t marks)
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

/* Bits of the bytes one before and two before, one behind and two behind, in a row between two others. */
static uint64_t after(uint64_t before, uint64_t at, int count)
{
    return at << count | before >> (TT_LANES - count);
}

static uint64_t ahead(uint64_t at, uint64_t behind, int count)
{
    return at >> count | behind << (TT_LANES - count);
}

/* How many of the stops of a row, among those in `in`, have two small letters or digits before and a blank and a capital behind:
 * "... ba. Ông". Takes these from *stops, and those that end nothing: behind a capital, or before a small letter or digit. */
static uint32_t plain_stops(uint64_t *stops, const tt_map *map, size_t row, uint64_t in)
{
    static const tt_map_row NONE;
    const tt_map_row *at = &map->rows[row], *before = row == 0 ? &NONE : at - 1, *behind = at + 1;
    uint64_t word = at->small | at->digit, word_before = before->small | before->digit, word_behind = behind->small | behind->digit;
    uint64_t blank = ahead(at->blank, behind->blank, 1);
    uint64_t ended = after(word_before, word, 1) & after(word_before, word, 2);
    uint64_t plain = *stops & in & ended & blank & ahead(at->capital, behind->capital, 2);
    uint64_t goes_on = ahead(word, word_behind, 1) | (blank & ahead(word, word_behind, 2));
    *stops &= ~(plain | goes_on | after(before->capital, at->capital, 1));
    return tt__bit_count(plain);
}

uint32_t tt__line_sentences(tt_line *line, const tt_map *map)
{
    size_t start = line->span.start, end = line->span.end;
    const char *text = map->text.ptr;
    stops_seen seen = {text + start, text + end, text + start};
    if (line->sentences != 0)
        return line->sentences;
    line->sentences = 1;
    for (size_t i = start / TT_LANES; i * TT_LANES < end; i++) {
        uint64_t stops = map->rows[i].stop & ~tt__map_in_numbers(map, i) & tt__map_within(i, start, end - 1);
        if (line->chars > TT_LOOK_CHARS && line->sentences >= TT_RUN_SENTENCES)
            break;
        tt__step(1);
        line->sentences += plain_stops(&stops, map, i, tt__map_within(i, start + 2, end - 2));
        line->sentences += count_stops(&seen, text + i * TT_LANES, stops);
    }
    return line->sentences;
}

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

static void measure_end(tt_line *line, const char *text)
{
    const char *begin = text + line->span.start, *end = text + line->span.end;
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

static bool has_early_digit(const tt_map *map, tt_span span)
{
    const tt_map_row *row = &map->rows[span.start / TT_LANES];
    uint64_t digits = tt__bits_from(row[0].digit, row[1].digit, span.start % TT_LANES);
    return (digits & tt__first_bits(span.end - span.start)) != 0;
}

void tt__line_measure(tt_line *line, const tt_map *map)
{
    const char *text = map->text.ptr;
    tt_measure_way *measure = tt__measure_plain;
#if TT_X86
    if (tt__cpu() >= TT_CPU_AVX2)
        measure = tt__measure_popcnt;
#endif
    line->opens = 0;
    measure(line, map);
    if (line->chars <= TT_LOOK_CHARS || has_early_digit(map, line->span))
        line->opens = tt__phrase_lists(text + line->span.start, text + line->span.end);
    measure_end(line, text);
}
