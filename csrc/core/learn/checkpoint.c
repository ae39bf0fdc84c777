/* checkpoint.c - the state, the arrays and the caller's bytes as sections of a model file. */
#include "learn/checkpoint.h"

#include "tintuc/model.h"

#include <string.h>
#include <unistd.h>

static const char *const NAMES[CHECKPOINT_ARRAYS] = {"array0", "array1", "array2", "array3", "array4", "array5", "array6"};

tt_status tt__checkpoint_write(const char *path, const tt_checkpoint *checkpoint, tt_error *err)
{
    tt_model_part parts[CHECKPOINT_ARRAYS + 2];
    for (size_t i = 0; i < CHECKPOINT_ARRAYS; i++)
        parts[i] = (tt_model_part){NAMES[i], {(const char *)checkpoint->arrays[i], checkpoint->lengths[i] * sizeof(float)}};
    parts[CHECKPOINT_ARRAYS] = (tt_model_part){"state", {(const char *)&checkpoint->state, sizeof checkpoint->state}};
    parts[CHECKPOINT_ARRAYS + 1] = (tt_model_part){"caller", {checkpoint->caller->ptr, checkpoint->caller->len}};
    return tt_model_write(path, parts, TT_COUNT(parts), err);
}

static tt_status read_model(tt_checkpoint *checkpoint, const tt_model *model, const char *path, tt_error *err)
{
    tt_checkpoint_state state;
    tt_str bytes = tt_model_section(model, "state"), caller = tt_model_section(model, "caller");
    bool fits = bytes.len == sizeof state;
    if (fits)
        memcpy(&state, bytes.ptr, sizeof state);
    fits = fits && state.fingerprint == checkpoint->state.fingerprint;
    for (size_t i = 0; fits && i < CHECKPOINT_ARRAYS; i++)
        fits = tt_model_section(model, NAMES[i]).len == checkpoint->lengths[i] * sizeof(float);
    if (!fits)
        return tt_fail(err, TT_EARGUMENT, 0,
                       "%s belongs to a training on other data or with other settings: remove it or name another", path);
    for (size_t i = 0; i < CHECKPOINT_ARRAYS; i++)
        if (checkpoint->lengths[i] != 0)
            memcpy(checkpoint->arrays[i], tt_model_section(model, NAMES[i]).ptr, checkpoint->lengths[i] * sizeof(float));
    checkpoint->state = state;
    checkpoint->caller->len = 0;
    if (tt_buf_add(checkpoint->caller, caller.ptr, caller.len) != TT_OK)
        return tt_fail(err, TT_ENOMEM, 0, "training: out of memory");
    return TT_OK;
}

tt_status tt__checkpoint_read(tt_checkpoint *checkpoint, const char *path, tt_error *err)
{
    tt_model *model = NULL;
    if (access(path, F_OK) != 0)
        return TT_OK;
    tt_status status = tt_model_open(&model, path, err);
    if (status == TT_OK)
        status = read_model(checkpoint, model, path, err);
    tt_model_close(model);
    return status;
}
