/* pipeline.c - a model file and what is loaded from it, shared by all documents. */
#include "document/document_impl.h"

#include "base/alloc.h"

tt_status tt_pipeline_load(tt_pipeline **out, const char *path, tt_error *err)
{
    *out = NULL;
    tt_status status = TT_ENOMEM;
    tt_pipeline *self = tt__calloc(1, sizeof *self);
    if (self == NULL) {
        tt_fail(err, TT_ENOMEM, 0, "pipeline: out of memory");
        goto done;
    }
    status = tt_text_warm(err);
    if (status == TT_OK && path != NULL)
        status = tt_model_open(&self->model, path, err);
    if (status == TT_OK && path != NULL)
        status = tt_tagger_load(&self->tagger, self->model, err);
    if (status != TT_OK)
        goto done;
    *out = self;
    self = NULL;
done:
    tt_pipeline_free(self);
    return status;
}

void tt_pipeline_free(tt_pipeline *self)
{
    if (self == NULL)
        return;
    if (!self->shares) {
        tt_tagger_free(self->tagger);
        tt_model_close(self->model);
    }
    tt_rules_free(self->rules);
    tt__free(self);
}

size_t tt_pipeline_label_count(const tt_pipeline *self)
{
    return self->tagger ? tt_tagger_label_count(self->tagger) : 0;
}

tt_str tt_pipeline_label(const tt_pipeline *self, size_t label)
{
    return tt_tagger_label(self->tagger, label);
}

const tt_model *tt_pipeline_model(const tt_pipeline *self)
{
    return self->model;
}

/* Takes `rules` over, even when it fails. */
static tt_status share(tt_pipeline **out, const tt_pipeline *self, tt_rules *rules, tt_error *err)
{
    tt_pipeline *made = tt__calloc(1, sizeof *made);
    *out = made;
    if (made == NULL) {
        tt_rules_free(rules);
        return tt_fail(err, TT_ENOMEM, 0, "pipeline: out of memory");
    }
    *made = (tt_pipeline){self->model, self->tagger, rules, true};
    return TT_OK;
}

tt_status tt_pipeline_with_abbreviations(tt_pipeline **out, const tt_pipeline *self, const tt_str *words, size_t count,
                                         tt_error *err)
{
    tt_rules *rules;
    *out = NULL;
    tt_status status = tt_rules_with_abbreviations(&rules, self->rules, words, count, err);
    return status == TT_OK ? share(out, self, rules, err) : status;
}

tt_status tt_pipeline_with_block_rule(tt_pipeline **out, const tt_pipeline *self, tt_block_kind kind, tt_str pattern,
                                      tt_error *err)
{
    tt_rules *rules;
    *out = NULL;
    tt_status status = tt_rules_with_block(&rules, self->rules, (unsigned)kind, pattern, err);
    return status == TT_OK ? share(out, self, rules, err) : status;
}
