/* map_classes.h - classes of bytes for the ways with vectors to make a map.
 *
 * Most classes of ASCII are such that a byte is told by its two halves of four bits: two shuffles look up what classes bytes
 * with such halves may have, and a byte has those that both name. */
#ifndef TT_PAGE_MAP_CLASSES_H
#define TT_PAGE_MAP_CLASSES_H

#include "page/map.h"

/* Two pairs of tables, by the low half of a byte and by the high one. ORDER CLASS
 * The first pair: digits (80), . and ! (40), ? (20), " and E2 (10), ( and ) (08), C2 (04), E2 and E3 (02), EF (01).
 * The second pair: # and / (80), ; and > (40), | (20), C2 (10), E2 and E3 (08), " ' ( ) * , and / (04), : and ; (02),
 * [ and ] (01). */
extern const uint8_t tt__map_classes[4][16];

/* What bytes, or their classes, are compared with, a register full of each: numbers that compilers know they make anew in each
 * turn of a loop. ORDER COPIES: map.c */
enum {
    HALF,
    CONTROL,   /* the last one */
    BLANK,     /* the last one in ASCII */
    FEED,      /* line feed */
    LESS,      /* < */
    COLON,     /* : */
    DASH,      /* - */
    E1,        /* first byte of the letters with two marks, and */
    CREDIT,    /* second byte of ả and letters near it */
    OGHAM,     /* second byte of the blank U+1680 */
    LAST_TAIL, /* last of the bytes that begin no code point */
    STOPS,     /* the classes of . ! ? */
    WIDE,      /* of C2, E2, E3, EF: what may begin a blank or the ellipsis */
    PARTS,     /* of what parts words */
    TO_SIGNS,  /* from the least class of signs to 80 */
    MAP_COPIES
};
extern const uint8_t tt__map_copies[MAP_COPIES][32]; /* aligned */

#endif
