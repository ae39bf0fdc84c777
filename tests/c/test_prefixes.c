/* test_prefixes.c - short texts cut everywhere, in memory that is just as long: nothing is read beside them, on any CPU path.
 *
 * Rules look at what follows a mark, a word or a line, and what is read ahead is there but for the last bytes of a text. */
#include "cpu_paths.h"
#include "doc_checks.h"
#include "random_input.h"
#include "text/nfc.h"
#include "tt_test.h"

static const char *const TEXTS[] = {
    "Mưa lớn\nHà Nội",
    "Tin mới - Thứ Tư, 24/05/2023, 14:30 (GMT+7)\nNguyễn Văn A\nHơn 700 người dự lễ. Ông B. nói: \"Đi thôi!\" (Ảnh: An/TTXVN)",
    "09/09/2021 17:38 Ngày 09/09/2021, 14:05\n14:30 09/09/2021 Hà Nội vui. Mai đi ./. Theo TTXVN",
    "VOV.VN - Mưa (bão số 3). Ở Huế… Ông hỏi: - Gì? - Nam nói. Giá: 1.200 đồng; - hai: 5 %.\r\nChia sẻ | Xem thêm: Tin > Nóng",
    "TP.HCM: TS. Lê v.v. \"Ai?\" 2,5 độ C. “Ừ.” Điều 5. A&B",
    "Họp ba bên</p><br>• Một;\n• Hai;\v- Ba: 1/2\fTags: a, b\xE2\x80\xA8\xE2\x80\xA9",
    "iPhone\xC2\xA0S9\xE2\x80\x8B.\xE3\x80\x80\xE1\x9A\x80Đ\xEF\xBB\xBF\n\xC2\x85😀. 😀\n\xE2\x80\xA6 Á\t\tẢnh",
    "Việt NamNgày 5/9 LanHai AlphaGo. HĐND xã Ở nhánh I. V. Lê Bình luận (36) Bạn đọc Từ khóa: Tuổi Trẻ",
};
/* What a cut text is put behind, for rules that ask for more of a page. */
static const char *const BEFORE[] = {
    "",
    "Hai xã vùng cao có điện\nĐiện về tới hai xã. Bà con thắp đèn sớm hơn mọi khi, ai cũng vui và cười nói suốt một đêm dài.\n",
};
enum { GAP = 250, LINE = 900, RANDOM = 150, CUTS = 6, RANDOM_MOST = 2000 };

