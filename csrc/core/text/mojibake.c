/* mojibake.c - find and mend UTF-8 that was read as windows-1252 or ISO 8859-1 and saved again, once or twice.
 *
 * A sequence is spoilt where the code points, as bytes of windows-1252, are UTF-8 of a character that Vietnamese pages have.
 * Some pairs stand in clean text too: in capitals, a closing quote after Ã is Ò. So a stretch between letters that no such
 * reading can give is mended only if it has a sequence that clean text cannot have, and at least as many sequences as letters
 * that are in none. */
#include "text/mojibake.h"

#include "text/charset.h"
#include "text/letter.h"
#include "text/unit.h"

enum { TWICE = 2 };

/* What stands at a place: a code point that was read, and the bytes of the text it takes. */
typedef struct {
    uint32_t cp, len;
} piece;

/* The byte that a code point came from when it was read as windows-1252 or ISO 8859-1; 0 for none, and for ASCII. */
static uint8_t byte_of(uint32_t cp)
{
    char bytes[2];
    if (cp < 0x80)
        return 0;
    if (cp <= 0xFF)
        return (uint8_t)cp;
    if (cp >= 0x0300 && cp < 0x2000) /* most letters of Vietnamese: nothing there */
        return 0;
    return tt__charset_put(tt__charset_of(TT_WINDOWS_1252), cp, bytes) == 1 ? (uint8_t)bytes[0] : 0;
}

/* Bytes of the sequence that `lead` begins (2-4), or 0. */
static uint32_t length_of(uint8_t lead)
{
    return lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
}

/* Put the bytes of a sequence together; false for overlong forms, surrogates and what is beyond Unicode. */
static bool assemble(uint32_t *cp, const uint8_t bytes[4], uint32_t len)
{
    static const uint32_t LEAST[] = {0, 0, 0x80, 0x800, 0x10000};
    *cp = bytes[0] & (0x7Fu >> len);
    for (uint32_t i = 1; i < len; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return false;
        *cp = *cp << 6 | (bytes[i] & 0x3F);
    }
    return *cp >= LEAST[len] && *cp <= 0x10FFFF && (*cp < 0xD800 || *cp > 0xDFFF);
}

/* The code point at `at`, as it is (level 0), or put together from those of the level below, which are its bytes. */
static bool read_level(piece *out, tt_str text, size_t at, int level)
{
    uint8_t bytes[4];
    uint32_t need = 1;
    piece part;
    out->len = 0;
    if (level == 0) {
        if (at < text.len)
            out->cp = tt__decode(text.ptr + at, &out->len);
        return at < text.len;
    }
    for (uint32_t i = 0; i < need; i++) {
        if (!read_level(&part, text, at + out->len, level - 1) || (bytes[i] = byte_of(part.cp)) == 0)
            return false;
        if (i == 0 && (need = length_of(bytes[0])) == 0)
            return false;
        if (i > 0 && bytes[i] >= 0xC0)
            return false;
        out->len += part.len;
    }
    return assemble(&out->cp, bytes, need);
}

/* Letters and signs of pages in Vietnamese and its neighbours. */
static bool is_plausible(uint32_t cp)
{
    return (cp >= 0xA0 && cp <= 0x024F) || (cp >= 0x0300 && cp <= 0x0323) || cp == 0x031B || (cp >= 0x1EA0 && cp <= 0x1EF9) ||
           (cp >= 0x2000 && cp <= 0x206F) || (cp >= 0x20A0 && cp <= 0x20BF) || (cp >= 0x2100 && cp <= 0x27BF) || cp == 0xFEFF ||
           (cp >= 0x1F300 && cp <= 0x1FAFF);
}

/* Does the code point follow letters in clean text? */
static bool may_follow(uint32_t cp)
{
    return cp == 0xA0 || cp == 0xA9 || cp == 0xAB || cp == 0xAD || cp == 0xAE || cp == 0xB0 || cp == 0xB7 || cp == 0xBB ||
           (cp >= 0x2013 && cp <= 0x201E) || cp == 0x2022 || cp == 0x2026 || cp == 0x203A || cp == 0x2122;
}

/* A spoilt sequence. */
typedef struct {
    piece is; /* what it should be */
    int level;
    bool sure; /* clean text does not have it */
} sequence;

