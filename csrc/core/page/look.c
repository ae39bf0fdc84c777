/* look.c - what a piece of a page looks like by itself: the phrases that such lines begin or end with, and their shape.
 * The rules are tried in the order of tt__line_look; the first that holds decides. Which of them
 * could hold is told by the measures first (signs, opening phrases), so most lines are settled without being read again. */
#include "page/line.h"

#include "page/bar.h"
#include "page/phrase.h"

#include <string.h>

enum {
    CLOCK_CHARS = 70,   /* longest clock at the head of a site */
    PLACE_BYTES = 30,   /* longest place before it */
    NAV_WORDS = 6,      /* most words of a link, between strong marks */
    BAR_WORDS = 5,      /* and between dashes */
    RECORD_NUMBERS = 2, /* least in a row of a table */
    FOOTER_WORDS = 45,  /* an imprint names people and places */
    INITIALS_CHARS = 20 /* of two or three who sign together */
};

static const char *const SOURCE_ENDINGS[] = {
    "thực hiện", "tổng hợp",  "(tổng hợp)",  "ghi",         "(ghi)",        "dịch", "(dịch)",
    "lược dịch", "biên dịch", "(thực hiện)", "(lược dịch)", "dịch và viết", NULL,
};
static const char *const SOURCE_BRACKETS[] = {
    "(theo", "(từ", "(tổng hợp", "(ttxvn", "(p/v", "(phóng viên", "(pv", "(phân xã", "(thực hiện từ", "(nguồn:", NULL,
};

static bool opens_with(const tt_line *line, tt_phrase_list list)
{
    return line->opens & TT_PHRASE_BIT(list);
}

/* "(TTXVN/Vietnam+)": an agency alone in brackets. */
static bool has_agency(const tt_line *line, tt_str s)
{
    const char *end = s.ptr + s.len;
    return s.ptr[0] == '(' && end[-1] == ')' && line->words <= 4 && tt__phrase_in(s.ptr + 1, end, TT_PHRASE_OUTLET) != 0;
}

static bool looks_credit(tt_line *line, const tt_map *map, tt_str s)
{
    if (tt__line_sentences(line, map) > 1)
        return false;
    if (s.ptr[0] != '(')
        return tt__credit_opens(s);
    if (!line->glued && has_agency(line, s))
        return false;
    return tt__credit_opens(s) || (s.ptr[s.len - 1] == ')' && tt__credit_is_bare(s));
}

static bool is_share_word(bool *core, const char *at, const char *end)
{
    tt_glyph g = tt__glyph_at(at, end);
    if (tt__is_digit(g.cp))
        return true;
    uint32_t lists = tt__phrase_lists(at, end);
    *core = *core || (lists & TT_PHRASE_BIT(TT_PHRASE_SHARE_CORE)) != 0;
    return lists & TT_PHRASE_BIT(TT_PHRASE_SHARE_WORD);
}

/* Every word is one of a few hundred such lines, and one phrase says what for. */
static bool looks_share(tt_str s)
{
    const char *end = s.ptr + s.len;
    bool core = false, word_begins = true;
    for (const char *p = s.ptr; p < end;) {
        tt_glyph g = tt__glyph_at(p, end);
        bool word = tt__is_letter(g.cp) || tt__is_digit(g.cp);
        size_t outlet = word && word_begins && p > s.ptr ? tt__phrase_in(p, end, TT_PHRASE_OUTLET) : 0;
        if (outlet != 0) { /* "Theo dõi Tuổi Trẻ Online trên Google News" */
            p += outlet;
            continue;
        }
        if (word && word_begins && !is_share_word(&core, p, end))
            return false;
        word_begins = !word && g.cp != '.' && g.cp != ',' && g.cp != '+';
        p += g.len;
    }
    return core;
}

