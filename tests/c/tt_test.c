/* tt_test.c - runs every TT_TEST, or those whose name contains the argument; exit status 1 when a check failed. */
#include "tt_test.h"

#include <stdarg.h>
#include <stdlib.h>

enum { MAX_TESTS = 512 };
static struct {
    const char *name;
    void (*run)(tt_test *t);
} tests[MAX_TESTS];
static unsigned test_count;

void tt_test_add(const char *name, void (*run)(tt_test *t))
{
    if (test_count == MAX_TESTS) {
        fputs("tt_test.c: raise MAX_TESTS\n", stderr);
        exit(2);
    }
    tests[test_count].name = name;
    tests[test_count++].run = run;
}

void tt_test_fail(tt_test *t, const char *file, int line, const char *row, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "%s:%d: [%s] ", file, line, row);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    t->failures++;
}

void tt_test_folder(tt_test *t, char *out)
{
    const char *parent = getenv("TMPDIR");
    if (parent == NULL || *parent == '\0' || strlen(parent) > TT_TEST_FOLDER / 2)
        parent = "/tmp";
    snprintf(out, TT_TEST_FOLDER, "%s/tintuc-test-XXXXXX", parent);
    TT_CHECK("temporary folder", mkdtemp(out) != NULL);
}

int main(int argc, char **argv)
{
    unsigned run = 0, checks = 0, failures = 0;
    for (unsigned i = 0; i < test_count; i++) {
        if (argc > 1 && strstr(tests[i].name, argv[1]) == NULL)
            continue;
        tt_test t = {.checks = 0};
        tests[i].run(&t);
        tt_arena_free(&t.arena);
        if (t.failures != 0)
            fprintf(stderr, "FAILED %s (%u of %u checks)\n", tests[i].name, t.failures, t.checks);
        if (t.checks == 0)
            fprintf(stderr, "FAILED %s checks nothing\n", tests[i].name);
        run++;
        checks += t.checks;
        failures += t.failures + (t.checks == 0);
    }
    printf("%u tests, %u checks, %u failures\n", run, checks, failures);
    return failures != 0 || run == 0;
}
