/* test_measure.c - the ways to measure a piece, and to seek in 64 bytes, agree to the bit. */
#include "page/lanes_avx2.h"
#include "page/measure.h"
#include "page/seek.h"
#include "tt_test.h"

#include <stdio.h>

enum { ROUNDS = 4000, LONGEST = 900 };

static const char *const PIECES[] = {
    "a",
    "á",
    "Ông",
    "nói",
    " ",
    "  ",
    "\t",
    "\xC2\xA0",
    "\xE2\x80\x89",
    "\xE1\x9A\x80",
    "\xE3\x80\x80",
    ". ",
    ".",
    "! ",
    "?",
    "...",
    ", ",
    ",",
    " - ",
    "-",
    " – ",
    "(",
    ")",
    "|",
    " | ",
    " > ",
    "/",
    "#",
    " #",
    ";",
    ":",
    "1",
    "2021",
    "ảnh",
    " Ảnh: ",
    "©",
    "“",
    "”",
    "\"",
    "😀",
    "đ",
};

static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static tt_str some_text(char *out, uint32_t *seed)
{
    size_t len = 0, most = next(seed) % LONGEST;
    for (;;) {
        tt_str piece = tt_str_c(PIECES[next(seed) % TT_COUNT(PIECES)]);
        if (len + piece.len > most)
            return (tt_str){out, len};
        memcpy(out + len, piece.ptr, piece.len);
        len += piece.len;
    }
}

#if TT_X86
static tt_line measured(void (*measure)(tt_line *, tt_measure *), tt_str s, const char *limit, uint32_t *commas)
{
    tt_line line = {.sentences = 1};
    tt_measure m = {s.ptr, s.ptr + s.len, limit, s.ptr, 1, 0};
    measure(&line, &m);
    *commas = m.commas;
    return line;
}

TT_TEST(measures_agree)
{
    char bytes[LONGEST + 1], row[40];
    uint32_t seed = 1, commas[2];
    for (int i = 0; i < ROUNDS && tt__cpu() == TT_CPU_AVX2; i++) {
        tt_str text = some_text(bytes, &seed), part = text;
        part.len -= part.len < 3 ? 0 : next(&seed) % 2 * 3; /* the memory may go on behind the piece */
        while (part.len < text.len && ((unsigned char)part.ptr[part.len] & 0xC0) == 0x80)
            part.len++;
        tt_line a = measured(tt__measure_plain, part, text.ptr + text.len, &commas[0]);
        tt_line b = measured(tt__measure_avx2, part, text.ptr + text.len, &commas[1]);
        snprintf(row, sizeof row, "text %d", i);
        TT_CHECK_INT(row, a.chars, b.chars);
        TT_CHECK_INT(row, a.words, b.words);
        TT_CHECK_INT(row, a.sentences, b.sentences);
        TT_CHECK_INT(row, a.signs, b.signs);
        TT_CHECK_INT(row, a.marked, b.marked);
        TT_CHECK_INT(row, commas[0], commas[1]);
    }
}
#endif

/* Byte by byte. */
static uint64_t bits_among(tt_str s, const char *set)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < s.len && i < TT_LANES; i++)
        bits |= (uint64_t)(strchr(set, s.ptr[i]) != NULL) << i;
    return bits;
}

TT_TEST(seeks_find_every_byte)
{
    char bytes[LONGEST + 1], row[40];
    uint32_t seed = 2;
    for (int i = 0; i < ROUNDS; i++) {
        tt_str text = some_text(bytes, &seed);
        if (i % 2 == 0 && text.len != 0)
            bytes[next(&seed) % text.len] = "\n\r\f<"[next(&seed) % 4];
        snprintf(row, sizeof row, "text %d", i);
        TT_CHECK(row, tt__seek_borders(text.ptr, text.ptr + text.len) == bits_among(text, "\n\v\f\r<\xC2\xE2"));
        TT_CHECK(row, tt__seek_marks(text.ptr, text.ptr + text.len) == bits_among(text, ".!?:;(\xE2"));
    }
}
