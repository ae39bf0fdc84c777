/* fuzz_nfc.c - the text stage against ICU, on random strings of what meets in normalization.
 *
 * usage: fuzz_nfc COUNT SEED
 *
 * Every string goes through NFC and NFKC and is compared with ICU's normalization of the whole; the runs of the alignment must
 * cover both texts, copy what they say they copy and change what they say they change. Every way to scan must give the same
 * answers on the string and on a damaged copy of it. Stops at the first difference, which is printed as code points or bytes;
 * exit status 1 then. The same count and seed give the same strings. */
#include "base/alloc.h"
#include "base/hash.h"
#include "text/nfc.h"
#include "text/scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

enum {
    POINTS_MAX = 700,
    RAW_MAX = 4 * POINTS_MAX,
    MADE_MAX = 20 * RAW_MAX,
    STEPS_MAX = RAW_MAX / TT_CP_STEP + 1,
    WORDS_MAX = 4
};

/* Code points that a form changes or reorders, or that join others. */
typedef struct {
    UChar32 *at;
    size_t len, cap;
} point_list;

typedef struct {
    const UNormalizer2 *forms[2]; /* ORDER FORM: as in tt_form */
    point_list special[2];
    uint64_t state;
    UChar utf16[RAW_MAX], made16[MADE_MAX];
    char raw[RAW_MAX], made[MADE_MAX];
} fuzzer;

static void die(const char *what, const char *bytes, size_t len)
{
    printf("fuzz_nfc: %s:", what);
    for (size_t i = 0; i < len; i++)
        printf(" %02X", (unsigned)(unsigned char)bytes[i]);
    printf("\n");
    exit(1);
}

static uint64_t next(fuzzer *f)
{
    return f->state = tt__mix(f->state + UINT64_C(0x9E3779B97F4A7C15));
}

static UChar32 between(fuzzer *f, UChar32 first, UChar32 last)
{
    return first + (UChar32)(next(f) % (uint64_t)(last - first + 1));
}

/* ---- strings ---- */

static UChar32 latin(fuzzer *f)
{
    static const UChar32 LETTERS[] = {'a', 'e',  'i',  'o',  'u',   'y',   'A',   'E',  'O',
                                      'U', 0xE2, 0xEA, 0xF4, 0x103, 0x1A1, 0x1B0, 0x111};
    uint64_t x = next(f);
    if (x % 4 != 0)
        return LETTERS[(x >> 8) % TT_COUNT(LETTERS)];
    return x % 8 != 0 ? between(f, 'A', 'z') : x % 16 != 0 ? between(f, 0xC0, 0x24F) : between(f, 0x1E00, 0x1EFF);
}

static UChar32 mark(fuzzer *f)
{
    static const UChar32 MARKS[] = {0x300, 0x301, 0x302, 0x303, 0x306, 0x309, 0x31B, 0x323,
                                    0x304, 0x307, 0x308, 0x30A, 0x30C, 0x327, 0x328};
    uint64_t x = next(f);
    return x % 8 != 0 ? MARKS[(x >> 8) % TT_COUNT(MARKS)] : between(f, 0x300, 0x36F);
}

static UChar32 any(fuzzer *f)
{
    static const UChar32 RANGES[][2] = {{' ', '~'},         {0x80, 0x24F},      {0x370, 0x52F},     {0x900, 0xDFF},
                                        {0x1100, 0x11FF},   {0x1E00, 0x1FFF},   {0x2000, 0x2BFF},   {0x3000, 0x33FF},
                                        {0xAC00, 0xD7A3},   {0xF900, 0xFFFD},   {0x11000, 0x119FF}, {0x1D100, 0x1D1FF},
                                        {0x1F000, 0x1FAFF}, {0x2F800, 0x2FA1F}, {0x80, 0x10FFFF}};
    const UChar32 *range = RANGES[next(f) % TT_COUNT(RANGES)];
    UChar32 cp = between(f, range[0], range[1]);
    return U_IS_SURROGATE(cp) ? 0xD7FF : cp;
}

static UChar32 special(fuzzer *f)
{
    const point_list *list = &f->special[next(f) % 2];
    return list->at[next(f) % list->len];
}

