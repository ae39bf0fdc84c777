/* train_data.c - gold blocks and sentences, our own tokens, and the features the tagger will see. */
#include "entity/train_data.h"
#include "base/alloc.h"
#include "base/hash.h"
#include "entity/augment.h"
#include "entity/features.h"
#include "entity/scheme.h"
#include "entity/tagger_base.h"
#include "token/respace.h"

#include "tintuc/entity.h"

#include <string.h>

typedef struct {
    tt_span tokens;
    uint32_t label, depth;
} gold;

/* One document on its way into the sequences. */
typedef struct {
    tt_train_data *out;
    const tt_str *labels;
    size_t label_count;
    const uint8_t *leaves;
    tt_arena arena;
    tt_text text;
    tt_page page;
    tt_sentences sentences;
    tt_tokens tokens;
    tt_atom_source source;
    const tt_tagger *base; /* NULL: none */
    tt_atom *atoms;
    tt_seen names;
    uint64_t *features; /* FEATURES_MAX a token of a sequence, of which so many */
    size_t *feature_counts, feature_cap, count_cap;
    gold *gold;
    size_t gold_count;
    uint16_t *states;      /* one a token */
    const uint8_t *chosen; /* one a sentence: is it added? NULL: all are */
} loader;

static tt_status view_structure(loader *l, const tt_example *doc)
{
    tt_block *blocks = tt_arena_calloc(&l->arena, doc->block_count, sizeof *blocks);
    tt_sentence *sentences = tt_arena_calloc(&l->arena, doc->sentence_count, sizeof *sentences);
    size_t block = 0;
    if (blocks == NULL || sentences == NULL)
        return TT_ENOMEM;
    for (size_t i = 0; i < doc->block_count; i++)
        blocks[i] = (tt_block){tt_align_from_raw(&l->text.align, doc->blocks[i].span), doc->blocks[i].kind};
    for (size_t i = 0; i < doc->sentence_count; i++) {
        sentences[i].span = tt_align_from_raw(&l->text.align, doc->sentences[i]);
        while (block + 1 < doc->block_count && blocks[block].span.end <= sentences[i].span.start)
            block++;
        sentences[i].block = (uint32_t)block;
    }
    l->page = (tt_page){.at = blocks, .len = doc->block_count};
    l->sentences = (tt_sentences){sentences, doc->sentence_count};
    return TT_OK;
}

/* Tokens that the byte span covers exactly; false when it cuts one or crosses a sentence. */
static bool tokens_of(tt_span *tokens, const tt_tokens *all, tt_span bytes)
{
    size_t low = 0, high = all->len;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (all->at[middle].span.start < bytes.start)
            low = middle + 1;
        else
            high = middle;
    }
    size_t end = low;
    while (end < all->len && all->at[end].span.end < bytes.end)
        end++;
    if (end >= all->len || all->at[low].span.start != bytes.start || all->at[end].span.end != bytes.end ||
        all->at[low].sentence != all->at[end].sentence)
        return false;
    *tokens = (tt_span){(uint32_t)low, (uint32_t)end + 1};
    return true;
}

static size_t label_of(const loader *l, tt_str name)
{
    size_t i = 0;
    while (i < l->label_count && !tt_str_eq(l->labels[i], name))
        i++;
    return i;
}

/* Mentions in token positions, with their depth; a mention with the tokens of its parent is left out. */
static tt_status view_mentions(loader *l, const tt_corpus *corpus, const tt_example *doc)
{
    size_t open[TT_ENTITY_DEPTH]; /* mentions around the present one */
    uint32_t depth = 0;
    l->gold = tt_arena_calloc(&l->arena, doc->mention_count, sizeof *l->gold);
    l->gold_count = 0;
    if (l->gold == NULL)
        return TT_ENOMEM;
    for (size_t i = 0; i < doc->mention_count; i++) {
        gold now = {{0, 0}, (uint32_t)label_of(l, tt_corpus_label(corpus, doc->mentions[i].label)), 0};
        tt_span bytes = tt_align_from_raw(&l->text.align, doc->mentions[i].span);
        if (now.label == l->label_count || !tokens_of(&now.tokens, &l->tokens, bytes)) {
            l->out->skipped++;
            continue;
        }
        while (depth > 0 && l->gold[open[depth - 1]].tokens.end <= now.tokens.start)
            depth--;
        bool same = depth > 0 && l->gold[open[depth - 1]].tokens.start == now.tokens.start &&
                    l->gold[open[depth - 1]].tokens.end == now.tokens.end;
        if (same || depth == TT_ENTITY_DEPTH)
            continue;
        now.depth = depth;
        open[depth++] = l->gold_count;
        l->gold[l->gold_count++] = now;
    }
    return TT_OK;
}

