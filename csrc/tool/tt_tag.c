/* tt_tag.c - files to JSON lines, one file after the other. */
#include "tool.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

typedef enum { ON_ERROR_FAIL, ON_ERROR_SKIP, ON_ERROR_REPAIR } on_error;

typedef struct {
    const char *model, *layers;
    tt_doc_options options;
    on_error policy;
    tt_pipeline *pipeline;
    size_t files;
    bool failed; /* a document did */
    bool stuck;  /* the output cannot be written */
} tagging;

/* One byte beyond the limit is enough to know that a file is too long. */
static tt_status read_file(tt_buf *out, const char *path, tt_error *err)
{
    char piece[1 << 14];
    size_t got;
    tt_status status = TT_OK;
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (file == NULL)
        return tt_fail(err, TT_EIO, 0, "%s: %s", path, strerror(errno));
    while (status == TT_OK && out->len <= TT_DOC_MAX_BYTES && (got = fread(piece, 1, sizeof piece, file)) > 0)
        if (tt_buf_add(out, piece, got) != TT_OK)
            status = tt_fail(err, TT_ENOMEM, out->len, "%s: out of memory", path);
    if (status == TT_OK && ferror(file))
        status = tt_fail(err, TT_EIO, out->len, "%s: %s", path, strerror(errno));
    if (file != stdin)
        fclose(file);
    if (status == TT_OK && out->len == 0)
        status = tt_fail(err, TT_EARGUMENT, 0, "%s: the file is empty", path);
    return status;
}

/* The file's name without folders and its last ending, mended where it is not UTF-8. */
static tt_status make_id(tt_str *out, tt_arena *arena, const char *path, tt_error *err)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    if (strcmp(path, "-") == 0)
        name = "stdin";
    return tt_utf8_repair(out, NULL, arena, (tt_str){name, dot && dot != name ? (size_t)(dot - name) : strlen(name)}, err);
}

/* The document's line at the end of `out`. */
static tt_status tag_text(tt_buf *out, tt_arena *arena, const tagging *job, const char *path, tt_str id, tt_error *err)
{
    tt_buf bytes = {NULL, 0, 0};
    tt_doc *doc = NULL;
    tt_error why = {0, ""};
    tt_status status = read_file(&bytes, path, err);
    if (status != TT_OK)
        goto done;
    tt_str text = {bytes.ptr, bytes.len};
    if (job->policy == ON_ERROR_REPAIR && bytes.len <= TT_DOC_MAX_BYTES)
        status = tt_utf8_repair(&text, NULL, arena, text, &why);
    if (status == TT_OK)
        status = tt_doc_make(&doc, job->pipeline, text, &job->options, &why);
    if (status == TT_OK)
        status = tt_doc_json(out, doc, id, &why);
    if (status != TT_OK)
        tt_fail(err, status, why.pos, "%s: %s", path, why.msg);
done:
    tt_doc_free(doc);
    tt_buf_free(&bytes);
    return status;
}

static void tag_file(tagging *job, const char *path)
{
    tt_buf line = {NULL, 0, 0};
    tt_arena arena;
    tt_str id = {"", 0};
    tt_error err = {0, ""};
    tt_arena_init(&arena);
    tt_status status = make_id(&id, &arena, path, &err);
    if (status == TT_OK)
        status = tag_text(&line, &arena, job, path, id, &err);
    if (status != TT_OK) {
        job->failed = true;
        tool_complain(&err);
        if (job->policy != ON_ERROR_SKIP)
            tt_doc_json_error(&line, id, status, &err, NULL);
    }
    job->stuck = line.len != 0 && fwrite(line.ptr, 1, line.len, stdout) != line.len;
    tt_arena_free(&arena);
    tt_buf_free(&line);
}

static bool parse_layers(unsigned *out, const char *text)
{
    *out = 0;
    while (*text != '\0') {
        size_t len = strcspn(text, ",");
        unsigned layer = 0;
        while (layer < TT_LAYERS && !tt_str_eq(tt_str_c(tt_layer_name((tt_layer)layer)), (tt_str){text, len}))
            layer++;
        if (layer == TT_LAYERS) {
            fprintf(stderr, "tt: unknown layer \"%.*s\"\n", (int)len, text);
            return false;
        }
        *out |= TT_LAYER_BIT(layer);
        text += len + (text[len] == ',');
    }
    return true;
}

static bool parse_policy(on_error *out, const char *text)
{
    static const char *const NAMES[] = {"fail", "skip", "repair"};
    for (unsigned i = 0; i < TT_COUNT(NAMES); i++)
        if (strcmp(text, NAMES[i]) == 0) {
            *out = (on_error)i;
            return true;
        }
    fprintf(stderr, "tt: --on-error is fail, skip or repair, not \"%s\"\n", text);
    return false;
}

static bool set_option(tagging *job, int option, const char *value)
{
    switch (option) {
    case 0: job->model = value; return true;
    case 1: return parse_layers(&job->options.layers, value);
    case 2:
        if (strlen(value) == sizeof job->options.date - 1) {
            memcpy(job->options.date, value, sizeof job->options.date);
            return true;
        }
        fprintf(stderr, "tt: --date is YYYY-MM-DD, not \"%s\"\n", value);
        return false;
    default: return parse_policy(&job->policy, value);
    }
}

static const char *const OPTIONS[] = {"--model", "--layers", "--date", "--on-error", NULL};

/* Options may stand behind files, so they are all read before the first file is tagged. */
static bool read_options(tagging *job, tool_args args)
{
    int what;
    while ((what = tool_next(&args, OPTIONS)) != TOOL_END) {
        if (what == TOOL_BAD || (what >= 0 && !set_option(job, what, args.value)))
            return false;
        job->files += what == TOOL_FILE;
    }
    if (job->files == 0)
        fputs("tt: tag needs a file\n", stderr);
    return job->files != 0;
}

/* Options that no document can be made with are a wrong call, not one error a file. */
static int check_options(const tagging *job)
{
    tt_doc *doc;
    tt_error err = {0, ""};
    tt_status status = tt_doc_make(&doc, job->pipeline, (tt_str){"", 0}, &job->options, &err);
    tt_doc_free(doc);
    if (status == TT_OK)
        return TOOL_OK;
    tool_complain(&err);
    return status == TT_EARGUMENT || status == TT_EUNSUPPORTED ? TOOL_WRONG_CALL : TOOL_FAILED;
}

int tool_tag(tool_args *args)
{
    tagging job = {.model = NULL};
    tt_error err = {0, ""};
    int what;
    if (!read_options(&job, *args))
        return TOOL_WRONG_CALL;
    if (tt_pipeline_load(&job.pipeline, job.model, &err) != TT_OK)
        return tool_complain(&err);
    int exit_status = check_options(&job);
    while (exit_status == TOOL_OK && !job.stuck && (what = tool_next(args, OPTIONS)) != TOOL_END)
        if (what == TOOL_FILE)
            tag_file(&job, args->value);
    if (job.stuck || fflush(stdout) != 0) {
        fprintf(stderr, "tt: cannot write: %s\n", strerror(errno));
        job.failed = true;
    }
    tt_pipeline_free(job.pipeline);
    return exit_status != TOOL_OK ? exit_status : job.failed ? TOOL_FAILED : TOOL_OK;
}
