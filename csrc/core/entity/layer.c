/* layer.c - tell a chain all facts of a stretch of tokens. What scopes tell is summed once and kept. */
#include "entity/layer.h"
#include "base/alloc.h"

#include <string.h>

enum { AHEAD = 2 };

tt_status tt__layer_open(tt_layer_run *out, const tt_crf *crf)
{
    memset(out, 0, sizeof *out);
    out->crf = crf;
    for (size_t k = 0; k < FEATURE_SCOPES; k++) {
        const tt_feature_scope *scope = &TT__FEATURE_SCOPES[k];
        if (tt__fact_cache_open(&out->sums[k], scope->bits, (size_t)scope->places * tt__crf_row_length(crf)) == TT_OK)
            continue;
        tt__layer_close(out);
        return TT_ENOMEM;
    }
    return TT_OK;
}

void tt__layer_close(tt_layer_run *self)
{
    for (size_t k = 0; k < FEATURE_SCOPES; k++)
        tt__fact_cache_close(&self->sums[k]);
    tt__crf_scratch_free(&self->scratch);
    tt__free(self->classes);
}

static void tell_facts(tt_layer_run *self)
{
    tt__crf_tell(&self->scratch, self->crf, self->facts, self->fact_count);
    self->fact_count = 0;
}

/* Tell what a scope says of token i, at place `at`, as far as tokens of the sequence are concerned. */
static void tell_scope(tt_layer_run *self, size_t number, uint64_t key, const tt_sentence_atoms *atoms, int64_t i, uint32_t at)
{
    const tt_feature_scope *scope = &TT__FEATURE_SCOPES[number];
    const uint32_t length = tt__crf_row_length(self->crf), limit = CRF_GUARD + self->scratch.len, origin = at + (uint32_t)scope->first;
    uint32_t first = origin < CRF_GUARD ? CRF_GUARD : origin, end = origin + scope->places < limit ? origin + scope->places : limit;
    bool known;
    if (first >= end)
        return;
    int16_t *sum = tt__fact_cache_at(&known, &self->sums[number], key);
    if (!known) {
        tt_crf_fact facts[FACTS_MAX];
        tt__crf_sum(sum, scope->places, self->crf, facts, scope->facts(facts, (uint32_t)-scope->first, atoms, i));
    }
    tt__crf_tell_sum(&self->scratch, self->crf, first, sum + (first - origin) * length, end - first);
}

/* Ask memory for the sums of a token. */
static void expect_token(uint64_t keys[FEATURE_SCOPES], const tt_layer_run *self, const tt_sentence_atoms *atoms, int64_t i)
{
    for (size_t k = 0; k < FEATURE_SCOPES; k++) {
        keys[k] = TT__FEATURE_SCOPES[k].key(atoms, i);
        tt__fact_cache_expect(&self->sums[k], keys[k]);
    }
}

tt_status tt__layer_decode(uint16_t *states, tt_layer_run *self, const tt_sentence_atoms *atoms, tt_span span, bool parent,
                           uint64_t label)
{
    uint32_t len = span.end - span.start, at = CRF_GUARD - FEATURES_REACH;
    if (tt__crf_start(&self->scratch, self->crf, len) != TT_OK ||
        tt__grow(&self->classes, &self->class_cap, len, sizeof *self->classes) != TT_OK)
        return TT_ENOMEM;
    uint64_t keys[AHEAD][FEATURE_SCOPES];
    for (int64_t k = 0; k < AHEAD; k++)
        expect_token(keys[k], self, atoms, (int64_t)span.start - FEATURES_REACH + k);
    for (int64_t i = (int64_t)span.start - FEATURES_REACH; i < (int64_t)span.end + FEATURES_REACH; i++, at++) {
        uint64_t *now = keys[(i - span.start + FEATURES_REACH) % AHEAD];
        for (size_t k = 0; k < FEATURE_SCOPES; k++)
            tell_scope(self, k, now[k], atoms, i, at);
        expect_token(now, self, atoms, i + AHEAD);
        self->fact_count += tt__features_rest(self->facts + self->fact_count, atoms, i, span);
        if (i >= span.start && i < span.end) {
            self->classes[i - span.start] = atoms->at[i].transition;
            if (parent)
                self->fact_count += tt__features_parent(self->facts + self->fact_count, atoms, (uint32_t)i, span, label);
        }
        if (self->fact_count >= LAYER_FACTS)
            tell_facts(self);
    }
    tell_facts(self);
    tt__crf_decode(states, &self->scratch, self->crf, self->classes);
    return TT_OK;
}

float tt__layer_confidence(const tt_layer_run *self, const uint16_t *states, uint32_t t)
{
    return tt__crf_confidence(&self->scratch, self->crf, self->classes, states, t);
}
