/* json_read.c - strict JSON: no comments, no trailing commas, no lone surrogates, no control characters in strings. */
#include "base/json_read.h"

#include "base/alloc.h"

#include <string.h>

typedef struct {
    const char *begin, *at, *end;
    tt_arena *arena;
    tt_error *err;
} reader;

static tt_status broken(const reader *r, const char *at, const char *what)
{
    return tt_fail(r->err, TT_ECORPUS, (size_t)(at - r->begin), "%s", at < r->end ? what : "the JSON ends too early");
}

static tt_status no_memory(const reader *r)
{
    return tt_fail(r->err, TT_ENOMEM, 0, "json: out of memory");
}

static void skip_space(reader *r)
{
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\t' || *r->at == '\n' || *r->at == '\r'))
        r->at++;
}

static bool take(reader *r, char c)
{
    if (r->at == r->end || *r->at != c)
        return false;
    r->at++;
    return true;
}

static bool take_digits(reader *r)
{
    const char *begin = r->at;
    while (r->at < r->end && *r->at >= '0' && *r->at <= '9')
        r->at++;
    return r->at != begin;
}

static tt_status read_number(reader *r, tt_json *out)
{
    const char *begin = r->at;
    take(r, '-');
    if (!take(r, '0') && !take_digits(r))
        return broken(r, r->at, "no value");
    if (take(r, '.') && !take_digits(r))
        return broken(r, r->at, "no digit after the point");
    if (take(r, 'e') || take(r, 'E')) {
        if (!take(r, '+'))
            take(r, '-');
        if (!take_digits(r))
            return broken(r, r->at, "no digit in the exponent");
    }
    out->kind = TT_JSON_NUMBER;
    out->text = (tt_str){begin, (size_t)(r->at - begin)};
    return TT_OK;
}

static bool read_hex4(uint32_t *out, reader *r)
{
    *out = 0;
    for (int i = 0; i < 4; i++) {
        char c = r->at < r->end ? *r->at : '\0';
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
                                                : 16;
        if (digit == 16)
            return false;
        *out = *out << 4 | digit;
        r->at++;
    }
    return true;
}

static char *put_utf8(char *to, uint32_t cp)
{
    if (cp < 0x80) {
        *to++ = (char)cp;
    } else if (cp < 0x800) {
        *to++ = (char)(0xC0 | cp >> 6);
        *to++ = (char)(0x80 | (cp & 0x3F));
    } else if (cp < 0x10000) {
        *to++ = (char)(0xE0 | cp >> 12);
        *to++ = (char)(0x80 | (cp >> 6 & 0x3F));
        *to++ = (char)(0x80 | (cp & 0x3F));
    } else {
        *to++ = (char)(0xF0 | cp >> 18);
        *to++ = (char)(0x80 | (cp >> 12 & 0x3F));
        *to++ = (char)(0x80 | (cp >> 6 & 0x3F));
        *to++ = (char)(0x80 | (cp & 0x3F));
    }
    return to;
}

/* The four digits after "\u", and the second half of a surrogate pair. */
static tt_status read_unicode(char **to, reader *r)
{
    const char *escape = r->at - 2;
    uint32_t cp, low;
    if (!read_hex4(&cp, r))
        return broken(r, r->at, "\\u needs four hexadecimal digits");
    if (cp >= 0xDC00 && cp <= 0xDFFF)
        return broken(r, escape, "a low surrogate without its high one");
    if (cp >= 0xD800 && cp <= 0xDBFF) {
        if (!take(r, '\\') || !take(r, 'u') || !read_hex4(&low, r) || low < 0xDC00 || low > 0xDFFF)
            return broken(r, escape, "a high surrogate without its low one");
        cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
    }
    *to = put_utf8(*to, cp);
    return TT_OK;
}

/* What follows a backslash. */
static tt_status read_escape(char **to, reader *r)
{
    static const char FROM[] = "\"\\/bfnrt", INTO[] = "\"\\/\b\f\n\r\t";
    if (take(r, 'u'))
        return read_unicode(to, r);
    const char *known = r->at < r->end && *r->at != '\0' ? strchr(FROM, *r->at) : NULL;
    if (known == NULL)
        return broken(r, r->at, "unknown escape");
    r->at++;
    *(*to)++ = INTO[known - FROM];
    return TT_OK;
}

/* Up to the next quote, backslash or control character. */
static void skip_plain(reader *r)
{
    while (r->at < r->end && *r->at != '"' && *r->at != '\\' && (unsigned char)*r->at >= 0x20)
        r->at++;
}

