/* detect.c - guess the encoding of bytes: byte order marks and zero bytes, then UTF-8, which nothing else looks like, then VIQR
 * where all is ASCII, then the eight-bit encoding in which the bytes look most like Vietnamese. */
#include "text/charset.h"
#include "text/likeness.h"
#include "text/unit.h"

#include <math.h>
#include <string.h>

enum {
    SAMPLE = 1 << 16,
    PIECE = 1 << 12,  /* after each, the encodings that have fallen behind are dropped */
    BEHIND = 8 * 100, /* eighths of a nat */
};

static const double LEAST = 0.1; /* below that confidence bytes are damaged UTF-8 rather than text in an old encoding */

/* Text of another language looks best in windows-1252, which is never the guess. */
static const struct {
    tt_encoding encoding;
    uint32_t cost; /* eighths of a nat: the rarer ones have to look better */
} CANDIDATES[] = {
    {TT_TCVN3, 0}, {TT_WINDOWS_1258, 0}, {TT_VNI, 0}, {TT_VISCII, 8}, {TT_VPS, 12}, {TT_TCVN_5712_1, 12}, {TT_WINDOWS_1252, 32},
};

static const struct {
    const char *bytes;
    size_t len;
    tt_encoding encoding;
} MARKS[] = {
    {"\xFF\xFE\0\0", 4, TT_UTF_32}, {"\0\0\xFE\xFF", 4, TT_UTF_32}, {"\xEF\xBB\xBF", 3, TT_UTF_8},
    {"\xFF\xFE", 2, TT_UTF_16},     {"\xFE\xFF", 2, TT_UTF_16},
};

static bool by_mark(tt_guess *out, tt_str bytes)
{
    for (size_t i = 0; i < TT_COUNT(MARKS); i++)
        if (bytes.len >= MARKS[i].len && memcmp(bytes.ptr, MARKS[i].bytes, MARKS[i].len) == 0) {
            *out = (tt_guess){MARKS[i].encoding, 1};
            return true;
        }
    return false;
}

/* UTF-16 and UTF-32 without a mark: zeros stand where the high bytes of ASCII are, and hardly elsewhere. */
static bool by_zeros(tt_guess *out, tt_str bytes)
{
    size_t len = (bytes.len < SAMPLE ? bytes.len : SAMPLE) & ~(size_t)3, zeros[4] = {0, 0, 0, 0}, quarter = len / 4;
    if (bytes.len < 4)
        len = bytes.len & ~(size_t)1;
    for (size_t i = 0; i < len; i++)
        zeros[i % 4] += bytes.ptr[i] == '\0';
    size_t even = zeros[0] + zeros[2], odd = zeros[1] + zeros[3], pairs = len / 2;
    if (even + odd == 0)
        return false;
    if (quarter != 0 && zeros[3] == quarter && zeros[2] * 10 >= quarter * 9 && zeros[0] * 10 < quarter)
        *out = (tt_guess){TT_UTF_32LE, 1};
    else if (quarter != 0 && zeros[0] == quarter && zeros[1] * 10 >= quarter * 9 && zeros[3] * 10 < quarter)
        *out = (tt_guess){TT_UTF_32BE, 1};
    else if (odd * 3 >= pairs && even * 20 <= odd)
        *out = (tt_guess){TT_UTF_16LE, 1 - (double)even / (double)odd};
    else if (even * 3 >= pairs && odd * 20 <= even)
        *out = (tt_guess){TT_UTF_16BE, 1 - (double)odd / (double)even};
    else
        return false;
    return true;
}

/* What a byte after the first of a sequence counts: letters and signs of Vietnamese pages speak for UTF-8, those of other
 * scripts less, and scripts that nobody mixes with Vietnamese (VISCII's "ươ" is one letter of N'Ko) not at all. */
static uint32_t weight_of(uint32_t cp)
{
    if ((cp >= 0xA0 && cp <= 0x017F) || (cp >= 0x0300 && cp <= 0x0323) || (cp >= 0x1EA0 && cp <= 0x1EF9) ||
        (cp >= 0x2000 && cp <= 0x27BF) || cp == 0x01A0 || cp == 0x01A1 || cp == 0x01AF || cp == 0x01B0 || cp == 0xFEFF)
        return 2;
    return cp >= 0x0700 && cp <= 0x07FF ? 0 : 1;
}

