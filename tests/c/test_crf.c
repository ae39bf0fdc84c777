/* test_crf.c - the chain against a plain reading of its definition, and its inner loops against each other. */
#include "base/alloc.h"
#include "base/hash.h"
#include "entity/fact_cache.h"
#include "entity/mention_odds.h"
#include "entity/scheme.h"
#include "learn/crf_chances.h"
#include "learn/crf_kernel.h"
#include "learn/crf_pack.h"
#include "random_chain.h"
#include "tt_test.h"

#include <math.h>

enum { FACTS = 300, FEATURES = FACTS * CRF_MEMBERS, TOKENS = 40, TOLD = 700 };

/* A random chain and its features' hashes: those of FACTS facts. */
typedef struct {
    random_chain of;
    uint64_t hashes[FEATURES];
} chain;

static void make_chain(chain *c, tt_test *t, uint32_t labels)
{
    for (uint32_t f = 0; f < FEATURES; f++)
        c->hashes[f] = tt__mix(f / CRF_MEMBERS + 1) / CRF_MEMBERS * CRF_MEMBERS + f % CRF_MEMBERS;
    chain_make(&c->of, t, c->hashes, FEATURES, labels);
}

/* Known facts and unknown ones, also to places beside the sequence; `sums` (places x states) is what they come to. */
static void make_facts(tt_crf_fact facts[TOLD], float *sums, const chain *c)
{
    memset(sums, 0, (TOKENS + 2 * CRF_GUARD) * c->of.states * sizeof *sums);
    for (uint32_t i = 0; i < TOLD; i++) {
        uint32_t fact = (uint32_t)chain_draw(i, 5, FACTS), to = (uint32_t)chain_draw(i, 6, TOKENS + CRF_GUARD);
        bool known = chain_draw(i, 7, 5) != 0;
        uint8_t first = (uint8_t)(chain_draw(i, 8, 10) ? 0 : 2),
                end = (uint8_t)(first + 1 + chain_draw(i, 9, CRF_MEMBERS - first));
        facts[i] = (tt_crf_fact){known ? c->hashes[fact * CRF_MEMBERS] : tt__mix(i + 10000) / 8 * 8, to, first, end};
        for (uint32_t m = first; known && m < end; m++)
            for (uint32_t y = 0; y < c->of.states; y++)
                sums[(to + m) * c->of.states + y] += c->of.weights[(fact * CRF_MEMBERS + m) * c->of.states + y];
    }
}

/* Those of the first member alone. */
static tt_crf_facts set_apart(tt_crf_fact facts[TOLD], tt_crf_fact ones[TOLD])
{
    tt_crf_facts told = {facts, ones, 0, 0};
    for (uint32_t i = 0; i < TOLD; i++)
        if (facts[i].first == 0 && facts[i].end == 1)
            ones[told.one_count++] = facts[i];
        else
            facts[told.several_count++] = facts[i];
    return told;
}

static float sum_of(const tt_crf_scratch *scratch, const tt_crf *crf, uint32_t place, uint32_t y)
{
    size_t at = (size_t)place * tt__crf_row_length(crf) + tt__crf_lane(crf, y);
    return (float)scratch->sums[at];
}

/* Best score of any path that goes through the pins, straight from the definition. */
static float best_score(const chain *c, const float *sums, const uint8_t *classes, const uint16_t *pins)
{
    float from[CRF_STATES_MAX], to[CRF_STATES_MAX], best = -INFINITY;
    for (uint32_t y = 0; y < c->of.states; y++)
        from[y] = y == 0 ? 0 : -INFINITY;
    for (uint32_t t = 0; t < TOKENS; t++) {
        for (uint32_t y = 0; y < c->of.states; y++) {
            to[y] = -INFINITY;
            for (uint32_t x = 0; x < c->of.states; x++)
                if (c->of.allowed[x * c->of.states + y])
                    to[y] = fmaxf(to[y], from[x] + c->of.trans[(classes[t] * c->of.states + x) * c->of.states + y]);
            to[y] += sums[(t + CRF_GUARD) * c->of.states + y];
            to[y] = pins[t] == CRF_FREE || pins[t] == y ? to[y] : -INFINITY;
        }
        memcpy(from, to, sizeof from);
    }
    for (uint32_t y = 0; y < c->of.states; y++)
        best = c->of.allowed[y * c->of.states] ? fmaxf(best, from[y]) : best;
    return best;
}

