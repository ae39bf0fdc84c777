/* tintuc/normalize.h - a normalized view of a text, step by step, with its alignment to the raw text. */
#ifndef TINTUC_NORMALIZE_H
#define TINTUC_NORMALIZE_H

#include "tintuc/text.h"

TT_BEGIN_DECLS

/* What can be done to a text, in the order in which it is done. ORDER STEP: names in core/text/step.c. */
typedef enum {
    TT_STEP_MOJIBAKE,  /* UTF-8 that was read as windows-1252 and saved again: Há»™i -> Hội */
    TT_STEP_HTML,      /* character references: &amp; &nbsp; &#432; */
    TT_STEP_NEWLINES,  /* CR LF, CR, NEL, VT, FF, U+2028, U+2029 -> line feed */
    TT_STEP_CONTROLS,  /* other control characters but tab: taken out */
    TT_STEP_INVISIBLE, /* zero-width characters, soft hyphens, BOMs, bidi marks, variation selectors: taken out, not in emoji */
    TT_STEP_PRIVATE,   /* private-use characters (icon fonts): taken out */
    TT_STEP_SPACES,    /* no-break, thin, ideographic ... spaces -> space */
    TT_STEP_LETTERS,   /* Ð Ɖ (eth, African D) -> Đ; ð ɖ -> đ at the beginning of a word */
    TT_STEP_LOOKALIKES, /* Cyrillic and Greek letters in a word with Latin ones, full-width letters and digits -> Latin */
    TT_STEP_DASHES,     /* every dash, hyphen and minus sign -> - */
    TT_STEP_QUOTES,     /* every quotation mark -> " or ' */
    TT_STEP_ELLIPSIS,   /* the one-character ellipsis -> ... */
    TT_STEP_NFC,        /* Unicode normalization form C */
    TT_STEP_NFKC,       /* or KC */
    TT_STEP_MARKS,      /* a mark on the wrong letter of a Vietnamese syllable: nghịêm -> nghiệm, đuợc -> được */
    TT_STEP_TONE_OLD,   /* tone placement: traditional (hòa, thủy) */
    TT_STEP_TONE_NEW,   /* or new style (hoà, thuỷ) */
    TT_STEP_TO_I,       /* open y after a consonant -> i: kỹ -> kĩ */
    TT_STEP_TO_Y,       /* or i -> y where y is the usual letter: kĩ -> kỹ */
    TT_STEP_SQUEEZE,    /* runs of spaces and tabs -> one space; none at the ends of a line */
    TT_STEP_LOWER,      /* simple case folding */
    TT_STEP_PLAIN,      /* letters without their marks: Đặng -> Dang */
    TT_STEPS
} tt_step;
#define TT_STEP_BIT(step) (1u << (step))

/* What a tagger must not stumble over; nothing that a reader would miss. */
#define TT_PRESET_VIEW                                                                                                         \
    (TT_STEP_BIT(TT_STEP_HTML) | TT_STEP_BIT(TT_STEP_NEWLINES) | TT_STEP_BIT(TT_STEP_CONTROLS) |                               \
     TT_STEP_BIT(TT_STEP_INVISIBLE) | TT_STEP_BIT(TT_STEP_PRIVATE) | TT_STEP_BIT(TT_STEP_SPACES) |                             \
     TT_STEP_BIT(TT_STEP_LETTERS) | TT_STEP_BIT(TT_STEP_LOOKALIKES) | TT_STEP_BIT(TT_STEP_NFC) | TT_STEP_BIT(TT_STEP_MARKS) |  \
     TT_STEP_BIT(TT_STEP_TONE_OLD))
/* Cleaned text for people: also one kind of dash and quotation mark, dots for the ellipsis, single spaces. */
#define TT_PRESET_CLEAN                                                                                                        \
    (TT_PRESET_VIEW | TT_STEP_BIT(TT_STEP_DASHES) | TT_STEP_BIT(TT_STEP_QUOTES) | TT_STEP_BIT(TT_STEP_ELLIPSIS) |              \
     TT_STEP_BIT(TT_STEP_SQUEEZE))

/* Lower-case word for a step ("newlines", "tone_old", ...); NULL for a number that is none. */
TT_API const char *tt_step_name(tt_step step);

/* Normalize `raw`, which must stay alive as long as `out`. counts[TT_STEPS] (may be NULL) says how many places each step
 * changed. A character that is taken out maps to the one before it, at the beginning to the one after; no line feed is lost.
 * TT_EENCODING when `raw` is not UTF-8, TT_ELIMIT above TT_TEXT_MAX, TT_EARGUMENT for two steps that exclude each other,
 * TT_ENOMEM. Linear in raw.len. */
TT_API tt_status tt_normalize(tt_text *out, uint32_t *counts, tt_arena *arena, tt_str raw, unsigned steps, tt_error *err);

TT_END_DECLS
#endif
