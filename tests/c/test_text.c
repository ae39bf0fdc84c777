/* test_text.c - NFC with alignment: cases, ICU over whole texts as oracle, and what every alignment must keep to. */
#include "base/alloc.h"
#include "base/hash.h"
#include "tt_test.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

static const struct {
    const char *name, *in, *want;
    size_t runs;
} CASES[] = {
    {"empty", "", "", 1},
    {"ASCII", "Ha Noi\n", "Ha Noi\n", 1},
    {"composed", "Thời tiết Hà Nội – “đẹp”…", "Thời tiết Hà Nội – “đẹp”…", 1},
    {"one mark", "a\u0301", "á", 1},
    {"two marks", "xe\u0323\u0302y", "xệy", 3},
    {"two marks, the other order", "xe\u0302\u0323y", "xệy", 3},
    {"mark below on a composed letter", "ê\u0323", "ệ", 1},
    {"mark above on a composed letter", "ê\u0301", "ế", 1},
    {"mark below, then above, on a horned letter", "\u01A1\u0323\u0301", "\u1EE3\u0301", 1},
    {"two letters", "e\u0301e\u0301", "éé", 2},
    {"two letters apart", "e\u0301-e\u0301", "é-é", 3},
    {"mark that composes with nothing", "q\u0303", "q\u0303", 1},
    {"a composing mark after it", "q\u0303 a\u0303", "q\u0303 ã", 2},
    {"mark left after composing", "a\u0301\u0301", "á\u0301", 1},
    {"mark of no class between", "e\u034F\u0301", "e\u034F\u0301", 1},
    {"mark first", "\u0301a", "\u0301a", 1},
    {"mark on a line feed", "\n\u0301", "\n\u0301", 1},
    {"old tone marks", "a\u0340\u0341", "à\u0301", 1},
    {"singleton", "\u212B\u2126", "\u00C5\u03A9", 2},
    {"excluded from composition", "\u0958", "\u0915\u093C", 1},
    {"spaces of their own", "a\u2000b", "a\u2002b", 3},
    {"Hangul", "\u1112\u1161\u11AB", "\uD55C", 1},
    {"order of marks alone", "a\u0315\u0300", "à\u0315", 1},
    {"ligature stays", "ﬁ", "ﬁ", 1},
    {"beyond the first plane", "\U0001D15E\U0001F600", "\U0001D157\U0001D165\U0001F600", 2},
};

/* Runs cover both texts without gaps; copied ones copy, changed ones change; their raw sides make the raw text. */
static void check_runs(tt_test *t, const char *name, const tt_text *text)
{
    uint32_t norm = 0, raw = 0;
    size_t wrong = 0;
    for (size_t i = 0; i < text->align.len; i++) {
        const tt_align_run *run = &text->align.runs[i];
        uint32_t norm_len = run[1].norm - run->norm, raw_len = run[1].raw - run->raw;
        tt_str was = {text->raw.ptr + run->raw, raw_len}, is = {text->norm.ptr + run->norm, norm_len};
        tt_span out = tt_align_to_raw(&text->align, (tt_span){run->norm, run->norm + norm_len});
        wrong += run->norm != norm || run->raw != raw || tt_str_eq(was, is) == run->changed;
        wrong += text->raw.len != 0 && (raw_len == 0 || norm_len == 0);
        wrong += out.start != run->raw || out.end != run->raw + raw_len;
        norm += norm_len;
        raw += raw_len;
    }
    TT_CHECK_INT(name, wrong, 0);
    TT_CHECK_INT(name, norm, text->norm.len);
    TT_CHECK_INT(name, raw, text->raw.len);
    TT_CHECK(name, text->align.len > 1 || text->align.runs[0].changed || text->norm.ptr == text->raw.ptr);
}

typedef tt_span mapping(const tt_align *map, tt_span span);

/* A span mapped across and back contains itself, and stays within the text. */
static bool is_kept(const tt_align *map, mapping *there, mapping *back, tt_span span, size_t other_len)
{
    tt_span across = there(map, span), again = back(map, across);
    if (span.start == span.end)
        return across.start == across.end && across.end <= other_len;
    return across.start < across.end && across.end <= other_len && again.start <= span.start && again.end >= span.end;
}

