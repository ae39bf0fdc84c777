/* corpus_ann.c - the inline form: "#doc ID key=value", "#kind", then one sentence a line with {LABEL#entity=value|text}.
 *
 * The sentences of a block are joined by one space, the blocks by one line feed. "{", "|" and "}" never stand for themselves.
 */
#include "base/alloc.h"
#include "base/space.h"
#include "learn/corpus_draft.h"

#include <string.h>

enum { NEST_MAX = 64 }; /* open mentions at one place; the guidelines need 4 */

/* First word of *rest, which moves behind it. */
static tt_str next_word(tt_str *rest)
{
    *rest = tt__str_trim(*rest);
    const char *at = rest->ptr, *end = rest->ptr + rest->len;
    while (at < end && tt__space_at(at, end) == 0)
        at++;
    tt_str word = {rest->ptr, (size_t)(at - rest->ptr)};
    *rest = (tt_str){at, (size_t)(end - at)};
    return word;
}

/* Code point column of a byte, 1-based, for messages. */
static unsigned column_of(tt_str line, size_t byte)
{
    unsigned column = 1;
    for (size_t i = 0; i < byte; i++)
        column += ((unsigned char)line.ptr[i] & 0xC0) != 0x80;
    return column;
}

/* Length of "{LABEL#entity=value|" at the start of `s`, 0 where that is not what stands there. */
static size_t opening_len(tt_str *label, tt_str s)
{
    size_t len = tt_corpus__label_len((tt_str){s.ptr + 1, s.len - 1});
    *label = (tt_str){s.ptr + 1, len};
    size_t at = 1 + len;
    if (len == 0)
        return 0;
    if (at < s.len && s.ptr[at] == '#') {
        size_t begin = ++at;
        while (at < s.len && strchr("|{}=#", s.ptr[at]) == NULL && tt__space_at(s.ptr + at, s.ptr + s.len) == 0)
            at++;
        if (at == begin)
            return 0;
    }
    if (at < s.len && s.ptr[at] == '=')
        while (at < s.len && strchr("|{}", s.ptr[at]) == NULL)
            at++;
    return at < s.len && s.ptr[at] == '|' ? at + 1 : 0;
}

static tt_status close_mention(tt_draft *draft, size_t mention, tt_error *err)
{
    tt_span *span = &draft->mentions[mention].mention.span;
    span->end = (uint32_t)draft->text.len;
    if (span->start == span->end)
        return tt_draft__fail(draft, draft->place, err, "empty mention");
    tt_span bare = tt__span_trim(draft->text.ptr, *span);
    if (bare.start != span->start || bare.end != span->end)
        return tt_draft__fail(draft, draft->place, err, "mention \"%.*s\" begins or ends with a space",
                              (int)(span->end - span->start), draft->text.ptr + span->start);
    return TT_OK;
}

/* Handle the brace or bar at line[i]; *used is how many bytes it takes. */
static tt_status read_mark(size_t *used, size_t *open, unsigned *depth, tt_draft *draft, tt_str line, size_t i, tt_error *err)
{
    tt_str label, rest = {line.ptr + i, line.len - i};
    *used = 1;
    if (line.ptr[i] == '|')
        return tt_draft__fail(draft, draft->place, err, "stray | at column %u", column_of(line, i));
    if (line.ptr[i] == '}') {
        if (*depth == 0)
            return tt_draft__fail(draft, draft->place, err, "closing without opening at column %u", column_of(line, i));
        return close_mention(draft, open[--*depth], err);
    }
    *used = opening_len(&label, rest);
    if (*used == 0)
        return tt_draft__fail(draft, draft->place, err, "bad opening at column %u", column_of(line, i));
    if (*depth == NEST_MAX)
        return tt_draft__fail(draft, draft->place, err, "mentions nest deeper than %d", NEST_MAX);
    open[(*depth)++] = draft->mention_count;
    uint32_t at = (uint32_t)draft->text.len;
    return tt_draft__mention(draft, (tt_span){at, at}, label, err);
}

