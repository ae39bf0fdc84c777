/* train.c - corpus to model file: features, two layers on two threads, the epoch that was best on the dev corpus. */
#include "tintuc/train.h"
#include "base/alloc.h"
#include "entity/atoms.h"
#include "entity/dev_score.h"
#include "entity/leaves.h"
#include "entity/scheme.h"
#include "entity/tagger_base.h"
#include "entity/train_data.h"
#include "lexicon/lexicon_view.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

/* The best epoch on dev; it goes into the checkpoint with its section. */
typedef struct {
    double f1;
    uint64_t since; /* epochs of final size without a better one */
} best_so_far;

/* What one layer's thread works on. */
typedef struct {
    unsigned layer;
    const tt_train_options *options;
    pthread_mutex_t *reporting;
    const tt_crf_data *data, *dev; /* dev NULL: none */
    const uint8_t *allowed;
    uint32_t states;
    tt_buf last;      /* section of the last epoch */
    tt_buf best;      /* a best_so_far, then its section */
    char *checkpoint; /* of this layer; NULL: none */
    tt_status status;
    tt_error error;
} layer_job;

void tt_train_options_init(tt_train_options *out)
{
    *out = (tt_train_options){.epochs = 10, .members = 3, .patience = 0, .dropout = 0.7, .seed = 1};
}

static tt_status keep(layer_job *job, best_so_far best, tt_str section)
{
    job->best.len = 0;
    tt_status status = tt_buf_add(&job->best, &best, sizeof best);
    return status == TT_OK ? tt_buf_add(&job->best, section.ptr, section.len) : status;
}

/* Compare an epoch of final size with the best before it; tells how many came since the best. */
static tt_status compare(uint64_t *since, layer_job *job, double f1, tt_str section)
{
    best_so_far best = {-2, 0};
    *since = 0;
    if (job->best.len != 0)
        memcpy(&best, job->best.ptr, sizeof best);
    if (f1 > best.f1)
        return keep(job, (best_so_far){f1, 0}, section);
    *since = ++best.since;
    memcpy(job->best.ptr, &best, sizeof best);
    return TT_OK;
}

/* Epochs of each member; what is left of them comes after pruning. */
static unsigned early_of(const tt_train_options *options)
{
    return (options->epochs * 3 + 4) / 5;
}

/* Epochs in all. */
static unsigned planned(const tt_train_options *options)
{
    return options->epochs + (options->members - 1) * early_of(options);
}

static tt_status after_epoch(void *context, unsigned epoch, double loss, tt_str section, bool pruned, bool *stop)
{
    layer_job *job = context;
    tt_train_progress progress = {job->layer, epoch, planned(job->options), loss, -1};
    tt_status status = job->dev && section.len != 0
                           ? tt__dev_score(&progress.dev_f1, &(tt_dev_chain){job->dev, job->allowed, job->states}, section)
                           : TT_OK;
    uint64_t since = 0;
    if (status == TT_OK && pruned)
        status = compare(&since, job, progress.dev_f1, section);
    if (status != TT_OK)
        return tt_fail(&job->error, status, 0, "training: out of memory");
    *stop = job->dev && job->options->patience && since >= job->options->patience;
    if (job->options->report == NULL)
        return TT_OK;
    pthread_mutex_lock(job->reporting);
    bool go_on = job->options->report(job->options->context, &progress);
    pthread_mutex_unlock(job->reporting);
    return go_on ? TT_OK : tt_fail(&job->error, TT_ECANCELLED, 0, "training was stopped");
}

static void *run_layer(void *argument)
{
    layer_job *job = argument;
    const bool on_top = job->options->base != NULL; /* of a base: mostly with few texts */
    tt_crf_settings settings = {
        .states = job->states,
        .classes = ATOM_CLASSES,
        .allowed = job->allowed,
        .cutoff = on_top ? 2 : 3,
        .rate = 0.05,
        .shared_rate = on_top ? 0.05 : 0,
        .dropout = job->options->dropout,
        .members = job->options->members,
        .early = early_of(job->options),
        .late = job->options->epochs - early_of(job->options),
        .most_weights = job->layer == 0 ? 3520000 : 550000,
        .late_dropout = job->options->dropout * 0.7,
        .seed = job->options->seed,
        .checkpoint = job->checkpoint,
        .caller_state = &job->best,
        .after_epoch = after_epoch,
        .context = job,
    };
    job->status = tt__crf_train(&job->last, job->data, &settings, &job->error);
    return NULL;
}

/* The inner layer on a thread of its own where one can be had, else after the outer one: the result is the same. */
static tt_status run_layers(layer_job jobs[2], tt_error *err)
{
    pthread_t thread;
    bool threaded = pthread_create(&thread, NULL, run_layer, &jobs[1]) == 0;
    run_layer(&jobs[0]);
    if (threaded)
        pthread_join(thread, NULL);
    else
        run_layer(&jobs[1]);
    for (size_t i = 0; i < 2; i++)
        if (jobs[i].status != TT_OK) {
            if (err != NULL)
                *err = jobs[i].error;
            return jobs[i].status;
        }
    return TT_OK;
}