static void check_spans(tt_test *t, const char *name, const tt_text *text, uint64_t seed, size_t tries)
{
    for (size_t i = 0; i < tries; i++) {
        uint64_t a = tt__mix(seed + 2 * i), b = tt__mix(seed + 2 * i + 1);
        uint32_t x = (uint32_t)(a % (text->norm.len + 1)), y = (uint32_t)(b % (text->norm.len + 1));
        tt_span norm = {x < y ? x : y, x < y ? y : x};
        TT_CHECK(name, is_kept(&text->align, tt_align_to_raw, tt_align_from_raw, norm, text->raw.len));
        x = (uint32_t)(a % (text->raw.len + 1)), y = (uint32_t)(b % (text->raw.len + 1));
        tt_span raw = {x < y ? x : y, x < y ? y : x};
        TT_CHECK(name, is_kept(&text->align, tt_align_from_raw, tt_align_to_raw, raw, text->norm.len));
    }
}

TT_TEST(text_cases)
{
    char filled[1024];
    for (size_t i = 0; i < TT_COUNT(CASES); i++)
        for (size_t lead = 0; lead < 80; lead++) { /* alone, then behind and before text that is passed over in blocks */
            tt_text text;
            size_t len = 0, in = strlen(CASES[i].in), tail = lead == 0 ? 0 : 100;
            memset(filled, ' ', sizeof filled);
            len += lead;
            memcpy(filled + len, CASES[i].in, in);
            len += in + tail;
            TT_CHECK_OK(CASES[i].name, tt_text_make(&text, &t->arena, (tt_str){filled, len}, &t->err));
            tt_str norm = {text.norm.ptr + lead, text.norm.len - lead - tail};
            TT_CHECK_STR(CASES[i].name, norm, CASES[i].want);
            if (lead == 0)
                TT_CHECK_INT(CASES[i].name, text.align.len, CASES[i].runs);
            check_runs(t, CASES[i].name, &text);
            check_spans(t, CASES[i].name, &text, lead, 4);
        }
}

TT_TEST(text_unchanged_is_the_raw_text)
{
    static const char RAW[] = "Bộ trưởng Bộ Quốc phòng – Đại tướng";
    tt_text text;
    TT_CHECK_OK("same", tt_text_make(&text, &t->arena, tt_str_c(RAW), &t->err));
    TT_CHECK("same", text.norm.ptr == RAW && text.raw.ptr == RAW && text.norm_index.marks == text.raw_index.marks);
    TT_CHECK_OK("no bytes", tt_text_make(&text, &t->arena, (tt_str){NULL, 0}, &t->err));
    TT_CHECK_INT("no bytes", text.norm.len, 0);
    tt_span none = tt_align_to_raw(&text.align, (tt_span){0, 0});
    TT_CHECK("no bytes", none.start == 0 && none.end == 0);
    TT_CHECK_INT("not UTF-8", tt_text_make(&text, &t->arena, tt_str_c("Vi\xEAt"), &t->err), TT_EENCODING);
    TT_CHECK_INT("not UTF-8", t->err.pos, 2);
    TT_CHECK_OK("warm", tt_text_warm(&t->err));
}

/* Spans over "xệy" made of x e U+0323 U+0302 y: 3 runs, norm 0-1-4-5, raw 0-1-6-7. */
TT_TEST(text_spans)
{
    static const struct {
        const char *name;
        tt_span norm, raw; /* from -> to */
        bool to_raw;
    } SPANS[] = {
        {"before", {0, 1}, {0, 1}, true},
        {"the letter", {1, 4}, {1, 6}, true},
        {"a byte of the letter", {2, 3}, {1, 6}, true},
        {"end in it", {0, 2}, {0, 6}, true},
        {"start in it", {3, 5}, {1, 7}, true},
        {"all", {0, 5}, {0, 7}, true},
        {"after", {4, 5}, {6, 7}, true},
        {"empty at 0", {0, 0}, {0, 0}, true},
        {"empty before it", {1, 1}, {1, 1}, true},
        {"empty in it", {2, 2}, {1, 1}, true},
        {"empty after it", {4, 4}, {6, 6}, true},
        {"empty at the end", {5, 5}, {7, 7}, true},
        {"base letter", {1, 4}, {1, 2}, false},
        {"one mark", {1, 4}, {2, 4}, false},
        {"mark and after", {1, 5}, {4, 7}, false},
        {"before", {0, 1}, {0, 1}, false},
        {"all", {0, 5}, {0, 7}, false},
        {"empty in the marks", {1, 1}, {4, 4}, false},
        {"empty at the end", {5, 5}, {7, 7}, false},
    };
    tt_text text;
    TT_CHECK_OK("make", tt_text_make(&text, &t->arena, tt_str_c("xe\u0323\u0302y"), &t->err));
    for (size_t i = 0; i < TT_COUNT(SPANS); i++) {
        tt_span want = SPANS[i].to_raw ? SPANS[i].raw : SPANS[i].norm;
        tt_span got =
            SPANS[i].to_raw ? tt_align_to_raw(&text.align, SPANS[i].norm) : tt_align_from_raw(&text.align, SPANS[i].raw);
        TT_CHECK_INT(SPANS[i].name, got.start, want.start);
        TT_CHECK_INT(SPANS[i].name, got.end, want.end);
    }
    tt_align none = {NULL, 0};
    tt_span got = tt_align_from_raw(&none, (tt_span){0, 0});
    TT_CHECK("no runs", got.start == 0 && got.end == 0);
}

