/* likeness.h - how much bytes look like Vietnamese when they are read in an encoding. */
#ifndef TT_TEXT_LIKENESS_H
#define TT_TEXT_LIKENESS_H

#include "tintuc/encoding.h"

/* What a reading costs: lower is likelier. Readings are compared on the same bytes. */
typedef struct {
    uint32_t cost;        /* eighths of a nat, over all words with a byte that is not ASCII */
    uint32_t words, good; /* such words, and those of them that are Vietnamese syllables */
    uint64_t text;        /* hash of what was read, to know the same text again */
} tt_likeness;

/* Add the likeness of a piece of text, which begins and ends with whole words, to *out, zero at first. Eight-bit encodings.
 * Linear. */
void tt__likeness_add(tt_likeness *out, tt_str sample, tt_encoding encoding);
/* Is ASCII text VIQR? 0 where it is not, else how sure that is (up to 1). Linear. */
double tt__likeness_viqr(tt_str sample);

/* A word as it is read letter by letter. Zero-initialize; tt__word_end empties it. */
typedef struct {
    uint16_t letters[8]; /* small, without tone; the first ones where there are more */
    uint32_t len;
    uint32_t cost;
    uint8_t last; /* ORDER PAIR LETTER of the last letter */
    uint8_t tones, tone;
    bool first_large, small, large; /* a capital first letter; small letters and capitals after it */
    bool small_ascii, large_marked; /* small letters of ASCII, capitals that are not */
    bool abc;                       /* kept: TCVN3, whose fonts of capitals show small letters as capitals */
    bool foreign;                   /* has what no Vietnamese word has */
} tt_word_read;

/* Add a letter, mark or other code point inside a word. */
void tt__word_add(tt_word_read *word, uint32_t cp);
/* Its cost; *good: it is a syllable of Vietnamese with a tone that it may have. An empty word costs nothing and is good. */
uint32_t tt__word_end(tt_word_read *word, bool *good);

#endif
