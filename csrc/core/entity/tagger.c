/* tagger.c - outermost mentions first, then inside each mention by the inner layer, down to TT_ENTITY_DEPTH.
 *
 * Mentions that the user's rules fix are put among those that the chain finds. It decodes a span freely first. What is fixed is
 * well placed where the chain finds the same, or finds a mention that holds it: then it is looked for again inside that one.
 * Where it is not, the span is decoded once more with the states of those tokens pinned, so that the neighbours adapt. Tokens
 * of a label that the model lacks are pinned to the outside, and the same chain then looks for mentions among them alone. */
#include "base/alloc.h"
#include "base/hash.h"
#include "entity/beliefs.h"
#include "entity/calibration.h"
#include "entity/fixed.h"
#include "entity/hints.h"
#include "entity/scheme.h"
#include "entity/tagger_base.h"
#include "entity/workspace.h"
#include "token/respace.h"

#include <string.h>

/* Tokens decoded at a time: bounds the memory of a sentence without end. */
enum { STRETCH = 512 };

struct tt_tagger {
    tt_lexicon *lexicon;
    tt_atom_source source;
    tt_crf *outer, *inner;
    tt_workspaces *workspaces;
    tt_str *labels;
    uint64_t *label_hashes;
    size_t label_count;
    tt_kind_rules kinds;
    uint8_t *leaves; /* of each label: does nothing lie in its mentions? */
    tt_calibration calibration;
    tt_tagger *base;         /* whose mentions the atoms are told; NULL: none */
    tt_crf_chances *chances; /* of the outer chain, where it is a base */
};

/* As what a span is looked at: OUTSIDE_VIEW, or as what lies in a mention of that label of the model. */
#define OUTSIDE_VIEW UINT32_MAX

typedef struct {
    tt_entity entity;
    uint32_t view; /* of what lies in it */
} found_mention;

/* One run over a document. */
typedef struct {
    const tt_tagger *tagger;
    tt_workspace *space;
    const tt_mention_rules *rules; /* NULL: none */
    const tt_text *text;
    tt_belief *beliefs; /* about each token of the document, where they are asked for */
    tt_hints hints;     /* of the base tagger, where there is one */
    found_mention *found;
    size_t found_count, found_cap;
    tt_fixed_list fixed; /* of the piece */
    tt_fixed_search search;
    uint16_t *pins;
    size_t pin_cap;
} run;

/* A span of tokens of a sentence, in which mentions are looked for. */
typedef struct {
    const tt_sentence_atoms *atoms;
    uint32_t base; /* token of the document with which the sentence begins */
    tt_span span;  /* tokens of the sentence */
    uint32_t depth, view;
    bool inside; /* the span is a mention, which does not lie in itself */
} level;

static tt_status no_memory(tt_error *err)
{
    return tt_fail(err, TT_ENOMEM, 0, "entities: out of memory");
}

const tt_tagger_sections tt__tagger_sections = {"labels", "leaves", "outer", "inner", "sure"};
const tt_tagger_sections tt__tagger_base_sections = {"labels0", "leaves0", "outer0", "inner0", "sure0"};

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
    if (tt__kind_rules_make(&self->kinds, self->labels, count) != TT_OK)
        return tt_fail(err, TT_ENOMEM, 0, "model: out of memory");
    return TT_OK;
}

/* Without a section any mention may hold others. */
static tt_status read_leaves(tt_tagger *self, tt_str section, tt_error *err)
{
    self->leaves = tt__calloc(self->label_count, 1);
    if (self->leaves == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "model: out of memory");
    if (section.ptr == NULL)
        return TT_OK;
    if (section.len != self->label_count)
        return tt_fail(err, TT_EMODEL, 0, "the model's leaves are damaged: fetch or train the model again");
    memcpy(self->leaves, section.ptr, section.len);
    return TT_OK;
}

