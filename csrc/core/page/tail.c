/* tail.c - below the body: leads of other articles, each perhaps with its timestamp, what readers wrote, and the imprint. */
#include "page/tail.h"

#include "page/phrase.h"

enum {
    COMMENT_MOST = 600,  /* code points; a longer text is no comment of a reader */
    COMMENTED_LEAST = 2, /* texts of a body that readers write about */
    GOES_ON_LEAST = 3,   /* texts that are long enough for a body, below what may stand inside one */
    GOES_ON_CHARS = 100,
    NAME_WORDS = 7 /* of what looks like a name and is a lead of another article */
};

#define LOOK_BIT(look) (UINT32_C(1) << TT_LOOK_##look)

/* Looks of what may begin a list of other articles, and of all that may end a body but names. */
static const uint32_t FEET = LOOK_BIT(NAV) | LOOK_BIT(MORE) | LOOK_BIT(SHARE);
static const uint32_t ENDS = LOOK_BIT(NAV) | LOOK_BIT(MORE) | LOOK_BIT(SHARE) | LOOK_BIT(SOURCE) | LOOK_BIT(STAMP);

bool tt__is_body(tt_line *line, const tt_map *map)
{
    if (line->look != TT_LOOK_TEXT || line->chars > TT_TEASER_MOST)
        return line->look == TT_LOOK_TEXT;
    return line->stop && !line->ellipsis && tt__line_sentences(line, map) >= 2;
}

/* A bar that is a row of a list, or whose words end in a stop, may stand in a body. */
static bool ends_body(const tt_line *line)
{
    const uint32_t lists = TT_PHRASE_BIT(TT_PHRASE_NAV) | TT_PHRASE_BIT(TT_PHRASE_FOOTER);
    if (line->look == TT_LOOK_NAV)
        return (!line->row && !line->stop) || (line->opens & lists) != 0;
    return line->look == TT_LOOK_MORE || line->look == TT_LOOK_SHARE || line->look == TT_LOOK_SOURCE;
}

/* "Bình luận (36)", "Ý kiến (4)": what readers wrote comes next. */
static bool opens_comments(const tt_line *line, const tt_map *map)
{
    static const char *const COMMENTS[] = {"bình luận", "ý kiến", "phản hồi", NULL};
    if ((line->look != TT_LOOK_SHARE && line->look != TT_LOOK_NAV) || (line->signs & TT_SIGN_DIGIT) == 0)
        return false;
    tt_str s = tt__line_str(line, map->text.ptr);
    const char *end = s.ptr + s.len, *p = s.ptr + tt__phrase_any(s.ptr, end, COMMENTS);
    bool named = p > s.ptr;
    while (named && p < end && (*p == ' ' || *p == ':' || *p == '('))
        p++;
    return named && p < end && *p >= '1' && *p <= '9';
}

/* A piece below which no body follows: comments, or a list of other articles, buttons or tags with none but short texts below.
 */
static bool is_foot(const tt_line *line)
{
    bool tags = line->look == TT_LOOK_NAV && (line->opens & TT_PHRASE_BIT(TT_PHRASE_NAV)) != 0;
    return line->look == TT_LOOK_MORE || line->look == TT_LOOK_SHARE || tags;
}

/* Index after the last piece that can only be body. */
static size_t body_end(tt_line *lines, size_t len, size_t from, const tt_map *map)
{
    size_t end = len;
    while (end > from && ((end < len && lines[end].look == TT_LOOK_STAMP) || !tt__is_body(&lines[end - 1], map)))
        end--;
    return end;
}

/* The first foot of a page behind `prose` and before `end`, with a body above it and nothing below that must be one; `end`
 * where there is none. Readers may write more than leads of other articles have. */
static size_t first_foot(const tt_line *lines, size_t prose, size_t end, const tt_map *map)
{
    size_t texts = 0, below = 0, foot = end;
    bool comments = false;
    for (size_t i = prose; i < end; i++) {
        const tt_line *line = &lines[i];
        if (line->look == TT_LOOK_TEXT) {
            texts += line->prose;
            below += line->prose && line->chars >= GOES_ON_CHARS;
            bool goes_on = comments ? line->chars > COMMENT_MOST : line->chars > TT_TEASER_MOST || below >= GOES_ON_LEAST;
            foot = goes_on ? end : foot;
        } else if (foot == end && texts >= COMMENTED_LEAST && is_foot(line)) {
            foot = i;
            below = 0;
            comments = opens_comments(line, map);
        } else if (foot != end && !comments) {
            comments = opens_comments(line, map);
        }
    }
    return foot;
}

