/* corpus.c - owns annotated documents; picks the reader by the file's name. */
#include "tintuc/corpus.h"

#include "base/alloc.h"
#include "base/file.h"
#include "learn/corpus_draft.h"

#include <string.h>

struct tt_corpus {
    tt_arena arena; /* arrays and strings of the documents */
    tt_example *examples;
    tt_str *labels;
    size_t count, cap, label_count, label_cap;
};

typedef enum { KIND_UNKNOWN, KIND_ANN, KIND_JSON, KIND_CONLL } file_kind;

static const struct {
    const char *ending;
    file_kind kind;
} KINDS[] = {{"ann", KIND_ANN},   {"jsonl", KIND_JSON}, {"json", KIND_JSON}, {"conll", KIND_CONLL}, {"iob2", KIND_CONLL},
             {"iob", KIND_CONLL}, {"bio", KIND_CONLL},  {"tsv", KIND_CONLL}, {"txt", KIND_CONLL}};

tt_status tt_corpus_new(tt_corpus **out, tt_error *err)
{
    *out = tt__calloc(1, sizeof **out);
    return *out ? TT_OK : tt_draft__memory(err);
}

void tt_corpus_free(tt_corpus *self)
{
    if (self == NULL)
        return;
    tt_arena_free(&self->arena);
    tt__free(self->examples);
    tt__free(self->labels);
    tt__free(self);
}

size_t tt_corpus_count(const tt_corpus *self)
{
    return self->count;
}

const tt_example *tt_corpus_at(const tt_corpus *self, size_t i)
{
    return &self->examples[i];
}

size_t tt_corpus_label_count(const tt_corpus *self)
{
    return self->label_count;
}

tt_str tt_corpus_label(const tt_corpus *self, size_t label)
{
    return self->labels[label];
}

tt_status tt_corpus__label_index(uint32_t *out, tt_corpus *self, tt_str label, tt_error *err)
{
    for (size_t i = 0; i < self->label_count; i++) {
        *out = (uint32_t)i;
        if (tt_str_eq(self->labels[i], label))
            return TT_OK;
    }
    char *copy = tt__arena_copy(&self->arena, label.ptr, label.len);
    if (copy == NULL || tt__grow(&self->labels, &self->label_cap, self->label_count + 1, sizeof *self->labels) != TT_OK)
        return tt_draft__memory(err);
    *out = (uint32_t)self->label_count;
    self->labels[self->label_count++] = (tt_str){copy, label.len};
    return TT_OK;
}

void tt_corpus__labels_cut(tt_corpus *self, size_t count)
{
    self->label_count = count;
}

static bool copy_string(tt_str *out, tt_arena *arena, tt_str s)
{
    *out = (tt_str){tt__arena_copy(arena, s.ptr, s.len), s.len};
    return out->ptr != NULL;
}

tt_status tt_corpus__append(tt_corpus *self, const tt_draft *draft, tt_error *err)
{
    if (tt__grow(&self->examples, &self->cap, self->count + 1, sizeof *self->examples) != TT_OK)
        return tt_draft__memory(err);
    tt_example *out = &self->examples[self->count];
    tt_arena *arena = &self->arena;
    tt_mention *mentions = tt_arena_calloc(arena, draft->mention_count, sizeof *mentions);
    *out = (tt_example){.block_count = draft->block_count,
                        .sentence_count = draft->sentence_count,
                        .mention_count = draft->mention_count,
                        .mentions = mentions};
    out->blocks = tt__arena_copy(arena, draft->blocks, draft->block_count * sizeof *draft->blocks);
    out->sentences = tt__arena_copy(arena, draft->sentences, draft->sentence_count * sizeof *draft->sentences);
    if (mentions == NULL || out->blocks == NULL || out->sentences == NULL || !copy_string(&out->id, arena, draft->id) ||
        !copy_string(&out->date, arena, draft->date) ||
        !copy_string(&out->text, arena, (tt_str){draft->text.ptr, draft->text.len}))
        return tt_draft__memory(err);
    for (size_t i = 0; i < draft->mention_count; i++)
        mentions[i] = draft->mentions[i].mention;
    self->count++;
    return TT_OK;
}

/* The file's name without folders; its last ending without the dot. */
static void split_name(tt_str *stem, tt_str *ending, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    *stem = (tt_str){name, dot && dot != name ? (size_t)(dot - name) : strlen(name)};
    *ending = dot ? tt_str_c(dot + 1) : (tt_str){NULL, 0};
}

static file_kind kind_of(tt_str ending)
{
    for (size_t i = 0; i < TT_COUNT(KINDS); i++)
        if (tt_str_eq(ending, tt_str_c(KINDS[i].ending)))
            return KINDS[i].kind;
    return KIND_UNKNOWN;
}

static tt_status parse_as(tt_draft *draft, file_kind kind, tt_str stem, tt_str bytes, tt_error *err)
{
    switch (kind) {
    case KIND_ANN: return tt_corpus__read_ann(draft, bytes, err);
    case KIND_JSON: return tt_corpus__read_json(draft, stem, bytes, err);
    case KIND_CONLL: return tt_corpus__read_conll(draft, stem, bytes, err);
    case KIND_UNKNOWN: break;
    }
    return tt_fail(
        err, TT_ECORPUS, 0,
        "%s:1: the kind of corpus is told by the ending: .ann, .jsonl, .json, .conll, .iob2, .iob, .bio, .tsv or .txt",
        draft->name);
}

/* A broken sequence is told by its own byte, and by the line for whoever opens the file. */
static tt_status check_bytes(tt_str bytes, const char *name, tt_error *err)
{
    tt_error bad = {0, ""};
    if (bytes.len > TT_TEXT_MAX)
        return tt_fail(err, TT_ECORPUS, 0, "%s:1: longer than %zu bytes; split the file", name, TT_TEXT_MAX);
    tt_status status = tt_utf8_check(bytes, &bad);
    size_t line = 1;
    for (size_t i = 0; status != TT_OK && i < bad.pos; i++)
        line += bytes.ptr[i] == '\n';
    return status == TT_OK ? status : tt_fail(err, status, bad.pos, "%s:%zu: not UTF-8 at byte %zu", name, line, bad.pos);
}

tt_status tt_corpus_parse(tt_corpus *self, const char *name, tt_str bytes, tt_error *err)
{
    tt_str stem, ending;
    tt_draft draft;
    tt_status status = check_bytes(bytes, name, err);
    if (status != TT_OK)
        return status;
    if (bytes.len == 0)
        bytes.ptr = ""; /* nothing may have no address */
    split_name(&stem, &ending, name);
    size_t mark = bytes.len >= 3 && memcmp(bytes.ptr, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0; /* editors put it there */
    tt_draft__init(&draft, self, name);
    status = parse_as(&draft, kind_of(ending), stem, (tt_str){bytes.ptr + mark, bytes.len - mark}, err);
    tt_draft__free(&draft);
    if (status == TT_ECORPUS && err != NULL)
        err->pos += err->pos != 0 ? mark : 0;
    return status;
}

tt_status tt_corpus_read(tt_corpus *self, const char *path, tt_error *err)
{
    tt_buf bytes = {NULL, 0, 0};
    tt_status status = tt__file_read(&bytes, path, err);
    if (status == TT_OK)
        status = tt_corpus_parse(self, path, (tt_str){bytes.ptr, bytes.len}, err);
    tt_buf_free(&bytes);
    return status;
}
