/* tagger.c - outermost mentions first, then inside each mention by the inner layer, down to TT_ENTITY_DEPTH. */
#include "base/alloc.h"
#include "base/hash.h"
#include "entity/layer_input.h"
#include "entity/scheme.h"

#include "tintuc/entity.h"

#include <string.h>

/* Tokens decoded at a time: bounds the memory of a sentence without end. */
enum { STRETCH = 512 };

struct tt_tagger {
    tt_lexicon *lexicon;
    tt_crf *outer, *inner;
    tt_str *labels;
    uint64_t *label_hashes;
    size_t label_count;
};

/* One run over a document. Each depth has scratch of its own, for its results are read while deeper ones are made. */
typedef struct {
    const tt_tagger *tagger;
    tt_layer_input input;
    tt_crf_scratch scratch;
    uint16_t *states[TT_ENTITY_DEPTH];
    size_t state_caps[TT_ENTITY_DEPTH];
    tt_entity *found;
    size_t found_count, found_cap;
} run;

static tt_status read_labels(tt_tagger *self, tt_str section, tt_error *err)
{
    size_t count = 0, at = 0;
    for (size_t i = 0; i < section.len; i++)
        count += section.ptr[i] == '\0';
    if (count == 0 || count > SCHEME_LABELS_MAX || section.ptr[section.len - 1] != '\0')
        return tt_fail(err, TT_EMODEL, 0, "the model's labels are missing or damaged: fetch or train the model again");
    self->labels = tt__calloc(count, sizeof *self->labels);
    self->label_hashes = tt__calloc(count, sizeof *self->label_hashes);
    if (self->labels == NULL || self->label_hashes == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "model: out of memory");
    for (size_t i = 0; i < count; i++) {
        self->labels[i] = tt_str_c(section.ptr + at);
        self->label_hashes[i] = tt__hash(self->labels[i].ptr, self->labels[i].len, 4);
        at += self->labels[i].len + 1;
    }
    self->label_count = count;
    return TT_OK;
}

static tt_status load(tt_tagger *self, const tt_model *model, tt_error *err)
{
    tt_status status = tt_lexicon_load(&self->lexicon, model, err);
    if (status == TT_OK)
        status = read_labels(self, tt_model_section(model, "labels"), err);
    if (status != TT_OK)
        return status;
    uint32_t states = tt__scheme_states((uint32_t)self->label_count);
    uint8_t *allowed = tt__malloc((size_t)states * states);
    if (allowed == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "model: out of memory");
    tt__scheme_allowed(allowed, (uint32_t)self->label_count);
    status = tt__crf_load(&self->outer, tt_model_section(model, "outer"), allowed, states, err);
    if (status == TT_OK)
        status = tt__crf_load(&self->inner, tt_model_section(model, "inner"), allowed, states, err);
    tt__free(allowed);
    return status;
}

tt_status tt_tagger_load(tt_tagger **out, const tt_model *model, tt_error *err)
{
    *out = NULL;
    tt_tagger *self = tt__calloc(1, sizeof *self);
    if (self == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "model: out of memory");
    tt_status status = load(self, model, err);
    if (status == TT_OK)
        *out = self;
    else
        tt_tagger_free(self);
    return status;
}

void tt_tagger_free(tt_tagger *self)
{
    if (self == NULL)
        return;
    tt_lexicon_free(self->lexicon);
    tt__crf_free(self->outer);
    tt__crf_free(self->inner);
    tt__free(self->labels);
    tt__free(self->label_hashes);
    tt__free(self);
}

size_t tt_tagger_label_count(const tt_tagger *self)
{
    return self->label_count;
}

tt_str tt_tagger_label(const tt_tagger *self, size_t label)
{
    return label < self->label_count ? self->labels[label] : (tt_str){NULL, 0};
}

/* The mention is as sure as the least sure of its tokens and of the token after it. */
static float confidence_of(const run *r, const tt_crf *crf, const tt_crf_input *in, const uint16_t *states, tt_span span)
{
    float least = 1;
    for (uint32_t t = span.start; t < span.end; t++) {
        float now = tt__crf_confidence(&r->scratch, crf, in, states, t);
        least = now < least ? now : least;
    }
    return least;
}

static tt_status add_found(run *r, tt_entity entity)
{
    if (tt__grow(&r->found, &r->found_cap, r->found_count + 1, sizeof *r->found) != TT_OK)
        return TT_ENOMEM;
    r->found[r->found_count++] = entity;
    return TT_OK;
}

