/* syllable.c - onset, nucleus and coda by their closed lists; nuclei are checked by letters, not by combination. */
#include "text/syllable.h"

#include <string.h>

enum { LONGEST = 7 }; /* nghiêng */

static bool is_vowel(uint16_t c)
{
    static const uint16_t VOWELS[] = {'a', 'e', 'i', 'o', 'u', 'y', 0x0103, 0x00E2, 0x00EA, 0x00F4, 0x01A1, 0x01B0};
    for (size_t i = 0; i < TT_COUNT(VOWELS); i++)
        if (c == VOWELS[i])
            return true;
    return false;
}

/* Is the run one of the words of `list`, each closed by a space? đ is written d there. */
static bool listed(const uint16_t *run, size_t len, const char *list)
{
    char word[8];
    if (len == 0 || len > 3)
        return len == 0;
    word[0] = ' ';
    for (size_t i = 0; i < len; i++) {
        uint16_t c = run[i] == 0x0111 ? 'd' : run[i];
        if (c >= 0x80)
            return false;
        word[i + 1] = (char)c;
    }
    word[len + 1] = ' ';
    word[len + 2] = '\0';
    return strstr(list, word) != NULL;
}

bool tt__is_syllable(const uint16_t *letters, size_t len)
{
    size_t onset = 0, end;
    if (len == 0 || len > LONGEST)
        return false;
    while (onset < len && !is_vowel(letters[onset]))
        onset++;
    if (onset == 1 && letters[0] == 'q' && onset < len && letters[onset] == 'u')
        onset++;
    for (end = onset; end < len && is_vowel(letters[end]);)
        end++;
    if (end == onset || end - onset > 3)
        return false;
    bool qu = onset == 2 && letters[0] == 'q';
    return (qu || listed(letters, onset, " b c ch d g gh h k kh l m n ng ngh nh p ph r s t th tr v x ")) &&
           listed(letters + end, len - end, " c ch m n ng nh p t ");
}
