/* corpus_draft.c - checks a document of any source before it enters the corpus. */
#include "learn/corpus_draft.h"

#include "base/alloc.h"
#include "base/date.h"
#include "base/space.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void tt_draft__init(tt_draft *self, tt_corpus *corpus, const char *name)
{
    *self = (tt_draft){.corpus = corpus, .name = name, .place = {1, 0}, .begun = {1, 0}};
    self->labels_before = tt_corpus_label_count(corpus);
}

void tt_draft__begin(tt_draft *self)
{
    self->begun = self->place;
    self->id = self->date = (tt_str){NULL, 0};
    self->text.len = 0;
    self->block_count = self->sentence_count = self->mention_count = 0;
}

void tt_draft__free(tt_draft *self)
{
    tt_corpus__labels_cut(self->corpus, self->labels_before);
    tt_buf_free(&self->text);
    tt__free(self->blocks);
    tt__free(self->sentences);
    tt__free(self->mentions);
}

tt_status tt_draft__fail(const tt_draft *self, tt_corpus_place place, tt_error *err, const char *format, ...)
{
    char what[160];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    return tt_fail(err, TT_ECORPUS, place.byte, "%s:%zu: %s", self->name, place.line, what);
}

tt_status tt_draft__memory(tt_error *err)
{
    return tt_fail(err, TT_ENOMEM, 0, "corpus: out of memory");
}

tt_status tt_draft__block(tt_draft *self, tt_span span, tt_block_kind kind, tt_error *err)
{
    if (tt__grow(&self->blocks, &self->block_cap, self->block_count + 1, sizeof *self->blocks) != TT_OK)
        return tt_draft__memory(err);
    self->blocks[self->block_count++] = (tt_block){span, kind};
    return TT_OK;
}

tt_status tt_draft__sentence(tt_draft *self, tt_span span, tt_error *err)
{
    if (tt__grow(&self->sentences, &self->sentence_cap, self->sentence_count + 1, sizeof *self->sentences) != TT_OK)
        return tt_draft__memory(err);
    self->sentences[self->sentence_count++] = span;
    return TT_OK;
}

tt_status tt_draft__mention(tt_draft *self, tt_span span, tt_str label, tt_error *err)
{
    uint32_t index;
    if (label.len == 0 || tt_corpus__label_len(label) != label.len)
        return tt_draft__fail(self, self->place, err,
                              "label \"%.*s\" is not a letter followed by letters, digits, \"_\" or \"-\"",
                              (int)(label.len < 40 ? label.len : 40), label.ptr);
    tt_status status = tt_corpus__label_index(&index, self->corpus, label, err);
    if (status != TT_OK)
        return status;
    if (tt__grow(&self->mentions, &self->mention_cap, self->mention_count + 1, sizeof *self->mentions) != TT_OK)
        return tt_draft__memory(err);
    self->mentions[self->mention_count] = (tt_draft_mention){{span, index}, (uint32_t)self->mention_count, self->place};
    self->mention_count++;
    return TT_OK;
}

static bool is_bare(const tt_draft *self, tt_span span)
{
    tt_span bare = tt__span_trim(self->text.ptr, span);
    return bare.start == span.start && bare.end == span.end;
}

static tt_status check_span(const tt_draft *self, const char *what, tt_span span, uint32_t from, tt_error *err)
{
    if (span.start >= span.end || span.end > self->text.len)
        return tt_draft__fail(self, self->begun, err, "a %s is empty or lies outside the text", what);
    if (span.start < from)
        return tt_draft__fail(self, self->begun, err, "%ss overlap or are out of order", what);
    if (!is_bare(self, span))
        return tt_draft__fail(self, self->begun, err, "a %s begins or ends with white space", what);
    return TT_OK;
}

static tt_status check_structure(const tt_draft *self, tt_error *err)
{
    tt_status status = TT_OK;
    uint32_t end = 0;
    for (size_t i = 0; i < self->block_count && status == TT_OK; end = self->blocks[i++].span.end)
        status = check_span(self, "block", self->blocks[i].span, end, err);
    end = 0;
    for (size_t i = 0, b = 0; i < self->sentence_count && status == TT_OK; end = self->sentences[i++].end) {
        tt_span span = self->sentences[i];
        status = check_span(self, "sentence", span, end, err);
        while (b < self->block_count && self->blocks[b].span.end <= span.start)
            b++;
        if (status == TT_OK &&
            (b == self->block_count || span.start < self->blocks[b].span.start || span.end > self->blocks[b].span.end))
            status = tt_draft__fail(self, self->begun, err, "a sentence does not lie inside one block");
    }
    return status;
}

