/* tintuc/train.h - learn a tagger from annotated documents. */
#ifndef TINTUC_TRAIN_H
#define TINTUC_TRAIN_H

#include "tintuc/corpus.h"
#include "tintuc/entity.h"

TT_BEGIN_DECLS

typedef struct {
    unsigned layer;         /* 0 outermost mentions, 1 inner ones */
    unsigned epoch, epochs; /* 1-based, of all members; planned */
    double loss;            /* mean negative log likelihood of a sentence, nats */
    double dev_f1;          /* strict F1 of the layer on the dev corpus; negative where none was given */
} tt_train_progress;

/* Return false to stop: the call then fails with TT_ECANCELLED. */
typedef bool tt_train_report(void *context, const tt_train_progress *progress);

typedef struct {
    unsigned epochs; /* 0: the default */
    unsigned
        members; /* trainings of three fifths of the epochs, each with draws of its own, whose mean goes on; 0: the default */
    unsigned patience;       /* epochs without a better dev F1 before a layer stops; 0: never */
    double dropout;          /* share of the features that each step leaves out, below 1; 0: the default */
    const tt_model *base;    /* a model to build on, see tt_train; NULL: none */
    const char *checkpoint;  /* files PATH.outer and PATH.inner keep the training after each epoch, and a call that finds them
                                goes  on from there to the same bytes; removed when the model is written. NULL: none */
    uint64_t seed;           /* order of the sentences; the same seed and corpus give the same bytes */
    tt_train_report *report; /* may be NULL */
    void *context;
} tt_train_options;

TT_API void tt_train_options_init(tt_train_options *out);

/* Train on `train` and write a whole model to `path`. Lexicon and clusters are taken from the section bytes given (see
 * tt_lexicon_compile, or tt_model_section of another model). `dev` may be NULL. Deterministic; runs its two layers on two
 * threads.
 *
 * With options->base, lexicon and clusters are those of that model and the ones given are not looked at, and the new tagger is
 * told the mentions that the base finds, whatever its labels, and what else it holds possible: what is learned from much text
 * helps where there is little. Both see a sentence whose tokens were joined by spaces as if it were running text. The new model
 * holds a copy of the base's tagger, and tags with both. Text that the base was trained on must not be in `train`: there it
 * knows too much. Of a base that was built on a base itself, the latter is taken. TT_ECORPUS when there is nothing to learn,
 * TT_EIO, TT_ENOMEM, TT_ECANCELLED. */
TT_API tt_status tt_train(const char *path, const tt_corpus *train, const tt_corpus *dev, tt_str lexicon, tt_str clusters,
                          const tt_train_options *options, tt_error *err);

TT_END_DECLS
#endif
