/* settle.c - what each piece of a page is, given its neighbours.
 *
 * A page reads top down: bars and timestamps, the title, perhaps a byline and a lead, the body, a byline, share buttons,
 * then leads of other articles, each with its own timestamp, and a footer. Each of the steps below settles one of these;
 * their order is that of tt__lines_settle. */
#include "page/line.h"

enum {
    TITLE_LEAST = 15,     /* code points; shorter lines above a text are section names */
    TITLE_MOST = 130,
    LEAD_MOST = 165,
    CAPTION_MOST = 220,
    HEADING_MOST = 70,
    TEASER_MOST = 200,
    TEASER_LEAST = 28,
    LIST_LEAST = 5        /* lines of a page that is nothing but leads */
};

static bool is_prose(const tt_line *line)
{
    return line->look == TT_LOOK_TEXT && ((line->stop && !line->question) || line->chars > TITLE_MOST);
}

/* Longer or more than a lead of another article would be. */
static bool is_body(const tt_line *line)
{
    return line->look == TT_LOOK_TEXT && (line->chars > TEASER_MOST || (line->sentences >= 2 && line->stop && !line->ellipsis));
}

static void settle_alone(tt_line *line)
{
    static const tt_block_kind KINDS[] = {/* by tt_look */
        TT_BLOCK_PARAGRAPH, TT_BLOCK_TIMESTAMP, TT_BLOCK_NAV, TT_BLOCK_NAV, TT_BLOCK_NAV,
        TT_BLOCK_SHARE, TT_BLOCK_CREDIT, TT_BLOCK_SOURCE, TT_BLOCK_SOURCE,
    };
    line->kind = KINDS[line->look];
}

/* A page of nothing but leads: one sentence a line, and not all of them whole. */
static bool is_list(const tt_line *lines, size_t len)
{
    size_t open = 0;
    for (size_t i = 0; i < len; i++) {
        if (lines[i].look != TT_LOOK_TEXT || is_body(&lines[i]) || lines[i].chars < TEASER_LEAST)
            return false;
        open += !lines[i].stop || lines[i].ellipsis;
    }
    return len >= LIST_LEAST && open >= 1;
}

static size_t first_prose(const tt_line *lines, size_t len)
{
    size_t i = 0;
    while (i < len && !is_prose(&lines[i]))
        i++;
    return i;
}

/* How much a line above the text looks like a title: 0 not at all. */
static uint32_t title_weight(const tt_line *line)
{
    bool open = !line->stop || line->question;
    if (!open || line->chars < TITLE_LEAST || line->chars > TITLE_MOST || line->glued)
        return 0;
    switch (line->look) {
    case TT_LOOK_TEXT: return 2000 + line->chars;
    case TT_LOOK_BAR: return line->words >= 6 ? 1000 + line->chars : 0;
    case TT_LOOK_NAME: return line->words >= 4 ? line->chars : 0;
    default: return 0;
    }
}

/* Title: the best candidate above the first prose. Returns its index, or `prose` when there is none. */
static size_t settle_title(tt_line *lines, size_t prose)
{
    size_t title = prose;
    uint32_t best = 0;
    for (size_t i = 0; i < prose; i++) {
        uint32_t weight = title_weight(&lines[i]);
        if (weight > best) {
            best = weight;
            title = i;
        }
    }
    if (title == prose)
        return prose;
    lines[title].kind = TT_BLOCK_TITLE;
    for (size_t i = 0; i < title; i++)
        if (lines[i].look == TT_LOOK_TEXT || lines[i].look == TT_LOOK_NAME || lines[i].look == TT_LOOK_SOURCE)
            lines[i].kind = TT_BLOCK_NAV;
    return title;
}

static void settle_lead(tt_line *lines, size_t len, size_t prose)
{
    size_t next = prose + 1, more = 0;
    tt_line *lead = &lines[prose];
    if (lead->sentences > 1 || lead->chars > LEAD_MOST || !lead->stop || lead->kind != TT_BLOCK_PARAGRAPH)
        return;
    while (next < len && !is_prose(&lines[next]))
        next++;
    for (size_t i = next; i < len; i++)
        more += lines[i].kind == TT_BLOCK_PARAGRAPH && is_prose(&lines[i]);
    if (more >= 2 && lines[next].chars > lead->chars)
        lead->kind = TT_BLOCK_LEAD;
}