static float score_of(const chain *c, const float *sums, const uint8_t *classes, const uint16_t *states)
{
    float score = 0;
    for (uint32_t t = 0; t < TOKENS; t++) {
        uint32_t x = t ? states[t - 1] : 0;
        if (!c->of.allowed[x * c->of.states + states[t]])
            return -INFINITY;
        score += c->of.trans[(classes[t] * c->of.states + x) * c->of.states + states[t]] +
                 sums[(t + CRF_GUARD) * c->of.states + states[t]];
    }
    return c->of.allowed[states[TOKENS - 1] * c->of.states] ? score : -INFINITY;
}

static void check_chain(tt_test *t, uint32_t labels)
{
    chain c;
    tt_crf_fact facts[TOLD];
    uint8_t classes[TOKENS];
    uint16_t states[2][TOKENS];
    uint16_t pins[TOKENS], pinned[TOKENS];
    tt_crf_fact ones[TOLD];
    make_chain(&c, t, labels);
    float *sums = tt__malloc((TOKENS + 2 * CRF_GUARD) * c.of.states * sizeof *sums);
    make_facts(facts, sums, &c);
    tt_crf_facts told = set_apart(facts, ones);
    for (uint32_t i = 0; i < TOKENS; i++)
        classes[i] = (uint8_t)chain_draw(i, 11, CHAIN_CLASSES);
    memset(pins, 0xFF, sizeof pins); /* CRF_FREE */
    bool fast = c.of.crf->avx2;
    for (int plain = 0; plain < 2; plain++) {
        tt_crf_scratch scratch = {.sums = NULL};
        c.of.crf->avx2 = fast && !plain;
        TT_CHECK_OK("start", tt__crf_start(&scratch, c.of.crf, TOKENS));
        tt__crf_tell(&scratch, c.of.crf, &told);
        tt__crf_decode(states[plain], &scratch, c.of.crf, classes);
        for (uint32_t place = CRF_GUARD; place < CRF_GUARD + TOKENS; place++)
            for (uint32_t y = 0; y < c.of.states; y++)
                TT_CHECK("sum", sum_of(&scratch, c.of.crf, place, y) == sums[place * c.of.states + y]);
        float gain = 0;
        for (uint32_t i = 0; i < TOKENS; i++)
            gain = tt__crf_walk(gain, &scratch, c.of.crf, classes, i, i ? states[plain][i - 1] : 0, states[plain][i], 1);
        TT_CHECK("gain", gain == score_of(&c, sums, classes, states[plain]));
        TT_CHECK("best path", score_of(&c, sums, classes, states[plain]) == best_score(&c, sums, classes, pins));
        tt__scheme_mark(pins, 5, 9, labels - 1);
        tt__scheme_mark(pins, 9, 10, 0);
        memset(pins + 20, SCHEME_OUTSIDE, 3 * sizeof *pins);
        tt__crf_decode_pinned(pinned, &scratch, c.of.crf, classes, pins);
        TT_CHECK("best pinned path", score_of(&c, sums, classes, pinned) == best_score(&c, sums, classes, pins));
        for (uint32_t i = 0; i < TOKENS; i++)
            TT_CHECK("pin", pins[i] == CRF_FREE || pinned[i] == pins[i]);
        memset(pins, 0xFF, sizeof pins);
        tt__crf_decode_pinned(pinned, &scratch, c.of.crf, classes, pins);
        TT_CHECK("no pins", memcmp(pinned, states[plain], sizeof pinned) == 0);
        tt__crf_scratch_free(&scratch);
    }
    TT_CHECK("the same states", memcmp(states[0], states[1], sizeof states[0]) == 0);
    tt__free(sums);
    chain_free(&c.of);
}

