/* test_linear.c - pages made to be slow: four times the text may take four times the steps, and no more. */
#include "tt_test.h"

#include "page/glyph.h"

enum { SHORT = 20000, TIMES = 4, MOST_A_BYTE = 150 };

/* Repeated until the text is as long as it should be. */
static const char *const PIECES[] = {
    ".",
    "!",
    "?",
    "\"",
    "'",
    "(",
    ")",
    "()",
    ")(",
    "1",
    " ",
    "\n",
    "\r",
    "-",
    ":",
    ";",
    "/",
    "\xE2\x80\x8B",
    "\xE2\x80\xA6",
    "\xE2\x80\x9C",
    "\xC2\xA0",
    ". ",
    ".\n",
    "./.",
    "./.\n",
    "a.",
    "A.",
    "a. ",
    "aa.\"",
    "aa. \n",
    "1.",
    "1. ",
    "1\n",
    "1:1 ",
    "1/1 ",
    "(1)\n",
    "( ",
    ": - ",
    "; - ",
    ":  ",
    "- ",
    "\xC3\xA1.\xC3\x81",
    "Aa.Aa",
    "aa ( ",
    "www.",
    "@.",
    "TP.",
    "v.v. ",
    "N.V.",
    "ngày ",
    "<",
    "<p ",
    "<br",
    "<br>",
    "</p>\n",
    "14:30 24/05/2023 A ",
    "aa 1:1 1/1/2020 A ",
    "a.ABC ",
    "ngày 1",
    "09:00 ",
    "09:00 1/1/2020",
    "09:00 1/1/2020\n",
    "thứ  ",
    "Ảnh: ",
    "(Ảnh: ",
    "(Ảnh)",
    "Ảnh ",
    "Theo ",
    "theo\n",
    "Chia sẻ ",
    "Chia sẻ\n",
    "Tags: ",
    ">> ",
    "> ",
    "| ",
    ", ",
    "A, ",
    "A - ",
    "aa. A",
    "aa.\" \xE2\x80\x9C",
    "Tin liên quan\n",
    "một câu dài hơn hai chữ. \n",
    "\xF0\x9F\x98\x80",
    "\xE1\x9A\x80",
    "\xEF\xBB\xBF.",
    "Clip: A\nmột dòng chữ\n",
    "(0). ảnh\n/\n",
    "Bình luận (5)\nB. C\n",
    "- B? - C\n",
};

/* What a page may begin with, so that rules for the lines below a text are tried, too. */
static const char *const HEADS[] = {"", "Hai xã vùng cao có điện\nĐiện về tới hai xã. Bà con thắp đèn sớm.\n"};

/* Steps of the stages over a text, which is freed. */
static size_t steps_over(tt_test *t, const char *row, tt_buf *raw)
{
    tt_text text;
    tt_page page;
    tt_sentences sentences;
    TT_CHECK_OK(row, tt_text_make(&text, &t->arena, (tt_str){raw->ptr, raw->len}, &t->err));
    tt__steps_take();
    TT_CHECK_OK(row, tt_page_make(&page, &t->arena, &text, &t->err));
    TT_CHECK_OK(row, tt_sentences_make(&sentences, &t->arena, &text, &page, &t->err));
    size_t steps = tt__steps_take();
    tt_arena_free(&t->arena);
    tt_buf_free(raw);
    return steps;
}

static void repeat(tt_test *t, const char *row, tt_buf *raw, const char *piece, size_t len)
{
    while (raw->len < len)
        TT_CHECK_OK(row, tt_buf_add(raw, piece, strlen(piece)));
}

static size_t steps_of(tt_test *t, const char *row, const char *head, const char *piece, size_t len, bool lines)
{
    tt_buf raw = {NULL, 0, 0};
    TT_CHECK_OK(row, tt_buf_add(&raw, head, strlen(head)));
    while (raw.len < len) {
        TT_CHECK_OK(row, tt_buf_add(&raw, piece, strlen(piece)));
        if (lines && raw.len / 300 != (raw.len - strlen(piece)) / 300)
            TT_CHECK_OK(row, tt_buf_add(&raw, "\n", 1));
    }
    return steps_over(t, row, &raw);
}