static tt_str section_of(const layer_job *job)
{
    const size_t head = sizeof(best_so_far);
    return job->dev ? (tt_str){job->best.ptr + head, job->best.len - head} : (tt_str){job->last.ptr, job->last.len};
}

static tt_status collect_labels(tt_buf *bytes, tt_str **labels, const tt_corpus *corpus, tt_error *err)
{
    size_t count = tt_corpus_label_count(corpus);
    if (count == 0)
        return tt_fail(err, TT_ECORPUS, 0, "the training corpus has no mentions: nothing can be learned from it");
    if (count > SCHEME_LABELS_MAX)
        return tt_fail(err, TT_ELIMIT, SCHEME_LABELS_MAX, "the training corpus has more than %d labels", SCHEME_LABELS_MAX);
    *labels = tt__calloc(count, sizeof **labels);
    if (*labels == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "training: out of memory");
    for (size_t i = 0; i < count; i++) {
        (*labels)[i] = tt_corpus_label(corpus, i);
        if (tt_buf_add(bytes, (*labels)[i].ptr, (*labels)[i].len) != TT_OK || tt_buf_add(bytes, "", 1) != TT_OK)
            return tt_fail(err, TT_ENOMEM, 0, "training: out of memory");
    }
    return TT_OK;
}

/* Everything that is made before the layers train. */
typedef struct {
    tt_str lexicon, clusters; /* section bytes */
    tt_lexicon *view;
    tt_tagger *base;
    tt_buf label_bytes;
    tt_str *labels;
    size_t label_count;
    uint8_t *leaves, *allowed;
    tt_train_data data, dev_data;
} material;

static tt_status find_leaves(material *m, const tt_corpus *train, tt_error *err)
{
    m->leaves = tt__malloc(m->label_count);
    if (m->leaves == NULL || tt__leaves_find(m->leaves, train) != TT_OK)
        return tt_fail(err, TT_ENOMEM, 0, "training: out of memory");
    return TT_OK;
}

static tt_status read_material(material *m, const tt_corpus *train, const tt_corpus *dev, const tt_model *base, tt_error *err)
{
    m->label_count = tt_corpus_label_count(train);
    tt_status status = collect_labels(&m->label_bytes, &m->labels, train, err);
    if (status == TT_OK)
        status = tt__lexicon_view(&m->view, m->lexicon, m->clusters, err);
    if (status == TT_OK && base != NULL)
        status = tt__tagger_load_base(&m->base, base, err);
    if (status == TT_OK)
        status = find_leaves(m, train, err);
    if (status == TT_OK)
        status = tt__train_data_make(&m->data, train, m->view, m->labels, m->label_count, m->leaves, true, m->base, err);
    if (status == TT_OK && dev != NULL)
        status = tt__train_data_make(&m->dev_data, dev, m->view, m->labels, m->label_count, m->leaves, false, m->base, err);
    if (status != TT_OK)
        return status;
    uint32_t states = tt__scheme_states((uint32_t)m->label_count);
    if ((m->allowed = tt__malloc((size_t)states * states)) == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "training: out of memory");
    tt__scheme_allowed(m->allowed, (uint32_t)m->label_count);
    return TT_OK;
}

static void free_material(material *m)
{
    tt__train_data_free(&m->data);
    tt__train_data_free(&m->dev_data);
    tt_tagger_free(m->base);
    tt_lexicon_free(m->view);
    tt_buf_free(&m->label_bytes);
    tt__free(m->labels);
    tt__free(m->leaves);
    tt__free(m->allowed);
}

static tt_train_options chosen_of(const tt_train_options *options)
{
    tt_train_options chosen, usual;
    tt_train_options_init(&usual);
    chosen = options != NULL ? *options : usual;
    chosen.epochs = chosen.epochs ? chosen.epochs : usual.epochs;
    chosen.members = chosen.members ? chosen.members : usual.members;
    chosen.dropout = chosen.dropout > 0 ? chosen.dropout : usual.dropout;
    return chosen;
}

/* How far the layers are right on the dev corpus, into `out`; nothing without one. */
static tt_status calibrate(tt_buf *out, const layer_job jobs[2], const material *m, tt_error *err)
{
    tt_calibration calibration;
    tt_status status = TT_OK;
    tt__calibration_init(&calibration);
    for (size_t i = 0; i < 2 && status == TT_OK && jobs[i].dev != NULL; i++)
        status = tt__dev_calibrate(&calibration.layers[i], &(tt_dev_chain){jobs[i].dev, m->allowed, jobs[i].states},
                                   section_of(&jobs[i]), (uint32_t)m->label_count, i == 1);
    if (status == TT_OK && jobs[0].dev != NULL)
        status = tt__calibration_write(out, &calibration, (uint32_t)m->label_count);
    return status == TT_OK ? TT_OK : tt_fail(err, TT_ENOMEM, 0, "training: out of memory");
}

