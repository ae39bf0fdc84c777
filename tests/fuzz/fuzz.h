/* fuzz.h - what the fuzz targets share: a check that ends the process, and the input cut into choices and text.
 *
 * A target is a file fuzz_NAME.c with LLVMFuzzerTestOneInput, for libFuzzer (`make -C csrc fuzz-NAME`) or for replay_main.c. */
#ifndef TT_FUZZ_H
#define TT_FUZZ_H

#include "tintuc/tintuc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Not an assert: it holds in every build. */
#define FUZZ_CHECK(condition)                                                                                                  \
    do {                                                                                                                       \
        if (!(condition)) {                                                                                                    \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);                                            \
            abort();                                                                                                           \
        }                                                                                                                      \
    } while (0)

/* The first bytes of the input as a number, little-endian, zeros beyond its end; *rest is what follows. */
static inline uint32_t fuzz_choice(tt_str *rest, size_t bytes)
{
    uint32_t choice = 0;
    for (size_t i = 0; i < bytes && rest->len != 0; i++, rest->ptr++, rest->len--)
        choice |= (uint32_t)(unsigned char)*rest->ptr << 8 * i;
    return choice;
}

/* A copy of just the input's length, so that no byte behind it can be read unnoticed; NULL for no bytes, as an empty tt_str may
 * have it. The caller frees it. */
static inline char *fuzz_copy(tt_str bytes)
{
    char *copy = bytes.len != 0 ? malloc(bytes.len) : NULL;
    FUZZ_CHECK(copy != NULL || bytes.len == 0);
    if (copy != NULL)
        memcpy(copy, bytes.ptr, bytes.len);
    return copy;
}

/* The same as valid UTF-8. */
static inline char *fuzz_text(tt_str *out, tt_str bytes)
{
    tt_arena arena = {0};
    FUZZ_CHECK(tt_utf8_repair(out, NULL, &arena, bytes, NULL) == TT_OK);
    char *copy = fuzz_copy(*out);
    out->ptr = copy;
    tt_arena_free(&arena);
    return copy;
}

static inline bool fuzz_is_border(tt_str text, size_t at)
{
    return at <= text.len && (at == text.len || ((unsigned char)text.ptr[at] & 0xC0) != 0x80);
}

/* The runs cover both texts without a gap, none is empty but where a whole side is, and all begin at code points; where `same`,
 * what is not changed is the same on both sides. */
static inline void fuzz_check_runs(const tt_align *align, tt_str raw, tt_str norm, bool same)
{
    const tt_align_run *end = align->runs + align->len;
    FUZZ_CHECK(align->len != 0 && align->runs->raw == 0 && align->runs->norm == 0);
    FUZZ_CHECK(end->raw == raw.len && end->norm == norm.len);
    for (const tt_align_run *run = align->runs; run < end; run++) {
        FUZZ_CHECK(run[1].raw > run->raw || raw.len == 0);
        FUZZ_CHECK(run[1].norm > run->norm || norm.len == 0);
        FUZZ_CHECK(fuzz_is_border(norm, run->norm) && (!same || fuzz_is_border(raw, run->raw)));
        if (run->changed)
            continue;
        uint32_t len = run[1].norm - run->norm;
        FUZZ_CHECK((uint32_t)(run[1].raw - run->raw) == len &&
                   (len == 0 || memcmp(raw.ptr + run->raw, norm.ptr + run->norm, len) == 0));
    }
}

#endif
