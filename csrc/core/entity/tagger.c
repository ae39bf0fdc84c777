/* tagger.c - outermost mentions first, then inside each mention by the inner layer, down to TT_ENTITY_DEPTH. */
#include "base/alloc.h"
#include "base/hash.h"
#include "entity/hints.h"
#include "entity/scheme.h"
#include "entity/tagger_base.h"
#include "entity/workspace.h"

#include "tintuc/entity.h"

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
    tt_tagger *base; /* whose mentions the atoms are told; NULL: none */
};

/* One run over a document. */
typedef struct {
    const tt_tagger *tagger;
    tt_workspace *space;
    tt_entity *found;
    size_t found_count, found_cap;
} run;

const tt_tagger_sections tt__tagger_sections = {"labels", "outer", "inner"};
const tt_tagger_sections tt__tagger_base_sections = {"labels0", "outer0", "inner0"};

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

static tt_status load(tt_tagger *self, const tt_model *model, const tt_tagger_sections *names, tt_error *err)
{
    tt_status status = tt_lexicon_load(&self->lexicon, model, err);
    if (status == TT_OK)
        status = read_labels(self, tt_model_section(model, names->labels), err);
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
    return load_sections(out, model, tt__model_has_base(model) ? &tt__tagger_base_sections : &tt__tagger_sections, err);
}

tt_status tt_tagger_load(tt_tagger **out, const tt_model *model, tt_error *err)
{
    tt_status status = load_sections(out, model, &tt__tagger_sections, err);
    if (status == TT_OK && tt__model_has_base(model))
        status = load_sections(&(*out)->base, model, &tt__tagger_base_sections, err);
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

/* The mention is as sure as the least sure of its tokens. */
static float confidence_of(const tt_layer_run *layer, const uint16_t *states, tt_span span)
{
    float least = 1;
    for (uint32_t t = span.start; t < span.end; t++) {
        float now = tt__layer_confidence(layer, states, t);
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
    uint32_t depth = parent ? parent->depth + 1 : 0, at = 0, label, len = span.end - span.start;
    if (depth == TT_ENTITY_DEPTH)
        return TT_OK;
    tt_layer_run *layer = &r->space->layers[parent != NULL];
    uint16_t **states = &r->space->states[depth];
    tt_span found;
    if (tt__grow(states, &r->space->state_caps[depth], len, sizeof **states) != TT_OK ||
        tt__layer_decode(*states, layer, atoms, span, parent != NULL, parent ? r->tagger->label_hashes[parent->label] : 0) !=
            TT_OK)
        return TT_ENOMEM;
    while (tt__scheme_next(&found, &label, &at, *states, len)) {
        if (parent != NULL && found.end - found.start == len)
            continue; /* a mention does not lie in itself */
        tt_span tokens = {base + span.start + found.start, base + span.start + found.end};
        if (add_found(r, (tt_entity){tokens, label, depth, confidence_of(layer, *states, found)}) != TT_OK)
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

/* Tag the piece of tokens that begins at token `base` of the document. */
static tt_status tag_piece(run *r, const tt_atom *atoms, const tt_tokens *piece, uint32_t base)
{
    for (uint32_t start = 0, end; start < piece->len; start = end) {
        for (end = start + 1; end < piece->len && piece->at[end].sentence == piece->at[start].sentence; end++)
            ;
        tt_sentence_atoms sentence = {atoms + start, end - start};
        for (uint32_t at = 0; at < sentence.len; at += STRETCH) {
            tt_span stretch = {at, sentence.len - at < STRETCH ? sentence.len : at + STRETCH};
            if (tag_stretch(r, &sentence, base + start, stretch) != TT_OK)
                return TT_ENOMEM;
        }
    }
    return TT_OK;
}

/* Piece by piece: first the names that all of the document tells, then the mentions. */
static tt_status tag_document(run *r, const tt_atom_document *document, const tt_tokens *tokens, tt_hints *hints)
{
    tt_workspace *space = r->space;
    tt_status status = TT_OK;
    bool one_piece = tokens->len != 0 && tt__atoms_piece(tokens, 0) == tokens->len;
    size_t room = tokens->len < ATOM_PIECE ? tokens->len : ATOM_PIECE;
    if (tt__grow(&space->atoms, &space->atom_cap, room, sizeof *space->atoms) != TT_OK)
        return TT_ENOMEM;
    tt__seen_clear(&space->names);
    for (size_t start = 0, end; status == TT_OK && start < tokens->len; start = end) {
        end = tt__atoms_piece(tokens, start);
        status = tt__atoms_note_names(&space->names, space->atoms, document, &(tt_tokens){tokens->at + start, end - start});
    }
    for (size_t start = 0, end; status == TT_OK && start < tokens->len; start = end) {
        end = tt__atoms_piece(tokens, start);
        tt_tokens piece = {tokens->at + start, end - start};
        tt__atoms_fill(space->atoms, document, &piece, &space->names, one_piece);
        if (r->tagger->base != NULL)
            tt__hints_mark(space->atoms, (uint32_t)start, piece.len, hints);
        status = tag_piece(r, space->atoms, &piece, (uint32_t)start);
    }
    return status;
}

tt_status tt_tagger_run(tt_entities *out, tt_arena *arena, const tt_tagger *self, const tt_text *text, const tt_page *page,
                        const tt_sentences *sentences, const tt_tokens *tokens, tt_error *err)
{
    run r = {.tagger = self};
    tt_atom_document document = {&self->source, text, page, sentences};
    tt_entities told = {NULL, 0};
    tt_status status = TT_OK;
    *out = (tt_entities){NULL, 0};
    if (self->base != NULL)
        status = tt_tagger_run(&told, arena, self->base, text, page, sentences, tokens, err);
    if (status != TT_OK)
        return status;
    r.space = tt__workspace_take(self->workspaces);
    tt_hints hints = {told.at, told.len, 0};
    status = r.space ? tag_document(&r, &document, tokens, &hints) : TT_ENOMEM;
    if (status == TT_OK) {
        out->at = tt__arena_copy(arena, r.found, r.found_count * sizeof *r.found);
        out->len = out->at ? r.found_count : 0;
        status = out->at ? TT_OK : TT_ENOMEM;
    }
    if (status != TT_OK)
        tt_fail(err, status, 0, "entities: out of memory");
    if (r.space != NULL)
        tt__workspace_give(self->workspaces, r.space);
    tt__free(r.found);
    return status;
}
