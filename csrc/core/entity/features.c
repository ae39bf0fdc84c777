/* features.c - the templates. A fact is the hash of its template's number and its values; numbers are never used twice. */
#include "entity/features.h"
#include "base/hash.h"

#define TT_INLINE inline __attribute__((always_inline)) /* numbers of templates are folded into the code */

enum {
    T_BIAS = 1,
    T_FORM = 10,
    T_KEY = 20,
    T_KEY_PAIR = 30,
    T_SHAPE = 50,
    T_AFFIX = 80,
    T_CLUSTER = 90,
    T_CLUSTER_PAIR = 120,
    T_LEX = 130,
    T_LEX_MIX = 140,
    T_RUN = 150,
    T_HEAD = 170,
    T_PLACE = 180,
    T_SEEN = 190,
    T_PARENT = 200,
    T_HINT = 220,
    T_PATTERN = 230,
    T_LIST = 240,
    T_BELIEF = 250,
    T_AGAIN = 260
};

typedef struct {
    tt_crf_fact *several, *one; /* where the next goes */
    int64_t at;                 /* place of the token that tells */
    int64_t start, end;         /* places that listen */
} sink;

static const tt_atom BEFORE = {.form = 1, .key = 1, .fine = 60001, .middle = 60001, .coarse = 60001, .shape = 254};
static const tt_atom AFTER = {.form = 2, .key = 2, .fine = 60002, .middle = 60002, .coarse = 60002, .shape = 255};

static const tt_atom *atom_at(const tt_sentence_atoms *s, int64_t i)
{
    return i < 0 ? &BEFORE : i < s->len ? &s->at[i] : &AFTER;
}

/* Values in one; the order matters. Quick, for `tell` mixes what comes of it. Only the first may be joined itself: join(a,
 * join(b, c)) is not good at telling small numbers apart. */
static inline uint64_t join(uint64_t a, uint64_t b)
{
    return (a ^ a >> 32) * UINT64_C(0xD6E8FEB86659FD93) + b;
}

static inline uint64_t join3(uint64_t a, uint64_t b, uint64_t c)
{
    return join(join(a, b), c);
}

static inline sink sink_of(const tt_crf_facts *out, int64_t at, int64_t start, int64_t end)
{
    return (sink){out->several + out->several_count, out->ones + out->one_count, at, start, end};
}

static inline void close_sink(tt_crf_facts *out, const sink *s)
{
    out->several_count = (uint32_t)(s->several - out->several);
    out->one_count = (uint32_t)(s->one - out->ones);
}

static TT_INLINE uint64_t fact_hash(uint64_t template_number, uint64_t value)
{
    return tt__pair(value, template_number) / CRF_MEMBERS * CRF_MEMBERS;
}

/* Tell the tokens from `first` to `last` places away, both included, where one of them listens. */
static TT_INLINE void tell(sink *s, int first, int last, uint64_t template_number, uint64_t value)
{
    if (s->at + last < s->start || s->at + first >= s->end)
        return;
    tt_crf_fact **to = first == last ? &s->one : &s->several;
    *(*to)++ = (tt_crf_fact){fact_hash(template_number, value), (uint32_t)(s->at + first), 0, (uint8_t)(last - first + 1)};
}

/* Tell the token itself. */
static TT_INLINE void add(sink *s, uint64_t template_number, uint64_t value)
{
    *s->one++ = (tt_crf_fact){fact_hash(template_number, value), (uint32_t)s->at, 0, 1};
}

/* `count` code points on from `at` in the word, or back from it, as far as it goes. */
static uint32_t step_letters(const char *word, uint32_t len, uint32_t at, int count)
{
    for (; count > 0 && at < len; count--)
        do
            at++;
        while (at < len && ((unsigned char)word[at] & 0xC0) == 0x80);
    for (; count < 0 && at > 0; count++)
        do
            at--;
        while (at > 0 && ((unsigned char)word[at] & 0xC0) == 0x80);
    return at;
}

