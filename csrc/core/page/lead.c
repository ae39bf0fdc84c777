/* lead.c - a lead is told from a first paragraph by nothing that stands in it: it is a sentence of middle length above a longer
 * text, on a page with furniture. How much each of these says is learned from the training articles, as points that add up
 * (csrc/data/train_leads.py, which reads articles in the same way). */
#include "page/lead.h"

#include "page/lead_table.inc"

enum { ENOUGH = 2 }; /* paragraphs below a lead of more than one sentence, as they are counted here */

/* What is seen of the text below. */
typedef struct {
    size_t count; /* paragraphs */
    uint64_t chars;
    uint32_t kinds; /* how many kinds of pieces the page has */
} rest;

/* Without branches, since kinds of all sorts follow each other. */
static rest look_below(const tt_line *lines, size_t len, size_t prose)
{
    rest r = {0, 0, 0};
    uint32_t seen = 0;
    for (size_t i = 0; i < len; i++) {
        uint32_t counts = (i > prose) & (lines[i].kind == TT_BLOCK_PARAGRAPH);
        seen |= 1u << lines[i].kind;
        r.count += counts;
        r.chars += lines[i].chars & (0 - counts);
    }
    r.kinds = tt__bit_count(seen);
    return r;
}

static int points_at(const int8_t *points, size_t bins, size_t bin)
{
    return points[bin < bins ? bin : bins - 1];
}

#define POINTS(table, bin) points_at(table, TT_COUNT(table), bin)

/* What a table adds at most and at least. */
static void range_of(int *least, int *most, const int8_t *points, size_t bins)
{
    *least = *most = points[0];
    for (size_t i = 1; i < bins; i++) {
        *least = points[i] < *least ? points[i] : *least;
        *most = points[i] > *most ? points[i] : *most;
    }
}

/* Sentences are counted last, and where they can still decide. */
bool tt__is_lead(tt_line *lines, size_t len, size_t prose, const tt_map *map)
{
    const tt_line *line = &lines[prose];
    const rest below = look_below(lines, len, prose);
    const bool parted = prose + 1 < len && lines[prose + 1].kind == TT_BLOCK_CAPTION;
    int points = POINTS(LENGTH_POINTS, line->chars / 16); /* ORDER LEAD */
    points += POINTS(KINDS_POINTS, below.kinds - 1);
    points += POINTS(REST_POINTS, below.count != 0 ? below.chars / below.count / 32 : 0);
    points += POINTS(COUNT_POINTS, below.count);
    points += POINTS(PARTED_POINTS, parted);
    points += POINTS(BRACKET_POINTS, map->text.ptr[line->span.start] == '(');
    int least, most, next_least, next_most;
    range_of(&least, &most, SENTENCES_POINTS, TT_COUNT(SENTENCES_POINTS));
    range_of(&next_least, &next_most, NEXT_POINTS, TT_COUNT(NEXT_POINTS));
    if (points + most + next_most <= 0)
        return false;
    const uint32_t sentences = tt__line_sentences(&lines[prose], map);
    if (sentences > 1 && below.count < ENOUGH)
        return false; /* it is the text itself */
    points += POINTS(SENTENCES_POINTS, sentences - 1);
    if (points + next_least > 0 || points + next_most <= 0)
        return points + next_least > 0;
    const size_t next = tt__next_prose(lines, len, prose + 1);
    return points + POINTS(NEXT_POINTS, next < len ? tt__line_sentences(&lines[next], map) : 0) > 0;
}