static tt_status read_string(reader *r, tt_str *out)
{
    const char *begin = r->at, *close = NULL;
    char *to = NULL, *copy = NULL;
    for (skip_plain(r); r->at < r->end && *r->at == '\\'; skip_plain(r)) {
        if (copy == NULL) { /* the decoded string is never longer than what is written, up to the closing quote */
            for (close = r->at; close < r->end && *close != '"'; close++)
                close += *close == '\\' && close + 1 < r->end;
            copy = to = tt_arena_alloc(r->arena, (size_t)(close - begin));
            if (copy == NULL)
                return no_memory(r);
        }
        memcpy(to, begin, (size_t)(r->at - begin));
        to += r->at - begin;
        r->at++;
        tt_status status = read_escape(&to, r);
        if (status != TT_OK)
            return status;
        begin = r->at;
    }
    size_t rest = (size_t)(r->at - begin);
    if (!take(r, '"'))
        return broken(r, r->at, "a control character in a string must be escaped");
    if (copy == NULL) {
        *out = (tt_str){begin, rest};
        return TT_OK;
    }
    memcpy(to, begin, rest);
    *out = (tt_str){copy, (size_t)(to - copy) + rest};
    return TT_OK;
}

static tt_status read_word(reader *r, tt_json *out)
{
    static const struct {
        const char *word;
        tt_json_kind kind;
    } WORDS[] = {{"null", TT_JSON_NULL}, {"true", TT_JSON_TRUE}, {"false", TT_JSON_FALSE}};
    for (size_t i = 0; i < TT_COUNT(WORDS); i++) {
        size_t len = strlen(WORDS[i].word);
        if ((size_t)(r->end - r->at) >= len && memcmp(r->at, WORDS[i].word, len) == 0) {
            out->kind = WORDS[i].kind;
            r->at += len;
            return TT_OK;
        }
    }
    return read_number(r, out);
}

static tt_status read_value(reader *r, tt_json *out, unsigned depth);

/* "key": before a member's value. */
static tt_status read_key(reader *r, tt_json *out)
{
    skip_space(r);
    if (!take(r, '"'))
        return broken(r, r->at, "a member must begin with its name in quotes");
    tt_status status = read_string(r, &out->key);
    skip_space(r);
    if (status == TT_OK && !take(r, ':'))
        status = broken(r, r->at, "no colon after the name");
    return status;
}

/* Items up to the closing bracket; the opening one is behind us. */
static tt_status read_items(reader *r, tt_json *out, unsigned depth)
{
    bool object = out->kind == TT_JSON_OBJECT;
    const tt_json **link = &out->child;
    skip_space(r);
    if (take(r, object ? '}' : ']'))
        return TT_OK;
    do {
        tt_json *item = tt_arena_calloc(r->arena, 1, sizeof *item);
        if (item == NULL)
            return no_memory(r);
        tt_status status = object ? read_key(r, item) : TT_OK;
        if (status == TT_OK)
            status = read_value(r, item, depth + 1);
        if (status != TT_OK)
            return status;
        *link = item;
        link = &item->next;
        skip_space(r);
    } while (take(r, ','));
    return take(r, object ? '}' : ']') ? TT_OK : broken(r, r->at, "no comma or closing bracket after the value");
}

static tt_status read_value(reader *r, tt_json *out, unsigned depth)
{
    skip_space(r);
    out->pos = (size_t)(r->at - r->begin);
    if (take(r, '"')) {
        out->kind = TT_JSON_STRING;
        return read_string(r, &out->text);
    }
    if (r->at < r->end && (*r->at == '{' || *r->at == '[')) {
        if (depth == TT_JSON_DEPTH)
            return broken(r, r->at, "nested too deep");
        out->kind = *r->at++ == '{' ? TT_JSON_OBJECT : TT_JSON_ARRAY;
        return read_items(r, out, depth);
    }
    return read_word(r, out);
}

tt_status tt_json__parse(const tt_json **out, tt_arena *arena, tt_str bytes, tt_error *err)
{
    if (bytes.len == 0)
        bytes.ptr = ""; /* nothing may have no address */
    reader r = {bytes.ptr, bytes.ptr, bytes.ptr + bytes.len, arena, err};
    tt_json *root = tt_arena_calloc(arena, 1, sizeof *root);
    *out = NULL;
    if (root == NULL)
        return no_memory(&r);
    tt_status status = read_value(&r, root, 0);
    if (status != TT_OK)
        return status;
    skip_space(&r);
    if (r.at != r.end)
        return broken(&r, r.at, "more text after the value");
    *out = root;
    return TT_OK;
}

const tt_json *tt_json__get(const tt_json *object, const char *key)
{
    const tt_json *found = NULL;
    if (object == NULL || object->kind != TT_JSON_OBJECT)
        return NULL;
    for (const tt_json *at = object->child; at != NULL; at = at->next)
        if (tt_str_eq(at->key, tt_str_c(key)))
            found = at;
    return found;
}

bool tt_json__u32(uint32_t *out, const tt_json *value)
{
    uint64_t number = 0;
    if (value == NULL || value->kind != TT_JSON_NUMBER || value->text.len > 10)
        return false;
    for (size_t i = 0; i < value->text.len; i++) {
        char c = value->text.ptr[i];
        if (c < '0' || c > '9')
            return false;
        number = number * 10 + (uint64_t)(c - '0');
    }
    *out = (uint32_t)number;
    return number <= UINT32_MAX;
}