/* Two sections or more, and hardly a word between them; or one and nothing else. */
static bool looks_menu(const tt_line *line, const tt_map *map, tt_str s)
{
    const char *end = s.ptr + s.len;
    uint32_t sections = 0, others = 0;
    if (line->stop || !opens_with(line, TT_PHRASE_SECTION))
        return false;
    for (const char *p = s.ptr; p < end; p = tt__skip_blank(p, end)) {
        size_t len = tt__phrase_in(p, end, TT_PHRASE_SECTION);
        sections += len != 0 && !tt__is_lower(tt__glyph_at(p, end).cp);
        others += len == 0;
        p = p + len < end ? tt__map_blank(map, p + len, end) : end;
    }
    return sections > others && (others == 0 || sections >= 3);
}

/* What papers say of themselves behind their name: "Sao Mai - Cơ quan của Đảng bộ tỉnh", "Sao Mai - Tiếng nói của cử tri". */
static bool has_slogan(const tt_line *line, const tt_map *map, tt_str s)
{
    static const char *const SLOGANS[] = {"cơ quan của",  "cơ quan ngôn luận", "tiếng nói của", "cơ quan chủ quản",
                                          "diễn đàn của", "kênh thông tin",    "english",       NULL};
    const char *end = s.ptr + s.len;
    if (line->stop || (line->signs & TT_SIGN_DASH) == 0)
        return false;
    for (const char *p = tt__map_blank(map, s.ptr, end); p < end; p = tt__map_blank(map, p + 1, end))
        if (p[0] == ' ' && (p[-1] == '-' || p[-1] == '\x93') && tt__phrase_any(p + 1, end, SLOGANS) != 0)
            return true; /* behind "-" or what ends as U+2013 does */
    return false;
}

/* The clock at the head of a site: "Hà Nội, Thứ Năm, 09/09/2021 - 08:05". It is no date of the page. */
static bool has_site_clock(const tt_line *line, tt_str s)
{
    tt_stamp stamp;
    const char *end = s.ptr + s.len, *comma = (line->signs & TT_SIGN_DIGIT) != 0 ? memchr(s.ptr, ',', s.len) : NULL;
    if (comma == NULL || line->chars > CLOCK_CHARS || comma - s.ptr > PLACE_BYTES || !tt__is_upper(tt__glyph_at(s.ptr, end).cp))
        return false;
    const char *rest = tt__skip_blank(comma + 1, end);
    return tt__is_upper(tt__glyph_at(rest, end).cp) && tt__stamp_is(&stamp, (tt_str){rest, (size_t)(end - rest)}) && stamp.day;
}

/* "Chị Hạnh (Huế): 200.000 đồng": a colon and a number behind it. */
static bool has_value(const tt_line *line, tt_str s)
{
    const char *end = s.ptr + s.len, *colon = (line->signs & TT_SIGN_DIGIT) != 0 ? memchr(s.ptr, ':', s.len) : NULL;
    const char *next = colon != NULL ? tt__skip_blank(colon + 1, end) : end;
    return next < end && next > colon + 1 && tt__is_digit((unsigned char)*next);
}

/* "Agribank / 2,0 / 3,0 / 4,8", "Tôm sú: 160.000 - 180.000": a row of a table. */
static bool is_record(const tt_line *line, const tt_map *map, tt_str s)
{
    const char *end = s.ptr + s.len;
    uint32_t numbers = 0;
    if ((line->signs & TT_SIGN_DIGIT) == 0)
        return false;
    for (const char *p = s.ptr; p < end; p = tt__skip_blank(tt__map_blank(map, p, end), end))
        numbers += tt__is_digit((unsigned char)*p);
    return numbers >= RECORD_NUMBERS || has_value(line, s);
}