static tt_status load(tt_tagger *self, const tt_model *model, const tt_tagger_sections *names, tt_error *err)
{
    tt_status status = tt_lexicon_load(&self->lexicon, model, err);
    if (status == TT_OK)
        status = read_labels(self, tt_model_section(model, names->labels), err);
    if (status == TT_OK)
        status = read_leaves(self, tt_model_section(model, names->leaves), err);
    if (status == TT_OK)
        status = tt__atom_source_make(&self->source, self->lexicon, err);
    if (status != TT_OK)
        return status;
    uint32_t states = tt__scheme_states((uint32_t)self->label_count);
    uint8_t *allowed = tt__malloc((size_t)states * states);
    if (allowed == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "model: out of memory");
    tt__scheme_allowed(allowed, (uint32_t)self->label_count);
    status = tt__crf_load(&self->outer, tt_model_section(model, names->outer), allowed, states, err);
    if (status == TT_OK)
        status = tt__crf_load(&self->inner, tt_model_section(model, names->inner), allowed, states, err);
    tt__free(allowed);
    if (status == TT_OK)
        status =
            tt__calibration_read(&self->calibration, tt_model_section(model, names->sure), (uint32_t)self->label_count, err);
    if (status == TT_OK && tt__workspaces_open(&self->workspaces, self->outer, self->inner) != TT_OK)
        status = tt_fail(err, TT_ENOMEM, 0, "model: out of memory");
    return status;
}

static tt_status load_sections(tt_tagger **out, const tt_model *model, const tt_tagger_sections *names, tt_error *err)
{
    *out = NULL;
    tt_tagger *self = tt__calloc(1, sizeof *self);
    if (self == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "model: out of memory");
    tt_status status = load(self, model, names, err);
    if (status == TT_OK)
        *out = self;
    else
        tt_tagger_free(self);
    return status;
}

bool tt__model_has_base(const tt_model *model)
{
    return tt_model_section(model, tt__tagger_base_sections.labels).ptr != NULL;
}

tt_status tt__tagger_load_base(tt_tagger **out, const tt_model *model, tt_error *err)
{
    tt_status status =
        load_sections(out, model, tt__model_has_base(model) ? &tt__tagger_base_sections : &tt__tagger_sections, err);
    if (status != TT_OK || tt__crf_chances_open(&(*out)->chances, (*out)->outer) == TT_OK)
        return status;
    tt_tagger_free(*out);
    *out = NULL;
    return tt_fail(err, TT_ENOMEM, 0, "model: out of memory");
}

tt_status tt_tagger_load(tt_tagger **out, const tt_model *model, tt_error *err)
{
    tt_status status = load_sections(out, model, &tt__tagger_sections, err);
    if (status == TT_OK && tt__model_has_base(model))
        status = tt__tagger_load_base(&(*out)->base, model, err);
    if (status != TT_OK) {
        tt_tagger_free(*out);
        *out = NULL;
    }
    return status;
}

