/* lexicon.c - look up entries from token starts in a mapped trie; most tokens end the search after one probe. */
#include "base/alloc.h"
#include "base/hash.h"
#include "lexicon/kind.h"
#include "lexicon/lexicon_format.h"
#include "lexicon/lexicon_view.h"

#include "tintuc/lexicon.h"

#include <string.h>

struct tt_lexicon {
    const lexicon_mask *masks;
    const uint16_t *node_masks;
    const lexicon_slot *slots;
    const cluster_slot *clusters;
    const tt_kind_set *kind_sets; /* NULL: no kinds */
    const uint16_t *node_kinds;
    uint32_t slot_mask, cluster_mask, class_count;
    tt_str names[CLASS_MAX];
};

/* Walks the section's arrays; `left` never goes below zero. */
typedef struct {
    const char *at;
    size_t left;
} reader;

static const void *take(reader *r, size_t count, size_t size)
{
    size_t bytes = (count * size + 7) / 8 * 8; /* counts are bounded by *_MAX, so this cannot overflow */
    if (bytes > r->left)
        return NULL;
    const void *at = r->at;
    r->at += bytes;
    r->left -= bytes;
    return at;
}

static bool slots_valid(const lexicon_slot *slots, size_t count, uint32_t nodes)
{
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        used += slots[i].child != 0;
        if (slots[i].child >= nodes)
            return false;
    }
    return used < count; /* a free slot ends every probe */
}

/* Is each node's number below `count`? */
static bool numbers_valid(const uint16_t *numbers, size_t nodes, uint32_t count)
{
    for (size_t i = 0; i < nodes; i++)
        if (numbers[i] >= count)
            return false;
    return true;
}

/* What is left of the section; nothing in a lexicon that knows no kinds. */
static bool view_kinds(tt_lexicon *self, reader *r, size_t nodes)
{
    if (r->left == 0)
        return true;
    const lexicon_kinds_header *h = take(r, 1, sizeof *h);
    if (h == NULL || h->set_count > UINT16_MAX)
        return false;
    self->kind_sets = take(r, h->set_count, sizeof *self->kind_sets);
    self->node_kinds = take(r, nodes, sizeof *self->node_kinds);
    return self->kind_sets && self->node_kinds && r->left == 0 && numbers_valid(self->node_kinds, nodes, h->set_count);
}

static bool read_names(tt_lexicon *self, const char *names, size_t len)
{
    size_t at = 0;
    for (uint32_t i = 0; i < self->class_count; i++) {
        const char *end = memchr(names + at, '\0', len - at);
        if (end == NULL)
            return false;
        self->names[i] = (tt_str){names + at, (size_t)(end - names) - at};
        at = (size_t)(end - names) + 1;
    }
    return true;
}

static bool view_lexicon(tt_lexicon *self, tt_str section)
{
    reader r = {section.ptr, section.len};
    const lexicon_header *h = take(&r, 1, sizeof *h);
    if (h == NULL || h->version != LEXICON_VERSION || h->class_count > CLASS_MAX || h->node_count == 0 ||
        h->node_count > NODE_MAX || h->mask_count > UINT16_MAX || h->slot_bits > SLOT_BITS_MAX)
        return false;
    size_t slot_count = (size_t)1 << h->slot_bits;
    self->class_count = h->class_count;
    self->slot_mask = (uint32_t)slot_count - 1;
    self->masks = take(&r, h->mask_count, sizeof *self->masks);
    self->node_masks = take(&r, h->node_count, sizeof *self->node_masks);
    self->slots = take(&r, slot_count, sizeof *self->slots);
    const char *names = take(&r, h->names_len, 1);
    return self->masks && self->node_masks && self->slots && names && slots_valid(self->slots, slot_count, h->node_count) &&
           numbers_valid(self->node_masks, h->node_count, h->mask_count) && read_names(self, names, h->names_len) &&
           view_kinds(self, &r, h->node_count);
}