/* States of tokens [span) for the mentions gold[first..last) that have `depth`. */
static void mark_states(loader *l, tt_span span, size_t first, size_t last, uint32_t depth)
{
    memset(l->states + span.start, 0, (span.end - span.start) * sizeof *l->states);
    for (size_t i = first; i < last; i++)
        if (l->gold[i].depth == depth)
            tt__scheme_mark(l->states, l->gold[i].tokens.start, l->gold[i].tokens.end, l->gold[i].label);
}

/* What token i tells, as features of the tokens that listen. */
static void spread_facts(loader *l, const tt_crf_fact *facts, size_t count, uint32_t len)
{
    for (size_t k = 0; k < count; k++)
        for (uint32_t member = facts[k].first; member < facts[k].end; member++) {
            uint32_t place = facts[k].to + member;
            if (place < CRF_GUARD || place >= CRF_GUARD + len || l->feature_counts[place - CRF_GUARD] == FEATURES_MAX)
                continue;
            size_t t = place - CRF_GUARD;
            l->features[t * FEATURES_MAX + l->feature_counts[t]++] = facts[k].hash | member;
        }
}

/* A sentence, or a mention by itself. */
static tt_status add_sequence(loader *l, tt_span span, const gold *parent)
{
    tt_crf_fact several[FACTS_MAX], ones[FACTS_MAX];
    const uint32_t len = span.end - span.start;
    const tt_sentence_atoms atoms = {l->atoms + span.start, len};
    const int64_t reach = parent != NULL ? 0 : FEATURES_REACH;
    tt_crf_data *data = &l->out->layers[parent != NULL];
    uint64_t label = parent ? tt__hash(l->labels[parent->label].ptr, l->labels[parent->label].len, 4) : 0;
    if (tt__grow(&l->features, &l->feature_cap, (size_t)len * FEATURES_MAX, sizeof *l->features) != TT_OK ||
        tt__grow(&l->feature_counts, &l->count_cap, len, sizeof *l->feature_counts) != TT_OK)
        return TT_ENOMEM;
    memset(l->feature_counts, 0, len * sizeof *l->feature_counts);
    for (int64_t i = -reach; i < len + reach; i++) {
        tt_crf_facts facts = {several, ones, 0, 0};
        tt__features_all(&facts, &atoms, i, (tt_span){0, len}, parent != NULL, label);
        spread_facts(l, several, facts.several_count, len);
        spread_facts(l, ones, facts.one_count, len);
    }
    for (uint32_t t = 0; t < len; t++)
        if (tt__crf_data_token(data, l->features + (size_t)t * FEATURES_MAX, l->feature_counts[t],
                               l->atoms[span.start + t].transition, l->states[span.start + t]) != TT_OK)
            return TT_ENOMEM;
    return tt__crf_data_close(data);
}

static tt_status add_sentence(loader *l, tt_span sentence, size_t first, size_t last)
{
    mark_states(l, sentence, first, last, 0);
    tt_status status = add_sequence(l, sentence, NULL);
    for (size_t i = first; status == TT_OK && i < last; i++) {
        const gold *parent = &l->gold[i];
        size_t end = i + 1;
        while (end < last && l->gold[end].tokens.start < parent->tokens.end)
            end++;
        if (parent->tokens.end - parent->tokens.start < 2 || l->leaves[parent->label] != 0)
            continue;
        mark_states(l, parent->tokens, i + 1, end, parent->depth + 1);
        status = add_sequence(l, parent->tokens, parent);
    }
    return status;
}

static tt_status add_sentences(loader *l)
{
    size_t mention = 0;
    for (uint32_t start = 0; start < l->tokens.len;) {
        uint32_t end = start + 1;
        while (end < l->tokens.len && l->tokens.at[end].sentence == l->tokens.at[start].sentence)
            end++;
        size_t first = mention;
        while (mention < l->gold_count && l->gold[mention].tokens.start < end)
            mention++;
        bool wanted = l->chosen == NULL || l->chosen[l->tokens.at[start].sentence];
        if (wanted && add_sentence(l, (tt_span){start, end}, first, mention) != TT_OK)
            return TT_ENOMEM;
        start = end;
    }
    return TT_OK;
}

static tt_status add_hints(loader *l, tt_error *err)
{
    tt_hints hints;
    if (l->base == NULL)
        return TT_OK;
    tt_status status = tt__tagger_hints(&hints, &l->arena, l->base, &l->text, &l->page, &l->sentences, &l->tokens, err);
    if (status == TT_OK)
        tt__hints_mark(l->atoms, 0, l->tokens.len, &hints);
    return status;
}

