/* test_history.c - what was read before changes nothing: words come in other orders and on other threads, with more of them
 * than the tagger keeps sums and notes of, and each text reads as it does with a tagger that has read nothing else. */
#include "base/hash.h"
#include "cpu_paths.h"
#include "entity/fact_cache.h"
#include "entity/features.h"
#include "tiny_model.h"

enum { TEXTS = 10, WORDS = 3000 };

/* Of so many labels, each with an own word before it, and one mention within another. */
static void train(tiny_model *f, tt_test *t, unsigned labels)
{
    tt_train_options options;
    tt_buf ann = {NULL, 0, 0};
    char line[256];
    TT_CHECK_OK("ann", tt_buf_add(&ann, "#doc a\n#paragraph\n", 18));
    for (unsigned i = 0; i < labels; i++) {
        int len = snprintf(line, sizeof line, "Hôm nay k%u {L%02u|Văn Bà%u {L%02u|Huế %u}} ở x%u {L%02u|Hà Nội}.\n", i, i, i,
                           (i + 1) % labels, i, i, i);
        TT_CHECK_OK("ann", tt_buf_add(&ann, line, (size_t)len));
    }
    TT_CHECK_OK("ann", tt_buf_add(&ann, "", 1));
    tt_train_options_init(&options);
    options.epochs = 3;
    options.members = 1;
    TT_CHECK_OK("train", tiny_train_with(f, t, ann.ptr, labels < 10 ? 6 : 2, NULL, &options));
    tt_buf_free(&ann);
}

/* A word by its number: few are met often, most once. */
static int put_word(char *to, size_t room, uint64_t n, unsigned labels)
{
    static const char *const OFTEN[] = {"Hôm nay", "Văn", "Hà Nội", "Huế", "ở", "Bà", "ông Minh", "12/3",
                                        "(",       "\"",  ",",      ".\n", "-", ")",  "1.234",    "TP.HCM"};
    static const char *const HEADS[] = {"ngh", "tr", "B", "Đ", "kh", "x", "Q", "V"};
    static const char *const VOWELS[] = {"iê", "ươ", "ạ", "ó", "ê", "ụ", "a", "ỳ"};
    static const char *const ENDS[] = {"ng", "nh", "n", "c", "", "m", "t", "U2"};
    uint64_t number = tt__mix(n);
    if (n % 3 == 0)
        return snprintf(to, room, "%s ", OFTEN[number % TT_COUNT(OFTEN)]);
    if (n % 3 == 1)
        return snprintf(to, room, n % 2 != 0 ? "k%u Bà%u " : "x%u Huế ", (unsigned)(number % labels),
                        (unsigned)(number % labels));
    return snprintf(to, room, "%s%s%s%s%s ", HEADS[number % 8], VOWELS[number / 8 % 8], ENDS[number / 64 % 8],
                    HEADS[number / 512 % 8], VOWELS[number / 4096 % 8]);
}

static size_t place_in(const tt_fact_cache *empty, tt_str word)
{
    return tt__fact_cache_expect(empty, tt__hash(word.ptr, word.len, 1)).place;
}

static void put_str(tt_buf *out, tt_test *t, tt_str word)
{
    TT_CHECK_OK("text", tt_buf_add(out, word.ptr, word.len));
    TT_CHECK_OK("text", tt_buf_add(out, " ", 1));
}

/* A sentence whose sums cannot all be kept: behind each word come more than there are places for it, which want the same ones.
 */
