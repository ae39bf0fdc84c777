/* joint_word.c - shapes and hashes of single words. Nobody can foretell how many bytes the next letter has, or whether it is a
 * capital, so the usual ones are read without branches. */
#include "page/joint_word.h"

#include "text/syllable.h"

enum {
    WORD_BYTES = 64, /* that count */
    SYLLABLE_BYTES = 24,
    GLYPH_BYTES = 4, /* at most */
};

static const uint32_t HASH_BASIS = 2166136261u, HASH_PRIME = 16777619u;

static bool is_opening(uint32_t cp)
{
    return cp == '"' || cp == 0x201C || cp == 0x2018 || cp == 0xAB || cp == '(';
}

/* May a capital begin at `at`? No byte of a small letter of Vietnamese gets through. */
static bool may_be_capital(const unsigned char *at)
{
    switch (at[0]) {
    case 0xC3: return (at[1] & 0x20) == 0;
    case 0xC4: return at[1] % 2 == 0 || at[1] >= 0xB8;
    case 0xE1: return at[2] % 2 == 0 || at[1] < 0xBA || at[1] > 0xBB;
    default: return at[0] >= 'A' && at[0] <= 'Z';
    }
}

/* May a small letter end with this byte? */
static bool may_be_small(unsigned char byte)
{
    return (byte >= 'a' && byte <= 'z') || byte >= 0x80;
}

bool tt__joint_is_glue(const char *at, const char *p, const char *end)
{
    tt_syllable_look look;
    const char *over = p;
    if (p - at < 2 || !may_be_capital((const unsigned char *)p) || !may_be_small((unsigned char)p[-1]))
        return false;
    tt_glyph g = tt__glyph_at(p, end);
    if (!tt__is_lower(tt__glyph_before(at, p).cp) || !tt__is_upper(g.cp))
        return false;
    for (uint32_t letters = 0; tt__is_letter(g.cp) && over - p < SYLLABLE_BYTES; g = tt__glyph_at(over, end)) {
        if (letters++ > 0 && tt__is_upper(g.cp))
            return false;
        over += g.len;
    }
    if (over - p < 2 || tt__blank_at(over, end) == 0)
        return false;
    tt__syllable_look(&look, &p, over);
    return p == over && look.row != NULL;
}

bool tt__joint_is_brand(const char *at, const char *glue, const char *blank)
{
    tt_syllable_look look;
    while (at < glue && is_opening((unsigned char)*at))
        at++;
    const char *over = at;
    if (*at < 'A' || *at > 'Z')
        return false;
    for (const char *p = at; p < blank; p++)
        if ((unsigned char)*p >= 0x80 || (p > at && p < glue && !(*p >= 'a' && *p <= 'z')))
            return false;
    tt__syllable_look(&look, &over, glue);
    bool twice = blank - glue >= glue - at && memcmp(at, glue, (size_t)(glue - at)) == 0;
    return twice || over != glue || look.row == NULL;
}

/* A code point of at most three bytes, of which three may be read; *len is its bytes. */
static inline uint32_t decode_short(const char *at, uint32_t *len)
{
    const unsigned char *b = (const unsigned char *)at;
    uint32_t wide = b[0] >= 0x80, more = wide + (b[0] >= 0xE0), first = b[0] & (0x7Fu >> (more + wide));
    *len = 1 + more;
    return (first << 12 | (b[1] & 0x3Fu) << 6 | (b[2] & 0x3Fu)) >> (12 - 6 * more);
}

/* Does a code point of four bytes begin so? */
static bool is_long(char lead)
{
    return (unsigned char)lead >= 0xF0;
}

/* By the rows of its first letter and the next one, `more` where there is one. */
static inline tt_joint_shape shape_of(uint32_t first, unsigned kind, unsigned next, bool more)
{
    bool small = more && (next & TT_GLYPH_LOWER) != 0;
    uint32_t capitals = small ? TT_JOINT_CAPITAL : TT_JOINT_CAPITALS;
    uint32_t other = (kind & TT_GLYPH_LOWER) != 0 ? TT_JOINT_SMALL : TT_JOINT_OTHER;
    uint32_t shape = (kind & TT_GLYPH_UPPER) != 0 ? capitals : other;
    return tt__is_digit(first) ? TT_JOINT_DIGIT : shape;
}

