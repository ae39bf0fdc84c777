/* cpu_paths.h - a text read in every way that this processor has: what comes out must be the same to the byte. Used by the
 * tests over whole articles and by the fuzz targets. */
#ifndef CPU_PATHS_H
#define CPU_PATHS_H

#include "base/cpu.h"
#include "tintuc/tintuc.h"

#include <string.h>

enum { CPU_PATHS = TT_CPU_AVX2 + 1 };

/* The same model for each way. Zero-initialize; what this processor lacks stays NULL. */
typedef struct {
    tt_pipeline *nlp[CPU_PATHS];
} cpu_paths;

/* Back to the fastest way. */
static inline void cpu_paths_reset(void)
{
    tt__cpu_limit(TT_CPU_AVX2);
}

static inline tt_status cpu_paths_load(cpu_paths *out, const char *model, tt_error *err)
{
    tt_status status = TT_OK;
    cpu_paths_reset();
    for (unsigned path = 0, best = tt__cpu(); path <= best && status == TT_OK; path++) {
        tt__cpu_limit((tt_cpu)path);
        status = tt_pipeline_load(&out->nlp[path], model, err);
    }
    cpu_paths_reset();
    return status;
}

static inline void cpu_paths_free(cpu_paths *paths)
{
    for (unsigned path = 0; path < CPU_PATHS; path++)
        tt_pipeline_free(paths->nlp[path]);
}

static inline tt_status cpu_add_view(tt_buf *out, const tt_text *text)
{
    tt_status status = text->norm.len != 0 ? tt_buf_add(out, text->norm.ptr, text->norm.len) : TT_OK;
    for (size_t i = 0; status == TT_OK && i <= text->align.len; i++) {
        const tt_align_run *run = &text->align.runs[i];
        uint32_t numbers[] = {run->raw, run->norm, run->changed};
        status = tt_buf_add(out, numbers, i == text->align.len ? 2 * sizeof *numbers : sizeof numbers);
    }
    return status;
}

static inline tt_status cpu_add_failure(tt_buf *out, tt_status failed, const tt_error *what)
{
    size_t numbers[] = {(size_t)-failed, what->pos};
    return tt_buf_add(out, numbers, sizeof numbers);
}

/* Append the document, packed, with its view; or why there is none. */
static inline tt_status cpu_add_document(tt_buf *out, const tt_pipeline *nlp, tt_str raw)
{
    tt_doc *doc = NULL;
    tt_error err = {0, ""};
    tt_status status = tt_doc_make(&doc, nlp, raw, NULL, &err);
    if (status != TT_OK)
        return cpu_add_failure(out, status, &err);
    status = tt_doc_pack(out, doc, NULL);
    if (status == TT_OK)
        status = cpu_add_view(out, tt_doc_text(doc));
    tt_doc_free(doc);
    return status;
}

/* Append the text in each form that a caller can ask for. */
static inline tt_status cpu_add_forms(tt_buf *out, tt_str raw)
{
    static const unsigned STEPS[] = {TT_STEP_BIT(TT_STEP_NFC), TT_STEP_BIT(TT_STEP_NFKC), TT_PRESET_CLEAN};
    tt_status status = TT_OK;
    for (size_t i = 0; status == TT_OK && i < TT_COUNT(STEPS); i++) {
        tt_arena arena = {NULL, 0, 0};
        tt_text view;
        tt_error err = {0, ""};
        status = tt_normalize(&view, NULL, &arena, raw, STEPS[i], &err);
        status = status == TT_OK ? cpu_add_view(out, &view) : cpu_add_failure(out, status, &err);
        tt_arena_free(&arena);
    }
    return status;
}

/* Does each way give the same document, view and forms, byte for byte, or the same error? */
static inline bool cpu_paths_agree(const cpu_paths *paths, tt_str raw)
{
    tt_buf first = {NULL, 0, 0}, other = {NULL, 0, 0};
    bool same = true;
    for (unsigned path = 0; same && path < CPU_PATHS && paths->nlp[path] != NULL; path++) {
        tt_buf *out = path == 0 ? &first : &other;
        out->len = 0;
        tt__cpu_limit((tt_cpu)path);
        same = cpu_add_document(out, paths->nlp[path], raw) == TT_OK && cpu_add_forms(out, raw) == TT_OK &&
               (path == 0 || tt_str_eq((tt_str){first.ptr, first.len}, (tt_str){other.ptr, other.len}));
    }
    cpu_paths_reset();
    tt_buf_free(&first);
    tt_buf_free(&other);
    return same;
}

#endif