/* A few code points that belong together. */
static size_t cluster(fuzzer *f, UChar32 *out)
{
    size_t len = 1, marks = next(f) % 4;
    switch (next(f) % 8) {
    case 0: out[0] = any(f); break;
    case 1: out[0] = special(f); break;
    case 2: /* Hangul, in pieces or half */
        out[0] = next(f) % 2 != 0 ? between(f, 0x1100, 0x1113) : between(f, 0xAC00, 0xAC40);
        out[len++] = between(f, 0x1160, 0x1176);
        out[len++] = between(f, 0x11A6, 0x11C4);
        break;
    case 3: out[0] = between(f, ' ', '~'); break;
    case 4: /* marks of all kinds */
        out[0] = next(f) % 2 != 0 ? latin(f) : any(f);
        for (size_t i = 0; i < marks; i++)
            out[len++] = special(f);
        break;
    default:
        out[0] = latin(f);
        for (size_t i = 0; i < marks; i++)
            out[len++] = mark(f);
    }
    return len;
}

/* Mostly short, now and then of several steps; now and then with a letter that has hundreds of marks. */
static size_t make_string(fuzzer *f)
{
    enum { CLUSTER_MAX = 8 };
    UChar32 piece[CLUSTER_MAX];
    uint64_t x = next(f);
    size_t want = x % 64 == 0 ? (x >> 8) % (POINTS_MAX - CLUSTER_MAX) : (x >> 8) % 24, len = 0, points = 0;
    size_t pad = x % 16 == 1 ? (x >> 32) % 80 : x % 16 == 2 ? TT_CP_STEP - 1 - (x >> 32) % 24 : 0; /* to where a step ends */
    want += pad;
    for (; points < pad && points < want; points++)
        f->raw[len++] = 'x';
    while (points < want) {
        bool endless = x % 64 == 0 && next(f) % 32 == 0;
        size_t size = cluster(f, piece), times = endless ? 400 : 1;
        for (size_t time = 0; time < times && points + size <= want; time++, points += size)
            for (size_t i = 0; i < size; i++)
                U8_APPEND_UNSAFE((uint8_t *)f->raw, len, endless ? (i % 2 != 0 ? special(f) : mark(f)) : piece[i]);
        if (points + size > want)
            break;
    }
    return len;
}

/* ---- checks ---- */

static size_t icu_form(fuzzer *f, tt_str raw, tt_form form)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t len = 0;
    u_strFromUTF8(f->utf16, RAW_MAX, &len, raw.ptr, (int32_t)raw.len, &code);
    len = unorm2_normalize(f->forms[form], f->utf16, len, f->made16, MADE_MAX, &code);
    u_strToUTF8(f->made, MADE_MAX, &len, f->made16, len, &code);
    if (U_FAILURE(code))
        die(u_errorName(code), raw.ptr, raw.len);
    return (size_t)len;
}

static bool are_runs_good(tt_str raw, tt_str view, tt_align align)
{
    const tt_align_run *run = align.runs, *end = align.runs + align.len;
    bool good = run->norm == 0 && run->raw == 0 && end->norm == view.len && end->raw == raw.len;
    for (; run < end && good; run++) {
        tt_str was = {raw.ptr + run->raw, run[1].raw - run->raw}, is = {view.ptr + run->norm, run[1].norm - run->norm};
        good = run[1].raw > run->raw && run[1].norm > run->norm && tt_str_eq(was, is) != run->changed;
    }
    return good;
}

/* One form by one way to scan, in memory of its own or in the arena. */
static void check_form(fuzzer *f, tt_str raw, tt_form form, const uint64_t *odd, bool in_place)
{
    tt_arena arena = {0};
    tt_edit edit = {.from = raw, .arena = in_place ? &arena : NULL};
    tt_str want = {f->made, icu_form(f, raw, form)}, view = raw;
    tt_align align;
    tt_status status = form == TT_NFC ? tt__nfc_edit(&edit, odd, NULL) : tt__form_edit(&edit, form, NULL);
    bool edited = tt__edit_any(&edit);
    if (status == TT_OK && edited)
        status = tt__edit_end(&view, &align, &arena, &edit);
    if (status != TT_OK)
        die("an error", raw.ptr, raw.len);
    if (!tt_str_eq(view, want))
        die(form == TT_NFC ? "NFC differs" : "NFKC differs", raw.ptr, raw.len);
    if (edited && !are_runs_good(raw, view, align))
        die(form == TT_NFC ? "NFC runs" : "NFKC runs", raw.ptr, raw.len);
    tt__edit_drop(&edit);
    tt_arena_free(&arena);
}

