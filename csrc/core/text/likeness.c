/* likeness.c - read bytes in an encoding and add up how unlikely the words are in Vietnamese.
 *
 * The wrong encoding gives letters too, so letters alone decide little in a headline: costs are those of letter pairs with
 * their tones as they stand in news, with a surcharge for what is no syllable, for letters of other languages, marks on
 * nothing, signs inside words and mixed capitals. Words of ASCII are the same in all encodings and are passed over. */
#include "text/likeness.h"

#include "base/hash.h"
#include "text/charset.h"
#include "text/letter.h"
#include "text/syllable.h"

#include "text/letter_pair_table.inc"

/* Eighths of a nat; tried on the training texts. */
enum {
    COST_NO_SYLLABLE = 24,
    COST_SECOND_TONE = 64,
    COST_FOREIGN = 72, /* a letter or mark of another language */
    COST_MIXED_CASE = 32,
    COST_ABC_CASE = 4,
    COST_SIGN = 40, /* quotes, dashes and what else stands in news */
    COST_ODD_SIGN = 80,
    COST_BAD = 120, /* a byte that means nothing */
    WESTERN_ASCII = 26,
    WESTERN_LETTER = 56,
};

/* ORDER PAIR LETTER: _, a-z, ă â đ ê ô ơ ư, then the vowels of VOWELS with each tone; 0 for any other letter. */
static uint8_t pair_letter(uint32_t small, uint8_t tone)
{
    static const uint16_t VOWELS[] = {'a', 'e', 'i', 'o', 'u', 'y', 0x0103, 0x00E2, 0x00EA, 0x00F4, 0x01A1, 0x01B0};
    static const uint8_t PLAIN[] = {1, 5, 9, 15, 21, 25, 27, 28, 30, 31, 32, 33};
    if (tone == 0 && small >= 'a' && small <= 'z')
        return (uint8_t)(small - 'a' + 1);
    for (size_t i = 0; i < TT_COUNT(VOWELS); i++)
        if (small == VOWELS[i])
            return tone == 0 ? PLAIN[i] : (uint8_t)(34 + 5 * i + tone - 1);
    return small == 0x0111 ? 29 : 0;
}

void tt__word_add(tt_word_read *word, uint32_t cp)
{
    tt_char c = tt__char_of(cp);
    uint8_t letter = pair_letter(c.small, c.tone);
    word->cost += letter == 0 ? COST_FOREIGN : PAIR_COST[word->last][letter];
    word->foreign |= letter == 0;
    word->last = letter;
    if (c.tone != 0) {
        word->tones++;
        word->tone = c.tone;
    }
    if (word->len == 0)
        word->first_large = c.upper;
    else if (c.upper)
        word->large = true;
    else
        word->small = true;
    word->small_ascii |= !c.upper && cp < 0x80;
    word->large_marked |= c.upper && cp >= 0x80;
    if (word->len < TT_COUNT(word->letters))
        word->letters[word->len] = (uint16_t)c.small;
    word->len++;
}

/* Does the word end in c, ch, p or t? */
static bool is_stopped(const tt_word_read *word)
{
    uint16_t last = word->letters[word->len - 1], before = word->len > 1 ? word->letters[word->len - 2] : 0;
    return last == 'c' || last == 'p' || last == 't' || (last == 'h' && before == 'c');
}

uint32_t tt__word_end(tt_word_read *word, bool *good)
{
    uint32_t cost = word->cost;
    *good = true;
    if (word->len == 0)
        return 0;
    bool fits = word->len <= TT_COUNT(word->letters), stopped = fits && is_stopped(word);
    cost += word->foreign ? 0 : PAIR_COST[word->last][0];
    if (word->tones > 1)
        cost += COST_SECOND_TONE * (word->tones - 1u);
    if (word->large && (word->small || !word->first_large))
        cost += word->abc && !word->small_ascii && !word->large_marked ? COST_ABC_CASE : COST_MIXED_CASE;
    *good = !word->foreign && fits && word->tones <= 1 && tt__is_syllable(word->letters, word->len) &&
            !(stopped && (word->tone == 1 || word->tone == 2 || word->tone == 3));
    if (!*good)
        cost += COST_NO_SYLLABLE;
    *word = (tt_word_read){.abc = word->abc};
    return cost;
}

/* Signs that news has, of those that eight-bit encodings have. */
static bool is_news_sign(uint32_t cp)
{
    return (cp >= 0x2010 && cp <= 0x2026) || cp == 0x20AC || cp == 0xA0 || cp == 0xAB || cp == 0xBB || cp == 0xB0;
}

/* A reading in progress. */
typedef struct {
    const tt_charset *set;
    tt_likeness *out;
    tt_word_read word;
    bool western;
} reading;

static void end_word(reading *r)
{
    bool good;
    if (r->word.len == 0)
        return;
    r->out->cost += tt__word_end(&r->word, &good);
    r->out->words++;
    r->out->good += good;
}

static void read_code(reading *r, uint32_t cp)
{
    tt_char c = tt__char_of(cp);
    r->out->text = tt__pair(r->out->text, cp);
    if (r->western && c.letter) {
        r->out->cost += cp < 0x80 ? WESTERN_ASCII : WESTERN_LETTER;
    } else if (c.letter || c.mark) {
        tt__word_add(&r->word, cp);
    } else {
        bool inside = cp >= 0x80 && r->word.len != 0;
        end_word(r);
        if (cp >= 0x80)
            r->out->cost += (is_news_sign(cp) ? COST_SIGN : COST_ODD_SIGN) + (inside ? COST_SIGN / 2 : 0);
        else if (cp < 0x20 || cp == 0x7F)
            r->out->cost += COST_BAD;
    }
}

/* Read bytes [at, end), which have no space. */
static void read_token(reading *r, const unsigned char *bytes, size_t at, size_t end)
{
    uint32_t step;
    while (at < end) {
        unsigned char b = bytes[at++];
        uint32_t whole = at < end ? tt__charset_compose(r->set, b, bytes[at]) : 0;
        if (whole != 0) {
            at++;
            read_code(r, whole);
        } else if (r->set->kind[b] & TT_BYTE_BAD) {
            end_word(r);
            r->out->cost += COST_BAD;
        } else {
            const char *utf8 = (const char *)r->set->utf8[b];
            for (uint32_t i = 0; i < (r->set->kind[b] & TT_BYTE_LEN); i += step)
                read_code(r, tt__decode(utf8 + i, &step));
        }
    }
    end_word(r);
}

static bool is_space(unsigned char b)
{
    return b == ' ' || (b >= '\t' && b <= '\r');
}

void tt__likeness_add(tt_likeness *out, tt_str piece, tt_encoding encoding)
{
    const unsigned char *bytes = (const unsigned char *)piece.ptr;
    reading r = {
        .set = tt__charset_of(encoding), .out = out, .western = encoding == TT_WINDOWS_1252, .word.abc = encoding == TT_TCVN3};
    for (size_t at = 0, end; at < piece.len; at = end) {
        bool special = false;
        for (end = at; end < piece.len && !is_space(bytes[end]); end++)
            special |= bytes[end] >= 0x80 || bytes[end] < 0x20;
        if (special)
            read_token(&r, bytes, at, end);
        end += end == at;
    }
}
