/* syllable.c - an automaton reads the letters of a syllable; its last state knows the parts.
 *
 * The table is written by csrc/data/make_syllables.py from a list of onsets and rimes. Parts are counted from the end, so that
 * syllables with the same rime share their states. */
#include "text/syllable.h"

#include "text/letter.h"

#include "text/syllable_table.inc"

enum { START = 1, TONE_SHIFT = 5, CODE_MASK = (1 << TONE_SHIFT) - 1, OTHER = 30 };

/* Letter code and tone of a code point; 0 for what is no letter. */
static unsigned code_of(uint32_t cp)
{
    if (cp < tt_latin_code_end)
        return tt_latin_codes[cp];
    if (cp >= tt_vietnamese_code_first && cp < tt_vietnamese_code_end)
        return tt_vietnamese_codes[cp - tt_vietnamese_code_first];
    tt_char is = tt__char_of(cp);
    return is.letter || is.mark ? OTHER : 0;
}

static tt_syllable parts_of(const tt_syllable_row *row, size_t len)
{
    unsigned rime = (unsigned)len - row->coda - row->nucleus - row->medial;
    return (tt_syllable){
        .onset_end = (uint8_t)(rime + row->shared),
        .medial = (uint8_t)rime,
        .nucleus = (uint8_t)(rime + row->medial),
        .coda = (uint8_t)(len - row->coda),
        .tone_old = (uint8_t)(rime + row->tone_old),
        .tone_new = (uint8_t)(rime + row->tone_new),
        .stop = row->stop != 0,
        .to_y = row->to_y,
        .to_i = row->to_i != 0,
    };
}

/* NULL when the letters are no syllable. */
static const tt_syllable_row *row_of(const uint16_t *letters, size_t len)
{
    unsigned state = START;
    if (len > TT_SYLLABLE_MAX)
        return NULL;
    for (size_t i = 0; i < len; i++)
        state = tt_syllable_next[state][code_of(letters[i]) & CODE_MASK];
    return tt_syllable_row_of[state] != 0 ? &tt_syllable_rows[tt_syllable_row_of[state]] : NULL;
}

bool tt__syllable_parse(tt_syllable *out, const uint16_t *letters, size_t len)
{
    const tt_syllable_row *row = row_of(letters, len);
    if (row != NULL)
        *out = parts_of(row, len);
    return row != NULL;
}

bool tt__is_syllable(const uint16_t *letters, size_t len)
{
    return row_of(letters, len) != NULL;
}

bool tt__is_toned_syllable(const uint16_t *letters, size_t len, unsigned tone)
{
    const tt_syllable_row *row = row_of(letters, len);
    return row != NULL && (!row->stop || tone >= 4);
}

const char *tt__word_start(const char *begin, const char *at)
{
    for (size_t letters = 0; at > begin && letters <= TT_SYLLABLE_MAX; letters++) {
        const char *before = at;
        uint32_t len;
        while (tt__is_tail(*--before))
            ;
        if (code_of(tt__decode(before, &len)) == 0)
            break;
        at = before;
    }
    return at;
}

void tt__syllable_look(tt_syllable_look *out, const char **at, const char *end)
{
    const unsigned horn_o = code_of(0x01A1), horn_u = code_of(0x01B0);
    unsigned state = START, horned = 0;
    uint32_t len = 0, tones = 0, toned = 0, bytes;
    for (; *at < end; *at += bytes, len++) {
        unsigned packed = code_of(tt__decode(*at, &bytes)), code = packed & CODE_MASK;
        if (packed == 0)
            break;
        state = tt_syllable_next[state][code];
        horned |= (code == horn_o) | (code == horn_u);
        tones += packed > CODE_MASK;
        toned = packed > CODE_MASK ? len : toned;
    }
    unsigned row = tt_syllable_row_of[state];
    *out = (tt_syllable_look){row != 0 ? &tt_syllable_rows[row] : NULL, len, tones, toned, horned != 0};
}

bool tt_syllable_read(tt_syllable *out, tt_str word)
{
    uint16_t letters[TT_SYLLABLE_MAX];
    size_t len = 0;
    uint32_t bytes;
    unsigned tone = 0;
    if (tt_utf8_check(word, NULL) != TT_OK)
        return false;
    for (size_t at = 0; at < word.len; at += bytes, len++) {
        tt_char is = tt__char_of(tt__decode(word.ptr + at, &bytes));
        if (len == TT_SYLLABLE_MAX || !is.letter || is.small > UINT16_MAX || (is.tone != 0 && tone != 0))
            return false;
        letters[len] = (uint16_t)is.small;
        tone |= is.tone;
    }
    if (!tt__syllable_parse(out, letters, len) || (out->stop && tone < 4))
        return false;
    out->tone = (uint8_t)tone;
    return true;
}

uint16_t tt__toned_letter(uint32_t small, bool upper, unsigned tone)
{
    return tone < 6 ? tt_toned_letters[code_of(small) & CODE_MASK][upper][tone] : 0;
}