/* The whole text through ICU at once. */
static tt_str icu_nfc(tt_test *t, tt_str raw)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t room = 3 * (int32_t)raw.len + 8, len = 0;
    UChar *from = tt_arena_calloc(&t->arena, (size_t)room, sizeof *from),
          *to = tt_arena_calloc(&t->arena, (size_t)room, sizeof *to);
    char *out = tt_arena_alloc(&t->arena, 3 * (size_t)room);
    u_strFromUTF8(from, room, &len, raw.ptr, (int32_t)raw.len, &code);
    len = unorm2_normalize(unorm2_getNFCInstance(&code), from, len, to, room, &code);
    u_strToUTF8(out, 3 * room, &len, to, len, &code);
    TT_CHECK_INT("ICU", code > U_ZERO_ERROR, 0);
    return (tt_str){out, (size_t)len};
}

static void check_against_icu(tt_test *t, const char *name, tt_str raw, uint64_t seed, size_t tries)
{
    tt_text text;
    TT_CHECK_OK(name, tt_text_make(&text, &t->arena, raw, &t->err));
    TT_CHECK(name, tt_str_eq(text.norm, icu_nfc(t, raw)));
    check_runs(t, name, &text);
    check_spans(t, name, &text, seed, tries);
}

/* A code point of the kinds that meet in normalization, mostly Latin letters and marks. */
static UChar32 random_cp(uint64_t x)
{
    static const UChar32 RANGES[][2] = {
        {'a', 'z'},         {'A', 'Z'},         {0xC0, 0x1B4},      {0x300, 0x345},     {0x300, 0x345},   {0x323, 0x323},
        {0x302, 0x302},     {0x31B, 0x31B},     {0x1E00, 0x1EFF},   {0x1EA0, 0x1EF9},   {0x1F00, 0x1FFF}, {0x2000, 0x2030},
        {0x1100, 0x11FF},   {0xAC00, 0xAC40},   {0x900, 0x9FF},     {0xB40, 0xBD7},     {0xF40, 0xFC0},   {0x20D0, 0x20F0},
        {0x2F800, 0x2FA1D}, {0x1D15E, 0x1D164}, {0x1F600, 0x1F640}, {0x110A0, 0x110C0}, {0x4E00, 0x4E20}, {' ', ' '},
    };
    const UChar32 *range = RANGES[x % TT_COUNT(RANGES)];
    return range[0] + (UChar32)((x >> 16) % (uint64_t)(range[1] - range[0] + 1));
}

TT_TEST(text_random_against_icu)
{
    for (uint64_t seed = 0; seed < 6000; seed++) {
        char raw[1024];
        int32_t len = 0;
        uint64_t state = tt__mix(seed), want = state % 120;
        for (uint64_t i = 0; i < want; i++) {
            state = tt__mix(state + 1);
            U8_APPEND_UNSAFE((uint8_t *)raw, len, random_cp(state));
        }
        char *exact = tt__malloc((size_t)len); /* so that a read beyond the end is seen */
        memcpy(exact, raw, (size_t)len);
        check_against_icu(t, "random", (tt_str){exact, (size_t)len}, state, 8);
        tt__free(exact);
        tt_arena_free(&t->arena);
    }
}