static void make_crowd(tt_buf *out, tt_test *t)
{
    enum { RIVALS = 6 };
    static const char *const KNOWN[] = {"Hôm", "nay", "ở", "Huế", "Văn", "Bà", "Hà", "Nội"};
    tt_fact_cache empty;
    TT_CHECK_OK("cache", tt__fact_cache_open(&empty, tt__outer_features.scopes[0].bits, 1));
    for (uint64_t n = 2, i = 0; i < TT_COUNT(KNOWN); i++) {
        put_str(out, t, tt_str_c(KNOWN[i]));
        for (unsigned rivals = 0; rivals < RIVALS; n += 3) {
            char word[128];
            tt_str rival = {word, (size_t)put_word(word, sizeof word, n, 1) - 1};
            if (place_in(&empty, rival) != place_in(&empty, tt_str_c(KNOWN[i])))
                continue;
            put_str(out, t, rival);
            rivals++;
        }
    }
    tt__fact_cache_close(&empty);
}

/* The first ones are as short as texts get; the last one is a sentence without end. */
static void make_text(tt_buf *out, tt_test *t, unsigned number, unsigned labels)
{
    static const char *const SHORT[] = {"", "Huế", "k1 Văn Bà1 Huế 1"};
    char word[128];
    if (number < TT_COUNT(SHORT)) {
        TT_CHECK_OK("text", tt_buf_add(out, SHORT[number], strlen(SHORT[number])));
        return;
    }
    if (number == TT_COUNT(SHORT)) {
        make_crowd(out, t);
        return;
    }
    for (uint64_t i = 0; i < WORDS / TEXTS * (1 + number % 3); i++) {
        int len = put_word(word, sizeof word, tt__pair(number, i) % (3 * WORDS), labels);
        if (number + 1 != TEXTS || strstr(word, ".\n") == NULL)
            TT_CHECK_OK("text", tt_buf_add(out, word, (size_t)len));
    }
}

/* A model as it is, and with rules that pin what it may find otherwise. */
typedef struct {
    tt_pipeline *plain, *own, *ruled;
} readers;

static void add_rules(readers *r, tt_test *t)
{
    const tt_str own[] = {tt_str_c("Huế"), tt_str_c("nay ở")}, known[] = {tt_str_c("ông"), tt_str_c("Hà Nội ,")};
    TT_CHECK_OK("own label", tt_pipeline_with_terms(&r->own, r->plain, tt_str_c("X"), own, TT_COUNT(own), false, &t->err));
    TT_CHECK_OK("known label",
                tt_pipeline_with_terms(&r->ruled, r->own, tt_str_c("L00"), known, TT_COUNT(known), true, &t->err));
}

static void free_rules(readers *r)
{
    tt_pipeline_free(r->ruled);
    tt_pipeline_free(r->own);
}

typedef struct {
    tt_buf text, want, ruled; /* documents: without rules, and with them */
} sample;

static tt_str text_of(const sample *s)
{
    return (tt_str){s->text.ptr != NULL ? s->text.ptr : "", s->text.len};
}

static void read_text(tt_buf *out, tt_test *t, const tt_pipeline *nlp, const sample *s, size_t *found)
{
    tt_doc *doc = NULL;
    TT_CHECK_OK("read", tt_doc_make(&doc, nlp, text_of(s), NULL, &t->err));
    TT_CHECK_OK("pack", tt_doc_pack(out, doc, &t->err));
    *found += tt_doc_items(doc, TT_LAYER_ENTITIES).len;
    tt_doc_free(doc);
}

static bool are_same(const tt_buf *a, const tt_buf *b)
{
    return tt_str_eq((tt_str){a->ptr, a->len}, (tt_str){b->ptr, b->len});
}

/* By taggers that have read nothing; returns how many mentions there are. */
static size_t read_fresh(sample *s, tt_test *t, const char *model)
{
    size_t found = 0;
    for (int ruled = 0; ruled < 2; ruled++) {
        readers r = {NULL, NULL, NULL};
        TT_CHECK_OK("load", tt_pipeline_load(&r.plain, model, &t->err));
        add_rules(&r, t);
        read_text(ruled ? &s->ruled : &s->want, t, ruled ? r.ruled : r.plain, s, &found);
        free_rules(&r);
        tt_pipeline_free(r.plain);
    }
    return found;
}

