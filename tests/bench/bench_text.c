/* bench_text.c - the text stage beside ICU and, where it was there at build time, simdjson's UTF-8 check, in one process.
 *
 * usage: bench_text [-r ROUNDS] [-m MEGABYTES] FILE.ann...
 *
 * The text is the files' own words, in a shuffled order that is the same each time, drawn again until there is enough: repeated
 * text would flatter whatever learns branches. Every round runs each task once; the figure is the median of the rounds, in
 * processor time. MB are 10^6 bytes of UTF-8 of the text that goes in, also for ICU, which gets it as UTF-16. One JSON object
 * goes to stdout. */
#include "base/alloc.h"
#include "base/cpu.h"
#include "base/file.h"
#include "base/hash.h"
#include "text/scan.h"
#include "tintuc/tintuc.h"
#include "yardstick.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

enum { ROUNDS_MAX = 99, LINE_WORDS = 16 };
#define YARDSTICK "simdjson_utf8"

typedef struct {
    tt_str utf8;
    UChar *utf16, *room; /* room for a result */
    int32_t len16;
} sample;

typedef struct {
    tt_buf text;
    tt_span *words;
    size_t len, cap;
} word_list;

static void *must(void *ptr)
{
    if (ptr == NULL) {
        fputs("bench_text: out of memory\n", stderr);
        exit(1);
    }
    return ptr;
}

static void must_icu(UErrorCode code)
{
    if (U_FAILURE(code)) {
        fprintf(stderr, "bench_text: ICU: %s\n", u_errorName(code));
        exit(1);
    }
}

/* Words of a file of .ann; names of marks, which stand between { and |, are none. */
static void add_words(word_list *list, const char *path)
{
    tt_error err;
    size_t start = list->text.len;
    if (tt__file_read(&list->text, path, &err) != TT_OK) {
        fprintf(stderr, "bench_text: %s\n", err.msg);
        exit(2);
    }
    const char *text = list->text.ptr;
    for (size_t i = start; i <= list->text.len; i++) {
        if (i < list->text.len && strchr(" \n\t{}|", text[i]) == NULL)
            continue;
        bool mark = i < list->text.len && text[i] == '|';
        if (i > start && !mark && text[start] != '#') {
            if (tt__grow(&list->words, &list->cap, list->len + 1, sizeof *list->words) != TT_OK)
                must(NULL);
            list->words[list->len++] = (tt_span){(uint32_t)start, (uint32_t)i};
        }
        start = i + 1;
    }
}

static tt_str draw(const word_list *list, size_t size)
{
    tt_buf out = {NULL, 0, 0};
    uint64_t state = 1;
    for (size_t n = 1; out.len < size; n++) {
        state = tt__mix(state + 1);
        tt_span word = list->words[state % list->len];
        if (tt_buf_add(&out, list->text.ptr + word.start, word.end - word.start) != TT_OK ||
            tt_buf_add(&out, n % LINE_WORDS == 0 ? "\n" : " ", 1) != TT_OK)
            must(NULL);
    }
    return (tt_str){out.ptr, out.len};
}

/* The text in a form of ICU's, as UTF-8 and UTF-16. */
static sample make_sample(tt_str text, const UNormalizer2 *form)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t room = 3 * (int32_t)text.len, len = 0;
    UChar *raw = must(tt__malloc((size_t)room * sizeof *raw));
    sample out = {.utf16 = must(tt__malloc((size_t)room * sizeof *raw)), .room = raw};
    char *utf8 = must(tt__malloc((size_t)room));
    u_strFromUTF8(raw, room, &len, text.ptr, (int32_t)text.len, &code);
    out.len16 = unorm2_normalize(form, raw, len, out.utf16, room, &code);
    u_strToUTF8(utf8, room, &len, out.utf16, out.len16, &code);
    must_icu(code);
    out.utf8 = (tt_str){utf8, (size_t)len};
    return out;
}

static void drop_sample(sample *s)
{
    tt__free((void *)(uintptr_t)s->utf8.ptr);
    tt__free(s->utf16);
    tt__free(s->room);
}