static int by_start_then_longer(const void *left, const void *right)
{
    const tt_draft_mention *a = left, *b = right;
    tt_span x = a->mention.span, y = b->mention.span;
    if (x.start != y.start)
        return x.start < y.start ? -1 : 1;
    if (x.end != y.end)
        return x.end > y.end ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static tt_status mention_fault(const tt_draft *self, const tt_draft_mention *at, const char *fault, tt_error *err)
{
    tt_str label = tt_corpus_label(self->corpus, at->mention.label);
    return tt_draft__fail(self, at->place, err, "mention %.*s [%u, %u) %s", (int)(label.len < 40 ? label.len : 40), label.ptr,
                          at->mention.span.start, at->mention.span.end, fault);
}

/* In sorted order a mention crosses an earlier one exactly when it crosses one that is still open; `ends` is the stack of
 * those, so the check is linear. */
static tt_status check_mentions(const tt_draft *self, uint32_t *ends, tt_error *err)
{
    size_t open = 0;
    for (size_t i = 0; i < self->mention_count; i++) {
        const tt_draft_mention *at = &self->mentions[i];
        tt_span span = at->mention.span;
        if (span.start >= span.end || span.end > self->text.len)
            return mention_fault(self, at, "is empty or lies outside the text", err);
        while (open != 0 && ends[open - 1] <= span.start)
            open--;
        if (open != 0 && span.end > ends[open - 1])
            return mention_fault(self, at, "crosses another one (bytes of the text)", err);
        ends[open++] = span.end;
    }
    return TT_OK;
}

tt_status tt_draft__finish(tt_draft *self, tt_error *err)
{
    if (self->date.len != 0 && !tt__date_is_real(self->date))
        return tt_draft__fail(self, self->begun, err, "date \"%.*s\" is not a day in the form YYYY-MM-DD",
                              (int)(self->date.len < 40 ? self->date.len : 40), self->date.ptr);
    tt_status status = check_structure(self, err);
    if (status != TT_OK)
        return status;
    uint32_t *ends = tt__malloc(self->mention_count * sizeof *ends);
    if (ends == NULL)
        return tt_draft__memory(err);
    if (self->mention_count != 0)
        qsort(self->mentions, self->mention_count, sizeof *self->mentions, by_start_then_longer);
    status = check_mentions(self, ends, err);
    tt__free(ends);
    if (status == TT_OK)
        status = tt_corpus__append(self->corpus, self, err);
    if (status == TT_OK)
        self->labels_before = tt_corpus_label_count(self->corpus);
    return status;
}

bool tt_draft__line(tt_str *line, tt_draft *self, tt_str bytes, size_t *at)
{
    if (*at != 0)
        self->place.line++;
    self->place.byte = *at;
    if (*at >= bytes.len)
        return false;
    size_t end = *at;
    while (end < bytes.len && bytes.ptr[end] != '\n' && bytes.ptr[end] != '\r')
        end++;
    *line = tt__str_trim((tt_str){bytes.ptr + *at, end - *at});
    bool crlf = end + 1 < bytes.len && bytes.ptr[end] == '\r' && bytes.ptr[end + 1] == '\n';
    *at = end + (end < bytes.len) + crlf;
    return true;
}

size_t tt_corpus__label_len(tt_str s)
{
    size_t len = 0;
    for (; len < s.len; len++) {
        char c = s.ptr[len];
        bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!letter && (len == 0 || !((c >= '0' && c <= '9') || c == '_' || c == '-')))
            break;
    }
    return len;
}

tt_block_kind tt_corpus__block_kind(tt_str name)
{
    unsigned kind = 0;
    while (kind < TT_BLOCK_KINDS && !tt_str_eq(name, tt_str_c(tt_block_kind_name((tt_block_kind)kind))))
        kind++;
    return (tt_block_kind)kind;
}
