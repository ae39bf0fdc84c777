/* joint.c - a line feed that was lost leaves nothing but a word with a capital after one that is no end. Whether a new line
 * begins there is told by a small linear model: the words on both sides, which of the words around have capitals, and how long
 * the sentence would be with and without a border. Trained by csrc/data/train_joints.py, which reads text in the same way. */
#include "page/joint.h"

#include "page/joint_rows.h"
#include "page/joint_table.inc"
#include "page/joint_word.h"
#include "page/phrase.h"

#include <string.h>

enum {
    UNIT = 16, /* of the weights, in a nat */
    LENGTH_MOST = 191,
    REST_MOST = 255,
    GLUED = 10 * UNIT, /* what a missing blank weighs */
    HEAD_BYTES = 260,  /* longest title that is looked for */
    BUCKET_SHIFT = 18,
    FURNITURE = 3 * UNIT, /* what a phrase of furniture weighs: "Chia sẻ", "Từ khóa:", "Điện thoại:" */
};

/* The way through a text. Places are bytes of it. */
typedef struct {
    tt_joint_rows rows;
    const tt_map *map;
    size_t start, end;
    tt_joint_least least;
    size_t best;            /* the best place; `end` where none is good enough */
    int most;               /* what it weighs, or a place in the first sentence must weigh */
    bool first;             /* the sentence is the first one of the text */
    size_t last_stop;       /* what ends the sentence before */
    size_t begin;           /* of the sentence */
    bool begun;             /* `begin` is noted */
    size_t glue;            /* where a word was glued to one last */
    size_t next_stop;       /* the first one behind a place that was asked for; `end` where none is before `clear` */
    size_t next_word;       /* the word with it */
    size_t clear;           /* no stop but `next_stop` lies between the place and here */
    tt_joint_word words[4]; /* around the place that was weighed last: word 2 would be the first of a line */
} joint_walk;

/* 64 blanks or none from byte `i` on, its own bit lowest; what the bits behind the text are does not matter. */
static inline uint64_t blanks_from(const tt_map *map, size_t i)
{
    const tt_map_row *row = &map->rows[i / TT_LANES];
    return tt__bits_from(row->blank, row[1].blank, i % TT_LANES);
}

/* The same before byte `i`, which is not the first; that of the last one highest. */
static inline uint64_t blanks_before(const tt_map *map, size_t i)
{
    const tt_map_row *row = &map->rows[(i - 1) / TT_LANES];
    size_t more = (i - 1) % TT_LANES; /* bytes of the row before the last one */
    uint64_t before = row != map->rows ? row[-1].blank : 0;
    return row->blank << (TT_LANES - 1 - more) | before >> more >> 1;
}

static inline uint32_t high_zeros(uint64_t bits)
{
    return TT_LANES - 1 - tt__high_bit(bits);
}

/* Where the word ends that goes on at `i`, or the blanks do. */
static size_t word_end(const joint_walk *w, size_t i)
{
    while (i < w->end) {
        uint64_t bits = blanks_from(w->map, i);
        tt__step(1);
        if (bits != 0) {
            i += tt__low_bit(bits);
            break;
        }
        i += TT_LANES;
    }
    return i < w->end ? i : w->end;
}

static size_t blanks_end(const joint_walk *w, size_t i)
{
    while (i < w->end) {
        uint64_t bits = ~blanks_from(w->map, i);
        tt__step(1);
        if (bits != 0) {
            i += tt__low_bit(bits);
            break;
        }
        i += TT_LANES;
    }
    return i < w->end ? i : w->end;
}

/* Where the word begins that goes up to `i`, or the blanks do. */
static size_t word_start(const joint_walk *w, size_t i)
{
    while (i > w->start) {
        uint64_t bits = blanks_before(w->map, i);
        tt__step(1);
        if (bits != 0)
            return i - (TT_LANES - 1 - tt__high_bit(bits)) > w->start ? i - (TT_LANES - 1 - tt__high_bit(bits)) : w->start;
        if (i - w->start <= TT_LANES)
            break;
        i -= TT_LANES;
    }
    return w->start;
}

static size_t blanks_start(const joint_walk *w, size_t i)
{
    while (i > w->start) {
        uint64_t bits = ~blanks_before(w->map, i);
        tt__step(1);
        if (bits != 0)
            return i - (TT_LANES - 1 - tt__high_bit(bits)) > w->start ? i - (TT_LANES - 1 - tt__high_bit(bits)) : w->start;
        if (i - w->start <= TT_LANES)
            break;
        i -= TT_LANES;
    }
    return w->start;
}

