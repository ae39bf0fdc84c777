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

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || tt__is_digit((unsigned char)c);
}

/* Of a stop before a blank and an ASCII letter or digit, as most are, the letter; else 0. */
static char letter_behind(const stops_seen *p, const char *at)
{
    bool letter = p->end - at > 2 && at[1] == ' ' && (is_plain(at[2]) || (at[2] >= 'A' && at[2] <= 'Z'));
    return letter ? at[2] : 0;
}

/* After what may stand between a stop and the next sentence: blanks, closers, stops, an opening quotation mark. */
static const char *skip_marks(const char *at, const char *end)
{
    for (;;) {
        size_t blank = tt__blank_at(at, end);
        tt_glyph g = tt__glyph_at(at, end);
        if (blank == 0 && !tt__is_closer(g.cp) && g.cp != '.' && g.cp != '!' && g.cp != '?' && g.cp != 0x201C)
            return at;
        at += blank != 0 ? blank : g.len;
    }
}

/* Count the stops at `marks`, none of them the last byte, that a capital follows, after a word of two small letters or more (no
 * initial, no abbreviation of capitals). The sentence stage knows better but comes later, and the rules only ask "one or
 * several?". */
static uint32_t count_stops(stops_seen *p, const char *block, uint64_t marks)
{
    uint32_t count = 0;
    for (; marks != 0; marks &= marks - 1) {
        const char *at = block + tt__low_bit(marks);
        char letter = letter_behind(p, at);
        bool plain = at - p->begin >= 2 && is_plain(at[-1]) && is_plain(at[-2]);
        if (is_plain(letter) || at < p->seen || (!plain && !ends_word(p->begin, at)))
            continue;
        if (letter == 0)
            p->seen = skip_marks(at, p->end);
        count += letter != 0 || tt__is_upper(tt__glyph_at(p->seen, p->end).cp);
    }
    return count;
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
    if (at == end || !tt__is_digit((unsigned char)*at))
        return false;
    while (p < end && p - at < 3 && tt__is_digit((unsigned char)*p))
        p++;
    return p < end && (*p == '.' || *p == ')' || *p == '/') && tt__blank_at(p + 1, end) != 0;
}

/* The last code point but for closers, and where it ends. */
static uint32_t last_of(const char **end, const char *begin)
{
    unsigned char last = (unsigned char)(*end)[-1];
    if (last < 0x80 && !tt__is_closer(last)) /* most pieces end so */
        return last;
    tt_glyph g = tt__glyph_before(begin, *end);
    for (int i = 0; i < 3 && tt__is_closer(g.cp); i++) {
        *end -= g.len;
        g = tt__glyph_before(begin, *end);
    }
    return g.cp;
}

static bool is_bullet(uint32_t cp)
{
    if (cp < 0x80)
        return cp == '-' || cp == '+' || cp == '*' || cp == '|';
    return cp >= 0x2010 && !tt__is_letter(cp) && !(cp >= 0x2018 && cp <= 0x201F) && cp != 0x2026;
}

static void measure_end(tt_line *line, const char *text)
{
    const char *begin = text + line->span.start, *end = text + line->span.end, *last_end = end;
    uint32_t last = begin < end ? last_of(&last_end, begin) : 0;
    line->question = last == '?' || last == '!';
    line->ellipsis = last == 0x2026 || (last == '.' && last_end - begin >= 3 && last_end[-2] == '.' && last_end[-3] == '.');
    line->stop = last == '.' || line->question || line->ellipsis;
    line->item = is_item(begin, last_end);
    line->bullet = is_bullet(tt__glyph_at(begin, last_end).cp);
    line->row = line->bullet || last == ':' || last == ';' || last == ',';
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
