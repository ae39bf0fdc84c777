/* abbreviation.c - look-up by the first byte in the table compiled from csrc/data/lexicon/abbreviations.tsv. */
#include "sentence/abbreviation.h"

#include <string.h>

typedef struct {
    const char *text;
    uint8_t len, rule; /* tt_abbreviation_rule */
} tt_abbreviation;

#include "sentence/abbreviation_table.inc"

static tt_abbreviation_rule find_whole(tt_str word)
{
    if (word.len == 0)
        return TT_ABBREVIATION_NONE;
    unsigned char first = (unsigned char)word.ptr[0];
    for (size_t i = tt_abbreviation_starts[first]; i < tt_abbreviation_starts[first + 1]; i++) {
        const tt_abbreviation *row = &tt_abbreviation_rows[i];
        if (row->len == word.len && memcmp(row->text, word.ptr, word.len) == 0)
            return (tt_abbreviation_rule)row->rule;
    }
    return TT_ABBREVIATION_NONE;
}

tt_abbreviation_rule tt__abbreviation_find(tt_str word)
{
    tt_abbreviation_rule rule = find_whole(word);
    for (size_t i = word.len; rule == TT_ABBREVIATION_NONE && i > 0; i--)
        if (word.ptr[i - 1] == '.')
            return find_whole((tt_str){word.ptr + i, word.len - i});
    return rule;
}