/* Affixes of two and three code points; a word of two is its own affix, one of one has none. */
static void add_affixes(sink *s, const char *word, uint32_t len)
{
    if (step_letters(word, len, 0, 1) == len)
        return;
    for (int n = 2; n <= 3; n++)
        add(s, T_AFFIX + (uint64_t)n - 2, tt__hash(word, step_letters(word, len, 0, n), 2));
    for (int n = 2; n <= 3; n++) {
        uint32_t back = step_letters(word, len, len, -n);
        add(s, T_AFFIX + (uint64_t)n, tt__hash(word + back, len - back, 3));
    }
}

/* Of the form alone, and what follows from the form. */
static void word_facts(tt_crf_facts *out, uint32_t at, const tt_sentence_atoms *atoms, int64_t i)
{
    sink s = sink_of(out, at, 0, INT64_MAX);
    const tt_atom *a = atom_at(atoms, i);
    add(&s, T_BIAS, 0);
    tell(&s, -1, 1, T_FORM, a->form);
    tell(&s, -2, 2, T_KEY, a->key);
    tell(&s, -2, 2, T_CLUSTER, a->fine);
    tell(&s, -2, 2, T_CLUSTER + 1, a->middle);
    tell(&s, -1, 1, T_CLUSTER + 2, a->coarse);
    if (a->letters != NULL)
        add_affixes(&s, a->letters, a->letters_len);
    close_sink(out, &s);
}

static uint64_t word_key(const tt_sentence_atoms *atoms, int64_t i)
{
    return atom_at(atoms, i)->form;
}

/* Of shape and place. */
static void looks_facts(tt_crf_facts *out, uint32_t at, const tt_sentence_atoms *atoms, int64_t i)
{
    sink s = sink_of(out, at, 0, INT64_MAX);
    const tt_atom *a = atom_at(atoms, i);
    tell(&s, -2, 2, T_SHAPE, a->shape);
    add(&s, T_PLACE, join(a->block, a->shape));
    add(&s, T_PLACE + 1, join(a->first, a->shape));
    add(&s, T_PLACE + 2, join(a->nesting, a->shape));
    add(&s, T_PLACE + 3, join(a->sentence_caps, a->shape));
    add(&s, T_RUN + 3, join(a->run_place, a->run_length));
    close_sink(out, &s);
}

static uint64_t looks_key(const tt_sentence_atoms *atoms, int64_t i)
{
    const tt_atom *a = atom_at(atoms, i);
    return (uint64_t)a->shape | (uint64_t)a->block << 8 | (uint64_t)a->first << 16 | (uint64_t)a->nesting << 24 |
           (uint64_t)a->sentence_caps << 32 | (uint64_t)a->run_place << 40 | (uint64_t)a->run_length << 48;
}

/* In a mention the looks are a word's own. */
static void inner_word_facts(tt_crf_facts *out, uint32_t at, const tt_sentence_atoms *atoms, int64_t i)
{
    word_facts(out, at, atoms, i);
    sink s = sink_of(out, at, 0, INT64_MAX);
    tell(&s, -2, 2, T_SHAPE, atom_at(atoms, i)->shape);
    close_sink(out, &s);
}

static uint64_t inner_word_key(const tt_sentence_atoms *atoms, int64_t i)
{
    const tt_atom *a = atom_at(atoms, i);
    return join(a->form, a->shape);
}

/* Of the token and the next one. */
static void add_pair(sink *s, const tt_sentence_atoms *atoms, int64_t i)
{
    tell(s, -1, 2, T_KEY_PAIR, join(atom_at(atoms, i)->key, atom_at(atoms, i + 1)->key));
}

static void add_lexicon(sink *s, const tt_atom *a)
{
    for (unsigned k = 0; k < a->lex_count; k++)
        add(s, T_LEX_MIX, join(a->lex[k], a->shape));
}

