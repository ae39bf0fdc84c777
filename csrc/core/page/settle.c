/* settle.c - what each piece of a page is, given its neighbours.
 *
 * A page reads top down: bars and timestamps, the title, perhaps a byline and a lead, the body, a byline, share buttons,
 * then leads of other articles, each with its own timestamp, and a footer. Each of the steps below settles one of these;
 * their order is that of tt__lines_settle. */
#include "page/lead.h"
#include "page/phrase.h"
#include "page/tail.h"

#include <string.h>

enum {
    TITLE_LEAST = 15, /* code points; shorter lines above a text are section names */
    TITLE_ENOUGH = 50,
    TITLE_MOST = 130,
    QUESTION_LEAST = 35, /* an open line of this length is a title before any question is */
    LONE_WORDS = 8,
    MEDIUM_WORDS = 10, /* "Tuổi Trẻ - Nhịp sống trẻ" */
    STAMPED_WORDS = 4, /* least of a title above a timestamp */
    CAPTION_MOST = 220,
    BARE_CAPTION_MOST = 75, /* a caption without a credit is told from a paragraph by how short it is */
    LONG_LEAST = 120,       /* and by long neighbours */
    HEADING_MOST = 70,
    SECTION_MOST = 45,
    TABLE_LEAST = 4, /* open lines one below the other */
    LIST_LEAST = 5   /* lines of a page that is nothing but leads */
};

/* Phrases that tell furniture from the rows of a list. */
static const uint32_t FURNITURE = TT_PHRASE_BIT(TT_PHRASE_NAV) | TT_PHRASE_BIT(TT_PHRASE_FOOTER) |
                                  TT_PHRASE_BIT(TT_PHRASE_LANGUAGE) | TT_PHRASE_BIT(TT_PHRASE_SECTION);

static bool is_open(const tt_line *line)
{
    return line->open;
}

static bool is_prose(const tt_line *line)
{
    return line->prose;
}

/* What many steps ask, once. Without branches, since lines of all sorts follow each other. */
static void note_shape(tt_line *line)
{
    line->open = !line->stop | line->question;
    line->prose = (line->look == TT_LOOK_TEXT) & (!line->open | (line->chars > TITLE_MOST));
}

/* Of all lines of a page: what it cannot have need not be looked for. */
typedef struct {
    uint32_t looks;   /* a bit for each */
    uint32_t below;   /* of the first prose that is no caption, and of what follows it */
    uint32_t longest; /* code points */
    size_t above;     /* lines above that prose */
} sum;

static bool has_look(const sum *all, tt_look look)
{
    return (all->looks >> look & 1) != 0;
}

static void settle_alone(tt_line *line)
{
    static const tt_block_kind KINDS[] = {
        /* ORDER LOOK */
        TT_BLOCK_PARAGRAPH, TT_BLOCK_TIMESTAMP, TT_BLOCK_NAV,    TT_BLOCK_NAV,    TT_BLOCK_TEASER,
        TT_BLOCK_NAV,       TT_BLOCK_SHARE,     TT_BLOCK_CREDIT, TT_BLOCK_SOURCE, TT_BLOCK_SOURCE,
    };
    line->kind = line->pictured ? TT_BLOCK_CAPTION : KINDS[line->look];
    note_shape(line);
}

static sum settle_each(tt_line *lines, size_t len)
{
    sum all = {0, 0, 0, 0};
    bool begun = false;
    for (size_t i = 0; i < len; i++) {
        tt_line *line = &lines[i];
        settle_alone(line);
        begun |= line->prose & (line->kind != TT_BLOCK_CAPTION);
        all.looks |= 1u << line->look;
        all.below |= (uint32_t)begun << line->look;
        all.longest = line->chars > all.longest ? line->chars : all.longest;
        all.above += !begun;
    }
    return all;
}

/* A page of nothing but leads: one sentence a line, and not all of them whole. Most pages have more than text, or a line too
 * long for a lead; `all` tells. */