static void check_linear(tt_test *t, const char *head, const char *piece, bool lines)
{
    char row[64];
    snprintf(row, sizeof row, "%s\"%s\"%s", *head != '\0' ? "below a text " : "", piece, lines ? " in lines" : "");
    size_t once = steps_of(t, row, head, piece, SHORT, lines), more = steps_of(t, row, head, piece, SHORT * TIMES, lines);
    TT_CHECK(row, once > 0);
    TT_CHECK(row, more <= once * TIMES + once / 4 + 2000);
    TT_CHECK(row, more <= (size_t)SHORT * TIMES * MOST_A_BYTE);
}

TT_TEST(linear_in_the_text)
{
    for (size_t i = 0; i < TT_COUNT(PIECES); i++)
        for (size_t k = 0; k < TT_COUNT(HEADS); k++)
            for (int lines = 0; lines < 2; lines++)
                check_linear(t, HEADS[k], PIECES[i], lines);
}

/* What is long behind a stop is not walked through again for each of the words that follow it. */
TT_TEST(linear_behind_a_long_gap)
{
    static const char *const GAPS[] = {" ", ")", "\xE2\x80\x9D", "\xEF\xBB\xBF", "a", ".", "\"", "("};
    static const char *const WORDS[] = {"A ", "Aa ", "\xC3\x81 ", "(A) ", "H\xC3\xA0 N\xE1\xBB\x99i ", "aa ", "1 "};
    for (size_t i = 0; i < TT_COUNT(GAPS) * TT_COUNT(WORDS); i++) {
        const char *gap = GAPS[i / TT_COUNT(WORDS)], *word = WORDS[i % TT_COUNT(WORDS)];
        size_t steps[2];
        char row[64];
        snprintf(row, sizeof row, "\"%s\" and \"%s\"", gap, word);
        for (size_t k = 0; k < 2; k++) {
            size_t half = SHORT / 2 * (k == 0 ? 1 : TIMES);
            tt_buf raw = {NULL, 0, 0};
            TT_CHECK_OK(row, tt_buf_add(&raw, "aa bb.", 6));
            repeat(t, row, &raw, gap, half);
            repeat(t, row, &raw, word, 2 * half);
            steps[k] = steps_over(t, row, &raw);
        }
        TT_CHECK(row, steps[1] <= steps[0] * TIMES + steps[0] / 4 + 2000);
    }
}

TT_TEST(linear_steps_are_counted)
{
    TT_CHECK("a long line", steps_of(t, "a", "", "a", 6400, false) >= 100);
    TT_CHECK("blanks", steps_of(t, "blanks", "", " ", 1000, false) >= 1000);
}

/* Of the search for who a byline of nothing but blanks between two words names: a user's rule makes one of any length. */
static size_t byline_steps(tt_test *t, size_t blanks)
{
    tt_buf raw = {NULL, 0, 0};
    tt_text text;
    TT_CHECK_OK("byline", tt_buf_add(&raw, "Tin bai:", 8));
    for (size_t i = 0; i < blanks; i++)
        TT_CHECK_OK("byline", tt_buf_add(&raw, " ", 1));
    TT_CHECK_OK("byline", tt_buf_add(&raw, "xyz", 3));
    TT_CHECK_OK("byline", tt_text_make(&text, &t->arena, (tt_str){raw.ptr, raw.len}, &t->err));
    tt_block block = {{0, (uint32_t)raw.len}, TT_BLOCK_SOURCE};
    tt__steps_take();
    tt_span found = tt_page_source(&(tt_page){.at = &block, .len = 1}, &text);
    size_t steps = tt__steps_take();
    TT_CHECK("byline", found.start == found.end);
    tt_arena_free(&t->arena);
    tt_buf_free(&raw);
    return steps;
}

TT_TEST(linear_in_a_byline)
{
    size_t once = byline_steps(t, SHORT), more = byline_steps(t, SHORT * TIMES);
    TT_CHECK("byline", once > SHORT / 2 && more <= once * TIMES + 2000);
}