static void add_run(sink *s, const tt_atom *a)
{
    if (a->run_place == 0)
        return;
    add(s, T_RUN + 6, join(a->run_first, a->run_place));
    add(s, T_RUN + 7, a->run_last);
}

static void add_surroundings(sink *s, const tt_atom *a)
{
    add(s, T_HEAD + 1, join(a->head_class, a->head_distance));
    if (a->sentence_caps != 0)
        add(s, T_PLACE + 4, a->key);
    if (a->run_place == 0)
        return;
    add(s, T_SEEN, join(a->seen, a->run_length));
    for (unsigned bit = 0; bit < 8; bit++)
        if ((a->seen >> bit & 1) != 0)
            add(s, T_SEEN + 1, join3(bit, a->run_length == 1, a->run_place));
}

/* What the lexicon says, to the neighbours as well. */
static void tell_classes(sink *s, const tt_atom *a)
{
    for (unsigned k = 0; k < a->lex_count; k++)
        tell(s, -1, 1, T_LEX, a->lex[k]);
}

/* What the base tagger found: how far it is right depends on the word, its looks and what stands before. */
static void add_hints(sink *s, const tt_atom *a)
{
    add(s, T_HINT + 1, join(a->hint, a->inner_hint));
    add(s, T_HINT + 2, join(a->hint, a->key));
    add(s, T_HINT + 3, join(a->hint, a->shape));
    add(s, T_HINT + 4, join(a->hint, a->before));
    add(s, T_HINT + 5, join(a->hint, a->head));
    add(s, T_HINT + 6, join(a->inner_hint, a->key));
    add(s, T_HINT + 8, join(a->hint, a->middle));
    add(s, T_HINT + 9, join3(a->inner_hint, a->hint, a->key));
}

static uint64_t belief_at(const tt_atom *a, unsigned k)
{
    return join(a->belief.state[k], a->belief.level[k]);
}

/* And what it held possible. */
static void add_beliefs(sink *s, const tt_atom *a)
{
    for (unsigned k = 0; k < BELIEFS && a->belief.state[k] != 0; k++)
        add(s, T_BELIEF + 1, join(belief_at(a, k), a->key));
    add(s, T_BELIEF + 2, join3(belief_at(a, 0), a->belief.state[1], a->belief.level[1]));
}

/* The most telling of it once more: a training step leaves most features out at random, and should seldom lose this. */
static void add_again(sink *s, const tt_atom *a)
{
    add(s, T_AGAIN, a->hint);
    add(s, T_AGAIN + 1, join(a->hint, a->inner_hint));
    add(s, T_AGAIN + 2, join3(belief_at(a, 0), a->belief.state[1], a->belief.level[1]));
    for (unsigned k = 0; k < BELIEFS && a->belief.state[k] != 0; k++)
        add(s, T_AGAIN + 3, belief_at(a, k));
}

/* What the token is in a span by pattern, with what stands beside it. */
static void add_pattern(sink *s, const tt_atom *a)
{
    add(s, T_PATTERN + 1, join(a->pattern, a->key));
    add(s, T_PATTERN + 2, join(a->pattern, a->before));
    add(s, T_PATTERN + 3, join(a->pattern, a->after));
}

/* What the row of names that it is in tells. */
static void add_list(sink *s, const tt_atom *a)
{
    add(s, T_LIST, a->list);
    add(s, T_LIST + 1, join3(a->list, a->run_place, a->run_length));
    if (a->list_head != 0)
        add(s, T_LIST + 2, join3(a->list_head, a->run_place, a->run_length));
}

/* Tokens of `span` listen; place 0 is CRF_GUARD places before token `first`. */
static sink sink_for(const tt_crf_facts *out, int64_t i, tt_span span, uint32_t first)
{
    int64_t zero = (int64_t)first - CRF_GUARD;
    return sink_of(out, i - zero, span.start - zero, span.end - zero);
}

