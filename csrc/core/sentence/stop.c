/* stop.c - the decision at a mark, from the word before it and the first letters after it.
 *
 * A capital after blanks is what makes an end; most rules say when it does not: abbreviations, initials, item numbers. Without
 * blanks ("kinh tế.Tốc độ") only a stop between a small letter and a capitalised word ends a sentence, and never in an
 * address. */
#include "sentence/stop.h"

#include "page/lanes.h"
#include "page/phrase.h"
#include "sentence/abbreviation.h"

#include <string.h>

/* How far is looked: keeps a hostile text linear. */
enum {
    WORD_BYTES = 64,     /* back for a word */
    BRACKET_BYTES = 400, /* ahead for a closing bracket */
    LIST_BYTES = 400     /* ahead for the second entry of a list */
};

/* Words that open sentences and are hardly ever names: after the initial of a masked name ("chị H. Sau đó ...") they tell the
 * end of a sentence from the middle of a name. */
static const char *const OPENERS[] = {
    "sau",   "tại",   "theo", "trong", "khi",   "ngày",      "chiều", "sáng",  "tối",  "đêm", "trưa",    "đến",     "từ",
    "trước", "nhưng", "tuy",  "các",   "những", "một",       "hai",   "ông",   "bà",   "cô",  "chị",     "vì",      "do",
    "nếu",   "với",   "về",   "để",    "cùng",  "lúc",       "hiện",  "đây",   "đó",   "bị",  "cơ quan", "công an", "người",
    "cả",    "cũng",  "vợ",   "gia",   "nhận",  "tuy nhiên", "ngoài", "riêng", "qua",  "rồi", "không",   "quá",     "hôm",
    "gần",   "trên",  "ngay", "vụ",    "đối",   "còn",       "mới",   "thấy",  "cháu", NULL,
};

/* Words after which a single capital is a label and no initial: "180 độ C. Bánh", "quý I. Sau". */
static const char *const LABELS[] = {
    "độ",  "loại",  "nhóm",   "máu",  "quý", "khối", "chữ", "hạng", "bảng",  "lớp",  "vitamin",
    "gan", "virus", "vi rút", "cúm",  "khu", "lô",   "tòa", "toà",  "cấp",   "kỳ",   "hình",
    "mục", "phần",  "dạng",   "kiểu", "cỡ",  "size", "ca",  "điểm", "tuyến", "đoạn", NULL,
};

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

/* ":" or ";", blanks, a dash and a blank: an entry of a list written in one line. */
static bool is_entry(const char *at, const char *end)
{
    const char *dash = at + 1 < end && at[1] == ' ' ? tt__skip_blank(at + 1, end) : end;
    tt_glyph g = tt__glyph_at(dash, end);
    return (g.cp == '-' || g.cp == 0x2013 || g.cp == '+') && tt__blank_at(dash + g.len, end) != 0;
}

/* Note a round bracket that closes soon. No byte is searched twice. */
static void note_bracket(tt_stop *stop, const char *at, const char *end)
{
    if (stop->bracket != NULL && at < stop->bracket)
        return;
    const char *limit = end - at < BRACKET_BYTES ? end : at + BRACKET_BYTES;
    const char *from = stop->no_bracket != NULL && stop->no_bracket > at ? stop->no_bracket : at;
    const char *close = from < limit ? memchr(from, ')', (size_t)(limit - from)) : NULL;
    tt__step(close != NULL ? (size_t)(close - from) : (size_t)(limit - from));
    if (close != NULL)
        stop->bracket = close;
    else
        stop->no_bracket = limit;
}

/* Bits of the bytes that can begin a mark, an entry or a bracket. */
static uint64_t mark_bits(const char *at, const char *limit)
{
    tt_lanes b = tt__lanes_at(at, limit);
    tt_lanes ends = tt__lanes_or(tt__lanes_or(tt__lanes_eq(&b, '.'), tt__lanes_eq(&b, '!')), tt__lanes_eq(&b, '?'));
    tt_lanes opens = tt__lanes_or(tt__lanes_in(&b, ':', 1), tt__lanes_eq(&b, '('));
    return tt__lanes_bits(tt__lanes_or(tt__lanes_or(ends, opens), tt__lanes_eq(&b, 0xE2)));
}

