/* test_layer_run.c - what a layer sums with all that it keeps is what its tokens tell one by one, also where sums want the same
 * places and give way to each other within a sentence. */
#include "base/alloc.h"
#include "base/hash.h"
#include "entity/layer_run.h"
#include "random_chain.h"
#include "tt_test.h"

#include <stdlib.h>

enum { TOKENS = 700, FEATURES = 3000, RIVALS = 12 };

static const uint64_t LABEL = 77;

static uint8_t draw(uint64_t a, uint64_t b, unsigned below)
{
    return (uint8_t)(tt__pair(a, b) % below);
}

static size_t place_of(const tt_fact_cache *empty, const tt_feature_set *set, const tt_atom *atom)
{
    return tt__fact_cache_expect(empty, set->scopes[0].key(&(tt_sentence_atoms){atom, 1}, 0)).place;
}

/* Words whose sums want the same places, in the outer or in the inner layer. */
static void make_rivals(tt_atom out[RIVALS], tt_test *t, const tt_feature_set *set)
{
    tt_fact_cache empty;
    size_t count = 0;
    TT_CHECK_OK("open", tt__fact_cache_open(&empty, set->scopes[0].bits, 1));
    for (uint64_t n = 1; count < RIVALS; n++) {
        tt_atom atom = {.form = tt__mix(n), .shape = 1};
        if (place_of(&empty, set, &atom) == 0)
            out[count++] = atom;
    }
    tt__fact_cache_close(&empty);
}

static void make_atoms(tt_atom atoms[TOKENS], tt_test *t)
{
    tt_atom rivals[2][RIVALS];
    make_rivals(rivals[0], t, &tt__outer_features);
    make_rivals(rivals[1], t, &tt__inner_features);
    for (uint32_t i = 0; i < TOKENS; i++) {
        tt_atom *a = &atoms[i];
        uint8_t word = draw(i, 1, 60);
        *a = word < 20 ? (tt_atom){.form = tt__mix(word + 3), .shape = draw(i, 2, 3)} : rivals[word % 2][word % RIVALS];
        a->key = a->form / 2;
        a->fine = (uint16_t)(a->form % 50);
        a->middle = (uint16_t)(a->form % 7);
        a->transition = draw(i, 3, CHAIN_CLASSES + 1);
        a->first = draw(i, 4, 2);
        a->nesting = draw(i, 5, 4);
        a->run_place = a->run_length = draw(i, 6, 3);
        a->pattern = draw(i, 7, 3);
        a->hint = draw(i, 8, 3);
        a->lex_count = draw(i, 9, 4);
        for (uint32_t k = 0; k < a->lex_count; k++)
            a->lex[k] = draw(i, 10 + k, 9);
    }
}

/* All that the tokens around and in the span tell, as the definition has it. */
static void tell_all(tt_crf_scratch *scratch, const tt_crf *crf, const tt_sentence_atoms *atoms, tt_span span, bool parent)
{
    tt_crf_fact several[FACTS_MAX], ones[FACTS_MAX];
    const int64_t reach = parent ? 0 : FEATURES_REACH;
    for (int64_t i = span.start - reach; i < span.end + reach; i++) {
        tt_crf_facts facts = {several, ones, 0, 0};
        tt__features_all(&facts, atoms, i, span, parent, LABEL);
        tt__crf_tell(scratch, crf, &facts);
    }
}

/* A chain that knows some of the features of some of the facts. */
typedef struct {
    random_chain of;
    uint64_t *hashes;
    size_t count, cap;
} chain;

