/* test_mojibake.c - spoilt UTF-8 is mended, once and twice, wholly and in parts; clean text, all of the corpus, is not touched.
 */
#include "base/alloc.h"
#include "base/hash.h"
#include "text/mojibake.h"
#include "text/unit.h"
#include "tt_test.h"

#include <dirent.h>

static const struct {
    const char *name, *in, *want;
} CASES[] = {
    {"clean", "Việt Nam", "Việt Nam"},
    {"ASCII", "Viet Nam", "Viet Nam"},
    {"nothing", "", ""},
    {"windows-1252", "Viá»‡t Nam Ä‘Æ°á»£c", "Việt Nam được"},
    {"twice", "ViÃ¡Â»â€¡t", "Việt"},
    {"ISO 8859-1",
     "Vi\u00E1\u00BB\xC2\x87"
     "t",
     "Việt"},
    {"C1 controls in windows-1252",
     "\u00C3\xC2\x81"
     " \u00E1\u00BB\xC2\x8F"
     " \u00E1\u00BB\xC2\x90"
     " Ä\xC2\x90",
     "Á ỏ Ố Đ"},
    {"no-break space and soft hyphen", "v\u00C3\u00A0 t\u00E1\u00BA\u00ADp \u00E1\u00BA\u00A0", "và tập Ạ"},
    {"quotes and dashes",
     "â€œTiáº¿ngâ€\xC2\x9D"
     " â€“ xongâ€¦",
     "“Tiếng” – xong…"},
    {"face", "ðŸ˜€ Ä‘", "😀 đ"},
    {"combining marks",
     "tieÌ‚Ì\xC2\x81"
     "ng Ä‘",
     "tie\u0302\u0301ng đ"},
    {"part of a text", "Ngày đẹp – Viá»‡t Nam, ừ đẹp", "Ngày đẹp – Việt Nam, ừ đẹp"},
    {"both kinds", "Viá»‡t ViÃ¡Â»â€¡t", "Việt Việt"},
    {"capitals before quotes", "ông “XÃ” và ‘LÂ’ «CHÂ» XÃ\u00A0HỘI XÃ– ĐÂ…", "ông “XÃ” và ‘LÂ’ «CHÂ» XÃ\u00A0HỘI XÃ– ĐÂ…"},
    {"quotes after a letter and a guillemet", "«lá»… «lá»”", "«lá»… «lá»”"},
    {"French", "C’est l’été à Orléans – déjà vu…", "C’est l’été à Orléans – déjà vu…"},
    {"one pair among accents", "é à è ù â ê î Ã© ô û", "é à è ù â ê î Ã© ô û"},
};

static tt_status mend(tt_arena *arena, tt_str *out, tt_align *align, unsigned *count, tt_str text)
{
    tt_edit edit = {.from = text};
    *count = 0;
    tt_status status = tt__mojibake_edit(&edit, count);
    if (status != TT_OK)
        tt__edit_drop(&edit);
    return status == TT_OK ? tt__edit_end(out, align, arena, &edit) : status;
}

TT_TEST(mojibake_cases)
{
    for (size_t i = 0; i < TT_COUNT(CASES); i++) {
        tt_str got, in = tt_str_c(CASES[i].in);
        tt_align align;
        tt_mojibake found;
        unsigned count;
        TT_CHECK_OK(CASES[i].name, mend(&t->arena, &got, &align, &count, in));
        TT_CHECK_STR(CASES[i].name, got, CASES[i].want);
        tt_mojibake_find(&found, in);
        TT_CHECK_INT(CASES[i].name, found.count, count);
        TT_CHECK_INT(CASES[i].name, count != 0, strcmp(CASES[i].in, CASES[i].want) != 0);
        TT_CHECK(CASES[i].name, count == 0 ? found.confidence == 0 : found.confidence > 0.5 && found.share > 0);
    }
}

TT_TEST(mojibake_counts)
{
    tt_mojibake found;
    tt_mojibake_find(&found, tt_str_c("Viá»‡t Nam ViÃ¡Â»â€¡t, đẹp"));
    TT_CHECK_INT("", found.count, 2);
    TT_CHECK_INT("", found.twice, 1);
    TT_CHECK("", found.share == 0.5);
}

