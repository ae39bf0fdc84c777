/* test_articles.c - the shipped model over whole articles and over what is made of them: all that holds for every document
 * holds, and one thread gives the same lines as several. */
#include "doc_checks.h"
#include "tt_test.h"

#include <dirent.h>
#include <stdlib.h>

static const char MODEL[] = "pkg/tintuc/data/vi.ttm", CORPUS[] = "csrc/data/corpus/dev";
enum { AT_LEAST = 40, THREADS = 3 };

static void read_corpus(tt_corpus *corpus, tt_test *t)
{
    DIR *folder = opendir(CORPUS);
    TT_CHECK(CORPUS, folder != NULL);
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        char path[512];
        size_t len = strlen(entry->d_name);
        if (len < 4 || strcmp(entry->d_name + len - 4, ".ann") != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", CORPUS, entry->d_name);
        TT_CHECK_OK(path, tt_corpus_read(corpus, path, &t->err));
    }
    if (folder != NULL)
        closedir(folder);
}

/* What an article may have become on its way: its letters apart, its lines joined, its words in capitals, its middle alone. */
static tt_status spoil(tt_str *out, tt_test *t, tt_str text, size_t how)
{
    static const unsigned FORMS[] = {0, TT_STEP_BIT(TT_STEP_LOWER), TT_STEP_BIT(TT_STEP_PLAIN), TT_PRESET_CLEAN};
    tt_text view;
    tt_status status = tt_normalize(&view, NULL, &t->arena, text, FORMS[how % TT_COUNT(FORMS)], &t->err);
    char *copy = status == TT_OK ? tt_arena_alloc(&t->arena, view.norm.len) : NULL;
    if (copy == NULL)
        return TT_ENOMEM;
    memcpy(copy, view.norm.ptr, view.norm.len);
    for (size_t i = 0; how >= TT_COUNT(FORMS) && i < view.norm.len; i++)
        copy[i] = copy[i] == '\n' ? (how % 2 ? ' ' : '\r') : copy[i];
    *out = (tt_str){copy, view.norm.len};
    return TT_OK;
}

static void check_document(tt_buf *lines, tt_test *t, const tt_pipeline *nlp, tt_str raw, tt_str id, const char *date)
{
    tt_doc *doc = NULL;
    tt_doc_options options = {.date = ""};
    snprintf(options.date, sizeof options.date, "%s", date);
    TT_CHECK_OK("document", tt_doc_make(&doc, nlp, raw, &options, &t->err));
    if (doc == NULL)
        return;
    const char *broken = doc_broken(doc);
    if (broken != NULL)
        tt_test_fail(t, __FILE__, __LINE__, "document", "%.*s: not so: %s", (int)id.len, id.ptr, broken);
    TT_CHECK("memory", tt_doc_memory(doc) > 0);
    TT_CHECK_OK("line", tt_doc_json(lines, doc, id, &t->err));
    tt_doc_free(doc);
}

TT_TEST(articles_hold_together)
{
    enum { SPOILT = 8 };
    tt_corpus *corpus = NULL;
    tt_pipeline *nlp = NULL;
    tt_buf lines = {NULL, 0, 0};
    TT_CHECK_OK("corpus", tt_corpus_new(&corpus, &t->err));
    TT_CHECK_OK("model", tt_pipeline_load(&nlp, MODEL, &t->err));
    read_corpus(corpus, t);
    TT_CHECK("enough of them", tt_corpus_count(corpus) >= AT_LEAST);
    for (size_t i = 0; nlp != NULL && i < tt_corpus_count(corpus); i++) {
        const tt_example *example = tt_corpus_at(corpus, i);
        tt_str spoilt = example->text;
        if (i % 4 == 3)
            TT_CHECK_OK("spoil", spoil(&spoilt, t, example->text, i / 4 % SPOILT));
        check_document(&lines, t, nlp, spoilt, example->id, i % 3 == 0 ? "2021-09-09" : "");
    }
    tt_buf_free(&lines);
    tt_pipeline_free(nlp);
    tt_corpus_free(corpus);
}

static void check_pool(tt_test *t, const tt_pipeline *nlp, const tt_corpus *corpus, tt_str want)
{
    tt_pool *pool = NULL;
    tt_buf lines = {NULL, 0, 0};
    size_t count = tt_corpus_count(corpus);
    TT_CHECK_OK("pool", tt_pool_new(&pool, nlp, THREADS, count, &t->err));
    for (size_t i = 0; i < count; i++)
        TT_CHECK_OK("submit", tt_pool_submit(pool, tt_corpus_at(corpus, i)->text, NULL, NULL, &t->err));
    for (size_t i = 0; i < count; i++) {
        tt_pool_result result;
        TT_CHECK_OK("take", tt_pool_take(&result, pool, &t->err));
        TT_CHECK_OK("read", result.status);
        TT_CHECK_OK("line", tt_doc_json(&lines, result.doc, tt_corpus_at(corpus, i)->id, &t->err));
        tt_doc_free(result.doc);
    }
    TT_CHECK("the same lines", tt_str_eq((tt_str){lines.ptr, lines.len}, want));
    tt_pool_free(pool);
    tt_buf_free(&lines);
}

TT_TEST(articles_are_the_same_from_several_threads)
{
    tt_corpus *corpus = NULL;
    tt_pipeline *nlp = NULL;
    tt_buf lines = {NULL, 0, 0};
    TT_CHECK_OK("corpus", tt_corpus_new(&corpus, &t->err));
    TT_CHECK_OK("model", tt_pipeline_load(&nlp, MODEL, &t->err));
    read_corpus(corpus, t);
    for (size_t i = 0; i < tt_corpus_count(corpus); i++)
        check_document(&lines, t, nlp, tt_corpus_at(corpus, i)->text, tt_corpus_at(corpus, i)->id, "");
    check_pool(t, nlp, corpus, (tt_str){lines.ptr, lines.len});
    tt_buf_free(&lines);
    tt_pipeline_free(nlp);
    tt_corpus_free(corpus);
}
