/* tiny_model.h - a tagger that is trained in a moment, in a folder of its own. */
#ifndef TINY_MODEL_H
#define TINY_MODEL_H

#include "tt_test.h"

/* Ten persons, places, bodies and offices in four sentences. */
extern const char TINY_ANN[];

typedef struct {
    char dir[TT_TEST_FOLDER], model[TT_TEST_FOLDER + 16];
    tt_buf lexicon, clusters;
} tiny_model;

void tiny_set_up(tiny_model *f, tt_test *t);
void tiny_tear_down(tiny_model *f);
/* Train on `times` copies of `ann` and write f->model; dev_ann and options may be NULL. */
tt_status tiny_train_with(tiny_model *f, tt_test *t, const char *ann, unsigned times, const char *dev_ann,
                          const tt_train_options *options);
tt_status tiny_train(tiny_model *f, tt_test *t, const char *ann, unsigned times);
/* Train a little on TINY_ANN on top of the model of that path, which may be f->model. */
void tiny_train_on_top(tiny_model *f, tt_test *t, const char *base_path);

#endif
