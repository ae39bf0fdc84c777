/* test_features.c - what makes it safe to sum a scope's facts once: they depend on its key alone and stay within its reach. */
#include "base/hash.h"
#include "entity/features.h"
#include "tt_test.h"

enum { TOKENS = 400, SPAN = 9 };

static uint8_t draw(uint64_t a, uint64_t b, unsigned below)
{
    return (uint8_t)(tt__pair(a, b) % below);
}

/* Few words and few looks, so that keys come again; what follows from a form does so here, too. */
static void make_atoms(tt_atom atoms[TOKENS])
{
    static const char *const WORDS[] = {"a", "ở", "bà", "Hà", "Huế", "quân", "nghiêng", "B52"};
    for (uint32_t i = 0; i < TOKENS; i++) {
        uint8_t word = draw(i, 1, TT_COUNT(WORDS));
        tt_atom *a = &atoms[i];
        *a = (tt_atom){.form = tt__mix(word + 3), .key = tt__mix(word / 2 + 50), .fine = word, .middle = word / 2};
        a->letters = word % 3 ? WORDS[word] : NULL;
        a->letters_len = a->letters ? (uint32_t)strlen(a->letters) : 0;
        a->shape = draw(i, 2, 4);
        a->block = draw(i, 3, 2);
        a->first = draw(i, 4, 2);
        a->nesting = draw(i, 5, 2);
        a->sentence_caps = draw(i, 6, 2);
        a->run_place = draw(i, 7, 3);
        a->run_length = draw(i, 8, 3);
        a->head_class = draw(i, 9, 5);
        a->head_distance = draw(i, 10, 5);
        a->seen = draw(i, 11, 255);
        a->pattern = draw(i, 50, 9);
        a->list = draw(i, 54, 4);
        a->list_head = a->list ? draw(i, 55, 3) : 0;
        a->hint = draw(i, 51, 6);
        a->inner_hint = draw(i, 52, 6);
        if (a->hint != 0)
            a->belief = (tt_belief){{1, 2, 3, 4}, {draw(i, 53, 7), 3, 2, 1}};
        a->lex_count = i % 7 == 0 ? ATOM_LEX_MAX : draw(i, 13, 3);
        for (uint32_t k = 0; k < a->lex_count; k++)
            a->lex[k] = draw(i, 14 + k, 30);
    }
}

enum { ROOM = 2 * FACTS_MAX };

/* All facts in one list. */
static size_t gather(tt_crf_fact out[ROOM], const tt_crf_facts *facts)
{
    memcpy(out, facts->several, facts->several_count * sizeof *out);
    memcpy(out + facts->several_count, facts->ones, facts->one_count * sizeof *out);
    return facts->several_count + facts->one_count;
}

static size_t facts_of_scope(tt_crf_fact out[ROOM], const tt_feature_scope *scope, const tt_sentence_atoms *atoms, int64_t i)
{
    tt_crf_fact several[FACTS_MAX], ones[FACTS_MAX];
    tt_crf_facts facts = {several, ones, 0, 0};
    scope->facts(&facts, (uint32_t)-scope->first, atoms, i);
    return gather(out, &facts);
}

static size_t all_facts(tt_crf_fact out[ROOM], const tt_sentence_atoms *atoms, int64_t i, tt_span span, bool parent)
{
    tt_crf_fact several[FACTS_MAX], ones[FACTS_MAX];
    tt_crf_facts facts = {several, ones, 0, 0};
    tt__features_all(&facts, atoms, i, span, parent, 77);
    return gather(out, &facts);
}

static bool are_same(const tt_crf_fact *a, const tt_crf_fact *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (a[i].hash != b[i].hash || a[i].to != b[i].to || a[i].first != b[i].first || a[i].end != b[i].end)
            return false;
    return true;
}

