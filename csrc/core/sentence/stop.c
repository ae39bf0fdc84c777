/* stop.c - the decision at a mark, from the word before it and the first letters after it.
 *
 * A capital after blanks is what makes an end; most rules say when it does not: abbreviations, initials, item numbers. Without
 * blanks ("kinh tế.Tốc độ") only a stop between a small letter and a capitalised word ends a sentence, and never in an address. */
#include "sentence/stop.h"

#include "page/phrase.h"
#include "sentence/abbreviation.h"

#include <string.h>

enum { WORD_BYTES = 64 }; /* the longest word looked back at: keeps a hostile text linear */

/* Words that open sentences and are hardly ever names: after the initial of a masked name ("chị H. Sau đó ...") they tell the
 * end of a sentence from the middle of a name. */
static const char *const OPENERS[] = {
    "sau", "tại", "theo", "trong", "khi", "ngày", "chiều", "sáng", "tối", "đêm", "trưa", "đến", "từ", "trước", "nhưng", "tuy",
    "các", "những", "một", "hai", "ông", "bà", "cô", "chị", "vì", "do", "nếu", "với", "về", "để", "cùng", "lúc", "hiện", "đây",
    "đó", "bị", "cơ quan", "công an", "người", "cả", "cũng", "vợ", "gia", "nhận", "tuy nhiên", "ngoài", "riêng", "qua", "rồi", "không",
    "quá", "hôm", "gần", "trên", "ngay", "vụ", "đối", "còn", "mới", "thấy", "cháu", NULL,
};

static bool is_closer(uint32_t cp)
{
    return cp == '"' || cp == '\'' || cp == ')' || cp == ']' || cp == 0x201D || cp == 0x2019 || cp == 0xBB;
}

static bool is_opener(uint32_t cp)
{
    return cp == '"' || cp == '\'' || cp == '(' || cp == '[' || cp == 0x201C || cp == 0x2018 || cp == 0xAB || cp == '-' ||
           cp == 0x2013 || cp == 0x2014 || cp == '*' || cp == 0x2022;
}

static size_t mark_at(const char *at, const char *end)
{
    if (*at == '.' || *at == '!' || *at == '?')
        return 1;
    return end - at >= 3 && memcmp(at, "\xE2\x80\xA6", 3) == 0 ? 3 : 0; /* U+2026 */
}

bool tt__stop_next(tt_stop *out, const char *from, const char *end)
{
    const char *p = from;
    unsigned dots = 0;
    size_t len = 0;
    while (p < end && (len = mark_at(p, end)) == 0)
        p++;
    *out = (tt_stop){.at = p};
    if (p == end)
        return false;
    while (p < end) {
        if ((len = mark_at(p, end)) == 0) {
            if (p == out->at || *p != '/' || p[-1] != '.' || p + 1 == end || p[1] != '.')
                break;
            out->final = true;
            len = 1;
        }
        dots = *p == '.' ? dots + 1 : 0;
        out->question = out->question || *p == '?' || *p == '!';
        out->ellipsis = out->ellipsis || dots >= 2 || len == 3;
        p += len;
    }
    out->closed = p;
    for (tt_glyph g = tt__glyph_at(p, end); is_closer(g.cp); g = tt__glyph_at(p, end))
        p += g.len;
    out->next = p;
    return true;
}

/* The word before the stop, back to a blank, an opening mark, a comma or a slash. */
static tt_str word_before(const char *start, const char *stop)
{
    const char *least = stop - start > WORD_BYTES ? stop - WORD_BYTES : start, *p = stop;
    while (p > least) {
        tt_glyph g = tt__glyph_before(least, p);
        if (tt__blank_before(least, p) != 0 || is_closer(g.cp) || (is_opener(g.cp) && g.cp != '-') || g.cp == ',' || g.cp == '/' ||
            g.cp == ':' || g.cp == ';')
            break;
        p -= g.len;
    }
    return (tt_str){p, (size_t)(stop - p)};
}

