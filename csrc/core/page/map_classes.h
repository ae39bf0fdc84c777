/* map_classes.h - classes of bytes for the ways with vectors to make a map.
 *
 * Most classes of ASCII are such that a byte is told by its two halves of four bits: two shuffles look up what classes bytes
 * with such halves may have, and a byte has those that both name. */
#ifndef TT_PAGE_MAP_CLASSES_H
#define TT_PAGE_MAP_CLASSES_H

#include "page/map.h"

/* Two pairs of tables, by the low half of a byte and by the high one. ORDER CLASS */
extern const uint8_t tt__map_classes[4][16];
/* The first pair: digits, . and !, ?, " and E2, ( and ), C2, E2 and E3, EF; together, what is no blank of its own but may be: */
enum { DIGIT = 0x80, DOT = 0x40, QUESTION = 0x20, QUOTE = 0x10, BRACKET = 0x08, WIDE = 0x07 };
/* The second pair: # and /, ; and >, |, C2, E2 and E3, " ' ( ) * , and /, : and ;, [ and ]; together: */
enum { COLONS = 0x02, SIGNS = 0xF8, PARTINGS = 0x1F };

#endif