static void check_scope(tt_test *t, const tt_feature_scope *scope, const tt_sentence_atoms *atoms)
{
    tt_crf_fact facts[ROOM], others[ROOM];
    unsigned same = 0, different = 0;
    for (int64_t i = -FEATURES_REACH; i < TOKENS + FEATURES_REACH; i++) {
        size_t count = facts_of_scope(facts, scope, atoms, i);
        TT_CHECK("few", count <= FACTS_MAX);
        for (size_t f = 0; f < count; f++)
            TT_CHECK("within reach", facts[f].to + facts[f].end <= scope->places && facts[f].hash % CRF_MEMBERS == 0);
        for (int64_t j = i + 1; j < TOKENS + FEATURES_REACH; j++) {
            size_t other = facts_of_scope(others, scope, atoms, j);
            bool equal = other == count && are_same(facts, others, count);
            if (scope->key(atoms, i) == scope->key(atoms, j)) {
                TT_CHECK("the same facts", equal);
                same++;
            } else {
                different += !equal;
            }
        }
    }
    TT_CHECK("keys come again, and tell", same > 100 && different > 100);
}

TT_TEST(features_of_a_scope_follow_from_its_key)
{
    tt_atom at[TOKENS];
    make_atoms(at);
    tt_sentence_atoms atoms = {at, TOKENS};
    for (size_t k = 0; k < tt__outer_features.scope_count; k++)
        check_scope(t, &tt__outer_features.scopes[k], &atoms);
    for (size_t k = 0; k < tt__inner_features.scope_count; k++)
        check_scope(t, &tt__inner_features.scopes[k], &atoms);
}

static void check_reach(tt_test *t, const tt_sentence_atoms *atoms, bool parent, unsigned least)
{
    tt_crf_fact facts[ROOM];
    unsigned told[SPAN + 2 * CRF_GUARD];
    for (uint32_t start = 0; start + SPAN <= TOKENS; start += SPAN) {
        tt_span span = {start, start + SPAN};
        memset(told, 0, sizeof told);
        for (int64_t i = (int64_t)start - FEATURES_REACH; i < (int64_t)span.end + FEATURES_REACH; i++) {
            size_t count = all_facts(facts, atoms, i, span, parent);
            TT_CHECK("few", count <= FACTS_MAX);
            for (size_t f = 0; f < count; f++)
                for (uint32_t m = facts[f].first; m < facts[f].end; m++)
                    if (facts[f].to + m < TT_COUNT(told))
                        told[facts[f].to + m]++;
                    else
                        TT_CHECK("beyond the guard", false);
        }
        for (uint32_t k = 0; k < SPAN; k++)
            TT_CHECK("told enough, not too much", told[CRF_GUARD + k] > least && told[CRF_GUARD + k] <= FEATURES_MAX);
    }
}

TT_TEST(features_reach_the_span_alone)
{
    tt_atom at[TOKENS];
    make_atoms(at);
    tt_sentence_atoms atoms = {at, TOKENS};
    check_reach(t, &atoms, false, 40);
    check_reach(t, &atoms, true, 30);
}

_Static_assert((int)FEATURES_MAX <= (int)CRF_FEATURES_MAX, "16 bits hold the sum of what a token is told");

/* Tokens that have all there is: whether there are facts does not depend on more. */
TT_TEST(features_at_most)
{
    tt_atom at[SPAN + 2 * FEATURES_REACH];
    tt_crf_fact facts[ROOM];
    unsigned told[SPAN + 2 * CRF_GUARD + FEATURES_REACH] = {0}, most = 0;
    for (uint32_t i = 0; i < TT_COUNT(at); i++) {
        at[i] = (tt_atom){.letters = "nghi", .letters_len = 4, .lex_count = ATOM_LEX_MAX, .seen = 255, .sentence_caps = 1};
        at[i].run_place = at[i].run_length = at[i].list = at[i].list_head = at[i].hint = at[i].inner_hint = at[i].pattern = 1;
        at[i].belief = (tt_belief){{1, 2, 3, 4}, {4, 3, 2, 1}};
    }
    tt_sentence_atoms atoms = {at, TT_COUNT(at)};
    tt_span span = {FEATURES_REACH, FEATURES_REACH + SPAN};
    for (uint32_t i = 0; i < TT_COUNT(at); i++) {
        size_t count = all_facts(facts, &atoms, i, span, false);
        most = count > most ? (unsigned)count : most;
        for (size_t f = 0; f < count; f++)
            for (uint32_t m = facts[f].first; m < facts[f].end; m++)
                told[facts[f].to + m]++;
    }
    TT_CHECK_INT("facts", most, 92);
    for (uint32_t k = 0; k < SPAN; k++)
        TT_CHECK_INT("features", told[CRF_GUARD + k], 167);
}