static bool looks_nav(tt_line *line, const tt_map *map, tt_str s)
{
    const char *end = s.ptr + s.len;
    if (opens_with(line, TT_PHRASE_FOOTER))
        return line->words <= FOOTER_WORDS;
    if (looks_menu(line, map, s) || has_slogan(line, map, s) || has_site_clock(line, s))
        return true;
    if (line->chars > 160)
        return false;
    if (opens_with(line, TT_PHRASE_NAV)) {
        size_t opener = tt__phrase_in(s.ptr, end, TT_PHRASE_NAV);
        bool colon = s.ptr[opener - 1] == ':' || tt__glyph_at(tt__skip_blank(s.ptr + opener, end), end).cp == ':';
        uint32_t most = memchr(s.ptr, ' ', opener) != NULL ? 12 : 4; /* "Trang trại", "Video người đàn ông" are none */
        if (line->stop ? colon && line->words <= 24 && tt__line_sentences(line, map) <= 2 : colon || line->words <= most)
            return true;
    }
    bool language = opens_with(line, TT_PHRASE_LANGUAGE);
    if (line->row || (!language && (line->signs & TT_SIGN_BAR) == 0) || is_record(line, map, s))
        return false;
    tt_bar bar = tt__bar_of(map, s, language ? UINT32_MAX : NAV_WORDS);
    if (line->stop && bar.strong < 2)
        return false;
    if (language && line->words <= 10 && (bar.strong + bar.dashes > 0 || line->words <= 2))
        return true;
    return bar.strong >= 1 && bar.longest <= NAV_WORDS && bar.commas <= 3;
}

/* Two or more. */
static bool has_commas(const tt_line *line, tt_str s)
{
    const char *comma = (line->signs & TT_SIGN_COMMAS) != 0 ? memchr(s.ptr, ',', s.len) : NULL, *end = s.ptr + s.len;
    return comma != NULL && memchr(comma + 1, ',', (size_t)(end - comma - 1)) != NULL;
}

/* "Xem thêm: " with one title; with several things it is a row of tags. */
static bool looks_link(tt_line *line, const tt_map *map, tt_str s)
{
    static const char *const SEE[] = {"xem thêm:", "xem thêm :", "đọc thêm:", "tin liên quan:", "bài liên quan:", NULL};
    bool link = opens_with(line, TT_PHRASE_LINK);
    if (tt__line_sentences(line, map) > 2)
        return false;
    return link || (line->words >= 6 && !has_commas(line, s) && tt__phrase_any(s.ptr, s.ptr + s.len, SEE) != 0);
}

static bool has_bracket(tt_str s)
{
    const char *open = memchr(s.ptr, '(', s.len);
    return open != NULL && tt__phrase_any(open, s.ptr + s.len, SOURCE_BRACKETS) != 0;
}

/* The last word before `at` begins with a capital. */
static bool is_name_before(const char *begin, const char *at)
{
    at -= tt__blank_before(begin, at);
    const char *word = at;
    while (word > begin && tt__blank_before(begin, word) == 0)
        word -= tt__glyph_before(begin, word).len;
    return word < at && tt__is_upper(tt__glyph_at(word, at).cp);
}

/* "Hạ Vũ theo Le Parisien": a name, from where, and another name. */
static bool is_name_from(const tt_line *line, const tt_map *map, tt_str s)
{
    static const char *const FROM[] = {"theo", "(theo", "từ", "lược dịch", "tổng hợp", NULL};
    const char *end = s.ptr + s.len, *p = s.ptr;
    uint32_t names = 0;
    if (line->words > 9 || line->stop)
        return false;
    for (; p < end && tt__is_upper(tt__glyph_at(p, end).cp); names++)
        p = tt__skip_blank(tt__map_blank(map, p, end), end);
    size_t from = names >= 2 && names <= 5 ? tt__phrase_any(p, end, FROM) : 0;
    return from != 0 && !tt__is_lower(tt__glyph_at(tt__skip_blank(p + from, end), end).cp);
}

/* Does `s` end in two bytes as one of SOURCE_ENDINGS has them? Without branches. */
static bool may_end_source(tt_str s)
{
    const unsigned last = (unsigned char)s.ptr[s.len - 1] | 0x20, before = s.len > 1 ? (unsigned char)s.ptr[s.len - 2] : 0;
    return (last == ')') | ((last == 'n') & ((before | 1) == 0x87)) | ((last == 'p') & ((before | 1) == 0xA3)) | /* ện, ợp */
           ((last == 't') & ((before | 1) == 0xBF)) | ((last == 'i') & ((before | 0x20) == 'h')) |               /* ết */
           ((last == 'h') & ((before | 0x20) == 'c'));
}