static bool view_clusters(tt_lexicon *self, tt_str section)
{
    reader r = {section.ptr, section.len};
    const cluster_header *h = take(&r, 1, sizeof *h);
    if (h == NULL || h->version != LEXICON_VERSION || h->slot_bits > SLOT_BITS_MAX)
        return false;
    size_t count = (size_t)1 << h->slot_bits, used = 0;
    self->cluster_mask = (uint32_t)count - 1;
    self->clusters = take(&r, count, sizeof *self->clusters);
    if (self->clusters == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        used += self->clusters[i].coarse != 0;
    return used < count;
}

tt_status tt__lexicon_view(tt_lexicon **out, tt_str lexicon, tt_str clusters, tt_error *err)
{
    *out = NULL;
    tt_lexicon *self = tt__calloc(1, sizeof *self);
    if (self == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "lexicon: out of memory");
    if (!view_lexicon(self, lexicon) || !view_clusters(self, clusters)) {
        tt__free(self);
        return tt_fail(err, TT_EMODEL, 0, "the model's lexicon is missing or damaged: fetch or train the model again");
    }
    *out = self;
    return TT_OK;
}

tt_status tt_lexicon_load(tt_lexicon **out, const tt_model *model, tt_error *err)
{
    return tt__lexicon_view(out, tt_model_section(model, "lexicon"), tt_model_section(model, "cluster"), err);
}

void tt_lexicon_free(tt_lexicon *self)
{
    tt__free(self);
}

size_t tt_lexicon_class_count(const tt_lexicon *self)
{
    return self->class_count;
}

tt_str tt_lexicon_class_name(const tt_lexicon *self, size_t index)
{
    return index < self->class_count ? self->names[index] : (tt_str){NULL, 0};
}

static uint32_t child_of(const tt_lexicon *self, uint32_t parent, uint64_t key)
{
    uint64_t hash = tt__pair(key, parent);
    uint32_t check = (uint32_t)(hash >> 32);
    for (uint32_t i = (uint32_t)hash & self->slot_mask;; i = (i + 1) & self->slot_mask) {
        const lexicon_slot *slot = &self->slots[i];
        if (slot->child == 0 || slot->check == check)
            return slot->child;
    }
}

tt_lexicon_way tt__lexicon_enter(const tt_lexicon *self, const tt_token *token)
{
    uint32_t node = child_of(self, 0, token->key);
    return (tt_lexicon_way){node, 0, self->node_masks[node]};
}

void tt__lexicon_go_on(tt_lexicon_way *way, const tt_lexicon *self, const tt_token *next)
{
    way->second = child_of(self, way->first, next->key);
    __builtin_prefetch(&self->node_masks[way->second]);
}

void tt__lexicon_expect(const tt_lexicon *self, uint32_t node, const tt_token *next)
{
    __builtin_prefetch(&self->slots[(uint32_t)tt__pair(next->key, node) & self->slot_mask]);
}

size_t tt__lexicon_match_from(tt_lexicon_match *out, size_t max, const tt_lexicon *self, const tt_tokens *tokens, size_t first,
                              tt_lexicon_way way)
{
    const tt_token *start = &tokens->at[first];
    const bool capital = start->cased >= TT_CASE_TITLE;
    uint32_t node = way.first, masks = way.masks;
    size_t found = 0;
    for (size_t i = first; node != 0 && found < max; masks = self->node_masks[node]) {
        const lexicon_mask *mask = &self->masks[masks];
        if ((mask->capital | mask->small) != 0)
            out[found++] = (tt_lexicon_match){
                .len = (uint32_t)(i - first + 1),
                .same = capital ? mask->capital : mask->small,
                .other = capital ? mask->small : mask->capital,
            };
        if (i++ == first) {
            node = way.second;
            continue;
        }
        bool more = i < tokens->len && tokens->at[i].sentence == start->sentence;
        node = more ? child_of(self, node, tokens->at[i].key) : 0;
    }
    return found;
}

size_t tt_lexicon_match_at(tt_lexicon_match *out, size_t max, const tt_lexicon *self, const tt_tokens *tokens, size_t first)
{
    const tt_token *start = &tokens->at[first];
    tt_lexicon_way way = tt__lexicon_enter(self, start);
    if (way.first != 0 && first + 1 < tokens->len && start[1].sentence == start->sentence)
        tt__lexicon_go_on(&way, self, &start[1]);
    return tt__lexicon_match_from(out, max, self, tokens, first, way);
}

size_t tt__lexicon_kinds_at(tt_kind_match *out, size_t max, const tt_lexicon *self, const tt_tokens *tokens, size_t first,
                            size_t end)
{
    uint32_t node = 0;
    size_t found = 0;
    for (size_t i = first; self->node_kinds != NULL && i < end && found < max; i++) {
        node = child_of(self, node, tokens->at[i].key);
        if (node == 0)
            break;
        const tt_kind_set *kinds = &self->kind_sets[self->node_kinds[node]];
        if ((kinds->whole | kinds->capital | kinds->small) != 0)
            out[found++] = (tt_kind_match){(uint32_t)(i - first + 1), *kinds};
    }
    return found;
}

tt_clusters tt_lexicon_cluster(const tt_lexicon *self, const tt_token *token)
{
    uint64_t hash = tt__pair(token->key, 1);
    uint32_t check = (uint32_t)(hash >> 32);
    for (uint32_t i = (uint32_t)hash & self->cluster_mask;; i = (i + 1) & self->cluster_mask) {
        const cluster_slot *slot = &self->clusters[i];
        if (slot->coarse == 0 || slot->check == check)
            return (tt_clusters){slot->coarse, slot->middle, slot->fine};
    }
}