TT_TEST(crf_sums_and_best_paths)
{
    static const uint32_t LABELS[] = {1, 2, 4, 10, 16, 17, 63};
    for (size_t i = 0; i < TT_COUNT(LABELS); i++)
        check_chain(t, LABELS[i]);
}

enum { FEW = 6, FEW_STATES = 5 };

/* Probabilities by going along every path there is. */
static void chances_by_paths(double chances[FEW][FEW_STATES], const tt_crf_scratch *scratch, const tt_crf *crf,
                             const uint8_t *classes)
{
    uint32_t path[FEW];
    double sum = 0;
    memset(chances, 0, sizeof(double[FEW][FEW_STATES]));
    for (uint32_t number = 0; number < 15625; number++) {
        float gain = 0;
        for (uint32_t t = 0, rest = number; t < FEW; t++, rest /= FEW_STATES) {
            path[t] = rest % FEW_STATES;
            gain = tt__crf_walk(gain, scratch, crf, classes, t, t ? path[t - 1] : 0, path[t], 1);
        }
        gain = tt__crf_walk(gain, scratch, crf, classes, FEW, path[FEW - 1], 0, 1);
        sum += exp(gain);
        for (uint32_t t = 0; t < FEW; t++)
            chances[t][path[t]] += exp(gain);
    }
    for (uint32_t t = 0; t < FEW; t++)
        for (uint32_t y = 0; y < FEW_STATES; y++)
            chances[t][y] /= sum;
}

static void divide(float *numbers, size_t count, float by)
{
    for (size_t i = 0; i < count; i++)
        numbers[i] /= by;
}

/* Such that more than one path has a chance. */
static void soften(tt_crf *crf)
{
    const size_t classes = crf->classes, states = crf->states, stride = tt__crf_row_length(crf);
    crf->unit = 1 / 16.0f;
    divide(crf->trans, classes * states * states, 8);
    divide(crf->into, classes * states * stride, 8);
    divide(crf->open_trans, classes * crf->open_count * crf->lanes, 8);
    divide(crf->group_trans, classes * CRF_GROUP * crf->lanes, 8);
    divide(crf->low, classes * stride, 8);
    divide(crf->high, classes * stride, 8);
}

TT_TEST(crf_chances_are_those_of_all_paths)
{
    static const uint8_t CLASS_OF[FEW] = {0, 2, 1, 1, 200, 2}; /* 200: unknown */
    chain c;
    double want[FEW][FEW_STATES];
    uint16_t states[FEW];
    tt_crf_scratch scratch = {.sums = NULL};
    tt_crf_chances *chances;
    double off = 0, doubt = 0;
    make_chain(&c, t, 1);
    soften(c.of.crf);
    TT_CHECK_OK("open", tt__crf_chances_open(&chances, c.of.crf));
    const bool fast = c.of.crf->avx2;
    float *room = tt__malloc(tt__crf_chances_room(chances, FEW) * sizeof *room);
    float *plain = tt__malloc(tt__crf_chances_room(chances, FEW) * sizeof *plain);
    for (uint32_t round = 0; round < 20; round++) {
        tt_crf_fact facts[FEW];
        for (uint32_t i = 0; i < FEW; i++)
            facts[i] = (tt_crf_fact){c.hashes[(uint32_t)chain_draw(round, i, FACTS) * CRF_MEMBERS], CRF_GUARD + i, 0, 1};
        TT_CHECK_OK("start", tt__crf_start(&scratch, c.of.crf, FEW));
        tt__crf_tell(&scratch, c.of.crf, &(tt_crf_facts){facts, facts, 0, FEW});
        tt__crf_decode(states, &scratch, c.of.crf, CLASS_OF);
        c.of.crf->avx2 = false;
        tt__crf_chances_of(plain, chances, &scratch, CLASS_OF);
        c.of.crf->avx2 = fast;
        chances_by_paths(want, &scratch, c.of.crf, CLASS_OF);
        tt__crf_chances_of(room, chances, &scratch, CLASS_OF);
        TT_CHECK("the same bits on every path", memcmp(plain, room, FEW * FEW_STATES * sizeof *room) == 0);
        for (uint32_t i = 0; i < FEW * FEW_STATES; i++) {
            off = fmax(off, fabs(want[i / FEW_STATES][i % FEW_STATES] - (double)room[i]));
            doubt += want[i / FEW_STATES][i % FEW_STATES] > .1 && want[i / FEW_STATES][i % FEW_STATES] < .9;
        }
    }
    TT_CHECK("as it should be", off < 1e-5);
    TT_CHECK("there is doubt", doubt > 50);
    tt__crf_chances_close(chances);
    tt__crf_scratch_free(&scratch);
    tt__free(room);
    tt__free(plain);
    chain_free(&c.of);
}

