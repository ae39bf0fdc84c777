/* syllable_pass.c - tone placement, marks on the wrong letter, i and y: whatever depends on the parts of a syllable.
 *
 * Words are runs of letters. Most have nothing that could move: their bytes tell. Of the others a look
 * with the automaton passes over those that are well spelled, nearly all. */
#include "text/letter.h"
#include "text/pass.h"
#include "text/sieve.h"
#include "text/syllable.h"

typedef struct {
    uint32_t at, len; /* bytes in the text */
    tt_char is;
} word_letter;

typedef struct {
    word_letter letters[TT_SYLLABLE_MAX];
    uint16_t small[TT_SYLLABLE_MAX];
    size_t len;    /* TT_SYLLABLE_MAX + 1: longer than a syllable */
    unsigned tone; /* of the last toned letter */
    size_t toned;  /* which that is */
    size_t tones;  /* toned letters */
    bool foreign;  /* has a mark or a letter beyond U+FFFF */
} word;

/* Read the run of letters at *at; moves *at behind it. */
static void read_word(word *out, tt_str text, uint32_t *at)
{
    *out = (word){.len = 0};
    while (*at < text.len) {
        uint32_t len;
        tt_char is = tt__char_of(tt__decode(text.ptr + *at, &len));
        if (!is.letter && !is.mark)
            break;
        out->foreign |= is.mark || is.small > UINT16_MAX;
        if (is.tone != 0) {
            out->tone = is.tone;
            out->toned = out->len;
            out->tones++;
        }
        if (out->len < TT_SYLLABLE_MAX) {
            out->letters[out->len] = (word_letter){*at, len, is};
            out->small[out->len] = (uint16_t)is.small;
        }
        if (out->len <= TT_SYLLABLE_MAX)
            out->len++;
        *at += len;
    }
}

/* What stands in the place of each letter: small letter without tone, and tone. */
typedef struct {
    uint16_t small[TT_SYLLABLE_MAX];
    uint8_t tone[TT_SYLLABLE_MAX];
} spelling;

static tt_status write_letter(tt_pass *pass, const word_letter *letter, uint16_t small, unsigned tone)
{
    char bytes[4];
    if (letter->is.small == small && letter->is.tone == tone)
        return TT_OK;
    size_t len = tt__encode(bytes, tt__toned_letter(small, letter->is.upper, tone));
    return tt__edit_put(&pass->edit, letter->at, letter->at + letter->len, bytes, len);
}

static tt_status write_word(tt_pass *pass, const word *w, const spelling *want)
{
    for (size_t i = 0; i < w->len; i++)
        if (write_letter(pass, &w->letters[i], want->small[i], want->tone[i]) != TT_OK)
            return TT_ENOMEM;
    return TT_OK;
}

/* uơ and ưo before a coda or another vowel are ươ with one horn left out. */
static bool mend_horn(uint16_t *small, size_t len)
{
    enum { O_HORN = 0x01A1, U_HORN = 0x01B0 };
    for (size_t i = 0; i + 1 < len; i++) {
        bool first = small[i] == 'u' && small[i + 1] == O_HORN, second = small[i] == U_HORN && small[i + 1] == 'o';
        if (first || second) {
            small[i] = U_HORN;
            small[i + 1] = O_HORN;
            return true;
        }
    }
    return false;
}

/* Letter that shall carry the tone. A style moves the tone between the places of both; any other place is a wrong letter. */
static size_t tone_place(tt_pass *pass, const word *w, const tt_syllable *s)
{
    bool was_old = w->toned == s->tone_old, was_new = w->toned == s->tone_new;
    if (!was_old && !was_new) {
        if (!tt__takes(pass, TT_STEP_MARKS))
            return w->toned;
        pass->counts[TT_STEP_MARKS]++;
        return tt__takes(pass, TT_STEP_TONE_NEW) ? s->tone_new : s->tone_old;
    }
    if (!was_old && tt__takes(pass, TT_STEP_TONE_OLD)) {
        pass->counts[TT_STEP_TONE_OLD]++;
        return s->tone_old;
    }
    if (!was_new && tt__takes(pass, TT_STEP_TONE_NEW)) {
        pass->counts[TT_STEP_TONE_NEW]++;
        return s->tone_new;
    }
    return w->toned;
}

/* The letter for an open i or y. */
static uint16_t open_letter(tt_pass *pass, const tt_syllable *s, unsigned tone, uint16_t now)
{
    if (s->to_i && tt__takes(pass, TT_STEP_TO_I)) {
        pass->counts[TT_STEP_TO_I]++;
        return 'i';
    }
    if ((s->to_y >> tone & 1) && tt__takes(pass, TT_STEP_TO_Y)) {
        pass->counts[TT_STEP_TO_Y]++;
        return 'y';
    }
    return now;
}

/* The syllable of the word, its horn mended if that is needed and asked for. */
static bool parse(tt_syllable *s, tt_pass *pass, const word *w, uint16_t *small)
{
    if (tt__syllable_parse(s, small, w->len))
        return !s->stop || w->tone >= 4;
    if (!tt__takes(pass, TT_STEP_MARKS) || !mend_horn(small, w->len) || !tt__syllable_parse(s, small, w->len))
        return false;
    if (s->stop && w->tone < 4)
        return false;
    pass->counts[TT_STEP_MARKS]++;
    return true;
}

