/* crf_train.h - fit a CRF by stochastic gradient steps with per-weight rates (AdaGrad: Duchi, Hazan, Singer 2011),
 * regularized by dropping features at random (dropout) and by pruning. */
#ifndef TT_LEARN_CRF_TRAIN_H
#define TT_LEARN_CRF_TRAIN_H

#include "learn/crf.h"

/* Sequences one after another. Zero-initialize; free with tt__crf_data_free. */
typedef struct {
    uint64_t *features; /* hashes */
    uint32_t *first;    /* token_count + 1 */
    uint16_t *gold;     /* state of each token */
    uint8_t *classes;
    uint32_t *starts; /* first token of each sequence, and the end: sequence_count + 1 */
    size_t feature_count, feature_cap, token_count, first_cap, gold_cap, class_cap, sequence_count, starts_cap;
} tt_crf_data;

/* Append a token with its features; close the sequence after its last token. TT_ENOMEM. */
tt_status tt__crf_data_token(tt_crf_data *data, const uint64_t *features, size_t count, uint8_t class_index, uint16_t gold);
tt_status tt__crf_data_close(tt_crf_data *data);
void tt__crf_data_free(tt_crf_data *data);

typedef struct {
    uint32_t states, classes;
    const uint8_t *allowed; /* states x states */
    unsigned cutoff;        /* features seen less often are dropped */
    double rate;
    double shared_rate;           /* of a step that all states of a group (see CRF_GROUP) take together besides; 0: none */
    unsigned members, early;      /* so many trainings of so many epochs, whose mean is taken; then */
    size_t most_weights;          /* all but the most_weights largest weights are dropped, but for those that cost no room, */
    unsigned late;                /* and so many epochs train what is left */
    double dropout, late_dropout; /* share of a token's features that a step leaves out, 0 .. <1 */
    uint64_t seed;
    const char *checkpoint; /* file that keeps the training between epochs, and from which it goes on; NULL: none */
    tt_buf *caller_state;   /* what the caller wants to find again with it; with a checkpoint only */
    /* After each epoch, numbered from 1 through all members: `section` is the model so far (valid during the call; empty within
     * a member), `pruned` says that it has its final size. Return TT_OK to go on, or an error to end training with it; set
     * *stop, which counts once it has its final size, to end training well. */
    tt_status (*after_epoch)(void *context, unsigned epoch, double loss, tt_str section, bool pruned, bool *stop);
    void *context;
} tt_crf_settings;

/* Append the section of the trained model to `out`. Deterministic. TT_ENOMEM, TT_ELIMIT for more features than the format
 * holds, what after_epoch returned, or the errors of checkpoint.h. */
tt_status tt__crf_train(tt_buf *out, const tt_crf_data *data, const tt_crf_settings *settings, tt_error *err);

#endif
