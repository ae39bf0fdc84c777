/* mention_rules.c - a user's rules as a list that only grows: a rule points at those before it, whose tries are large, and is
 * never changed. */
#include "entity/mention_rules.h"

#include "base/alloc.h"

#include <string.h>

static tt_status no_memory(tt_error *err)
{
    return tt_fail(err, TT_ENOMEM, 0, "rules: out of memory");
}

static tt_status check_label(tt_str label, tt_error *err)
{
    int shown = (int)(label.len < 40 ? label.len : 40);
    if (tt_utf8_check(label, NULL) != TT_OK)
        return tt_fail(err, TT_EARGUMENT, 0, "a label is not UTF-8");
    bool odd = false;
    for (size_t i = 0; i < label.len; i++)
        odd = odd || (unsigned char)label.ptr[i] <= ' ' || label.ptr[i] == 0x7F;
    if (label.len == 0 || label.len > TT_RULE_LABEL_BYTES || odd)
        return tt_fail(err, TT_EARGUMENT, 0, "\"%.*s\" is no label: one word of at most %u bytes is", shown, label.ptr,
                       TT_RULE_LABEL_BYTES);
    return TT_OK;
}

/* Number of the label among those of the tagger and the new ones, which it may join. */
static tt_status number_label(tt_mention_rules *self, const tt_tagger *tagger, tt_str label, tt_error *err)
{
    size_t known = tt_tagger_label_count(tagger), i = 0;
    while (i < known && !tt_str_eq(tt_tagger_label(tagger, i), label))
        i++;
    while (i >= known && i < known + self->label_count && !tt_str_eq(self->labels[i - known], label))
        i++;
    self->label = (uint32_t)i;
    if (i < known + self->label_count)
        return TT_OK;
    if (i >= TT_RULE_LABELS)
        return tt_fail(err, TT_ELIMIT, TT_RULE_LABELS, "there are more than %u labels", TT_RULE_LABELS);
    self->label_text = tt__malloc(label.len);
    if (self->label_text == NULL)
        return no_memory(err);
    memcpy(self->label_text, label.ptr, label.len);
    self->labels[self->label_count++] = (tt_str){self->label_text, label.len};
    return TT_OK;
}

/* A rule with a label and nothing yet that matches. */
static tt_status begin_rule(tt_mention_rules **out, const tt_mention_rules *base, const tt_tagger *tagger, tt_str label,
                            tt_error *err)
{
    *out = NULL;
    size_t had = tt_mention_rules_label_count(base);
    tt_status status = check_label(label, err);
    if (status != TT_OK)
        return status;
    tt_mention_rules *self = tt__calloc(1, sizeof *self);
    if (self == NULL)
        return no_memory(err);
    self->base = base;
    self->labels = tt__calloc(had + 1, sizeof *self->labels);
    if (self->labels == NULL)
        status = no_memory(err);
    for (size_t i = 0; status == TT_OK && i < had; i++)
        self->labels[self->label_count++] = base->labels[i];
    if (status == TT_OK)
        status = number_label(self, tagger, label, err);
    if (status == TT_OK)
        *out = self;
    else
        tt_mention_rules_free(self);
    return status;
}

static tt_status finish_rule(tt_mention_rules **out, tt_mention_rules *self, tt_status status)
{
    if (status != TT_OK) {
        tt_mention_rules_free(self);
        self = NULL;
    }
    *out = self;
    return status;
}

tt_status tt_mention_rules_with_terms(tt_mention_rules **out, const tt_mention_rules *base, const tt_tagger *tagger,
                                      tt_str label, const tt_str *terms, size_t count, bool ignore_case, tt_error *err)
{
    tt_mention_rules *self;
    tt_status status = begin_rule(&self, base, tagger, label, err);
    if (status == TT_OK)
        status = tt__term_trie_make(&self->terms, terms, count, ignore_case, TT_RULE_TOKENS, err);
    return finish_rule(out, self, status);
}

tt_status tt_mention_rules_with_pattern(tt_mention_rules **out, const tt_mention_rules *base, const tt_tagger *tagger,
                                        tt_str label, tt_str pattern, tt_error *err)
{
    tt_mention_rules *self;
    tt_status status = begin_rule(&self, base, tagger, label, err);
    if (status == TT_OK)
        status = tt__pattern_make(&self->pattern, pattern, err);
    return finish_rule(out, self, status);
}

void tt_mention_rules_free(tt_mention_rules *self)
{
    if (self == NULL)
        return;
    tt__term_trie_free(self->terms);
    tt__pattern_free(self->pattern);
    tt__free(self->label_text);
    tt__free(self->labels);
    tt__free(self);
}

size_t tt_mention_rules_label_count(const tt_mention_rules *self)
{
    return self != NULL ? self->label_count : 0;
}

tt_str tt_mention_rules_label(const tt_mention_rules *self, size_t index)
{
    return index < tt_mention_rules_label_count(self) ? self->labels[index] : (tt_str){NULL, 0};
}
