/* fuzz_scan.c - the ways to scan bytes, one for each kind of processor, give the same answers as each other and as a plain
 * reading.
 *
 * The first byte says how often the rest is repeated, so that all of a block's places are met. */
#include "fuzz.h"

#include "text/scan.h"

enum { REPEAT_MAX = 8, ROOM = 1 << 12, WORDS = ROOM / TT_CP_STEP / 64 + 2 };

typedef struct {
    size_t stop;
    uint32_t count, marks[ROOM / TT_CP_STEP + 2];
    uint64_t odd[WORDS];
} answer;

static void check_good(const answer *got, tt_str text)
{
    uint32_t count = 0;
    FUZZ_CHECK(got->stop == text.len);
    for (size_t i = 0; i < text.len; i++) {
        FUZZ_CHECK(i % TT_CP_STEP != 0 || got->marks[i / TT_CP_STEP] == count);
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    }
    FUZZ_CHECK(got->count == count);
}

static void check_scans(tt_str text)
{
    static answer first, got; /* too large for a stack */
    tt_error err;
    bool good = tt_utf8_check(text, &err) == TT_OK;
    for (int cpu = TT_CPU_PORTABLE; cpu <= TT_CPU_AVX2; cpu++) {
        tt_scan_steps *steps = tt__scan_of((tt_cpu)cpu);
        if (steps == NULL)
            continue;
        memset(&got, 0, sizeof got);
        got.stop = tt__scan_text(&got.count, got.marks, got.odd, steps, text);
        if (good)
            check_good(&got, text);
        else
            FUZZ_CHECK(got.stop <= err.pos && err.pos - got.stop < TT_CP_STEP + 4 &&
                       (got.stop == 0 || fuzz_is_border(text, got.stop)));
        if (cpu == TT_CPU_PORTABLE)
            first = got;
        else if (good)
            FUZZ_CHECK(memcmp(&got, &first, sizeof got) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tt_str rest = {(const char *)data, size}, text;
    size_t times = 1 + fuzz_choice(&rest, 1) % REPEAT_MAX;
    tt_buf bytes = {NULL, 0, 0};
    for (size_t i = 0; i < times && bytes.len + rest.len <= ROOM; i++)
        FUZZ_CHECK(tt_buf_add(&bytes, rest.ptr, rest.len) == TT_OK);
    text = (tt_str){bytes.ptr, bytes.len};
    char *copy = fuzz_copy(text);
    check_scans((tt_str){copy, text.len});
    free(copy);
    copy = fuzz_text(&text, text);
    if (text.len <= ROOM)
        check_scans(text);
    free(copy);
    tt_buf_free(&bytes);
    return 0;
}
