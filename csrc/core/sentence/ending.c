/* ending.c - the decision at a mark, from the word before it and the first letters after it.
 *
 * A capital after blanks is what makes an end; most rules say when it does not: abbreviations, initials, item numbers. Without
 * blanks ("kinh tế.Tốc độ") only a stop between a small letter and a capitalised word ends a sentence, and never in an
 * address. */
#include "sentence/stop.h"

#include "page/phrase.h"
#include "page/rules.h"
#include "sentence/abbreviation.h"
#include "sentence/initial.h"
#include "sentence/item.h"
#include "text/syllable.h"

#include <string.h>

/* How far is looked: keeps a hostile text linear. */
enum {
    WORD_BYTES = 64,  /* back for a word */
    TITLE_BYTES = 50, /* back and ahead for the marks around a title */
    LIST_BYTES = 400, /* ahead for the second entry of a list */
    ASKER_WORDS = 5   /* of who asks and the verb */
};

/* Words that no sentence ends with: a small letter after such a word and a stop goes on. */
static const char *const GO_ON[] = {
    "và",   "vì",   "nên",   "của", "là",   "với", "cho", "do", "bởi", "tại", "ở",   "thì",   "mà",
    "rằng", "các",  "những", "một", "anh",  "chị", "ông", "bà", "cô",  "từ",  "đến", "trong", "như",
    "hay",  "hoặc", "về",    "bị",  "được", "số",  "tp",  "tr", "ths", "bs",  "vs",  "no",    NULL,
};

/* Words that no sentence begins with. */
static const char *const GOES_ON[] = {"và", "rằng", "của", "thì", "là", "mà", "với", "nên", "hoặc", "hay", NULL};