static bool is_list(tt_line *lines, size_t len, const sum *all, const tt_map *map)
{
    size_t open = 0;
    if (len < LIST_LEAST || all->looks != 1u << TT_LOOK_TEXT || all->longest > TT_TEASER_MOST)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (lines[i].chars < TT_TEASER_LEAST || tt__is_body(&lines[i], map))
            return false;
        open += !lines[i].stop || lines[i].ellipsis;
    }
    return open >= 1;
}

/* A sentence or two above a credit. */
static void settle_captions(tt_line *lines, size_t len, const tt_map *map)
{
    for (size_t i = 1; i < len; i++) {
        tt_line *above = &lines[i - 1];
        if (lines[i].look == TT_LOOK_CREDIT && above->kind == TT_BLOCK_PARAGRAPH && !is_open(above) &&
            above->chars <= CAPTION_MOST && tt__line_sentences(above, map) <= 2)
            above->kind = TT_BLOCK_CAPTION;
    }
}

size_t tt__next_prose(const tt_line *lines, size_t len, size_t from)
{
    while (from < len && (!is_prose(&lines[from]) || lines[from].kind == TT_BLOCK_CAPTION))
        from++;
    return from;
}

/* From some length on the first line wins. */
static uint32_t title_length(const tt_line *line)
{
    uint32_t most = line->question ? QUESTION_LEAST - 1 : TITLE_ENOUGH;
    return line->chars < most ? line->chars : most;
}

/* "TRUNG TÂM DỰ BÁO KHÍ TƯỢNG": whose page it is, in capitals. */
static bool is_body_of_site(const tt_line *line, const tt_map *map)
{
    static const char *const BODIES[] = {"trung tâm", "sở",     "đài",     "cục",         "tổng cục", "bộ",
                                         "ủy ban",    "uỷ ban", "công an", "đại sứ quán", "cổng",     "báo",
                                         "tạp chí",   "viện",   "trường",  "học viện",    NULL};
    tt_str s = tt__line_str(line, map->text.ptr);
    tt_glyph first = tt__glyph_at(s.ptr, s.ptr + s.len), second = tt__glyph_at(s.ptr + first.len, s.ptr + s.len);
    return tt__is_upper(second.cp) && tt__phrase_any(s.ptr, s.ptr + s.len, BODIES) != 0;
}

static bool may_be_title(const tt_line *line)
{
    if (!is_open(line) || line->chars < TITLE_LEAST || line->chars > TITLE_MOST || line->glued || line->row ||
        line->kind == TT_BLOCK_CAPTION)
        return false;
    return line->look == TT_LOOK_TEXT || (line->look == TT_LOOK_BAR && line->words >= 6) ||
           (line->look == TT_LOOK_NAME && line->words >= 4);
}

/* How much a line above the text looks like a title: 0 not at all. */
static uint32_t title_weight(tt_line *line, const tt_map *map)
{
    if (!may_be_title(line))
        return 0;
    bool medium = (line->opens & TT_PHRASE_BIT(TT_PHRASE_OUTLET)) != 0 && (line->signs & TT_SIGN_DASH) != 0;
    switch (line->look) {
    case TT_LOOK_TEXT:
        return (line->item || (medium && line->words <= MEDIUM_WORDS) || (!line->question && tt__line_sentences(line, map) > 1)
                    ? 1000
                    : 2000) +
               title_length(line);
    case TT_LOOK_BAR: return 1000 + line->chars;
    default: return line->capitals && line->words >= 5 ? 2000 + title_length(line) : line->chars;
    }
}

/* A line that only stands alone above the text: "Sao la", "Sông Hồng", or a title that looks like a bar. */
static bool is_lone_title(const tt_line *lines, size_t prose)
{
    const tt_line *line = &lines[prose - 1];
    for (size_t i = 0; i + 1 < prose; i++)
        if (lines[i].look != TT_LOOK_STAMP && lines[i].look != TT_LOOK_NAV)
            return false;
    bool named = line->look == TT_LOOK_TEXT || line->look == TT_LOOK_NAME;
    bool bar = line->look == TT_LOOK_NAV && line->words >= LONE_WORDS;
    return (named || bar) && is_open(line) && line->chars <= TITLE_MOST && !line->glued && !line->row && !line->asks &&
           line->kind != TT_BLOCK_CAPTION;
}