/* Forth, back and at random, some with rules. */
static void check_orders(tt_test *t, tt_pipeline *nlp, const sample *samples)
{
    readers r = {nlp, NULL, NULL};
    tt_buf got = {NULL, 0, 0};
    size_t found = 0;
    add_rules(&r, t);
    for (uint64_t i = 0; i < 3 * TEXTS; i++) {
        const sample *s = &samples[i < TEXTS ? i : i < 2 * TEXTS ? 2 * TEXTS - 1 - i : tt__mix(i) % TEXTS];
        const bool ruled = i % 3 == 1;
        got.len = 0;
        read_text(&got, t, ruled ? r.ruled : r.plain, s, &found);
        TT_CHECK("the same whatever was read before", are_same(&got, ruled ? &s->ruled : &s->want));
    }
    tt_buf_free(&got);
    free_rules(&r);
}

static void check_threads(tt_test *t, const tt_pipeline *nlp, const sample *samples)
{
    tt_pool *pool = NULL;
    TT_CHECK_OK("pool", tt_pool_new(&pool, nlp, 3, 2 * TEXTS, &t->err));
    for (size_t i = 0; i < 2 * TEXTS; i++)
        TT_CHECK_OK("submit", tt_pool_submit(pool, text_of(&samples[i * 7 % TEXTS]), NULL, NULL, &t->err));
    for (size_t i = 0; i < 2 * TEXTS; i++) {
        tt_pool_result result;
        tt_buf got = {NULL, 0, 0};
        TT_CHECK_OK("take", tt_pool_take(&result, pool, &t->err));
        TT_CHECK_OK("read", result.status);
        TT_CHECK_OK("pack", tt_doc_pack(&got, result.doc, &t->err));
        TT_CHECK("the same on any thread", are_same(&got, &samples[i * 7 % TEXTS].want));
        tt_doc_free(result.doc);
        tt_buf_free(&got);
    }
    tt_pool_free(pool);
}

static void check_model(tt_test *t, const char *model, unsigned labels)
{
    sample samples[TEXTS] = {{{NULL, 0, 0}, {NULL, 0, 0}, {NULL, 0, 0}}};
    cpu_paths paths = {{NULL}};
    size_t found = 0, differ = 0;
    for (unsigned i = 0; i < TEXTS; i++) {
        make_text(&samples[i].text, t, i, labels);
        found += read_fresh(&samples[i], t, model);
        differ += !are_same(&samples[i].want, &samples[i].ruled);
    }
    TT_CHECK("mentions", found > 100);
    TT_CHECK("rules tell", differ > TEXTS / 2);
    TT_CHECK_OK("load", cpu_paths_load(&paths, model, &t->err));
    for (unsigned path = 0; path < CPU_PATHS && paths.nlp[path] != NULL; path++) {
        tt__cpu_limit((tt_cpu)path);
        check_orders(t, paths.nlp[path], samples);
    }
    cpu_paths_reset();
    check_threads(t, paths.nlp[tt__cpu()], samples);
    cpu_paths_free(&paths);
    for (unsigned i = 0; i < TEXTS; i++) {
        tt_buf_free(&samples[i].text);
        tt_buf_free(&samples[i].want);
        tt_buf_free(&samples[i].ruled);
    }
}

TT_TEST(history_changes_no_document)
{
    static const unsigned LABELS[] = {3, 10, 17, 63};
    for (size_t i = 0; i < TT_COUNT(LABELS); i++) {
        tiny_model f;
        tiny_set_up(&f, t);
        train(&f, t, LABELS[i]);
        check_model(t, f.model, LABELS[i]);
        tiny_tear_down(&f);
    }
}

TT_TEST(history_changes_no_document_on_top_of_a_base)
{
    tiny_model f;
    tiny_set_up(&f, t);
    train(&f, t, 10);
    tiny_train_on_top(&f, t, f.model);
    check_model(t, f.model, 10);
    tiny_tear_down(&f);
}