/* The word before the stop, back to a blank, an opening mark, a comma or a slash; "Tp ." has one, too. */
static tt_str word_before(const tt_stop *stop)
{
    const tt_map *map = stop->map;
    const char *text = map->text.ptr, *start = stop->start;
    size_t over = (size_t)(stop->at - text), least = (size_t)(start - text);
    while (over > least && tt__map_is_blank(map, over - 1))
        over--;
    if (over - least > WORD_BYTES)
        least = over - WORD_BYTES;
    uint64_t bits = TT_BITS_BEFORE(map, over, parting);
    for (; bits != 0; bits ^= (uint64_t)1 << tt__high_bit(bits)) {
        size_t sign = over - TT_LANES + tt__high_bit(bits);
        bool wide = (unsigned char)text[sign] >= 0xC0; /* the last byte of a blank is not */
        tt_glyph g = wide ? tt__glyph_at(text + sign, text + over) : (tt_glyph){0, 1};
        if (sign < least || !wide || tt__is_closer(g.cp) || tt__opens(g.cp)) {
            least = sign < least ? least : sign + g.len;
            break;
        }
    }
    return (tt_str){text + least, over - least};
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

/* A Vietnamese syllable of two small letters or more, before a blank or one of the usual marks. */
static bool is_small_word(const char *at, const char *end)
{
    tt_syllable_look look;
    const char *over = at;
    for (tt_glyph g = tt__glyph_at(over, end); tt__is_letter(g.cp); g = tt__glyph_at(over, end)) {
        if (!tt__is_lower(g.cp) || over - at > WORD_BYTES)
            return false;
        over += g.len;
    }
    bool parted = over == end || tt__blank_at(over, end) != 0 || *over == ',' || *over == '.';
    if (!parted || over == at)
        return false;
    tt__syllable_look(&look, &at, over);
    return at == over && look.row != NULL && look.len >= 2;
}

static tt_abbreviation_rule any_case_rule(tt_str word)
{
    return is_small_word(word.ptr, word.ptr + word.len) ? TT_ABBREVIATION_NONE : tt__abbreviation_find_any_case(word);
}

/* A user's abbreviations hold as they are, and as the part after the last stop inside the word. */
static bool is_users(const tt_stop *stop, tt_str word)
{
    size_t inner = word.len;
    while (inner > 0 && word.ptr[inner - 1] != '.')
        inner--;
    return tt__rules_have_word(stop->rules, word) ||
           tt__rules_have_word(stop->rules, (tt_str){word.ptr + inner, word.len - inner});
}

static tt_abbreviation_rule rule_of(const tt_stop *stop, tt_str word)
{
    if (is_users(stop, word))
        return TT_ABBREVIATION_NEVER;
    tt_abbreviation_rule rule = tt__abbreviation_find(word);
    return rule != TT_ABBREVIATION_NONE || stop->letters < TT_LETTERS_SMALL ? rule : any_case_rule(word);
}

/* After an opening quote or bracket. */
static const char *opened(const char *at, const char *end)
{
    tt_glyph first = tt__glyph_at(at, end);
    bool opens = first.cp == '"' || first.cp == 0x201C || first.cp == 0x2018 || first.cp == 0xAB || first.cp == '(';
    return opens ? at + first.len : at;
}

/* A capital that begins a word. */
static bool is_word_glued(const char *at, const char *end)
{
    tt_glyph first = tt__glyph_at(at, end);
    return tt__is_upper(first.cp) && tt__is_lower(tt__glyph_at(at + first.len, end).cp);
}

/* "TP.HCM", "ASEAN": three capitals or more at its end, which stand for a name and no title. */
static bool is_acronym(tt_str word)
{
    size_t len = 0;
    while (len < word.len && word.ptr[word.len - 1 - len] >= 'A' && word.ptr[word.len - 1 - len] <= 'Z')
        len++;
    return len >= 3 && (len == word.len || word.ptr[word.len - 1 - len] == '.');
}

/* "UBND xã", "TS. Lê", "Ở nhánh": an acronym, a title or a word of one letter with a mark, before a blank; when `word`
 * before it is a plain one, any of two letters, too. Not "cao.PDF", "a.COM". */
static bool is_capitals_glued(const char *at, const char *end, tt_str word)
{
    static const char *const EXTENSIONS[] = {"com", "net", "org", "gov", "edu", "pdf", "doc", "xls",
                                             "ppt", "jpg", "png", "mp3", "mp4", "vn",  "tv",  NULL};
    const char *p = at;
    tt_glyph g = tt__glyph_at(p, end);
    size_t letters = 0;
    bool marked = g.cp >= 0x80;
    for (; tt__is_upper(g.cp) && letters < WORD_BYTES; letters++) {
        p += g.len;
        g = tt__glyph_at(p, end);
    }
    if (letters == 2 && !is_small_word(word.ptr, word.ptr + word.len))
        return g.cp == '.' || tt__blank_at(p, end) != 0
                   ? tt__abbreviation_find((tt_str){at, (size_t)(p - at)}) == TT_ABBREVIATION_NEVER
                   : false;
    if (p == end || (tt__blank_at(p, end) == 0 && (letters < 2 || (g.cp != ',' && g.cp != '.'))))
        return false;
    return letters == 1 ? marked : letters >= 2 && tt__phrase_any(at, p, EXTENSIONS) == 0;
}

/* "NĐ-CP", "2B": a code, which stands for a name and no title. */
static bool is_code(tt_str word)
{
    if (word.len > 1 && tt__is_digit((unsigned char)word.ptr[0]))
        return memchr(word.ptr, '.', word.len) == NULL && tt__is_upper((unsigned char)word.ptr[word.len - 1]);
    return word.len >= 4 && memchr(word.ptr, '-', word.len) != NULL;
}

/* "0257.3841xxx", "3.5mm": a number with its unit. */
static bool is_measure(tt_str word, tt_glyph last)
{
    return word.len > 3 && tt__is_digit((unsigned char)word.ptr[0]) && tt__is_lower(last.cp);
}

/* "cờ bạc.1h sáng": only after a plain word. */
static bool ends_before_number(const tt_stop *stop, const char *start, tt_str word)
{
    bool bare = stop->next == stop->closed && !stop->ellipsis && word.ptr + word.len == stop->at;
    return bare && memchr(word.ptr, '.', word.len) == NULL && is_small_word(word.ptr, stop->at) &&
           rule_of(stop, word) == TT_ABBREVIATION_NONE && !is_address(start, stop->at);
}

/* "v.v.Bù lại", "vitamin C.Theo", "200 m.Một": an abbreviation, a label or a unit that can end a sentence. */
static bool ends_brief(const tt_stop *stop, const char *start, tt_str word)
{
    tt_glyph before = tt__glyph_before(start, word.ptr - tt__blank_before(start, word.ptr));
    bool unit = tt__is_digit(before.cp) && tt__is_lower(tt__glyph_at(word.ptr, stop->at).cp);
    return unit || (*word.ptr == 'C' && tt__is_label(word, start)) ||
           (memchr(word.ptr, '.', word.len) != NULL && rule_of(stop, word) == TT_ABBREVIATION_MAY_END);
}

/* No blank after the stop: a small letter, a digit, an acronym or a closer before, a capitalised word after. */
static bool ends_glued(const tt_stop *stop, const char *start, const char *end)
{
    tt_glyph before = tt__glyph_before(start, stop->at);
    tt_str word = word_before(stop);
    const char *next = opened(stop->next, end);
    if (tt__is_digit(tt__glyph_at(next, end).cp))
        return ends_before_number(stop, start, word);
    bool capitals = is_capitals_glued(next, end, word);
    if ((!capitals && !is_word_glued(next, end)) || stop->closed - stop->at > 3)
        return false;
    if (stop->next > stop->closed)
        return tt__is_lower(before.cp) || tt__is_digit(before.cp);
    if (stop->question || stop->ellipsis)
        return tt__is_lower(before.cp);
    if (tt__is_closer(before.cp))
        return true;
    if (!capitals && ends_brief(stop, start, word))
        return true;
    if (rule_of(stop, word) != TT_ABBREVIATION_NONE || is_address(start, stop->at))
        return false;
    if (is_acronym(word) || is_code(word))
        return !capitals;
    bool dotted = memchr(word.ptr, '.', word.len) != NULL;
    if (tt__is_lower(before.cp))
        return dotted ? is_measure(word, before) : word.len > before.len || before.cp >= 0x80;
    return before.cp == '%' || (tt__is_digit(before.cp) && !dotted && !tt__is_item(word, start));
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
    for (int i = 0; i < 5; i++) {
        tt_glyph g = tt__glyph_at(out.word, end);
        size_t dots = g.cp == 0x2026 ? g.len : end - out.word > 3 && memcmp(out.word, "...", 3) == 0 ? 3 : 0;
        bool sign = g.cp == '>' || g.cp == '+' || (g.cp >= 0x2190 && !tt__is_letter(g.cp)); /* arrows, bullets, emoji */
        if (!tt__opens(g.cp) && dots == 0 && !sign)
            break;
        out.quoted = out.quoted || g.cp == '"' || g.cp == 0x201C;
        out.bracket = out.bracket || g.cp == '(';
        out.word = tt__skip_blank(out.word + (dots != 0 ? dots : g.len), end);
    }
    return out;
}

/* "Yahoo! Nhật Bản": a name that ends in an exclamation mark. */
static bool is_in_name(const tt_stop *stop, const char *start, const char *next, const char *end)
{
    static const char *const NAMES[] = {"yahoo", "go", "joomla", "yum", "kahoot", "jeopardy", NULL};
    if (*stop->at != '!' || stop->next != stop->at + 1 || tt__blank_before(start, stop->at) != 0)
        return false;
    tt_str word = word_before(stop);
    bool named = tt__is_upper((unsigned char)*word.ptr) && tt__phrase_any(word.ptr, stop->at, NAMES) == word.len;
    return named && !tt__opens_sentence(next, end);
}

/* A single stop before blanks and a capital or a digit. */
static bool ends_at_dot(const tt_stop *stop, const char *start, const char *next, const char *end)
{
    tt_str word = word_before(stop);
    if (stop->next > stop->closed || word.len == 0)
        return true;
    if (tt__is_item(word, start))
        return false;
    if (tt__is_initials(word) && (!tt__is_label(word, start) || tt__is_dotted_capital(next, end)))
        return tt__opens_sentence(next, end) || tt__leaves_initial(word, start, next, end);
    switch (rule_of(stop, word)) {
    case TT_ABBREVIATION_NEVER:
        if (tt__opens_plainly(next, end) && !is_users(stop, word))
            return true;
        break;
    case TT_ABBREVIATION_NUMBERED: return !tt__is_digit(tt__glyph_at(next, end).cp);
    default: return true;
    }
    /* "50.000 đ. Anh", "37 độ C. Nhà": after a number or a label it is a unit or a class, no title of what follows */
    tt_glyph before = tt__glyph_before(start, word.ptr - tt__blank_before(start, word.ptr));
    return tt__is_label(word, start) || (tt__is_digit(before.cp) && tt__is_lower(tt__glyph_at(word.ptr, stop->at).cp));
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
            return tt__is_entry(p, end);
    return false;
}

/* A capital; a brand as "iPhone"; "b)", the letter of an item. */
static bool begins_word(const char *at, const char *end)
{
    tt_glyph first = tt__glyph_at(at, end), second = tt__glyph_at(at + first.len, end);
    if (!tt__is_lower(first.cp))
        return tt__is_upper(first.cp);
    bool item = second.cp == ')' && tt__blank_at(at + first.len + 1, end) != 0;
    return item || (first.cp < 0x80 && tt__is_upper(second.cp));
}

static bool begins_number(const char *at, const char *end)
{
    tt_glyph first = tt__glyph_at(at, end);
    bool money = first.cp == '$' || (first.cp >= 0x20A0 && first.cp < 0x20D0) || first.cp == 0xA3;
    return tt__is_digit(money ? tt__glyph_at(at + first.len, end).cp : first.cp);
}

/* A sentence that begins with a small letter where a capital should be: between two plain words, and not after one that must
 * go on. */
static bool ends_before_small(const tt_stop *stop, const char *start, const char *next, const char *end)
{
    tt_str word = word_before(stop);
    const char *over = word.ptr + word.len;
    if (stop->question || stop->ellipsis || stop->next > stop->closed || word.ptr == start)
        return false;
    return is_small_word(word.ptr, over) && is_small_word(next, end) && tt__phrase_any(next, end, GOES_ON) == 0 &&
           tt__phrase_any(word.ptr, over, GO_ON) != word.len && rule_of(stop, word) == TT_ABBREVIATION_NONE;
}

/* A straight quotation mark, or the first byte of a curly one. */
static bool is_mark_of_quote(const char *at, const char *end)
{
    return *at == '"' || (end - at >= 3 && at[0] == '\xE2' && at[1] == '\x80' && (at[2] == '\x9C' || at[2] == '\x9D'));
}

static bool has_quote(const tt_map *map, const char *at, const char *end)
{
    return (TT_BITS_FROM(map, (size_t)(at - map->text.ptr), quote) & tt__first_bits((size_t)(end - at))) != 0;
}

/* Inside a short title in quotation marks that no colon leads to, and after which the sentence goes on: phim "Ai? Ở đâu?" ra
 * mắt. */
static bool is_in_title(const tt_stop *stop, const char *start, const char *end)
{
    const char *least = stop->at - start > TITLE_BYTES ? stop->at - TITLE_BYTES : start, *open = stop->at;
    const char *limit = end - stop->next > TITLE_BYTES ? stop->next + TITLE_BYTES : end, *close = stop->next;
    if (stop->next != stop->closed || !has_quote(stop->map, close, limit))
        return false;
    while (open > least && !is_mark_of_quote(open - 1, stop->at))
        open--;
    if (open - 1 <= start || open == least)
        return false;
    while (close < limit && !is_mark_of_quote(close, limit))
        close++;
    if (close == limit)
        return false;
    const char *before = open - 1, *after = close + tt__glyph_at(close, end).len;
    tt_glyph lead = tt__glyph_before(start, before - tt__blank_before(start, before));
    bool opens = tt__blank_before(start, before) != 0 && tt__is_lower(lead.cp);
    return opens && tt__blank_at(close - 1, end) == 0 && tt__blank_at(after, end) != 0 &&
           tt__is_lower(tt__glyph_at(tt__skip_blank(after, end), end).cp);
}

/* The first of "Mẹ! Bố!": calls of one word in a quotation. */
static bool is_call(const tt_stop *stop, const char *start, const char *next, const char *end)
{
    if (*stop->at != '!' || stop->next != stop->closed)
        return false;
    tt_str word = word_before(stop);
    tt_glyph before = tt__glyph_before(start, word.ptr), g = tt__glyph_at(next, end);
    for (size_t i = 0; i < WORD_BYTES && tt__is_letter(g.cp); i++) {
        next += g.len;
        g = tt__glyph_at(next, end);
    }
    return word.len > 0 && (before.cp == '"' || before.cp == 0x201C) && g.cp == '!';
}

/* "Kestrel Foods Co., Ltd. (Singapore)": what may end a sentence does not before a bracket. */
static bool is_short_before_bracket(const tt_stop *stop)
{
    return *stop->at == '.' && rule_of(stop, word_before(stop)) == TT_ABBREVIATION_MAY_END;
}

/* The verb of who asks is the last word, or one word and a mark, or a name, stands behind it. */
static bool ends_asking(const tt_stop *stop, const char *at, const char *end)
{
    const char *next = tt__skip_blank(at, end);
    if (tt__is_lower(tt__glyph_at(next, end).cp))
        next = tt__map_parting(stop->map, next, end);
    tt_glyph g = tt__glyph_at(next, end);
    return g.cp == '.' || g.cp == ',' || g.cp == ':' || next == end || next[-1] == '.' || tt__is_upper(g.cp);
}

/* Who asks, behind a dash: "- Con tên gì? - Hào hỏi." */
static bool is_asker(const tt_stop *stop, const char *end)
{
    static const char *const ASKS[] = {"hỏi", "nói",  "đáp",  "bảo",  "trêu", "gọi",  "reo",     "kêu",        "cười", "quát",
                                       "hét", "thốt", "giục", "than", "gắt",  "nhắc", "trả lời", "ngạc nhiên", NULL};
    const char *at = tt__skip_blank(stop->next, end);
    tt_glyph dash = tt__glyph_at(at, end);
    if ((dash.cp != '-' && dash.cp != 0x2013) || tt__blank_at(at + dash.len, end) == 0)
        return false;
    at = tt__skip_blank(at + dash.len, end);
    for (int words = 0; words < ASKER_WORDS; words++) {
        size_t verb = words > 0 ? tt__phrase_any(at, end, ASKS) : 0;
        if (verb != 0)
            return ends_asking(stop, at + verb, end);
        if (!tt__is_upper(tt__glyph_at(at, end).cp) && words != 1) /* "Ông ngoại hỏi" */
            return false;
        at = tt__skip_blank(tt__map_parting(stop->map, at, end), end);
    }
    return false;
}

/* In a text without capitals a stop ends a sentence unless its word is an abbreviation or an initial; "..." tells nothing. */
static bool ends_in_small_text(const tt_stop *stop, const char *start, const char *next, const char *end)
{
    tt_str word = word_before(stop);
    if (stop->ellipsis || stop->question)
        return stop->question && stop->next == stop->closed;
    bool initials = word.len == 1 || (word.len >= 3 && word.ptr[1] == '.');
    if (initials && (unsigned char)*word.ptr < 0x80 && !tt__is_digit((unsigned char)*word.ptr) && !tt__is_label(word, start))
        return tt__opens_sentence(next, end);
    return ends_at_dot(stop, start, next, end);
}

/* Nearly always told by the first two letters. */
tt_letters tt__letters_of(const char *at, const char *end)
{
    if (end - at > 1 && at[0] >= 'A' && at[0] <= 'Z' && at[1] >= 'a' && at[1] <= 'z')
        return TT_LETTERS_BOTH;
    tt_glyph first = tt__glyph_at(at, end);
    if (tt__is_upper(first.cp) && tt__is_lower(tt__glyph_at(at + first.len, end).cp))
        return TT_LETTERS_BOTH;
    bool small = false, capital = false;
    while (at < end && !(small && capital)) {
        tt_glyph g = tt__glyph_at(at, end);
        small = small || tt__is_lower(g.cp);
        capital = capital || tt__is_upper(g.cp);
        at += g.len;
    }
    return small == capital ? TT_LETTERS_BOTH : small ? TT_LETTERS_SMALL : TT_LETTERS_CAPITAL;
}

bool tt__stop_ends(tt_stop *stop)
{
    const char *start = stop->start, *end = stop->end;
    if (stop->entry)
        return ends_entry(stop, end);
    if (stop->final || tt__skip_blank(stop->next, end) == end)
        return true;
    if (stop->at == start || stop->inside || (stop->bar && tt__blank_before(start, stop->at) != 0))
        return false;
    if (tt__blank_at(stop->next, end) == 0)
        return ends_glued(stop, start, end);
    following next = look_ahead(stop->next, end);
    if (next.bracket ? stop->question || is_short_before_bracket(stop) : stop->question && is_asker(stop, end))
        return false;
    if (is_call(stop, start, next.word, end) || is_in_name(stop, start, next.word, end) || is_in_title(stop, start, end))
        return false;
    bool number = begins_number(next.word, end), capital = tt__is_upper(tt__glyph_at(next.word, end).cp);
    bool doubt = !capital || stop->ellipsis || !(stop->at[-1] >= 'a' && stop->at[-1] <= 'z');
    if (stop->letters == TT_LETTERS_UNKNOWN && doubt)
        stop->letters = tt__letters_of(start, end);
    if (stop->letters == TT_LETTERS_SMALL && (next.bracket || !number))
        return ends_in_small_text(stop, start, next.word, end);
    if (number)
        return !stop->ellipsis && (stop->question || ends_at_dot(stop, start, next.word, end));
    if (stop->letters == TT_LETTERS_CAPITAL && stop->ellipsis)
        return tt__opens_sentence(next.word, end);
    if (begins_word(next.word, end))
        return stop->question || stop->ellipsis || ends_at_dot(stop, start, next.word, end);
    if (!tt__is_lower(tt__glyph_at(next.word, end).cp))
        return false;
    if (!next.quoted)
        return ends_before_small(stop, start, next.word, end);
    return !stop->question && !stop->ellipsis && stop->next == stop->closed && word_before(stop).len > 1 &&
           ends_at_dot(stop, start, next.word, end);
}
