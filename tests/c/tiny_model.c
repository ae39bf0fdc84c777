/* tiny_model.c - a folder with a lexicon, clusters and a corpus of a few lines, to train on within a test. */
#include "tiny_model.h"

#include <unistd.h>

const char TINY_ANN[] = "#doc a\n#paragraph\n"
                        "Ông {PER|Trần Văn Minh}, {ROLE|Giám đốc {ORG|Sở Y tế {LOC|Hà Nội}}}, đến {LOC|Huế}.\n"
                        "Bà {PER|Lê Thị Hoa} gặp ông {PER|Minh} tại {LOC|Hà Nội}.\n"
                        "#doc b\n#paragraph\n"
                        "{ROLE|Giám đốc {ORG|Sở Y tế {LOC|Hà Nội}}} nói chuyện với bà {PER|Hoa}.\n"
                        "Hôm qua trời mưa to.\n";

static void put_file(const tiny_model *f, const char *name, const char *content)
{
    char path[TT_TEST_FOLDER + 32];
    snprintf(path, sizeof path, "%s/%s", f->dir, name);
    FILE *file = fopen(path, "wb");
    if (file != NULL) {
        fputs(content, file);
        fclose(file);
    }
}

void tiny_set_up(tiny_model *f, tt_test *t)
{
    char clusters[TT_TEST_FOLDER + 16];
    *f = (tiny_model){.model = ""};
    tt_test_folder(t, f->dir);
    put_file(f, "classes.tsv", "class\tfile\tcolumns\tfilter\nplace\tplaces\tname\t\n");
    put_file(f, "places.tsv", "name\nHà Nội\nHuế\n");
    put_file(f, "clusters.tsv", "ông\t1\t2\t3\t9\nbà\t1\t2\t3\t8\n");
    snprintf(clusters, sizeof clusters, "%s/clusters.tsv", f->dir);
    snprintf(f->model, sizeof f->model, "%s/m.ttm", f->dir);
    TT_CHECK_OK("lexicon", tt_lexicon_compile(&f->lexicon, &f->clusters, f->dir, clusters, &t->err));
}

void tiny_tear_down(tiny_model *f)
{
    static const char *const FILES[] = {"classes.tsv", "places.tsv", "clusters.tsv", "m.ttm"};
    for (size_t i = 0; i < TT_COUNT(FILES); i++) {
        char path[TT_TEST_FOLDER + 32];
        snprintf(path, sizeof path, "%s/%s", f->dir, FILES[i]);
        unlink(path);
    }
    rmdir(f->dir);
    tt_buf_free(&f->lexicon);
    tt_buf_free(&f->clusters);
}

tt_status tiny_train_with(tiny_model *f, tt_test *t, const char *ann, unsigned times, const char *dev_ann,
                          const tt_train_options *options)
{
    tt_corpus *dev = NULL;
    tt_corpus *corpus = NULL;
    TT_CHECK_OK("corpus", tt_corpus_new(&corpus, &t->err));
    for (unsigned i = 0; i < times; i++)
        TT_CHECK_OK("corpus", tt_corpus_parse(corpus, "tiny.ann", tt_str_c(ann), &t->err));
    if (dev_ann != NULL) {
        TT_CHECK_OK("dev", tt_corpus_new(&dev, &t->err));
        TT_CHECK_OK("dev", tt_corpus_parse(dev, "dev.ann", tt_str_c(dev_ann), &t->err));
    }
    tt_status status = tt_train(f->model, corpus, dev, (tt_str){f->lexicon.ptr, f->lexicon.len},
                                (tt_str){f->clusters.ptr, f->clusters.len}, options, &t->err);
    tt_corpus_free(corpus);
    tt_corpus_free(dev);
    return status;
}

tt_status tiny_train(tiny_model *f, tt_test *t, const char *ann, unsigned times)
{
    return tiny_train_with(f, t, ann, times, NULL, NULL);
}

void tiny_train_on_top(tiny_model *f, tt_test *t, const char *base_path)
{
    tt_model *base = NULL;
    tt_train_options options;
    TT_CHECK_OK("base", tt_model_open(&base, base_path, &t->err));
    tt_train_options_init(&options);
    options.base = base;
    options.epochs = 2;
    options.members = 1;
    TT_CHECK_OK("train", tiny_train_with(f, t, TINY_ANN, 3, NULL, &options));
    tt_model_close(base);
}
