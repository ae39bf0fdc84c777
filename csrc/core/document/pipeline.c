/* pipeline.c - a model file and what is loaded from it, shared by all documents. */
#include "document/document_impl.h"

#include "base/alloc.h"

/* What the labels are to the values, looked up once. */
static tt_status note_labels(tt_pipeline *self, tt_error *err)
{
    size_t count = tt_pipeline_label_count(self);
    self->value_labels = tt__malloc(count + 1);
    if (self->value_labels == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "pipeline: out of memory");
    for (size_t i = 0; i < count; i++)
        self->value_labels[i] = (uint8_t)tt_value_label_of(tt_pipeline_label(self, i));
    return TT_OK;
}

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
    self->spares = tt__spares_make();
    if (status == TT_OK && self->spares == NULL)
        status = tt_fail(err, TT_ENOMEM, 0, "pipeline: out of memory");
    if (status == TT_OK && path != NULL)
        status = tt_model_open(&self->model, path, err);
    if (status == TT_OK && path != NULL)
        status = tt_tagger_load(&self->tagger, self->model, err);
    if (status == TT_OK)
        status = note_labels(self, err);
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
        tt__spares_free(self->spares);
    }
    tt_rules_free(self->own_rules);
    tt_mention_rules_free(self->own_mentions);
    tt__free(self->value_labels);
    tt__free(self);
}

size_t tt_pipeline_label_count(const tt_pipeline *self)
{
    return self->tagger ? tt_tagger_label_count(self->tagger) + tt_mention_rules_label_count(self->mentions) : 0;
}

tt_str tt_pipeline_label(const tt_pipeline *self, size_t label)
{
    size_t known = tt_tagger_label_count(self->tagger);
    return label < known ? tt_tagger_label(self->tagger, label) : tt_mention_rules_label(self->mentions, label - known);
}

const tt_model *tt_pipeline_model(const tt_pipeline *self)
{
    return self->model;
}

/* A copy of `self` that owns nothing yet. */
static tt_status share(tt_pipeline **out, const tt_pipeline *self, tt_error *err)
{
    tt_pipeline *made = tt__calloc(1, sizeof *made);
    *out = made;
    if (made == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "pipeline: out of memory");
    *made = *self;
    made->shares = true;
    made->own_rules = NULL;
    made->own_mentions = NULL;
    made->value_labels = NULL;
    return TT_OK;
}

/* Hand the copy out, with the rule that it owns, or nothing. */
static tt_status finish(tt_pipeline **out, tt_pipeline *made, tt_status status, tt_error *err)
{
    if (status == TT_OK) {
        made->rules = made->own_rules != NULL ? made->own_rules : made->rules;
        made->mentions = made->own_mentions != NULL ? made->own_mentions : made->mentions;
        status = note_labels(made, err);
    }
    if (status != TT_OK) {
        tt_pipeline_free(made);
        made = NULL;
    }
    *out = made;
    return status;
}

static tt_status need_tagger(const tt_pipeline *self, tt_error *err)
{
    return self->tagger != NULL ? TT_OK : tt_fail(err, TT_EUNSUPPORTED, 0, "terms and patterns of mentions need a model");
}

tt_status tt_pipeline_with_abbreviations(tt_pipeline **out, const tt_pipeline *self, const tt_str *words, size_t count,
                                         tt_error *err)
{
    tt_status status = share(out, self, err);
    if (status == TT_OK)
        status = tt_rules_with_abbreviations(&(*out)->own_rules, self->rules, words, count, err);
    return finish(out, *out, status, err);
}

tt_status tt_pipeline_with_block_rule(tt_pipeline **out, const tt_pipeline *self, tt_block_kind kind, tt_str pattern,
                                      tt_error *err)
{
    tt_status status = share(out, self, err);
    if (status == TT_OK)
        status = tt_rules_with_block(&(*out)->own_rules, self->rules, (unsigned)kind, pattern, err);
    return finish(out, *out, status, err);
}

tt_status tt_pipeline_with_terms(tt_pipeline **out, const tt_pipeline *self, tt_str label, const tt_str *terms, size_t count,
                                 bool ignore_case, tt_error *err)
{
    tt_status status = share(out, self, err);
    if (status == TT_OK)
        status = need_tagger(self, err);
    if (status == TT_OK)
        status = tt_mention_rules_with_terms(&(*out)->own_mentions, self->mentions, self->tagger, label, terms, count,
                                             ignore_case, err);
    return finish(out, *out, status, err);
}

tt_status tt_pipeline_with_pattern(tt_pipeline **out, const tt_pipeline *self, tt_str label, tt_str pattern, tt_error *err)
{
    tt_status status = share(out, self, err);
    if (status == TT_OK)
        status = need_tagger(self, err);
    if (status == TT_OK)
        status = tt_mention_rules_with_pattern(&(*out)->own_mentions, self->mentions, self->tagger, label, pattern, err);
    return finish(out, *out, status, err);
}
