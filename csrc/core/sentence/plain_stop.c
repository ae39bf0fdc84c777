/* plain_stop.c - the stop that nobody doubts: "... đã ký kết. Ông ...". What ending.c would ask of it one by one is told by the
 * bits around: no quotation mark near, no bracket, a word of small letters that is no abbreviation, a capital behind. All is
 * asked of every stop, since which answer is no cannot be foretold. */
#include "sentence/abbreviation.h"
#include "sentence/item.h"
#include "sentence/stop.h"

#include <string.h>

enum {
    AHEAD = 12,     /* bytes that are read from the stop on, at most */
    BRIEF_MOST = 4, /* bytes of an initial or of the number of an item */
    /* as in ending.c: */
    TITLE_BYTES = 50, /* how near a quotation mark tells something */
};

static inline bool is_small_ascii(char c)
{
    return (unsigned char)(c - 'a') < 26;
}

static inline bool is_capital_ascii(char c)
{
    return (unsigned char)(c - 'A') < 26;
}

/* Are there quotation marks on both sides, so that the mark could stand in a title? */
static inline bool is_near_quotes(const tt_map *map, size_t at)
{
    uint64_t behind = TT_BITS_FROM(map, at, quote) & tt__first_bits(TITLE_BYTES + 1);
    return (behind != 0) & (TT_BITS_BEFORE(map, at, quote) >> (TT_LANES - TITLE_BYTES) != 0);
}

/* A capital of three bytes at most, of which as many may be read; false tells nothing. */
static inline bool is_capital(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;
    uint32_t two = (uint32_t)(b[0] & 0x1F) << 6 | (b[1] & 0x3F);
    uint32_t three = (uint32_t)(b[0] & 0x0F) << 12 | (uint32_t)(b[1] & 0x3F) << 6 | (b[2] & 0x3F);
    uint32_t cp = b[0] < 0x80 ? b[0] : b[0] < 0xE0 ? two : three, high = cp - 0x1E00;
    uint32_t row = cp < TT_GLYPH_LATIN ? cp : high < TT_GLYPH_ROWS - TT_GLYPH_LATIN ? TT_GLYPH_LATIN + high : 0;
    return ((tt__glyph_rows[row].kind & TT_GLYPH_UPPER) != 0) & (b[0] < 0xF0);
}

/* After a quotation mark that opens. */
static inline const char *opened(const char *at)
{
    bool curly = (at[0] == '\xE2') & (at[1] == '\x80') & (at[2] == '\x9C'); /* U+201C */
    return at + (*at == '"') + 3 * curly;
}

/* Digits or what begins as a Roman number, behind which a sentence can end unless they number an item. */
static bool is_no_item(const tt_stop *stop, tt_str word)
{
    return !tt__is_item(word, stop->start) && tt__abbreviation_find(word) == TT_ABBREVIATION_NONE;
}

/* Behind the word before the stop nothing else than a sentence can end: it is no abbreviation, initial or number of an item, or
 * there is a closing mark instead. */
static inline bool is_plain_word(const tt_stop *stop, size_t at)
{
    const char *text = stop->map->text.ptr;
    uint64_t partings = TT_BITS_BEFORE(stop->map, at, parting) | TT_BITS_BEFORE(stop->map, at, stop);
    if (partings == 0)
        return false;
    size_t len = TT_LANES - 1 - tt__high_bit(partings);
    const char *word = text + at - len;
    unsigned char before = (unsigned char)word[-1], first = (unsigned char)*word, last = (unsigned char)text[at - 1];
    bool roman = (first == 'I') | (first == 'V') | (first == 'X'), digit = tt__is_digit(first),
         digits = digit & tt__is_digit(last);
    bool pair = (len == 2) & (is_small_ascii((char)first) | digit), longer = (len > 2) & !(roman & (len <= BRIEF_MOST));
    bool closed = (before == 0xE2) & (first == 0x80) & (last == 0x9D) & (len == 2); /* U+201D */
    bool apart = (before < 0x80) & (before != '.') & (before != '!') & (before != '?') & (word > stop->start);
    bool item = apart & (len <= BRIEF_MOST) & (len != 0) & (digits | (roman & (len > 2)));
    if (item)
        return is_no_item(stop, (tt_str){word, len});
    bool none = (apart & (len == 0) & (last > ' ')) | closed;
    return none | (apart & (pair | longer) & !tt__abbreviation_may_be((tt_str){word, len}));
}

bool tt__stop_is_plain(tt_stop *stop)
{
    const char *at = stop->at;
    size_t i = (size_t)(at - stop->map->text.ptr);
    if (stop->map->text.len - i < AHEAD || stop->rules != NULL)
        return false;
    const char *next = opened(at + 2);
    bool asks = (*at == '?') & !stop->bar;
    bool fits =
        (at[1] == ' ') & (at != stop->start) & (next < stop->end) & (stop->letters <= TT_LETTERS_BOTH) & is_capital(next);
    if (!(fits & ((*at == '.') | asks) & !is_near_quotes(stop->map, i)) || !(asks || is_plain_word(stop, i)))
        return false;
    if (!tt__stop_is_bare(stop) && tt__stop_inside(stop, at + 1))
        return false;
    bool doubt = (stop->letters == TT_LETTERS_UNKNOWN) & !is_small_ascii(at[-1]);
    bool both = is_capital_ascii(stop->start[0]) && is_small_ascii(stop->start[1]);
    stop->letters = (doubt & both) ? TT_LETTERS_BOTH : stop->letters;
    if (doubt & !both)
        stop->letters = tt__letters_of(stop->start, stop->end);
    return stop->letters <= TT_LETTERS_BOTH;
}