/* Tag tokens [span.start, span.end) of a sentence that begins at token `base`; found mentions go to r->found. */
static tt_status tag_layer(run *r, const tt_sentence_atoms *atoms, uint32_t base, tt_span span, const tt_entity *parent)
{
    uint32_t depth = parent ? parent->depth + 1 : 0, at = 0, label;
    const tt_crf *crf = parent ? r->tagger->inner : r->tagger->outer;
    tt_span found;
    if (depth == TT_ENTITY_DEPTH || tt__grow(&r->states[depth], &r->state_caps[depth], span.end - span.start,
                                             sizeof *r->states[depth]) != TT_OK)
        return depth == TT_ENTITY_DEPTH ? TT_OK : TT_ENOMEM;
    if (tt__layer_input_fill(&r->input, atoms, span, parent ? &span : NULL,
                             parent ? r->tagger->label_hashes[parent->label] : 0) != TT_OK)
        return TT_ENOMEM;
    tt_crf_input in = tt__layer_input_view(&r->input, span);
    if (tt__crf_decode(r->states[depth], &r->scratch, crf, &in) != TT_OK)
        return TT_ENOMEM;
    while (tt__scheme_next(&found, &label, &at, r->states[depth], in.len)) {
        if (parent != NULL && found.end - found.start == in.len)
            continue; /* a mention does not lie in itself */
        tt_entity entity = {{base + span.start + found.start, base + span.start + found.end},
                            label,
                            depth,
                            confidence_of(r, crf, &in, r->states[depth], found)};
        if (add_found(r, entity) != TT_OK)
            return TT_ENOMEM;
    }
    return TT_OK;
}

static int by_start(const tt_entity *a, const tt_entity *b)
{
    if (a->tokens.start != b->tokens.start)
        return a->tokens.start < b->tokens.start ? -1 : 1;
    return a->depth < b->depth ? -1 : a->depth > b->depth;
}

/* The list is sorted but for few inner mentions near its end, so insertion is linear in practice and bounded by the stretch. */
static void sort_found(run *r, size_t first)
{
    for (size_t i = first + 1; i < r->found_count; i++) {
        tt_entity now = r->found[i];
        size_t k = i;
        for (; k > first && by_start(&now, &r->found[k - 1]) < 0; k--)
            r->found[k] = r->found[k - 1];
        r->found[k] = now;
    }
}

/* Outer mentions of a stretch, then level by level what lies in them. */
static tt_status tag_stretch(run *r, const tt_sentence_atoms *atoms, uint32_t base, tt_span stretch)
{
    size_t first = r->found_count;
    tt_status status = tag_layer(r, atoms, base, stretch, NULL);
    for (size_t i = first; status == TT_OK && i < r->found_count; i++) {
        tt_entity parent = r->found[i];
        tt_span span = {parent.tokens.start - base, parent.tokens.end - base};
        if (span.end - span.start > 1)
            status = tag_layer(r, atoms, base, span, &parent);
    }
    if (status == TT_OK)
        sort_found(r, first);
    return status;
}

static tt_status tag_document(run *r, const tt_atoms *atoms, const tt_tokens *tokens)
{
    for (uint32_t start = 0; start < tokens->len;) {
        uint32_t end = start + 1;
        while (end < tokens->len && tokens->at[end].sentence == tokens->at[start].sentence)
            end++;
        tt_sentence_atoms sentence = {atoms->at + start, end - start};
        for (uint32_t at = 0; at < sentence.len; at += STRETCH) {
            tt_span stretch = {at, sentence.len - at < STRETCH ? sentence.len : at + STRETCH};
            if (tag_stretch(r, &sentence, start, stretch) != TT_OK)
                return TT_ENOMEM;
        }
        start = end;
    }
    return TT_OK;
}

tt_status tt_tagger_run(tt_entities *out, tt_arena *arena, const tt_tagger *self, const tt_text *text, const tt_page *page,
                        const tt_sentences *sentences, const tt_tokens *tokens, tt_error *err)
{
    run r = {.tagger = self};
    tt_atoms atoms;
    *out = (tt_entities){NULL, 0};
    tt_status status = tt__atoms_make(&atoms, arena, self->lexicon, text, page, sentences, tokens, err);
    if (status != TT_OK)
        return status;
    status = tag_document(&r, &atoms, tokens);
    if (status == TT_OK) {
        out->at = tt__arena_copy(arena, r.found, r.found_count * sizeof *r.found);
        out->len = out->at ? r.found_count : 0;
        status = out->at ? TT_OK : TT_ENOMEM;
    }
    if (status != TT_OK)
        tt_fail(err, status, 0, "entities: out of memory");
    tt__layer_input_free(&r.input);
    tt__crf_scratch_free(&r.scratch);
    for (size_t i = 0; i < TT_ENTITY_DEPTH; i++)
        tt__free(r.states[i]);
    tt__free(r.found);
    return status;
}
