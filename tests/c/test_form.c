/* test_form.c - NFC and NFKC as a pass over an editor, in memory of its own and in place, with ICU over the whole text as
 * oracle; and the pieces that make it fast. */
#include "base/alloc.h"
#include "base/hash.h"
#include "text/nfc.h"
#include "text/scan.h"
#include "tt_test.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

static const char *const FORMS[] = {"NFC", "NFKC"}; /* as in tt_form */

static const struct {
    const char *name, *in, *nfc, *nfkc;
} CASES[] = {
    {"empty", "", "", ""},
    {"composed", "Thời tiết Hà Nội – “đẹp”", "Thời tiết Hà Nội – “đẹp”", "Thời tiết Hà Nội – “đẹp”"},
    {"decomposed", "Thơ\u0300i tiê\u0301t e\u0323\u0302", "Thời tiết ệ", "Thời tiết ệ"},
    {"three marks", "o\u031B\u0323\u0301 u\u0308\u0304\u0323", "\u1EE3\u0301 \u1EE5\u0308\u0304",
     "\u1EE3\u0301 \u1EE5\u0308\u0304"},
    {"a mark of another row after it", "a\u0301\u0345", "\u00E1\u0345", "\u00E1\u0345"},
    {"a letter of another kind after it", "a\u0301“b", "á“b", "á“b"},
    {"one that joins after it", "a\u0301\u1161", "á\u1161", "á\u1161"},
    {"ellipsis", "đẹp…", "đẹp…", "đẹp..."},
    {"no-break space", "a\u00A0b", "a\u00A0b", "a b"},
    {"ligature and a mark", "\uFB01\u0301", "\uFB01\u0301", "f\u00ED"},
    {"full width", "Ｈａ\u0300", "Ｈａ\u0300", "Hà"},
    {"superscript", "m²", "m²", "m2"},
    {"long s and its mark", "\u017F\u0323\u0307", "\u1E9B\u0323", "\u1E69"},
    {"letters that change", "\u0132\u0133\u013F\u0140\u0149\u1E9A\u1E9B", "\u0132\u0133\u013F\u0140\u0149\u1E9A\u1E9B",
     "IJijL\u00B7l\u00B7\u02BCna\u02BE\u1E61"},
    {"half-width voiced kana", "\uFF76\uFF9E", "\uFF76\uFF9E", "\u30AC"},
};

/* *view and *align are in the arena. */
static tt_status form_of(tt_str *view, tt_align *align, tt_arena *arena, tt_str raw, tt_form form, bool in_place, tt_error *err)
{
    tt_edit edit = {.from = raw, .arena = in_place ? arena : NULL};
    tt_status status = tt__form_edit(&edit, form, err);
    if (status == TT_OK)
        status = tt__edit_end(view, align, arena, &edit);
    tt__edit_drop(&edit);
    return status;
}

static bool are_runs_good(tt_str raw, tt_str view, tt_align align)
{
    const tt_align_run *end = align.runs + align.len;
    bool good = align.runs->norm == 0 && align.runs->raw == 0 && end->norm == view.len && end->raw == raw.len;
    for (const tt_align_run *run = align.runs; run < end && raw.len != 0; run++) {
        tt_str was = {raw.ptr + run->raw, run[1].raw - run->raw}, is = {view.ptr + run->norm, run[1].norm - run->norm};
        good &= run[1].raw > run->raw && run[1].norm > run->norm && tt_str_eq(was, is) != run->changed;
    }
    return good;
}

static tt_str icu_form(tt_test *t, tt_str raw, tt_form form)
{
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *norm = form == TT_NFC ? unorm2_getNFCInstance(&code) : unorm2_getNFKCInstance(&code);
    int32_t room = 18 * (int32_t)raw.len + 8, len = 0;
    UChar *from = tt_arena_calloc(&t->arena, raw.len + 8, sizeof *from),
          *to = tt_arena_calloc(&t->arena, (size_t)room, sizeof *to);
    char *out = tt_arena_alloc(&t->arena, 3 * (size_t)room);
    u_strFromUTF8(from, (int32_t)raw.len + 8, &len, raw.ptr, (int32_t)raw.len, &code);
    len = unorm2_normalize(norm, from, len, to, room, &code);
    u_strToUTF8(out, 3 * room, &len, to, len, &code);
    TT_CHECK_INT("ICU", code > U_ZERO_ERROR, 0);
    return (tt_str){out, (size_t)len};
}

