/* features.c - the templates. A feature is the hash of its template's number and its values; numbers are never used twice. */
#include "entity/features.h"
#include "base/hash.h"

enum {
    T_BIAS = 1,
    T_FORM = 10,        /* + offset + 1 */
    T_KEY = 20,         /* + offset + 3 */
    T_KEY_PAIR = 30,    /* + left offset + 2 */
    T_KEY_TRIPLE = 40,  /* + left offset + 2 */
    T_SHAPE = 50,       /* + offset + 2 */
    T_SHAPE_GRAM = 60,
    T_KEY_SHAPE = 70,
    T_AFFIX = 80,
    T_CLUSTER = 90,     /* + offset + 2: fine; 100: middle; 110: coarse */
    T_CLUSTER_PAIR = 120,
    T_LEX = 130,        /* + offset + 1 */
    T_LEX_MIX = 140,
    T_RUN = 150,
    T_HEAD = 170,
    T_PLACE = 180,
    T_SEEN = 190,
    T_PARENT = 200
};

typedef struct {
    uint64_t *out;
    size_t len;
} sink;

static const tt_atom BEFORE = {.form = 1, .key = 1, .fine = 60001, .middle = 60001, .coarse = 60001, .shape = 254};
static const tt_atom AFTER = {.form = 2, .key = 2, .fine = 60002, .middle = 60002, .coarse = 60002, .shape = 255};

static const tt_atom *atom_at(const tt_sentence_atoms *s, uint32_t i, int offset)
{
    if (offset < 0 && i < (uint32_t)-offset)
        return &BEFORE;
    uint32_t at = i + (uint32_t)offset;
    return at < s->len ? &s->at[at] : &AFTER;
}

static void add(sink *s, uint64_t template_number, uint64_t value)
{
    if (s->len < FEATURES_MAX)
        s->out[s->len++] = tt__pair(value, template_number);
}

static void add2(sink *s, uint64_t template_number, uint64_t a, uint64_t b)
{
    add(s, template_number, tt__pair(a, b));
}

static void add3(sink *s, uint64_t template_number, uint64_t a, uint64_t b, uint64_t c)
{
    add(s, template_number, tt__pair(tt__pair(a, b), c));
}

static void add_words(sink *s, const tt_sentence_atoms *atoms, uint32_t i)
{
    for (int d = -1; d <= 1; d++)
        add(s, T_FORM + (uint64_t)(d + 1), atom_at(atoms, i, d)->form);
    for (int d = -3; d <= 3; d++)
        add(s, T_KEY + (uint64_t)(d + 3), atom_at(atoms, i, d)->key);
    for (int d = -2; d <= 1; d++)
        add2(s, T_KEY_PAIR + (uint64_t)(d + 2), atom_at(atoms, i, d)->key, atom_at(atoms, i, d + 1)->key);
    for (int d = -2; d <= 0; d++)
        add3(s, T_KEY_TRIPLE + (uint64_t)(d + 2), atom_at(atoms, i, d)->key, atom_at(atoms, i, d + 1)->key,
             atom_at(atoms, i, d + 2)->key);
}

static void add_shapes(sink *s, const tt_sentence_atoms *atoms, uint32_t i)
{
    uint64_t at[5];
    for (int d = -2; d <= 2; d++) {
        at[d + 2] = atom_at(atoms, i, d)->shape;
        add(s, T_SHAPE + (uint64_t)(d + 2), at[d + 2]);
    }
    add2(s, T_SHAPE_GRAM, at[1], at[2]);
    add2(s, T_SHAPE_GRAM + 1, at[2], at[3]);
    add3(s, T_SHAPE_GRAM + 2, at[1], at[2], at[3]);
    add3(s, T_SHAPE_GRAM + 3, at[0], at[1], at[2]);
    add3(s, T_SHAPE_GRAM + 4, at[2], at[3], at[4]);
    add3(s, T_SHAPE_GRAM + 5, tt__pair(at[0], at[1]), tt__pair(at[2], at[3]), at[4]);
    add2(s, T_KEY_SHAPE, atom_at(atoms, i, 0)->key, at[3]);
    add2(s, T_KEY_SHAPE + 1, atom_at(atoms, i, -1)->key, at[2]);
    add2(s, T_KEY_SHAPE + 2, atom_at(atoms, i, 0)->key, at[1]);
    add2(s, T_KEY_SHAPE + 3, atom_at(atoms, i, 1)->key, at[2]);
}

static void add_affixes(sink *s, const tt_atom *atom)
{
    if (atom->prefix2 == 0)
        return;
    add(s, T_AFFIX, atom->prefix2);
    add(s, T_AFFIX + 1, atom->prefix3);
    add(s, T_AFFIX + 2, atom->suffix2);
    add(s, T_AFFIX + 3, atom->suffix3);
}

