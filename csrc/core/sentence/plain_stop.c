/* plain_stop.c - the stop that nobody doubts: "... đã ký kết. Ông ...". What ending.c would ask of it one by one is told by the
 * bits around: no quotation mark near, no bracket, a word of small letters that is no abbreviation, a capital behind. */
#include "sentence/abbreviation.h"
#include "sentence/stop.h"

#include <string.h>

enum {
    INITIAL_MOST = 2, /* bytes of an initial */
    NUMBER_MOST = 4,  /* bytes of the number of an item */
    /* as in ending.c: */
    NUMBERED_BYTES = 64, /* how far "Điều 5" is looked for */
    TITLE_BYTES = 50,    /* how near a quotation mark tells something */
};

/* Bits of the bytes before `i` of the text. */
#define BEFORE(map, i, name)                                                                                                   \
    tt__bits_before((i) < TT_LANES ? 0 : (map)->rows[(i) / TT_LANES - 1].name, (map)->rows[(i) / TT_LANES].name, (i) % TT_LANES)
/* And from `i` on. */
#define FROM(map, i, name) tt__bits_from((map)->rows[(i) / TT_LANES].name, (map)->rows[(i) / TT_LANES + 1].name, (i) % TT_LANES)

/* Are there quotation marks on both sides, so that the mark could stand in a title? */
static bool is_near_quotes(const tt_map *map, size_t at)
{
    uint64_t behind = FROM(map, at, quote) & tt__first_bits(TITLE_BYTES + 1);
    return behind != 0 && BEFORE(map, at, quote) >> (TT_LANES - TITLE_BYTES) != 0;
}

/* A number far inside a sentence, behind no mark that a list could have: not that of an item. */
static bool is_plain_number(const tt_stop *stop, const char *word)
{
    return word - stop->start > NUMBERED_BYTES && word[-1] == ' ' && strchr(":;, ", word[-2]) == NULL;
}

/* No initial and no number of an item, by the first and the last of its few bytes. */
static bool is_plain_brief(const tt_stop *stop, const char *word, size_t len)
{
    if (len >= INITIAL_MOST && tt__is_digit((unsigned char)*word) && tt__is_digit((unsigned char)stop->at[-1]))
        return is_plain_number(stop, word);
    if (len <= INITIAL_MOST)
        return len == INITIAL_MOST && *word >= 'a' && *word <= 'z';
    return *word != 'I' && *word != 'V' && *word != 'X';
}

/* Behind the word before the stop nothing else than a sentence can end: it is no abbreviation, initial or number of an item, or
 * there is a closing mark instead. */
static bool is_plain_word(const tt_stop *stop, size_t stop_at)
{
    const char *text = stop->map->text.ptr;
    uint64_t partings = BEFORE(stop->map, stop_at, parting) | BEFORE(stop->map, stop_at, stop);
    size_t len = partings != 0 ? TT_LANES - 1 - tt__high_bit(partings) : 0;
    const char *word = text + stop_at - len;
    unsigned char before = (unsigned char)word[-1], last = (unsigned char)stop->at[-1];
    if (partings == 0 || word <= stop->start || before >= 0x80 || before == '.' || before == '!' || before == '?')
        return false;
    if (len <= NUMBER_MOST && !is_plain_brief(stop, word, len))
        return len == 0 && last > ' ';
    return !tt__abbreviation_may_be((tt_str){word, len});
}

/* A capital, or a quotation mark that opens with one. */
static bool begins_sentence(const char *at, const char *end)
{
    if (*at == '"')
        at++;
    else if (end - at > 3 && memcmp(at, "\xE2\x80\x9C", 3) == 0) /* U+201C */
        at += 3;
    return tt__is_upper(tt__glyph_at(at, end).cp);
}

bool tt__stop_is_plain(tt_stop *stop)
{
    const char *at = stop->at;
    if (*at != '.' || at == stop->start || stop->end - at < 3 || at[1] != ' ' || stop->rules != NULL)
        return false;
    size_t i = (size_t)(at - stop->map->text.ptr);
    if (!begins_sentence(at + 2, stop->end) || !is_plain_word(stop, i) || is_near_quotes(stop->map, i))
        return false;
    if (stop->brackets != 0 && tt__stop_inside(stop, at + 1))
        return false;
    bool small = at[-1] >= 'a' && at[-1] <= 'z';
    if (stop->letters == TT_LETTERS_UNKNOWN && !small)
        stop->letters = tt__letters_of(stop->start, stop->end);
    return stop->letters <= TT_LETTERS_BOTH;
}