/* Go to the first mark from `p` on. */
static const char *seek_mark(tt_stop *stop, const char *p, const char *end)
{
    for (;; p = stop->lanes + TT_LANES) {
        if (p >= end)
            return end;
        if (stop->lanes == NULL || p >= stop->lanes + TT_LANES) {
            stop->lanes = p;
            stop->bits = mark_bits(p, stop->limit);
        }
        for (stop->bits &= ~tt__first_bits((size_t)(p - stop->lanes)); stop->bits != 0; stop->bits &= stop->bits - 1) {
            const char *at = stop->lanes + tt__low_bit(stop->bits);
            if (at >= end)
                return end;
            if (*at == '(')
                note_bracket(stop, at, end);
            else if (*at == ':' || *at == ';' ? is_entry(at, end) : mark_at(at, end) != 0)
                return at;
        }
    }
}

/* Take the whole run of marks at stop->at. */
static const char *take_run(tt_stop *stop, const char *end)
{
    const char *p = stop->at;
    unsigned dots = 0;
    while (p < end) {
        tt__step(1);
        size_t len = mark_at(p, end);
        if (len == 0) {
            if (p == stop->at || *p != '/' || p[-1] != '.' || p + 1 == end || p[1] != '.')
                break;
            stop->final = true;
            len = 1;
        }
        dots = *p == '.' ? dots + 1 : 0;
        stop->question = stop->question || *p == '?' || *p == '!';
        stop->ellipsis = stop->ellipsis || dots >= 2 || len == 3;
        p += len;
    }
    return p;
}

bool tt__stop_next(tt_stop *stop, const char *end)
{
    const char *p = seek_mark(stop, stop->next, end);
    stop->at = p;
    stop->next = end;
    stop->question = stop->ellipsis = stop->final = stop->entry = stop->inside = false;
    if (p == end)
        return false;
    stop->entry = *p == ':' || *p == ';';
    p = stop->entry ? p + 1 : take_run(stop, end);
    stop->closed = p;
    for (tt_glyph g = tt__glyph_at(p, end); !stop->entry && tt__is_closer(g.cp); g = tt__glyph_at(p, end))
        p += g.len;
    stop->next = p;
    stop->inside = stop->bracket != NULL && p <= stop->bracket;
    return true;
}

/* The word before the stop, back to a blank, an opening mark, a comma or a slash. */
static tt_str word_before(const char *start, const char *stop)
{
    const char *least = stop - start > WORD_BYTES ? stop - WORD_BYTES : start, *p = stop;
    while (p > least) {
        tt_glyph g = tt__glyph_before(least, p);
        bool parts = g.cp == ',' || g.cp == '/' || g.cp == ':' || g.cp == ';' || (is_opener(g.cp) && g.cp != '-');
        if (parts || tt__is_closer(g.cp) || tt__blank_before(least, p) != 0)
            break;
        p -= g.len;
    }
    return (tt_str){p, (size_t)(stop - p)};
}

/* "N", "N.V.A": capitals parted by stops. */
static bool is_initials(tt_str word)
{
    const char *end = word.ptr + word.len;
    for (const char *p = word.ptr; p < end;) {
        tt_glyph g = tt__glyph_at(p, end);
        p += g.len;
        bool plain = (g.cp < 0x80 && tt__is_upper(g.cp)) || g.cp == 0x0110; /* no initial is Á or Ý, as in "Đông Nam Á." */
        if (!plain || (p < end && *p != '.'))
            return false;
        p += p < end;
    }
    return word.len > 0;
}

/* "Kh", "Ng": the first consonant of a masked name. */
static bool is_consonant(tt_str word)
{
    return word.len == 2 && tt__is_upper((unsigned char)word.ptr[0]) && strchr("hgr", word.ptr[1]) != NULL &&
           strchr("AEIOUY", word.ptr[0]) == NULL;
}

