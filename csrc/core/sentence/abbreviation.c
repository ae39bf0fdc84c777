/* abbreviation.c - look-up by the first byte in the table compiled from csrc/data/lexicon/abbreviations.tsv. */
#include "sentence/abbreviation.h"

#include <string.h>

typedef struct {
    const char *text;
    uint8_t len, rule; /* tt_abbreviation_rule */
} tt_abbreviation;

#include "sentence/abbreviation_table.inc"

typedef bool same_text(const char *a, const char *b, size_t len);

static bool is_same(const char *a, const char *b, size_t len)
{
    return memcmp(a, b, len) == 0;
}

static unsigned char small_ascii(char c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c | 0x20) : (unsigned char)c;
}

static bool is_same_but_case(const char *a, const char *b, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (small_ascii(a[i]) != small_ascii(b[i]))
            return false;
    return true;
}

static tt_abbreviation_rule find_whole(tt_str word, unsigned char first, same_text *same)
{
    for (size_t i = tt_abbreviation_starts[first]; word.len > 0 && i < tt_abbreviation_starts[first + 1]; i++) {
        const tt_abbreviation *row = &tt_abbreviation_rows[i];
        if (row->len == word.len && same(row->text, word.ptr, word.len))
            return (tt_abbreviation_rule)row->rule;
    }
    return TT_ABBREVIATION_NONE;
}

static tt_str after_last_stop(tt_str word)
{
    size_t i = word.len;
    while (i > 0 && word.ptr[i - 1] != '.')
        i--;
    return (tt_str){word.ptr + i, word.len - i};
}

bool tt__abbreviation_may_be(tt_str word)
{
    const unsigned char *b = (const unsigned char *)word.ptr;
    uint32_t first = b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
    uint32_t bucket = (first + (uint32_t)word.len * 0x9E3779B1u) * 0x2C1B3C6Du >> 19;
    return tt_abbreviation_filter[bucket / 64] >> (bucket % 64) & 1;
}

tt_abbreviation_rule tt__abbreviation_find(tt_str word)
{
    tt_str last = after_last_stop(word);
    tt_abbreviation_rule rule = word.len > 0 ? find_whole(word, (unsigned char)*word.ptr, is_same) : TT_ABBREVIATION_NONE;
    return rule != TT_ABBREVIATION_NONE || last.len == 0 || last.len == word.len
               ? rule
               : find_whole(last, (unsigned char)*last.ptr, is_same);
}

static tt_abbreviation_rule find_any_case(tt_str word)
{
    if (word.len == 0)
        return TT_ABBREVIATION_NONE;
    unsigned char small = small_ascii(*word.ptr), capital = small >= 'a' && small <= 'z' ? small & 0xDF : small;
    tt_abbreviation_rule rule = find_whole(word, capital, is_same_but_case);
    return rule != TT_ABBREVIATION_NONE ? rule : find_whole(word, small, is_same_but_case);
}

tt_abbreviation_rule tt__abbreviation_find_any_case(tt_str word)
{
    tt_abbreviation_rule rule = find_any_case(word);
    tt_str last = after_last_stop(word);
    return rule != TT_ABBREVIATION_NONE || last.len == word.len ? rule : find_any_case(last);
}