void tt_tagger_free(tt_tagger *self)
{
    if (self == NULL)
        return;
    tt_tagger_free(self->base); /* which has none itself */
    tt__workspaces_close(self->workspaces);
    tt_lexicon_free(self->lexicon);
    tt__crf_chances_close(self->chances);
    tt__crf_free(self->outer);
    tt__crf_free(self->inner);
    tt__free(self->labels);
    tt__free(self->label_hashes);
    tt__kind_rules_free(&self->kinds);
    tt__free(self->leaves);
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

const tt_lexicon *tt__tagger_lexicon(const tt_tagger *self)
{
    return self->lexicon;
}

const tt_kind_rules *tt__tagger_kinds(const tt_tagger *self)
{
    return &self->kinds;
}

static tt_status add_found(run *r, tt_entity entity, uint32_t view)
{
    if (tt__grow(&r->found, &r->found_cap, r->found_count + 1, sizeof *r->found) != TT_OK)
        return TT_ENOMEM;
    r->found[r->found_count++] = (found_mention){entity, view};
    return TT_OK;
}

static tt_span document_span(const level *l, tt_span tokens)
{
    return (tt_span){l->base + tokens.start, l->base + tokens.end};
}

static tt_layer_run *layer_of(const run *r, const level *l)
{
    return &r->space->layers[l->view != OUTSIDE_VIEW];
}

static float confidence_of(const run *r, const level *l, const uint16_t *states, tt_span span, uint32_t label)
{
    const tt_tagger *tagger = r->tagger;
    float odds = tt__layer_odds(layer_of(r, l), states, (uint32_t)tagger->label_count, span, label);
    return tt__calibration_apply(&tagger->calibration, l->view != OUTSIDE_VIEW, label, odds);
}

/* Is the fixed mention at `start` of the level's tokens where it should be, by these states? */
static bool well_placed(const run *r, const level *l, const tt_fixed *fixed, const uint16_t *states)
{
    uint32_t len = l->span.end - l->span.start, first = fixed->tokens.start - l->base - l->span.start;
    uint32_t end = first + fixed->tokens.end - fixed->tokens.start, at = first, label;
    tt_span hit = {0, 0};
    bool known = fixed->label < r->tagger->label_count;
    if (!known) {
        while (at < end && states[at] == SCHEME_OUTSIDE)
            at++;
        if (at == end)
            return true;
    }
    for (at = tt__scheme_start(states, first); hit.end < end && tt__scheme_next(&hit, &label, &at, states, len);)
        ;
    if (hit.start == first && hit.end == end)
        return known && label == fixed->label;
    bool whole = l->inside && hit.start == 0 && hit.end == len;
    return hit.start <= first && hit.end >= end && !whole && l->depth + 1 + fixed->height <= TT_ENTITY_DEPTH;
}

/* Pin the fixed mentions that are not well placed, or all; false when there was none to pin. */
static bool pin_fixed(const run *r, const level *l, const uint16_t *states, bool all)
{
    bool any = false;
    tt_span span = document_span(l, l->span);
    size_t at = tt__fixed_first(&r->fixed, span);
    for (const tt_fixed *fixed; (fixed = tt__fixed_next(&r->fixed, &at, span, !l->inside)) != NULL;) {
        uint32_t start = fixed->tokens.start - span.start, end = fixed->tokens.end - span.start;
        if (!all && well_placed(r, l, fixed, states))
            continue;
        any = true;
        if (fixed->label < r->tagger->label_count)
            tt__scheme_mark(r->pins, start, end, fixed->label);
        else
            memset(r->pins + start, 0, (end - start) * sizeof *r->pins); /* SCHEME_OUTSIDE */
    }
    return any;
}

/* A mention in which nothing lies but what is fixed. */
static bool is_leaf(const run *r, const level *l)
{
    return l->view != OUTSIDE_VIEW && r->tagger->leaves[l->view] != 0;
}

/* What two rounds of pins do not settle, a third does: all are pinned then. */
static tt_status respect_fixed(run *r, const level *l, uint16_t *states)
{
    enum { ROUNDS = 3 };
    uint32_t len = l->span.end - l->span.start;
    if (tt__grow(&r->pins, &r->pin_cap, len, sizeof *r->pins) != TT_OK)
        return TT_ENOMEM;
    const bool leaf = is_leaf(r, l);
    for (uint32_t t = 0; t < len; t++)
        r->pins[t] = leaf ? SCHEME_OUTSIDE : CRF_FREE;
    if (leaf && pin_fixed(r, l, states, true))
        tt__layer_decode_pinned(states, layer_of(r, l), r->pins);
    for (int round = 1; round <= ROUNDS && !leaf && pin_fixed(r, l, states, round == ROUNDS); round++)
        tt__layer_decode_pinned(states, layer_of(r, l), r->pins);
    return TT_OK;
}

/* Fixed mentions of labels that the model lacks, but for those that will be looked for inside another mention. */
static tt_status add_strange(run *r, const level *l, const uint16_t *states)
{
    tt_span span = document_span(l, l->span);
    size_t at = tt__fixed_first(&r->fixed, span);
    for (const tt_fixed *fixed; (fixed = tt__fixed_next(&r->fixed, &at, span, !l->inside)) != NULL;) {
        bool here = fixed->label >= r->tagger->label_count && states[fixed->tokens.start - span.start] == SCHEME_OUTSIDE;
        if (here && add_found(r, (tt_entity){fixed->tokens, fixed->label, l->depth, 1}, l->view) != TT_OK)
            return TT_ENOMEM;
    }
    return TT_OK;
}

/* Best states of the level into r->space->states[depth]. */
static tt_status decode_level(run *r, const level *l)
{
    uint16_t **states = &r->space->states[l->depth];
    bool inside = l->view != OUTSIDE_VIEW;
    if (tt__grow(states, &r->space->state_caps[l->depth], l->span.end - l->span.start, sizeof **states) != TT_OK ||
        tt__layer_decode(*states, layer_of(r, l), l->atoms, l->span, inside ? &r->tagger->label_hashes[l->view] : NULL) !=
            TT_OK)
        return TT_ENOMEM;
    return r->fixed.len != 0 ? respect_fixed(r, l, *states) : TT_OK;
}

/* Label of the mention that takes all of the level; false when none does. */
static bool takes_all(uint32_t *label, const level *l, const uint16_t *states)
{
    uint32_t at = 0, len = l->span.end - l->span.start;
    tt_span hit;
    return tt__scheme_next(&hit, label, &at, states, len) && hit.start == 0 && hit.end == len;
}

/* Find the mentions of a level; they go to r->found. */
static tt_status tag_level(run *r, const level *l)
{
    uint32_t at = 0, label, len = l->span.end - l->span.start;
    tt_span hit;
    if (l->depth == TT_ENTITY_DEPTH)
        return TT_OK;
    if (decode_level(r, l) != TT_OK)
        return TT_ENOMEM;
    const uint16_t *states = r->space->states[l->depth];
    while (tt__scheme_next(&hit, &label, &at, states, len)) {
        if (l->inside && hit.end - hit.start == len)
            continue; /* a mention does not lie in itself */
        tt_span tokens = document_span(l, (tt_span){l->span.start + hit.start, l->span.start + hit.end});
        bool fixed = r->fixed.len != 0 && tt__fixed_of(&r->fixed, tokens) != NULL;
        float confidence = fixed ? 1 : confidence_of(r, l, states, hit, label);
        if (add_found(r, (tt_entity){tokens, label, l->depth, confidence}, label) != TT_OK)
            return TT_ENOMEM;
    }
    return r->fixed.len != 0 ? add_strange(r, l, states) : TT_OK;
}

/* Can nothing be found in the mention that is the level? */
static bool is_closed(const run *r, const level *l)
{
    tt_span span = document_span(l, l->span);
    size_t at = tt__fixed_first(&r->fixed, span);
    return is_leaf(r, l) && tt__fixed_next(&r->fixed, &at, span, false) == NULL;
}

/* What lies in mention i. One of a label that the model lacks may be, to the model, a mention of a label that it has. */
static tt_status tag_inside(run *r, size_t i, const tt_sentence_atoms *atoms, uint32_t base)
{
    found_mention parent = r->found[i];
    tt_span span = {parent.entity.tokens.start - base, parent.entity.tokens.end - base};
    level l = {atoms, base, span, parent.entity.depth + 1, parent.view, true};
    uint32_t label;
    if (span.end - span.start == 1 || is_closed(r, &l))
        return TT_OK;
    tt_sentence_atoms own = {atoms->at + span.start, span.end - span.start};
    level inner = {&own, base + span.start, {0, own.len}, l.depth, l.view, true}, *at = l.view == OUTSIDE_VIEW ? &l : &inner;
    if (parent.entity.label >= r->tagger->label_count && l.depth < TT_ENTITY_DEPTH) {
        if (decode_level(r, at) != TT_OK)
            return TT_ENOMEM;
        if (takes_all(&label, at, r->space->states[l.depth])) {
            inner.view = label;
            at = &inner;
        }
        if (is_closed(r, at))
            return TT_OK;
    }
    return tag_level(r, at);
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
        found_mention now = r->found[i];
        size_t k = i;
        for (; k > first && by_start(&now.entity, &r->found[k - 1].entity) < 0; k--)
            r->found[k] = r->found[k - 1];
        r->found[k] = now;
    }
}

