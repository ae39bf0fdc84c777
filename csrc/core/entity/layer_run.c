/* layer_run.c - tell a chain all facts of a stretch of tokens. What scopes tell is summed once and kept.
 *
 * Sums that are missing are made together before any is told, for the chain looks many facts up at little more than the cost of
 * one: most of it is waiting for memory. */
#include "entity/layer_run.h"
#include "base/alloc.h"
#include "entity/mention_odds.h"

#include <string.h>

/* FACTS: so many are worth being told together. */
enum { FRESH_ROWS = LAYER_FRESH * (2 * FEATURES_REACH + 1), FACTS = 1024, FACTS_ROOM = FACTS + 2 * FACTS_MAX };

tt_status tt__layer_open(tt_layer_run *out, const tt_crf *crf, const tt_feature_set *features)
{
    memset(out, 0, sizeof *out);
    out->crf = crf;
    out->features = features;
    size_t length = tt__crf_row_length(crf);
    out->fresh_rows = tt__malloc(FRESH_ROWS * length * sizeof *out->fresh_rows);
    out->facts.several = tt__malloc(FACTS_ROOM * sizeof *out->facts.several);
    out->facts.ones = tt__malloc(FACTS_ROOM * sizeof *out->facts.ones);
    bool whole = out->fresh_rows != NULL && out->facts.several != NULL && out->facts.ones != NULL;
    for (size_t k = 0; whole && k < features->scope_count; k++) {
        const tt_feature_scope *scope = &features->scopes[k];
        whole = tt__fact_cache_open(&out->sums[k], scope->bits, scope->places * length) == TT_OK;
    }
    if (!whole)
        tt__layer_close(out);
    return whole ? TT_OK : TT_ENOMEM;
}

void tt__layer_close(tt_layer_run *self)
{
    for (size_t k = 0; k < FEATURE_SCOPES; k++)
        tt__fact_cache_close(&self->sums[k]);
    tt__crf_scratch_free(&self->scratch);
    tt__free(self->fresh_rows);
    tt__free(self->kept);
    tt__free(self->facts.several);
    tt__free(self->facts.ones);
    tt__free(self->classes);
    memset(self, 0, sizeof *self);
}

static void forget_facts(tt_layer_run *self)
{
    self->facts.several_count = self->facts.one_count = 0;
}

/* Is there no more room for what two tokens tell? */
static bool is_full(const tt_layer_run *self)
{
    return self->facts.several_count + self->facts.one_count >= FACTS;
}

/* Make the missing sums. One whose place was claimed by another since is not kept. */
static void make_sums(tt_layer_run *self)
{
    const size_t length = tt__crf_row_length(self->crf);
    tt__crf_sum(self->fresh_rows, self->fresh_places, self->crf, &self->facts);
    for (size_t i = 0; i < self->fresh_count; i++) {
        const tt_fresh_sum *fresh = &self->fresh[i];
        int16_t *sum = tt__fact_cache_at(&self->sums[fresh->scope], fresh->kept);
        if (sum != NULL)
            memcpy(sum, self->fresh_rows + fresh->place * length,
                   self->features->scopes[fresh->scope].places * length * sizeof *sum);
    }
    forget_facts(self);
    self->fresh_count = 0;
    self->fresh_places = 0;
}

/* Claim a place for what scope `number` tells of token i, and note its facts. */
static void note_missing(tt_layer_run *self, uint32_t number, tt_kept_sum *kept, const tt_sentence_atoms *atoms, int64_t i)
{
    const tt_feature_scope *scope = &self->features->scopes[number];
    tt__fact_cache_claim(kept, &self->sums[number]);
    scope->facts(&self->facts, self->fresh_places + (uint32_t)-scope->first, atoms, i);
    self->fresh[self->fresh_count++] = (tt_fresh_sum){*kept, number, self->fresh_places};
    self->fresh_places += scope->places;
    if (self->fresh_count == LAYER_FRESH || is_full(self))
        make_sums(self);
}

/* Those of tokens `span` that a scope of token i reaches. */
static tt_span reached(const tt_feature_scope *scope, int64_t i, tt_span span)
{
    int64_t first = i + scope->first, end = first + scope->places;
    first = first < span.start ? span.start : first;
    end = end < span.end ? end : span.end;
    return first < end ? (tt_span){(uint32_t)first, (uint32_t)end} : (tt_span){0, 0};
}

/* See that the sum is at hand, if a token of the span listens to it. It may have got a place since it was looked for. */
static void prepare_sum(tt_layer_run *self, uint32_t number, tt_kept_sum *kept, const tt_sentence_atoms *atoms, int64_t i,
                        tt_span span)
{
    if (tt__fact_cache_at(&self->sums[number], *kept) == NULL && reached(&self->features->scopes[number], i, span).end != 0 &&
        !tt__fact_cache_find(kept, &self->sums[number]))
        note_missing(self, number, kept, atoms, i);
}