/* Of two lines that could be the title, the one right above a timestamp is it, unless one follows that: menus may look like
 * titles. */
static uint32_t weight_by_stamp(tt_line *lines, size_t prose, size_t i, uint32_t weight, const tt_map *map)
{
    bool stamped = weight >= 2000 && lines[i].words >= STAMPED_WORDS && i + 1 < prose && lines[i + 1].look == TT_LOOK_STAMP;
    bool followed = stamped && i + 2 < prose && title_weight(&lines[i + 2], map) >= 2000;
    return stamped && !followed ? weight + TITLE_MOST : weight;
}

/* The best candidate above the first prose; on a page without prose the first that is long enough. `prose` where there is none.
 */
static size_t best_title(tt_line *lines, size_t prose, bool bare, bool stamps, const tt_map *map)
{
    size_t title = prose;
    uint32_t best = 0;
    if (prose == 1) /* nothing to choose from */
        return may_be_title(&lines[0]) ? 0 : prose;
    for (size_t i = 0; i < prose; i++) {
        uint32_t weight = title_weight(&lines[i], map);
        if (i == 0 && weight >= 2000 && is_body_of_site(&lines[i], map))
            weight -= 1000;
        if (!bare && stamps)
            weight = weight_by_stamp(lines, prose, i, weight, map);
        if (weight > best && (!bare || best < 2000 + QUESTION_LEAST)) {
            best = weight;
            title = i;
        }
    }
    return title;
}

/* Returns the index of the title, or `prose` when there is none. */
static size_t settle_title(tt_line *lines, size_t prose, bool bare, bool stamps, const tt_map *map)
{
    size_t title = best_title(lines, prose, bare, stamps, map);
    if (title == prose && prose > 0 && !bare && is_lone_title(lines, prose))
        title = prose - 1;
    if (title == prose)
        return prose;
    lines[title].kind = TT_BLOCK_TITLE;
    for (size_t i = 0; i < title; i++)
        if (lines[i].look == TT_LOOK_TEXT || lines[i].look == TT_LOOK_NAME || lines[i].look == TT_LOOK_SOURCE)
            lines[i].kind = TT_BLOCK_NAV;
    return title;
}

/* Open lines one below the other: a list or a table. */
static size_t run_of_open(const tt_line *lines, size_t len, size_t from)
{
    size_t i = from;
    while (i < len && (lines[i].look == TT_LOOK_TEXT || lines[i].look == TT_LOOK_NAME || lines[i].look == TT_LOOK_BAR) &&
           is_open(&lines[i]) && lines[i].chars <= TITLE_MOST)
        i++;
    return i - from;
}

/* below: right below the title, where sections stand but no headings; bare: no prose comes that it could head. */
static tt_block_kind kind_at_top(const tt_line *line, bool below, bool in_table, bool bare)
{
    bool text = line->look == TT_LOOK_TEXT && !line->row;
    if (line->kind == TT_BLOCK_CAPTION || (!in_table && (!text || line->kind != TT_BLOCK_PARAGRAPH)))
        return line->kind;
    if (in_table || bare || line->asks)
        return TT_BLOCK_PARAGRAPH;
    return line->question ? TT_BLOCK_LEAD : below && line->chars <= SECTION_MOST ? TT_BLOCK_NAV : TT_BLOCK_HEADING;
}

/* Between the title and the first prose: byline, a lead that asks, a table. */
static void settle_top(tt_line *lines, size_t title, size_t prose, bool bare)
{
    size_t table = 0;
    for (size_t i = title + 1; i < prose; i++) {
        size_t run = i >= table ? run_of_open(lines, prose, i) : 0;
        table = run >= TABLE_LEAST ? i + run : table;
        lines[i].kind = kind_at_top(&lines[i], i == title + 1, i < table, bare);
    }
}

