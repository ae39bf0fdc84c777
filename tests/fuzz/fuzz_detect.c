/* fuzz_detect.c - a guess for any bytes. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tt_str rest = {(const char *)data, size};
    char *copy = fuzz_copy(rest);
    tt_guess guess;
    tt_detect(&guess, (tt_str){copy, size});
    FUZZ_CHECK(guess.encoding != TT_ENCODING_DETECT && (unsigned)guess.encoding < TT_ENCODING_COUNT);
    FUZZ_CHECK(guess.confidence >= 0 && guess.confidence <= 1);
    free(copy);
    return 0;
}