/* Is there a teaser at `i`, with its timestamp below? A clock alone below a sentence begins the next entry of a running report.
 */
static bool is_dated(const tt_line *lines, size_t len, size_t i)
{
    if (i + 1 >= len || lines[i + 1].look != TT_LOOK_STAMP || lines[i].look == TT_LOOK_STAMP || ends_body(&lines[i]))
        return false;
    bool clock = !lines[i + 1].stamp.day && !lines[i + 1].stamp.relative;
    return !clock || !lines[i].stop || lines[i].ellipsis;
}

/* Is everything from `i` on, or up to what ends a body, an open text or one that is cut off, and is there any? */
static bool are_teasers(const tt_line *lines, size_t len, size_t i)
{
    size_t from = i;
    while (i < len && lines[i].look == TT_LOOK_TEXT && (!lines[i].stop || lines[i].ellipsis) && !lines[i].row &&
           lines[i].chars >= TT_TEASER_LEAST)
        i++;
    return i > from && (i == len || ends_body(&lines[i]));
}

/* A page may be nothing but dated leads. */
size_t tt__tail_start(tt_line *lines, size_t len, size_t prose, uint32_t looks, const tt_map *map)
{
    bool named = (looks & LOOK_BIT(NAME)) != 0 && lines[len - 1].look == TT_LOOK_TEXT; /* perhaps a name above teasers */
    if (prose == len || ((looks & ENDS) == 0 && !named))
        return len;
    size_t end = body_end(lines, len, prose, map), dated = 0;
    for (size_t i = prose; i < len && (looks & LOOK_BIT(STAMP)) != 0; i++)
        dated += is_dated(lines, len, i);
    if (end == prose && dated >= 2 && is_dated(lines, len, prose))
        return prose;
    if ((looks & FEET) != 0)
        end = first_foot(lines, prose, end, map);
    size_t tail = end > prose ? end : prose + 1;
    if (tail + 1 < len && lines[tail].look == TT_LOOK_NAME && lines[tail - 1].kind != TT_BLOCK_CAPTION &&
        are_teasers(lines, len, tail + 1))
        return tail + 1;
    while (tail < len && !ends_body(&lines[tail]) && !is_dated(lines, len, tail))
        tail++;
    return tail;
}

/* Below the body: leads of other articles and footers. `listed`: a bar has begun that part. */
static void settle_one(tt_line *line, bool listed)
{
    if (line->look == TT_LOOK_TEXT && line->kind != TT_BLOCK_CAPTION)
        line->kind = line->chars >= TT_TEASER_LEAST || (listed && line->words >= 5) ? TT_BLOCK_TEASER : TT_BLOCK_NAV;
    else if (line->look == TT_LOOK_NAME)
        line->kind = listed ? (line->words >= NAME_WORDS ? TT_BLOCK_TEASER : TT_BLOCK_NAV) : TT_BLOCK_SOURCE;
}

/* What readers wrote, below their names: "Mít Đặc", "langtu_hn". */
static void settle_comment(tt_line *line)
{
    if (line->look == TT_LOOK_NAME || (line->look == TT_LOOK_TEXT && line->words == 1 && !line->stop))
        line->kind = TT_BLOCK_SOURCE;
    else if (line->look == TT_LOOK_TEXT || line->look == TT_LOOK_BAR)
        line->kind = TT_BLOCK_PARAGRAPH;
}

void tt__tail_settle(tt_line *lines, size_t len, size_t prose, size_t tail, const tt_map *map)
{
    bool listed = false, comments = false, sourced = false;
    for (size_t i = prose; i < tail && tail < len; i++)
        sourced |= lines[i].kind == TT_BLOCK_SOURCE;
    for (size_t i = tail; i < len; i++) {
        tt_line *line = &lines[i];
        comments = opens_comments(line, map) || (comments && line->look != TT_LOOK_MORE && line->look != TT_LOOK_NAV);
        listed = listed || (ends_body(line) && line->look != TT_LOOK_SOURCE && (sourced || line->look != TT_LOOK_SHARE));
        if (comments) {
            settle_comment(line);
        } else if (is_dated(lines, len, i)) {
            line->kind = TT_BLOCK_TEASER;
            listed = true;
        } else {
            settle_one(line, listed);
        }
        sourced = sourced || line->kind == TT_BLOCK_SOURCE;
    }
}