/* "V.TR. - TH.TH.", "M.C.L.": capitals, two at most between stops. */
static bool is_initials(const tt_line *line, tt_str s)
{
    const char *end = s.ptr + s.len;
    uint32_t capitals = 0, letters = 0, stops = 0;
    if (!line->stop || line->ellipsis || line->chars > INITIALS_CHARS)
        return false;
    for (const char *p = s.ptr; p < end;) {
        tt_glyph g = tt__glyph_at(p, end);
        if (tt__is_letter(g.cp) ? !tt__is_upper(g.cp) || ++capitals > 2 : g.cp != '.' && g.cp != '-' && g.cp != ' ')
            return false;
        capitals = tt__is_letter(g.cp) ? capitals : 0;
        letters += tt__is_letter(g.cp);
        stops += g.cp == '.';
        p += g.len;
    }
    return stops >= 2 && letters >= 2;
}

static bool looks_source(tt_line *line, const tt_map *map, tt_str s)
{
    const char *end = s.ptr + s.len;
    if (is_initials(line, s))
        return true;
    if (line->words > 16 || line->chars > 100 || (line->stop && s.ptr[s.len - 1] != ')') || line->row)
        return false;
    if (opens_with(line, TT_PHRASE_SOURCE)) {
        size_t opener = tt__phrase_in(s.ptr, end, TT_PHRASE_SOURCE);
        const char *next = tt__skip_blank(s.ptr + opener, end);
        bool named = !tt__is_lower(tt__glyph_at(next, end).cp);
        return named && line->words <= (tt__phrase_at(s.ptr, end, "theo") == opener ? 10u : 16u);
    }
    if (has_agency(line, s) || is_name_from(line, map, s))
        return true;
    size_t ending = may_end_source(s) ? tt__phrase_ends(s.ptr, end, SOURCE_ENDINGS) : 0;
    return (ending != 0 && (end[-1] == ')' || is_name_before(s.ptr, end - ending))) ||
           ((line->signs & TT_SIGN_BRACKET) != 0 && tt__line_sentences(line, map) == 1 && has_bracket(s));
}

/* Capitalised words up to the first dash, comma, slash or bracket, and no long tail: a person, or a medium. */
static bool looks_name(const tt_line *line, const tt_map *map, tt_str s)
{
    const char *end = s.ptr + s.len;
    uint32_t words = 0;
    if (has_value(line, s))
        return false;
    size_t outlet = opens_with(line, TT_PHRASE_OUTLET) ? tt__phrase_in(s.ptr, end, TT_PHRASE_OUTLET) : 0;
    if (outlet != 0 && !tt__is_lower(tt__glyph_at(tt__skip_blank(s.ptr + outlet, end), end).cp))
        return line->words <= 9;
    for (const char *p = s.ptr; p < end;) {
        tt_glyph g = tt__glyph_at(p, end);
        if (g.cp == ',' || g.cp == '(' || g.cp == '/' || g.cp == 0x2013 || (g.cp == '-' && p > s.ptr && p[-1] == ' '))
            break;
        if (!tt__is_upper(g.cp))
            return false;
        words++;
        const char *blank = tt__map_blank(map, p, end);
        do
            p = tt__map_parting(map, p + 1, blank);
        while (p < blank && *p != ',' && *p != '/');
        p = tt__skip_blank(p, end);
    }
    return words >= 1 && words <= 6;
}

static bool looks_bar(const tt_line *line, const tt_map *map, tt_str s)
{
    if ((line->signs & TT_SIGN_DASH) == 0 && !has_commas(line, s))
        return false;
    tt_bar bar = tt__bar_of(map, s, BAR_WORDS);
    return (bar.dashes >= 1 && bar.longest <= BAR_WORDS) || (bar.commas >= 2 && bar.longest <= 4);
}

static bool is_pictured(tt_line *line, const tt_map *map)
{
    return (opens_with(line, TT_PHRASE_FILM) || tt__credit_ends(map, line->span)) && tt__line_sentences(line, map) <= 3;
}

