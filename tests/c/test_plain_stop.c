/* test_plain_stop.c - a stop that is plain by the bits around it ends a sentence by all the rules, too: in articles, and in
 * texts made of what the rules ask for. */
#include "random_input.h"
#include "sentence/stop.h"
#include "tt_test.h"

static const char CORPUS[] = "csrc/data/corpus/dev/b15.ann";
enum { ROUNDS = 3000, PIECES_MOST = 60, LEAST = 300, ARTICLES_LEAST = 10 };

static const char *const PIECES[] = {
    ". ",   ". Ô",      ". A",   ".",    "... ", "! ",    "? ",   "…",     "./.",    " ",     "\n",  "\xC2\xA0", "“",
    "”",    "\"",       "'",     " (",   ") ",   ")",     "[",    ": ",    "; ",     ", ",    " - ", " – ",      "/",
    "ba",   "ông",      "đã ký", "ạ",    "A",    "TP",    "TS",   "ThS",   "v.v",    "X",     "IV",  "Điều 5",   "12",
    "3.5",  "xã. Xã",   "ng. Đ", "PGS.", "STT",  "St",    "Mr",   "thứ",   "Theo A", "😀",    "$",   "%",        "1. ",
    "a. B", "1) Một. ", "Tr",    "tr",   "kg",   "nhà. ", "NHÀ.", "Mỹ. V", "»",      "•",     "*",   "”. H",     "). H",
    "A. B", "TP.HCM",   "tr. 5", "th",   "Q",    "p",     "P",    "Ông",   "việc. ", "2020.", "km2", "Bà. Bà",   "“Vâng. ",
};

static void check_block(size_t *plain, tt_test *t, const char *row, const tt_map *map, const tt_mark *mark,
                        const tt_block *block)
{
    const char *text = map->text.ptr, *start = text + block->span.start;
    tt_stop stop = {.next = start, .start = start, .begin = start, .end = text + block->span.end, .mark = mark, .map = map};
    stop.bar = block->kind == TT_BLOCK_NAV;
    while (tt__stop_seek(&stop)) {
        tt_stop asked = stop;
        bool is_plain = tt__stop_is_plain(&asked);
        tt__stop_take(&stop);
        const char *next = stop.next;
        bool ends = next != stop.end && tt__stop_ends(&stop);
        *plain += is_plain;
        TT_CHECK(row, !is_plain || (ends && next == stop.at + 1));
        if (ends)
            stop.start = stop.next = tt__skip_blank(next, stop.end);
    }
}

/* Plain stops of a text; none of one that is no UTF-8. */
static size_t check_text(tt_test *t, const char *row, tt_str raw)
{
    tt_text text;
    tt_page page = {0};
    tt_marks marks;
    size_t plain = 0;
    if (tt_text_make(&text, &t->arena, raw, &t->err) != TT_OK)
        return 0;
    TT_CHECK_OK(row, tt_page_make(&page, &t->arena, &text, &t->err));
    TT_CHECK(row, tt__marks_make(&marks, &t->arena, page.map));
    for (size_t i = 0; i < page.len; i++)
        check_block(&plain, t, row, page.map, marks.at, &page.at[i]);
    return plain;
}

TT_TEST(plain_stops_of_articles_are_ends)
{
    tt_corpus *corpus = NULL;
    size_t plain = 0;
    TT_CHECK_OK(CORPUS, tt_corpus_new(&corpus, &t->err));
    TT_CHECK_OK(CORPUS, tt_corpus_read(corpus, CORPUS, &t->err));
    for (size_t i = 0; i < tt_corpus_count(corpus); i++)
        plain += check_text(t, CORPUS, tt_corpus_at(corpus, i)->text);
    TT_CHECK("some stops are plain", plain >= ARTICLES_LEAST);
    tt_corpus_free(corpus);
}

TT_TEST(plain_stops_of_random_texts_are_ends)
{
    static random_maker m;
    char row[40];
    size_t plain = 0;
    for (uint64_t i = 0; i < ROUNDS; i++) {
        m.len = 0;
        m.state = tt__pair(7, i);
        for (uint64_t left = random_next(&m, PIECES_MOST); left > 0; left--) {
            const char *piece = PIECES[random_next(&m, TT_COUNT(PIECES))];
            random_add(&m, piece, strlen(piece));
        }
        snprintf(row, sizeof row, "text %d", (int)i);
        plain += check_text(t, row, (tt_str){m.bytes, m.len});
        tt_arena_free(&t->arena);
    }
    TT_CHECK("some stops are plain", plain >= LEAST);
}