/* What a whole path gains. */
static double gain_along(const uint16_t *states, const tt_path *p)
{
    float gain = 0;
    for (uint32_t t = 0; t < p->len; t++)
        gain = tt__crf_walk(gain, p->scratch, p->crf, p->classes, t, t ? states[t - 1] : 0, states[t], 1);
    return tt__crf_walk(gain, p->scratch, p->crf, p->classes, p->len, states[p->len - 1], 0, 1);
}

/* Odds of the path with `mention` of `label` (empty: none) in place of what it has in `range`. */
static double odds_instead(const tt_path *p, tt_span range, tt_span mention, uint32_t label)
{
    uint16_t states[TOKENS];
    memcpy(states, p->states, sizeof states);
    memset(states + range.start, 0, (range.end - range.start) * sizeof *states);
    if (mention.start < mention.end)
        tt__scheme_mark(states, mention.start, mention.end, label);
    return exp(gain_along(states, p) - gain_along(p->states, p));
}

/* By its definition: nothing, other labels, and borders up to three tokens away, past tokens that are outside. */
static double odds_against(const tt_path *p, uint32_t labels, tt_span span, uint32_t label)
{
    double sum = odds_instead(p, span, (tt_span){0, 0}, 0);
    for (uint32_t other = 0; other < labels; other++)
        sum += other == label ? 0 : odds_instead(p, span, span, other);
    for (uint32_t k = 1; k <= 3 && k < span.end - span.start; k++)
        sum += odds_instead(p, span, (tt_span){span.start + k, span.end}, label) +
               odds_instead(p, span, (tt_span){span.start, span.end - k}, label);
    for (uint32_t k = 1; k <= 3 && k <= span.start && p->states[span.start - k] == SCHEME_OUTSIDE; k++)
        sum += odds_instead(p, (tt_span){span.start - k, span.end}, (tt_span){span.start - k, span.end}, label);
    for (uint32_t k = 1; k <= 3 && span.end + k <= p->len && p->states[span.end + k - 1] == SCHEME_OUTSIDE; k++)
        sum += odds_instead(p, (tt_span){span.start, span.end + k}, (tt_span){span.start, span.end + k}, label);
    return sum;
}

static void check_odds(tt_test *t, uint32_t labels, unsigned *seen, unsigned *exact)
{
    chain c;
    tt_crf_fact facts[TOLD];
    uint8_t classes[TOKENS];
    uint16_t states[TOKENS];
    tt_crf_scratch scratch = {.sums = NULL};
    make_chain(&c, t, labels);
    soften(c.of.crf);
    float *sums = tt__malloc((TOKENS + 2 * CRF_GUARD) * c.of.states * sizeof *sums);
    make_facts(facts, sums, &c);
    for (uint32_t i = 0; i < TOKENS; i++)
        classes[i] = (uint8_t)chain_draw(i, 11, CHAIN_CLASSES);
    TT_CHECK_OK("start", tt__crf_start(&scratch, c.of.crf, TOKENS));
    tt__crf_tell(&scratch, c.of.crf, &(tt_crf_facts){facts, facts, TOLD, 0});
    tt__crf_decode(states, &scratch, c.of.crf, classes);
    const tt_path path = {&scratch, c.of.crf, classes, states, TOKENS};
    tt_span span;
    for (uint32_t at = 0, label; tt__scheme_next(&span, &label, &at, states, TOKENS); ++*seen) {
        double want = -log(odds_against(&path, labels, span, label));
        const double more = (double)tt__mention_odds(&path, labels, span, label) - want;
        TT_CHECK("no less, and hardly more where a border was given up early", more > -1e-2 && more < .5);
        *exact += more < 1e-2;
    }
    tt__crf_scratch_free(&scratch);
    tt__free(sums);
    chain_free(&c.of);
}

