/* augment.c - see augment.h; the shares are a first choice, not tuned. */
#include "entity/augment.h"
#include "base/hash.h"
#include "text/letter.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

tt_augment_case tt__augment_draw(uint64_t draw)
{
    unsigned percent = (unsigned)(tt__mix(draw) % 100);
    return percent < 20 ? AUGMENT_SMALL_HEADS : percent < 24 ? AUGMENT_SMALL : percent < 28 ? AUGMENT_CAPITALS : AUGMENT_NONE;
}

void tt__augment_recase(char *bytes, tt_span span, tt_augment_case kind)
{
    for (uint32_t at = span.start, len; at < span.end; at += len) {
        uint32_t cp = tt__decode(bytes + at, &len);
        uint32_t other = (uint32_t)(kind == AUGMENT_CAPITALS ? u_toupper((UChar32)cp) : u_tolower((UChar32)cp));
        char encoded[U8_MAX_LENGTH];
        int32_t size = 0;
        U8_APPEND_UNSAFE(encoded, size, other);
        if ((uint32_t)size == len)
            memcpy(bytes + at, encoded, len);
        if (kind == AUGMENT_SMALL_HEADS)
            return; /* the first letter alone */
    }
}
