/* test_quiet.c - a text that is called quiet is one that no step of the view changes, wherever in it the characters stand. */
#include "base/cpu.h"
#include "text/glyph_rows.h"
#include "text/quiet.h"
#include "text/unit.h"
#include "tt_test.h"

#include <stdio.h>

enum { AROUND = 48 };

/* `cp` among letters, its bytes across every border of the blocks. */
static tt_str text_with(char *out, uint32_t cp, size_t before)
{
    size_t len = tt__put_utf8(out + before, cp);
    memset(out, 'a', before);
    memset(out + before + len, 'a', AROUND);
    return (tt_str){out, before + len + AROUND};
}

/* By the tables of the passes and by ICU, which know nothing of quiet texts. */
static bool is_kept(tt_arena *arena, uint32_t cp, tt_str text)
{
    tt_text nfc;
    const tt_glyph_row *row = tt__glyph_row(cp);
    bool quiet_step = row != NULL && (TT_QUIET_STEPS & TT_STEP_BIT(row->step)) != 0;
    return !quiet_step && tt__lookalike_of(cp) == 0 && tt_text_make(&nfc, arena, text, NULL) == TT_OK &&
           tt_str_eq(nfc.norm, text);
}

TT_TEST(quiet_is_never_changed)
{
    char bytes[2 * AROUND + 4], row[40];
    for (uint32_t cp = 0x80; cp < 0x110000; cp += cp < 0x3200 ? 1 : 61) {
        if (cp >= 0xD800 && cp < 0xE000)
            continue;
        for (size_t before = 28; before < 36; before++) {
            tt_str text = text_with(bytes, cp, before);
            snprintf(row, sizeof row, "U+%04X behind %zu bytes", (unsigned)cp, before);
            TT_CHECK(row, !tt__is_quiet(text) || is_kept(&t->arena, cp, text));
        }
        tt_arena_free(&t->arena);
    }
}

TT_TEST(quiet_ascii)
{
    char bytes[2 * AROUND + 4], row[40];
    for (uint32_t cp = 0; cp < 0x80; cp++) {
        tt_str text = text_with(bytes, cp, 31);
        bool control = cp == 0x7F || (cp < 0x20 && cp != '\t' && cp != '\n');
        snprintf(row, sizeof row, "U+%04X", (unsigned)cp);
        TT_CHECK(row, tt__is_quiet(text) == (!control && tt__cpu() >= TT_CPU_AVX2));
    }
}

TT_TEST(quiet_vietnamese)
{
    static const char *const QUIET[] = {"Hà Nội", "đường Ơn", "“ừ” – đúng…", "1.000 ₫", "ỹ", "37 °C · ©", "a"};
    static const char *const LOUD[] = {"a\xC2\xA0"
                                       "b",
                                       "\xEF\xBB\xBFx",
                                       "e\xCC\x81",
                                       "\xD0\xB0",
                                       "a\xE2\x80\x8B",
                                       "a\xE2\x80\xA8"
                                       "b",
                                       "\xC2\xAD",
                                       "a\r\n"};
    for (size_t i = 0; i < TT_COUNT(QUIET); i++)
        TT_CHECK(QUIET[i], tt__is_quiet(tt_str_c(QUIET[i])) == (tt__cpu() >= TT_CPU_AVX2));
    for (size_t i = 0; i < TT_COUNT(LOUD); i++)
        TT_CHECK(LOUD[i], !tt__is_quiet(tt_str_c(LOUD[i])));
}