TT_TEST(crf_odds_are_those_of_what_could_stand_there)
{
    static const uint32_t LABELS[] = {1, 2, 4, 10, 16, 17, 63};
    unsigned seen = 0, exact = 0;
    for (size_t i = 0; i < TT_COUNT(LABELS); i++)
        check_odds(t, LABELS[i], &seen, &exact);
    TT_CHECK("mentions", seen > 150 && exact * 20 > seen * 19);
}

TT_TEST(crf_told_sums)
{
    enum { PLACES = 5 };
    chain c;
    make_chain(&c, t, 16);
    size_t length = tt__crf_row_length(c.of.crf);
    int16_t *rows = tt__malloc(PLACES * length * sizeof *rows);
    tt_crf_fact facts[] = {{c.hashes[0], 0, 0, PLACES}, {c.hashes[16], 1, 0, 3}, {c.hashes[24], 4, 0, 1}};
    tt_crf_scratch one = {.sums = NULL}, other = {.sums = NULL};
    const tt_crf_facts told = {facts, facts + 2, 2, 1};
    tt__crf_sum(rows, PLACES, c.of.crf, &told);
    TT_CHECK_OK("start", tt__crf_start(&one, c.of.crf, TOKENS));
    TT_CHECK_OK("start", tt__crf_start(&other, c.of.crf, TOKENS));
    tt__crf_tell_sum(&one, c.of.crf, CRF_GUARD, rows, PLACES);
    for (size_t i = 0; i < TT_COUNT(facts); i++)
        facts[i].to += CRF_GUARD;
    tt__crf_tell(&other, c.of.crf, &told);
    tt__crf_settle(&other, c.of.crf);
    for (size_t i = CRF_GUARD * length; i < (CRF_GUARD + TOKENS) * length; i++)
        TT_CHECK_INT("sum", one.sums[i], other.sums[i]);
    tt__crf_scratch_free(&one);
    tt__crf_scratch_free(&other);
    tt__free(rows);
    chain_free(&c.of);
}

TT_TEST(crf_steps_out_of_a_group)
{
    chain c;
    tt_crf *crf = NULL;
    make_chain(&c, t, 2);
    c.of.allowed[2 * c.of.states + 6] = 1; /* within one mention, to another label's */
    tt_crf_weights all = {.weights = c.of.weights,
                          .trans = c.of.trans,
                          .hashes = c.hashes,
                          .features = FEATURES,
                          .states = c.of.states,
                          .classes = CHAIN_CLASSES,
                          .width = c.of.states,
                          .allowed = c.of.allowed};
    c.of.section.len = 0;
    TT_CHECK_OK("pack", tt__crf_pack(&c.of.section, &all));
    tt_status status = tt__crf_load(&crf, (tt_str){c.of.section.ptr, c.of.section.len}, c.of.allowed, c.of.states, &t->err);
    TT_CHECK_INT("refused", status, TT_EARGUMENT);
    TT_CHECK("nothing loaded", crf == NULL);
    chain_free(&c.of);
}