static const UNormalizer2 *nfc(void)
{
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFCInstance(&code);
    must_icu(code);
    return form;
}

static void run_make(const sample *s)
{
    tt_arena arena = {0};
    tt_text text;
    if (tt_text_make(&text, &arena, s->utf8, NULL) != TT_OK)
        must(NULL);
    tt_arena_free(&arena);
}

static void run_steps(const sample *s, unsigned steps)
{
    tt_arena arena = {0};
    tt_text text;
    if (tt_normalize(&text, NULL, &arena, s->utf8, steps, NULL) != TT_OK)
        abort();
    tt_arena_free(&arena);
}

static void run_tones(const sample *s)
{
    run_steps(s, TT_STEP_BIT(TT_STEP_TONE_NEW));
}

static void run_view(const sample *s)
{
    run_steps(s, TT_PRESET_VIEW);
}

static void run_clean(const sample *s)
{
    run_steps(s, TT_PRESET_CLEAN);
}

static void run_check(const sample *s)
{
    if (tt_utf8_check(s->utf8, NULL) != TT_OK)
        must(NULL);
}

/* The pass over the text alone: UTF-8, what may not be NFC, code points. */
static void run_scan(const sample *s, tt_cpu cpu)
{
    uint32_t count, *marks = must(tt__calloc(TT_SCAN_STEPS(s->utf8.len), sizeof *marks));
    uint64_t *odd = must(tt__calloc(TT_SCAN_WORDS(s->utf8.len), sizeof *odd));
    tt_scan_steps *steps = tt__scan_of(cpu);
    if (steps != NULL && tt__scan_text(&count, marks, odd, steps, s->utf8) != s->utf8.len)
        must(NULL);
    tt__free(marks);
    tt__free(odd);
}

static void run_scan_portable(const sample *s)
{
    run_scan(s, TT_CPU_PORTABLE);
}

static void run_scan_sse2(const sample *s)
{
    run_scan(s, TT_CPU_SSE2);
}

static void run_scan_avx2(const sample *s)
{
    run_scan(s, TT_CPU_AVX2);
}

static void run_icu_check(const sample *s)
{
    UErrorCode code = U_ZERO_ERROR;
    volatile UNormalizationCheckResult result = unorm2_quickCheck(nfc(), s->utf16, s->len16, &code);
    (void)result;
    must_icu(code);
}

static void run_icu_normalize(const sample *s)
{
    UErrorCode code = U_ZERO_ERROR;
    unorm2_normalize(nfc(), s->utf16, s->len16, s->room, 3 * s->len16, &code);
    must_icu(code);
}

static void run_yardstick(const sample *s)
{
    if (!tt_yardstick_utf8(s->utf8.ptr, s->utf8.len))
        must(NULL);
}

/* `peer`: name of the row that the ratio is over; `needs`: the least processor. */
static const struct {
    const char *name, *peer;
    bool decomposed;
    tt_cpu needs;
    void (*run)(const sample *s);
} TASKS[] = {
    {"icu_quick_check", NULL, false, TT_CPU_PORTABLE, run_icu_check},
    {"icu_normalize_nfd", NULL, true, TT_CPU_PORTABLE, run_icu_normalize},
    {YARDSTICK, NULL, false, TT_CPU_PORTABLE, run_yardstick},
    {"utf8_check", YARDSTICK, false, TT_CPU_PORTABLE, run_check},
    {"scan_portable", YARDSTICK, false, TT_CPU_PORTABLE, run_scan_portable},
    {"scan_sse2", YARDSTICK, false, TT_CPU_SSE2, run_scan_sse2},
    {"scan_avx2", YARDSTICK, false, TT_CPU_AVX2, run_scan_avx2},
    {"text_nfc", "icu_quick_check", false, TT_CPU_PORTABLE, run_make},
    {"text_nfc_over_utf8", YARDSTICK, false, TT_CPU_PORTABLE, run_make},
    {"text_nfd", "icu_normalize_nfd", true, TT_CPU_PORTABLE, run_make},
    {"tone_placement", NULL, false, TT_CPU_PORTABLE, run_tones},
    {"view", NULL, false, TT_CPU_PORTABLE, run_view},
    {"clean", NULL, false, TT_CPU_PORTABLE, run_clean},
};

