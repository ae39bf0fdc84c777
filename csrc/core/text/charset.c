/* charset.c - access to the tables of the eight-bit encodings. They are data (csrc/data/charsets), so that a reader can check
 * them against the standards they come from. */
#include "text/charset.h"

#include <string.h>

#include "text/charset_table.inc"

static const char BASES[] = "aeiouyAEIOUY"; /* ORDER BASE */
enum { BASE_COUNT = 12, SHAPE_COUNT = 4, TONE_COUNT = 6 };

const tt_charset *tt__charset_of(tt_encoding encoding)
{
    switch (encoding) { /* ORDER CHARSET */
    case TT_WINDOWS_1258: return &CHARSETS[0];
    case TT_WINDOWS_1252: return &CHARSETS[1];
    case TT_VISCII: return &CHARSETS[2];
    case TT_TCVN3: return &CHARSETS[3];
    case TT_TCVN_5712_1: return &CHARSETS[4];
    case TT_VNI: return &CHARSETS[5];
    case TT_VPS: return &CHARSETS[6];
    default: return NULL;
    }
}

size_t tt__charset_put(const tt_charset *self, uint32_t cp, char *out)
{
    size_t low = 0, high = self->codes_len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (self->codes[middle].cp < cp)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < self->codes_len && self->codes[low].cp == cp) {
        memcpy(out, self->codes[low].bytes, 2);
        return self->codes[low].len;
    }
    if (cp >= 0x80 || (self->kind[cp] & TT_BYTE_CHANGED))
        return 0;
    *out = (char)cp;
    return 1;
}

uint32_t tt__vowel_code(tt_vowel vowel)
{
    return LETTERS[vowel.base][vowel.shape][vowel.tone];
}

bool tt__vowel_of(tt_vowel *out, uint32_t cp)
{
    if (cp < 0x80) {
        const char *at = cp == 0 ? NULL : strchr(BASES, (int)cp);
        *out = (tt_vowel){at == NULL ? 0 : (uint8_t)(at - BASES), 0, 0};
        return at != NULL;
    }
    for (uint8_t base = 0; base < BASE_COUNT; base++)
        for (uint8_t shape = 0; shape < SHAPE_COUNT; shape++)
            for (uint8_t tone = 0; tone < TONE_COUNT; tone++)
                if (LETTERS[base][shape][tone] == cp) {
                    *out = (tt_vowel){base, shape, tone};
                    return true;
                }
    return false;
}
