/* tt_train.c - a model from annotated files. */
#include "tool.h"

#include <stdio.h>

typedef struct {
    const char *lexicon, *clusters, *model, *base;
    tt_train_options options;
    tt_corpus *train, *dev;
    size_t dev_files;
} training;

enum { OPT_LEXICON, OPT_CLUSTERS, OPT_DEV, OPT_EPOCHS, OPT_DROPOUT, OPT_SEED, OPT_BASE, OPT_CHECKPOINT, OPT_MODEL };
static const char *const OPTIONS[] = {"--lexicon", "--clusters", "--dev",        "--epochs", "--dropout",
                                      "--seed",    "--base",     "--checkpoint", "-o",       NULL};

static bool report(void *context, const tt_train_progress *at)
{
    (void)context;
    fprintf(stderr, "layer %u  epoch %u/%u  loss %.5f", at->layer, at->epoch, at->epochs, at->loss);
    if (at->dev_f1 >= 0)
        fprintf(stderr, "  dev F1 %.4f", at->dev_f1);
    fputc('\n', stderr);
    return true;
}

static bool set_option(training *job, int option, const char *value)
{
    uint64_t number;
    switch (option) {
    case OPT_LEXICON: job->lexicon = value; return true;
    case OPT_CLUSTERS: job->clusters = value; return true;
    case OPT_CHECKPOINT: job->options.checkpoint = value; return true;
    case OPT_BASE: job->base = value; return true;
    case OPT_DEV: job->dev_files++; return true;
    case OPT_MODEL: job->model = value; return true;
    case OPT_DROPOUT: return tool_real(&job->options.dropout, "--dropout", value);
    case OPT_SEED: return tool_number(&job->options.seed, "--seed", value);
    default:
        if (!tool_number(&number, "--epochs", value))
            return false;
        job->options.epochs = number < 100000 ? (unsigned)number : 100000;
        return true;
    }
}

static bool read_options(training *job, tool_args args)
{
    int what;
    size_t files = 0;
    while ((what = tool_next(&args, OPTIONS)) != TOOL_END) {
        if (what == TOOL_BAD || (what >= 0 && !set_option(job, what, args.value)))
            return false;
        files += what == TOOL_FILE;
    }
    bool knowledge = job->base != NULL || (job->lexicon != NULL && job->clusters != NULL);
    if (files != 0 && knowledge && job->model != NULL)
        return true;
    fputs("tt: train needs --lexicon and --clusters, or --base; -o; and a corpus\n", stderr);
    return false;
}

static tt_status read_corpora(training *job, tool_args args, tt_error *err)
{
    int what;
    tt_status status = tt_corpus_new(&job->train, err);
    if (status == TT_OK)
        status = tt_corpus_new(&job->dev, err);
    while (status == TT_OK && (what = tool_next(&args, OPTIONS)) != TOOL_END)
        if (what == TOOL_FILE || what == OPT_DEV)
            status = tt_corpus_read(what == TOOL_FILE ? job->train : job->dev, args.value, err);
    if (status == TT_OK)
        fprintf(stderr, "%zu documents, %zu labels; dev: %zu documents\n", tt_corpus_count(job->train),
                tt_corpus_label_count(job->train), tt_corpus_count(job->dev));
    return status;
}

int tool_train(tool_args *args)
{
    training job = {.lexicon = NULL};
    tt_buf lexicon = {NULL, 0, 0}, clusters = {NULL, 0, 0};
    tt_model *base = NULL;
    tt_error err = {0, ""};
    tt_train_options_init(&job.options);
    job.options.report = report;
    if (!read_options(&job, *args))
        return TOOL_WRONG_CALL;
    tt_status status = read_corpora(&job, *args, &err);
    if (status == TT_OK && job.base != NULL)
        status = tt_model_open(&base, job.base, &err);
    if (status == TT_OK && base == NULL)
        status = tt_lexicon_compile(&lexicon, &clusters, job.lexicon, job.clusters, &err);
    job.options.base = base;
    if (status == TT_OK)
        status = tt_train(job.model, job.train, job.dev_files != 0 ? job.dev : NULL, (tt_str){lexicon.ptr, lexicon.len},
                          (tt_str){clusters.ptr, clusters.len}, &job.options, &err);
    tt_corpus_free(job.train);
    tt_corpus_free(job.dev);
    tt_model_close(base);
    tt_buf_free(&lexicon);
    tt_buf_free(&clusters);
    return status == TT_OK ? TOOL_OK : tool_complain(&err);
}
