/* pattern.c - PCRE2 behind four functions. A match is compiled to machine code where that can be had; its cost is bounded, so
 * that an expression like ^(a+)+$ gives an error instead of an hour. */
#include "base/pattern.h"

#include "base/alloc.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* The steps of one attempt; a line is tried at each of its bytes, so the bytes that are looked at are bounded too. */
enum { MATCH_LIMIT = 10000, LINE_MAX_BYTES = 4096, DEPTH_LIMIT = 1000, HEAP_KILOBYTES = 4096 };
enum { PATTERN_MAX_BYTES = 4096, MESSAGE_BYTES = 120 };

struct tt_pattern {
    pcre2_code *code;
};

struct tt_matcher {
    pcre2_match_data *data;
    pcre2_match_context *context;
};

static void *take(size_t size, void *unused)
{
    (void)unused;
    return tt__malloc(size);
}

static void give(void *ptr, void *unused)
{
    (void)unused;
    tt__free(ptr);
}

static tt_status no_memory(tt_error *err)
{
    return tt_fail(err, TT_ENOMEM, 0, "pattern: out of memory");
}

tt_status tt__pattern_make(tt_pattern **out, tt_str source, tt_error *err)
{
    unsigned char message[MESSAGE_BYTES] = "";
    int code = 0;
    PCRE2_SIZE at = 0;
    tt_status status = TT_ENOMEM;
    pcre2_compile_context *context = NULL;
    tt_pattern *self = tt__calloc(1, sizeof *self);
    pcre2_general_context *memory = pcre2_general_context_create(take, give, NULL);
    *out = NULL;
    if (self == NULL || memory == NULL || (context = pcre2_compile_context_create(memory)) == NULL) {
        no_memory(err);
        goto done;
    }
    pcre2_set_max_pattern_length(context, PATTERN_MAX_BYTES);
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
    self->code = pcre2_compile((PCRE2_SPTR)source.ptr, source.len, options, &code, &at, context);
    if (self->code == NULL && code == PCRE2_ERROR_HEAP_FAILED) {
        no_memory(err);
        goto done;
    }
    if (self->code == NULL) {
        pcre2_get_error_message(code, message, sizeof message);
        status = tt_fail(err, TT_EARGUMENT, at, "\"%.*s\" is no pattern: byte %zu: %s",
                         (int)(source.len < 60 ? source.len : 60), source.ptr, (size_t)at, (const char *)message);
        goto done;
    }
    pcre2_jit_compile(self->code, PCRE2_JIT_COMPLETE); /* where it fails, matching is slower and nothing else */
    *out = self;
    self = NULL;
    status = TT_OK;
done:
    pcre2_compile_context_free(context);
    pcre2_general_context_free(memory);
    tt__pattern_free(self);
    return status;
}

void tt__pattern_free(tt_pattern *self)
{
    if (self == NULL)
        return;
    pcre2_code_free(self->code);
    tt__free(self);
}

tt_status tt__matcher_make(tt_matcher **out, tt_error *err)
{
    tt_matcher *self = tt__calloc(1, sizeof *self);
    pcre2_general_context *memory = pcre2_general_context_create(take, give, NULL);
    if (self != NULL && memory != NULL) {
        self->data = pcre2_match_data_create(1, memory);
        self->context = pcre2_match_context_create(memory);
    }
    pcre2_general_context_free(memory);
    *out = NULL;
    if (self == NULL || self->data == NULL || self->context == NULL) {
        tt__matcher_free(self);
        return no_memory(err);
    }
    pcre2_set_match_limit(self->context, MATCH_LIMIT);
    pcre2_set_depth_limit(self->context, DEPTH_LIMIT);
    pcre2_set_heap_limit(self->context, HEAP_KILOBYTES);
    *out = self;
    return TT_OK;
}

void tt__matcher_free(tt_matcher *self)
{
    if (self == NULL)
        return;
    pcre2_match_data_free(self->data);
    pcre2_match_context_free(self->context);
    tt__free(self);
}

/* What is looked at from `start` on: not more than the beginning of a line that is too long, up to the border of a code point.
 */
static tt_str beginning_of(tt_str text, size_t start)
{
    if (text.len - start <= LINE_MAX_BYTES)
        return text;
    size_t len = start + LINE_MAX_BYTES;
    while (((unsigned char)text.ptr[len] & 0xC0) == 0x80)
        len--;
    return (tt_str){text.ptr, len};
}

static tt_status match_from(bool *found, tt_matcher *matcher, const tt_pattern *self, tt_str text, size_t start, tt_error *err)
{
    tt_str looked = beginning_of(text, start);
    uint32_t options = PCRE2_NO_UTF_CHECK | (looked.len < text.len ? PCRE2_NOTEOL : 0);
    int n = pcre2_match(self->code, (PCRE2_SPTR)looked.ptr, looked.len, start, options, matcher->data, matcher->context);
    *found = n >= 0;
    if (n >= 0 || n == PCRE2_ERROR_NOMATCH)
        return TT_OK;
    if (n == PCRE2_ERROR_NOMEMORY)
        return no_memory(err);
    return tt_fail(err, TT_ELIMIT, MATCH_LIMIT, "a pattern costs more than the limit of %d steps on one line", MATCH_LIMIT);
}

tt_status tt__pattern_find(bool *found, tt_matcher *matcher, const tt_pattern *self, tt_str text, tt_error *err)
{
    return match_from(found, matcher, self, text, 0, err);
}

tt_status tt__pattern_next(tt_span *hit, bool *found, tt_matcher *matcher, const tt_pattern *self, tt_str text, uint32_t start,
                           tt_error *err)
{
    *hit = (tt_span){0, 0};
    tt_status status = match_from(found, matcher, self, text, start, err);
    if (!*found)
        return status;
    const PCRE2_SIZE *at = pcre2_get_ovector_pointer(matcher->data);
    *hit = (tt_span){(uint32_t)at[0], (uint32_t)at[1]};
    if (hit->end < hit->start) /* \K in a lookahead */
        hit->end = hit->start;
    return TT_OK;
}