/* Outer mentions of a stretch, then level by level what lies in them. */
static tt_status tag_stretch(run *r, const tt_sentence_atoms *atoms, uint32_t base, tt_span stretch)
{
    size_t first = r->found_count;
    tt_status status = tag_level(r, &(level){atoms, base, stretch, 0, OUTSIDE_VIEW, false});
    if (status == TT_OK && r->beliefs != NULL)
        status = tt__beliefs_fill(r->beliefs + base + stretch.start, &r->space->chances, &r->space->chance_cap,
                                  &r->space->layers[0], r->tagger->chances);
    for (size_t i = first; status == TT_OK && i < r->found_count; i++)
        status = tag_inside(r, i, atoms, base);
    if (status == TT_OK)
        sort_found(r, first);
    return status;
}

/* Where the stretch of a sentence that begins at `at` ends: not inside a fixed mention. */
static uint32_t stretch_end(const run *r, uint32_t base, uint32_t at, uint32_t len)
{
    if (len - at <= STRETCH)
        return len;
    tt_span stretch = {base + at, base + at + STRETCH};
    size_t i = tt__fixed_first(&r->fixed, stretch);
    for (; i < r->fixed.len && r->fixed.at[i].tokens.start < stretch.end; i++)
        if (r->fixed.at[i].tokens.end > stretch.end) /* one is shorter than half of a stretch */
            return r->fixed.at[i].tokens.start - base;
    return at + STRETCH;
}