static uint32_t hash_slowly(const char *at, const char *end)
{
    uint32_t value = 0;
    while (at < end) {
        tt_glyph g = tt__glyph_at(at, end);
        at += g.len;
        if (tt__is_letter(g.cp) || tt__is_digit(g.cp))
            value = ((value != 0 ? value : HASH_BASIS) ^ tt__small(g.cp)) * HASH_PRIME;
    }
    return value;
}

static void look_slowly(tt_joint_word *out, const tt_map *map, tt_span span, size_t end)
{
    const char *at = map->text.ptr + span.start, *over = map->text.ptr + span.end;
    tt_glyph g = tt__glyph_at(at, over);
    *out = (tt_joint_word){span, 0, TT_JOINT_NONE, is_opening(g.cp)};
    for (; is_opening(g.cp); g = tt__glyph_at(at, over))
        at += g.len;
    if (at == map->text.ptr + end || span.start == span.end)
        return;
    tt_glyph next = tt__glyph_at(at + g.len, over);
    out->shape = shape_of(g.cp, tt__glyph_row(g.cp).kind, tt__glyph_row(next.cp).kind, next.len != 0);
}

/* One of the letters of a word: its row; NULL where no table has it. */
static inline const tt_glyph_row *row_at(uint32_t *cp, uint32_t *len, const char *at)
{
    *cp = decode_short(at, len);
    uint32_t high = *cp - 0x1E00;
    bool rare = (*cp >= TT_GLYPH_LATIN && high >= 0x100) || is_long(*at);
    return rare ? NULL : &tt__glyph_rows[*cp < TT_GLYPH_LATIN ? *cp : TT_GLYPH_LATIN + high];
}

static inline uint32_t add_letter(uint32_t value, const tt_glyph_row *row, uint32_t cp)
{
    uint32_t next = ((value != 0 ? value : HASH_BASIS) ^ row->small) * HASH_PRIME;
    return (row->kind & TT_GLYPH_LETTER) != 0 || tt__is_digit(cp) ? next : value;
}

/* False where it must be done slowly. */
static inline bool look(tt_joint_word *out, const tt_map *map, tt_span span)
{
    const char *at = map->text.ptr + span.start;
    uint32_t first, second, len, more;
    if (span.start == span.end || map->text.len - span.start < 2 * GLYPH_BYTES)
        return false;
    const tt_glyph_row *row = row_at(&first, &len, at), *next = row_at(&second, &more, at + len);
    if (row == NULL || next == NULL || is_opening(first))
        return false;
    *out = (tt_joint_word){span, 0, shape_of(first, row->kind, next->kind, len < span.end - span.start), false};
    return true;
}

void tt__joint_look(tt_joint_word *out, const tt_map *map, tt_span span, size_t end)
{
    if (!look(out, map, span))
        look_slowly(out, map, span, end);
}

static inline bool read(tt_joint_word *out, const tt_map *map, tt_span span)
{
    const char *at = map->text.ptr + span.start;
    uint32_t len = span.end - span.start, cp, more;
    if (len > WORD_BYTES || map->text.len - span.end < 2 * GLYPH_BYTES || !look(out, map, span))
        return false;
    const tt_map_row *rows = &map->rows[span.start / TT_LANES];
    uint64_t leads = tt__bits_from(rows->lead, rows[1].lead, span.start % TT_LANES) & tt__first_bits(len);
    tt__step(1);
    for (; leads != 0; leads &= leads - 1) {
        const tt_glyph_row *letter = row_at(&cp, &more, at + tt__low_bit(leads));
        if (letter == NULL)
            return false;
        out->hash = add_letter(out->hash, letter, cp);
    }
    return true;
}

void tt__joint_read(tt_joint_word *out, const tt_map *map, tt_span span, size_t end)
{
    const char *at = map->text.ptr + span.start, *over = map->text.ptr + span.end;
    if (read(out, map, span))
        return;
    look_slowly(out, map, span, end);
    out->hash = hash_slowly(at, over - at < WORD_BYTES ? over : at + WORD_BYTES);
}
