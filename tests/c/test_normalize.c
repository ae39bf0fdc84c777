/* test_normalize.c - normalization step by step, and the alignment of whatever comes out. */
#include "case_file.h"

#include "base/alloc.h"
#include "base/decode.h"
#include "base/hash.h"

#include <stdlib.h>

static unsigned preset_of(tt_str name)
{
    static const struct {
        const char *name;
        unsigned steps;
    } PRESETS[] = {{"nfc", TT_STEP_BIT(TT_STEP_NFC)},
                   {"nfkc", TT_STEP_BIT(TT_STEP_NFKC)},
                   {"view", TT_PRESET_VIEW},
                   {"clean", TT_PRESET_CLEAN}};
    for (size_t i = 0; i < TT_COUNT(PRESETS); i++)
        if (tt_str_eq(name, tt_str_c(PRESETS[i].name)))
            return PRESETS[i].steps;
    return 0;
}

/* "clean -squeeze +tone_new" as bits; 0 when a word is unknown. */
static unsigned steps_of(const char *words)
{
    size_t len = strcspn(words, " ");
    unsigned steps = preset_of((tt_str){words, len});
    for (words += len; *words == ' '; words += len) {
        bool on = *++words == '+', known = false;
        len = strcspn(++words, " ");
        for (unsigned step = 0; step < TT_STEPS; step++)
            if (tt_str_eq(tt_str_c(tt_step_name((tt_step)step)), (tt_str){words, len})) {
                steps = on ? steps | TT_STEP_BIT(step) : steps & ~TT_STEP_BIT(step);
                known = true;
            }
        if (!known)
            return 0;
    }
    return steps;
}

static tt_str counts_line(char *out, size_t room, const uint32_t *counts)
{
    size_t len = 0;
    for (unsigned step = 0; step < TT_STEPS; step++)
        if (counts[step] != 0)
            len += (size_t)snprintf(out + len, room - len, " %s %u", tt_step_name((tt_step)step), counts[step]);
    return len != 0 ? (tt_str){out + 1, len - 1} : tt_str_c("-");
}

/* Every code point of the view has raw bytes of its own, which together are the raw text; spans out and in contain themselves.
 */
static void check_alignment(tt_test *t, const char *name, const tt_text *text)
{
    uint32_t raw = 0, len;
    size_t wrong = 0;
    for (uint32_t at = 0; at < text->norm.len; at += len) {
        tt__decode(text->norm.ptr + at, &len);
        tt_span out = tt_align_to_raw(&text->align, (tt_span){at, at + len}), in = tt_align_from_raw(&text->align, out);
        /* code points of one changed run share its raw bytes */
        wrong += out.start > raw || out.end < raw || out.start >= out.end || in.start > at || in.end < at + len;
        raw = out.end > raw ? out.end : raw;
    }
    TT_CHECK_INT(name, wrong, 0);
    TT_CHECK_INT(name, raw, text->norm.len == 0 ? 0 : text->raw.len);
    TT_CHECK_INT(name, text->align.runs[text->align.len].norm, text->norm.len);
    TT_CHECK_INT(name, text->align.runs[text->align.len].raw, text->raw.len);
    TT_CHECK_OK(name, tt_utf8_check(text->norm, &t->err));
}

static const char *value_of(const case_file_row *row, size_t line, const char *key)
{
    const char *text = line < row->want_len ? row->want[line] : "";
    size_t len = strlen(key);
    if (strncmp(text, key, len) != 0 || text[len] != ':')
        return "?";
    return text[len + 1] == ' ' ? text + len + 2 : text + len + 1;
}

