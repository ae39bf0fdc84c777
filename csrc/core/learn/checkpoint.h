/* checkpoint.h - a training on disk between two epochs, so that it can go on after it was stopped.
 *
 * The file has the form of a model file, with its checksum, and is replaced as a whole. Numbers are those of this machine. */
#ifndef TT_LEARN_CHECKPOINT_H
#define TT_LEARN_CHECKPOINT_H

#include "tintuc/base.h"

/* Where a training stands. Two trainings of one fingerprint have the same data and settings, and arrays of the same lengths. */
typedef struct {
    uint64_t fingerprint;
    uint32_t epoch; /* passes done */
    uint32_t means; /* how many sets of weights are in the mean */
} tt_checkpoint_state;

enum { CHECKPOINT_ARRAYS = 7 };

typedef struct {
    tt_checkpoint_state state;
    float *arrays[CHECKPOINT_ARRAYS]; /* the trainer's; read into and written from; NULL with length 0 */
    size_t lengths[CHECKPOINT_ARRAYS];
    tt_buf *caller; /* bytes that the caller of the training wants to have again */
} tt_checkpoint;

/* Replace the file. TT_EIO, TT_ENOMEM. */
tt_status tt__checkpoint_write(const char *path, const tt_checkpoint *checkpoint, tt_error *err);
/* Read it back; without such a file nothing changes. checkpoint->state.fingerprint says which training is meant.
 * TT_EARGUMENT for the file of another training, TT_EMODEL for a damaged one, TT_EIO, TT_ENOMEM. */
tt_status tt__checkpoint_read(tt_checkpoint *checkpoint, const char *path, tt_error *err);

#endif