/* What speaks for UTF-8 and how many parts are ill-formed; a sequence that the end cuts off speaks for it too. */
static void weigh_utf8(uint32_t *with, uint32_t *against, tt_str sample)
{
    tt_reader reader = {.bytes = sample};
    *with = *against = 0;
    while (reader.at < sample.len) {
        size_t at = reader.at;
        uint32_t cp = tt__read_utf8(&reader);
        bool cut = cp == TT_UNIT_BAD && reader.at == sample.len && reader.at - at > 1;
        *with += cut;
        if (cp == TT_UNIT_BAD)
            *against += !cut;
        else if (cp >= 0x80)
            *with += (uint32_t)(reader.at - at - 1) * weight_of(cp);
    }
}

/* Bytes of the next piece: up to the last space of PIECE bytes. */
static size_t piece_of(tt_str rest)
{
    size_t len = rest.len < PIECE ? rest.len : PIECE;
    for (size_t end = len; len < rest.len && end > 0; end--)
        if (rest.ptr[end - 1] == ' ' || rest.ptr[end - 1] == '\n')
            return end;
    return len;
}

/* Read the sample in every encoding as long as it may still be the best; gives the best. */
static size_t read_candidates(tt_likeness found[TT_COUNT(CANDIDATES)], tt_str sample)
{
    size_t best = 0;
    for (size_t i = 0; i < TT_COUNT(CANDIDATES); i++)
        found[i] = (tt_likeness){.cost = CANDIDATES[i].cost};
    for (size_t len; sample.len != 0; sample.ptr += len, sample.len -= len) {
        uint32_t limit = found[best].cost + BEHIND;
        len = piece_of(sample);
        for (size_t i = 0; i < TT_COUNT(CANDIDATES); i++)
            if (found[i].cost > limit)
                found[i].cost = UINT32_MAX; /* out of the race */
            else
                tt__likeness_add(&found[i], (tt_str){sample.ptr, len}, CANDIDATES[i].encoding);
        best = 0;
        for (size_t i = 1; i < TT_COUNT(CANDIDATES); i++)
            if (found[i].cost < found[best].cost)
                best = i;
    }
    return best;
}

/* The eight-bit encoding in which the sample costs least, and how far the others are from that. */
static void by_likeness(tt_guess *out, tt_str sample)
{
    tt_likeness found[TT_COUNT(CANDIDATES)];
    size_t best = read_candidates(found, sample);
    double others = 0, share = found[best].words == 0 ? 0 : (double)found[best].good / found[best].words;
    for (size_t i = 0; i < TT_COUNT(CANDIDATES); i++)
        if (found[i].text != found[best].text)
            others += exp(-(double)(found[i].cost - found[best].cost) / 8);
    *out = (tt_guess){CANDIDATES[best].encoding, share / (1 + others)};
}

/* The sample begins at the start or, where that is all ASCII, at the first byte that is not. */
static tt_str sample_of(tt_str bytes, bool *ascii)
{
    size_t first = 0;
    while (first < bytes.len && !(bytes.ptr[first] & 0x80))
        first++;
    *ascii = first == bytes.len;
    size_t from = *ascii || first < SAMPLE ? 0 : first, left = bytes.len - from;
    return (tt_str){bytes.len == 0 ? NULL : bytes.ptr + from, left < SAMPLE ? left : SAMPLE};
}

void tt_detect(tt_guess *out, tt_str bytes)
{
    bool ascii;
    uint32_t with, against;
    if (by_mark(out, bytes) || by_zeros(out, bytes))
        return;
    tt_str sample = sample_of(bytes, &ascii);
    *out = (tt_guess){TT_UTF_8, 1};
    if (ascii) {
        double viqr = tt__likeness_viqr(sample);
        if (viqr > 0)
            *out = (tt_guess){TT_VIQR, viqr};
        return;
    }
    weigh_utf8(&with, &against, sample);
    out->confidence = with / (with + against + 0.1);
    if (with >= 3 * against + 1)
        return;
    tt_guess legacy;
    by_likeness(&legacy, sample);
    if (legacy.encoding != TT_WINDOWS_1252 && legacy.confidence >= LEAST && (with <= against || legacy.confidence > 0.5))
        *out = legacy;
}
