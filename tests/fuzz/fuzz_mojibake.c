/* fuzz_mojibake.c - text as it is, and read as windows-1252 once or twice: found, mended, aligned.
 *
 * The first byte says how often it is spoilt. */
#include "fuzz.h"

/* What reading the UTF-8 as windows-1252 and saving it again makes of it. */
static tt_str spoil(tt_arena *arena, tt_str text)
{
    tt_decoded got;
    FUZZ_CHECK(tt_decode(&got, arena, text, TT_WINDOWS_1252, true, NULL) == TT_OK);
    return got.text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tt_str rest = {(const char *)data, size}, clean;
    uint32_t times = fuzz_choice(&rest, 1) % 3, counts[TT_STEPS];
    tt_arena arena = {0};
    tt_mojibake found;
    tt_text text;
    char *copy = fuzz_text(&clean, rest);
    tt_str raw = clean;
    for (uint32_t i = 0; i < times; i++)
        raw = spoil(&arena, raw);
    char *exact = fuzz_copy(raw);
    raw.ptr = exact;
    tt_mojibake_find(&found, raw);
    FUZZ_CHECK(found.twice <= found.count && found.share >= 0 && found.share <= 1);
    FUZZ_CHECK(found.confidence >= 0 && found.confidence < 1 && (found.confidence > 0) == (found.count > 0));
    FUZZ_CHECK(tt_normalize(&text, counts, &arena, raw, TT_STEP_BIT(TT_STEP_MOJIBAKE), NULL) == TT_OK);
    FUZZ_CHECK(counts[TT_STEP_MOJIBAKE] == found.count && (found.count != 0 || tt_str_eq(text.norm, raw)));
    FUZZ_CHECK(tt_utf8_check(text.norm, NULL) == TT_OK);
    fuzz_check_runs(&text.align, raw, text.norm, true);
    tt_arena_free(&arena);
    free(exact);
    free(copy);
    return 0;
}
