/* test_ucs2.c - 16-bit code points become the same UTF-8 in every way, and what is called quiet is quiet as UTF-8 too. */
#include "text/quiet.h"
#include "text/ucs2.h"
#include "text/unit.h"
#include "tintuc/document.h"
#include "tt_test.h"

#include <stdio.h>

enum { AROUND = 40, PLACES = 33 };

static void fill_units(uint16_t *units, size_t len, uint16_t unit, size_t at)
{
    for (size_t i = 0; i < len; i++)
        units[i] = i == at ? unit : 'a';
}

static bool is_half(uint32_t unit)
{
    return (unit & 0xF800) == 0xD800;
}

/* Every one at places that lie differently in the registers. */
TT_TEST(ucs2_every_unit)
{
    uint16_t units[AROUND];
    char row[40], bytes[3 * AROUND + TT_UCS2_SLACK], want[4];
    for (uint32_t unit = 0; unit < 0x10000; unit++) {
        size_t at = unit % PLACES, len = is_half(unit) ? 3 : tt__put_utf8(want, unit);
        fill_units(units, AROUND, (uint16_t)unit, at);
        snprintf(row, sizeof row, "U+%04X at %zu", (unsigned)unit, at);
        TT_CHECK(row, tt__ucs2_half(units, AROUND) == (is_half(unit) ? at : AROUND));
        tt_ucs2 made = tt__ucs2_encode(bytes, units, AROUND);
        TT_CHECK(row, made.size == AROUND - 1 + len && bytes[at + len] == 'a' && bytes[made.size - 1] == 'a');
        TT_CHECK(row, is_half(unit) ? !made.quiet : memcmp(bytes + at, want, len) == 0);
        TT_CHECK(row, !made.quiet || tt__is_quiet((tt_str){bytes, made.size}));
    }
}

/* Mixed, of every length: every way and the plain one. */
TT_TEST(ucs2_every_length)
{
    static const uint16_t SOME[] = {'a', 0x1EA3, 0xE0, ' ', 0x2013, 0x1B0, 0xFFFD, '\n', 0x111, 0x7F, 0x80, 0x7FF, 0x800};
    uint16_t units[100];
    char fast[3 * 100 + TT_UCS2_SLACK], plain[3 * 100], row[40];
    uint32_t state = 1;
    for (size_t i = 0; i < TT_COUNT(units); i++) {
        state = state * 1664525u + 1013904223u;
        units[i] = SOME[(state >> 16) % TT_COUNT(SOME)];
    }
    for (size_t len = 0; len <= TT_COUNT(units); len++) {
        snprintf(row, sizeof row, "%zu", len);
        size_t size = tt__ucs2_encode_plain(plain, units, len).size;
        for (int cpu = TT_CPU_PORTABLE; cpu <= TT_CPU_AVX512; cpu++) {
            tt__cpu_limit((tt_cpu)cpu);
            TT_CHECK_INT(row, tt__ucs2_encode(fast, units, len).size, size);
            TT_CHECK(row, memcmp(fast, plain, size) == 0);
        }
    }
    tt__cpu_limit(TT_CPU_AVX512);
}

TT_TEST(ucs2_quiet)
{
    static const uint16_t QUIET[] = {'H', 0xE0, ' ', 'N', 0x1ED9, 'i', 0x201C, 0x2026, 0x1A0, 0x1B0, 0xB7, '\n'};
    static const uint16_t LOUD[] = {0xA0, 0xAD, 0xD800, 0xD0, 0xF0, 0x200B, 0x2028, 0x301, 0x430, 0x189, '\r', 0x7F, 0xFEFF};
    static const uint16_t SIGNS[] = {0xA9, 0xAB, 0xBB, 0xAE, 0x203A, 0x2022, '\t'};
    bool can = tt__cpu() >= TT_CPU_AVX2;
    uint16_t units[AROUND];
    char row[40], bytes[3 * AROUND + TT_UCS2_SLACK];
    TT_CHECK("signs", tt__ucs2_encode(bytes, SIGNS, TT_COUNT(SIGNS)).quiet == can);
    TT_CHECK("Vietnamese", tt__ucs2_encode(bytes, QUIET, TT_COUNT(QUIET)).quiet == can);
    for (size_t i = 0; i < TT_COUNT(LOUD); i++) {
        snprintf(row, sizeof row, "U+%04X", (unsigned)LOUD[i]);
        fill_units(units, AROUND, LOUD[i], 3 * i);
        TT_CHECK(row, !tt__ucs2_encode(bytes, units, AROUND).quiet);
    }
}