static tt_status read_tokens(loader *l, const tt_corpus *corpus, const tt_example *doc, tt_error *err)
{
    tt_atom_document document = {&l->source, &l->text, &l->page, &l->sentences, NULL};
    tt_status status = tt_tokens_make(&l->tokens, &l->arena, &l->text, &l->sentences, err);
    if (status == TT_OK && l->base != NULL && tt__respace(&l->tokens, &l->arena, &l->text, &l->tokens) != TT_OK)
        status = tt_fail(err, TT_ENOMEM, 0, "training: out of memory");
    if (status != TT_OK)
        return status;
    l->atoms = tt_arena_calloc(&l->arena, l->tokens.len, sizeof *l->atoms);
    tt__seen_clear(&l->names);
    if (l->atoms == NULL || tt__atoms_note_names(&l->names, l->atoms, &document, &l->tokens) != TT_OK)
        return tt_fail(err, TT_ENOMEM, 0, "training: out of memory");
    tt__atoms_fill(l->atoms, &document, &l->tokens, &l->names, true);
    status = add_hints(l, err);
    if (status != TT_OK)
        return status;
    l->states = tt_arena_calloc(&l->arena, l->tokens.len, sizeof *l->states);
    if (l->states == NULL || view_mentions(l, corpus, doc) != TT_OK)
        return tt_fail(err, TT_ENOMEM, 0, "training: out of memory");
    return TT_OK;
}

static tt_status add_document(loader *l, const tt_corpus *corpus, const tt_example *doc, tt_error *err)
{
    tt_status status = tt_normalize(&l->text, NULL, &l->arena, doc->text, TT_PRESET_VIEW, err);
    l->chosen = NULL;
    if (status != TT_OK)
        return status;
    if (view_structure(l, doc) != TT_OK)
        return tt_fail(err, TT_ENOMEM, 0, "training: out of memory");
    status = read_tokens(l, corpus, doc, err);
    return status == TT_OK && add_sentences(l) != TT_OK ? tt_fail(err, TT_ENOMEM, 0, "training: out of memory") : status;
}

/* Small letters for the head noun that opens a mention of several words: Bộ Y tế, bộ Y tế. */
static void shrink_heads(loader *l, char *bytes, const uint8_t *kinds)
{
    tt_lexicon_match found[8];
    for (size_t i = 0; i < l->gold_count; i++) {
        tt_span tokens = l->gold[i].tokens;
        size_t n = tt_lexicon_match_at(found, TT_COUNT(found), l->source.lexicon, &l->tokens, tokens.start);
        if (kinds[l->tokens.at[tokens.start].sentence] != AUGMENT_SMALL_HEADS)
            continue;
        for (size_t k = 0; k < n; k++)
            if ((found[k].same & l->source.roles.heads) != 0 && found[k].len < tokens.end - tokens.start)
                tt__augment_recase(bytes, l->tokens.at[tokens.start].span, AUGMENT_SMALL_HEADS);
    }
}

/* The document once more with letters of other case, in the sentences that a hash draws. */
static tt_status add_recased(loader *l, const tt_corpus *corpus, const tt_example *doc, uint64_t draw, tt_error *err)
{
    uint8_t *kinds = tt_arena_calloc(&l->arena, l->sentences.len, 1);
    char *bytes = tt_arena_alloc(&l->arena, l->text.norm.len);
    if (kinds == NULL || bytes == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "training: out of memory");
    memcpy(bytes, l->text.norm.ptr, l->text.norm.len);
    for (size_t i = 0; i < l->sentences.len; i++)
        kinds[i] = (uint8_t)tt__augment_draw(tt__pair(draw, i));
    shrink_heads(l, bytes, kinds);
    for (size_t i = 0; i < l->sentences.len; i++)
        if (kinds[i] == AUGMENT_SMALL || kinds[i] == AUGMENT_CAPITALS)
            tt__augment_recase(bytes, l->sentences.at[i].span, (tt_augment_case)kinds[i]);
    l->text.norm.ptr = bytes;
    l->chosen = kinds;
    tt_status status = read_tokens(l, corpus, doc, err);
    return status == TT_OK && add_sentences(l) != TT_OK ? tt_fail(err, TT_ENOMEM, 0, "training: out of memory") : status;
}

tt_status tt__train_data_make(tt_train_data *out, const tt_corpus *corpus, const tt_lexicon *lexicon, const tt_str *labels,
                              size_t label_count, const uint8_t *leaves, bool augment, const tt_tagger *base, tt_error *err)
{
    loader l = {.out = out, .labels = labels, .label_count = label_count, .leaves = leaves, .base = base};
    memset(out, 0, sizeof *out);
    tt_status status = tt__atom_source_make(&l.source, lexicon, err);
    for (size_t i = 0; status == TT_OK && i < tt_corpus_count(corpus); i++) {
        status = add_document(&l, corpus, tt_corpus_at(corpus, i), err);
        if (status == TT_OK && augment)
            status = add_recased(&l, corpus, tt_corpus_at(corpus, i), tt__pair(i, 2), err);
        tt_arena_free(&l.arena);
    }
    tt__seen_free(&l.names);
    tt__free(l.features);
    tt__free(l.feature_counts);
    if (status != TT_OK)
        tt__train_data_free(out);
    return status;
}

void tt__train_data_free(tt_train_data *data)
{
    tt__crf_data_free(&data->layers[0]);
    tt__crf_data_free(&data->layers[1]);
}
