/* test_ways.c - what is written once in plain C and again with vectors gives the same bits, whatever the bytes are, and reads
 * and writes nothing outside: all memory here is just as long as it must be. */
#include "page/joint_rows.h"
#include "page/map.h"
#include "text/quiet.h"
#include "text/ucs2.h"
#include "tt_test.h"

#include <stddef.h>
#include <stdlib.h>

#if TT_X86
enum { ROUNDS = 3000, ROWS = 9, UNITS = 200 };

static uint32_t next(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

/* Bytes that classes are asked for, whole blanks and parts of them, and any others. */
static char some_byte(uint32_t *seed)
{
    static const char USUAL[] =
        "aAzZ0959.!?:;,-()\"'*/<>[]#| \n\t\r\x0B\x0C\x1C\x1F\x01\x7F@&\xC2\xA0\x85\xC3\xA0\x9F\xC4\x90\x91"
        "\xC6\xA1\xB0\xE1\xBA\xBB\x9A\x80\xE2\x80\xA6\x8B\xA8\x9C\x9D\xE3\x80\xEF\xBB\xBF\xF0\x9F";
    return next(seed, 4) == 0 ? (char)next(seed, 256) : USUAL[next(seed, sizeof USUAL - 1)];
}

static void put_piece(char *bytes, size_t len, uint32_t *seed)
{
    static const char *const PIECES[] = {"\xE1\x9A\x80", "\xE2\x80\x8B", "\xE2\x80\xA6", "\xE3\x80\x80",
                                         "\xC2\xA0",     "\xE1\xBA\xA2", "\xE1\xBB",     "\xC4"};
    uint32_t one = next(seed, TT_COUNT(PIECES));
    size_t size = strlen(PIECES[one]), at = next(seed, (uint32_t)(len - size));
    memcpy(bytes + at, PIECES[one], size);
    if (size < 3) /* any letter with this beginning */
        bytes[at + size] = (char)(0x80 + next(seed, 0x40));
}

static char *some_bytes(tt_test *t, size_t len, uint32_t *seed)
{
    char *out = malloc(len);
    TT_CHECK("memory", out != NULL);
    for (size_t i = 0; out != NULL && i < len; i++)
        out[i] = some_byte(seed);
    for (size_t i = 0; out != NULL && i < len / 8; i++)
        put_piece(out, len, seed);
    return out;
}

static bool same_rows(const tt_map_row *a, const tt_map_row *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (memcmp(&a[i], &b[i], offsetof(tt_map_row, before)) != 0 || a[i].before != b[i].before)
            return false;
    return true;
}

/* All rows at once in plain C, and in two parts by `way`: what a row leaves to the next one is carried over. */
static void check_map(tt_test *t, const char *name, tt_map_way *way, const char *bytes, size_t count, size_t first)
{
    tt_map_row want[ROWS], got[ROWS];
    tt_map_state state = {0, 5}, other = state;
    const char *end = bytes + count * TT_LANES + TT_MAP_AHEAD;
    memset(want, 0x55, sizeof want);
    memset(got, 0xAA, sizeof got);
    tt__map_plain(want, &state, count, bytes, end);
    way(got, &other, first, bytes, end);
    way(got + first, &other, count - first, bytes + first * TT_LANES, end);
    TT_CHECK(name, same_rows(want, got, count));
    TT_CHECK(name, state.over == other.over && state.before == other.before);
}

TT_TEST(ways_to_map_agree)
{
    uint32_t seed = 11;
    for (int i = 0; i < ROUNDS; i++) {
        size_t count = 1 + next(&seed, ROWS), first = next(&seed, (uint32_t)count + 1);
        char row[40], *bytes = some_bytes(t, count * TT_LANES + TT_MAP_AHEAD, &seed);
        snprintf(row, sizeof row, "text %d", i);
        check_map(t, row, tt__map_plain, bytes, count, first);
        if (tt__cpu() >= TT_CPU_AVX2)
            check_map(t, row, tt__map_avx2, bytes, count, first);
        if (tt__cpu() >= TT_CPU_AVX512)
            check_map(t, row, tt__map_avx512, bytes, count, first);
        free(bytes);
    }
}

static void check_joint(tt_test *t, const char *name, tt_joint_way *way, tt_str text, size_t row, size_t count)
{
    tt_joint_classes want[ROWS], got[ROWS];
    memset(want, 0x55, sizeof want);
    memset(got, 0xAA, sizeof got);
    tt__joint_plain(want, text, row, count);
    way(got, text, row, count);
    TT_CHECK(name, memcmp(want, got, count * sizeof *got) == 0);
}

/* Texts of every length: the last row ends anywhere. */
TT_TEST(ways_to_find_capitals_agree)
{
    uint32_t seed = 12;
    for (size_t i = 0; i < ROUNDS; i++) {
        size_t len = 1 + i % (ROWS * TT_LANES), rows = (len - 1) / TT_LANES + 1, row = next(&seed, (uint32_t)rows);
        char name[40], *bytes = some_bytes(t, len, &seed);
        tt_str text = {bytes, len};
        snprintf(name, sizeof name, "text %zu", i);
        if (tt__cpu() >= TT_CPU_AVX2)
            check_joint(t, name, tt__joint_avx2, text, row, rows - row);
        if (tt__cpu() >= TT_CPU_AVX512)
            check_joint(t, name, tt__joint_avx512, text, row, rows - row);
        free(bytes);
    }
}

/* `common`: of a hundred, those that the text of a page may have; the rest are any, halves of surrogate pairs too. */
static uint16_t some_unit(uint32_t *seed, uint32_t common)
{
    static const struct {
        uint16_t first, count;
    } RANGES[] = {{0x20, 0x60},   {0xA0, 0x60}, {0x100, 0x100}, {0x1E00, 0x100},
                  {0x2000, 0x80}, {0x09, 2},    {0x26, 1},      {0x7FC, 8}};
    if (next(seed, 100) >= common)
        return (uint16_t)next(seed, 0x10000);
    uint32_t range = next(seed, TT_COUNT(RANGES));
    return (uint16_t)(RANGES[range].first + next(seed, RANGES[range].count));
}

static bool has_unit(const uint16_t *units, size_t len, uint16_t first, uint16_t last)
{
    bool found = false;
    for (size_t i = 0; i < len; i++)
        found = found || (units[i] >= first && units[i] <= last);
    return found;
}

typedef tt_ucs2 encoder(char *out, const uint16_t *text, size_t len);

static void check_encoder(tt_test *t, const char *name, encoder *way, const uint16_t *units, size_t len)
{
    char *want = malloc(3 * len + TT_UCS2_SLACK), *got = malloc(3 * len + TT_UCS2_SLACK);
    TT_CHECK(name, want != NULL && got != NULL);
    if (want != NULL && got != NULL) {
        tt_ucs2 plain = tt__ucs2_encode_plain(want, units, len), made = way(got, units, len);
        TT_CHECK(name, made.size == plain.size && memcmp(got, want, plain.size) == 0);
        TT_CHECK(name, made.joined || !has_unit(units, len, '&', '&'));
        TT_CHECK(name, !made.quiet || !has_unit(units, len, 0xD800, 0xDFFF));
        TT_CHECK(name, !made.quiet || made.joined || tt__is_quiet((tt_str){got, made.size}));
    }
    free(want);
    free(got);
}

TT_TEST(ways_to_encode_agree)
{
    static const uint32_t COMMON[] = {0, 50, 99, 100};
    uint32_t seed = 13;
    for (size_t i = 0; i < ROUNDS; i++) {
        size_t len = 1 + i % UNITS;
        char name[40];
        uint16_t *units = malloc(len * sizeof *units);
        snprintf(name, sizeof name, "text %zu", i);
        TT_CHECK(name, units != NULL);
        for (size_t k = 0; units != NULL && k < len; k++)
            units[k] = some_unit(&seed, COMMON[i % TT_COUNT(COMMON)]);
        if (units != NULL && tt__cpu() >= TT_CPU_AVX2)
            check_encoder(t, name, tt__ucs2_encode_avx2, units, len);
        if (units != NULL && tt__cpu() >= TT_CPU_AVX512)
            check_encoder(t, name, tt__ucs2_encode_avx512, units, len);
        free(units);
    }
}
#else
typedef int tt_no_ways; /* a file must declare something */
#endif
