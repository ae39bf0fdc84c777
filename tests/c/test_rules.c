/* test_rules.c - what a user adds to the rules of pages and sentences, and where a page comes from. */
#include "tt_test.h"

#include "base/alloc.h"

typedef struct {
    tt_text text;
    tt_page page;
    tt_sentences sentences;
} reading;

static tt_status read_with(reading *out, tt_test *t, const tt_rules *rules, const char *raw)
{
    tt_status status = tt_text_make(&out->text, &t->arena, tt_str_c(raw), &t->err);
    if (status == TT_OK)
        status = tt_page_make_with(&out->page, &t->arena, rules, &out->text, &t->err);
    return status == TT_OK ? tt_sentences_make_with(&out->sentences, &t->arena, rules, &out->text, &out->page, &t->err)
                           : status;
}

TT_TEST(rules_add_abbreviations)
{
    static const char RAW[] = "Theo Xn. Sao Mai, giá tăng. Theo v.d. Một, giá giảm. Theo xx. Hai, giá giữ.";
    tt_str first[] = {tt_str_c("Xn."), tt_str_c("v.d")}, second[] = {tt_str_c("xx"), tt_str_c("Xn")};
    tt_rules *one = NULL, *two = NULL;
    reading r;
    TT_CHECK_OK("none", read_with(&r, t, NULL, RAW));
    size_t without = r.sentences.len;
    TT_CHECK_OK("first", tt_rules_with_abbreviations(&one, NULL, first, 2, &t->err));
    TT_CHECK_OK("second", tt_rules_with_abbreviations(&two, one, second, 2, &t->err));
    TT_CHECK_OK("one", read_with(&r, t, one, RAW));
    TT_CHECK_INT("one", r.sentences.len, without - 2);
    tt_rules_free(one);
    TT_CHECK_OK("two", read_with(&r, t, two, RAW));
    TT_CHECK_INT("two", r.sentences.len, without - 3);
    tt_rules_free(two);
}

static const struct {
    const char *word;
    tt_status status;
} WORDS[] = {
    {"ok", TT_OK},          {"ok.", TT_OK},        {"", TT_EARGUMENT},
    {".", TT_EARGUMENT},    {"a b", TT_EARGUMENT}, {"a\xC2\xA0", TT_EARGUMENT},
    {"\xFF", TT_EARGUMENT},
};

TT_TEST(rules_refuse_what_is_no_word)
{
    for (size_t i = 0; i < TT_COUNT(WORDS); i++) {
        tt_rules *rules = NULL;
        tt_str word = tt_str_c(WORDS[i].word);
        TT_CHECK_INT(WORDS[i].word, tt_rules_with_abbreviations(&rules, NULL, &word, 1, &t->err), WORDS[i].status);
        TT_CHECK(WORDS[i].word, (rules != NULL) == (WORDS[i].status == TT_OK));
        tt_rules_free(rules);
    }
}

TT_TEST(rules_give_lines_a_kind)
{
    static const char RAW[] = "Một tiêu đề của bài báo hôm nay\nMột câu đầu. Hai câu sau.\nBa câu nữa. Bốn câu nữa.\nMã số: 17";
    tt_rules *one = NULL, *two = NULL;
    reading r;
    TT_CHECK_OK("pattern",
                tt_rules_with_block(&one, NULL, TT_BLOCK_NAV, tt_str_c("^mã số: \\d+$(?i)|^(?i)mã số: \\d+$"), &t->err));
    TT_CHECK_OK("more", tt_rules_with_block(&two, one, TT_BLOCK_CAPTION, tt_str_c("Ba câu|Mã"), &t->err));
    TT_CHECK_OK("read", read_with(&r, t, two, RAW));
    TT_CHECK_INT("lines", r.page.len, 4);
    TT_CHECK_INT("title", r.page.at[0].kind, TT_BLOCK_TITLE);
    TT_CHECK_INT("other", r.page.at[1].kind, TT_BLOCK_PARAGRAPH);
    TT_CHECK_INT("second rule", r.page.at[2].kind, TT_BLOCK_CAPTION);
    TT_CHECK_INT("the first rule wins", r.page.at[3].kind, TT_BLOCK_NAV);
    tt_rules_free(one);
    tt_rules_free(two);
}