/* A question to somebody: "Thưa ông, ...", "PV: ...", "Ông ... thế nào?" */
static bool asks_somebody(const tt_map *map, tt_str s)
{
    static const char *const SOMEBODY[] = {"ông", "bà", "anh", "chị", "thưa", "bạn", "em", NULL};
    const char *end = s.ptr + s.len;
    if (memchr(s.ptr, ':', s.len) != NULL)
        return true;
    for (const char *p = s.ptr; p < end; p = tt__skip_blank(tt__map_blank(map, p, end), end))
        if (tt__phrase_any(p, end, SOMEBODY) != 0)
            return true;
    return false;
}

static bool has_small_letter(tt_str s)
{
    const char *end = s.ptr + s.len;
    for (const char *p = s.ptr; p < end; p += tt__glyph_at(p, end).len)
        if (tt__is_lower(tt__glyph_at(p, end).cp))
            return true;
    return false;
}

/* The rules in the order in which they are tried. */
enum { STAMP, SHARE, CREDIT, MORE, LINK, NAV, SOURCE, PICTURE, NAME, BAR };

/* Does a small letter begin the second word, and nothing but a blank end the first? Then no name is all that stands there. */
static bool goes_on_small(const tt_line *line, const tt_map *map)
{
    const size_t start = line->span.start, i = start % TT_LANES;
    const tt_map_row *row = &map->rows[start / TT_LANES];
    const uint64_t parting = tt__bits_from(row[0].parting, row[1].parting, i);
    const uint32_t at = tt__low_bit(parting | (uint64_t)1 << (TT_LANES - 1));
    /* A word that ends the line is followed by nothing; the line's first byte, which is no blank, stands for what follows it. */
    const char *blank = map->text.ptr + start + (start + at + 1 < line->span.end ? at : 0);
    return *blank == ' ' && tt__is_lower(tt__glyph_at(blank + 1, map->text.ptr + line->span.end).cp);
}

/* Bits of the rules that could hold, by the measures alone and without branches: hardly two lines of a page are alike. */
static uint32_t rules_of(const tt_line *line, const tt_map *map, tt_str s)
{
    const uint32_t opens = line->opens, signs = line->signs, chars = line->chars, words = line->words;
    const unsigned kind = tt__glyph_row(tt__glyph_at(s.ptr, s.ptr + s.len).cp).kind;
    const unsigned char first = (unsigned char)s.ptr[0], last = (unsigned char)s.ptr[s.len - 1];
    const bool sign = (kind & TT_GLYPH_LETTER) == 0, capital = (kind & TT_GLYPH_UPPER) != 0, open = !line->stop,
               row = line->row;
#define OPENS(list) ((opens >> (list) & 1) != 0)
#define HAS(bits) ((signs & (bits)) != 0)
    const bool names = capital && !goes_on_small(line, map);
    const bool stamp = HAS(TT_SIGN_DIGIT) & (sign | OPENS(TT_PHRASE_FILLER) | OPENS(TT_PHRASE_POSTER)) & !line->unstamped;
    const bool share = (words <= 14) & (chars <= 90) & (sign | OPENS(TT_PHRASE_SHARE_WORD));
    const bool credit = (chars <= TT_CREDIT_CHARS) & (words <= 16) & ((first == '(') | OPENS(TT_PHRASE_CREDIT));
    const bool more = (words <= 6) & open & OPENS(TT_PHRASE_MORE);
    const bool link = (words >= 4) & (OPENS(TT_PHRASE_LINK) | OPENS(TT_PHRASE_NAV));
    const bool clock = HAS(TT_SIGN_DIGIT) & (chars <= CLOCK_CHARS) & capital;
    const bool links = OPENS(TT_PHRASE_NAV) | (!row && (OPENS(TT_PHRASE_LANGUAGE) | HAS(TT_SIGN_BAR)));
    const bool nav =
        OPENS(TT_PHRASE_FOOTER) | (links & (chars <= 160)) | (open & (OPENS(TT_PHRASE_SECTION) | HAS(TT_SIGN_DASH))) | clock;
    const bool initials = !open & !line->ellipsis & (chars <= INITIALS_CHARS);
    const bool agency = (first == '(') & (last == ')') & (words <= 4), from = names & open & (words <= 9);
    const bool source = initials | ((words <= 16) & (chars <= 100) & (open | (last == ')')) & !row &
                                    (OPENS(TT_PHRASE_SOURCE) | agency | from | may_end_source(s) | HAS(TT_SIGN_BRACKET)));
    const bool picture = OPENS(TT_PHRASE_FILM) | HAS(TT_SIGN_CREDIT);
    const bool name = open & (words <= 12) & (chars <= 80) & !row & (names | OPENS(TT_PHRASE_OUTLET));
    const bool bar = open & !row & (chars <= 140) & HAS(TT_SIGN_DASH | TT_SIGN_COMMAS);
#undef OPENS
#undef HAS
    return (uint32_t)stamp << STAMP | (uint32_t)share << SHARE | (uint32_t)credit << CREDIT | (uint32_t)more << MORE |
           (uint32_t)link << LINK | (uint32_t)nav << NAV | (uint32_t)source << SOURCE | (uint32_t)picture << PICTURE |
           (uint32_t)name << NAME | (uint32_t)bar << BAR;
}

