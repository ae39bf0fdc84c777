/* count_steps.c - how many times the steps four times the text takes, without a clock: compiled such that every basic block of
 * csrc/core counts itself. What ICU, PCRE2 and the C library do inside is not counted.
 *
 * usage: count_steps MODEL KILOBYTES NAME PIECE [NAME PIECE]...
 * Prints a line for each family of texts - PIECE repeated - and each stage: the steps of the short text and how many times them
 * the long one takes. Exit status 1 when one is above its limit. What a tagger finds in a text that repeats itself is not four
 * times as much in four times the text, so what depends on that may take six times the steps; sixteen would be the square. */
#include "tintuc/tintuc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TIMES = 4 };
static const double LIMIT = 4.4, LIMIT_FOUND = 6;

static unsigned long long steps; /* no threads here */

void __sanitizer_cov_trace_pc(void);

/* Called by the compiler's code at the start of each basic block. */
__attribute__((no_sanitize_coverage)) void __sanitizer_cov_trace_pc(void)
{
    steps++;
}

typedef struct {
    const char *name;
    unsigned layers;   /* of a document; 0: the form that cleans */
    bool json, packed; /* and written */
} stage;

static const stage STAGES[] = {
    {"normalize", 0, false, false},
    {"blocks", TT_LAYER_BIT(TT_LAYER_BLOCKS), false, false},
    {"sentences", TT_LAYER_BIT(TT_LAYER_SENTENCES), false, false},
    {"whole", TT_LAYERS_MADE, false, false},
    {"JSON", TT_LAYERS_MADE, true, false},
    {"packed", TT_LAYERS_MADE, false, true},
};

static void must(tt_status status, const tt_error *err)
{
    if (status == TT_OK)
        return;
    fprintf(stderr, "count_steps: %s\n", err->msg);
    exit(2);
}

static void run_document(const tt_pipeline *nlp, const stage *what, tt_str text)
{
    tt_error err = {0, ""};
    tt_doc *doc = NULL;
    tt_buf out = {NULL, 0, 0};
    must(tt_doc_make(&doc, nlp, text, &(tt_doc_options){.layers = what->layers}, &err), &err);
    if (what->json || what->packed)
        steps = 0; /* of the writing alone */
    if (what->json)
        must(tt_doc_json(&out, doc, tt_str_c("x"), &err), &err);
    if (what->packed)
        must(tt_doc_pack(&out, doc, &err), &err);
    tt_doc_free(doc);
    tt_buf_free(&out);
}

static unsigned long long steps_of(const tt_pipeline *nlp, const stage *what, tt_str text)
{
    tt_arena arena = {0};
    tt_text view;
    tt_error err = {0, ""};
    steps = 0;
    if (what->layers == 0)
        must(tt_normalize(&view, NULL, &arena, text, TT_PRESET_CLEAN, &err), &err);
    else
        run_document(nlp, what, text);
    unsigned long long taken = steps;
    tt_arena_free(&arena);
    return taken;
}

static tt_buf repeat(const char *piece, size_t count)
{
    tt_buf text = {NULL, 0, 0};
    for (size_t i = 0; i < count; i++)
        must(tt_buf_add(&text, piece, strlen(piece)), &(tt_error){0, "out of memory"});
    return text;
}

/* The largest ratio of a family, of its limit. */
static double run_family(const tt_pipeline *nlp, const char *name, const char *piece, size_t bytes)
{
    size_t count = bytes / strlen(piece) + 1;
    tt_buf text = repeat(piece, TIMES * count);
    double worst = 0;
    for (size_t i = 0; i < TT_COUNT(STAGES); i++) {
        unsigned long long once = steps_of(nlp, &STAGES[i], (tt_str){text.ptr, text.len / TIMES});
        unsigned long long more = steps_of(nlp, &STAGES[i], (tt_str){text.ptr, text.len});
        double ratio = (double)more / (double)(once + 1);
        printf("%-16s %-10s %12llu steps %6.2f\n", name, STAGES[i].name, once, ratio);
        double limit = STAGES[i].layers == TT_LAYERS_MADE ? LIMIT_FOUND : LIMIT;
        worst = ratio / limit > worst ? ratio / limit : worst;
    }
    tt_buf_free(&text);
    return worst;
}

int main(int argc, char **argv)
{
    tt_pipeline *nlp = NULL;
    tt_error err = {0, ""};
    double worst = 0;
    if (argc < 5 || argc % 2 == 0)
        return fputs("usage: count_steps MODEL KILOBYTES NAME PIECE [NAME PIECE]...\n", stderr), 2;
    must(tt_pipeline_load(&nlp, argv[1], &err), &err);
    for (int i = 3; i + 1 < argc; i += 2) {
        double ratio = argv[i + 1][0] != '\0' ? run_family(nlp, argv[i], argv[i + 1], strtoul(argv[2], NULL, 10) * 1024) : 0;
        worst = ratio > worst ? ratio : worst;
    }
    printf("worst %.2f of its limit\n", worst);
    tt_pipeline_free(nlp);
    return worst > 1;
}