static tt_status write_sections(const char *path, const layer_job jobs[2], const material *m, tt_str sure, tt_error *err)
{
    const tt_model *base = jobs[0].options->base;
    size_t count = 6;
    tt_model_part parts[12] = {
        {"labels", {m->label_bytes.ptr, m->label_bytes.len}},
        {"leaves", {(const char *)m->leaves, m->label_count}},
        {"lexicon", m->lexicon},
        {"cluster", m->clusters},
        {"outer", section_of(&jobs[0])},
        {"inner", section_of(&jobs[1])},
    };
    if (sure.len != 0)
        parts[count++] = (tt_model_part){tt__tagger_sections.sure, sure};
    if (base == NULL)
        return tt_model_write(path, parts, count, err);
    const tt_tagger_sections *to = &tt__tagger_base_sections, *from = tt__model_has_base(base) ? to : &tt__tagger_sections;
    parts[count++] = (tt_model_part){to->labels, tt_model_section(base, from->labels)};
    if (tt_model_section(base, from->leaves).ptr != NULL)
        parts[count++] = (tt_model_part){to->leaves, tt_model_section(base, from->leaves)};
    parts[count++] = (tt_model_part){to->outer, tt_model_section(base, from->outer)};
    parts[count++] = (tt_model_part){to->inner, tt_model_section(base, from->inner)};
    return tt_model_write(path, parts, count, err);
}

static tt_status write_model(const char *path, const layer_job jobs[2], const material *m, tt_error *err)
{
    tt_buf sure = {NULL, 0, 0};
    tt_status status = calibrate(&sure, jobs, m, err);
    if (status == TT_OK)
        status = write_sections(path, jobs, m, (tt_str){sure.ptr, sure.len}, err);
    tt_buf_free(&sure);
    return status;
}

static tt_status name_checkpoint(layer_job *job, const char *path)
{
    static const char *const ENDINGS[] = {".outer", ".inner"};
    const size_t len = strlen(path), more = strlen(ENDINGS[job->layer]) + 1;
    if ((job->checkpoint = tt__malloc(len + more)) == NULL)
        return TT_ENOMEM;
    memcpy(job->checkpoint, path, len);
    memcpy(job->checkpoint + len, ENDINGS[job->layer], more);
    return TT_OK;
}

static tt_status open_jobs(layer_job jobs[2], const material *m, bool has_dev, const tt_train_options *options,
                           pthread_mutex_t *reporting)
{
    tt_status status = TT_OK;
    for (unsigned i = 0; i < 2; i++) {
        jobs[i] = (layer_job){.layer = i,
                              .options = options,
                              .reporting = reporting,
                              .data = &m->data.layers[i],
                              .dev = has_dev ? &m->dev_data.layers[i] : NULL,
                              .allowed = m->allowed,
                              .states = tt__scheme_states((uint32_t)m->label_count)};
        if (options->checkpoint != NULL && name_checkpoint(&jobs[i], options->checkpoint) != TT_OK)
            status = TT_ENOMEM;
    }
    return status;
}

/* The checkpoints are of no use once there is a model. */
static void close_jobs(layer_job jobs[2], bool done)
{
    for (size_t i = 0; i < 2; i++) {
        if (done && jobs[i].checkpoint != NULL)
            remove(jobs[i].checkpoint);
        tt_buf_free(&jobs[i].last);
        tt_buf_free(&jobs[i].best);
        tt__free(jobs[i].checkpoint);
    }
}

static tt_status train_layers(const char *path, const material *m, bool has_dev, const tt_train_options *options, tt_error *err)
{
    layer_job jobs[2];
    pthread_mutex_t reporting;
    if (pthread_mutex_init(&reporting, NULL) != 0)
        return tt_fail(err, TT_ENOMEM, 0, "training: no mutex");
    tt_status status = open_jobs(jobs, m, has_dev, options, &reporting);
    if (status == TT_OK)
        status = run_layers(jobs, err);
    else
        tt_fail(err, status, 0, "training: out of memory");
    if (status == TT_OK)
        status = write_model(path, jobs, m, err);
    close_jobs(jobs, status == TT_OK);
    pthread_mutex_destroy(&reporting);
    return status;
}

tt_status tt_train(const char *path, const tt_corpus *train, const tt_corpus *dev, tt_str lexicon, tt_str clusters,
                   const tt_train_options *options, tt_error *err)
{
    tt_train_options chosen = chosen_of(options);
    material m = {.lexicon = lexicon, .clusters = clusters};
    if (chosen.base != NULL) {
        m.lexicon = tt_model_section(chosen.base, "lexicon");
        m.clusters = tt_model_section(chosen.base, "cluster");
    }
    tt_status status = read_material(&m, train, dev, chosen.base, err);
    if (status == TT_OK)
        status = train_layers(path, &m, dev != NULL, &chosen, err);
    free_material(&m);
    return status;
}