static bool is_glue(const joint_walk *w, size_t at, size_t p)
{
    const char *text = w->map->text.ptr;
    return tt__joint_is_glue(text + at, text + p, text + w->end);
}

/* Where the word begins that goes up to `i`, or somewhere in it: long words are not looked through for every capital. */
static size_t near_start(const joint_walk *w, size_t i)
{
    return i - w->start > TT_LANES && blanks_before(w->map, i) == 0 ? i - TT_LANES : word_start(w, i);
}

/* The first word that is glued to the one from `at` to `over`; `over` where none is. */
static uint32_t glue_in(joint_walk *w, size_t at, size_t over)
{
    for (size_t row = at / TT_LANES; row * TT_LANES < over; row++) {
        uint64_t inner = tt__joint_row(&w->rows, row)->inner & tt__map_within(row, at, over);
        tt__step(1);
        for (; inner != 0; inner &= inner - 1)
            if (is_glue(w, at, row * TT_LANES + tt__low_bit(inner)))
                return (uint32_t)(row * TT_LANES + tt__low_bit(inner));
    }
    return (uint32_t)over;
}

/* The words before `at` and from there on, by blanks only; empty where there is none. */
static void spans_slowly(tt_span out[4], const joint_walk *w, size_t at)
{
    for (size_t i = 2, over = at; i-- > 0; over = out[i].start) {
        over = blanks_start(w, over);
        out[i] = (tt_span){(uint32_t)word_start(w, over), (uint32_t)over};
    }
    for (size_t i = 2; i < 4; i++, at = blanks_end(w, out[i - 1].end))
        out[i] = (tt_span){(uint32_t)at, (uint32_t)word_end(w, at)};
}

/* The same for the two words before `at`, where one word of bits has them: false where it has not. */
static inline bool spans_before(tt_span out[2], const joint_walk *w, uint32_t at)
{
    size_t left = at - w->start;
    uint64_t bits = blanks_before(w->map, at) | (left < TT_LANES ? ~(uint64_t)0 >> left : 0), some = ~bits;
    if (some == 0)
        return false;
    out[1].end = at - high_zeros(some);
    bits <<= high_zeros(some);
    if (bits == 0)
        return false;
    out[1].start = out[1].end - high_zeros(bits);
    bits <<= high_zeros(bits);
    some = ~bits; /* not 0: zeros were moved in */
    uint32_t gap = high_zeros(some), room = out[1].start - (uint32_t)w->start;
    out[0].end = out[1].start - (gap < room ? gap : room); /* the bits before the start are set, too */
    bits <<= high_zeros(some);
    if (bits == 0 && left >= TT_LANES)
        return false;
    out[0].start = bits != 0 ? out[0].end - high_zeros(bits) : out[0].end;
    return true;
}

/* And for the two from `at` on. */
static inline bool spans_after(tt_span out[2], const joint_walk *w, uint32_t at)
{
    size_t left = w->end - at;
    uint64_t bits = blanks_from(w->map, at) | (left < TT_LANES ? ~(uint64_t)0 << left : 0);
    if (bits == 0)
        return false;
    uint64_t behind = ~bits & ~tt__first_bits(tt__low_bit(bits));
    out[0] = (tt_span){at, at + tt__low_bit(bits)};
    if (behind == 0) {
        out[1] = (tt_span){(uint32_t)w->end, (uint32_t)w->end};
        return left < TT_LANES;
    }
    bits &= ~tt__first_bits(tt__low_bit(behind));
    if (bits == 0)
        return false;
    out[1] = (tt_span){at + tt__low_bit(behind), at + tt__low_bit(bits)};
    return true;
}

/* The four words around `at`, parted by blanks. */
static void spans_around(tt_span out[4], const joint_walk *w, size_t at)
{
    if (!spans_before(out, w, (uint32_t)at) || !spans_after(out + 2, w, (uint32_t)at))
        spans_slowly(out, w, at);
}

/* Part those before at the word that was glued to another last. */
static void part_before(tt_span span[2], const joint_walk *w)
{
    uint32_t glue = (uint32_t)w->glue;
    if (glue > span[1].start && glue < span[1].end) {
        span[0] = (tt_span){span[1].start, glue};
        span[1].start = glue;
    } else if (glue > span[0].start && glue < span[0].end) {
        span[0].start = glue;
    }
}

