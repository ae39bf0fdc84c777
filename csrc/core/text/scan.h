/* scan.h - one pass over bytes that answers three questions: are they UTF-8, may anything in them not be NFC, and how many
 * code points stand before every TT_CP_STEP bytes. Written three times, with the same answers. */
#ifndef TT_TEXT_SCAN_H
#define TT_TEXT_SCAN_H

#include "base/cpu.h"
#include "tintuc/text.h"

/* A code point is settled when NFC keeps it and it never joins to what stands before. Settled for sure are U+0000-U+02FF,
 * U+1E00-U+1EFF, U+2002-U+20BF and U+4000-U+9FFF; here all others count as unsettled, and so does what has the bytes 80 80 or
 * 80 81 in it. */
typedef struct {
    uint32_t *marks; /* where the count before each step goes, or NULL */
    uint64_t *odd;   /* where the bit of each step goes that has something unsettled, or NULL; cleared before */
    size_t step;     /* steps passed */
    uint32_t count;  /* code points passed: bytes that begin one */
} tt_scan;

/* Pass `steps` times TT_CP_STEP bytes from `at`; the TT_SCAN_BEFORE bytes before are readable and were looked at (at the
 * beginning of a text they are zeros). Gives how many were passed: it stops before a step that is not UTF-8, for which the last
 * sequence of the step before may be the cause. A sequence that is unfinished at the end is not bad yet; what is unsettled may
 * have its first byte in the step before the one with the bit. */
typedef size_t tt_scan_steps(tt_scan *self, const unsigned char *at, size_t steps);
enum { TT_SCAN_BEFORE = 16 };

size_t tt__scan_portable(tt_scan *self, const unsigned char *at, size_t steps);
#if TT_X86
size_t tt__scan_sse2(tt_scan *self, const unsigned char *at, size_t steps);
size_t tt__scan_avx2(tt_scan *self, const unsigned char *at, size_t steps);
#endif

/* The scan of one way, NULL where this processor has it not. */
tt_scan_steps *tt__scan_of(tt_cpu cpu);

/* Note that a step was passed. */
static inline void tt__scan_note(tt_scan *self, uint32_t count, bool odd)
{
    if (self->marks != NULL)
        self->marks[self->step] = self->count;
    if (self->odd != NULL)
        self->odd[self->step / 64] |= (uint64_t)odd << self->step % 64;
    self->step++;
    self->count += count;
}

/* Steps of a text, and so marks; words of bits. */
#define TT_SCAN_STEPS(len) ((len) / TT_CP_STEP + 1)
#define TT_SCAN_WORDS(len) (TT_SCAN_STEPS(len) / 64 + 1)

/* Scan a whole text, which is at most TT_TEXT_MAX bytes. `marks` and `odd` (NULL: not wanted; cleared) have room for
 * TT_SCAN_STEPS and TT_SCAN_WORDS. Gives text.len, or the start of a code point at or a little before the first bad sequence.
 * *count (may be NULL) is the number of code points, if all are good. */
size_t tt__scan_text(uint32_t *count, uint32_t *marks, uint64_t *odd, tt_scan_steps *steps, tt_str text);

/* Bit i: byte i of the TT_SCAN_BLOCK bytes at `at` is at least `lead` (80 or above). Not of a byte CC two bytes after another
 * CC: a mark that follows a mark. */
enum { TT_SCAN_BLOCK = 64 };
uint64_t tt__leads_portable(const unsigned char *at, unsigned char lead);
#if TT_X86
uint64_t tt__leads_sse2(const unsigned char *at, unsigned char lead);
#define TT_LEADS tt__leads_sse2
#else
#define TT_LEADS tt__leads_portable
#endif

/* Bits of steps for NFKC, over valid UTF-8, by the first byte. Settled are ASCII, U+00C0-U+01BF and U+1E00-U+1EFF but for a
 * few, and the dashes and quotes U+2012-U+2016 and U+2018-U+2023. */
void tt__scan_compat(uint64_t *odd, tt_str text);

#endif
