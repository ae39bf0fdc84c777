/* test_cpu_paths.c - the whole pipeline with the shipped model, on every CPU path: articles, what may have become of them, and
 * hostile texts give the same documents to the byte. */
#include "cpu_paths.h"
#include "random_input.h"
#include "tiny_model.h"

#include <dirent.h>

static const char MODEL[] = "pkg/tintuc/data/vi.ttm", CORPUS[] = "csrc/data/corpus/dev";
enum { AT_LEAST = 40, RANDOM = 200, LONG = 3000, STACKED = 12 };

/* Each is repeated, behind some bytes more each time, such that it stands at every place of a vector. */
static const char *const HOSTILE[] = {
    "\xCC\x81",
    "a\xCC\x81\xCC\xA3\xCC\x82",
    "o\xCC\x9B\xCC\x89 ",
    "\xE2\x80\x8B\xE2\x80\x8D\xEF\xBB\xBF",
    "\xE2\x80\xAEHu\xE1\xBA\xBF\xE2\x80\xA9",
    "\xC2\xA0\xC2\x85\xE2\x80\xA8",
    "\xF0\x9F\x87\xBB\xF0\x9F\x87\xB3",
    "\xEF\xBC\xA1\xEF\xBC\x91 \xE2\x84\xAB",
    "\xC7\x84\xC5\xBF\xC4\xB2\xE1\xBA\x9A",
    "\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8",
    "&amp;&#432;&#x1EBF;&nbsp",
    "H\xC3\xA1\xC2\xBB\xE2\x84\xA2i ",
    "\x01\x7F\xEE\x80\x80",
    "ngh\xE1\xBB\x8B\xC3\xAAm ",
    "((\"'[.!?:;,>> ",
    "aa; - bb: - cc ( d ",
    "a.B. ",
    "1.234,5 - 9/9/2021 14:05\n",
    "\r\n\n\v\f",
    "Theo ông A. (\xE1\xBA\xA2nh: B)\n",
    "NGUYỄN VĂN A, UBND TP.HCM, ",
};

static void read_corpus(tt_corpus *corpus, tt_test *t)
{
    DIR *folder = opendir(CORPUS);
    TT_CHECK(CORPUS, folder != NULL);
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        char path[512];
        if (strstr(entry->d_name, ".ann") == NULL)
            continue;
        snprintf(path, sizeof path, "%s/%s", CORPUS, entry->d_name);
        TT_CHECK_OK(path, tt_corpus_read(corpus, path, &t->err));
    }
    if (folder != NULL)
        closedir(folder);
}

static void load(cpu_paths *paths, tt_test *t)
{
    *paths = (cpu_paths){{NULL}};
    TT_CHECK_OK("model", cpu_paths_load(paths, MODEL, &t->err));
    TT_CHECK("a pipeline each way", paths->nlp[tt__cpu()] != NULL);
}

TT_TEST(cpu_paths_are_forced)
{
    tt_cpu best = tt__cpu();
    for (int path = 0; path <= (int)best; path++) {
        tt__cpu_limit((tt_cpu)path);
        TT_CHECK_INT(tt_cpu_path(), tt__cpu(), path);
    }
    cpu_paths_reset();
    TT_CHECK_INT("and back", tt__cpu(), best);
}

TT_TEST(cpu_paths_agree_on_articles)
{
    tt_corpus *corpus = NULL;
    cpu_paths paths;
    load(&paths, t);
    TT_CHECK_OK("corpus", tt_corpus_new(&corpus, &t->err));
    read_corpus(corpus, t);
    TT_CHECK("enough of them", tt_corpus_count(corpus) >= AT_LEAST);
    for (size_t i = 0; i < tt_corpus_count(corpus); i++)
        TT_CHECK("article", cpu_paths_agree(&paths, tt_corpus_at(corpus, i)->text));
    tt_corpus_free(corpus);
    cpu_paths_free(&paths);
}

TT_TEST(cpu_paths_agree_on_hostile_texts)
{
    cpu_paths paths;
    load(&paths, t);
    for (size_t i = 0; i < TT_COUNT(HOSTILE); i++) {
        tt_buf text = {NULL, 0, 0};
        for (size_t more = 0; text.len < LONG; more++) {
            TT_CHECK_OK(HOSTILE[i], tt_buf_add(&text, HOSTILE[i], strlen(HOSTILE[i])));
            TT_CHECK_OK(HOSTILE[i], tt_buf_add(&text, "abcdefg", more % 8));
        }
        TT_CHECK(HOSTILE[i], cpu_paths_agree(&paths, (tt_str){text.ptr, text.len}));
        tt_buf_free(&text);
    }
    cpu_paths_free(&paths);
}

/* As they are, which is seldom UTF-8, and repaired. */
TT_TEST(cpu_paths_agree_on_random_texts)
{
    static random_maker made;
    cpu_paths paths;
    load(&paths, t);
    for (uint64_t i = 0; i < RANDOM; i++) {
        char row[32];
        tt_str text;
        snprintf(row, sizeof row, "text %u", (unsigned)i);
        random_make(&made, 20260201, i);
        TT_CHECK(row, cpu_paths_agree(&paths, (tt_str){made.bytes, made.len}));
        TT_CHECK_OK(row, tt_utf8_repair(&text, NULL, &t->arena, (tt_str){made.bytes, made.len}, &t->err));
        TT_CHECK(row, cpu_paths_agree(&paths, text));
        tt_arena_free(&t->arena);
    }
    cpu_paths_free(&paths);
}

/* What the shipped model believes is told to a tagger on top of it: sums of floats, which have an order. */
TT_TEST(cpu_paths_agree_on_beliefs)
{
    tiny_model f;
    tt_corpus *corpus = NULL;
    cpu_paths paths = {{NULL}};
    tiny_set_up(&f, t);
    tiny_train_on_top(&f, t, MODEL);
    TT_CHECK_OK("load", cpu_paths_load(&paths, f.model, &t->err));
    TT_CHECK_OK("corpus", tt_corpus_new(&corpus, &t->err));
    read_corpus(corpus, t);
    for (size_t i = 0; i < STACKED && i < tt_corpus_count(corpus); i++)
        TT_CHECK("article", cpu_paths_agree(&paths, tt_corpus_at(corpus, i)->text));
    tt_corpus_free(corpus);
    cpu_paths_free(&paths);
    tiny_tear_down(&f);
}