/* A line without a stop above a credit, below the title. */
static void settle_open_captions(tt_line *lines, size_t len, size_t title)
{
    for (size_t i = title + 2; i < len; i++) {
        tt_line *above = &lines[i - 1];
        bool plain = above->look == TT_LOOK_TEXT && above->kind == TT_BLOCK_PARAGRAPH && !above->row && !above->question;
        if (lines[i].look == TT_LOOK_CREDIT && plain && is_open(above) && above->chars <= CAPTION_MOST)
            above->kind = TT_BLOCK_CAPTION;
    }
}

static void settle_lead(tt_line *lines, size_t len, size_t prose, const tt_map *map)
{
    tt_line *line = &lines[prose];
    bool may_be = line->kind == TT_BLOCK_PARAGRAPH && line->stop && !line->row;
    if (may_be && tt__is_lead(lines, len, prose, map))
        line->kind = TT_BLOCK_LEAD;
}

/* One short sentence between long paragraphs, or above a name alone. */
static bool is_bare_caption(tt_line *lines, size_t len, size_t i, const tt_map *map)
{
    tt_line *line = &lines[i];
    if (i == 0 || i + 1 >= len || line->chars > BARE_CAPTION_MOST || line->row || is_open(line))
        return false;
    bool after_long = lines[i - 1].look == TT_LOOK_TEXT && lines[i - 1].chars >= LONG_LEAST;
    size_t next = i + 1 + (lines[i + 1].look == TT_LOOK_NAME && i + 2 < len);
    return after_long && lines[next].look == TT_LOOK_TEXT && lines[next].chars >= LONG_LEAST &&
           tt__line_sentences(line, map) == 1;
}

/* A text that ends in a stop, or a picture. */
static bool is_closed(const tt_line *line)
{
    return is_prose(line) || line->kind == TT_BLOCK_CAPTION || line->kind == TT_BLOCK_CREDIT;
}

/* "Mức phí hiện hành" between a text and the rows of a list; no more than its first rows are looked at. */
static bool heads_list(const tt_line *lines, size_t len, size_t i, const tt_map *map)
{
    const tt_line *line = &lines[i];
    bool brief = i > 0 && line->look == TT_LOOK_TEXT && !line->item && !line->question && line->chars <= SECTION_MOST;
    if (!brief || !is_closed(&lines[i - 1]) || i + 2 >= len)
        return false;
    tt_str s = tt__line_str(line, map->text.ptr);
    return run_of_open(lines, i + 3, i + 1) == 2 && memchr(s.ptr, ':', s.len) == NULL;
}

/* A line without a stop in the body; `last`: no prose comes after it. */
static tt_block_kind kind_of_open(tt_line *lines, size_t len, size_t i, bool last, const tt_map *map)
{
    tt_line *line = &lines[i];
    bool after_row =
        i > 0 && lines[i - 1].kind == TT_BLOCK_PARAGRAPH && is_open(&lines[i - 1]) && !(lines[i - 1].bullet && !line->item);
    bool leads_on = !last && i + 1 < len && (is_prose(&lines[i + 1]) || lines[i + 1].row);
    if (line->row)
        return TT_BLOCK_PARAGRAPH;
    if (line->look == TT_LOOK_NAME && i > 0 && lines[i - 1].kind == TT_BLOCK_CAPTION && !(last && lines[i - 1].pictured))
        return TT_BLOCK_CREDIT;
    if (line->asks)
        return TT_BLOCK_PARAGRAPH;
    if (heads_list(lines, len, i, map))
        return TT_BLOCK_HEADING;
    if (leads_on && !after_row && line->chars <= HEADING_MOST && tt__line_sentences(line, map) == 1)
        return TT_BLOCK_HEADING;
    if (last && line->look == TT_LOOK_NAME)
        return TT_BLOCK_SOURCE;
    return last && line->look == TT_LOOK_BAR ? TT_BLOCK_NAV : TT_BLOCK_PARAGRAPH;
}