/* Every code point alone, on a letter, and with a mark on it, in long texts. */
TT_TEST(text_every_code_point_against_icu)
{
    static const char *const FRAMES[][3] = {{"alone", "", " "}, {"on a letter", "e", ""}, {"with a mark", "", "\u0301"}};
    for (size_t frame = 0; frame < TT_COUNT(FRAMES); frame++) {
        tt_buf raw = {NULL, 0, 0};
        for (UChar32 cp = 1; cp <= 0x10FFFF; cp += cp == 0xD7FF    ? 0x801
                                                   : cp == 0x323AF ? 0xADC51
                                                                   : 1) { /* no surrogates, no gap */
            uint8_t bytes[4];
            int32_t len = 0;
            U8_APPEND_UNSAFE(bytes, len, cp);
            tt_buf_add(&raw, FRAMES[frame][1], strlen(FRAMES[frame][1]));
            tt_buf_add(&raw, bytes, (size_t)len);
            tt_buf_add(&raw, FRAMES[frame][2], strlen(FRAMES[frame][2]));
        }
        check_against_icu(t, FRAMES[frame][0], (tt_str){raw.ptr, raw.len}, frame, 100);
        tt_buf_free(&raw);
        tt_arena_free(&t->arena);
    }
}

static void add_times(tt_buf *out, const char *bytes, size_t times)
{
    for (size_t i = 0; i < times; i++)
        tt_buf_add(out, bytes, strlen(bytes));
}

/* A letter with a million marks is NFC as a whole: `first`, then the marks that are left, sorted. ICU is the oracle for fewer.
 */
TT_TEST(text_endless_marks)
{
    static const struct {
        const char *marks, *first, *rest[2];
        size_t taken[2]; /* of each mark of the rest, by the letter */
    } ROWS[] = {
        {"\u0301", "\u00E1", {"\u0301", ""}, {1, 0}},
        {"\u0302\u0323", "\u1EAD", {"\u0323", "\u0302"}, {1, 1}},
        {"\u0344", "\u00E4\u0301", {"\u0308\u0301", ""}, {1, 0}},
    };
    static const size_t TIMES[] = {20, 63, 64, 127, 1000, 500000};
    for (size_t i = 0; i < TT_COUNT(ROWS); i++)
        for (size_t k = 0; k < TT_COUNT(TIMES); k++) {
            tt_buf raw = {NULL, 0, 0}, want = {NULL, 0, 0};
            tt_text text;
            tt_buf_add(&raw, "a", 1);
            add_times(&raw, ROWS[i].marks, TIMES[k]);
            add_times(&raw, " a\u0301.", 1);
            add_times(&want, ROWS[i].first, 1);
            add_times(&want, ROWS[i].rest[0], TIMES[k] - ROWS[i].taken[0]);
            add_times(&want, ROWS[i].rest[1], TIMES[k] - ROWS[i].taken[1]);
            add_times(&want, " á.", 1);
            TT_CHECK_OK(ROWS[i].marks, tt_text_make(&text, &t->arena, (tt_str){raw.ptr, raw.len}, &t->err));
            TT_CHECK(ROWS[i].marks, tt_str_eq(text.norm, (tt_str){want.ptr, want.len}));
            TT_CHECK("memory", TIMES[k] < 10000 || t->arena.reserved < 10 * raw.len);
            check_runs(t, ROWS[i].marks, &text);
            check_spans(t, ROWS[i].marks, &text, i, 100);
            if (TIMES[k] <= 1000)
                TT_CHECK(ROWS[i].marks, tt_str_eq(text.norm, icu_nfc(t, (tt_str){raw.ptr, raw.len})));
            tt_buf_free(&raw);
            tt_buf_free(&want);
            tt_arena_free(&t->arena);
        }
}

TT_TEST(text_allocation_failures)
{
    static const char *const RAWS[] = {"đã chuẩn", "a\u0301 b e\u0323\u0302 c q\u0303 \u212B"};
    for (size_t i = 0; i < TT_COUNT(RAWS); i++) {
        tt_status status = TT_ENOMEM;
        long n = 0;
        for (; status != TT_OK && n < 100; n++) {
            tt_text text;
            tt_arena arena = {0};
            tt__fail_after(n);
            status = tt_text_make(&text, &arena, tt_str_c(RAWS[i]), &t->err);
            tt__fail_after(-1);
            TT_CHECK(RAWS[i], status == TT_OK || status == TT_ENOMEM);
            if (status == TT_OK)
                check_runs(t, RAWS[i], &text);
            tt_arena_free(&arena);
        }
        TT_CHECK("some failed, then one did not", n > 1 && status == TT_OK);
    }
}
