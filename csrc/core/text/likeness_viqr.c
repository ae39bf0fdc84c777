/* likeness_viqr.c - is ASCII text VIQR? English has apostrophes, full stops and question marks after vowels, so only words
 * count that are syllables with a sign inside, or with two signs on a vowel, and they must be many among all words. */
#include "text/charset.h"
#include "text/likeness.h"
#include "text/unit.h"

#include <string.h>

enum { ENOUGH = 400 }; /* words after which text that has hardly any signs is settled */

typedef struct {
    uint32_t words, strong, against, sure;
} counts;

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_word_byte(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || (c != '\0' && strchr("^(+'`?~.\\-_/@:=", c) != NULL);
}

/* Read the bytes of a word and judge it. */
static void judge(counts *sum, tt_str bytes)
{
    tt_reader reader = {.bytes = bytes};
    tt_word_read word = {.len = 0};
    bool inside = false, doubled = false, sure = false, broken = false, ended = false, good;
    while (reader.at < bytes.len) {
        size_t at = reader.at;
        uint32_t cp = tt__read_viqr(&reader);
        bool marked = cp != TT_UNIT_NONE && cp >= 0x80;
        if (!marked && !is_letter(bytes.ptr[at])) {
            ended = word.len != 0;
            continue;
        }
        broken |= ended;
        tt__word_add(&word, cp);
        doubled |= marked && reader.at - at > 2;
        inside |= marked && reader.at < bytes.len && is_letter(bytes.ptr[reader.at]);
        sure |= marked && strchr("^(+`~dD", bytes.ptr[at + 1]) != NULL;
    }
    if (word.len == 0)
        return;
    bool single = word.len == 1;
    tt__word_end(&word, &good);
    sum->words++;
    sum->sure += sure && good && !broken && !single;
    if (inside || doubled || (sure && !single))
        *(good && !broken ? &sum->strong : &sum->against) += doubled ? 2 : 1;
}

double tt__likeness_viqr(tt_str sample)
{
    counts sum = {0, 0, 0, 0};
    for (size_t at = 0, end; at < sample.len; at = end) {
        for (end = at; end < sample.len && is_word_byte(sample.ptr[end]); end++)
            ;
        judge(&sum, (tt_str){sample.ptr + at, end - at});
        if (sum.words > ENOUGH && 8 * sum.strong < sum.words)
            return 0;
        end += end == at;
    }
    if (sum.strong < 2 || sum.sure == 0 || sum.strong < 2 * sum.against || 4 * sum.strong < sum.words)
        return 0;
    return (double)sum.strong / (sum.strong + sum.against + 1.0);
}
