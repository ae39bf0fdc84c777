/* test_sentence.c - where sentences end. */
#include "case_file.h"

#include "base/alloc.h"
#include "page/glyph.h"
#include "sentence/abbreviation.h"

typedef struct {
    tt_text text;
    tt_page page;
    tt_sentences sentences;
} parsed;

static tt_status parse(parsed *out, tt_test *t, tt_str raw)
{
    memset(out, 0, sizeof *out);
    tt_status status = tt_text_make(&out->text, &t->arena, raw, &t->err);
    if (status == TT_OK)
        status = tt_page_make(&out->page, &t->arena, &out->text, &t->err);
    return status == TT_OK ? tt_sentences_make(&out->sentences, &t->arena, &out->text, &out->page, &t->err) : status;
}

TT_TEST(sentence_cases)
{
    case_file cases;
    case_file_read(&cases, t, "tests/cases/sentences.txt");
    for (size_t i = 0; i < cases.len; i++) {
        const case_file_row *row = &cases.at[i];
        parsed p;
        TT_CHECK_OK(row->name, parse(&p, t, row->input));
        TT_CHECK_INT(row->name, p.sentences.len, row->want_len);
        for (size_t s = 0; s < p.sentences.len && s < row->want_len; s++) {
            tt_span span = p.sentences.at[s].span;
            tt_str got = {p.text.norm.ptr + span.start, span.end - span.start};
            TT_CHECK_STR(row->name, got, row->want[s]);
        }
    }
}

static const struct {
    const char *word;
    tt_abbreviation_rule rule;
} WORDS[] = {
    {"TP", TT_ABBREVIATION_NEVER},     {"PGS", TT_ABBREVIATION_NEVER},    {"PGS.TS", TT_ABBREVIATION_NEVER},
    {"TS.KTS", TT_ABBREVIATION_NEVER}, {"BSCKII", TT_ABBREVIATION_NEVER}, {"v.v", TT_ABBREVIATION_MAY_END},
    {"Inc", TT_ABBREVIATION_MAY_END},  {"No", TT_ABBREVIATION_NUMBERED},  {"", TT_ABBREVIATION_NONE},
    {"UBND", TT_ABBREVIATION_NONE},    {"P", TT_ABBREVIATION_NEVER},      {"PG", TT_ABBREVIATION_NONE},
    {"PGSX", TT_ABBREVIATION_NONE},    {".", TT_ABBREVIATION_NONE},       {"\xC4\x90\xC4\x90", TT_ABBREVIATION_NEVER},
    {"Ave", TT_ABBREVIATION_MAY_END},  {"vv", TT_ABBREVIATION_MAY_END},
};

TT_TEST(sentence_abbreviations)
{
    for (size_t i = 0; i < TT_COUNT(WORDS); i++)
        TT_CHECK_INT(WORDS[i].word, tt__abbreviation_find(tt_str_c(WORDS[i].word)), WORDS[i].rule);
}

/* In order, trimmed, inside their blocks, each block covered. */
static bool covers(const parsed *p)
{
    const char *text = p->text.norm.ptr;
    size_t s = 0;
    for (size_t b = 0; b < p->page.len; b++) {
        uint32_t at = p->page.at[b].span.start, end = p->page.at[b].span.end;
        size_t first = s;
        for (; s < p->sentences.len && p->sentences.at[s].block == b; s++) {
            tt_span span = p->sentences.at[s].span, trimmed = tt__blank_trim(text, span);
            bool gap = span.start < at || tt__skip_blank(text + at, text + span.start) != text + span.start;
            if (gap || span.start >= span.end || span.end > end || trimmed.start != span.start || trimmed.end != span.end)
                return false;
            at = span.end;
        }
        if (s == first || at != end)
            return false;
    }
    return s == p->sentences.len;
}

static const char *const PIECES[] = {
    "\n",
    " ",
    " ",
    "\xC2\xA0",
    ".",
    ".",
    "./.",
    "...",
    "\xE2\x80\xA6",
    "?",
    "!",
    "\"",
    "\xE2\x80\x9C",
    "\xE2\x80\x9D",
    "(",
    ")",
    ":",
    ";",
    " - ",
    "A",
    "\xC3\x81",
    "a",
    "một",
    "Hai",
    "TP",
    "v.v",
    "No",
    "độ C",
    "12",
    "1",
    "3,5",
    "www.a.vn",
    "a@b.vn",
    "N.V.A",
    "Sau",
};

TT_TEST(sentence_covers_anything)
{
    uint32_t seed = 11;
    char raw[1024];
    for (unsigned i = 0; i < 5000; i++) {
        char name[32];
        parsed p;
        size_t len = 0, count = (seed >> 16) % 60;
        snprintf(name, sizeof name, "text %u", i);
        for (size_t k = 0; k <= count; k++) {
            seed = seed * 1664525u + 1013904223u;
            const char *piece = PIECES[(seed >> 16) % TT_COUNT(PIECES)];
            memcpy(raw + len, piece, strlen(piece));
            len += strlen(piece);
        }
        TT_CHECK_OK(name, parse(&p, t, (tt_str){raw, len}));
        TT_CHECK(name, covers(&p));
        tt_arena_free(&t->arena);
    }
}

TT_TEST(sentence_of_nothing)
{
    parsed p;
    TT_CHECK_OK("empty", parse(&p, t, tt_str_c("")));
    TT_CHECK_INT("empty", p.sentences.len, 0);
    TT_CHECK_OK("blank", parse(&p, t, tt_str_c(" \n\xE2\x80\x8B\n")));
    TT_CHECK_INT("blank", p.sentences.len, 0);
    TT_CHECK_OK("marks only", parse(&p, t, tt_str_c("...")));
    TT_CHECK_INT("marks only", p.sentences.len, 1);
}

TT_TEST(sentence_survives_no_memory)
{
    parsed p;
    TT_CHECK_OK("text", parse(&p, t, tt_str_c("Một câu ngắn. Hai câu ngắn. Ba câu ngắn.\nMột dòng nữa. Và hết.")));
    tt_status status = TT_ENOMEM;
    for (long n = 0; status != TT_OK && n < 100; n++) {
        tt_arena arena = {0};
        tt_sentences out;
        tt__fail_after(n);
        status = tt_sentences_make(&out, &arena, &p.text, &p.page, &t->err);
        tt__fail_after(-1);
        TT_CHECK("status", status == TT_OK || status == TT_ENOMEM);
        TT_CHECK("nothing on failure", status == TT_OK || (out.at == NULL && out.len == 0));
        TT_CHECK("first try fails", n > 0 || status == TT_ENOMEM);
        tt_arena_free(&arena);
    }
    TT_CHECK_INT("in the end", status, TT_OK);
}