/* What the base tagger says of a token, to its neighbours as well. */
static void tell_hints(sink *s, const tt_sentence_atoms *atoms, int64_t i)
{
    const tt_atom *a = atom_at(atoms, i);
    if (a->hint == 0)
        return;
    tell(s, -2, 2, T_HINT, a->hint);
    for (unsigned k = 0; k < BELIEFS && a->belief.state[k] != 0; k++)
        tell(s, -2, 2, T_BELIEF, belief_at(a, k));
    tell(s, 0, 1, T_HINT + 7, join(a->hint, atom_at(atoms, i + 1)->hint));
}

static void add_base(sink *s, const tt_atom *a)
{
    if (a->hint != 0)
        add_hints(s, a);
    if (a->belief.state[0] == 0)
        return;
    add_beliefs(s, a);
    add_again(s, a);
}

/* What concerns the token itself. */
static void add_own(sink *s, const tt_atom *a)
{
    if (a->pattern != 0)
        add_pattern(s, a);
    add_base(s, a);
    add_lexicon(s, a);
    add_run(s, a);
    add_surroundings(s, a);
    if (a->list != 0)
        add_list(s, a);
}

static void outer_rest(tt_crf_facts *out, const tt_sentence_atoms *atoms, int64_t i, tt_span span, uint32_t first)
{
    sink s = sink_for(out, i, span, first);
    const tt_atom *a = atom_at(atoms, i);
    tell(&s, 0, 1, T_CLUSTER_PAIR, join(a->middle, atom_at(atoms, i + 1)->middle));
    add_pair(&s, atoms, i);
    tell_classes(&s, a);
    tell_hints(&s, atoms, i);
    if (a->pattern != 0)
        tell(&s, -1, 1, T_PATTERN, a->pattern);
    if (i >= span.start && i < span.end)
        add_own(&s, a);
    close_sink(out, &s);
}

static void inner_rest(tt_crf_facts *out, const tt_sentence_atoms *atoms, int64_t i, tt_span span, uint32_t first)
{
    sink s = sink_for(out, i, span, first);
    const tt_atom *a = atom_at(atoms, i);
    add_pair(&s, atoms, i);
    tell_classes(&s, a);
    tell_hints(&s, atoms, i);
    if (i >= span.start && i < span.end)
        add_base(&s, a);
    close_sink(out, &s);
}

const tt_feature_set tt__outer_features = {
    2, {{-2, 5, 12, word_key, word_facts}, {-2, 5, 10, looks_key, looks_facts}}, outer_rest};
const tt_feature_set tt__inner_features = {1, {{-2, 5, 11, inner_word_key, inner_word_facts}}, inner_rest};

void tt__features_parent(tt_crf_facts *out, const tt_sentence_atoms *atoms, uint32_t i, tt_span parent, uint64_t label)
{
    sink s = sink_for(out, i, parent, parent.start);
    const tt_atom *a = &atoms->at[i];
    uint64_t left = i - parent.start < 5 ? i - parent.start : 5, right = parent.end - i < 5 ? parent.end - i : 5;
    add(&s, T_PARENT, label);
    add(&s, T_PARENT + 6, join3(label, left, a->shape));
    add(&s, T_PARENT + 8, join3(label, left, right));
    add(&s, T_PARENT + 10, join3(label, atoms->at[parent.start].key, left));
    for (unsigned k = 0; k < a->lex_count; k++)
        add(&s, T_PARENT + 12, join(label, a->lex[k]));
    close_sink(out, &s);
}

void tt__features_all(tt_crf_facts *out, const tt_sentence_atoms *atoms, int64_t i, tt_span span, bool parent, uint64_t label)
{
    const tt_feature_set *set = parent ? &tt__inner_features : &tt__outer_features;
    for (size_t k = 0; k < set->scope_count; k++)
        set->scopes[k].facts(out, (uint32_t)(i - span.start + CRF_GUARD), atoms, i);
    set->rest(out, atoms, i, span, span.start);
    if (parent && i >= span.start && i < span.end)
        tt__features_parent(out, atoms, (uint32_t)i, span, label);
}