static uint64_t add(uint64_t hash, uint64_t value)
{
    return (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
}

/* The stages over the text as it is, where the document's view would be a copy of it. */
static void read_plain(tt_test *t, const char *row, uint64_t *hash, tt_str raw)
{
    tt_text text;
    tt_page page = {.len = 0};
    tt_sentences sentences = {NULL, 0};
    TT_CHECK_OK(row, tt__text_plain(&text, &t->arena, raw, &t->err));
    TT_CHECK_OK(row, tt_page_make(&page, &t->arena, &text, &t->err));
    TT_CHECK_OK(row, tt_sentences_make(&sentences, &t->arena, &text, &page, &t->err));
    for (size_t i = 0; i < page.len; i++)
        *hash = add(add(*hash, page.at[i].span.end), page.at[i].kind);
    for (size_t i = 0; i < sentences.len; i++)
        *hash = add(*hash, sentences.at[i].span.end);
    tt_span source = tt_page_source(&page, &text);
    *hash = add(add(*hash, source.start), source.end);
    tt_arena_free(&t->arena);
}

static void read_document(tt_test *t, const char *row, uint64_t *hash, const tt_pipeline *nlp, tt_str raw)
{
    tt_doc *doc = NULL;
    TT_CHECK_OK(row, tt_doc_make(&doc, nlp, raw, NULL, &t->err));
    if (doc == NULL)
        return;
    tt_items sentences = tt_doc_items(doc, TT_LAYER_SENTENCES);
    for (size_t i = 0; i < sentences.len; i++)
        *hash = add(*hash, sentences.at[i].byte.end);
    TT_CHECK(row, doc_sentences_broken(doc) == NULL);
    tt_doc_free(doc);
}

/* Copied for each way, so that memory of this length is new each time. */
static void check_text(tt_test *t, const char *row, const cpu_paths *paths, tt_str text)
{
    uint64_t first = 0;
    for (unsigned path = 0; path < CPU_PATHS && paths->nlp[path] != NULL; path++) {
        uint64_t hash = 1;
        char *copy = malloc(text.len + (text.len == 0));
        TT_CHECK(row, copy != NULL);
        if (copy == NULL)
            return;
        memcpy(copy, text.ptr, text.len);
        tt__cpu_limit((tt_cpu)path);
        read_document(t, row, &hash, paths->nlp[path], (tt_str){copy, text.len});
        read_plain(t, row, &hash, (tt_str){copy, text.len});
        first = path == 0 ? hash : first;
        TT_CHECK(row, hash == first);
        free(copy);
    }
    cpu_paths_reset();
}

static void load(tt_test *t, cpu_paths *paths)
{
    *paths = (cpu_paths){{NULL}};
    TT_CHECK_OK("load", cpu_paths_load(paths, NULL, &t->err));
}

static tt_str put_behind(char out[LINE], const char *before, tt_str text)
{
    size_t len = strlen(before);
    memcpy(out, before, len);
    memcpy(out + len, text.ptr, text.len);
    return (tt_str){out, len + text.len};
}

TT_TEST(prefixes_are_read_to_their_ends)
{
    char row[40], room[LINE];
    cpu_paths paths;
    load(t, &paths);
    for (size_t i = 0; i < TT_COUNT(TEXTS); i++) {
        tt_str text = tt_str_c(TEXTS[i]);
        for (size_t at = 0; at <= text.len; at++) {
            snprintf(row, sizeof row, "text %zu at %zu", i, at);
            if (!doc_is_border(text, at))
                continue;
            for (size_t k = 0; k < TT_COUNT(BEFORE); k++)
                check_text(t, row, &paths, put_behind(room, BEFORE[k], (tt_str){text.ptr, at}));
            check_text(t, row, &paths, (tt_str){text.ptr + at, text.len - at});
        }
    }
    cpu_paths_free(&paths);
}

/* Around the borders of the rows of a map, of which the last ones are filled from a copy. */
TT_TEST(prefixes_of_every_length)
{
    static const char *const ENDS[] = {".",  " A",           "A", ":", "1", "(", "\"", "…", "á", "\xC2\xA0", "Ô", ". Ô",
                                       "😀", "\xE1\x9A\x80", "-"};
    char row[40], bytes[LINE];
    cpu_paths paths;
    load(t, &paths);
    for (size_t len = 0; len < 200; len++) {
        const char *end = ENDS[len % TT_COUNT(ENDS)];
        for (size_t i = 0; i < len; i++)
            bytes[i] = "Aa bb. "[i % 7];
        memcpy(bytes + len, end, strlen(end));
        snprintf(row, sizeof row, "%zu and \"%s\"", len, end);
        check_text(t, row, &paths, (tt_str){bytes, len + strlen(end)});
    }
    cpu_paths_free(&paths);
}

/* What a rule looks back at may be nothing: between two timestamps, and where blanks are all that stands near to one. */
TT_TEST(prefixes_of_blanks)
{
    static const char CLOCK[] = "14:30 09/09/2021 Hà Nội vui. Mai đi.";
    char row[40], bytes[LINE] = "Abc";
    cpu_paths paths;
    load(t, &paths);
    for (size_t blanks = 1; blanks < GAP; blanks += blanks < 190 ? 19 : 1) {
        memset(bytes + 3, ' ', blanks);
        memcpy(bytes + 3 + blanks, CLOCK, sizeof CLOCK);
        snprintf(row, sizeof row, "%zu blanks", blanks);
        check_text(t, row, &paths, tt_str_c(bytes));
    }
    cpu_paths_free(&paths);
}

TT_TEST(prefixes_of_random_texts)
{
    static random_maker made;
    char row[40];
    cpu_paths paths;
    load(t, &paths);
    for (uint64_t i = 0; i < RANDOM; i++) {
        tt_str text;
        random_make(&made, 20260301, i);
        snprintf(row, sizeof row, "text %u", (unsigned)i);
        tt_str bytes = {made.bytes, made.len < RANDOM_MOST ? made.len : RANDOM_MOST};
        char *whole = NULL;
        TT_CHECK_OK(row, tt_utf8_repair(&text, NULL, &t->arena, bytes, &t->err));
        if (text.len != 0 && (whole = malloc(text.len)) != NULL)
            memcpy(whole, text.ptr, text.len);
        tt_arena_free(&t->arena);
        for (int cut = 0; whole != NULL && cut < CUTS; cut++) {
            size_t at = cut == 0 ? text.len : (size_t)random_next(&made, text.len);
            while (!doc_is_border((tt_str){whole, text.len}, at))
                at++;
            check_text(t, row, &paths, (tt_str){whole, at});
        }
        free(whole);
    }
    cpu_paths_free(&paths);
}