static int by_number(const void *a, const void *b)
{
    const uint64_t *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static void add_features(chain *c, tt_test *t, const tt_crf_fact *facts, uint32_t count)
{
    for (uint32_t k = 0; k < count; k++)
        for (uint32_t m = facts[k].first; m < facts[k].end; m++) {
            if (tt__mix(facts[k].hash | m) % 4 == 0)
                continue;
            TT_CHECK_OK("grow", tt__grow(&c->hashes, &c->cap, c->count + 1, sizeof *c->hashes));
            c->hashes[c->count++] = facts[k].hash | m;
        }
}

/* Each once, and of those some. */
static void collect(chain *c, tt_test *t, const tt_sentence_atoms *atoms, bool parent)
{
    tt_crf_fact several[FACTS_MAX], ones[FACTS_MAX];
    size_t different = 0;
    for (uint32_t i = 0; i < TOKENS; i++) {
        tt_crf_facts facts = {several, ones, 0, 0};
        tt__features_all(&facts, atoms, i, (tt_span){0, TOKENS}, parent, LABEL);
        add_features(c, t, several, facts.several_count);
        add_features(c, t, ones, facts.one_count);
    }
    qsort(c->hashes, c->count, sizeof *c->hashes, by_number);
    for (size_t i = 0; i < c->count; i++)
        if (i == 0 || c->hashes[i] != c->hashes[i - 1])
            c->hashes[different++] = c->hashes[i];
    c->count = different < FEATURES ? different : FEATURES;
}

static void make_chain(chain *c, tt_test *t, const tt_sentence_atoms *atoms, uint32_t labels, bool parent)
{
    *c = (chain){.hashes = NULL};
    collect(c, t, atoms, parent);
    chain_make(&c->of, t, c->hashes, c->count, labels);
}

static void free_chain(chain *c)
{
    chain_free(&c->of);
    tt__free(c->hashes);
}

static void check_span(tt_test *t, tt_layer_run *run, const tt_sentence_atoms *atoms, tt_span span, bool parent)
{
    uint16_t states[TOKENS], want[TOKENS];
    uint8_t classes[TOKENS];
    tt_crf_scratch scratch = {.sums = NULL};
    const uint32_t len = span.end - span.start;
    const size_t length = tt__crf_row_length(run->crf), first = CRF_GUARD * length;
    TT_CHECK_OK("decode", tt__layer_decode(states, run, atoms, span, parent ? &LABEL : NULL));
    TT_CHECK_OK("start", tt__crf_start(&scratch, run->crf, len));
    tell_all(&scratch, run->crf, atoms, span, parent);
    for (uint32_t i = 0; i < len; i++)
        classes[i] = atoms->at[span.start + i].transition;
    tt__crf_decode(want, &scratch, run->crf, classes);
    TT_CHECK("sums", memcmp(scratch.sums + first, run->scratch.sums + first, len * length * sizeof *scratch.sums) == 0);
    TT_CHECK("states", memcmp(states, want, len * sizeof *states) == 0);
    tt__crf_scratch_free(&scratch);
}

static void check_layer(tt_test *t, const tt_sentence_atoms *atoms, uint32_t labels, bool parent)
{
    static const tt_span SPANS[] = {{0, 1},        {0, TOKENS}, {TOKENS - 1, TOKENS}, {3, 5},    {100, 612},
                                    {188, TOKENS}, {0, 2},      {0, TOKENS},          {64, 128}, {5, 6}};
    chain c;
    tt_layer_run run;
    make_chain(&c, t, atoms, labels, parent);
    TT_CHECK("features", c.count > 800);
    const bool fast = c.of.crf->avx2;
    for (int plain = 0; plain < 2; plain++) {
        c.of.crf->avx2 = fast && !plain;
        TT_CHECK_OK("open", tt__layer_open(&run, c.of.crf, parent ? &tt__inner_features : &tt__outer_features));
        for (size_t i = 0; i < TT_COUNT(SPANS); i++)
            check_span(t, &run, atoms, SPANS[i], parent);
        tt__layer_close(&run);
    }
    free_chain(&c);
}

TT_TEST(layer_sums_are_those_of_all_facts)
{
    static const uint32_t LABELS[] = {1, 3, 10, 16, 17, 63};
    tt_atom at[TOKENS];
    make_atoms(at, t);
    for (size_t i = 0; i < TT_COUNT(LABELS); i++) {
        check_layer(t, &(tt_sentence_atoms){at, TOKENS}, LABELS[i], false);
        check_layer(t, &(tt_sentence_atoms){at, TOKENS}, LABELS[i], true);
    }
}