/* Part those behind where one may be glued to another: few rows have a bit for that. */
static void part_after(tt_span span[2], joint_walk *w)
{
    size_t at = span[0].start, row = at / TT_LANES, last = (span[1].end - 1) / TT_LANES;
    uint64_t inner = tt__joint_row(&w->rows, row)->inner >> at % TT_LANES;
    if (last == row + 1)
        inner |= tt__joint_row(&w->rows, last)->inner;
    if (inner == 0 && last <= row + 1)
        return;
    uint32_t glue = glue_in(w, at, span[0].end);
    if (glue < span[0].end)
        span[1] = (tt_span){glue, span[0].end};
    else
        span[1].end = glue_in(w, span[1].start, span[1].end);
    span[0].end = glue;
}

/* Ends in a mark that goes on. */
static bool goes_on(const char *text, tt_span word)
{
    char last = text[word.end - 1];
    return last == ',' || last == ':' || last == ';' || last == '-' || last == '(' ||
           (last == '\x93' && word.end - word.start > 2 && memcmp(text + word.end - 3, "\xE2\x80\x93", 3) == 0);
}

/* ORDER JOINT */
static int weight(uint32_t kind, uint32_t a, uint32_t b)
{
    uint32_t value = ((kind * 0x9E3779B1u) ^ a) * 0x01000193u;
    value = (value ^ b) * 0x85EBCA6Bu;
    value ^= value >> 15;
    return JOINT_WEIGHTS[(value * 0x2C1B3C6Du) >> BUCKET_SHIFT];
}

/* Set `next_stop` and `next_word` for the words after byte `i`, at which a word ends; none is looked for behind `limit`. */
static void find_stop(joint_walk *w, size_t i, size_t limit)
{
    size_t from = w->clear > i ? w->clear : i, row = from / TT_LANES;
    uint64_t stops = 0;
    w->next_stop = w->end;
    for (; stops == 0 && from < limit; row++, from = row * TT_LANES) {
        tt__step(1);
        stops = tt__joint_row(&w->rows, row)->stops & ~tt__first_bits(from % TT_LANES);
    }
    w->clear = from;
    if (stops != 0) {
        w->next_stop = (row - 1) * TT_LANES + tt__low_bit(stops);
        w->next_word = word_start(w, w->next_stop);
        w->clear = w->next_stop + 1;
    }
}

/* Bytes from a word to the next one with a stop, or to the end of the text; what is more than REST_MOST is any number. */
static size_t rest_of(joint_walk *w, tt_span word)
{
    size_t limit = w->end - word.start > REST_MOST ? word.start + REST_MOST : w->end;
    if (w->next_stop == w->end || w->next_word <= word.start)
        find_stop(w, word_end(w, word.end), word_end(w, limit));
    if (w->next_stop < w->end)
        return w->next_word - word.start;
    return limit < w->end ? REST_MOST : w->end - word.start + 1;
}

/* "Từ khóa: ", "Bình luận (0)", "Tin liên quan": begins with a phrase of furniture of two words, or with a colon. */
static bool is_furniture(const tt_joint_word *word, const char *text, size_t end)
{
    static const tt_phrase_list LISTS[] = {TT_PHRASE_NAV, TT_PHRASE_FOOTER, TT_PHRASE_MORE, TT_PHRASE_SHARE_CORE,
                                           TT_PHRASE_CREDIT};
    const char *at = text + word->span.start;
    uint32_t lists = word->quoted ? 0 : tt__phrase_lists(at, text + end);
    for (size_t i = 0; i < TT_COUNT(LISTS); i++) {
        size_t len = (lists & TT_PHRASE_BIT(LISTS[i])) != 0 ? tt__phrase_in(at, text + end, LISTS[i]) : 0;
        if (len != 0 && (at[len - 1] == ':' || at + len > text + word->span.end))
            return true;
    }
    return false;
}

/* A word may have been near to the last place, too. */
static inline uint32_t hash_of(const joint_walk *w, tt_joint_word *word)
{
    if (word->hash == 0)
        word->hash = tt__joint_hash(w->map, word->span);
    return word->hash;
}

/* In UNITs, above 0 where a line begins rather than not; only whether it is above `bar`, where it is not. */
static int weigh(joint_walk *w, bool glued, int bar)
{
    tt_joint_word *word = w->words;
    size_t length = word[2].span.start - w->begin, rest = rest_of(w, word[2].span);
    uint32_t one = hash_of(w, &word[1]), two = hash_of(w, &word[2]), quoted = word[2].quoted;
    uint32_t pattern = ((word[0].shape * 6u + word[1].shape) * 6 + word[2].shape) * 6 + word[3].shape;
    uint32_t before = (uint32_t)(length < LENGTH_MOST ? length : LENGTH_MOST) / 16;
    uint32_t behind = (uint32_t)(rest < REST_MOST ? rest : REST_MOST) / 32;
    int sum = weight(1, one, word[1].shape) + weight(2, two, 0) + weight(3, two, word[3].shape) + weight(4, pattern, quoted) +
              weight(5, before, w->first) + weight(6, behind, 0) + weight(8, one, two) + weight(9, before, behind) +
              weight(10, word[1].shape, quoted) + (glued ? GLUED : 0);
    if (sum + JOINT_WEIGHT_MOST + FURNITURE <= bar) /* most words: whatever the next one is */
        return sum;
    sum += weight(7, two, hash_of(w, &word[3]));
    return sum + (sum + FURNITURE > bar && is_furniture(&word[2], w->map->text.ptr, w->end) ? FURNITURE : 0);
}

