/* fuzz_normalize.c - tt_normalize with any steps, and the promises of its alignment.
 *
 * The first four bytes choose the steps, the next two a span; the rest is the text. */
#include "fuzz.h"

enum { STEP_BYTES = 4, PLACE_BYTES = 2 };

static unsigned choose_steps(uint32_t choice)
{
    switch (choice % 4) {
    case 0: return TT_PRESET_CLEAN;
    case 1: return TT_PRESET_CLEAN & ~TT_STEP_BIT(TT_STEP_HTML);
    case 2: return TT_PRESET_VIEW;
    default: break;
    }
    return choice >> 2 & ((1u << TT_STEPS) - 1);
}

static bool is_allowed(unsigned steps)
{
    static const tt_step PAIRS[][2] = {
        {TT_STEP_NFC, TT_STEP_NFKC}, {TT_STEP_TONE_OLD, TT_STEP_TONE_NEW}, {TT_STEP_TO_I, TT_STEP_TO_Y}};
    for (size_t i = 0; i < TT_COUNT(PAIRS); i++)
        if ((steps >> PAIRS[i][0] & 1) && (steps >> PAIRS[i][1] & 1))
            return false;
    return true;
}

static size_t character_end(tt_str text, size_t at)
{
    do
        at++;
    while (!fuzz_is_border(text, at));
    return at;
}

/* The raw spans of the view's characters, one after the other, are the raw text; those of one changed run are the same. */
static void check_characters(const tt_text *text)
{
    tt_span before = {0, 0};
    for (size_t at = 0, end; at < text->norm.len; at = end) {
        end = character_end(text->norm, at);
        tt_span raw = tt_align_to_raw(&text->align, (tt_span){(uint32_t)at, (uint32_t)end});
        FUZZ_CHECK(raw.start < raw.end && fuzz_is_border(text->raw, raw.start) && fuzz_is_border(text->raw, raw.end));
        FUZZ_CHECK(raw.start == before.end || (raw.start == before.start && raw.end == before.end));
        before = raw;
    }
    FUZZ_CHECK(before.end == text->raw.len || text->norm.len == 0);
}

static void check_span(const tt_text *text, uint32_t choice)
{
    uint32_t raw_len = (uint32_t)text->raw.len, norm_len = (uint32_t)text->norm.len;
    if (raw_len == 0 || norm_len == 0)
        return;
    tt_span norm = {choice % norm_len, norm_len}, raw = {choice % raw_len, raw_len};
    norm.end = norm.start + 1 + (choice >> 8) % (norm_len - norm.start);
    raw.end = raw.start + 1 + (choice >> 8) % (raw_len - raw.start);
    tt_span out = tt_align_from_raw(&text->align, tt_align_to_raw(&text->align, norm));
    FUZZ_CHECK(out.start <= norm.start && out.end >= norm.end && out.end <= norm_len);
    out = tt_align_to_raw(&text->align, tt_align_from_raw(&text->align, raw));
    FUZZ_CHECK(out.start <= raw.start && out.end >= raw.end && out.end <= raw_len);
}

/* Line ends of any kind where `all`, else line feeds. */
static size_t count_lines(tt_str text, bool all)
{
    size_t count = 0;
    for (size_t at = 0, end; at < text.len; at = end) {
        const unsigned char *p = (const unsigned char *)text.ptr + at;
        end = character_end(text, at);
        if (all && p[0] == '\r' && end < text.len && p[1] == '\n')
            continue; /* it counts with its line feed */
        count += p[0] == '\n';
        if (!all)
            continue;
        count += p[0] == '\r' || p[0] == '\v' || p[0] == '\f' || (p[0] == 0xC2 && p[1] == 0x85);
        count += p[0] == 0xE2 && p[1] == 0x80 && (p[2] == 0xA8 || p[2] == 0xA9);
    }
    return count;
}

static void check_index(const tt_cp_index *index, tt_str text)
{
    uint32_t cp = 0;
    for (size_t at = 0; at < text.len; at = character_end(text, at), cp++) {
        FUZZ_CHECK(tt_cp_of_byte(index, (uint32_t)at) == cp);
        FUZZ_CHECK(tt_byte_of_cp(index, cp) == at);
    }
    FUZZ_CHECK(tt_cp_of_byte(index, (uint32_t)text.len) == cp && tt_byte_of_cp(index, cp) == text.len);
}

static void check_again(const tt_text *text, unsigned steps)
{
    tt_arena arena = {0};
    tt_text again;
    FUZZ_CHECK(tt_normalize(&again, NULL, &arena, text->norm, steps, NULL) == TT_OK);
    FUZZ_CHECK(tt_str_eq(again.norm, text->norm));
    tt_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tt_str rest = {(const char *)data, size}, raw;
    unsigned steps = choose_steps(fuzz_choice(&rest, STEP_BYTES));
    uint32_t place = fuzz_choice(&rest, PLACE_BYTES), counts[TT_STEPS];
    tt_arena arena = {0};
    tt_text text;
    char *copy = fuzz_text(&raw, rest);
    tt_status status = tt_normalize(&text, counts, &arena, raw, steps, NULL);
    FUZZ_CHECK(status == (is_allowed(steps) ? TT_OK : TT_EARGUMENT));
    if (status == TT_OK) {
        FUZZ_CHECK(tt_utf8_check(text.norm, NULL) == TT_OK);
        fuzz_check_runs(&text.align, raw, text.norm, true);
        check_characters(&text);
        check_span(&text, place);
        check_index(&text.raw_index, raw);
        check_index(&text.norm_index, text.norm);
        unsigned may_add = TT_STEP_BIT(TT_STEP_MOJIBAKE) | TT_STEP_BIT(TT_STEP_HTML);
        if ((steps & TT_STEP_BIT(TT_STEP_NEWLINES)) && !(steps & may_add))
            FUZZ_CHECK(count_lines(text.norm, false) == count_lines(raw, true));
        if ((steps | TT_STEP_BIT(TT_STEP_HTML)) == TT_PRESET_CLEAN && !(steps & TT_STEP_BIT(TT_STEP_HTML)))
            check_again(&text, steps);
    }
    tt_arena_free(&arena);
    free(copy);
    return 0;
}