TT_TEST(normalize_cases)
{
    case_file cases;
    char filled[1024], line[256];
    case_file_read(&cases, t, "tests/cases/normalize.txt");
    for (size_t i = 0; i < cases.len; i++) {
        const case_file_row *row = &cases.at[i];
        unsigned steps = steps_of(value_of(row, 0, "steps"));
        TT_CHECK(row->name, steps != 0);
        for (size_t lead = 0; lead < 70; lead += lead == 0 ? 1 : 23) { /* alone, then behind and before other text */
            tt_text text;
            uint32_t counts[TT_STEPS];
            size_t tail = lead == 0 ? 0 : 70;
            memset(filled, '.', sizeof filled);
            memcpy(filled + lead, row->input.ptr, row->input.len);
            if (lead != 0 && (strchr(" \t\xE3\xEF", row->input.ptr[0]) != NULL || (steps & TT_STEP_BIT(TT_STEP_SQUEEZE))))
                continue; /* what stands at the edges of the text is what they are about */
            tt_str raw = {filled, lead + row->input.len + tail};
            TT_CHECK_OK(row->name, tt_normalize(&text, counts, &t->arena, raw, steps, &t->err));
            tt_str view = {text.norm.ptr + lead, text.norm.len - lead - tail};
            TT_CHECK_STR(row->name, view, value_of(row, 1, "view"));
            TT_CHECK_STR(row->name, counts_line(line, sizeof line, counts), value_of(row, 2, "counts"));
            check_alignment(t, row->name, &text);
        }
    }
    TT_CHECK("enough cases", cases.len >= 30);
}

TT_TEST(normalize_refuses)
{
    static const struct {
        const char *name, *raw;
        unsigned steps;
        tt_status status;
    } CALLS[] = {
        {"two forms", "a", TT_STEP_BIT(TT_STEP_NFC) | TT_STEP_BIT(TT_STEP_NFKC), TT_EARGUMENT},
        {"two styles", "a", TT_STEP_BIT(TT_STEP_TONE_OLD) | TT_STEP_BIT(TT_STEP_TONE_NEW), TT_EARGUMENT},
        {"i and y", "a", TT_STEP_BIT(TT_STEP_TO_I) | TT_STEP_BIT(TT_STEP_TO_Y), TT_EARGUMENT},
        {"no such step", "a", 1u << TT_STEPS, TT_EARGUMENT},
        {"not UTF-8", "a\xFF", TT_PRESET_CLEAN, TT_EENCODING},
        {"no steps", "a\xC2\xA0  b", 0, TT_OK},
        {"nothing", "", TT_PRESET_CLEAN, TT_OK},
    };
    for (size_t i = 0; i < TT_COUNT(CALLS); i++) {
        tt_text text;
        uint32_t counts[TT_STEPS];
        tt_str raw = tt_str_c(CALLS[i].raw);
        TT_CHECK_INT(CALLS[i].name, tt_normalize(&text, counts, &t->arena, raw, CALLS[i].steps, &t->err), CALLS[i].status);
        if (CALLS[i].status == TT_OK)
            TT_CHECK(CALLS[i].name, text.norm.ptr == raw.ptr && text.align.len == 1);
    }
    TT_CHECK("names", strcmp(tt_step_name(TT_STEP_PLAIN), "plain") == 0 && tt_step_name(TT_STEPS) == NULL);
}

/* Text made of what the steps look for. */
static tt_str random_text(tt_test *t, uint64_t seed)
{
    static const char *const PIECES[] = {
        "hoà",
        "thủy",
        "nghịêm",
        "đuợc",
        "a",
        " ",
        "  ",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "\xC2\xA0",
        "\xE2\x80\x8B",
        "\xC2\xAD",
        "&amp;",
        "&nbsp;",
        "&#x301;",
        "&",
        ";",
        "\xCC\x81",
        "\xCC\x82",
        "o\xCC\x82",
        "\xE2\x80\x9C",
        "…",
        "–",
        "Т",
        "а",
        "Ð",
        "ð",
        "ệ",
        "x",
        "\xEF\xBC\xA1",
        "\xEE\x80\x81",
        "\x01",
        "\xC2\x85",
        "\xEF\xBB\xBF",
        "👨",
        "\xE2\x80\x8D",
        "가",
        "ᄀ",
        "ﬁ",
        "\xEF\xB7\xBA",
        "Ã¡",
    };
    size_t pieces = tt__mix(seed) % 40, len = 0;
    char *text = tt_arena_alloc(&t->arena, 40 * 8 + 1);
    for (size_t i = 0; i < pieces; i++) {
        const char *piece = PIECES[tt__mix(seed * 64 + i + 1) % TT_COUNT(PIECES)];
        memcpy(text + len, piece, strlen(piece));
        len += strlen(piece);
    }
    return (tt_str){text, len};
}