/* A line without a stop inside the body. */
static tt_block_kind kind_of_open(const tt_line *lines, size_t len, size_t i)
{
    const tt_line *line = &lines[i];
    bool leads_on = i + 1 < len && lines[i + 1].look == TT_LOOK_TEXT;
    if (i > 0 && lines[i - 1].kind == TT_BLOCK_CAPTION && line->look == TT_LOOK_NAME)
        return TT_BLOCK_CREDIT;
    if (leads_on && line->chars <= HEADING_MOST && line->sentences == 1)
        return TT_BLOCK_HEADING;
    return line->look == TT_LOOK_NAME ? TT_BLOCK_SOURCE : line->look == TT_LOOK_BAR ? TT_BLOCK_NAV : TT_BLOCK_PARAGRAPH;
}

static void settle_in_body(tt_line *lines, size_t len, size_t i)
{
    tt_line *line = &lines[i];
    if (line->look == TT_LOOK_CREDIT && i > 0 && lines[i - 1].kind == TT_BLOCK_PARAGRAPH &&
        lines[i - 1].chars <= CAPTION_MOST && lines[i - 1].sentences <= 2)
        lines[i - 1].kind = TT_BLOCK_CAPTION;
    else if (line->look == TT_LOOK_NAME || line->look == TT_LOOK_BAR || (line->look == TT_LOOK_TEXT && (!line->stop || line->question)))
        line->kind = kind_of_open(lines, len, i);
}

/* Below the body: leads of other articles and footers. `listed`: a bar has begun that part. */
static void settle_in_tail(tt_line *line, bool listed)
{
    if (line->look == TT_LOOK_TEXT || line->look == TT_LOOK_BAR)
        line->kind = line->chars >= TEASER_LEAST ? TT_BLOCK_TEASER : TT_BLOCK_NAV;
    else if (line->look == TT_LOOK_NAME)
        line->kind = listed ? (line->words >= 7 ? TT_BLOCK_TEASER : TT_BLOCK_NAV) : TT_BLOCK_SOURCE;
}

/* Index after the last piece that can only be body. */
static size_t body_end(const tt_line *lines, size_t len, size_t from)
{
    size_t end = from;
    for (size_t i = from; i < len; i++)
        if (is_body(&lines[i]) && (i + 1 == len || lines[i + 1].look != TT_LOOK_STAMP))
            end = i + 1;
    return end;
}

static bool ends_body(const tt_line *line)
{
    return line->look == TT_LOOK_MORE || line->look == TT_LOOK_SHARE || line->look == TT_LOOK_SOURCE || line->look == TT_LOOK_NAV;
}

/* The rest of the page, from the first prose on. */
static void settle_rest(tt_line *lines, size_t len, size_t prose)
{
    size_t end = body_end(lines, len, prose);
    bool tail = false, listed = false;
    for (size_t i = prose; i < len; i++) {
        tt_line *line = &lines[i];
        bool dated = i > prose && i >= end && i + 1 < len && lines[i + 1].look == TT_LOOK_STAMP;
        if (i >= end && i > prose && ends_body(line)) {
            tail = true;
            listed = listed || line->look != TT_LOOK_SOURCE;
        }
        if (dated && line->look != TT_LOOK_STAMP && !ends_body(line)) {
            line->kind = TT_BLOCK_TEASER;
            tail = listed = true;
        } else if (tail) {
            settle_in_tail(line, listed);
        } else {
            settle_in_body(lines, len, i);
        }
    }
}

void tt__lines_settle(tt_line *lines, size_t len, const char *text)
{
    (void)text;
    for (size_t i = 0; i < len; i++)
        settle_alone(&lines[i]);
    if (is_list(lines, len)) {
        for (size_t i = 0; i < len; i++)
            lines[i].kind = TT_BLOCK_TEASER;
        return;
    }
    size_t prose = first_prose(lines, len), title = settle_title(lines, prose);
    for (size_t i = title + 1; i < prose; i++)
        settle_in_body(lines, len, i);
    settle_rest(lines, len, prose);
    if (title < prose && prose < len)
        settle_lead(lines, len, prose);
}
