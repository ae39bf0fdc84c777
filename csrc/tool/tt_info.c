/* tt_info.c - what is in a model. */
#include "tool.h"

#include <inttypes.h>
#include <stdio.h>

static void show_labels(const tt_pipeline *pipeline)
{
    fputs("labels  ", stdout);
    for (size_t i = 0; i < tt_pipeline_label_count(pipeline); i++) {
        tt_str label = tt_pipeline_label(pipeline, i);
        printf(" %.*s", (int)label.len, label.ptr);
    }
    putchar('\n');
}

static tt_status show_lexicon(const tt_model *model, tt_error *err)
{
    tt_lexicon *lexicon;
    tt_status status = tt_lexicon_load(&lexicon, model, err);
    if (status != TT_OK)
        return status;
    fputs("lexicon ", stdout);
    for (size_t i = 0; i < tt_lexicon_class_count(lexicon); i++) {
        tt_str name = tt_lexicon_class_name(lexicon, i);
        printf(" %.*s", (int)name.len, name.ptr);
    }
    putchar('\n');
    tt_lexicon_free(lexicon);
    return TT_OK;
}

int tool_info(tool_args *args)
{
    static const char *const NO_OPTIONS[] = {NULL};
    tt_pipeline *pipeline;
    tt_error err = {0, ""};
    if (tool_next(args, NO_OPTIONS) != TOOL_FILE || args->at != args->argc) {
        fputs("tt: info needs one model\n", stderr);
        return TOOL_WRONG_CALL;
    }
    if (tt_pipeline_load(&pipeline, args->value, &err) != TT_OK)
        return tool_complain(&err);
    const tt_model *model = tt_pipeline_model(pipeline);
    printf("tintuc   %s\nmodel    %s\nbytes    %zu\nchecksum %016" PRIx64 "\n", tt_version(), args->value, tt_model_size(model),
           tt_model_checksum(model));
    show_labels(pipeline);
    tt_status status = show_lexicon(model, &err);
    tt_pipeline_free(pipeline);
    if (status == TT_OK && fflush(stdout) != 0)
        status = tt_fail(&err, TT_EIO, 0, "the output cannot be written");
    return status == TT_OK ? TOOL_OK : tool_complain(&err);
}