/* "Tang vật vụ án" above "CÔNG AN CUNG CẤP", and the text goes on. */
static bool is_above_capitals(const tt_line *lines, size_t len, size_t i)
{
    return i + 2 < len && lines[i + 1].capitals && is_prose(&lines[i + 2]) && lines[i].look == TT_LOOK_TEXT &&
           is_open(&lines[i]) && !lines[i].row && lines[i].chars <= CAPTION_MOST;
}

/* "16h30", "Thứ Sáu, ngày 25/2" above what happened then: an entry of a running report. */
static bool is_entry_clock(const tt_line *lines, size_t len, size_t i)
{
    const tt_line *line = &lines[i];
    bool brief = line->look == TT_LOOK_STAMP && !line->stamp.relative && line->stamp.clock != line->stamp.day &&
                 line->stamp.date[0] == '\0';
    return brief && i + 1 < len && lines[i + 1].look == TT_LOOK_TEXT;
}

/* A bar among the texts of the body is one of them: results, addresses, what a list has. */
static bool is_text_bar(const tt_line *lines, size_t len, size_t i, bool last)
{
    const tt_line *line = &lines[i];
    if (line->look != TT_LOOK_NAV || i == 0 || (line->opens & FURNITURE) != 0)
        return false;
    bool between = lines[i - 1].look == TT_LOOK_TEXT && i + 1 < len && lines[i + 1].look == TT_LOOK_TEXT;
    return between && (!last || line->row || line->stop);
}

static void settle_in_body(tt_line *lines, size_t len, size_t i, bool last, const tt_map *map)
{
    tt_line *line = &lines[i];
    if ((line->look == TT_LOOK_TEXT) & !line->open & (line->chars > BARE_CAPTION_MOST))
        return; /* as most are: running text, or a caption already */
    if (is_text_bar(lines, len, i, last)) {
        line->kind = TT_BLOCK_PARAGRAPH;
        return;
    }
    if (line->kind == TT_BLOCK_PARAGRAPH && (is_bare_caption(lines, len, i, map) || is_above_capitals(lines, len, i)))
        line->kind = TT_BLOCK_CAPTION;
    else if (is_entry_clock(lines, len, i))
        line->kind = TT_BLOCK_HEADING;
    else if (line->look == TT_LOOK_NAME || line->look == TT_LOOK_BAR || (line->kind == TT_BLOCK_PARAGRAPH && is_open(line)))
        line->kind = kind_of_open(lines, len, i, last, map);
}

/* The rest of the page, from the first prose on, with the looks it has. */
static void settle_rest(tt_line *lines, size_t len, size_t prose, uint32_t looks, const tt_map *map)
{
    size_t tail = tt__tail_start(lines, len, prose, looks, map), last = tail;
    while (last > prose + 1 && !is_prose(&lines[last - 1]))
        last--;
    for (size_t i = prose; i < tail; i++)
        settle_in_body(lines, len, i, i >= last, map);
    tt__tail_settle(lines, len, prose, tail, map);
}

void tt__lines_settle(tt_line *lines, size_t len, const tt_map *map)
{
    const sum all = settle_each(lines, len);
    const bool credits = has_look(&all, TT_LOOK_CREDIT), stamps = has_look(&all, TT_LOOK_STAMP);
    if (is_list(lines, len, &all, map)) {
        for (size_t i = 0; i < len; i++)
            lines[i].kind = TT_BLOCK_TEASER;
        return;
    }
    if (credits)
        settle_captions(lines, len, map);
    size_t prose = tt__next_prose(lines, len, all.above), title = settle_title(lines, prose, prose == len, stamps, map);
    if (credits)
        settle_open_captions(lines, len, title < prose ? title : 0);
    settle_top(lines, title, prose, prose == len);
    settle_rest(lines, len, prose, all.below, map);
    if (title < prose && prose < len)
        settle_lead(lines, len, prose, map);
}