/* Steps of all groups at once are what walking them one by one gives: from each state or part to each. */
TT_TEST(crf_steps_of_groups)
{
    enum { LABELS = 3 };
    static const uint8_t CLASS_OF[FEW] = {0, 2, 1, 1, 200, 2};
    chain c;
    uint16_t states[FEW];
    tt_crf_scratch scratch = {.sums = NULL};
    tt_crf_fact fact;
    size_t steps = 0, wrong = 0;
    make_chain(&c, t, LABELS);
    fact = (tt_crf_fact){c.hashes[0], CRF_GUARD + 1, 0, 1};
    TT_CHECK_OK("start", tt__crf_start(&scratch, c.of.crf, FEW));
    tt__crf_tell(&scratch, c.of.crf, &(tt_crf_facts){&fact, &fact, 0, 1});
    tt__crf_decode(states, &scratch, c.of.crf, CLASS_OF);
    for (uint32_t at = 0; at <= FEW; at++)
        for (uint32_t from = 0; from <= CRF_GROUP; from++)
            for (uint32_t to = 0; to <= CRF_GROUP; to++)
                for (uint32_t strided = 0; strided < 4; strided++) {
                    tt_crf_steps all = {from, strided % 2 * CRF_GROUP, to, strided / 2 * CRF_GROUP};
                    float sums[LABELS] = {0.5f, 0.5f, 0.5f};
                    if ((from == 0 && strided % 2 != 0) || (to == 0 && strided / 2 != 0))
                        continue; /* state 0 is in no group */
                    tt__crf_step_groups(sums, LABELS, &scratch, c.of.crf, CLASS_OF, at, all);
                    for (uint32_t k = 0; k < LABELS; k++, steps++)
                        wrong += sums[k] != tt__crf_walk(0.5f, &scratch, c.of.crf, CLASS_OF, at, from + k * all.from_stride,
                                                         to + k * all.to_stride, 1);
                }
    TT_CHECK_INT("steps that differ", wrong, 0);
    TT_CHECK("steps", steps > 1000);
    tt__crf_scratch_free(&scratch);
    chain_free(&c.of);
}

TT_TEST(fact_cache_keeps_and_gives_way)
{
    enum { KEYS = 100 };
    tt_fact_cache cache;
    size_t kept = 0;
    TT_CHECK_OK("open", tt__fact_cache_open(&cache, 4, 3));
    for (uint64_t key = 0; key < KEYS; key++) {
        tt_kept_sum at = tt__fact_cache_expect(&cache, key);
        TT_CHECK("not there", tt__fact_cache_at(&cache, at) == NULL && !tt__fact_cache_find(&at, &cache));
        tt__fact_cache_claim(&at, &cache);
        int16_t *sum = tt__fact_cache_at(&cache, at);
        TT_CHECK("claimed", sum != NULL && tt__fact_cache_find(&at, &cache) && tt__fact_cache_at(&cache, at) == sum);
        sum[0] = sum[2] = (int16_t)key;
    }
    for (uint64_t key = 0; key < KEYS; key++) {
        int16_t *sum = tt__fact_cache_at(&cache, tt__fact_cache_expect(&cache, key));
        kept += sum != NULL;
        TT_CHECK("its own sum", sum == NULL || (sum[0] == (int16_t)key && sum[2] == (int16_t)key));
    }
    TT_CHECK("bounded", kept > 0 && kept <= 16);
    tt__fact_cache_close(&cache);
}

/* What is asked for again and again stays, whatever else comes. */
TT_TEST(fact_cache_keeps_what_is_asked_for)
{
    enum { KEPT = 3, OTHERS = 1000 };
    tt_fact_cache cache;
    TT_CHECK_OK("open", tt__fact_cache_open(&cache, 4, 3));
    for (uint64_t key = 0; key < OTHERS; key++) {
        tt_kept_sum at = tt__fact_cache_expect(&cache, key);
        TT_CHECK("not there yet", tt__fact_cache_at(&cache, at) == NULL);
        tt__fact_cache_claim(&at, &cache);
        tt__fact_cache_at(&cache, at)[1] = (int16_t)key;
        for (uint64_t again = 0; again < KEPT && again <= key; again++) {
            const int16_t *sum = tt__fact_cache_at(&cache, tt__fact_cache_expect(&cache, again));
            TT_CHECK("kept", sum != NULL && sum[1] == (int16_t)again);
        }
    }
    tt__fact_cache_close(&cache);
}
