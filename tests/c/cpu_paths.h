/* cpu_paths.h - a text read in every way that this processor has, as bytes and as 16-bit code points: what comes out must be
 * the same to the byte. Used by the tests over whole articles and by the fuzz targets. */
#ifndef CPU_PATHS_H
#define CPU_PATHS_H

#include "base/cpu.h"
#include "base/decode.h"
#include "tintuc/tintuc.h"

#include <stdlib.h>
#include <string.h>

enum { CPU_PATHS = TT_CPU_AVX512 + 1 };

/* The same model for each way. Zero-initialize; what this processor lacks stays NULL. */
typedef struct {
    tt_pipeline *nlp[CPU_PATHS];
} cpu_paths;

/* Back to the fastest way. */
static inline void cpu_paths_reset(void)
{
    tt__cpu_limit(TT_CPU_AVX512);
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

/* The text as Python may keep it; NULL where it is not UTF-8 or has code points beyond 16 bits. The caller frees it. */
static inline uint16_t *cpu_units(size_t *count, tt_str raw)
{
    *count = 0;
    uint16_t *units = tt_utf8_check(raw, NULL) == TT_OK ? malloc((raw.len + 1) * sizeof *units) : NULL;
    for (size_t at = 0; units != NULL && at < raw.len;) {
        uint32_t len, cp = tt__decode(raw.ptr + at, &len);
        if (cp > 0xFFFF)
            return free(units), NULL;
        units[(*count)++] = (uint16_t)cp;
        at += len;
    }
    return units;
}

/* Append the document, packed, with its view; or why there is none. */
static inline tt_status cpu_add_document(tt_buf *out, tt_doc *doc, tt_status status, const tt_error *err)
{
    if (status != TT_OK)
        return cpu_add_failure(out, status, err);
    status = tt_doc_pack(out, doc, NULL);
    if (status == TT_OK)
        status = cpu_add_view(out, tt_doc_text(doc));
    tt_doc_free(doc);
    return status;
}

static inline tt_status cpu_add_bytes(tt_buf *out, const tt_pipeline *nlp, tt_str raw)
{
    tt_doc *doc = NULL;
    tt_error err = {0, ""};
    tt_status status = tt_doc_make(&doc, nlp, raw, NULL, &err);
    return cpu_add_document(out, doc, status, &err);
}

static inline tt_status cpu_add_units(tt_buf *out, const tt_pipeline *nlp, const uint16_t *units, size_t count)
{
    tt_doc *doc = NULL;
    tt_error err = {0, ""};
    tt_status status = tt_doc_make_ucs2(&doc, nlp, units, count, NULL, &err);
    return cpu_add_document(out, doc, status, &err);
}

/* Append the text in each form that a caller can ask for. */
static inline tt_status cpu_add_forms(tt_buf *out, tt_str raw)
{
    static const unsigned STEPS[] = {TT_STEP_BIT(TT_STEP_NFC), TT_STEP_BIT(TT_STEP_NFKC), TT_PRESET_CLEAN};
    tt_status status = TT_OK;
    for (size_t i = 0; status == TT_OK && i < TT_COUNT(STEPS); i++) {
        tt_arena arena = {0};
        tt_text view;
        tt_error err = {0, ""};
        status = tt_normalize(&view, NULL, &arena, raw, STEPS[i], &err);
        status = status == TT_OK ? cpu_add_view(out, &view) : cpu_add_failure(out, status, &err);
        tt_arena_free(&arena);
    }
    return status;
}

static inline bool cpu_is_start(const tt_buf *whole, const tt_buf *start)
{
    return whole->len >= start->len && memcmp(whole->ptr, start->ptr, start->len) == 0;
}

/* One way: the document of the bytes and the forms in *out, if that of the code points is the same. */
static inline bool cpu_read(tt_buf *out, const tt_pipeline *nlp, tt_str raw, const uint16_t *units, size_t count)
{
    tt_buf other = {NULL, 0, 0};
    bool good = cpu_add_bytes(out, nlp, raw) == TT_OK && cpu_add_forms(out, raw) == TT_OK;
    if (good && units != NULL)
        good = cpu_add_units(&other, nlp, units, count) == TT_OK && cpu_is_start(out, &other);
    tt_buf_free(&other);
    return good;
}

/* Does each way give the same document, view and forms, byte for byte, or the same error? */
static inline bool cpu_paths_agree(const cpu_paths *paths, tt_str raw)
{
    tt_buf first = {NULL, 0, 0}, other = {NULL, 0, 0};
    size_t count;
    uint16_t *units = cpu_units(&count, raw);
    bool same = true;
    for (unsigned path = 0; same && path < CPU_PATHS && paths->nlp[path] != NULL; path++) {
        tt_buf *out = path == 0 ? &first : &other;
        out->len = 0;
        tt__cpu_limit((tt_cpu)path);
        same = cpu_read(out, paths->nlp[path], raw, units, count) &&
               (path == 0 || tt_str_eq((tt_str){first.ptr, first.len}, (tt_str){other.ptr, other.len}));
    }
    cpu_paths_reset();
    free(units);
    tt_buf_free(&first);
    tt_buf_free(&other);
    return same;
}

#endif
