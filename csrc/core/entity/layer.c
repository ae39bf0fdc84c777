/* layer.c - tell a chain all facts of a stretch of tokens. What words and looks tell is summed once and kept. */
#include "entity/layer.h"
#include "base/alloc.h"

#include <string.h>

enum { WORD_BITS = 12, LOOKS_BITS = 9, WIDE = 2 * FEATURES_REACH + 1 };

tt_status tt__layer_open(tt_layer_run *out, const tt_crf *crf)
{
    memset(out, 0, sizeof *out);
    out->crf = crf;
    size_t sum_length = (size_t)WIDE * tt__crf_row_length(crf);
    if (tt__fact_cache_open(&out->words, WORD_BITS, sum_length) == TT_OK &&
        tt__fact_cache_open(&out->looks, LOOKS_BITS, sum_length) == TT_OK)
        return TT_OK;
    tt__layer_close(out);
    return TT_ENOMEM;
}

void tt__layer_close(tt_layer_run *self)
{
    tt__fact_cache_close(&self->words);
    tt__fact_cache_close(&self->looks);
    tt__crf_scratch_free(&self->scratch);
    tt__free(self->classes);
}

static void tell_facts(tt_layer_run *self)
{
    tt__crf_tell(&self->scratch, self->crf, self->facts, self->fact_count);
    self->fact_count = 0;
}

/* Sums of WIDE places, the middle one at place `at`; only the places of the span's tokens are of use. */
static void tell_sum(tt_layer_run *self, const int16_t *sum, uint32_t at)
{
    uint32_t first = at - FEATURES_REACH, end = at + FEATURES_REACH + 1, last = CRF_GUARD + self->scratch.len;
    uint32_t skipped = first < CRF_GUARD ? CRF_GUARD - first : 0;
    end = end < last ? end : last;
    if (first + skipped < end)
        tt__crf_tell_sum(&self->scratch, self->crf, first + skipped, sum + skipped * tt__crf_row_length(self->crf),
                         end - first - skipped);
}

static void tell_word(tt_layer_run *self, const tt_atom *atom, uint32_t at)
{
    tt_crf_fact facts[FACTS_MAX];
    bool known;
    int16_t *sum = tt__fact_cache_at(&known, &self->words, atom->form);
    if (!known)
        tt__crf_sum(sum, WIDE, self->crf, facts, tt__features_word(facts, FEATURES_REACH, atom));
    tell_sum(self, sum, at);
}

static void tell_looks(tt_layer_run *self, const tt_atom *atom, uint32_t at)
{
    tt_crf_fact facts[FACTS_MAX];
    bool known;
    int16_t *sum = tt__fact_cache_at(&known, &self->looks, tt__features_looks_key(atom));
    if (!known)
        tt__crf_sum(sum, WIDE, self->crf, facts, tt__features_looks(facts, FEATURES_REACH, atom));
    tell_sum(self, sum, at);
}

tt_status tt__layer_decode(uint16_t *states, tt_layer_run *self, const tt_sentence_atoms *atoms, tt_span span, bool parent,
                           uint64_t label)
{
    enum { AHEAD = 2 };
    uint32_t len = span.end - span.start, at = CRF_GUARD - FEATURES_REACH;
    if (tt__crf_start(&self->scratch, self->crf, len) != TT_OK ||
        tt__grow(&self->classes, &self->class_cap, len, sizeof *self->classes) != TT_OK)
        return TT_ENOMEM;
    for (int64_t i = (int64_t)span.start - FEATURES_REACH; i < (int64_t)span.end + FEATURES_REACH; i++, at++) {
        const tt_atom *atom = tt__features_atom(atoms, i);
        tt__fact_cache_expect(&self->words, tt__features_atom(atoms, i + AHEAD)->form);
        tell_word(self, atom, at);
        tell_looks(self, atom, at);
        self->fact_count += tt__features_around(self->facts + self->fact_count, atoms, i, span);
        if (i >= span.start && i < span.end) {
            self->classes[i - span.start] = atom->transition;
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