/* Tag the piece of tokens that begins at token `base` of the document. */
static tt_status tag_piece(run *r, const tt_atom *atoms, const tt_tokens *piece, uint32_t base, tt_error *err)
{
    if (r->rules != NULL) {
        tt_status status = tt__fixed_find(&r->fixed, &r->search, r->rules, r->text, piece, base, err);
        if (status != TT_OK)
            return status;
    }
    for (uint32_t start = 0, end; start < piece->len; start = end) {
        for (end = start + 1; end < piece->len && piece->at[end].sentence == piece->at[start].sentence; end++)
            ;
        tt_sentence_atoms sentence = {atoms + start, end - start};
        for (uint32_t at = 0, next; at < sentence.len; at = next) {
            next = stretch_end(r, base + start, at, sentence.len);
            if (tag_stretch(r, &sentence, base + start, (tt_span){at, next}) != TT_OK)
                return no_memory(err);
        }
    }
    return TT_OK;
}

/* Piece by piece: first the names that all of the document tells, then the mentions. */
static tt_status tag_document(run *r, const tt_atom_document *document, const tt_tokens *tokens, tt_error *err)
{
    tt_workspace *space = r->space;
    tt_status status = TT_OK;
    bool one_piece = tokens->len != 0 && tt__atoms_piece(tokens, 0) == tokens->len;
    size_t room = tokens->len < ATOM_PIECE ? tokens->len : ATOM_PIECE;
    if (tt__grow(&space->atoms, &space->atom_cap, room, sizeof *space->atoms) != TT_OK)
        return no_memory(err);
    tt__seen_clear(&space->names);
    for (size_t start = 0, end; status == TT_OK && start < tokens->len; start = end) {
        end = tt__atoms_piece(tokens, start);
        if (tt__atoms_note_names(&space->names, space->atoms, document, &(tt_tokens){tokens->at + start, end - start}) != TT_OK)
            status = no_memory(err);
    }
    for (size_t start = 0, end; status == TT_OK && start < tokens->len; start = end) {
        end = tt__atoms_piece(tokens, start);
        tt_tokens piece = {tokens->at + start, end - start};
        tt__atoms_fill(space->atoms, document, &piece, &space->names, one_piece);
        if (r->tagger->base != NULL)
            tt__hints_mark(space->atoms, (uint32_t)start, piece.len, &r->hints);
        status = tag_piece(r, space->atoms, &piece, (uint32_t)start, err);
    }
    return status;
}