static unsigned random_steps(uint64_t seed)
{
    unsigned steps = (unsigned)(tt__mix(seed ^ 0x5EED) & ((1u << TT_STEPS) - 1));
    static const unsigned DROP[] = {TT_STEP_BIT(TT_STEP_NFKC), TT_STEP_BIT(TT_STEP_TONE_NEW), TT_STEP_BIT(TT_STEP_TO_Y)};
    static const unsigned WITH[] = {TT_STEP_BIT(TT_STEP_NFC), TT_STEP_BIT(TT_STEP_TONE_OLD), TT_STEP_BIT(TT_STEP_TO_I)};
    for (size_t i = 0; i < TT_COUNT(DROP); i++)
        if (steps & WITH[i])
            steps &= ~DROP[i];
    return steps;
}

static size_t newlines_of(tt_str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        count += s.ptr[i] == '\n' || (s.ptr[i] == '\r' && (i + 1 == s.len || s.ptr[i + 1] != '\n'));
    return count;
}

TT_TEST(normalize_random_texts)
{
    char name[64];
    for (uint64_t seed = 1; seed <= 4000; seed++) {
        tt_text text, again;
        unsigned steps = random_steps(seed);
        tt_str raw = random_text(t, seed);
        snprintf(name, sizeof name, "seed %u steps 0x%X", (unsigned)seed, steps);
        TT_CHECK_OK(name, tt_normalize(&text, NULL, &t->arena, raw, steps, &t->err));
        check_alignment(t, name, &text);
        if (steps & TT_STEP_BIT(TT_STEP_NEWLINES))
            TT_CHECK(name, newlines_of(text.norm) >= newlines_of(raw));
        TT_CHECK_OK(name, tt_normalize(&again, NULL, &t->arena, raw, TT_PRESET_CLEAN & ~TT_STEP_BIT(TT_STEP_HTML), &t->err));
        TT_CHECK_OK(name,
                    tt_normalize(&text, NULL, &t->arena, again.norm, TT_PRESET_CLEAN & ~TT_STEP_BIT(TT_STEP_HTML), &t->err));
        TT_CHECK(name, tt_str_eq(again.norm, text.norm)); /* what is clean stays as it is */
    }
}

TT_TEST(normalize_without_memory)
{
    static const char RAW[] = "\xEF\xBB\xBFHoa\xCC\x80  \xE2\x80\x9Cnghịêm\xE2\x80\x9D &amp;\r\n\xC2\xA0Тhành";
    for (long n = 0;; n++) {
        tt_arena arena = {0};
        tt_text text;
        tt_error err = {0, ""};
        tt__fail_after(n);
        tt_status status = tt_normalize(&text, NULL, &arena, tt_str_c(RAW), TT_PRESET_CLEAN, &err);
        tt__fail_after(-1);
        tt_arena_free(&arena);
        if (status == TT_OK) {
            TT_CHECK("it allocates", n > 4);
            break;
        }
        TT_CHECK_INT("status", status, TT_ENOMEM);
        TT_CHECK("message", err.msg[0] != '\0');
    }
}

/* Two alignments in a row by hand: raw -> middle -> view, with borders that do not meet. */
TT_TEST(align_compose)
{
    static const tt_align_run FIRST[] = {{0, 0, 0}, {5, 5, 1}, {8, 6, 0}, {10, 8, 0}};
    static const tt_align_run SECOND[] = {{0, 0, 0}, {6, 6, 1}, {7, 7, 0}, {9, 9, 1}, {12, 10, 0}};
    static const struct {
        tt_span view, raw;
    } SPANS[] = {{{0, 5}, {0, 5}}, {{4, 5}, {4, 5}}, {{5, 6}, {5, 6}},   {{6, 7}, {5, 6}},
                 {{7, 9}, {5, 7}}, {{8, 9}, {6, 7}}, {{10, 11}, {7, 8}}, {{0, 12}, {0, 8}}};
    tt_align first = {FIRST, 3}, second = {SECOND, 4}, both;
    TT_CHECK_OK("compose", tt_align_compose(&both, &t->arena, &first, &second, &t->err));
    for (size_t i = 0; i < TT_COUNT(SPANS); i++) {
        tt_span got = tt_align_to_raw(&both, SPANS[i].view);
        TT_CHECK_INT("start", got.start, SPANS[i].raw.start);
        TT_CHECK_INT("end", got.end, SPANS[i].raw.end);
    }
}