static tt_status spell(tt_pass *pass, const word *w)
{
    tt_syllable s;
    spelling want = {.tone = {0}};
    if (w->len == 0 || w->len > TT_SYLLABLE_MAX || w->foreign || w->tones > 1)
        return TT_OK;
    for (size_t i = 0; i < w->len; i++)
        want.small[i] = w->small[i];
    if (!parse(&s, pass, w, want.small))
        return TT_OK;
    if (w->tone != 0)
        want.tone[tone_place(pass, w, &s)] = (uint8_t)w->tone;
    want.small[s.nucleus] = open_letter(pass, &s, w->tone, want.small[s.nucleus]);
    return write_word(pass, w, &want);
}

/* Could spell() change the word? Says yes too often rather than too seldom. */
static bool needs_spelling(const tt_pass *pass, const tt_syllable_look *look)
{
    const tt_syllable_row *row = look->row;
    if (row == NULL)
        return look->horned && look->len <= TT_SYLLABLE_MAX && tt__takes(pass, TT_STEP_MARKS);
    if ((row->to_i && tt__takes(pass, TT_STEP_TO_I)) || (row->to_y != 0 && tt__takes(pass, TT_STEP_TO_Y)))
        return true;
    if (look->tones == 0)
        return false;
    uint32_t place = look->toned + row->medial + row->nucleus + row->coda - look->len; /* in the rime */
    return place != row->tone_old || (row->tone_new != row->tone_old && tt__takes(pass, TT_STEP_TONE_NEW));
}

/* What two bytes in a row a word to be changed has. For tone placement alone: o or u before a letter of many bytes (oà), such a
 * letter before a, e or y (òa); else any vowel, or two such letters. */
enum { VOWEL_MARKED = 1, MARKED_VOWEL = 2, MARKED_MARKED = 4 };

static void set_sieve(tt_sieve *s, const tt_pass *pass)
{
    bool marks = tt__takes(pass, TT_STEP_MARKS);
    *s = (tt_sieve){.alone = 0};
    tt__sieve_set(s->first, marks ? "aeiouyAEIOUY" : "ouOU", VOWEL_MARKED);
    tt__sieve_set(s->second, marks ? "aeiouyAEIOUY" : "aeyAEY", MARKED_VOWEL);
    tt__sieve_range(s->first, 0x80, 0xBF, MARKED_VOWEL | MARKED_MARKED);
    tt__sieve_range(s->second, 0xC3, 0xE1, VOWEL_MARKED | (marks ? MARKED_MARKED : 0)); /* lead bytes of letters */
}

/* Is the letter whose first byte is at `at` a ă, â, ê or ô with a tone? Beside another vowel that is always right. */
static bool is_surely_right(const unsigned char *at)
{
    if (at[0] != 0xE1)
        return false;
    if (at[1] == 0xBA)
        return (at[2] >= 0xA4 && at[2] <= 0xB7) || at[2] >= 0xBE;
    return at[1] == 0xBB && (at[2] <= 0x87 || (at[2] >= 0x90 && at[2] <= 0x99));
}

/* The two bytes at `hit`: does a marked letter stand there, on either side, that may be wrong? */
static bool may_be_wrong(const char *begin, const char *hit)
{
    const unsigned char *p = (const unsigned char *)hit;
    if (p[0] < 0x80)
        return !is_surely_right(p + 1);
    return p[1] >= 0x80 || hit - begin < 2 || !is_surely_right(p - 2);
}

/* Start of the next word with a hit, or `end`. */
static const char *word_at(const tt_sieve *s, const char *at, const char *end)
{
    const char *hit = tt__sieve_next(s, at, end);
    while (hit != end && !may_be_wrong(at, hit))
        hit = tt__sieve_next(s, hit + 1, end);
    return hit == end ? end : tt__word_start(at, hit + 1); /* the second byte begins a code point */
}

static tt_status look_at_word(tt_pass *pass, const char **at, const char *end)
{
    tt_syllable_look look;
    word w;
    uint32_t start = (uint32_t)(*at - pass->edit.from.ptr);
    tt__syllable_look(&look, at, end);
    if (!needs_spelling(pass, &look))
        return TT_OK;
    read_word(&w, pass->edit.from, &start);
    return spell(pass, &w);
}

tt_status tt__pass_syllables(tt_pass *pass)
{
    const char *at = pass->edit.from.ptr, *end = at + pass->edit.from.len;
    bool all = tt__takes(pass, TT_STEP_TO_I) || tt__takes(pass, TT_STEP_TO_Y);
    tt_sieve s;
    set_sieve(&s, pass);
    while (at < end) {
        const char *start = all ? at : word_at(&s, at, end);
        if ((at = start) == end)
            break;
        if (look_at_word(pass, &at, end) != TT_OK)
            return TT_ENOMEM;
        if (at == start) {
            uint32_t len;
            tt__decode(at, &len);
            at += len;
        }
    }
    return TT_OK;
}
