/* test_lexicon.c - compile small tables written by the test, look entries up, and refuse tables that break their form. */
#include "base/alloc.h"
#include "lexicon/kind.h"
#include "lexicon/lexicon_view.h"
#include "tt_test.h"

#include <stdlib.h>
#include <unistd.h>

static void put_file(tt_test *t, const char *dir, const char *name, const char *content)
{
    char path[TT_TEST_FOLDER + 32];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *file = fopen(path, "wb");
    TT_CHECK(name, file != NULL);
    if (file != NULL) {
        fputs(content, file);
        fclose(file);
    }
}

static const char CLASSES[] = "class\tfile\tcolumns\tfilter\n"
                              "place\tplaces\tname,aliases\tkind=city,country\n"
                              "word\tplaces\tname\tkind=word\n"
                              "head\theads\thead\t\n";
static const char PLACES[] = "name\taliases\tkind\nHà Nội\tThăng Long;Kẻ Chợ;Hue\xCC\x82\xCC\x81 Xưa\tcity\nViệt "
                             "Nam\t\tcountry\nhà\t\tword\nbỏ\t\tother\n";
static const char HEADS[] = "head\nBộ\nBộ Tư lệnh\n";
static const char KINDS[] = "kind\tfile\tcolumns\tfilter\tpart\n"
                            "LOC.city\tplaces\tname,aliases\tkind!=country,word,other\t\n"
                            "LOC.country\tplaces\tname\tkind=country\t\n"
                            "ORG.ministry\theads\thead\thead!=Bộ Tư lệnh\thead\n"
                            "ORG.army\theads\thead\thead=Bộ Tư lệnh\tany\n";
static const char CLUSTERS[] = "# word\nhà\t1\t2\t3\t9\nhà_nội\t4\t5\t6\t8\n00\t0\t0\t0\t7\n";

typedef struct {
    char dir[TT_TEST_FOLDER];
    tt_buf lexicon, clusters;
    tt_lexicon *view;
} fixture;

static tt_status compile(fixture *f, tt_test *t)
{
    char path[TT_TEST_FOLDER + 32];
    tt_buf_free(&f->lexicon);
    tt_buf_free(&f->clusters);
    snprintf(path, sizeof path, "%s/clusters.tsv", f->dir);
    return tt_lexicon_compile(&f->lexicon, &f->clusters, f->dir, path, &t->err);
}

static void set_up(fixture *f, tt_test *t)
{
    *f = (fixture){.view = NULL};
    tt_test_folder(t, f->dir);
    put_file(t, f->dir, "classes.tsv", CLASSES);
    put_file(t, f->dir, "places.tsv", PLACES);
    put_file(t, f->dir, "heads.tsv", HEADS);
    put_file(t, f->dir, "kinds.tsv", KINDS);
    put_file(t, f->dir, "clusters.tsv", CLUSTERS);
}

static void tear_down(fixture *f)
{
    static const char *const FILES[] = {"classes.tsv", "places.tsv", "heads.tsv", "kinds.tsv", "clusters.tsv"};
    for (size_t i = 0; i < TT_COUNT(FILES); i++) {
        char path[TT_TEST_FOLDER + 32];
        snprintf(path, sizeof path, "%s/%s", f->dir, FILES[i]);
        unlink(path);
    }
    rmdir(f->dir);
    tt_lexicon_free(f->view);
    tt_buf_free(&f->lexicon);
    tt_buf_free(&f->clusters);
}

static tt_tokens cut(tt_test *t, const char *text)
{
    tt_text view = {.norm = tt_str_c(text)};
    tt_tokens tokens = {NULL, 0};
    tt_sentence whole = {{0, (uint32_t)view.norm.len}, 0};
    TT_CHECK_OK(text, tt_tokens_make(&tokens, &t->arena, &view, &(tt_sentences){&whole, 1}, &t->err));
    return tokens;
}

static const struct {
    const char *name, *in;
    size_t count;         /* matches at the first token */
    uint32_t len;         /* of the longest */
    uint64_t same, other; /* of the longest; classes: 1 place, 2 word, 4 head */
} MATCHES[] = {
    {"longest last", "Hà Nội", 2, 2, 1, 0},
    {"alias", "Thăng Long", 1, 2, 1, 0},
    {"small letters", "hà nội", 2, 2, 0, 1},
    {"prefix of an entry", "Việt", 0, 0, 0, 0},
    {"two heads", "Bộ Tư lệnh Hải quân", 2, 3, 4, 0},
    {"filtered out", "bỏ", 0, 0, 0, 0},
    {"unknown", "Vinh", 0, 0, 0, 0},
    {"entry written in decomposed form", "Huế Xưa", 1, 2, 1, 0},
};

