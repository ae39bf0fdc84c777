/* plain_stop.c - the stop that nobody doubts: "... đã ký kết. Ông ...". What ending.c would ask of it one by one is told by the
 * bits around: no quotation mark near, no bracket, a word of small letters that is no abbreviation, a capital behind. */
#include "sentence/abbreviation.h"
#include "sentence/stop.h"

enum {
    WORD_LEAST = 3,   /* bytes; initials and items are shorter */
    ROMAN_MOST = 4,   /* bytes of a number of an item */
    TITLE_BYTES = 50, /* as in ending.c: how near a quotation mark tells something */
};

/* Bits of the bytes before `i` of the text. */
#define BEFORE(map, i, name)                                                                                                   \
    tt__bits_before((i) < TT_LANES ? 0 : (map)->rows[(i) / TT_LANES - 1].name, (map)->rows[(i) / TT_LANES].name, (i) % TT_LANES)
/* And from `i` on. */
#define FROM(map, i, name)                                                                                                     \
    tt__bits_from((map)->rows[(i) / TT_LANES].name, (map)->rows[(i) / TT_LANES + 1].name, (i) % TT_LANES)

/* A word of letters alone, behind a blank, that is no abbreviation, initial or number of an item. */
static bool is_plain_word(const tt_stop *stop, size_t stop_at)
{
    const char *text = stop->map->text.ptr;
    uint64_t partings = BEFORE(stop->map, stop_at, parting) | BEFORE(stop->map, stop_at, stop);
    size_t len = partings != 0 ? TT_LANES - 1 - tt__high_bit(partings) : 0;
    const char *word = text + stop_at - len;
    if (len < WORD_LEAST || word <= stop->start || word[-1] != ' ')
        return false;
    bool number = tt__is_digit((unsigned char)*word) || ((*word == 'I' || *word == 'V' || *word == 'X') && len <= ROMAN_MOST);
    return !number && !tt__abbreviation_may_be((tt_str){word, len});
}

bool tt__stop_is_plain(tt_stop *stop)
{
    const char *at = stop->at;
    if (*at != '.' || stop->end - at < 3 || at[1] != ' ' || stop->brackets != 0 || stop->rules != NULL)
        return false;
    size_t i = (size_t)(at - stop->map->text.ptr);
    bool near_quote = (FROM(stop->map, i + 1, quote) & tt__first_bits(TITLE_BYTES)) != 0;
    if (near_quote || !tt__is_upper(tt__glyph_at(at + 2, stop->end).cp) || !is_plain_word(stop, i))
        return false;
    bool small = at[-1] >= 'a' && at[-1] <= 'z';
    if (stop->letters == TT_LETTERS_UNKNOWN && !small)
        stop->letters = tt__letters_of(stop->start, stop->end);
    return stop->letters <= TT_LETTERS_BOTH;
}
