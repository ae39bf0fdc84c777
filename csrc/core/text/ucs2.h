/* ucs2.h - UTF-8 of 16-bit code points, and what can be told of a text on the way. */
#ifndef TT_TEXT_UCS2_H
#define TT_TEXT_UCS2_H

#include "base/cpu.h"
#include "tintuc/base.h"

#include <stdint.h>

typedef struct {
    size_t size; /* bytes of its UTF-8 */
    bool broken; /* it holds half a surrogate pair, which has none; `size` means nothing then */
    bool quiet;  /* the steps of TT_PRESET_VIEW but those of syllables keep all of it; false tells nothing */
} tt_ucs2;

enum { TT_UCS2_SLACK = 8 }; /* bytes behind the text that are written too */

tt_ucs2 tt__ucs2_measure(const uint16_t *text, size_t len);
/* Write the UTF-8 of a text that is not broken, and at most TT_UCS2_SLACK bytes more. */
void tt__ucs2_encode(char *out, const uint16_t *text, size_t len);

/* The ways to do both; all but `quiet` is the same. The second is of 16 code points at a time, and gives how many it did; its
 * result is for the first to add to. */
tt_ucs2 tt__ucs2_measure_plain(const uint16_t *text, size_t len);
char *tt__ucs2_encode_plain(char *out, const uint16_t *text, size_t len);
#if TT_X86
tt_ucs2 tt__ucs2_measure_avx2(const uint16_t *text, size_t len);
char *tt__ucs2_encode_avx2(char *out, const uint16_t *text, size_t len);
#endif

#endif