TT_TEST(lexicon_matches)
{
    fixture f;
    set_up(&f, t);
    TT_CHECK_OK("compile", compile(&f, t));
    TT_CHECK_OK("view", tt__lexicon_view(&f.view, (tt_str){f.lexicon.ptr, f.lexicon.len},
                                         (tt_str){f.clusters.ptr, f.clusters.len}, &t->err));
    TT_CHECK_INT("classes", tt_lexicon_class_count(f.view), 3);
    TT_CHECK_STR("class name", tt_lexicon_class_name(f.view, 2), "head");
    for (size_t i = 0; i < TT_COUNT(MATCHES); i++) {
        tt_lexicon_match found[4];
        tt_tokens tokens = cut(t, MATCHES[i].in);
        size_t n = tt_lexicon_match_at(found, TT_COUNT(found), f.view, &tokens, 0);
        TT_CHECK_INT(MATCHES[i].name, n, MATCHES[i].count);
        if (n == 0 || n != MATCHES[i].count)
            continue;
        TT_CHECK_INT(MATCHES[i].name, found[n - 1].len, MATCHES[i].len);
        TT_CHECK_INT(MATCHES[i].name, found[n - 1].same, MATCHES[i].same);
        TT_CHECK_INT(MATCHES[i].name, found[n - 1].other, MATCHES[i].other);
    }
    tear_down(&f);
}

TT_TEST(lexicon_clusters)
{
    fixture f;
    set_up(&f, t);
    TT_CHECK_OK("compile", compile(&f, t));
    TT_CHECK_OK("view", tt__lexicon_view(&f.view, (tt_str){f.lexicon.ptr, f.lexicon.len},
                                         (tt_str){f.clusters.ptr, f.clusters.len}, &t->err));
    tt_tokens tokens = cut(t, "HÀ Nội 27 lạ");
    tt_clusters one = tt_lexicon_cluster(f.view, &tokens.at[0]);
    TT_CHECK_INT("one above the number in the table", one.coarse, 2);
    TT_CHECK_INT("fine", one.fine, 4);
    TT_CHECK_INT("digits count as 0", tt_lexicon_cluster(f.view, &tokens.at[2]).coarse, 1);
    TT_CHECK_INT("unknown", tt_lexicon_cluster(f.view, &tokens.at[3]).coarse, 0);
    tear_down(&f);
}

static const struct {
    const char *name, *file, *content, *message; /* a part of the message */
    tt_status status;
} FAULTS[] = {
    {"unknown column", "classes.tsv", "class\tfile\tcolumns\tfilter\nx\tplaces\tnone\t\n", "places.tsv:1: no column \"none\"",
     TT_ECORPUS},
    {"unknown filter column", "classes.tsv", "class\tfile\tcolumns\tfilter\nx\tplaces\tname\tsort=1\n", "no column \"sort\"",
     TT_ECORPUS},
    {"missing table", "classes.tsv", "class\tfile\tcolumns\tfilter\nx\tgone\tname\t\n", "gone.tsv", TT_EIO},
    {"cluster that is no number", "clusters.tsv", "hà\t1\t2\t3\t1\nnội\t1\tx\t3\t1\n", "clusters.tsv:2: ", TT_ECORPUS},
    {"not UTF-8", "places.tsv", "name\taliases\tkind\nH\xFF\t\tcity\n", "places.tsv:2: not UTF-8", TT_ECORPUS},
    {"empty", "places.tsv", "", "places.tsv:1: ", TT_ECORPUS},
    {"filter without =", "classes.tsv", "class\tfile\tcolumns\tfilter\nx\tplaces\tname\tkind\n", "filter \"kind\" has no",
     TT_ECORPUS},
    {"no columns column", "classes.tsv", "class\tfile\tfilter\nx\tplaces\t\n", "column 3 is not \"columns\"", TT_ECORPUS},
    {"unknown kind", "kinds.tsv", "kind\tfile\tcolumns\tfilter\tpart\nLOC.moon\tplaces\tname\t\t\n",
     "kinds.tsv:2: no such kind", TT_ECORPUS},
    {"kind of another label", "kinds.tsv", "kind\tfile\tcolumns\tfilter\tpart\nORG.city\tplaces\tname\t\t\n", "no such kind",
     TT_ECORPUS},
    {"unknown part", "kinds.tsv", "kind\tfile\tcolumns\tfilter\tpart\nLOC.city\tplaces\tname\t\ttail\n",
     "kinds.tsv:2: no such part", TT_ECORPUS},
    {"kinds without part", "kinds.tsv", "kind\tfile\tcolumns\tfilter\nLOC.city\tplaces\tname\t\n", "column 5 is not \"part\"",
     TT_ECORPUS},
    {"kind of a missing table", "kinds.tsv", "kind\tfile\tcolumns\tfilter\tpart\nLOC.city\tgone\tname\t\t\n", "gone.tsv",
     TT_EIO},
    {"cluster row cut off", "clusters.tsv", "# word\n\nhà\t1\t2\n", "clusters.tsv:3: ", TT_ECORPUS},
    {"cluster number too long", "clusters.tsv", "hà\t1\t2\t12345\t1\n", "clusters.tsv:1: ", TT_ECORPUS},
    {"cluster word not UTF-8", "clusters.tsv", "h\xFF\t1\t2\t3\t1\n", "clusters.tsv:1: ", TT_ECORPUS},
};