typedef struct {
    size_t stop;
    uint32_t count, marks[STEPS_MAX];
    uint64_t odd[WORDS_MAX];
} answer;

/* The answer that all ways to scan give: whether all is good, and if so all of it. */
static answer scan(tt_str text)
{
    answer first = {.count = 0};
    first.stop = tt__scan_text(&first.count, first.marks, first.odd, tt__scan_portable, text);
    for (int cpu = TT_CPU_SSE2; cpu <= TT_CPU_AVX2; cpu++) {
        tt_scan_steps *steps = tt__scan_of((tt_cpu)cpu);
        answer other = {.count = 0};
        if (steps == NULL)
            continue;
        other.stop = tt__scan_text(&other.count, other.marks, other.odd, steps, text);
        bool good = first.stop == text.len, same = memcmp(&first, &other, sizeof first) == 0;
        if (good ? !same : other.stop == text.len)
            die("scans differ", text.ptr, text.len);
    }
    return first;
}

static size_t first_bad(tt_str text)
{
    int32_t at = 0, start = 0, len = (int32_t)text.len;
    while (start < len) {
        UChar32 cp;
        U8_NEXT((const uint8_t *)text.ptr, at, len, cp);
        if (cp < 0)
            return (size_t)start;
        start = at;
    }
    return text.len;
}

static void check_damaged(fuzzer *f, size_t len)
{
    for (uint64_t times = 1 + next(f) % 2; times > 0 && len > 0; times--)
        f->raw[next(f) % len] = (char)next(f);
    tt_error err;
    tt_str text = {f->raw, len};
    size_t bad = first_bad(text);
    tt_status status = tt_utf8_check(text, &err);
    scan(text);
    if ((status == TT_OK) != (bad == len) || (status != TT_OK && err.pos != bad))
        die("UTF-8 check", text.ptr, text.len);
}

static void find_special(fuzzer *f, tt_form form)
{
    static const UProperty CHECKS[] = {UCHAR_NFC_QUICK_CHECK, UCHAR_NFKC_QUICK_CHECK}; /* ORDER FORM */
    point_list *list = &f->special[form];
    for (UChar32 cp = 0; cp < 0x110000; cp++) {
        if (U_IS_SURROGATE(cp) || (u_getIntPropertyValue(cp, CHECKS[form]) == UNORM_YES && u_getCombiningClass(cp) == 0))
            continue;
        if (tt__grow(&list->at, &list->cap, list->len + 1, sizeof *list->at) != TT_OK)
            die("out of memory", "", 0);
        list->at[list->len++] = cp;
    }
}

static void run(fuzzer *f, unsigned long long count, unsigned long long seed)
{
    size_t bytes = 0;
    for (unsigned long long i = 0; i < count; i++) {
        f->state = tt__pair(seed, i);
        tt_str raw = {f->raw, make_string(f)};
        answer found = scan(raw);
        if (found.stop != raw.len)
            die("good UTF-8 refused", raw.ptr, raw.len);
        check_form(f, raw, TT_NFC, found.odd, i % 2 == 0);
        check_form(f, raw, TT_NFKC, NULL, i % 2 != 0);
        check_damaged(f, raw.len);
        bytes += raw.len;
    }
    printf("fuzz_nfc: %llu strings, %zu bytes, NFC and NFKC as ICU %s; ways to scan up to %s\n", count, bytes, U_ICU_VERSION,
           tt_cpu_path());
}

int main(int argc, char **argv)
{
    UErrorCode code = U_ZERO_ERROR;
    if (argc != 3)
        return fputs("usage: fuzz_nfc COUNT SEED\n", stderr), 2;
    fuzzer *f = tt__calloc(1, sizeof *f);
    if (f == NULL)
        die("out of memory", "", 0);
    f->forms[TT_NFC] = unorm2_getNFCInstance(&code);
    f->forms[TT_NFKC] = unorm2_getNFKCInstance(&code);
    if (U_FAILURE(code))
        die(u_errorName(code), "", 0);
    find_special(f, TT_NFC);
    find_special(f, TT_NFKC);
    run(f, strtoull(argv[1], NULL, 10), strtoull(argv[2], NULL, 10));
    tt__free(f->special[TT_NFC].at);
    tt__free(f->special[TT_NFKC].at);
    tt__free(f);
    return 0;
}
