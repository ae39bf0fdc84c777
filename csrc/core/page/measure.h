/* measure.h - what the ways to measure a piece share. */
#ifndef TT_PAGE_MEASURE_H
#define TT_PAGE_MEASURE_H

#include "page/line.h"

#include "base/cpu.h"

typedef struct {
    const char *begin, *end, *limit; /* limit: of the memory that may be read */
    const char *seen;                /* stops before are counted */
    /* What the block before leaves: bit 0: its last byte is a blank, or this is the beginning; above: how this one begins. */
    uint64_t blank;
    uint32_t commas;
} tt_measure;

/* Longer and of more sentences than any rule asks. */
static inline bool tt__is_running(const tt_line *line)
{
    return line->chars > TT_LOOK_CHARS && line->sentences >= TT_RUN_SENTENCES;
}

/* Count the stops at `marks` that a capital follows, after a word of two small letters or more (no initial, no abbreviation of
 * capitals). The sentence stage knows better but comes later, and the rules only ask "one or several?". */
uint32_t tt__count_stops(tt_measure *m, const char *block, uint64_t marks);
/* Add the bits of blanks other than a space to `blank`. */
uint64_t tt__odd_blanks(const char *at, const char *end, uint64_t candidates, uint64_t blank, uint64_t *over);

/* Count chars, words, sentences, commas and note the signs; words and signs only up to TT_LOOK_CHARS. The same twice. */
void tt__measure_plain(tt_line *line, tt_measure *m);
#if TT_X86
void tt__measure_avx2(tt_line *line, tt_measure *m);
#endif

#endif