static tt_status copy_found(tt_entities *out, tt_arena *arena, const run *r, tt_error *err)
{
    tt_entity *at = tt_arena_calloc(arena, r->found_count, sizeof *at);
    if (at == NULL)
        return no_memory(err);
    for (size_t i = 0; i < r->found_count; i++)
        at[i] = r->found[i].entity;
    *out = (tt_entities){at, r->found_count};
    return TT_OK;
}

/* With everything of `r` set but what the run itself makes. */
static tt_status tag(tt_entities *out, tt_arena *arena, run *r, const tt_page *page, const tt_sentences *sentences,
                     const tt_tokens *tokens, tt_error *err)
{
    tt_atom_document document = {&r->tagger->source, r->text, page, sentences, NULL};
    *out = (tt_entities){NULL, 0};
    r->space = tt__workspace_take(r->tagger->workspaces);
    document.notes = r->space != NULL ? &r->space->notes : NULL;
    tt_status status = r->space ? tag_document(r, &document, tokens, err) : no_memory(err);
    if (status == TT_OK)
        status = copy_found(out, arena, r, err);
    if (r->space != NULL)
        tt__workspace_give(r->tagger->workspaces, r->space);
    tt__fixed_search_free(&r->search);
    tt__free(r->fixed.at);
    tt__free(r->pins);
    tt__free(r->found);
    return status;
}

/* It is told no rules: what was learned is how far to believe it by itself. */
tt_status tt__tagger_hints(tt_hints *out, tt_arena *arena, const tt_tagger *self, const tt_text *text, const tt_page *page,
                           const tt_sentences *sentences, const tt_tokens *tokens, tt_error *err)
{
    tt_entities told;
    run r = {.tagger = self, .text = text, .beliefs = tt_arena_calloc(arena, tokens->len, sizeof *r.beliefs)};
    if (r.beliefs == NULL)
        return no_memory(err);
    tt_status status = tag(&told, arena, &r, page, sentences, tokens, err);
    *out = (tt_hints){told.at, told.len, 0, r.beliefs};
    return status;
}

tt_status tt_tagger_run_with(tt_entities *out, tt_arena *arena, const tt_tagger *self, const tt_mention_rules *rules,
                             const tt_text *text, const tt_page *page, const tt_sentences *sentences, const tt_tokens *tokens,
                             tt_error *err)
{
    run r = {.tagger = self, .rules = rules, .text = text};
    tt_tokens respaced;
    *out = (tt_entities){NULL, 0};
    if (self->base == NULL)
        return tag(out, arena, &r, page, sentences, tokens, err);
    if (tt__respace(&respaced, arena, text, tokens) != TT_OK)
        return no_memory(err);
    tt_status status = tt__tagger_hints(&r.hints, arena, self->base, text, page, sentences, &respaced, err);
    return status == TT_OK ? tag(out, arena, &r, page, sentences, &respaced, err) : status;
}

tt_status tt_tagger_run(tt_entities *out, tt_arena *arena, const tt_tagger *self, const tt_text *text, const tt_page *page,
                        const tt_sentences *sentences, const tt_tokens *tokens, tt_error *err)
{
    return tt_tagger_run_with(out, arena, self, NULL, text, page, sentences, tokens, err);
}
