/* joint_word.c - shapes and hashes of single words. Nobody can foretell how many bytes the next letter has, or whether it is a
 * capital, so the usual ones are read without branches. */
#include "page/joint_word.h"

#include "text/syllable.h"

enum {
    WORD_BYTES = 64, /* that count */
    SYLLABLE_BYTES = 24,
    GLYPH_BYTES = 4, /* at most */
};

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

/* The code point of at most three bytes at `at`, of which three may be read; *len is its bytes. */
static inline uint32_t decode_short(const char *at, uint32_t *len)
{
    const unsigned char *b = (const unsigned char *)at;
    uint32_t wide = b[0] >= 0x80, more = wide + (b[0] >= 0xE0), first = b[0] & (0x7Fu >> (more + wide));
    *len = 1 + more;
    return (first << 12 | (b[1] & 0x3Fu) << 6 | (b[2] & 0x3Fu)) >> (12 - 6 * more);
}

/* Two glyphs of a word that are usual: the kinds of both, as shape. */
static inline tt_joint_shape shape_of(uint32_t first, uint32_t second)
{
    static const uint8_t SHAPES[8] = {/* digit, upper, lower second */
                                      TT_JOINT_OTHER, TT_JOINT_OTHER, TT_JOINT_CAPITALS, TT_JOINT_CAPITAL,
                                      TT_JOINT_SMALL, TT_JOINT_SMALL, TT_JOINT_DIGIT,    TT_JOINT_DIGIT};
    uint32_t kind = tt__glyph_row(first).kind, upper = (kind & TT_GLYPH_UPPER) != 0;
    uint32_t small = (kind & TT_GLYPH_LOWER) != 0 && upper == 0;
    uint32_t group = tt__is_digit(first) ? 3 : upper | small << 1;
    return (tt_joint_shape)SHAPES[group * 2 + tt__is_lower(second)];
}

tt_joint_word tt__joint_word(const tt_map *map, const char *at, const char *word_end, const char *end)
{
    const char *text_end = map->text.ptr + map->text.len;
    tt_joint_word out = {at, word_end, TT_JOINT_NONE, false};
    tt_glyph g = tt__glyph_at(at, word_end), next;
    out.quoted = is_opening(g.cp);
    for (; is_opening(g.cp); g = tt__glyph_at(at, word_end))
        at += g.len;
    if (at == end)
        return out;
    next = tt__glyph_at(at + g.len, word_end);
    (void)text_end;
    out.shape = shape_of(g.cp, next.cp);
    return out;
}

static inline uint32_t add_glyph(uint32_t value, uint32_t cp)
{
    uint32_t next = ((value != 0 ? value : 2166136261u) ^ tt__small(cp)) * 16777619u;
    return tt__is_letter(cp) || tt__is_digit(cp) ? next : value;
}

static uint32_t hash_slowly(const char *at, const char *end)
{
    uint32_t value = 0;
    while (at < end) {
        tt_glyph g = tt__glyph_at(at, end);
        at += g.len;
        value = add_glyph(value, g.cp);
    }
    return value;
}

uint32_t tt__joint_hash(const tt_map *map, const tt_joint_word *word)
{
    uint32_t value = 0;
    const char *text = map->text.ptr;
    size_t i = (size_t)(word->at - text), len = (size_t)(word->end - word->at);
    if (len > WORD_BYTES || i + len + GLYPH_BYTES > map->text.len)
        return hash_slowly(word->at, len > WORD_BYTES ? word->at + WORD_BYTES : word->end);
    const tt_map_row *row = &map->rows[i / TT_LANES];
    uint64_t leads = tt__bits_from(row->lead, row[1].lead, i % TT_LANES) & tt__first_bits(len);
    tt__step(tt__bit_count(leads));
    for (; leads != 0; leads &= leads - 1) {
        const char *at = word->at + tt__low_bit(leads);
        uint32_t glyph_len, cp = (unsigned char)*at < 0xF0 ? decode_short(at, &glyph_len) : tt__glyph_at(at, word->end).cp;
        value = add_glyph(value, cp);
    }
    return value;
}