/* Of "&" it matters what follows, which the view must agree with. */
TT_TEST(ucs2_references)
{
    static const struct {
        const char *text;
        bool quiet;
    } CASES[] = {
        {"Q&A", true},        {"R&D,", true},      {"AT & T", true},
        {"&&", true},         {"S&P 500", true},   {"&;", true},
        {"x &", true},        {"a&b=c", true},     {"&amp; ", false},
        {"a&#7897;b", false}, {"&#x1ED9;", false}, {"&a;", false},
        {"a&nbsp b", false},  {"a&ltb>", false},   {"&gt", false},
        {"&quot", false},     {"x&&amp;", false},  {"&aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff;", false},
    };
    bool can = tt__cpu() >= TT_CPU_AVX2;
    uint16_t units[AROUND + 40];
    char bytes[3 * (AROUND + 40) + TT_UCS2_SLACK];
    for (size_t i = 0; i < TT_COUNT(CASES); i++) {
        size_t len = strlen(CASES[i].text);
        tt_text text;
        for (size_t k = 0; k < len; k++)
            units[k] = (unsigned char)CASES[i].text[k];
        tt_ucs2 made = tt__ucs2_encode(bytes, units, len);
        TT_CHECK(CASES[i].text, made.quiet == (can && CASES[i].quiet));
        TT_CHECK_OK(CASES[i].text, tt_normalize(&text, NULL, &t->arena, tt_str_c(CASES[i].text), TT_PRESET_VIEW, &t->err));
        TT_CHECK(CASES[i].text, !CASES[i].quiet || text.norm.ptr == text.raw.ptr);
    }
}

/* The document is that of the UTF-8. */
TT_TEST(ucs2_document)
{
    static const uint16_t PAGES[][24] = {
        {'H', 0x1ECD, 'p', ' ', 'x', 'o', 'n', 'g', '.', ' ', 0x110, 'i', '!', '\n', 'S', 0x103, 'n', '.'},
        {'H', 0x1ECD, 0xA0, 'o', 0x301, '.', ' ', 'A', '&', 'a', 'm', 'p', ';', '.'},
        {0},
    };
    static const uint16_t HALF[] = {'a', 0xE0, 0xD800, 'b'};
    tt_pipeline *pipeline;
    tt_doc *doc, *other;
    char row[40], bytes[3 * 24];
    TT_CHECK_OK("load", tt_pipeline_load(&pipeline, NULL, &t->err));
    for (size_t i = 0; i < TT_COUNT(PAGES); i++) {
        size_t len = 0;
        while (PAGES[i][len] != 0)
            len++;
        size_t size = tt__ucs2_encode_plain(bytes, PAGES[i], len).size;
        snprintf(row, sizeof row, "page %zu", i);
        TT_CHECK_OK(row, tt_doc_make_ucs2(&doc, pipeline, PAGES[i], len, NULL, &t->err));
        TT_CHECK_OK(row, tt_doc_make(&other, pipeline, (tt_str){bytes, size}, NULL, &t->err));
        TT_CHECK(row, tt_doc_equal(doc, other) && tt_doc_items(doc, TT_LAYER_SENTENCES).len == (i == 0 ? 3 : i == 1 ? 2 : 0));
        tt_doc_free(doc);
        tt_doc_free(other);
    }
    TT_CHECK("half", tt_doc_make_ucs2(&doc, pipeline, HALF, TT_COUNT(HALF), NULL, &t->err) == TT_EENCODING && doc == NULL);
    TT_CHECK_INT("half", t->err.pos, 2);
    tt_doc_options options = {.max_bytes = 20}; /* of code points as well as of what they become */
    TT_CHECK("long", tt_doc_make_ucs2(&doc, pipeline, PAGES[0], 18, &options, &t->err) == TT_ELIMIT);
    options.max_bytes = 10;
    TT_CHECK("longer", tt_doc_make_ucs2(&doc, pipeline, PAGES[0], 18, &options, &t->err) == TT_ELIMIT && doc == NULL);
    tt_pipeline_free(pipeline);
}