/* A single capital that names a class, a unit or a number: after one of LABELS or digits, or a Roman one after a name. */
static bool is_label(tt_str word, const char *start)
{
    const char *least = word.ptr - start > WORD_BYTES ? word.ptr - WORD_BYTES : start, *p = word.ptr;
    size_t blank = tt__blank_before(least, p);
    if (word.len != 1 || blank == 0)
        return false;
    p -= blank;
    tt_glyph before = tt__glyph_before(least, p);
    return word.ptr[0] == 'I' || tt__is_digit(before.cp) || tt__phrase_ends(least, p, LABELS) != 0;
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

/* The stop stands in "https://...", "www...." or "name@host": looked for back to a blank. */
static bool is_address(const char *start, const char *stop)
{
    const char *least = stop - start > WORD_BYTES ? stop - WORD_BYTES : start;
    for (const char *p = stop; p > least && tt__blank_before(least, p) == 0; p--)
        if (p[-1] == '@' || (stop - p >= 2 && (memcmp(p - 1, "://", 3) == 0 || memcmp(p - 1, "ww.", 3) == 0)))
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
    if (tt__abbreviation_find(word) != TT_ABBREVIATION_NONE || is_address(start, stop->at) ||
        memchr(word.ptr, '.', word.len) != NULL)
        return false;
    bool small = tt__is_lower(before.cp) && word.len > before.len;
    return small || (tt__is_digit(before.cp) && !is_item(word, start));
}

/* What follows a stop after blanks. */
typedef struct {
    const char *word; /* first letter, digit or other sign after opening marks */
    bool quoted;      /* a quotation mark opens it */
    bool bracket;     /* a round bracket opens it */
} following;

static following look_ahead(const char *at, const char *end)
{
    following out = {tt__skip_blank(at, end), false, false};
    for (int i = 0; i < 4; i++) {
        tt_glyph g = tt__glyph_at(out.word, end);
        size_t dots = g.cp == 0x2026 ? g.len : end - out.word > 3 && memcmp(out.word, "...", 3) == 0 ? 3 : 0;
        if (!is_opener(g.cp) && dots == 0)
            break;
        out.quoted = out.quoted || g.cp == '"' || g.cp == 0x201C;
        out.bracket = out.bracket || g.cp == '(';
        out.word = tt__skip_blank(out.word + (dots != 0 ? dots : g.len), end);
    }
    return out;
}

/* A single stop before blanks and a capital or a digit. */
static bool ends_at_dot(const tt_stop *stop, const char *start, const char *next, const char *end)
{
    tt_str word = word_before(start, stop->at);
    if (stop->next > stop->closed || word.len == 0)
        return true;
    if (is_item(word, start))
        return false;
    if ((is_initials(word) && !is_label(word, start)) || is_consonant(word))
        return tt__phrase_any(next, end, OPENERS) != 0;
    switch (tt__abbreviation_find(word)) {
    case TT_ABBREVIATION_NEVER: break;
    case TT_ABBREVIATION_NUMBERED: return !tt__is_digit(tt__glyph_at(next, end).cp);
    default: return true;
    }
    /* "50.000 đ. Anh", "37 độ C. Nhà": after a number or a label it is a unit or a class, no title of what follows */
    tt_glyph before = tt__glyph_before(start, word.ptr - tt__blank_before(start, word.ptr));
    return is_label(word, start) || (tt__is_digit(before.cp) && tt__is_lower(tt__glyph_at(word.ptr, stop->at).cp));
}

/* ": - Một" opens a list only when another entry follows. */
static bool ends_entry(const tt_stop *stop, const char *end)
{
    following next = look_ahead(stop->next, end);
    if (!tt__is_upper(tt__glyph_at(next.word, end).cp) || *stop->at == ';')
        return tt__is_upper(tt__glyph_at(next.word, end).cp);
    const char *limit = end - next.word < LIST_BYTES ? end : next.word + LIST_BYTES;
    for (const char *p = next.word; p < limit && *p != '.' && *p != '?'; p++)
        if (*p == ';')
            return is_entry(p, end);
    return false;
}

bool tt__stop_ends(const tt_stop *stop, const char *start, const char *end)
{
    if (stop->entry)
        return ends_entry(stop, end);
    if (stop->final || tt__skip_blank(stop->next, end) == end)
        return true;
    if (stop->at == start || stop->inside)
        return false;
    if (tt__blank_at(stop->next, end) == 0)
        return ends_glued(stop, start, end);
    following next = look_ahead(stop->next, end);
    uint32_t cp = tt__glyph_at(next.word, end).cp;
    if (next.bracket && stop->question)
        return false;
    if (tt__is_lower(cp)) /* a quotation may begin with a small letter, and only there */
        return next.quoted && !stop->question && !stop->ellipsis && stop->next == stop->closed &&
               word_before(start, stop->at).len > 1 && ends_at_dot(stop, start, next.word, end);
    if (tt__is_digit(cp))
        return !stop->ellipsis && (stop->question || ends_at_dot(stop, start, next.word, end));
    return tt__is_upper(cp) && (stop->question || stop->ellipsis || ends_at_dot(stop, start, next.word, end));
}
