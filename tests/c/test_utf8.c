/* test_utf8.c - UTF-8 check, repair and code point index, with ICU's U8_NEXT as oracle. */
#include "base/alloc.h"
#include "base/hash.h"
#include "tt_test.h"

#include <unicode/utf8.h>

enum { ROOM = 1024 };

/* `pos` is the first bad byte (-1: none), `want` the repaired text. */
static const struct {
    const char *name, *in;
    int pos;
    const char *want;
} CASES[] = {
    {"empty", "", -1, ""},
    {"ASCII", "abc \x7F", -1, "abc \x7F"},
    {"two bytes", "\xC2\x80\xDF\xBF", -1, "\xC2\x80\xDF\xBF"},
    {"three bytes", "\xE0\xA0\x80\xE1\xBA\xBF\xEF\xBF\xBF", -1, "\xE0\xA0\x80\xE1\xBA\xBF\xEF\xBF\xBF"},
    {"around the surrogates", "\xED\x9F\xBF\xEE\x80\x80", -1, "\xED\x9F\xBF\xEE\x80\x80"},
    {"four bytes", "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", -1, "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"},
    {"tail alone", "a\x80z", 1, "a\xEF\xBF\xBDz"},
    {"two tails", "\x80\xBFz", 0, "\xEF\xBF\xBD\xEF\xBF\xBDz"},
    {"overlong of two", "\xC0\xAFz", 0, "\xEF\xBF\xBD\xEF\xBF\xBDz"},
    {"overlong of two, C1", "\xC1\xBFz", 0, "\xEF\xBF\xBD\xEF\xBF\xBDz"},
    {"overlong of three", "\xE0\x9F\xBFz", 0, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz"},
    {"surrogate", "a\xED\xA0\x80z", 1, "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz"},
    {"last surrogate", "\xED\xBF\xBFz", 0, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz"},
    {"overlong of four", "\xF0\x8F\xBF\xBFz", 0, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz"},
    {"beyond U+10FFFF", "\xF4\x90\x80\x80z", 0, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz"},
    {"F5", "\xF5\x80z", 0, "\xEF\xBF\xBD\xEF\xBF\xBDz"},
    {"FE and FF", "\xFE\xFFz", 0, "\xEF\xBF\xBD\xEF\xBF\xBDz"},
    {"two bytes cut", "\xC3z", 0, "\xEF\xBF\xBDz"},
    {"three bytes cut", "\xE1\xBAz", 0, "\xEF\xBF\xBDz"},
    {"four bytes cut", "\xF0\x9F\x98z", 0, "\xEF\xBF\xBDz"},
    {"cut by a lead", "\xE1\xBA\xE1\xBA\xBF", 0, "\xEF\xBF\xBD\xE1\xBA\xBF"},
    {"cut at the end, two", "a\xC3", 1, "a\xEF\xBF\xBD"},
    {"cut at the end, three", "a\xE1\xBA", 1, "a\xEF\xBF\xBD"},
    {"cut at the end, four", "a\xF0\x9F\x98", 1, "a\xEF\xBF\xBD"},
    {"a tail too many", "\xE1\xBA\xBF\xBFz", 3, "\xE1\xBA\xBF\xEF\xBF\xBDz"},
    {"Latin-1",
     "Vi\xEA"
     "t Nam",
     2, "Vi\xEF\xBF\xBDt Nam"},
};

/* Each case alone and at every place relative to a block, behind and before text of 1 to 4 bytes a code point. */
TT_TEST(utf8_cases)
{
    static const char *const FILLS[] = {"a", "ê", "ế", "😀"};
    static const char FFFD[] = "\xEF\xBF\xBD";
    for (size_t i = 0; i < TT_COUNT(CASES); i++)
        for (size_t fill = 0; fill < TT_COUNT(FILLS); fill++)
            for (size_t lead = 0; lead < 70; lead++) {
                char text[ROOM] = "", want[ROOM] = "";
                size_t bad = 0, count, before = lead * strlen(FILLS[fill]);
                for (size_t k = 0; k < lead; k++)
                    strcat(text, FILLS[fill]);
                strcat(strcpy(want, text), CASES[i].want);
                strcat(text, CASES[i].in);
                bool ends = strncmp(CASES[i].name, "cut at the end", 14) == 0;
                for (size_t k = 0; k < 70 && !ends; k++) {
                    strcat(text, FILLS[fill]);
                    strcat(want, FILLS[fill]);
                }
                for (const char *at = CASES[i].want; (at = strstr(at, FFFD)) != NULL; at += 3)
                    bad++;
                tt_str out;
                tt_status status = tt_utf8_check(tt_str_c(text), &t->err);
                TT_CHECK_INT(CASES[i].name, status, CASES[i].pos < 0 ? TT_OK : TT_EENCODING);
                if (status != TT_OK)
                    TT_CHECK_INT(CASES[i].name, t->err.pos, before + (size_t)CASES[i].pos);
                TT_CHECK_OK(CASES[i].name, tt_utf8_repair(&out, &count, &t->arena, tt_str_c(text), &t->err));
                TT_CHECK_STR(CASES[i].name, out, want);
                TT_CHECK_INT(CASES[i].name, count, bad);
            }
}

/* Repair by ICU's macro, which replaces maximal parts too; *first is the first bad byte or len. */
static size_t oracle(char *out, size_t *first, const char *in, size_t len)
{
    int32_t at = 0, to = 0, size = (int32_t)len;
    *first = len;
    while (at < size) {
        UChar32 cp;
        int32_t start = at;
        U8_NEXT((const uint8_t *)in, at, size, cp);
        if (cp < 0 && *first == len)
            *first = (size_t)start;
        U8_APPEND_UNSAFE((uint8_t *)out, to, cp < 0 ? 0xFFFD : cp);
    }
    return (size_t)to;
}

/* Mostly good text with a few bytes changed, cut anywhere. */
static size_t random_bytes(char *out, uint64_t seed)
{
    static const char *const PIECES[] = {"a", " ", "đ", "ế", "\xCC\x81", "“", "漢", "😀", "\xED\x9F\xBF", "\xF4\x8F\xBF\xBF"};
    uint64_t state = tt__mix(seed);
    size_t len = 0, want = state % 300, changes = (state >> 32) % 4;
    while (len < want) {
        state = tt__mix(state + 1);
        const char *piece = PIECES[state % TT_COUNT(PIECES)];
        memcpy(out + len, piece, strlen(piece));
        len += strlen(piece);
    }
    len = len < want ? len : want;
    for (size_t i = 0; i < changes && len != 0; i++) {
        state = tt__mix(state + 1);
        out[state % len] = (char)(state >> 40);
    }
    return len;
}

TT_TEST(utf8_random_against_icu)
{
    for (uint64_t seed = 0; seed < 20000; seed++) {
        char in[ROOM], want[3 * ROOM];
        size_t len = random_bytes(in, seed), first, count, want_len = oracle(want, &first, in, len);
        char *exact = tt__malloc(len); /* so that a read beyond the end is seen */
        memcpy(exact, in, len);
        tt_str out, text = {exact, len};
        tt_status status = tt_utf8_check(text, &t->err);
        TT_CHECK_INT("check", status, first == len ? TT_OK : TT_EENCODING);
        if (first != len)
            TT_CHECK_INT("position", t->err.pos, first);
        TT_CHECK_OK("repair", tt_utf8_repair(&out, &count, &t->arena, text, &t->err));
        TT_CHECK("repair", tt_str_eq(out, (tt_str){want, want_len}));
        TT_CHECK_OK("repaired", tt_utf8_check(out, &t->err));
        TT_CHECK("count", (count == 0) == (first == len));
        tt__free(exact);
    }
}

TT_TEST(utf8_limits)
{
    tt_str out = {"x", 1}, huge = {"x", TT_TEXT_MAX + 1}; /* never read */
    tt_text text;
    TT_CHECK_INT("repair", tt_utf8_repair(&out, NULL, &t->arena, huge, &t->err), TT_ELIMIT);
    TT_CHECK("repair", t->err.pos == TT_TEXT_MAX && out.ptr == NULL && out.len == 0);
    TT_CHECK_INT("text", tt_text_make(&text, &t->arena, huge, &t->err), TT_ELIMIT);
    TT_CHECK_INT("text", t->err.pos, TT_TEXT_MAX);
    TT_CHECK_OK("no bytes", tt_utf8_check((tt_str){NULL, 0}, &t->err));
    TT_CHECK_OK("no bytes", tt_utf8_repair(&out, NULL, &t->arena, (tt_str){NULL, 0}, NULL));
    TT_CHECK_STR("no bytes", out, "");
    TT_CHECK_INT("no error struct", tt_utf8_check(tt_str_c("\xFF"), NULL), TT_EENCODING);

    tt_arena full = {0};
    tt__fail_after(0);
    tt_status status = tt_utf8_repair(&out, NULL, &full, tt_str_c("a\xFF"), &t->err);
    tt__fail_after(-1);
    TT_CHECK_INT("memory", status, TT_ENOMEM);
    TT_CHECK("memory", out.ptr == NULL && out.len == 0);
    tt_arena_free(&full);
}

/* Every byte and every code point of texts around the steps of the index, by plain counting. */
TT_TEST(utf8_index)
{
    static const char *const FILLS[] = {"a", "ế", "aế😀đ "};
    static const size_t LENGTHS[] = {0, 1, 255, 256, 257, 511, 512, 768, 900};
    for (size_t fill = 0; fill < TT_COUNT(FILLS); fill++)
        for (size_t i = 0; i < TT_COUNT(LENGTHS); i++) {
            char text[ROOM] = "";
            while (strlen(text) + strlen(FILLS[fill]) <= LENGTHS[i])
                strcat(text, FILLS[fill]);
            while (strlen(text) < LENGTHS[i])
                strcat(text, ".");
            tt_cp_index index;
            uint32_t cp = 0, len = (uint32_t)strlen(text);
            TT_CHECK_OK(FILLS[fill], tt_cp_index_make(&index, &t->arena, tt_str_c(text), &t->err));
            for (uint32_t byte = 0; byte < len; byte++)
                if (((unsigned char)text[byte] & 0xC0) != 0x80) {
                    TT_CHECK_INT(FILLS[fill], tt_cp_of_byte(&index, byte), cp);
                    TT_CHECK_INT(FILLS[fill], tt_byte_of_cp(&index, cp), byte);
                    cp++;
                }
            TT_CHECK_INT("end", tt_cp_of_byte(&index, len), cp);
            TT_CHECK_INT("end", tt_byte_of_cp(&index, cp), len);
            TT_CHECK_INT("beyond the end", tt_byte_of_cp(&index, cp + 1000), len);
            TT_CHECK_INT("beyond the end", tt_byte_of_cp(&index, UINT32_MAX), len);
            TT_CHECK("marks", (index.marks == NULL) == (cp == len));
        }
}
