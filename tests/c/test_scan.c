/* test_scan.c - the ways to scan a text give the same answers, which are those of a slow and plain reading with ICU's macros.
 */
#include "base/alloc.h"
#include "base/hash.h"
#include "text/scan.h"
#include "tt_test.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf8.h>

enum { ROOM = 2048, STEPS_MAX = ROOM / TT_CP_STEP + 1 };
static const char *const NAMES[] = {"portable", "sse2", "avx2", "avx512"}; /* ORDER CPU */

typedef struct {
    size_t stop;
    uint32_t count, marks[STEPS_MAX];
    uint64_t odd[2];
} answer;

static bool is_settled(UChar32 cp)
{
    return cp < 0x300 || (cp >= 0x1E00 && cp < 0x1F00) || (cp >= 0x2002 && cp < 0x20C0) || (cp >= 0x4000 && cp < 0xA000);
}

/* Does byte i of a code point tell that it is unsettled? */
static bool tells(const unsigned char *at, int32_t i, UChar32 cp)
{
    return (i == 1 && !is_settled(cp) && cp != 0x2000 && cp != 0x2001) ||
           (i >= 2 && at[i - 1] == 0x80 && (at[i] & 0xFE) == 0x80);
}

static void read_plainly(answer *out, const unsigned char *text, size_t size)
{
    int32_t at = 0, len = (int32_t)size, start;
    *out = (answer){.stop = size};
    for (; at < len; out->count++) {
        UChar32 cp;
        start = at;
        U8_NEXT(text, at, len, cp);
        if (cp < 0) {
            out->stop = (size_t)start;
            return;
        }
        for (int32_t i = 1; i < at - start; i++)
            if (tells(text + start, i, cp))
                out->odd[0] |= (uint64_t)1 << (uint32_t)(start + i) / TT_CP_STEP;
        for (uint32_t i = (uint32_t)start + 1; i <= (uint32_t)at; i++)
            if (i % TT_CP_STEP == 0)
                out->marks[i / TT_CP_STEP] = out->count + 1;
    }
}

static void check_scans(tt_test *t, const unsigned char *text, size_t len)
{
    answer want;
    read_plainly(&want, text, len);
    for (int cpu = TT_CPU_PORTABLE; cpu <= TT_CPU_AVX2; cpu++) {
        tt_scan_steps *steps = tt__scan_of((tt_cpu)cpu);
        if (steps == NULL)
            continue;
        answer got = {.count = 0};
        got.stop = tt__scan_text(&got.count, got.marks, got.odd, steps, (tt_str){(const char *)text, len});
        if (want.stop < len) {
            bool near = got.stop <= want.stop && want.stop - got.stop < TT_CP_STEP + 4;
            TT_CHECK(NAMES[cpu], near && (got.stop == 0 || !U8_IS_TRAIL(text[got.stop])));
            continue;
        }
        TT_CHECK_INT(NAMES[cpu], got.stop, len);
        TT_CHECK_INT(NAMES[cpu], got.count, want.count);
        TT_CHECK_INT(NAMES[cpu], got.odd[0], want.odd[0]);
        TT_CHECK(NAMES[cpu], memcmp(got.marks, want.marks, sizeof want.marks) == 0);
    }
}

/* A copy at every offset from an aligned address, ending where the allocation ends, so that a read beyond it is seen. */
static void check_copy(tt_test *t, const char *text, size_t len, size_t offset)
{
    unsigned char *exact = tt__malloc(offset + len);
    memcpy(exact + offset, text, len);
    check_scans(t, exact + offset, len);
    tt__free(exact);
}

/* `kind` tells from which pieces: ASCII, Vietnamese, settled, anything. */
static size_t random_text(char *out, size_t want, uint64_t *state, int kind)
{
    static const char *const PIECES[] = {
        "a",      " ",      "đ",      "ế",      "ư",      "Ỹ",      "“",      "…",      "₫",          "漢",        "\u2002",
        "\u20BF", "\u4000", "\u9FFF", "\u02FF", "\u1E00", "\u1EFF", "\u4001", "\u0301", "\u2000",     "\u2001",    "한",
        "😀",     "\u0300", "\uFFFF", "\u1DFF", "\u1F00", "\u20C0", "\u0800", "\uD7FF", "\U00010000", "\U0010FFFF"};
    static const size_t KINDS[] = {2, 9, 18, TT_COUNT(PIECES)};
    size_t len = 0;
    while (len < want) {
        *state = tt__mix(*state + 1);
        const char *piece = PIECES[*state % KINDS[kind]];
        size_t size = strlen(piece);
        if (len + size > want)
            piece = "z", size = 1;
        memcpy(out + len, piece, size);
        len += size;
    }
    return len;
}

