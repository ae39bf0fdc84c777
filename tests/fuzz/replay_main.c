/* replay_main.c - run a fuzz target without libFuzzer: over files, or over random inputs that are the same for the same seed.
 *
 * usage: replay_NAME FILE...
 *        replay_NAME -n COUNT [-s SEED]
 *        replay_NAME -l FILE      inputs that longer runs found worth keeping, one a line, in hexadecimal
 *
 * A random input is made of what meets in pages, corpora and JSON, with random bytes between. Before each one is run it is
 * written to the file that FUZZ_LAST names, if that is set: after a crash it is the culprit. */
#include "fuzz.h"

#include "../c/random_input.h"

static void note(const random_maker *m)
{
    const char *path = getenv("FUZZ_LAST");
    FILE *file = path != NULL ? fopen(path, "wb") : NULL;
    if (file == NULL)
        return;
    fwrite(m->bytes, 1, m->len, file);
    fclose(file);
}

static void run_random(unsigned long long count, unsigned long long seed)
{
    static random_maker m;
    size_t bytes = 0;
    for (unsigned long long i = 0; i < count; i++) {
        random_make(&m, seed, i);
        note(&m);
        LLVMFuzzerTestOneInput((const uint8_t *)m.bytes, m.len);
        bytes += m.len;
    }
    printf("%llu inputs, %zu bytes\n", count, bytes);
}

static int run_file(const char *path)
{
    tt_buf bytes = {NULL, 0, 0};
    char part[4096];
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return perror(path), 2;
    for (size_t len; (len = fread(part, 1, sizeof part, file)) != 0;)
        FUZZ_CHECK(tt_buf_add(&bytes, part, len) == TT_OK);
    fclose(file);
    LLVMFuzzerTestOneInput((const uint8_t *)(bytes.ptr != NULL ? bytes.ptr : ""), bytes.len);
    tt_buf_free(&bytes);
    printf("%s: good\n", path);
    return 0;
}

static int digit_of(int c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int run_lines(const char *path)
{
    static random_maker m;
    size_t count = 0;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return perror(path), 2;
    for (int high, low; (high = getc(file)) != EOF;) {
        if (high != '\n') {
            low = getc(file);
            char byte = (char)(digit_of(high) << 4 | digit_of(low));
            FUZZ_CHECK(digit_of(high) >= 0 && digit_of(low) >= 0);
            random_add(&m, &byte, 1);
            continue;
        }
        note(&m);
        LLVMFuzzerTestOneInput((const uint8_t *)m.bytes, m.len);
        m.len = 0;
        count++;
    }
    fclose(file);
    printf("%zu inputs of %s\n", count, path);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "-l") == 0)
        return run_lines(argv[2]);
    unsigned long long count = 0, seed = 1;
    int first = 1, status = 0;
    for (; first + 1 < argc && argv[first][0] == '-'; first += 2) {
        if (strcmp(argv[first], "-n") != 0 && strcmp(argv[first], "-s") != 0)
            break;
        *(argv[first][1] == 'n' ? &count : &seed) = strtoull(argv[first + 1], NULL, 10);
    }
    if (count == 0 && first == argc)
        return fputs("usage: replay_NAME FILE... | -n COUNT [-s SEED] | -l FILE\n", stderr), 2;
    if (count != 0)
        run_random(count, seed);
    for (; first < argc && status == 0; first++)
        status = run_file(argv[first]);
    return status;
}