static void check_forms(tt_test *t, const char *name, tt_str raw)
{
    for (int form = TT_NFC; form <= TT_NFKC; form++)
        for (int in_place = 0; in_place < 2; in_place++) {
            tt_str view, want = icu_form(t, raw, (tt_form)form);
            tt_align align;
            TT_CHECK_OK(name, form_of(&view, &align, &t->arena, raw, (tt_form)form, in_place != 0, &t->err));
            TT_CHECK(FORMS[form], tt_str_eq(view, want));
            TT_CHECK(name, are_runs_good(raw, view, align));
        }
}

TT_TEST(form_cases)
{
    for (size_t i = 0; i < TT_COUNT(CASES); i++)
        for (size_t lead = 0; lead < 300; lead += lead < 70 || lead % TT_CP_STEP > 240 ? 1 : 17) {
            char filled[1024];
            size_t in = strlen(CASES[i].in), tail = lead % 3 == 0 ? 0 : 70;
            memset(filled, '.', sizeof filled);
            memcpy(filled + lead, CASES[i].in, in);
            tt_str raw = {filled, lead + in + tail}, view;
            tt_align align;
            check_forms(t, CASES[i].name, raw);
            for (int form = TT_NFC; form <= TT_NFKC; form++) {
                TT_CHECK_OK(CASES[i].name, form_of(&view, &align, &t->arena, raw, (tt_form)form, true, &t->err));
                tt_str middle = {view.ptr + lead, view.len - lead - tail};
                TT_CHECK_STR(FORMS[form], middle, form == TT_NFC ? CASES[i].nfc : CASES[i].nfkc);
            }
            tt_arena_free(&t->arena);
        }
}

static void add_cp(tt_buf *out, UChar32 cp)
{
    uint8_t bytes[4];
    int32_t len = 0;
    U8_APPEND_UNSAFE(bytes, len, cp);
    tt_buf_add(out, bytes, (size_t)len);
}

/* Every code point alone, on a letter, with a mark, and between letters with marks, in long texts. */
TT_TEST(form_every_code_point)
{
    static const char *const FRAMES[][3] = {{"alone", "", " "},
                                            {"on a letter", "e", ""},
                                            {"with a mark", "", "\u0301"},
                                            {"after a letter with a mark", "e\u0302", "a\u0323"}};
    for (size_t frame = 0; frame < TT_COUNT(FRAMES); frame++)
        for (UChar32 first = 0; first < 0x110000; first += 0x10000) {
            tt_buf raw = {NULL, 0, 0};
            if (first > 0x30000 && first < 0xE0000) /* nothing there */
                continue;
            for (UChar32 cp = first == 0 ? 1 : first; cp < first + 0x10000; cp++) {
                if (U_IS_SURROGATE(cp) || (first >= 0xE0000 && cp % 0x10000 > 0x400))
                    continue;
                tt_buf_add(&raw, FRAMES[frame][1], strlen(FRAMES[frame][1]));
                add_cp(&raw, cp);
                tt_buf_add(&raw, FRAMES[frame][2], strlen(FRAMES[frame][2]));
            }
            check_forms(t, FRAMES[frame][0], (tt_str){raw.ptr, raw.len});
            tt_buf_free(&raw);
            tt_arena_free(&t->arena);
        }
}

/* All Latin letters with all pairs of marks that the table knows, and vowels with all triples of the Vietnamese ones. */
TT_TEST(form_every_letter_with_marks)
{
    static const UChar32 MARKS[] = {0x300, 0x301, 0x302, 0x303, 0x306, 0x309, 0x31B, 0x323,
                                    0x304, 0x307, 0x308, 0x30A, 0x30C, 0x327, 0x328};
    enum { VIETNAMESE = 8 };
    size_t letters = 0;
    for (UChar32 letter = 'A'; letter < 0x1F00; letter = letter == 0x24F ? 0x1E00 : letter + 1) {
        tt_buf raw = {NULL, 0, 0};
        if (u_getIntPropertyValue(letter, UCHAR_SCRIPT) != USCRIPT_LATIN)
            continue;
        letters++;
        for (size_t i = 0; i < TT_COUNT(MARKS); i++)
            for (size_t k = 0; k < TT_COUNT(MARKS); k++) {
                add_cp(&raw, letter), add_cp(&raw, MARKS[i]), add_cp(&raw, MARKS[k]);
                for (size_t m = 0; m < VIETNAMESE && i < VIETNAMESE && k < VIETNAMESE; m++)
                    add_cp(&raw, letter), add_cp(&raw, MARKS[i]), add_cp(&raw, MARKS[k]), add_cp(&raw, MARKS[m]);
            }
        check_forms(t, "marks", (tt_str){raw.ptr, raw.len});
        tt_buf_free(&raw);
        tt_arena_free(&t->arena);
    }
    TT_CHECK("letters", letters > 600);
}