/* Every length up to three steps, of each kind, at every alignment in turn: as it is, cut, and with bytes changed. */
TT_TEST(scan_random_against_icu)
{
    char text[ROOM];
    uint64_t state = 1;
    for (size_t len = 0; len < 3 * TT_CP_STEP + 70; len++)
        for (int kind = 0; kind < 4; kind++) {
            random_text(text, len, &state, kind);
            check_copy(t, text, len, len % 33);
            state = tt__mix(state + 1);
            if (len == 0)
                continue;
            check_copy(t, text, len - state % len % 4, state % 31);
            for (unsigned change = 0; change <= state % 3; change++)
                text[(state >> (8 * change)) % len] = (char)(state >> (40 + 8 * change));
            check_copy(t, text, len, state % 32);
        }
}

/* One bad or unsettled sequence in good text, at every place around the ends of steps and registers. */
TT_TEST(scan_every_place)
{
    static const char *const ODD[] = {"\x80",
                                      "\xC3",
                                      "\xE1\xBA",
                                      "\xF0\x9F\x98",
                                      "\xC0\x80",
                                      "\xE0\x9F\xBF",
                                      "\xED\xA0\x80",
                                      "\xF4\x90\x80\x80",
                                      "\xFF",
                                      "\xF0\x8F\xBF\xBF",
                                      "\xF5\x80\x80\x80",
                                      "\u0301",
                                      "\u2000",
                                      "\u2001",
                                      "\u20C0",
                                      "\u1F00",
                                      "\u1DFF",
                                      "\uFFFD",
                                      "\U0001F600"};
    static const char *const FILLS[] = {"a", "ê", "ế"};
    char text[ROOM];
    for (size_t i = 0; i < TT_COUNT(ODD); i++)
        for (size_t fill = 0; fill < TT_COUNT(FILLS); fill++)
            for (size_t lead = 0; lead < 2 * TT_CP_STEP + 40; lead += lead < 60 || lead % TT_CP_STEP > 200 ? 1 : 7) {
                size_t size = strlen(FILLS[fill]), len = lead % size, odd = strlen(ODD[i]);
                memset(text, '.', len);
                for (; len < lead; len += size)
                    memcpy(text + len, FILLS[fill], size);
                memcpy(text + len, ODD[i], odd);
                len += odd;
                check_copy(t, text, len, lead % 32); /* at the end of the text */
                for (int tail = 0; tail < 100; tail++, len += size)
                    memcpy(text + len, FILLS[fill], size);
                check_copy(t, text, len, lead % 31);
            }
}

/* All two bytes and, after each lead, all third bytes that tell: at the end of a register and in the middle. */
TT_TEST(scan_all_pairs)
{
    static const unsigned char THIRDS[] = {'a', 0x80, 0x81, 0x82, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC3};
    unsigned char text[TT_CP_STEP];
    for (int first = 0x7F; first < 0x100; first++)
        for (int second = 0x7F; second < 0x100; second++)
            for (size_t third = 0; third < TT_COUNT(THIRDS); third++) {
                size_t at = (size_t)(first + second + (int)third) % 2 == 0 ? 29 : 40;
                memset(text, 'x', sizeof text);
                text[at] = (unsigned char)first;
                text[at + 1] = (unsigned char)second;
                text[at + 2] = THIRDS[third];
                text[at + 3] = third % 2 != 0 ? 0x80 : 'x';
                check_scans(t, text, 64);
            }
}

/* What counts as settled is NFC and joins to nothing, says ICU. */
TT_TEST(scan_settled_is_nfc)
{
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&code);
    size_t wrong = 0, settled = 0;
    for (UChar32 cp = 0; cp < 0x110000; cp++) {
        if (!is_settled(cp))
            continue;
        settled++;
        wrong += unorm2_getCombiningClass(nfc, cp) != 0 || u_getIntPropertyValue(cp, UCHAR_NFC_QUICK_CHECK) != UNORM_YES;
    }
    TT_CHECK("some", settled > 25000);
    TT_CHECK_INT("not NFC", wrong, 0);
}

TT_TEST(scan_ways)
{
    tt_cpu cpu = tt__cpu();
    TT_CHECK("the fastest is there", tt__scan_of(cpu) != NULL);
    TT_CHECK("the plain one is there", tt__scan_of(TT_CPU_PORTABLE) == tt__scan_portable);
    TT_CHECK("its name", strcmp(tt_cpu_path(), NAMES[cpu]) == 0);
    TT_CHECK("none beyond it", cpu >= TT_CPU_AVX2 || tt__scan_of(TT_CPU_AVX2) == NULL);
}
