/* term_trie.c - terms are read as a text is, to the normalized view and its tokens, so that whatever spelling of a text the
 * view does away with is no matter in a term either. An edge is found by open addressing on a hash of its parent and token; two
 * edges with the same 64 bits are taken for one. */
#include "entity/term_trie.h"

#include "base/alloc.h"
#include "base/hash.h"

#include "tintuc/normalize.h"

#include <string.h>

enum { FIRST_SLOTS = 64 };

typedef struct {
    uint64_t hash;
    uint32_t child; /* 0: free */
} edge;

struct tt_term_trie {
    edge *edges;
    size_t slots; /* a power of two, at most half of them used */
    bool *ends;   /* of each node: does a term end there? */
    size_t nodes, node_cap;
    bool ignore_case;
};

static uint64_t hash_of(const tt_term_trie *self, uint32_t parent, const tt_token *token)
{
    bool caseless = self->ignore_case && token->kind != TT_TOKEN_NUMBER; /* the key of a number tells no digits */
    return tt__pair(caseless ? token->key : token->form, parent);
}

/* The edge of that hash, or the free one where it belongs. */
static edge *find_edge(const tt_term_trie *self, uint64_t hash)
{
    size_t at = hash & (self->slots - 1);
    while (self->edges[at].child != 0 && self->edges[at].hash != hash)
        at = (at + 1) & (self->slots - 1);
    return &self->edges[at];
}

static tt_status set_slots(tt_term_trie *self, size_t slots)
{
    edge *old = self->edges;
    size_t old_slots = self->slots;
    edge *wider = tt__calloc(slots, sizeof *wider);
    if (wider == NULL)
        return TT_ENOMEM;
    self->edges = wider;
    self->slots = slots;
    for (size_t i = 0; i < old_slots; i++)
        if (old[i].child != 0)
            *find_edge(self, old[i].hash) = old[i];
    tt__free(old);
    return TT_OK;
}

static tt_status add_node(uint32_t *out, tt_term_trie *self)
{
    if (self->nodes == UINT32_MAX || tt__grow(&self->ends, &self->node_cap, self->nodes + 1, sizeof *self->ends) != TT_OK)
        return TT_ENOMEM;
    self->ends[self->nodes] = false;
    *out = (uint32_t)self->nodes++;
    return TT_OK;
}

static tt_status add_tokens(tt_term_trie *self, const tt_tokens *tokens)
{
    uint32_t node = 0;
    for (size_t i = 0; i < tokens->len; i++) {
        uint64_t hash = hash_of(self, node, &tokens->at[i]);
        edge *found = find_edge(self, hash);
        if (found->child == 0) {
            if (2 * self->nodes > self->slots) {
                if (set_slots(self, 2 * self->slots) != TT_OK)
                    return TT_ENOMEM;
                found = find_edge(self, hash);
            }
            uint32_t child;
            if (add_node(&child, self) != TT_OK)
                return TT_ENOMEM;
            *found = (edge){hash, child};
        }
        node = found->child;
    }
    self->ends[node] = true;
    return TT_OK;
}

/* The whole term as one sentence. */
static tt_status read_tokens(tt_tokens *out, tt_arena *arena, tt_str term, tt_error *err)
{
    tt_text text;
    tt_status status = tt_normalize(&text, NULL, arena, term, TT_PRESET_VIEW, err);
    if (status != TT_OK)
        return status;
    tt_sentence whole = {{0, (uint32_t)text.norm.len}, 0};
    return tt_tokens_make(out, arena, &text, &(tt_sentences){&whole, 1}, err);
}

static tt_status add_term(tt_term_trie *self, tt_arena *arena, tt_str term, size_t number, size_t most, tt_error *err)
{
    tt_tokens tokens = {NULL, 0};
    tt_error why = {0, ""};
    tt_status status = read_tokens(&tokens, arena, term, &why);
    if (status == TT_EENCODING)
        return tt_fail(err, TT_EARGUMENT, why.pos, "term %zu is not UTF-8 at byte %zu", number, why.pos);
    if (status == TT_ENOMEM || (status == TT_OK && tokens.len != 0 && tokens.len <= most && add_tokens(self, &tokens) != TT_OK))
        return tt_fail(err, TT_ENOMEM, 0, "terms: out of memory");
    if (status == TT_OK && tokens.len == 0)
        return tt_fail(err, TT_EARGUMENT, 0, "term %zu is empty", number);
    if (status == TT_OK && tokens.len <= most)
        return TT_OK;
    return tt_fail(err, TT_ELIMIT, most, "term %zu, \"%.*s...\", is longer than the limit of %zu syllables and marks", number,
                   (int)(term.len < 60 ? term.len : 60), term.ptr, most);
}

tt_status tt__term_trie_make(tt_term_trie **out, const tt_str *terms, size_t count, bool ignore_case, size_t most,
                             tt_error *err)
{
    uint32_t root;
    *out = NULL;
    tt_term_trie *self = tt__calloc(1, sizeof *self);
    tt_status status = self != NULL ? set_slots(self, FIRST_SLOTS) : TT_ENOMEM;
    if (status == TT_OK)
        status = add_node(&root, self);
    if (status != TT_OK) {
        tt__term_trie_free(self);
        return tt_fail(err, TT_ENOMEM, 0, "terms: out of memory");
    }
    self->ignore_case = ignore_case;
    for (size_t i = 0; i < count && status == TT_OK; i++) {
        tt_arena arena;
        tt_arena_init(&arena);
        status = add_term(self, &arena, terms[i], i + 1, most, err);
        tt_arena_free(&arena);
    }
    if (status == TT_OK)
        *out = self;
    else
        tt__term_trie_free(self);
    return status;
}

void tt__term_trie_free(tt_term_trie *self)
{
    if (self == NULL)
        return;
    tt__free(self->edges);
    tt__free(self->ends);
    tt__free(self);
}

bool tt__term_trie_step(tt_term_walk *walk, const tt_term_trie *self, const tt_token *token)
{
    walk->node = find_edge(self, hash_of(self, walk->node, token))->child;
    walk->ends = walk->node != 0 && self->ends[walk->node];
    return walk->node != 0;
}