/* A row that this processor, or a build without the yardstick, cannot give. */
static bool lacks(const char *name, tt_cpu needs)
{
    return needs > tt__cpu() || (strcmp(name, YARDSTICK) == 0 && *tt_yardstick_name() == '\0');
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int by_value(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static double rate_of(const char *name, const double *rates)
{
    for (size_t i = 0; i < TT_COUNT(TASKS); i++)
        if (strcmp(TASKS[i].name, name) == 0)
            return rates[i];
    return 0;
}

static void measure(double *rates, const sample *composed, const sample *decomposed, int rounds)
{
    double took[TT_COUNT(TASKS)][ROUNDS_MAX] = {{0}};
    for (size_t i = 0; i < TT_COUNT(TASKS); i++)        /* one after another: the allocator's state is each one's own */
        for (int round = -2; round < rounds; round++) { /* the first two warm up */
            double start = seconds();
            TASKS[i].run(TASKS[i].decomposed ? decomposed : composed);
            if (round >= 0)
                took[i][round] = seconds() - start;
        }
    for (size_t i = 0; i < TT_COUNT(TASKS); i++) {
        qsort(took[i], (size_t)rounds, sizeof *took[i], by_value);
        rates[i] = (double)(TASKS[i].decomposed ? decomposed : composed)->utf8.len / 1e6 / took[i][rounds / 2];
    }
}

static void print(const double *rates, const sample *composed, const sample *decomposed)
{
    printf("{\"cpu\": \"%s\", \"yardstick\": \"%s\", \"nfc_mb\": %.2f, \"nfd_mb\": %.2f, \"rows\": [", tt_cpu_path(),
           tt_yardstick_name(), (double)composed->utf8.len / 1e6, (double)decomposed->utf8.len / 1e6);
    const char *separator = "\n";
    for (size_t i = 0; i < TT_COUNT(TASKS); i++) {
        const char *name = TASKS[i].name, *peer = TASKS[i].peer;
        if (lacks(name, TASKS[i].needs))
            continue;
        printf("%s  {\"name\": \"%s\", \"mb_per_s\": %.0f", separator, name, rates[i]);
        if (peer != NULL && !lacks(peer, TT_CPU_PORTABLE))
            printf(", \"over\": \"%s\", \"ratio\": %.2f", peer, rates[i] / rate_of(peer, rates));
        printf("}");
        separator = ",\n";
    }
    puts("\n]}");
}

int main(int argc, char **argv)
{
    int rounds = 15, at = 1;
    double megabytes = 10, rates[TT_COUNT(TASKS)];
    for (; at + 1 < argc && argv[at][0] == '-'; at += 2) {
        if (argv[at][1] == 'r')
            rounds = atoi(argv[at + 1]);
        else
            megabytes = atof(argv[at + 1]);
    }
    if (at >= argc || rounds < 1 || rounds > ROUNDS_MAX || !(megabytes > 0 && megabytes <= 100)) {
        fputs("usage: bench_text [-r ROUNDS] [-m MEGABYTES] FILE.ann...\n", stderr);
        return 2;
    }
    word_list list = {.len = 0};
    for (; at < argc; at++)
        add_words(&list, argv[at]);
    if (list.len == 0)
        return fputs("bench_text: no words\n", stderr), 2;
    UErrorCode code = U_ZERO_ERROR;
    tt_str text = draw(&list, (size_t)(megabytes * 1e6));
    sample composed = make_sample(text, nfc()), decomposed = make_sample(text, unorm2_getNFDInstance(&code));
    must_icu(code);
    measure(rates, &composed, &decomposed, rounds);
    print(rates, &composed, &decomposed);
    drop_sample(&composed);
    drop_sample(&decomposed);
    tt__free((void *)(uintptr_t)text.ptr);
    tt_buf_free(&list.text);
    tt__free(list.words);
    return 0;
}