TT_TEST(rules_say_what_is_wrong_with_a_pattern)
{
    tt_rules *rules = NULL;
    tt_error err = {0, ""};
    reading r;
    TT_CHECK_INT("open", tt_rules_with_block(&rules, NULL, TT_BLOCK_NAV, tt_str_c("a(b"), &err), TT_EARGUMENT);
    TT_CHECK_INT("place", err.pos, 3);
    TT_CHECK("message", strstr(err.msg, "a(b") != NULL && rules == NULL);
    TT_CHECK_INT("not UTF-8", tt_rules_with_block(&rules, NULL, TT_BLOCK_NAV, tt_str_c("\xFF"), &err), TT_EARGUMENT);
    TT_CHECK_INT("kind", tt_rules_with_block(&rules, NULL, TT_BLOCK_KINDS, tt_str_c("a"), &err), TT_EARGUMENT);
    TT_CHECK_OK("slow", tt_rules_with_block(&rules, NULL, TT_BLOCK_NAV, tt_str_c("^(a+)+$"), &err));
    TT_CHECK_INT("cost", read_with(&r, t, rules, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"), TT_ELIMIT);
    tt_rules_free(rules);
}

/* What a user's pattern may cost is bounded for each byte of the page: a long line is looked at in its beginning only. */
TT_TEST(rules_bound_what_a_pattern_costs)
{
    enum { LONG = 300000, PATTERN = 5000 };
    static const struct {
        const char *pattern, *opening;
        tt_status status;
        bool found;
    } ROWS[] = {
        {"a*[yz]", "", TT_OK, false},
        {"(a+)+$", "", TT_ELIMIT, false},
        {"a$", "", TT_OK, false}, /* the end of so long a line is not seen */
        {"^Mã", "Mã ", TT_OK, true},
    };
    for (size_t i = 0; i < TT_COUNT(ROWS); i++) {
        tt_rules *rules = NULL;
        tt_buf page = {NULL, 0, 0};
        reading r;
        TT_CHECK_OK("page", tt_buf_add(&page, ROWS[i].opening, strlen(ROWS[i].opening)));
        while (page.len < LONG)
            TT_CHECK_OK("page", tt_buf_add(&page, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 64));
        TT_CHECK_OK("page", tt_buf_add(&page, "", 1));
        TT_CHECK_OK("rule", tt_rules_with_block(&rules, NULL, TT_BLOCK_NAV, tt_str_c(ROWS[i].pattern), &t->err));
        TT_CHECK_INT(ROWS[i].pattern, read_with(&r, t, rules, page.ptr), ROWS[i].status);
        if (ROWS[i].status == TT_OK)
            TT_CHECK_INT(ROWS[i].pattern, r.page.at[0].kind == TT_BLOCK_NAV, ROWS[i].found);
        tt_rules_free(rules);
        tt_buf_free(&page);
        tt_arena_free(&t->arena);
    }
    char *pattern = tt_arena_alloc(&t->arena, PATTERN);
    tt_rules *rules = NULL;
    memset(pattern, 'a', PATTERN);
    TT_CHECK_INT("long", tt_rules_with_block(&rules, NULL, TT_BLOCK_NAV, (tt_str){pattern, PATTERN}, &t->err), TT_EARGUMENT);
}

TT_TEST(rules_survive_no_memory)
{
    tt_str word = tt_str_c("Xn");
    tt_rules *base = NULL;
    TT_CHECK_OK("base", tt_rules_with_abbreviations(&base, NULL, &word, 1, &t->err));
    tt_status status = TT_ENOMEM;
    for (long n = 0; status != TT_OK && n < 200; n++) {
        tt_rules *rules = NULL;
        reading r;
        tt__fail_after(n);
        status = tt_rules_with_block(&rules, base, TT_BLOCK_NAV, tt_str_c("^M(ã|ục)"), &t->err);
        if (status == TT_OK)
            status = read_with(&r, t, rules, "Mục lục\nMột câu. Hai câu.");
        tt__fail_after(-1);
        TT_CHECK("status", status == TT_OK || status == TT_ENOMEM);
        tt_rules_free(rules);
        tt_arena_free(&t->arena);
    }
    TT_CHECK_INT("in the end", status, TT_OK);
    tt_rules_free(base);
}

static const struct {
    const char *page, *source; /* "": none */
} SOURCES[] = {
    {"Một câu đầu. Hai câu sau.\nTheo TTXVN", "TTXVN"},
    {"Một câu đầu. Hai câu sau.\n(TTXVN/Vietnam+)", "TTXVN/Vietnam+"},
    {"Một câu đầu. Hai câu sau.\nMinh Anh (Theo AFP)", "AFP"},
    {"Một câu đầu. Hai câu sau. (Theo Sao Mai, Hoa Ban)", "Sao Mai"},
    {"TTO - Sáng 3-6, trời mưa. Nước ngập nhiều nơi.\nNgười dân lo lắng. Chợ vắng.", "TTO"},
    {"(Dân trí) - Sáng nay trời mưa. Nước ngập nhiều nơi.\nNgười dân lo lắng. Chợ vắng.", "Dân trí"},
    {"Một câu đầu. Hai câu sau.\nCảnh ngập ở chợ.\nẢnh: An/TTXVN\nBa câu nữa. Bốn câu nữa.", "TTXVN"},
    {"Một câu đầu. Hai câu sau.\nBa câu nữa. Bốn câu nữa.", ""},
    {"Thanh niên - lực lượng trẻ. Họ đông.\nBa câu nữa. Bốn câu nữa.\nNguyễn Văn An", ""},
    {"", ""},
};

TT_TEST(page_sources)
{
    for (size_t i = 0; i < TT_COUNT(SOURCES); i++) {
        reading r;
        TT_CHECK_OK(SOURCES[i].page, read_with(&r, t, NULL, SOURCES[i].page));
        tt_span found = tt_page_source(&r.page, &r.text);
        tt_str source = {r.text.norm.ptr + found.start, found.end - found.start};
        TT_CHECK_STR(SOURCES[i].page, source, SOURCES[i].source);
    }
}
