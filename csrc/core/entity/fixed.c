/* fixed.c - from matches to mentions. The longest comes first, so a later one lies in an earlier one, beside it or across its
 * border, and what stands innermost over its first and its last token tells which. */
#include "entity/fixed.h"

#include "base/alloc.h"
#include "text/bare.h"

#include <stdlib.h>
#include <string.h>

typedef struct tt_rule_match {
    tt_span tokens;        /* of the piece */
    uint32_t label, order; /* order 0: of the rule made last */
    uint32_t outer;        /* number + 1 of the mention around it, once it is one */
    uint32_t depth, height;
} match;

typedef struct {
    tt_fixed_search *search;
    const tt_mention_rules *rule;
    const tt_text *text;
    const tt_tokens *piece;
    uint32_t order;
} finder;

void tt__fixed_search_free(tt_fixed_search *self)
{
    tt__free(self->matches);
    tt__free(self->innermost);
    tt__matcher_free(self->matcher);
}

static tt_status add_match(const finder *f, uint32_t start, uint32_t end, tt_error *err)
{
    tt_fixed_search *s = f->search;
    if (tt__grow(&s->matches, &s->match_cap, s->match_count + 1, sizeof *s->matches) != TT_OK)
        return tt_fail(err, TT_ENOMEM, 0, "rules: out of memory");
    s->matches[s->match_count++] = (match){{start, end}, f->rule->label, f->order, 0, 0, 1};
    return TT_OK;
}

static tt_status find_terms(const finder *f, tt_error *err)
{
    const tt_tokens *piece = f->piece;
    for (size_t i = 0; i < piece->len; i++) {
        tt_term_walk walk = {0, false};
        for (size_t k = i; k < piece->len && piece->at[k].sentence == piece->at[i].sentence; k++) {
            if (!tt__term_trie_step(&walk, f->rule->terms, &piece->at[k]))
                break;
            if (walk.ends && add_match(f, (uint32_t)i, (uint32_t)k + 1, err) != TT_OK)
                return TT_ENOMEM;
        }
    }
    return TT_OK;
}

/* First token from `low` on that begins at or behind `byte`, or `end`. */
static uint32_t token_from(const tt_tokens *piece, uint32_t low, uint32_t end, uint32_t byte)
{
    while (low < end) {
        uint32_t middle = low + (end - low) / 2;
        if (piece->at[middle].span.start < byte)
            low = middle + 1;
        else
            end = middle;
    }
    return low;
}

/* A match in bytes of the text, among tokens [first, end) of its sentence. */
static tt_status add_bytes(const finder *f, tt_span bytes, uint32_t first, uint32_t end, tt_error *err)
{
    bytes = tt__span_bare(f->text->norm, bytes);
    if (bytes.start >= bytes.end)
        return TT_OK;
    uint32_t from = token_from(f->piece, first, end, bytes.start), to = token_from(f->piece, from, end, bytes.end);
    bool whole = from < to && f->piece->at[from].span.start == bytes.start && f->piece->at[to - 1].span.end == bytes.end;
    return whole && to - from <= TT_RULE_TOKENS ? add_match(f, from, to, err) : TT_OK;
}

static uint32_t step_over(tt_str text, uint32_t at)
{
    do
        at++;
    while (at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80);
    return at;
}

/* Tokens [first, end) are a sentence, or what the piece has of one. */
static tt_status match_sentence(const finder *f, uint32_t first, uint32_t end, tt_error *err)
{
    uint32_t start = f->piece->at[first].span.start, at = 0;
    tt_str subject = {f->text->norm.ptr + start, f->piece->at[end - 1].span.end - start};
    while (at < subject.len) {
        tt_span hit;
        bool found;
        tt_status status = tt__pattern_next(&hit, &found, f->search->matcher, f->rule->pattern, subject, at, err);
        if (status == TT_OK && found)
            status = add_bytes(f, (tt_span){start + hit.start, start + hit.end}, first, end, err);
        if (status != TT_OK || !found)
            return status;
        at = hit.end > at ? hit.end : step_over(subject, at);
    }
    return TT_OK;
}

static tt_status find_pattern(const finder *f, tt_error *err)
{
    const tt_tokens *piece = f->piece;
    tt_status status = f->search->matcher != NULL ? TT_OK : tt__matcher_make(&f->search->matcher, err);
    for (uint32_t first = 0, end; status == TT_OK && first < piece->len; first = end) {
        for (end = first + 1; end < piece->len && piece->at[end].sentence == piece->at[first].sentence; end++)
            ;
        status = match_sentence(f, first, end, err);
    }
    return status;
}

