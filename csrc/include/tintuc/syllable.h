/* tintuc/syllable.h - written Vietnamese syllables: their parts, and the letter that carries the tone. */
#ifndef TINTUC_SYLLABLE_H
#define TINTUC_SYLLABLE_H

#include "tintuc/text.h"

TT_BEGIN_DECLS

/* Parts in letters, in the order of writing; each but the nucleus may be empty. In giêng and gì the i is the last letter of the
 * onset and the first of the nucleus. */
typedef struct {
    uint8_t onset_end;             /* the onset is [0, onset_end) */
    uint8_t medial, nucleus, coda; /* where each begins; the coda ends with the syllable */
    uint8_t tone;                  /* 0 ngang, 1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng */
    uint8_t tone_old, tone_new;    /* letter that carries the tone: traditional (hòa) and new style (hoà) */
    bool stop;                     /* ends in c, ch, p or t: takes only sắc and nặng */
    uint8_t to_y;                  /* open i: the tones (bits) with which y is the usual letter; else 0 */
    bool to_i;                     /* open y that may be written i */
} tt_syllable;

/* Read `word`, UTF-8 in NFC, capitals or not, the tone on any letter. False when it is no Vietnamese syllable. */
TT_API bool tt_syllable_read(tt_syllable *out, tt_str word);

TT_END_DECLS
#endif
