/* sieve.h - a fast search for the few places where a pass may have something to do, by two bytes in a row. */
#ifndef TT_TEXT_SIEVE_H
#define TT_TEXT_SIEVE_H

#include <stdbool.h>
#include <stddef.h>

enum { TT_SIEVE_BLOCK = 64 };

/* Two bytes hit when the bits of the first, as a first byte, and of the second, as a second one, meet. `alone`: the bits with
 * which the last byte of a text hits. `plain` (may be NULL) says of a block that none of its bytes hits as a first one; it may
 * look at the byte behind, and is written by comparisons without branches, which become vector code. */
typedef struct {
    unsigned char first[256], second[256], alone;
    bool (*plain)(const unsigned char *block);
} tt_sieve;

static inline void tt__sieve_set(unsigned char *table, const char *bytes, unsigned char bit)
{
    for (; *bytes != '\0'; bytes++)
        table[(unsigned char)*bytes] |= bit;
}

static inline void tt__sieve_range(unsigned char *table, unsigned from, unsigned to, unsigned char bit)
{
    for (unsigned byte = from; byte <= to; byte++)
        table[byte] |= bit;
}

/* The first of the next two bytes that hit, or `end`. */
static inline const char *tt__sieve_next(const tt_sieve *s, const char *at, const char *end)
{
    enum { UNROLLED = 8 };
    const unsigned char *p = (const unsigned char *)at, *last = (const unsigned char *)end - 1;
    if (at == end)
        return end;
    while (last - p >= TT_SIEVE_BLOCK) {
        const unsigned char *block = p;
        if (s->plain != NULL && s->plain(p)) {
            p += TT_SIEVE_BLOCK;
            continue;
        }
        for (; p < block + TT_SIEVE_BLOCK; p += UNROLLED) {
            unsigned hit = 0;
            for (int i = 0; i < UNROLLED; i++)
                hit |= s->first[p[i]] & s->second[p[i + 1]];
            if (hit == 0)
                continue;
            while ((s->first[p[0]] & s->second[p[1]]) == 0)
                p++;
            return (const char *)p;
        }
    }
    for (; p < last; p++)
        if (s->first[p[0]] & s->second[p[1]])
            return (const char *)p;
    return s->first[*last] & s->alone ? (const char *)last : end;
}

#endif
