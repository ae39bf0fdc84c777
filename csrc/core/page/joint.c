/* joint.c - a line feed that was lost leaves nothing but a word with a capital after one that is no end. Whether a new line
 * begins there is told by a small linear model: the words on both sides, which of the words around have capitals, and how long
 * the sentence would be with and without a border. Trained by csrc/data/train_joints.py, which reads text in the same way. */
#include "page/joint.h"

#include "page/joint_table.inc"
#include "page/phrase.h"
#include "text/syllable.h"

#include <string.h>

enum {
    UNIT = 16,       /* of the weights, in a nat */
    WORD_BYTES = 64, /* that count */
    LENGTH_MOST = 191,
    REST_MOST = 255,
    NEAR_ROWS = 8, /* more than REST_MOST bytes lie in */
    SYLLABLE_BYTES = 24,
    GLUED = 10 * UNIT, /* what a missing blank weighs */
    HEAD_BYTES = 260,  /* longest title that is looked for */
    BUCKET_SHIFT = 18,
    FURNITURE = 3 * UNIT, /* what a phrase of furniture weighs: "Chia sẻ", "Từ khóa:", "Điện thoại:" */
};

/* ORDER JOINT SHAPE */
typedef enum { SHAPE_OTHER, SHAPE_DIGIT, SHAPE_CAPITAL, SHAPE_CAPITALS, SHAPE_SMALL, SHAPE_NONE, SHAPE_LATER } word_shape;

typedef struct {
    const char *at, *end;
    word_shape shape; /* LATER: it has no capital and no stop, and nothing more was asked */
    bool quoted;      /* begins with an opening quotation mark or bracket */
    bool glued;       /* another word follows without a blank */
    uint32_t hash;    /* see hash_of; 0: not asked for yet */
} joint_word;

static bool is_opening(uint32_t cp)
{
    return cp == '"' || cp == 0x201C || cp == 0x2018 || cp == 0xAB || cp == '(';
}

