/* test_measure.c - the ways to make a map of a text, and to measure a piece, agree to the bit. */
#include "page/measure.h"
#include "tt_test.h"

#include <stddef.h>
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
    "…",
    "\xEF\xBB\xBF",
    "[",
    "*",
    "<",
    "\xC2\x85",
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

static bool is_among(tt_str s, size_t at, const char *set)
{
    return s.ptr[at] != '\0' && strchr(set, s.ptr[at]) != NULL;
}

static bool is_lead(tt_str s, size_t at)
{
    return ((unsigned char)s.ptr[at] & 0xC0) != 0x80;
}

static bool is_digit(tt_str s, size_t at)
{
    return is_among(s, at, "0123456789");
}

static bool is_stop(tt_str s, size_t at)
{
    return is_among(s, at, ".!?");
}

static bool is_mark(tt_str s, size_t at)
{
    bool ellipsis = s.len - at >= 3 && memcmp(s.ptr + at, "\xE2\x80\xA6", 3) == 0;
    return is_among(s, at, ".!?:;") || ellipsis;
}

static bool is_bracket(tt_str s, size_t at)
{
    return is_among(s, at, "()");
}

static bool is_colon(tt_str s, size_t at)
{
    return s.ptr[at] == ':';
}

static bool is_dash(tt_str s, size_t at)
{
    return s.ptr[at] == '-';
}

static bool is_quote(tt_str s, size_t at)
{
    return is_among(s, at, "\"\xE2");
}

static bool is_sign(tt_str s, size_t at)
{
    return is_among(s, at, "#/;>|\xC2\xE2\xE3");
}

static bool is_credit(tt_str s, size_t at)
{
    return s.len - at >= 2 && memcmp(s.ptr + at, "\xE1\xBA", 2) == 0;
}

/* In a blank, also in its second and third byte. */
static bool is_blank(tt_str s, size_t at)
{
    for (size_t back = 0; back < 3 && back <= at; back++)
        if (tt__blank_at(s.ptr + at - back, s.ptr + s.len) > back)
            return true;
    return false;
}

static bool is_parting(tt_str s, size_t at)
{
    return is_blank(s, at) || is_among(s, at, "\"'()*,/:;[]\xC2\xE2\xE3");
}

static bool is_border(tt_str s, size_t at)
{
    return s.ptr[at] == '<' || (unsigned char)s.ptr[at] < 0x20 ||
           ((unsigned char)s.ptr[at] >= 0x80 && is_lead(s, at) && is_blank(s, at));
}

static const struct {
    const char *name;
    size_t at;
    bool (*is)(tt_str s, size_t at);
} CLASSES[] = {
    {"lead", offsetof(tt_map_row, lead), is_lead},          {"blank", offsetof(tt_map_row, blank), is_blank},
    {"digit", offsetof(tt_map_row, digit), is_digit},       {"stop", offsetof(tt_map_row, stop), is_stop},
    {"border", offsetof(tt_map_row, border), is_border},    {"mark", offsetof(tt_map_row, mark), is_mark},
    {"bracket", offsetof(tt_map_row, bracket), is_bracket}, {"colon", offsetof(tt_map_row, colon), is_colon},
    {"quote", offsetof(tt_map_row, quote), is_quote},       {"sign", offsetof(tt_map_row, sign), is_sign},
    {"dash", offsetof(tt_map_row, dash), is_dash},          {"parting", offsetof(tt_map_row, parting), is_parting},
    {"credit", offsetof(tt_map_row, credit), is_credit},
};

static uint64_t bits_at(const tt_map_row *row, size_t at)
{
    uint64_t bits;
    memcpy(&bits, (const char *)row + at, sizeof bits);
    return bits;
}

/* The bits of a whole text, byte by byte. */
static void check_map(tt_test *t, const char *name, tt_str text)
{
    char what[64];
    uint32_t before = 0;
    const tt_map *map = tt__map_make(&t->arena, text);
    TT_CHECK(name, map != NULL);
    for (size_t row = 0; map != NULL && row * TT_LANES < text.len; row++) {
        uint64_t in = tt__map_within(row, 0, text.len);
        TT_CHECK_INT(name, map->rows[row].before, before);
        for (size_t i = 0; i < TT_COUNT(CLASSES); i++) {
            uint64_t want = 0;
            for (size_t k = row * TT_LANES; k < text.len && k < (row + 1) * TT_LANES; k++)
                want |= (uint64_t)CLASSES[i].is(text, k) << (k % TT_LANES);
            snprintf(what, sizeof what, "%s: %s in row %zu", name, CLASSES[i].name, row);
            TT_CHECK(what, (bits_at(&map->rows[row], CLASSES[i].at) & in) == want);
        }
        before += tt__bit_count(map->rows[row].lead & in);
    }
}

TT_TEST(maps_are_right_on_every_processor)
{
    char bytes[LONGEST + 1], row[40];
    uint32_t seed = 1;
    for (int i = 0; i < ROUNDS; i++) {
        tt_str text = some_text(bytes, &seed);
        if (i % 2 == 0 && text.len != 0 && (unsigned char)bytes[0] < 0x80)
            bytes[0] = "\n\r\f<\x01\x1C"[next(&seed) % 6];
        snprintf(row, sizeof row, "text %d", i);
        for (int cpu = TT_CPU_PORTABLE; cpu <= TT_CPU_AVX512; cpu++) {
            tt__cpu_limit((tt_cpu)cpu);
            check_map(t, row, text);
        }
        tt__cpu_limit(TT_CPU_AVX512);
        tt_arena_free(&t->arena);
    }
}

#if TT_X86
TT_TEST(measures_agree)
{
    char bytes[LONGEST + 1], row[40];
    uint32_t seed = 1;
    for (int i = 0; i < ROUNDS && tt__cpu() >= TT_CPU_AVX2; i++) {
        tt_str text = some_text(bytes, &seed);
        uint32_t start = (uint32_t)text.len / 3, end = (uint32_t)text.len;
        while (start < end && ((unsigned char)text.ptr[start] & 0xC0) == 0x80)
            start++;
        const tt_map *map = tt__map_make(&t->arena, text);
        tt_line a = {.span = {start, end}}, b = a;
        tt__measure_plain(&a, map);
        tt__measure_popcnt(&b, map);
        snprintf(row, sizeof row, "text %d", i);
        TT_CHECK_INT(row, a.chars, b.chars);
        TT_CHECK_INT(row, a.words, b.words);
        TT_CHECK_INT(row, a.sentences, b.sentences);
        TT_CHECK_INT(row, a.signs, b.signs);
        TT_CHECK_INT(row, a.marked, b.marked);
        tt_arena_free(&t->arena);
    }
}
#endif