static tt_status read_sentence(tt_draft *draft, tt_str line, tt_error *err)
{
    size_t open[NEST_MAX];
    unsigned depth = 0;
    uint32_t start = (uint32_t)draft->text.len;
    for (size_t i = 0, used; i < line.len; i += used) {
        used = 0;
        while (i + used < line.len && line.ptr[i + used] != '{' && line.ptr[i + used] != '|' && line.ptr[i + used] != '}')
            used++;
        if (tt_buf_add(&draft->text, line.ptr + i, used) != TT_OK)
            return tt_draft__memory(err);
        if (used != 0)
            continue;
        tt_status status = read_mark(&used, open, &depth, draft, line, i, err);
        if (status != TT_OK)
            return status;
    }
    if (depth != 0)
        return tt_draft__fail(draft, draft->place, err, "a mention is never closed");
    return tt_draft__sentence(draft, (tt_span){start, (uint32_t)draft->text.len}, err);
}

/* Sentences join their block; blocks join the text. */
static tt_status add_sentence(tt_draft *draft, tt_str line, tt_error *err)
{
    if (draft->block_count == 0)
        return tt_draft__fail(draft, draft->place, err, "a sentence outside any block");
    tt_block *block = &draft->blocks[draft->block_count - 1];
    bool first = block->span.end == 0; /* no sentence yet */
    if (draft->text.len != 0 && tt_buf_add(&draft->text, first ? "\n" : " ", 1) != TT_OK)
        return tt_draft__memory(err);
    if (first)
        block->span.start = (uint32_t)draft->text.len;
    tt_status status = read_sentence(draft, line, err);
    block->span.end = (uint32_t)draft->text.len;
    return status;
}

/* A block that is followed by another one or by the end must have a sentence. */
static tt_status end_block(const tt_draft *draft, tt_corpus_place place, tt_error *err)
{
    if (draft->block_count == 0 || draft->blocks[draft->block_count - 1].span.end != 0)
        return TT_OK;
    return tt_draft__fail(draft, place, err, "empty %s", tt_block_kind_name(draft->blocks[draft->block_count - 1].kind));
}

static tt_status begin_document(tt_draft *draft, tt_str rest, tt_error *err)
{
    tt_draft__begin(draft);
    draft->id = next_word(&rest);
    for (tt_str word = next_word(&rest); word.len != 0; word = next_word(&rest)) {
        const char *equals = memchr(word.ptr, '=', word.len);
        if (equals == NULL)
            return tt_draft__fail(draft, draft->place, err, "\"%.*s\" is not KEY=VALUE", (int)word.len, word.ptr);
        tt_str key = {word.ptr, (size_t)(equals - word.ptr)};
        if (tt_str_eq(key, tt_str_c("date")))
            draft->date = (tt_str){equals + 1, word.len - key.len - 1};
    }
    return TT_OK;
}

static tt_status read_line(tt_draft *draft, tt_str line, bool *in_doc, tt_corpus_place *header, tt_error *err)
{
    tt_status status = TT_OK;
    if (line.len == 0)
        return TT_OK;
    if (line.ptr[0] != '#')
        return add_sentence(draft, line, err);
    status = end_block(draft, *header, err);
    *header = draft->place;
    if (status != TT_OK)
        return status;
    tt_str rest = {line.ptr + 1, line.len - 1};
    tt_str word = next_word(&rest);
    if (word.ptr == line.ptr + 1 && tt_str_eq(word, tt_str_c("doc")) && rest.len != 0) {
        status = *in_doc ? tt_draft__finish(draft, err) : TT_OK;
        *in_doc = true;
        return status == TT_OK ? begin_document(draft, rest, err) : status;
    }
    tt_block_kind kind = tt_corpus__block_kind(word);
    if (kind == TT_BLOCK_KINDS)
        return tt_draft__fail(draft, draft->place, err, "unknown block kind \"%.*s\"", (int)word.len, word.ptr);
    if (!*in_doc)
        return tt_draft__fail(draft, draft->place, err, "a block before the first \"#doc ID\"");
    return tt_draft__block(draft, (tt_span){0, 0}, kind, err);
}

tt_status tt_corpus__read_ann(tt_draft *draft, tt_str bytes, tt_error *err)
{
    tt_status status = TT_OK;
    bool in_doc = false;
    tt_corpus_place header = draft->place;
    tt_str line;
    for (size_t at = 0; status == TT_OK && tt_draft__line(&line, draft, bytes, &at);)
        status = read_line(draft, line, &in_doc, &header, err);
    if (status == TT_OK)
        status = end_block(draft, header, err);
    return status == TT_OK && in_doc ? tt_draft__finish(draft, err) : status;
}
