/* syllable.h - could these letters be one Vietnamese syllable? */
#ifndef TT_TEXT_SYLLABLE_H
#define TT_TEXT_SYLLABLE_H

#include "tintuc/base.h"

/* `letters`: small letters without tones (code points), as tt__char_of gives them. */
bool tt__is_syllable(const uint16_t *letters, size_t len);

#endif
