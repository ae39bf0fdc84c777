/* tt_test.h - a named test a function, a named row a case; the runner is tt_test.c. */
#ifndef TT_TEST_H
#define TT_TEST_H

#include "tintuc/tintuc.h"

#include <stdio.h>
#include <string.h>

typedef struct {
    tt_arena arena; /* freed after each test */
    tt_error err;
    unsigned checks, failures;
} tt_test;

void tt_test_add(const char *name, void (*run)(tt_test *t));
void tt_test_fail(tt_test *t, const char *file, int line, const char *row, const char *format, ...) TT_PRINTF(5, 6);

/* Make an empty folder in TMPDIR, or /tmp, and write its path into out[TT_TEST_FOLDER]; the test removes it. */
enum { TT_TEST_FOLDER = 256 };
void tt_test_folder(tt_test *t, char *out);

#define TT_TEST(name)                                                                                                          \
    static void test_##name(tt_test *t);                                                                                       \
    __attribute__((constructor)) static void add_##name(void)                                                                  \
    {                                                                                                                          \
        tt_test_add(#name, test_##name);                                                                                       \
    }                                                                                                                          \
    static void test_##name(tt_test *t)

#define TT_CHECK(row, condition)                                                                                               \
    do {                                                                                                                       \
        t->checks++;                                                                                                           \
        if (!(condition))                                                                                                      \
            tt_test_fail(t, __FILE__, __LINE__, row, "%s", #condition);                                                        \
    } while (0)
#define TT_CHECK_INT(row, got, want)                                                                                           \
    do {                                                                                                                       \
        long long got_ = (long long)(got), want_ = (long long)(want);                                                          \
        t->checks++;                                                                                                           \
        if (got_ != want_)                                                                                                     \
            tt_test_fail(t, __FILE__, __LINE__, row, "%s is %lld, not %lld", #got, got_, want_);                               \
    } while (0)
#define TT_CHECK_OK(row, call)                                                                                                 \
    do {                                                                                                                       \
        tt_status status_ = (call);                                                                                            \
        t->checks++;                                                                                                           \
        if (status_ != TT_OK)                                                                                                  \
            tt_test_fail(t, __FILE__, __LINE__, row, "%s: %s: %s", #call, tt_status_name(status_), t->err.msg);                \
    } while (0)
/* got is a tt_str, want a C string */
#define TT_CHECK_STR(row, got, want)                                                                                           \
    do {                                                                                                                       \
        tt_str got_ = (got);                                                                                                   \
        t->checks++;                                                                                                           \
        if (!tt_str_eq(got_, tt_str_c(want)))                                                                                  \
            tt_test_fail(t, __FILE__, __LINE__, row, "\"%.*s\", not \"%s\"", (int)got_.len, got_.ptr ? got_.ptr : "", want);   \
    } while (0)

#endif
