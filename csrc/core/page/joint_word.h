/* joint_word.h - a word as it is seen at a lost line feed: its shape, its hash, and whether another one is glued to it. */
#ifndef TT_PAGE_JOINT_WORD_H
#define TT_PAGE_JOINT_WORD_H

#include "page/map.h"

/* ORDER JOINT SHAPE */
typedef enum {
    TT_JOINT_OTHER,
    TT_JOINT_DIGIT,
    TT_JOINT_CAPITAL,
    TT_JOINT_CAPITALS,
    TT_JOINT_SMALL,
    TT_JOINT_NONE /* marks that open nothing, at the end of the text, or no word */
} tt_joint_shape;

typedef struct {
    tt_span span;
    uint32_t hash; /* see tt__joint_hash; 0: not asked for yet */
    uint8_t shape; /* tt_joint_shape */
    bool quoted;   /* begins with an opening quotation mark or bracket */
} tt_joint_word;

/* Look at the word at `span` of the text, of which only the first `end` bytes count. */
void tt__joint_look(tt_joint_word *out, const tt_map *map, tt_span span, size_t end);

/* Of the small letters and digits of a word; 0 where it has none. */
uint32_t tt__joint_hash(const tt_map *map, tt_span span);

/* Is a word that begins at `p` glued to the one that begins at `at`? "Việt NamNgày 5/9": a small letter before a Vietnamese
 * word with one capital ("HoSE" is a name). */
bool tt__joint_is_glue(const char *at, const char *p, const char *end);

/* "AlphaGo", "MoMo": capitals and small letters of ASCII on both sides of `glue`, as brands have them; no "LanHai", of two
 * syllables that differ. */
bool tt__joint_is_brand(const char *at, const char *glue, const char *blank);

#endif