/* Look of a line for which the rule holds; TT_LOOK_TEXT where it does not, or tells only that the line is `pictured`. */
static tt_look look_by(uint32_t rule, tt_line *line, const tt_map *map, tt_str s)
{
    switch (rule) {
    case STAMP: return tt__stamp_is(&line->stamp, s) ? TT_LOOK_STAMP : TT_LOOK_TEXT;
    case SHARE: return looks_share(s) ? TT_LOOK_SHARE : TT_LOOK_TEXT;
    case CREDIT: return looks_credit(line, map, s) ? TT_LOOK_CREDIT : TT_LOOK_TEXT;
    case MORE: return TT_LOOK_MORE;
    case LINK: return looks_link(line, map, s) ? TT_LOOK_LINK : TT_LOOK_TEXT;
    case NAV: return looks_nav(line, map, s) ? TT_LOOK_NAV : TT_LOOK_TEXT;
    case SOURCE: return looks_source(line, map, s) ? TT_LOOK_SOURCE : TT_LOOK_TEXT;
    case PICTURE: line->pictured = is_pictured(line, map); return TT_LOOK_TEXT;
    case NAME: return looks_name(line, map, s) ? TT_LOOK_NAME : TT_LOOK_TEXT;
    default: return looks_bar(line, map, s) ? TT_LOOK_BAR : TT_LOOK_TEXT;
    }
}

bool tt__line_look_stamp(tt_line *line, const tt_map *map)
{
    const tt_str s = tt__line_str(line, map->text.ptr);
    if (line->chars > TT_LOOK_CHARS || (rules_of(line, map, s) & 1u << STAMP) == 0)
        return false;
    line->look = tt__stamp_is(&line->stamp, s) ? TT_LOOK_STAMP : TT_LOOK_TEXT;
    line->unstamped = line->look != TT_LOOK_STAMP;
    return !line->unstamped;
}

void tt__line_look(tt_line *line, const tt_map *map)
{
    tt_str s = tt__line_str(line, map->text.ptr);
    line->look = TT_LOOK_TEXT;
    if (line->chars > TT_LOOK_CHARS)
        return;
    uint32_t rules = rules_of(line, map, s);
    for (; rules != 0 && line->look == TT_LOOK_TEXT && !line->pictured; rules &= rules - 1)
        line->look = look_by(tt__low_bit(rules), line, map, s);
    line->asks = line->question && asks_somebody(map, s);
    if (line->look != TT_LOOK_SOURCE && line->look != TT_LOOK_NAME)
        return;
    tt__stamp_tail(&line->stamp, s);
    line->capitals = line->look == TT_LOOK_NAME && !has_small_letter(s);
}