/* The longest decompositions there are, and marks without end, in NFKC. */
TT_TEST(form_grows)
{
    static const char *const PIECES[] = {"\uFDFA", "\u0344", "\uFDFA\u0301",       "\U0001D160",
                                         "\u0958", "\u3300", "e\u0323\u0302\u0301"};
    for (size_t i = 0; i < TT_COUNT(PIECES); i++)
        for (size_t times = 1; times < 3000; times = times * 3 + 1) {
            tt_buf raw = {NULL, 0, 0};
            for (size_t k = 0; k < times; k++)
                tt_buf_add(&raw, PIECES[i], strlen(PIECES[i]));
            check_forms(t, PIECES[i], (tt_str){raw.ptr, raw.len});
            tt_buf_free(&raw);
            tt_arena_free(&t->arena);
        }
}

TT_TEST(form_fails_each_allocation)
{
    static const char RAW[] = "a\u0301 \uFDFA q\u0303 \u212B \u0958 e\u0323\u0302\u0301";
    tt_buf raw = {NULL, 0, 0};
    tt_buf_add(&raw, RAW, strlen(RAW));
    for (int k = 0; k < 300; k++)
        tt_buf_add(&raw, k % 2 != 0 ? "\u0301" : "\u0323", 2);
    for (int form = TT_NFC; form <= TT_NFKC; form++)
        for (int in_place = 0; in_place < 2; in_place++) {
            tt_status status = TT_ENOMEM;
            long n = 0;
            for (; status != TT_OK && n < 200; n++) {
                tt_arena arena = {0};
                tt_str view;
                tt_align align;
                tt__fail_after(n);
                status = form_of(&view, &align, &arena, (tt_str){raw.ptr, raw.len}, (tt_form)form, in_place != 0, &t->err);
                tt__fail_after(-1);
                TT_CHECK(FORMS[form], status == TT_OK || status == TT_ENOMEM);
                tt_arena_free(&arena);
            }
            TT_CHECK("some failed, then one did not", n > 2 && status == TT_OK);
        }
    tt_buf_free(&raw);
}

/* What the scan for NFKC passes over is NFKC and joins to nothing, says ICU; it passes over all Vietnamese letters. */
TT_TEST(form_compat_scan)
{
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&code);
    size_t wrong = 0, settled = 0;
    for (UChar32 cp = 0; cp < 0x110000; cp++) {
        char bytes[4];
        size_t len = 0;
        uint64_t odd[1] = {0};
        if (U_IS_SURROGATE(cp))
            continue;
        U8_APPEND_UNSAFE((uint8_t *)bytes, len, cp);
        tt__scan_compat(odd, (tt_str){bytes, len});
        settled += odd[0] == 0;
        wrong += odd[0] == 0 &&
                 (unorm2_getCombiningClass(nfkc, cp) != 0 || u_getIntPropertyValue(cp, UCHAR_NFKC_QUICK_CHECK) != UNORM_YES);
        wrong += odd[0] != 0 && cp >= 0x1EA0 && cp < 0x1EFA;
    }
    TT_CHECK("some", settled > 128 + 400);
    TT_CHECK_INT("wrong", wrong, 0);
}

/* A bit per step, wherever the odd one stands. */
TT_TEST(form_compat_scan_places)
{
    char text[3 * TT_CP_STEP];
    for (size_t len = 3; len <= sizeof text; len += 13)
        for (size_t at = 0; at + 3 <= len; at++) {
            uint64_t odd[1] = {0};
            memset(text, 'x', sizeof text);
            memcpy(text + at, "…", 3);
            tt__scan_compat(odd, (tt_str){text, len});
            TT_CHECK_INT("bit", odd[0], (uint64_t)1 << at / TT_CP_STEP);
        }
}

TT_TEST(form_leads)
{
    static const unsigned char SOME[] = {'a', 0x7F, 0x80, 0xBF, 0xC2, 0xC3, 0xCB, 0xCC, 0xCC, 0xCD, 0xE1, 0xF4, 0xFF};
    for (uint64_t seed = 0; seed < 3000; seed++) {
        unsigned char bytes[TT_SCAN_BLOCK];
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = SOME[tt__mix(seed * TT_SCAN_BLOCK + i) % TT_COUNT(SOME)];
        for (unsigned lead = 0x80; lead < 0x100; lead += seed % 2 == 0 ? 4 : 7) {
            uint64_t want = 0;
            for (unsigned i = 0; i < sizeof bytes; i++)
                if (bytes[i] >= lead && !(i >= 2 && bytes[i] == 0xCC && bytes[i - 2] == 0xCC))
                    want |= (uint64_t)1 << i;
            TT_CHECK("portable", tt__leads_portable(bytes, (unsigned char)lead) == want);
            TT_CHECK("in use", TT_LEADS(bytes, (unsigned char)lead) == want);
        }
    }
}