static void add_clusters(sink *s, const tt_sentence_atoms *atoms, uint32_t i)
{
    for (int d = -2; d <= 2; d++) {
        const tt_atom *a = atom_at(atoms, i, d);
        add(s, T_CLUSTER + (uint64_t)(d + 2), a->fine);
        add(s, T_CLUSTER + 10 + (uint64_t)(d + 2), a->middle);
        if (d >= -1 && d <= 1)
            add(s, T_CLUSTER + 20 + (uint64_t)(d + 2), a->coarse);
    }
    const tt_atom *l = atom_at(atoms, i, -1), *a = atom_at(atoms, i, 0), *r = atom_at(atoms, i, 1);
    add2(s, T_CLUSTER_PAIR, l->middle, a->middle);
    add2(s, T_CLUSTER_PAIR + 1, a->middle, r->middle);
    add2(s, T_CLUSTER_PAIR + 2, l->middle, r->middle);
    add(s, T_CLUSTER_PAIR + 3, a->pair);
    add(s, T_CLUSTER_PAIR + 4, l->pair);
    add2(s, T_CLUSTER_PAIR + 5, l->middle, a->shape);
    add2(s, T_CLUSTER_PAIR + 6, r->middle, a->shape);
}

static void add_lexicon(sink *s, const tt_sentence_atoms *atoms, uint32_t i)
{
    uint64_t all = 0;
    for (int d = -1; d <= 1; d++) {
        const tt_atom *a = atom_at(atoms, i, d);
        for (unsigned k = 0; k < a->lex_count; k++)
            add(s, T_LEX + (uint64_t)(d + 1), a->lex[k]);
    }
    const tt_atom *a = atom_at(atoms, i, 0);
    for (unsigned k = 0; k < a->lex_count; k++) {
        all = tt__pair(all, a->lex[k]);
        add2(s, T_LEX_MIX, a->lex[k], a->shape);
        add2(s, T_LEX_MIX + 1, a->lex[k], atom_at(atoms, i, -1)->middle);
    }
    add(s, T_LEX_MIX + 2, all);
}

static void add_run(sink *s, const tt_atom *a)
{
    add(s, T_RUN, a->before);
    add(s, T_RUN + 1, a->after);
    add2(s, T_RUN + 2, a->before2, a->before);
    add2(s, T_RUN + 3, a->run_place, a->run_length);
    if (a->run_place == 0)
        return;
    add2(s, T_RUN + 4, a->before, a->run_place);
    add2(s, T_RUN + 5, a->after, a->run_place);
    add2(s, T_RUN + 6, a->run_first, a->run_place);
    add(s, T_RUN + 7, a->run_last);
    add2(s, T_RUN + 8, a->run_first, a->run_last);
    add3(s, T_RUN + 9, a->before, a->run_length, a->sentence_caps);
}

static void add_surroundings(sink *s, const tt_atom *a)
{
    add2(s, T_HEAD, a->head, a->head_distance);
    add2(s, T_HEAD + 1, a->head_class, a->head_distance);
    add3(s, T_HEAD + 2, a->head_class, a->shape, a->run_place);
    add2(s, T_PLACE, a->block, a->shape);
    add2(s, T_PLACE + 1, a->first, a->shape);
    add2(s, T_PLACE + 2, a->nesting, a->shape);
    add2(s, T_PLACE + 3, a->sentence_caps, a->shape);
    add2(s, T_PLACE + 4, a->sentence_caps, a->key);
    if (a->run_place == 0)
        return;
    add2(s, T_SEEN, a->seen, a->run_length);
    for (unsigned bit = 0; bit < 8; bit++)
        if ((a->seen >> bit & 1) != 0)
            add3(s, T_SEEN + 1, bit, a->run_length == 1, a->run_place);
}

size_t tt__features_outer(uint64_t *out, const tt_sentence_atoms *atoms, uint32_t i)
{
    sink s = {out, 0};
    add(&s, T_BIAS, 0);
    add_words(&s, atoms, i);
    add_shapes(&s, atoms, i);
    add_affixes(&s, &atoms->at[i]);
    add_clusters(&s, atoms, i);
    add_lexicon(&s, atoms, i);
    add_run(&s, &atoms->at[i]);
    add_surroundings(&s, &atoms->at[i]);
    return s.len;
}

size_t tt__features_inner(uint64_t *out, const tt_sentence_atoms *atoms, uint32_t i, tt_span parent, uint64_t label)
{
    sink s = {out, tt__features_outer(out, atoms, i)};
    const tt_atom *a = &atoms->at[i];
    uint64_t left = i - parent.start < 5 ? i - parent.start : 5, right = parent.end - i < 5 ? parent.end - i : 5;
    add(&s, T_PARENT, label);
    add2(&s, T_PARENT + 1, label, a->key);
    add2(&s, T_PARENT + 2, label, a->shape);
    add2(&s, T_PARENT + 3, label, a->middle);
    add2(&s, T_PARENT + 4, label, i > parent.start ? a[-1].key : 0);
    add2(&s, T_PARENT + 5, label, i + 1 < parent.end ? a[1].key : 0);
    add3(&s, T_PARENT + 6, label, left, a->shape);
    add3(&s, T_PARENT + 7, label, right, a->shape);
    add3(&s, T_PARENT + 8, label, left, right);
    add2(&s, T_PARENT + 9, label, atoms->at[parent.start].key);
    add3(&s, T_PARENT + 10, label, atoms->at[parent.start].key, left);
    add3(&s, T_PARENT + 11, label, a->run_place == 1 || i == parent.start, a->run_length);
    for (unsigned k = 0; k < a->lex_count; k++)
        add2(&s, T_PARENT + 12, label, a->lex[k]);
    return s.len;
}
