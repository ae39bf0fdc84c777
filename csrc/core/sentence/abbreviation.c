/* abbreviation.c - binary search in the table compiled from csrc/data/lexicon/abbreviations.tsv. */
#include "sentence/abbreviation.h"

#include <string.h>

typedef struct {
    const char *text;
    uint8_t rule; /* tt_abbreviation_rule */
} tt_abbreviation;

#include "sentence/abbreviation_table.inc"

static tt_abbreviation_rule find_whole(tt_str word)
{
    size_t low = 0, high = TT_COUNT(tt_abbreviation_rows);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *text = tt_abbreviation_rows[middle].text;
        int order = strncmp(text, word.ptr, word.len);
        if (order == 0 && text[word.len] == '\0')
            return (tt_abbreviation_rule)tt_abbreviation_rows[middle].rule;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
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
