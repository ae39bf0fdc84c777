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
    size_t best;      /* the best place; `end` where none is good enough */
    int most;         /* what it weighs, or a place in the first sentence must weigh */
    bool first;       /* the sentence is the first one of the text */
    size_t last_stop; /* what ends the sentence before */
    size_t begin;     /* of the sentence */
    size_t glue;      /* where a word was glued to one last */
    size_t next_stop; /* the first one behind a place that was asked for; `end` where none is before `clear` */
    size_t next_word; /* the word with it */
    size_t clear;     /* no stop but `next_stop` lies between the place and here */
} joint_walk;

/* A place where a line may begin: word 2 would be its first. */
typedef struct {
    tt_joint_word words[4];
    bool glued; /* no blank stands before word 2 */
} joint_place;

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

/* The first word that is glued to the one from `at` to `over`; `over` where none is. */
static size_t glue_in(joint_walk *w, size_t at, size_t over)
{
    for (size_t row = at / TT_LANES; row * TT_LANES < over; row++) {
        uint64_t inner = tt__joint_row(&w->rows, row)->inner & tt__map_within(row, at, over);
        tt__step(1);
        for (; inner != 0; inner &= inner - 1)
            if (is_glue(w, at, row * TT_LANES + tt__low_bit(inner)))
                return row * TT_LANES + tt__low_bit(inner);
    }
    return over;
}

static tt_joint_word word_of(const joint_walk *w, size_t at, size_t over)
{
    const char *text = w->map->text.ptr;
    return tt__joint_word(w->map, text + at, text + over, text + w->end);
}

/* The word that ends before `at`; none where `at` is the first one. */
static tt_joint_word word_before(const joint_walk *w, size_t at)
{
    const char *end = w->map->text.ptr + w->end;
    size_t over = blanks_start(w, at), start = word_start(w, over);
    if (over == w->start)
        return (tt_joint_word){end, end, TT_JOINT_NONE, false};
    return word_of(w, w->glue > start && w->glue < over ? w->glue : start, over);
}

/* The word from `at` on. */
static tt_joint_word word_at(joint_walk *w, size_t at)
{
    return word_of(w, at, glue_in(w, at, word_end(w, at)));
}

/* Ends in a mark that goes on. */
static bool goes_on(const tt_joint_word *word)
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

/* Set `next_stop` and `next_word` for the words after byte `i`, at which a word ends; none is looked for behind `limit`. */
static void find_stop(joint_walk *w, size_t i, size_t limit)
{
    if (w->next_stop < w->end && w->next_stop >= i)
        return;
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

/* Bytes from the word at `at` that ends at `over` to the next word with a stop, or to the end of the text; what is more than
 * REST_MOST is any number. */
static size_t rest_of(joint_walk *w, size_t at, size_t over)
{
    size_t limit = w->end - at > REST_MOST ? at + REST_MOST : w->end;
    find_stop(w, over, word_end(w, limit));
    if (w->next_stop < w->end)
        return w->next_word - at;
    return limit < w->end ? REST_MOST : w->end - at + 1;
}

/* "Từ khóa: ", "Bình luận (0)", "Tin liên quan": begins with a phrase of furniture of two words, or with a colon. */
static bool is_furniture(const tt_joint_word *word, const char *end)
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

/* In UNITs, above 0 where a line begins rather than not; only whether it is above `bar`, where it is not. */
static int weigh(joint_walk *w, const joint_place *p, int bar)
{
    const char *text = w->map->text.ptr, *end = text + w->end;
    const tt_joint_word *word = p->words;
    size_t at = (size_t)(word[2].at - text), length = at - w->begin;
    size_t rest = rest_of(w, at, word_end(w, (size_t)(word[2].end - text)));
    uint32_t one = tt__joint_hash(w->map, &word[1]), two = tt__joint_hash(w->map, &word[2]);
    uint32_t three = tt__joint_hash(w->map, &word[3]), quoted = word[2].quoted;
    uint32_t pattern = ((word[0].shape * 6 + word[1].shape) * 6 + word[2].shape) * 6 + word[3].shape;
    uint32_t before = (uint32_t)(length < LENGTH_MOST ? length : LENGTH_MOST) / 16;
    uint32_t behind = (uint32_t)(rest < REST_MOST ? rest : REST_MOST) / 32;
    int sum = weight(1, one, word[1].shape) + weight(2, two, 0) + weight(3, two, word[3].shape) + weight(4, pattern, quoted) +
              weight(5, before, w->first) + weight(6, behind, 0) + weight(7, two, three) + weight(8, one, two) +
              weight(9, before, behind) + weight(10, word[1].shape, quoted) + (p->glued ? GLUED : 0);
    return sum + (sum + FURNITURE > bar && is_furniture(&word[2], end) ? FURNITURE : 0);
}

/* Look at the words around the one at `at`. False where no line can begin there. */
static bool look_around(joint_place *p, joint_walk *w, size_t at, bool inner)
{
    const char *text = w->map->text.ptr;
    tt_joint_word *word = p->words;
    size_t over = word_end(w, at), glue = inner ? over : glue_in(w, at, over);
    word[2] = word_of(w, at, glue);
    if (word[2].shape != TT_JOINT_CAPITAL && word[2].shape != TT_JOINT_CAPITALS)
        return false;
    word[1] = word_before(w, at);
    if ((word[2].shape == TT_JOINT_CAPITALS && word[1].shape == TT_JOINT_CAPITALS) || goes_on(&word[1]))
        return false;
    word[0] = word_before(w, (size_t)(word[1].at - text));
    word[3] = word_at(w, blanks_end(w, glue));
    p->glued = inner && !tt__joint_is_brand(word[1].at, text + at, text + over);
    return true;
}

/* Where the sentence begins that `at` is part of. */
static size_t begin_of(const joint_walk *w)
{
    return w->first ? w->start : blanks_end(w, word_end(w, w->last_stop));
}

/* May a line begin at `at`, where a word does? True where none behind it comes into question any more. */
static bool try_word(joint_walk *w, size_t at, bool inner)
{
    joint_place p;
    bool settled = w->best != w->end || w->least.rest == TT_JOINT_NEVER;
    if (w->first ? at - w->start > HEAD_BYTES : settled)
        return settled;
    w->begin = begin_of(w);
    if (at == w->begin || !look_around(&p, w, at, inner))
        return false;
    const int bar = w->first ? w->most : w->least.rest * UNIT, score = weigh(w, &p, bar);
    if (score <= bar)
        return false;
    w->best = at;
    w->most = score;
    return !w->first || w->least.head == w->least.rest;
}

static void pass_stop(joint_walk *w, size_t at)
{
    w->last_stop = at;
    w->first = false;
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
        if (inner && !is_glue(w, word_start(w, at), at))
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
    joint_walk w = {.map = map, .start = part.start, .end = part.end, .least = least, .best = part.end};
    w.most = least.head * UNIT;
    w.first = true;
    w.begin = w.glue = w.clear = part.start;
    w.next_stop = part.end;
    tt__joint_rows_begin(&w.rows, map, part);
    for (size_t row = w.start / TT_LANES; row * TT_LANES < w.end; row++)
        if (try_row(&w, row))
            break;
    return (uint32_t)w.best;
}
