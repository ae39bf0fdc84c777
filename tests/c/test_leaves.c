/* test_leaves.c - labels in whose mentions nothing lies: how they are found, and that nothing but a user's rule looks there. */
#include "entity/leaves.h"
#include "tiny_model.h"
#include "tt_test.h"

#include <stdio.h>
#include <unistd.h>

static void find(uint8_t leaves[8], tt_test *t, const char *ann, unsigned times, const char *more)
{
    tt_corpus *corpus = NULL;
    TT_CHECK_OK("new", tt_corpus_new(&corpus, &t->err));
    for (unsigned i = 0; i < times; i++)
        TT_CHECK_OK("parse", tt_corpus_parse(corpus, "a.ann", tt_str_c(ann), &t->err));
    TT_CHECK_OK("parse", tt_corpus_parse(corpus, "b.ann", tt_str_c(more), &t->err));
    TT_CHECK_OK("find", tt__leaves_find(leaves, corpus));
    tt_corpus_free(corpus);
}

TT_TEST(leaves_of_a_corpus)
{
    static const char HOLDS[] = "#doc a\n#paragraph\n{ORG|Sở Y tế {LOC|Hà Nội}} gặp {PER|Lan} ở {LOC|Huế}.\n";
    static const char SLIP[] = "#doc b\n#paragraph\n{PER|Lan {LOC|Huế}} đến.\n";
    static const char SAME[] = "#doc c\n#paragraph\n{PER|{LOC|Huế}} đến.\n";
    uint8_t leaves[8];
    find(leaves, t, HOLDS, 1, SAME);
    TT_CHECK_INT("ORG holds a place", leaves[0], 0);
    TT_CHECK_INT("LOC holds nothing", leaves[1], 1);
    TT_CHECK_INT("PER holds itself alone", leaves[2], 1);
    find(leaves, t, HOLDS, 199, SLIP);
    TT_CHECK_INT("one in 200", leaves[2], 0);
    find(leaves, t, HOLDS, 200, SLIP);
    TT_CHECK_INT("one in 201 is a slip", leaves[2], 1);
}

static size_t entities_of(tt_pipeline *nlp, tt_test *t, const char *text)
{
    tt_doc *doc = NULL;
    TT_CHECK_OK(text, tt_doc_make(&doc, nlp, tt_str_c(text), NULL, &t->err));
    size_t count = doc != NULL ? tt_doc_items(doc, TT_LAYER_ENTITIES).len : 0;
    tt_doc_free(doc);
    return count;
}

TT_TEST(leaves_hold_what_a_rule_fixes)
{
    const tt_str TERMS[] = {tt_str_c("Văn")};
    tiny_model f;
    tt_pipeline *nlp = NULL, *ruled = NULL;
    tiny_set_up(&f, t);
    TT_CHECK_OK("train", tiny_train(&f, t, TINY_ANN, 6));
    TT_CHECK_OK("load", tt_pipeline_load(&nlp, f.model, &t->err));
    TT_CHECK_INT("a person", entities_of(nlp, t, "Ông Trần Văn Minh đến Huế."), 2);
    TT_CHECK_OK("rule", tt_pipeline_with_terms(&ruled, nlp, tt_str_c("LOC"), TERMS, 1, false, &t->err));
    TT_CHECK_INT("a place of the model in a leaf", entities_of(ruled, t, "Ông Trần Văn Minh đến Huế."), 3);
    tt_pipeline_free(ruled);
    TT_CHECK_OK("rule", tt_pipeline_with_terms(&ruled, nlp, tt_str_c("MIDDLE"), TERMS, 1, false, &t->err));
    TT_CHECK_INT("a label of the user in a leaf", entities_of(ruled, t, "Ông Trần Văn Minh đến Huế."), 3);
    tt_pipeline_free(ruled);
    const tt_str whole = tt_str_c("Trần Văn Minh");
    TT_CHECK_OK("rule", tt_pipeline_with_terms(&ruled, nlp, tt_str_c("STRANGE"), &whole, 1, false, &t->err));
    TT_CHECK_INT("nothing in what is a leaf to the model", entities_of(ruled, t, "Ông Trần Văn Minh đến Huế."), 2);
    tt_pipeline_free(ruled);
    tt_pipeline_free(nlp);
    tiny_tear_down(&f);
}

TT_TEST(leaves_of_a_damaged_model)
{
    tiny_model f;
    tt_model *model = NULL;
    tt_pipeline *nlp = NULL;
    tiny_set_up(&f, t);
    TT_CHECK_OK("train", tiny_train(&f, t, TINY_ANN, 3));
    TT_CHECK_OK("open", tt_model_open(&model, f.model, &t->err));
    tt_model_part parts[] = {{"labels", tt_model_section(model, "labels")},   {"outer", tt_model_section(model, "outer")},
                             {"inner", tt_model_section(model, "inner")},     {"lexicon", tt_model_section(model, "lexicon")},
                             {"cluster", tt_model_section(model, "cluster")}, {"leaves", {"\1\1", 2}}};
    char path[TT_TEST_FOLDER + 16];
    snprintf(path, sizeof path, "%s/cut.ttm", f.dir);
    TT_CHECK_OK("write", tt_model_write(path, parts, TT_COUNT(parts), &t->err));
    TT_CHECK_INT("load", tt_pipeline_load(&nlp, path, &t->err), TT_EMODEL);
    TT_CHECK_OK("write without", tt_model_write(path, parts, TT_COUNT(parts) - 1, &t->err));
    TT_CHECK_OK("load without", tt_pipeline_load(&nlp, path, &t->err));
    tt_pipeline_free(nlp);
    tt_model_close(model);
    unlink(path);
    tiny_tear_down(&f);
}
