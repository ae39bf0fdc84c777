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

/* By the first five bits of its first byte, how a letter is read from three bytes: the bits of it in that byte, how far it was
 * shifted too far, the first one that has a row and how many have, that row, and its bytes. */
static const struct {
    uint8_t mask, shift, len;
    uint16_t first, count, row;
} LEADS[32] = {
#define ASCII {0x7F, 12, 1, 0, 0x80, 0}
#define OTHER {0, 0, 1, 0, 0, 0}
#define LATIN {0x1F, 6, 2, 0, TT_GLYPH_LATIN, 0}
#define VIETNAMESE {0x0F, 0, 3, 0x1E00, 0x100, TT_GLYPH_LATIN}
    ASCII, ASCII, ASCII, ASCII, ASCII, ASCII, ASCII, ASCII, ASCII, ASCII, ASCII, ASCII, ASCII,      ASCII,      ASCII, ASCII,
    OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, LATIN, LATIN, LATIN, LATIN, VIETNAMESE, VIETNAMESE, OTHER, OTHER,
#undef ASCII
#undef OTHER
#undef LATIN
#undef VIETNAMESE
};

/* By the kind of its first letter and of the next one; 0 where it has one only. */
static inline uint8_t shape_of(uint32_t first, unsigned kind, unsigned next)
{
    static const uint8_t SHAPES[16] = {/* capital, small letter, small letter behind, digit */
                                       TT_JOINT_OTHER, TT_JOINT_CAPITALS, TT_JOINT_SMALL, TT_JOINT_CAPITALS,
                                       TT_JOINT_OTHER, TT_JOINT_CAPITAL,  TT_JOINT_SMALL, TT_JOINT_CAPITAL,
                                       TT_JOINT_DIGIT, TT_JOINT_DIGIT,    TT_JOINT_DIGIT, TT_JOINT_DIGIT,
                                       TT_JOINT_DIGIT, TT_JOINT_DIGIT,    TT_JOINT_DIGIT, TT_JOINT_DIGIT};
    return SHAPES[(kind & (TT_GLYPH_UPPER | TT_GLYPH_LOWER)) >> 1 | (next & TT_GLYPH_LOWER) |
                  (unsigned)tt__is_digit(first) << 3];
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
    out->shape = shape_of(g.cp, tt__glyph_row(g.cp).kind, next.len != 0 ? tt__glyph_row(next.cp).kind : 0);
}

/* The row in tt__glyph_rows of the letter at `at`, where three bytes may be read; TT_GLYPH_ROWS where it has none. Rows of
 * U+0000 to U+024F are the numbers of these. */
static inline uint32_t row_at(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;
    uint32_t lead = b[0] >> 3, more = (b[1] & 0x3Fu) << 6 | (b[2] & 0x3Fu);
    uint32_t cp = ((uint32_t)(b[0] & LEADS[lead].mask) << 12 | more) >> LEADS[lead].shift, over = cp - LEADS[lead].first;
    return over < LEADS[lead].count ? over + LEADS[lead].row : TT_GLYPH_ROWS;
}

static inline uint32_t add_letter(uint32_t value, uint32_t row)
{
    uint32_t next = ((value != 0 ? value : HASH_BASIS) ^ tt__glyph_rows[row].small) * HASH_PRIME;
    return (tt__glyph_rows[row].kind & TT_GLYPH_LETTER) != 0 || tt__is_digit(row) ? next : value;
}

/* False where it must be done slowly. */
static inline bool look(tt_joint_word *out, const tt_map *map, tt_span span)
{
    const char *at = map->text.ptr + span.start;
    if (span.start == span.end || map->text.len - span.start < 2 * GLYPH_BYTES)
        return false;
    uint32_t len = LEADS[(unsigned char)*at >> 3].len, first = row_at(at), next = row_at(at + len);
    if (first == TT_GLYPH_ROWS || next == TT_GLYPH_ROWS)
        return false;
    unsigned kind = tt__glyph_rows[first].kind, behind = tt__glyph_rows[next].kind;
    if (kind == 0 && is_opening(first))
        return false;
    *out = (tt_joint_word){span, 0, shape_of(first, kind, len < span.end - span.start ? behind : 0), false};
    return true;
}

void tt__joint_look(tt_joint_word *out, const tt_map *map, tt_span span, size_t end)
{
    if (!look(out, map, span))
        look_slowly(out, map, span, end);
}

static inline bool hash(uint32_t *out, const tt_map *map, tt_span span)
{
    const char *at = map->text.ptr + span.start;
    uint32_t len = span.end - span.start, value = 0;
    if (len > WORD_BYTES || map->text.len - span.end < GLYPH_BYTES)
        return false;
    const tt_map_row *rows = &map->rows[span.start / TT_LANES];
    uint64_t leads = tt__bits_from(rows->lead, rows[1].lead, span.start % TT_LANES) & tt__first_bits(len);
    tt__step(1);
    for (; leads != 0; leads &= leads - 1) {
        uint32_t row = row_at(at + tt__low_bit(leads));
        if (row == TT_GLYPH_ROWS)
            return false;
        value = add_letter(value, row);
    }
    *out = value;
    return true;
}

uint32_t tt__joint_hash(const tt_map *map, tt_span span)
{
    uint32_t value;
    const char *at = map->text.ptr + span.start, *over = map->text.ptr + span.end;
    return hash(&value, map, span) ? value : hash_slowly(at, over - at < WORD_BYTES ? over : at + WORD_BYTES);
}