/* "N", "N.V.A", "Kh": capitals parted by stops. */
static bool is_initials(tt_str word)
{
    const char *end = word.ptr + word.len;
    for (const char *p = word.ptr; p < end;) {
        tt_glyph g = tt__glyph_at(p, end);
        p += g.len;
        if (!tt__is_upper(g.cp) || (p < end && *p != '.'))
            return false;
        p += p < end;
    }
    return word.len > 0;
}

/* "1", "12", "IV", "a" where a sentence begins: the number of an item. */
static bool is_item(tt_str word, const char *start)
{
    size_t digits = 0, roman = 0;
    if (word.ptr != start || word.len > 4)
        return false;
    for (size_t i = 0; i < word.len; i++) {
        digits += tt__is_digit((unsigned char)word.ptr[i]);
        roman += strchr("IVX", word.ptr[i]) != NULL;
    }
    return word.len > 0 && (digits == word.len || roman == word.len || word.len == 1);
}

static bool is_address(tt_str word)
{
    for (size_t i = 0; i + 1 < word.len; i++)
        if (word.ptr[i] == '@' || word.ptr[i] == '/' || word.ptr[i] == '_' || memcmp(word.ptr + i, "w.", 2) == 0)
            return true;
    return false;
}

/* No blank after the stop: a small letter or a digit before, a capitalised word after. */
static bool ends_glued(const tt_stop *stop, const char *start, const char *end)
{
    tt_glyph before = tt__glyph_before(start, stop->at), first = tt__glyph_at(stop->next, end);
    tt_glyph second = tt__glyph_at(stop->next + first.len, end);
    tt_str word = word_before(start, stop->at);
    bool closed = stop->next > stop->closed;
    if (!tt__is_upper(first.cp) || !tt__is_lower(second.cp) || stop->closed - stop->at > 3)
        return false;
    if (closed)
        return tt__is_lower(before.cp) || tt__is_digit(before.cp);
    if (stop->question || stop->ellipsis)
        return tt__is_lower(before.cp);
    if (tt__abbreviation_find(word) != TT_ABBREVIATION_NONE || is_address(word) || memchr(word.ptr, '.', word.len) != NULL)
        return false;
    bool small = tt__is_lower(before.cp) && word.len > before.len;
    return small || (tt__is_digit(before.cp) && !is_item(word, start));
}

/* After blanks and opening marks: the first letter or digit of what follows. */
static const char *next_word(const char *at, const char *end, bool *quoted)
{
    const char *p = tt__skip_blank(at, end);
    *quoted = false;
    for (int i = 0; i < 4; i++) {
        tt_glyph g = tt__glyph_at(p, end);
        if (!is_opener(g.cp))
            break;
        *quoted = *quoted || g.cp == '"' || g.cp == 0x201C;
        p = tt__skip_blank(p + g.len, end);
    }
    return p;
}

/* A single stop before blanks and a capital or a digit. */
static bool ends_at_dot(const tt_stop *stop, const char *start, const char *next, const char *end)
{
    tt_str word = word_before(start, stop->at);
    if (stop->next > stop->closed || word.len == 0)
        return true;
    if (is_item(word, start))
        return false;
    if (is_initials(word))
        return tt__phrase_any(next, end, OPENERS) != 0;
    if (tt__abbreviation_find(word) != TT_ABBREVIATION_NEVER)
        return true;
    tt_glyph before = tt__glyph_before(start, word.ptr);
    return tt__is_digit(before.cp) && tt__is_lower(tt__glyph_at(word.ptr, stop->at).cp);
}

bool tt__stop_ends(const tt_stop *stop, const char *start, const char *end)
{
    if (stop->final || tt__skip_blank(stop->next, end) == end)
        return true;
    if (stop->at == start)
        return false;
    if (tt__blank_at(stop->next, end) == 0)
        return ends_glued(stop, start, end);
    bool quoted;
    const char *next = next_word(stop->next, end, &quoted);
    uint32_t cp = tt__glyph_at(next, end).cp;
    if (tt__is_digit(cp))
        return !stop->ellipsis && (stop->question || ends_at_dot(stop, start, next, end));
    if (!tt__is_upper(cp))
        return false;
    return stop->question || stop->ellipsis || ends_at_dot(stop, start, next, end);
}
