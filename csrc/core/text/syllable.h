/* syllable.h - syllables in text that is being read: by letters, and at a glance. */
#ifndef TT_TEXT_SYLLABLE_H
#define TT_TEXT_SYLLABLE_H

#include "tintuc/syllable.h"

enum { TT_SYLLABLE_MAX = 7 }; /* letters of the longest: nghiêng */

/* `letters`: small letters without tones (code points), as tt__char_of gives them. False when they are no
 * syllable. The tone is not set. */
bool tt__syllable_parse(tt_syllable *out, const uint16_t *letters, size_t len);
/* Can the letters be a syllable with some tone? */
bool tt__is_syllable(const uint16_t *letters, size_t len);
/* The same with that tone (0-5, as in letter.h). */
bool tt__is_toned_syllable(const uint16_t *letters, size_t len, unsigned tone);

/* ORDER SYLLABLE ROW: csrc/data/make_syllables.py. Lengths of the parts; letters of the rime that carry the tone; the rest as
 * in tt_syllable; `shared`: the onset ends with the first letter of the nucleus. */
typedef struct {
    uint8_t medial, nucleus, coda, tone_old, tone_new, stop, shared, to_y, to_i;
} tt_syllable_row;

/* What a run of letters and marks looks like at a glance. */
typedef struct {
    const tt_syllable_row *row; /* NULL: the letters are no syllable */
    uint32_t len;               /* letters, marks included */
    uint32_t tones;             /* letters with a tone */
    uint32_t toned;             /* the last of them */
    bool horned;                /* one is ơ or ư */
} tt_syllable_look;

/* Look at the run at *at (before `end`) of valid UTF-8 and move *at behind it; the run may be empty. */
void tt__syllable_look(tt_syllable_look *out, const char **at, const char *end);
/* Where the run of letters and marks around `at` begins, no further back than `begin` and TT_SYLLABLE_MAX + 1 letters. */
const char *tt__word_start(const char *begin, const char *at);

/* The vowel `small` (a small letter without tone) with `tone`, as a capital or not; 0 when it is no Vietnamese vowel. */
uint16_t tt__toned_letter(uint32_t small, bool upper, unsigned tone);

#endif