/* Read the bytes as windows-1252, or as ISO 8859-1. */
static tt_str spoil(tt_test *t, tt_str text, bool latin)
{
    char *out = tt_arena_alloc(&t->arena, 2 * text.len + 1);
    size_t len = 0;
    tt_decoded got;
    if (!latin) {
        TT_CHECK_OK("", tt_decode(&got, &t->arena, text, TT_WINDOWS_1252, false, &t->err));
        return got.text;
    }
    for (size_t i = 0; out != NULL && i < text.len; i++)
        len += tt__put_utf8(out + len, (unsigned char)text.ptr[i]);
    return (tt_str){out, len};
}

/* A corpus file is clean; with `whole`, spoilt once and twice it comes back. */
static void check_file(tt_test *t, const char *path, bool whole)
{
    static char bytes[1 << 18];
    FILE *file = fopen(path, "rb");
    tt_str text = {bytes, file == NULL ? 0 : fread(bytes, 1, sizeof bytes, file)}, got;
    tt_align align;
    unsigned count;
    TT_CHECK(path, file != NULL && text.len > 0 && text.len < sizeof bytes);
    if (file != NULL)
        fclose(file);
    TT_CHECK_OK(path, mend(&t->arena, &got, &align, &count, text));
    TT_CHECK_INT(path, count, 0);
    for (int latin = 0; whole && latin < 2; latin++) {
        tt_str once = spoil(t, text, latin), twice = spoil(t, once, latin);
        TT_CHECK_OK(path, mend(&t->arena, &got, &align, &count, once));
        TT_CHECK(path, tt_str_eq(got, text));
        TT_CHECK_OK(path, mend(&t->arena, &got, &align, &count, twice));
        TT_CHECK(path, tt_str_eq(got, text));
    }
}

static void check_folder(tt_test *t, const char *folder, bool whole)
{
    DIR *open = opendir(folder);
    TT_CHECK(folder, open != NULL);
    for (struct dirent *entry; open != NULL && (entry = readdir(open)) != NULL;) {
        char path[512];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        check_file(t, path, whole);
        tt_arena_free(&t->arena);
    }
    if (open != NULL)
        closedir(open);
}

TT_TEST(mojibake_corpus)
{
    check_folder(t, "csrc/data/corpus/dev", true);
    check_folder(t, "csrc/data/corpus/train", false);
    check_folder(t, "csrc/data/corpus/linked", false);
}

TT_TEST(mojibake_maps_spans)
{
    tt_str got, in = tt_str_c("xViá»‡t");
    tt_align align;
    unsigned count;
    TT_CHECK_OK("", mend(&t->arena, &got, &align, &count, in));
    tt_span raw = tt_align_to_raw(&align, (tt_span){3, 6}); /* ệ */
    TT_CHECK_INT("", raw.start, 3);
    TT_CHECK_INT("", raw.end, in.len - 1);
}

TT_TEST(mojibake_random_text)
{
    static const char *const PARTS[] = {"Ã", "¡", "á", "»", "‡",      "Â",        "â", "€",
                                        "¡", " ", "a", "ế", "\u00A0", "\xC2\x81", "ð", "Ÿ"};
    for (uint64_t seed = 0; seed < 3000; seed++) {
        char bytes[64] = "";
        for (uint64_t i = 0; i < tt__mix(seed) % 16; i++)
            strcat(bytes, PARTS[tt__pair(seed, i) % TT_COUNT(PARTS)]);
        tt_str got;
        tt_align align;
        unsigned count;
        TT_CHECK_OK(bytes, mend(&t->arena, &got, &align, &count, tt_str_c(bytes)));
        TT_CHECK(bytes, tt_utf8_check(got, NULL) == TT_OK);
        TT_CHECK_INT(bytes, align.runs[align.len].norm, got.len);
        TT_CHECK_INT(bytes, align.runs[align.len].raw, strlen(bytes));
    }
}

TT_TEST(mojibake_allocations_fail)
{
    tt_status status = TT_ENOMEM;
    long n = 0;
    for (; n < 100 && status == TT_ENOMEM; n++) {
        tt_arena arena = {0};
        tt_str got;
        tt_align align;
        unsigned count;
        tt__fail_after(n);
        status = mend(&arena, &got, &align, &count, tt_str_c("xViá»‡t Viá»‡t Viá»‡t"));
        tt__fail_after(-1);
        tt_arena_free(&arena);
    }
    TT_CHECK_INT("", status, TT_OK);
    TT_CHECK("", n > 2);
}