static uint64_t bit(const char *kind)
{
    return (uint64_t)1 << tt__kind_of(tt_str_c(kind));
}

static const struct {
    const char *text;
    size_t count, len; /* of matches; of the longest */
    const char *whole, *capital, *small;
} KINDS_OF[] = {
    {"Hà Nội nay", 1, 2, "LOC.city", NULL, NULL},
    {"thăng long", 1, 2, "LOC.city", NULL, NULL},
    {"Việt Nam", 1, 2, "LOC.country", NULL, NULL},
    {"nhà", 0, 0, NULL, NULL, NULL},
    {"hà", 0, 0, NULL, NULL, NULL},
    {"bỏ", 0, 0, NULL, NULL, NULL},
    {"Bộ Y tế", 1, 1, "ORG.ministry", "ORG.ministry", NULL},
    {"bộ tư lệnh 86", 2, 3, "ORG.army", "ORG.army", "ORG.army"},
};

TT_TEST(lexicon_kinds)
{
    fixture f;
    set_up(&f, t);
    TT_CHECK_OK("compile", compile(&f, t));
    TT_CHECK_OK("view", tt__lexicon_view(&f.view, (tt_str){f.lexicon.ptr, f.lexicon.len},
                                         (tt_str){f.clusters.ptr, f.clusters.len}, &t->err));
    for (size_t i = 0; i < TT_COUNT(KINDS_OF); i++) {
        const char *row = KINDS_OF[i].text, *parts[] = {KINDS_OF[i].whole, KINDS_OF[i].capital, KINDS_OF[i].small};
        tt_kind_match found[4];
        tt_tokens tokens = cut(t, row);
        size_t count = tt__lexicon_kinds_at(found, TT_COUNT(found), f.view, &tokens, 0, tokens.len);
        TT_CHECK_INT(row, count, KINDS_OF[i].count);
        if (count == 0)
            continue;
        uint64_t bits[] = {found[count - 1].kinds.whole, found[count - 1].kinds.capital, found[count - 1].kinds.small};
        TT_CHECK_INT(row, found[count - 1].len, KINDS_OF[i].len);
        for (size_t k = 0; k < TT_COUNT(bits); k++)
            TT_CHECK(row, bits[k] == (parts[k] != NULL ? bit(parts[k]) : 0));
    }
    TT_CHECK_INT("within the span", tt__lexicon_kinds_at(&(tt_kind_match){0}, 1, f.view, &(tt_tokens){NULL, 0}, 0, 0), 0);
    TT_CHECK_STR("name", tt_str_c(tt_kind_name(tt__kind_of(tt_str_c("RANK.police")))), "police");
    TT_CHECK("none", tt_kind_name(0) == NULL && tt_kind_name(64) == NULL && tt__kind_of(tt_str_c("police")) == 0);
    tear_down(&f);
}