static int longest_first(const void *a, const void *b)
{
    const match *x = a, *y = b;
    uint32_t x_len = x->tokens.end - x->tokens.start, y_len = y->tokens.end - y->tokens.start;
    if (x_len != y_len)
        return x_len > y_len ? -1 : 1;
    if (x->tokens.start != y->tokens.start)
        return x->tokens.start < y->tokens.start ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static int by_start(const void *a, const void *b)
{
    const tt_fixed *x = a, *y = b;
    if (x->tokens.start != y->tokens.start)
        return x->tokens.start < y->tokens.start ? -1 : 1;
    return x->tokens.end > y->tokens.end ? -1 : x->tokens.end < y->tokens.end;
}

/* Does the match count beside the mentions that do? matches[0 .. kept) are those. */
static bool counts(match *m, const match *kept, const uint32_t *innermost)
{
    m->outer = innermost[m->tokens.start];
    if (m->outer != innermost[m->tokens.end - 1])
        return false;
    if (m->outer == 0)
        return true;
    const match *around = &kept[m->outer - 1];
    if (around->tokens.end - around->tokens.start == m->tokens.end - m->tokens.start || around->depth + 1 >= TT_ENTITY_DEPTH)
        return false;
    m->depth = around->depth + 1;
    for (; around->label != m->label; around = &kept[around->outer - 1])
        if (around->outer == 0)
            return true;
    return false;
}

/* Keep the matches that count at the front; returns how many. */
static size_t choose(tt_fixed_search *s, size_t tokens)
{
    size_t kept = 0;
    memset(s->innermost, 0, tokens * sizeof *s->innermost);
    qsort(s->matches, s->match_count, sizeof *s->matches, longest_first);
    for (size_t i = 0; i < s->match_count; i++) {
        match now = s->matches[i];
        if (!counts(&now, s->matches, s->innermost))
            continue;
        s->matches[kept++] = now;
        for (uint32_t t = now.tokens.start; t < now.tokens.end; t++)
            s->innermost[t] = (uint32_t)kept;
    }
    for (size_t i = kept; i-- > 0;) { /* what lies in a mention comes after it */
        match *around = s->matches[i].outer != 0 ? &s->matches[s->matches[i].outer - 1] : NULL;
        if (around != NULL && around->height <= s->matches[i].height)
            around->height = s->matches[i].height + 1;
    }
    return kept;
}

tt_status tt__fixed_find(tt_fixed_list *out, tt_fixed_search *search, const tt_mention_rules *rules, const tt_text *text,
                         const tt_tokens *piece, uint32_t base, tt_error *err)
{
    finder f = {search, rules, text, piece, 0};
    tt_status status = TT_OK;
    out->len = search->match_count = 0;
    for (; status == TT_OK && f.rule != NULL; f.rule = f.rule->base, f.order++)
        status = f.rule->terms != NULL ? find_terms(&f, err) : find_pattern(&f, err);
    if (status != TT_OK || search->match_count == 0)
        return status;
    if (tt__grow(&search->innermost, &search->token_cap, piece->len, sizeof *search->innermost) != TT_OK)
        return tt_fail(err, TT_ENOMEM, 0, "rules: out of memory");
    size_t kept = choose(search, piece->len);
    if (tt__grow(&out->at, &out->cap, kept, sizeof *out->at) != TT_OK)
        return tt_fail(err, TT_ENOMEM, 0, "rules: out of memory");
    for (size_t i = 0; i < kept; i++) {
        const match *m = &search->matches[i];
        out->at[i] = (tt_fixed){{base + m->tokens.start, base + m->tokens.end}, m->label, m->height};
    }
    out->len = kept;
    qsort(out->at, out->len, sizeof *out->at, by_start);
    return TT_OK;
}

/* Index of the first mention that does not come before one of these tokens. */
static size_t place_of(const tt_fixed_list *self, tt_span tokens)
{
    const tt_fixed sought = {tokens, 0, 0};
    size_t low = 0, high = self->len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_start(&self->at[middle], &sought) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t tt__fixed_first(const tt_fixed_list *self, tt_span span)
{
    return place_of(self, (tt_span){span.start, UINT32_MAX});
}

const tt_fixed *tt__fixed_next(const tt_fixed_list *self, size_t *at, tt_span span, bool whole)
{
    for (; *at < self->len && self->at[*at].tokens.start < span.end; ++*at) {
        const tt_fixed *now = &self->at[*at];
        bool all = now->tokens.start == span.start && now->tokens.end == span.end;
        if (now->tokens.end > span.end || (all && !whole)) /* around the span, or the span itself */
            continue;
        ++*at;
        while (*at < self->len && self->at[*at].tokens.start < now->tokens.end)
            ++*at;
        return now;
    }
    return NULL;
}

const tt_fixed *tt__fixed_of(const tt_fixed_list *self, tt_span tokens)
{
    size_t at = place_of(self, tokens);
    bool same = at < self->len && self->at[at].tokens.start == tokens.start && self->at[at].tokens.end == tokens.end;
    return same ? &self->at[at] : NULL;
}
