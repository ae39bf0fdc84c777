/* viqr.c - VIQR: a vowel is followed by signs for its marks, đ is dd; a backslash takes the meaning from the sign after it.
 *
 * A sign is a mark if and only if it makes a letter of Vietnamese with what stands before it (RFC 1456); so ba? is bả, and a
 * question mark after a is written a\?. \v, \m and \l switch to Vietnamese, English and literal text: the latter two are
 * without mnemonics here. */
#include "text/charset.h"
#include "text/letter.h"
#include "text/unit.h"

#include <string.h>

static const char SHAPES[] = "^(+";  /* ORDER SHAPE, from 1 */
static const char TONES[] = "`?~'."; /* ORDER TONE, from 1 */

/* Put the mark that `sign` stands for on the vowel, if that makes a letter. */
static bool add_mark(tt_vowel *vowel, char sign)
{
    const char *shape = sign == '\0' ? NULL : strchr(SHAPES, sign), *tone = sign == '\0' ? NULL : strchr(TONES, sign);
    tt_vowel marked = *vowel;
    if (shape != NULL && vowel->shape == 0)
        marked.shape = (uint8_t)(shape - SHAPES + 1);
    else if (tone != NULL && vowel->tone == 0)
        marked.tone = (uint8_t)(tone - TONES + 1);
    else
        return false;
    if (tt__vowel_code(marked) == 0)
        return false;
    *vowel = marked;
    return true;
}

static bool is_d(char c)
{
    return c == 'd' || c == 'D';
}

static bool is_sign(char c)
{
    switch (c) {
    case '^':
    case '(':
    case '+':
    case '`':
    case '?':
    case '~':
    case '\'':
    case '.': return true;
    default: return is_d(c);
    }
}

/* The letter that begins at `at`, with its signs; `at` moves behind it. */
static uint32_t letter(tt_reader *self)
{
    tt_str b = self->bytes;
    char c = b.ptr[self->at++];
    tt_vowel vowel;
    if (self->at == b.len || !is_sign(b.ptr[self->at]))
        return (unsigned char)c;
    if (is_d(c) && is_d(b.ptr[self->at])) {
        self->at++;
        return c == 'd' ? 0x0111 : 0x0110;
    }
    if (!tt__vowel_of(&vowel, (unsigned char)c))
        return (unsigned char)c;
    while (self->at < b.len && add_mark(&vowel, b.ptr[self->at]))
        self->at++;
    return tt__vowel_code(vowel);
}

/* After a backslash: a switch, or the next character as it is; a vowel or d may still take signs. */
static uint32_t escaped(tt_reader *self)
{
    char c = self->bytes.ptr[self->at];
    if (c == '\0' || strchr("vVmMlL", c) == NULL)
        return self->literal || (c & 0x80) ? '\\' : letter(self);
    self->at++;
    self->literal = c != 'v' && c != 'V';
    return TT_UNIT_NONE;
}

uint32_t tt__read_viqr(tt_reader *self)
{
    char c = self->bytes.ptr[self->at];
    if (c == '\\' && self->at + 1 < self->bytes.len) {
        self->at++;
        return escaped(self);
    }
    if (!(c & 0x80) && !self->literal)
        return letter(self);
    self->at++;
    return c & 0x80 ? TT_UNIT_BAD : (unsigned char)c;
}

/* What the next sign could be a mark of. */
typedef struct {
    tt_vowel vowel;
    bool is_vowel, is_d;
} before;

static size_t put_vowel(char *out, tt_vowel vowel)
{
    size_t len = 0;
    out[len++] = "aeiouyAEIOUY"[vowel.base];
    if (vowel.shape != 0)
        out[len++] = SHAPES[vowel.shape - 1];
    if (vowel.tone != 0)
        out[len++] = TONES[vowel.tone - 1];
    return len;
}

/* ASCII, with a backslash where it would be read as a mark, a second d or an escape. */
static size_t put_ascii(char *out, char c, const before *last)
{
    tt_vowel vowel = last->vowel;
    bool escape = c == '\\' || (last->is_vowel && add_mark(&vowel, c)) || (last->is_d && is_d(c));
    out[0] = '\\';
    out[escape] = c;
    return 1 + (size_t)escape;
}

/* đ after d: the first d of it must not go with that. */
static size_t put_stroked(char *out, uint32_t cp, const before *last)
{
    char d = cp == 0x0111 ? 'd' : 'D';
    out[0] = '\\';
    out[last->is_d] = d;
    out[last->is_d + 1] = d;
    return 2 + (size_t)last->is_d;
}

bool tt__write_viqr(size_t *len, char *out, tt_str text, size_t *at)
{
    before last = {.is_vowel = false};
    uint32_t step;
    *len = 0;
    for (*at = 0; *at < text.len; *at += step) {
        uint32_t cp = tt__decode(text.ptr + *at, &step);
        before now = {.is_d = cp == 'd' || cp == 'D'};
        now.is_vowel = tt__vowel_of(&now.vowel, cp);
        if (cp < 0x80)
            *len += put_ascii(out + *len, (char)cp, &last);
        else if (now.is_vowel)
            *len += put_vowel(out + *len, now.vowel);
        else if (cp == 0x0111 || cp == 0x0110)
            *len += put_stroked(out + *len, cp, &last);
        else
            return false;
        last = now;
    }
    return true;
}