/* However the kinds are cut or changed, they are refused or used without harm. */
TT_TEST(lexicon_damaged_kinds)
{
    fixture f;
    set_up(&f, t);
    TT_CHECK_OK("compile", compile(&f, t));
    size_t whole = f.lexicon.len, kinds = whole;
    char path[TT_TEST_FOLDER + 32];
    snprintf(path, sizeof path, "%s/kinds.tsv", f.dir);
    char *bytes = tt__malloc(whole);
    memcpy(bytes, f.lexicon.ptr, whole);
    unlink(path);
    f.lexicon.len = 0;
    TT_CHECK_OK("compile without", compile(&f, t));
    kinds = f.lexicon.len;
    TT_CHECK("kinds come last", kinds < whole && memcmp(bytes, f.lexicon.ptr, kinds) == 0);
    for (size_t len = kinds + 1; len < whole; len++)
        TT_CHECK_INT("cut", tt__lexicon_view(&f.view, (tt_str){bytes, len}, (tt_str){f.clusters.ptr, f.clusters.len}, &t->err),
                     TT_EMODEL);
    tt_tokens tokens = cut(t, "Bộ Tư lệnh");
    for (size_t at = kinds; at < whole; at++) {
        tt_kind_match found[4];
        bytes[at] = (char)~bytes[at];
        if (tt__lexicon_view(&f.view, (tt_str){bytes, whole}, (tt_str){f.clusters.ptr, f.clusters.len}, &t->err) == TT_OK)
            TT_CHECK("used", tt__lexicon_kinds_at(found, TT_COUNT(found), f.view, &tokens, 0, tokens.len) <= 4);
        tt_lexicon_free(f.view);
        f.view = NULL;
        bytes[at] = (char)~bytes[at];
    }
    put_file(t, f.dir, "kinds.tsv", KINDS);
    tt__free(bytes);
    tear_down(&f);
}

TT_TEST(lexicon_faults)
{
    for (size_t i = 0; i < TT_COUNT(FAULTS); i++) {
        fixture f;
        set_up(&f, t);
        put_file(t, f.dir, FAULTS[i].file, FAULTS[i].content);
        TT_CHECK_INT(FAULTS[i].name, compile(&f, t), FAULTS[i].status);
        TT_CHECK(t->err.msg, strstr(t->err.msg, FAULTS[i].message) != NULL);
        tear_down(&f);
    }
}

TT_TEST(lexicon_missing_files)
{
    fixture f;
    char path[TT_TEST_FOLDER + 32];
    set_up(&f, t);
    snprintf(path, sizeof path, "%s/none.tsv", f.dir);
    TT_CHECK_INT("clusters", tt_lexicon_compile(&f.lexicon, &f.clusters, f.dir, path, &t->err), TT_EIO);
    TT_CHECK(t->err.msg, strstr(t->err.msg, path) != NULL);
    TT_CHECK_INT("folder", tt_lexicon_compile(&f.lexicon, &f.clusters, path, path, &t->err), TT_EIO);
    TT_CHECK(t->err.msg, strstr(t->err.msg, "none.tsv/classes.tsv") != NULL);
    tear_down(&f);
}

/* The 65th class has no bit. */
TT_TEST(lexicon_too_many_classes)
{
    fixture f;
    char classes[2048] = "class\tfile\tcolumns\tfilter\n";
    set_up(&f, t);
    for (unsigned i = 0; i < 65; i++) {
        if (i == 64) {
            put_file(t, f.dir, "classes.tsv", classes);
            TT_CHECK_OK("64", compile(&f, t));
        }
        size_t len = strlen(classes);
        snprintf(classes + len, sizeof classes - len, "c%u\theads\thead\t\n", i);
    }
    put_file(t, f.dir, "classes.tsv", classes);
    TT_CHECK_INT("65", compile(&f, t), TT_ECORPUS);
    TT_CHECK(t->err.msg, strstr(t->err.msg, "classes.tsv:66: ") != NULL);
    tear_down(&f);
}

TT_TEST(lexicon_allocation_failures)
{
    fixture f;
    tt_status status = TT_ENOMEM;
    set_up(&f, t);
    long n = 0;
    for (; status == TT_ENOMEM && n < 1000; n++) {
        tt__fail_after(n);
        status = compile(&f, t);
        tt__fail_after(-1);
    }
    TT_CHECK_INT("in the end", status, TT_OK);
    TT_CHECK("some failed", n > 10);
    tear_down(&f);
}

TT_TEST(lexicon_section_cut_at_every_length)
{
    fixture f;
    set_up(&f, t);
    TT_CHECK_OK("compile", compile(&f, t));
    for (size_t len = 0; len < f.clusters.len; len += 4)
        TT_CHECK_INT("clusters",
                     tt__lexicon_view(&f.view, (tt_str){f.lexicon.ptr, f.lexicon.len}, (tt_str){f.clusters.ptr, len}, &t->err),
                     TT_EMODEL);
    for (size_t len = 0; len < 4096; len += 8)
        TT_CHECK_INT("lexicon",
                     tt__lexicon_view(&f.view, (tt_str){f.lexicon.ptr, len}, (tt_str){f.clusters.ptr, f.clusters.len}, &t->err),
                     TT_EMODEL);
    tear_down(&f);
}
