/* rules.c - a user's abbreviations, sorted, and patterns, in their order. A set of rules is never changed: adding to it makes a
 * new one, with expressions of its own, so that each can be freed alone. */
#include "page/rules.h"

#include "base/alloc.h"
#include "page/glyph.h"
#include "tintuc/page.h"

#include <string.h>

typedef struct {
    tt_str source;
    tt_pattern *pattern;
    unsigned kind;
} block_rule;

struct tt_rules {
    tt_arena arena; /* all but the patterns */
    tt_str *words;  /* sorted */
    block_rule *blocks;
    size_t words_len, blocks_len;
};

static tt_status no_memory(tt_error *err)
{
    return tt_fail(err, TT_ENOMEM, 0, "rules: out of memory");
}

static int order(tt_str a, tt_str b)
{
    int cmp = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);
    return cmp != 0 ? cmp : (a.len > b.len) - (a.len < b.len);
}

/* Index of the first word that is not before `word`. */
static size_t place_of(const tt_rules *self, tt_str word)
{
    size_t low = 0, high = self->words_len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (order(self->words[middle], word) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool has_word(const tt_rules *self, tt_str word)
{
    size_t at = place_of(self, word);
    return at < self->words_len && tt_str_eq(self->words[at], word);
}

static tt_status add_word(tt_rules *self, tt_str word, tt_error *err)
{
    if (has_word(self, word))
        return TT_OK;
    size_t at = place_of(self, word);
    char *copy = tt__arena_copy(&self->arena, word.ptr, word.len);
    if (copy == NULL)
        return no_memory(err);
    memmove(&self->words[at + 1], &self->words[at], (self->words_len - at) * sizeof *self->words);
    self->words[at] = (tt_str){copy, word.len};
    self->words_len++;
    return TT_OK;
}

static tt_status add_block(tt_rules *self, unsigned kind, tt_str source, tt_error *err)
{
    block_rule *rule = &self->blocks[self->blocks_len];
    char *copy = tt__arena_copy(&self->arena, source.ptr, source.len);
    if (copy == NULL)
        return no_memory(err);
    *rule = (block_rule){{copy, source.len}, NULL, kind};
    tt_status status = tt__pattern_make(&rule->pattern, rule->source, err);
    self->blocks_len += status == TT_OK;
    return status;
}

/* A copy of `base` with room for more. */
static tt_status copy_rules(tt_rules **out, const tt_rules *base, size_t more_words, size_t more_blocks, tt_error *err)
{
    size_t words = base != NULL ? base->words_len : 0, blocks = base != NULL ? base->blocks_len : 0;
    tt_status status = TT_ENOMEM;
    *out = NULL;
    tt_rules *self = tt__calloc(1, sizeof *self);
    if (self == NULL)
        return no_memory(err);
    tt_arena_init(&self->arena);
    self->words = tt_arena_calloc(&self->arena, words + more_words, sizeof *self->words);
    self->blocks = tt_arena_calloc(&self->arena, blocks + more_blocks, sizeof *self->blocks);
    if (self->words == NULL || self->blocks == NULL) {
        no_memory(err);
        goto done;
    }
    status = TT_OK;
    for (size_t i = 0; i < words && status == TT_OK; i++)
        status = add_word(self, base->words[i], err);
    for (size_t i = 0; i < blocks && status == TT_OK; i++)
        status = add_block(self, base->blocks[i].kind, base->blocks[i].source, err);
    if (status == TT_OK) {
        *out = self;
        self = NULL;
    }
done:
    tt_rules_free(self);
    return status;
}

static tt_status check_word(tt_str *word, tt_error *err)
{
    tt_error bad;
    int shown = (int)(word->len < 60 ? word->len : 60);
    if (tt_utf8_check(*word, &bad) != TT_OK)
        return tt_fail(err, TT_EARGUMENT, bad.pos, "an abbreviation is not UTF-8");
    if (word->len > 0 && word->ptr[word->len - 1] == '.')
        word->len--;
    bool blank = false;
    for (size_t i = 0; i < word->len; i++)
        blank = blank || tt__blank_at(word->ptr + i, word->ptr + word->len) != 0;
    if (word->len == 0 || blank)
        return tt_fail(err, TT_EARGUMENT, 0, "\"%.*s\" is no abbreviation: one word without blanks is", shown, word->ptr);
    return TT_OK;
}

tt_status tt_rules_with_abbreviations(tt_rules **out, const tt_rules *base, const tt_str *words, size_t count, tt_error *err)
{
    tt_rules *self;
    tt_status status = copy_rules(&self, base, count, 0, err);
    for (size_t i = 0; i < count && status == TT_OK; i++) {
        tt_str word = words[i];
        status = check_word(&word, err);
        if (status == TT_OK)
            status = add_word(self, word, err);
    }
    if (status != TT_OK) {
        tt_rules_free(self);
        self = NULL;
    }
    *out = self;
    return status;
}

tt_status tt_rules_with_block(tt_rules **out, const tt_rules *base, unsigned kind, tt_str pattern, tt_error *err)
{
    tt_rules *self = NULL;
    *out = NULL;
    if (kind >= TT_BLOCK_KINDS)
        return tt_fail(err, TT_EARGUMENT, 0, "%u is no kind of block", kind);
    tt_status status = copy_rules(&self, base, 0, 1, err);
    if (status == TT_OK)
        status = add_block(self, kind, pattern, err);
    if (status != TT_OK) {
        tt_rules_free(self);
        self = NULL;
    }
    *out = self;
    return status;
}

void tt_rules_free(tt_rules *self)
{
    if (self == NULL)
        return;
    for (size_t i = 0; i < self->blocks_len; i++)
        tt__pattern_free(self->blocks[i].pattern);
    tt_arena_free(&self->arena);
    tt__free(self);
}

bool tt__rules_have_word(const tt_rules *self, tt_str word)
{
    return self != NULL && word.len > 0 && has_word(self, word);
}

size_t tt__rules_blocks(const tt_rules *self)
{
    return self != NULL ? self->blocks_len : 0;
}

tt_status tt__rules_kind(unsigned *kind, tt_matcher *matcher, const tt_rules *self, tt_str line, tt_error *err)
{
    bool found = false;
    tt_status status = TT_OK;
    *kind = TT_BLOCK_KINDS;
    for (size_t i = 0; i < self->blocks_len && !found && status == TT_OK; i++) {
        status = tt__pattern_find(&found, matcher, self->blocks[i].pattern, line, err);
        if (found)
            *kind = self->blocks[i].kind;
    }
    return status;
}
