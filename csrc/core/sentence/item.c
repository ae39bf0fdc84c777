/* item.c - is the word before a stop the number of an item of a list, or of a chapter? */
#include "sentence/item.h"

#include "page/glyph.h"
#include "page/phrase.h"

enum { WORD_BYTES = 64 }; /* how far a word is looked for: keeps a hostile text linear */

/* Words whose number a stop follows: "Điều 5. Phạm vi điều chỉnh". */
static const char *const NUMBERED[] = {
    "điều",  "câu",  "bài", "chương", "mục",  "phần", "bước",  "kỳ",   "tập",  "khoản", "phụ lục", "vòng",    "cách", "mẹo",
    "lý do", "hạng", "top", "chặng",  "tiết", "dạng", "ví dụ", "bảng", "hình", "nhóm",  "vụ",      "sự kiện", NULL,
};

static bool is_roman(char c)
{
    return c == 'I' || c == 'V' || c == 'X';
}

/* Digits or a Roman number, of four bytes at most. */
static bool is_number(tt_str word)
{
    if (word.len == 0 || word.len > 4)
        return false;
    bool digits = tt__is_digit((unsigned char)*word.ptr);
    for (size_t i = 0; i < word.len; i++)
        if (digits ? !tt__is_digit((unsigned char)word.ptr[i]) : !is_roman(word.ptr[i]))
            return false;
    return true;
}

/* "Điều 5", "Câu 1", "Chương I" where a sentence begins. */
static bool is_numbered(tt_str word, const char *start)
{
    const char *p = word.ptr - tt__blank_before(start, word.ptr);
    if (word.ptr - start > WORD_BYTES || p == word.ptr)
        return false;
    size_t len = tt__phrase_any(start, p, NUMBERED);
    return len != 0 && start + len == p;
}

/* "1", "12", "IV", "a" where a sentence begins, "2" within a list in one line: the number of an item. */
bool tt__is_item(tt_str word, const char *start)
{
    if (word.ptr == start)
        return word.len == 1 || is_number(word);
    if (!is_number(word))
        return false;
    const char *p = word.ptr - tt__blank_before(start, word.ptr);
    bool listed = p - start > 1 && p < word.ptr && (p[-1] == ':' || p[-1] == ';' || p[-1] == ',') &&
                  !tt__is_digit((unsigned char)p[-2]); /* not "cấp 1, 2, 3." */
    return (listed && word.len <= 2) || is_numbered(word, start);
}