/* Look at the words around the one at `at`. False where no line can begin there. */
static bool look_around(joint_walk *w, size_t at)
{
    tt_joint_word *word = w->words;
    tt_span span[4];
    bool follows = word[3].span.start == at; /* the one that was looked at last */
    spans_around(span, w, at);
    part_after(span + 2, w);
    if (follows) {
        memmove(word, word + 1, 3 * sizeof *word);
    } else {
        part_before(span, w);
        for (int i = 0; i < 3; i++)
            tt__joint_look(&word[i], w->map, span[i], w->end);
    }
    word[3].span.start = 0; /* no place: one that may be a start stands before it */
    bool capitals = word[2].shape == TT_JOINT_CAPITALS && word[1].shape != TT_JOINT_CAPITALS;
    if ((!capitals && word[2].shape != TT_JOINT_CAPITAL) || goes_on(w->map->text.ptr, word[1].span))
        return false;
    tt__joint_look(&word[3], w->map, span[3], w->end);
    return true;
}

/* Note where the sentence begins: once, since many words may follow a stop that many blanks do. */
static void note_begin(joint_walk *w)
{
    if (!w->begun)
        w->begin = blanks_end(w, word_end(w, w->last_stop));
    w->begun = true;
}

/* "AlphaGo" and other brands aside, nothing but a lost line feed leaves no blank before the word at `at`. */
static bool is_glued(const joint_walk *w, size_t at)
{
    const char *text = w->map->text.ptr;
    return !tt__joint_is_brand(text + w->words[1].span.start, text + at, text + word_end(w, at));
}

/* May a line begin at `at`, where a word does? True where none behind it comes into question any more. */
static bool try_word(joint_walk *w, size_t at, bool inner)
{
    bool settled = w->best != w->end || w->least.rest == TT_JOINT_NEVER;
    if (w->first ? at - w->start > HEAD_BYTES : settled)
        return settled;
    note_begin(w);
    if (at == w->begin || !look_around(w, at))
        return false;
    const int bar = w->first ? w->most : w->least.rest * UNIT, score = weigh(w, inner && is_glued(w, at), bar);
    if (score <= bar)
        return false;
    w->best = at;
    w->most = score;
    return !w->first || w->least.head == w->least.rest;
}

static void pass_stop(joint_walk *w, size_t at)
{
    w->last_stop = at;
    w->first = w->begun = false;
}

/* Try the words that begin in a row; true at the last one that counts. */
static bool try_row(joint_walk *w, size_t row)
{
    const tt_joint_row is = *tt__joint_row(&w->rows, row);
    const size_t first = row * TT_LANES;
    for (uint64_t words = is.starts | is.inner; words != 0; words &= words - 1) {
        uint64_t bit = words & (0 - words), stops = is.stops & (bit - 1);
        size_t at = first + tt__low_bit(words);
        bool inner = (is.inner & bit) != 0;
        if (stops != 0)
            pass_stop(w, first + tt__high_bit(stops));
        if (inner && !is_glue(w, near_start(w, at), at))
            continue;
        if (try_word(w, at, inner))
            return true;
        w->glue = inner ? at : w->glue;
    }
    if (is.stops != 0)
        pass_stop(w, first + tt__high_bit(is.stops));
    return false;
}

uint32_t tt__joint_next(const tt_map *map, tt_span part, tt_joint_least least)
{
    joint_walk w; /* not cleared: its rows are large */
    w.map = map;
    w.start = w.begin = w.glue = w.clear = w.last_stop = part.start;
    w.end = w.best = w.next_stop = w.next_word = part.end;
    w.least = least;
    w.most = least.head * UNIT;
    w.first = w.begun = true;
    memset(w.words, 0, sizeof w.words);
    tt__joint_rows_begin(&w.rows, map, part);
    for (size_t row = w.start / TT_LANES; row * TT_LANES < w.end; row++)
        if (try_row(&w, row))
            break;
    return (uint32_t)w.best;
}
