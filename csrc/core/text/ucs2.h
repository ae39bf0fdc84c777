/* ucs2.h - UTF-8 of 16-bit code points, and what can be told of a text on the way. */
#ifndef TT_TEXT_UCS2_H
#define TT_TEXT_UCS2_H

#include "base/cpu.h"
#include "tintuc/base.h"

#include <stdint.h>

typedef struct {
    size_t size; /* bytes */
    bool quiet;  /* the steps of TT_PRESET_VIEW but those of syllables keep all of it, and it has no half of a surrogate pair;
                  * false tells nothing */
    bool joined; /* holds "&" */
} tt_ucs2;

enum { TT_UCS2_SLACK = 96 }; /* bytes behind the text that may be written too */

/* Write the UTF-8 at `out`, which has room for 3 * len + TT_UCS2_SLACK bytes. A half of a surrogate pair becomes three bytes
 * that are no UTF-8. */
tt_ucs2 tt__ucs2_encode(char *out, const uint16_t *text, size_t len);
/* Where the first half of a surrogate pair stands; `len` where there is none. */
size_t tt__ucs2_half(const uint16_t *text, size_t len);

/* The ways to encode: to them "&" is quiet. All but `quiet` and `joined` is the same. */
tt_ucs2 tt__ucs2_encode_plain(char *out, const uint16_t *text, size_t len);
#if TT_X86
tt_ucs2 tt__ucs2_encode_avx2(char *out, const uint16_t *text, size_t len);
tt_ucs2 tt__ucs2_encode_avx512(char *out, const uint16_t *text, size_t len);
#endif

#endif