/* Where the sums of all scopes of the `count` tokens from `start` on are, with every one at hand that is listened to. */
static tt_status prepare_sums(tt_layer_run *self, const tt_sentence_atoms *atoms, tt_span span, int64_t start, uint32_t count)
{
    enum { AHEAD = 2 };
    if (tt__grow(&self->kept, &self->kept_cap, (size_t)count * FEATURE_SCOPES, sizeof *self->kept) != TT_OK)
        return TT_ENOMEM;
    for (uint32_t t = 0; t < count + AHEAD; t++)
        for (uint32_t k = 0; k < self->features->scope_count; k++) {
            if (t < count)
                self->kept[t * FEATURE_SCOPES + k] =
                    tt__fact_cache_expect(&self->sums[k], self->features->scopes[k].key(atoms, start + t));
            if (t >= AHEAD)
                prepare_sum(self, k, &self->kept[(t - AHEAD) * FEATURE_SCOPES + k], atoms, start + t - AHEAD, span);
        }
    if (self->fresh_count != 0)
        make_sums(self);
    return TT_OK;
}

static void tell_facts(tt_layer_run *self)
{
    tt__crf_tell(&self->scratch, self->crf, &self->facts);
    forget_facts(self);
}

/* Places count from the span's first token. */
static uint32_t place_of(tt_span span, int64_t i)
{
    return (uint32_t)(i - span.start + CRF_GUARD);
}

/* Tell tokens of the span what scope `number` says of token i. */
static void tell_scope(tt_layer_run *self, uint32_t number, tt_kept_sum kept, const tt_sentence_atoms *atoms, int64_t i,
                       tt_span span)
{
    const tt_feature_scope *scope = &self->features->scopes[number];
    tt_span to = reached(scope, i, span);
    if (to.end == 0)
        return;
    const int16_t *sum = tt__fact_cache_at(&self->sums[number], kept);
    if (sum == NULL) { /* another token took its place */
        scope->facts(&self->facts, place_of(span, i), atoms, i);
        return;
    }
    sum += (size_t)(to.start - (i + scope->first)) * tt__crf_row_length(self->crf);
    tt__crf_tell_sum(&self->scratch, self->crf, place_of(span, to.start), sum, to.end - to.start);
}

/* Let the tokens of the span hear what they and up to `reach` tokens around them tell. */
static tt_status hear(tt_layer_run *self, const tt_sentence_atoms *atoms, tt_span span, uint32_t reach)
{
    const uint32_t count = span.end - span.start + 2 * reach;
    const int64_t start = (int64_t)span.start - reach;
    if (prepare_sums(self, atoms, span, start, count) != TT_OK)
        return TT_ENOMEM;
    for (uint32_t t = 0; t < count; t++) {
        int64_t i = start + t;
        for (uint32_t k = 0; k < self->features->scope_count; k++)
            tell_scope(self, k, self->kept[t * FEATURE_SCOPES + k], atoms, i, span);
        self->features->rest(&self->facts, atoms, i, span, span.start);
        if (is_full(self))
            tell_facts(self);
    }
    return TT_OK;
}

static void hear_parent(tt_layer_run *self, const tt_sentence_atoms *atoms, tt_span span, uint64_t label)
{
    for (uint32_t i = span.start; i < span.end; i++) {
        tt__features_parent(&self->facts, atoms, i, span, label);
        if (is_full(self))
            tell_facts(self);
    }
}

tt_status tt__layer_decode(uint16_t *states, tt_layer_run *self, const tt_sentence_atoms *atoms, tt_span span,
                           const uint64_t *parent)
{
    const uint32_t len = span.end - span.start;
    if (tt__crf_start(&self->scratch, self->crf, len) != TT_OK ||
        tt__grow(&self->classes, &self->class_cap, len, sizeof *self->classes) != TT_OK ||
        hear(self, atoms, span, parent != NULL ? 0 : FEATURES_REACH) != TT_OK)
        return TT_ENOMEM;
    if (parent != NULL)
        hear_parent(self, atoms, span, *parent);
    tell_facts(self);
    for (uint32_t t = 0; t < len; t++)
        self->classes[t] = atoms->at[span.start + t].transition;
    tt__crf_decode(states, &self->scratch, self->crf, self->classes);
    return TT_OK;
}

void tt__layer_decode_pinned(uint16_t *states, tt_layer_run *self, const uint16_t *pins)
{
    tt__crf_decode_pinned(states, &self->scratch, self->crf, self->classes, pins);
}

float tt__layer_odds(const tt_layer_run *self, const uint16_t *states, uint32_t labels, tt_span span, uint32_t label)
{
    return tt__mention_odds(&(tt_path){&self->scratch, self->crf, self->classes, states, self->scratch.len}, labels, span,
                            label);
}