/* Soon says no: Â to ô stand for the bytes that begin sequences, and a sign or capital of windows-1252 comes after them. */
static bool may_begin(tt_str text, size_t at)
{
    if ((unsigned char)text.ptr[at] != 0xC3 || at + 2 >= text.len)
        return false;
    unsigned char next = (unsigned char)text.ptr[at + 2];
    return next == 0xC2 || next == 0xC5 || next == 0xC6 || next == 0xCB || next == 0xE2;
}

static bool find_sequence(sequence *out, tt_str text, size_t at)
{
    piece once;
    *out = (sequence){.level = 0};
    if (!may_begin(text, at))
        return false;
    if (!read_level(&once, text, at, 1))
        return false;
    if (read_level(&out->is, text, at, TWICE) && is_plausible(out->is.cp)) {
        out->level = TWICE;
        out->sure = true;
        return true;
    }
    if (!is_plausible(once.cp))
        return false;
    out->is = once;
    out->level = 1;
    uint32_t step;
    tt__decode(text.ptr + at, &step);
    for (size_t i = at + step; i < at + once.len; i += step)
        out->sure |= !may_follow(tt__decode(text.ptr + i, &step));
    return true;
}

/* A stretch of the text up to a code point that no reading as windows-1252 gives, and what is in it. */
typedef struct {
    size_t end;
    size_t count, twice, sure;
    size_t others; /* letters that are not ASCII and in no sequence */
} stretch;

static bool is_letter(uint32_t cp)
{
    return cp >= 0xC0 && cp != 0xD7 && cp != 0xF7;
}

static stretch look(tt_str text, size_t at)
{
    stretch s = {.end = at};
    sequence found;
    uint32_t step;
    while (s.end < text.len) {
        if ((unsigned char)text.ptr[s.end] < 0x80) {
            s.end++;
        } else if (find_sequence(&found, text, s.end)) {
            s.count++;
            s.twice += found.level == TWICE;
            s.sure += found.sure;
            s.end += found.is.len;
        } else {
            uint32_t cp = tt__decode(text.ptr + s.end, &step);
            if (byte_of(cp) == 0)
                break;
            s.others += is_letter(cp);
            s.end += step;
        }
    }
    return s;
}

static bool is_spoilt(const stretch *s)
{
    return s->sure != 0 && s->count >= s->others;
}

/* Step over the code points that end stretches; *letters counts them. */
static size_t skip_clean(tt_str text, size_t at, size_t *letters)
{
    uint32_t step;
    for (; at < text.len && (text.ptr[at] & 0x80); at += step, ++*letters)
        if (byte_of(tt__decode(text.ptr + at, &step)) != 0)
            break;
    return at;
}

void tt_mojibake_find(tt_mojibake *out, tt_str text)
{
    size_t clean = 0, sure = 0;
    *out = (tt_mojibake){.count = 0};
    for (size_t at = 0; at < text.len; at = skip_clean(text, at, &clean)) {
        stretch s = look(text, at);
        at = s.end;
        clean += s.others;
        if (!is_spoilt(&s))
            continue;
        out->count += s.count;
        out->twice += s.twice;
        sure += s.sure;
    }
    if (out->count == 0)
        return;
    out->share = (double)out->count / (double)(out->count + clean);
    out->confidence = (double)sure / ((double)sure + 0.5);
}

/* Mend [at, end), whose sequences are known to be spoilt. */
static tt_status mend(tt_edit *edit, size_t at, size_t end)
{
    tt_str text = edit->from;
    sequence found;
    char utf8[4];
    while (at < end) {
        if ((unsigned char)text.ptr[at] < 0x80) {
            at++;
            continue;
        }
        if (!find_sequence(&found, text, at)) {
            uint32_t step;
            tt__decode(text.ptr + at, &step);
            at += step;
            continue;
        }
        size_t len = tt__put_utf8(utf8, found.is.cp);
        if (tt__edit_put(edit, at, at + found.is.len, utf8, len) != TT_OK)
            return TT_ENOMEM;
        at += found.is.len;
    }
    return TT_OK;
}

tt_status tt__mojibake_edit(tt_edit *edit, uint32_t *count)
{
    size_t clean = 0;
    for (size_t at = 0; at < edit->from.len; at = skip_clean(edit->from, at, &clean)) {
        stretch s = look(edit->from, at);
        if (is_spoilt(&s)) {
            *count += (unsigned)s.count;
            if (mend(edit, at, s.end) != TT_OK)
                return TT_ENOMEM;
        }
        at = s.end;
    }
    return TT_OK;
}