/* "Việt NamNgày 5/9": a small letter before a Vietnamese word with one capital ("HoSE" is a name). */
static bool is_glue(uint32_t before, const char *at, const char *end)
{
    tt_syllable_look look;
    const char *over = at;
    tt_glyph g = tt__glyph_at(at, end);
    if (!tt__is_lower(before) || !tt__is_upper(g.cp))
        return false;
    for (uint32_t letters = 0; tt__is_letter(g.cp) && over - at < SYLLABLE_BYTES; g = tt__glyph_at(over, end)) {
        if (letters++ > 0 && tt__is_upper(g.cp))
            return false;
        over += g.len;
    }
    if (over - at < 2 || tt__blank_at(over, end) == 0)
        return false;
    tt__syllable_look(&look, &at, over);
    return at == over && look.row != NULL;
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

/* Could a word begin at `at`, inside one that began before? */
static bool may_be_glue(const char *at)
{
    unsigned char before = (unsigned char)at[-1];
    return may_be_capital((const unsigned char *)at) && ((before >= 'a' && before <= 'z') || before >= 0x80);
}

static bool is_glue_at(const char *at, const char *p, const char *limit)
{
    return may_be_glue(p) && is_glue(tt__glyph_before(at, p).cp, p, limit);
}

/* Where a word is glued to the one from `at` to `end`; `end` where none is. */
static const char *glue_in(const char *at, const char *end, const char *limit)
{
    tt__step((size_t)(end - at));
    for (const char *p = at + 2; p < end; p++)
        if (is_glue_at(at, p, limit))
            return p;
    return end;
}

/* The same where the bytes that may be capitals are known: those with a bit in `loud`, that of `at` lowest. */
static const char *glue_among(const char *at, const char *end, const char *limit, uint64_t loud)
{
    for (loud = loud >> 2 << 2; loud != 0; loud &= loud - 1)
        if (is_glue_at(at, at + tt__low_bit(loud), limit))
            return at + tt__low_bit(loud);
    return end;
}

/* The text as it is walked through, and the loud bits of the rows around: what follows a place is looked at again and again. */
typedef struct {
    const tt_map *map;
    const char *end;
    size_t rows[NEAR_ROWS]; /* by their last digits; 0: none, 1: row 0 */
    uint64_t loud[NEAR_ROWS];
} joint_reader;

static tt_lanes lanes_from(const tt_map *map, size_t at)
{
    const char *end = map->text.ptr + map->text.len;
    return tt__lanes_at(at < map->text.len ? map->text.ptr + at : end, end);
}

/* Bits of a row: the stops, and what may begin a capital. Bytes of small letters of Vietnamese are none. */
static uint64_t loud_bits(const tt_map *map, size_t row)
{
    const tt_map_row *at = &map->rows[row];
    tt_lanes b = lanes_from(map, row * TT_LANES), one = lanes_from(map, row * TT_LANES + 1);
    tt_lanes two = lanes_from(map, row * TT_LANES + 2);
    uint64_t c3 = tt__lanes_bits(tt__lanes_eq(&b, 0xC3)) & ~tt__lanes_bits(tt__lanes_in(&one, 0x80, 0x1F));
    uint64_t c4 = tt__lanes_bits(tt__lanes_eq(&b, 0xC4)) & tt__lanes_bits(tt__lanes_in(&one, 0x80, 0x37)) & tt__lanes_odd(&one);
    uint64_t c6 = tt__lanes_bits(
        tt__lanes_and(tt__lanes_eq(&b, 0xC6), tt__lanes_or(tt__lanes_eq(&one, 0xA1), tt__lanes_eq(&one, 0xB0)))); /* ơ ư */
    uint64_t e1 = tt__lanes_bits(tt__lanes_and(tt__lanes_eq(&b, 0xE1), tt__lanes_in(&one, 0xBA, 1))) & tt__lanes_odd(&two);
    return at->stop | tt__lanes_bits(tt__lanes_in(&b, 'A', 25)) |
           (tt__lanes_bits(tt__lanes_in(&b, 0xC2, 0x3D)) & ~(c3 | c4 | c6 | e1));
}

static uint64_t loud_at(joint_reader *reader, size_t row)
{
    size_t near = row % NEAR_ROWS;
    if (reader->rows[near] != row + 1) {
        tt__step(1);
        reader->loud[near] = loud_bits(reader->map, row);
        reader->rows[near] = row + 1;
    }
    return reader->loud[near];
}

/* The first loud byte from `at` on; `end` where there is none before. */
static const char *next_loud(joint_reader *reader, const char *at, const char *end)
{
    const char *text = reader->map->text.ptr;
    size_t start = (size_t)(at - text), over = (size_t)(end - text), row = start / TT_LANES;
    uint64_t bits = start < over ? loud_at(reader, row) & ~tt__first_bits(start % TT_LANES) : 0;
    while (bits == 0 && ++row * TT_LANES < over)
        bits = loud_at(reader, row);
    const char *found = bits != 0 ? text + row * TT_LANES + tt__low_bit(bits) : end;
    return found < end ? found : end;
}

/* The first byte of what has no blank before `at`, from `least` on. */
static const char *start_of(const tt_map *map, const char *at, const char *least)
{
    size_t i = (size_t)(at - map->text.ptr), first = (size_t)(least - map->text.ptr), row = i / TT_LANES;
    uint64_t bits = map->rows[row].blank & tt__first_bits(i % TT_LANES);
    tt__step(1);
    while (bits == 0 && row * TT_LANES > first) {
        tt__step(1);
        bits = map->rows[--row].blank;
    }
    const char *start = bits != 0 ? map->text.ptr + row * TT_LANES + tt__high_bit(bits) + 1 : least;
    return start > least ? start : least;
}

/* All that is asked of a word from `at` to `word_end`. Marks that open nothing, at the end of the text, are none. */
static joint_word whole_word(const char *at, const char *word_end, const char *end)
{
    if (word_end - at > 1 && *at >= 'A' && *at <= 'Z' && at[1] >= 'a' && at[1] <= 'z') /* most names */
        return (joint_word){at, word_end, SHAPE_CAPITAL, false, false, 0};
    tt_glyph g = tt__glyph_at(at, word_end);
    joint_word out = {at, word_end, SHAPE_OTHER, is_opening(g.cp), false, 0};
    for (; is_opening(g.cp); g = tt__glyph_at(at, out.end))
        at += g.len;
    if (at == end)
        out.shape = SHAPE_NONE;
    else if (tt__is_digit(g.cp))
        out.shape = SHAPE_DIGIT;
    else if (tt__is_upper(g.cp))
        out.shape = tt__is_lower(tt__glyph_at(at + g.len, out.end).cp) ? SHAPE_CAPITAL : SHAPE_CAPITALS;
    else if (tt__is_lower(g.cp))
        out.shape = SHAPE_SMALL;
    return out;
}

/* "AlphaGo", "MoMo": capitals and small letters of ASCII on both sides of `glue`, as brands have them; no "LanHai", of two
 * syllables that differ. */
static bool is_brand(const char *at, const char *glue, const char *blank)
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

/* A word that may have a capital or a stop, up to `glue` or a blank. */
static joint_word loud_word(const char *at, const char *glue, const char *blank, const char *end)
{
    joint_word out = whole_word(at, glue, end);
    out.glued = glue < blank && !is_brand(at, glue, blank);
    return out;
}

static joint_word word_at(joint_reader *reader, const char *at)
{
    const char *end = reader->end;
    const size_t i = (size_t)(at - reader->map->text.ptr), row = i / TT_LANES;
    if (at == end)
        return (joint_word){at, end, SHAPE_NONE, false, false, 0};
    uint64_t blanks = reader->map->rows[row].blank >> (i % TT_LANES);
    if (blanks != 0 && (size_t)(end - at) > tt__low_bit(blanks)) { /* most words end in the row that they begin in */
        const uint64_t loud = loud_at(reader, row) >> (i % TT_LANES) & tt__first_bits(tt__low_bit(blanks));
        const char *blank = at + tt__low_bit(blanks);
        if (loud == 0)
            return (joint_word){at, blank, SHAPE_LATER, false, false, 0};
        return loud_word(at, glue_among(at, blank, end, loud), blank, end);
    }
    const char *blank = tt__map_blank(reader->map, at, end);
    if (next_loud(reader, at, blank) == blank)
        return (joint_word){at, blank, SHAPE_LATER, false, false, 0};
    return loud_word(at, blank - at > 2 ? glue_in(at, blank, end) : blank, blank, end);
}

/* Of its small letters and digits; 0 where it has none. The same word is asked at every place that it is near to. */
static uint32_t hash_of(joint_word *word)
{
    uint32_t value = 0;
    if (word->hash != 0)
        return word->hash;
    const char *end = word->end - word->at > WORD_BYTES ? word->at + WORD_BYTES : word->end;
    for (const char *p = word->at; p < end;) {
        tt_glyph g = tt__glyph_at(p, end);
        p += g.len;
        if (tt__is_letter(g.cp) || tt__is_digit(g.cp))
            value = ((value != 0 ? value : 2166136261u) ^ tt__small(g.cp)) * 16777619u;
    }
    word->hash = value;
    return value;
}

static bool ends_in_stop(const joint_word *word)
{
    const char *end = word->end;
    if (word->shape == SHAPE_LATER || (end > word->at && end[-1] >= 'a' && end[-1] <= 'z'))
        return false;
    tt_glyph g = tt__glyph_before(word->at, end);
    for (; g.cp != '\'' && tt__is_closer(g.cp); g = tt__glyph_before(word->at, end))
        end -= g.len;
    return g.cp == '.' || g.cp == '!' || g.cp == '?' || g.cp == 0x2026;
}

/* Ends in a mark that goes on. */
static bool goes_on(const joint_word *word)
{
    tt_glyph last = tt__glyph_before(word->at, word->end);
    return last.cp == ',' || last.cp == ':' || last.cp == ';' || last.cp == '-' || last.cp == 0x2013 || last.cp == '(';
}

/* ORDER JOINT */
static int weight(uint32_t kind, uint32_t a, uint32_t b)
{
    uint32_t value = ((kind * 0x9E3779B1u) ^ a) * 0x01000193u;
    value = (value ^ b) * 0x85EBCA6Bu;
    value ^= value >> 15;
    return JOINT_WEIGHTS[(value * 0x2C1B3C6Du) >> BUCKET_SHIFT];
}

/* The words around a place where a line may begin: word 2 would be its first. They take turns, since a word that was just
 * written is slow to copy. */
typedef struct {
    joint_word words[4];
    unsigned turn;     /* word 0 */
    const char *begin; /* of the sentence */
    bool first;        /* it is the first sentence of the text */
    const char *clear; /* no word with a stop begins between word 2 and here */
    bool stopped;      /* one begins here */
} joint_place;

static inline joint_word *word_of(joint_place *p, unsigned k)
{
    return &p->words[(p->turn + k) % 4];
}

/* Bytes from word 2 to the next word with a stop, or to the end of the text; what is more than REST_MOST is any number. */
static uint32_t rest_of(joint_place *p, joint_reader *reader)
{
    const char *at = word_of(p, 2)->at, *end = reader->end, *limit = end - at > REST_MOST ? at + REST_MOST : end;
    if (p->clear <= at) {
        p->clear = tt__skip_blank(word_of(p, 2)->end, end);
        p->stopped = false;
    }
    const char *over = tt__map_blank(reader->map, limit, end); /* of the last word that begins before the limit */
    while (!p->stopped && p->clear < limit) {
        const char *mark = tt__map_mark(reader->map, p->clear, over);
        if (mark == over)
            return (uint32_t)(over - at) + 1;
        p->clear = start_of(reader->map, mark, p->clear);
        joint_word next = word_at(reader, p->clear);
        p->stopped = ends_in_stop(&next);
        p->clear = p->stopped ? p->clear : tt__skip_blank(next.end, end);
    }
    return p->stopped || p->clear < end ? (uint32_t)(p->clear - at) : (uint32_t)(end - at) + 1;
}

/* "Từ khóa: ", "Bình luận (0)", "Tin liên quan": begins with a phrase of furniture of two words, or with a colon. */
static bool is_furniture(const joint_word *word, const char *end)
{
    static const tt_phrase_list LISTS[] = {TT_PHRASE_NAV, TT_PHRASE_FOOTER, TT_PHRASE_MORE, TT_PHRASE_SHARE_CORE,
                                           TT_PHRASE_CREDIT};
    uint32_t lists = word->quoted ? 0 : tt__phrase_lists(word->at, end);
    for (size_t i = 0; i < TT_COUNT(LISTS); i++) {
        size_t len = (lists & TT_PHRASE_BIT(LISTS[i])) != 0 ? tt__phrase_in(word->at, end, LISTS[i]) : 0;
        if (len != 0 && (word->at[len - 1] == ':' || word->at + len > word->end))
            return true;
    }
    return false;
}

/* Behind word 3, before which a calm word stands, move on to right before the next loud one; false where there is none. */
static bool skip_calm(joint_place *p, joint_reader *reader)
{
    joint_word *last = word_of(p, 3);
    const char *loud = next_loud(reader, last->end, reader->end);
    if (loud == reader->end)
        return false;
    const char *starts[3], *at = loud;
    for (int i = 2; i >= 0; i--) {
        starts[i] = start_of(reader->map, at, last->at);
        at = starts[i];
        while (i > 0 && at > last->at && tt__blank_before(last->at, at) != 0)
            at -= tt__blank_before(last->at, at);
    }
    if (starts[0] <= last->at)
        return true;
    for (unsigned i = 0; i < 2; i++)
        *word_of(p, 1 + i) =
            (joint_word){starts[i], tt__map_blank(reader->map, starts[i], reader->end), SHAPE_LATER, false, false, 0};
    *last = word_at(reader, starts[2]);
    return true;
}

/* In UNITs, above 0 where a line begins rather than not; only whether it is above `bar`, where it is not. */
static int weigh(joint_place *p, joint_reader *reader, int bar)
{
    joint_word *w[4];
    for (unsigned i = 0; i < 4; i++) {
        w[i] = word_of(p, i);
        if (w[i]->shape == SHAPE_LATER)
            *w[i] = whole_word(w[i]->at, w[i]->end, reader->end);
    }
    uint32_t one = hash_of(w[1]), two = hash_of(w[2]), three = hash_of(w[3]), quoted = w[2]->quoted;
    uint32_t pattern = ((w[0]->shape * 6 + w[1]->shape) * 6 + w[2]->shape) * 6 + w[3]->shape;
    uint32_t length = (uint32_t)(w[2]->at - p->begin), rest = rest_of(p, reader);
    length = (length < LENGTH_MOST ? length : LENGTH_MOST) / 16;
    rest = (rest < REST_MOST ? rest : REST_MOST) / 32;
    int sum = weight(1, one, w[1]->shape) + weight(2, two, 0) + weight(3, two, w[3]->shape) + weight(4, pattern, quoted) +
              weight(5, length, p->first) + weight(6, rest, 0) + weight(7, two, three) + weight(8, one, two) +
              weight(9, length, rest) + weight(10, w[1]->shape, quoted) + (w[1]->glued ? GLUED : 0);
    return sum + (sum + FURNITURE > bar && is_furniture(w[2], reader->end) ? FURNITURE : 0);
}

static bool is_candidate(joint_place *p)
{
    const joint_word *before = word_of(p, 1), *first = word_of(p, 2);
    bool capitals = first->shape == SHAPE_CAPITALS && before->shape != SHAPE_CAPITALS;
    return (capitals || first->shape == SHAPE_CAPITAL) && before->shape != SHAPE_NONE && !goes_on(before);
}

uint32_t tt__joint_next(const tt_map *map, tt_span part, tt_joint_least least)
{
    const char *text = map->text.ptr;
    const char *end = text + part.end, *at = text + part.start, *best = end;
    joint_word none = {end, end, SHAPE_NONE, false, false, 0};
    joint_reader reader = {.map = map, .end = end};
    joint_place p = {{none, none, none, word_at(&reader, at)}, 0, at, true, at, false};
    int most = least.head * UNIT;
    while (word_of(&p, 3)->shape != SHAPE_NONE) {
        if (word_of(&p, 2)->shape == SHAPE_LATER && word_of(&p, 3)->shape == SHAPE_LATER && !skip_calm(&p, &reader))
            break;
        p.turn++;
        const joint_word *before = word_of(&p, 1), *first = word_of(&p, 2);
        *word_of(&p, 3) = word_at(&reader, tt__skip_blank(first->end, end));
        if ((least.rest == TT_JOINT_NEVER || best != end) && first->at - p.begin > HEAD_BYTES)
            break;
        if (before->shape != SHAPE_NONE && ends_in_stop(before)) {
            if (best != end || least.rest == TT_JOINT_NEVER)
                break;
            p.begin = first->at;
            p.first = false;
        } else if ((!p.first || first->at - p.begin <= HEAD_BYTES) && is_candidate(&p)) {
            const int bar = p.first ? most : least.rest * UNIT, score = weigh(&p, &reader, bar);
            if (score <= bar)
                continue;
            best = first->at;
            most = score;
            if (!p.first || least.head == least.rest)
                break;
        }
    }
    return (uint32_t)(best - text);
}
