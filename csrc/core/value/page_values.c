/* page_values.c - the values of a page's mentions, in order: each date is known to the ones after it, a teaser has its own day,
 * and the words of the sentence tell whether it speaks of the past or of what will be.
 */
#include "value/calendar.h"
#include "value/values_impl.h"

#include "base/alloc.h"
#include "page/phrase.h"
#include "page/stamp.h"

#include <string.h>

enum {
    TENSE_BYTES = 60, /* how far from a mention its tense is looked for */
    NIGHT_CLOCK = 18 * 3600
};

typedef struct {
    const tt_text *text;
    const tt_page *page;
    const tt_value_mention *mentions;
    size_t count;
    tt_when_context context;
    int32_t page_day;
    tt_near last;                /* the last date whose day is known */
    uint32_t near_end, last_end; /* bytes after the last date, and after that one */
    uint8_t last_part;           /* tt_part of the last date */
    uint32_t habit_end;          /* byte after the last mention, where that was of no day in particular */
    size_t block;                /* the mention's */
} walker;

/* Day in the timestamp of a teaser: in its own text, else in the timestamp block after it. */
static int32_t teaser_day(const walker *w)
{
    tt_stamp stamp;
    const tt_block *block = &w->page->at[w->block];
    tt_str text = {w->text->norm.ptr + block->span.start, block->span.end - block->span.start};
    size_t tail = tt__stamp_tail(&stamp, text);
    if (tail < text.len || (tt__stamp_at(&stamp, text.ptr, text.ptr + text.len) != 0 && stamp.clock))
        return tt_value_day(tt_str_c(stamp.date));
    if (w->block + 1 >= w->page->len || block[1].kind != TT_BLOCK_TIMESTAMP)
        return 0;
    text = (tt_str){w->text->norm.ptr + block[1].span.start, block[1].span.end - block[1].span.start};
    return tt__stamp_is(&stamp, text) ? tt_value_day(tt_str_c(stamp.date)) : 0;
}

/* Move to the block of a mention. What was spoken of in a teaser is not known outside of it, nor the other way. */
static void enter(walker *w, tt_span span)
{
    size_t before = w->block;
    while (w->block + 1 < w->page->len && w->page->at[w->block + 1].span.start <= span.start)
        w->block++;
    if (w->block == before)
        return;
    bool teaser = w->page->at[w->block].kind == TT_BLOCK_TEASER, was = w->page->at[before].kind == TT_BLOCK_TEASER;
    int32_t own = teaser ? teaser_day(w) : 0;
    w->context.page.day = own != 0 ? own : w->page_day;
    if (teaser || was)
        w->context.near = w->last = (tt_near){0, 0, 0, false};
}

static bool ends_sentence(const char *at)
{
    return (at[0] == '.' || at[0] == '?' || at[0] == '!' || at[0] == '\n') && (at[0] == '\n' || at[1] == ' ' || at[1] == '\n');
}

/* The last word of the past or the future before the mention, else the first one after it, in the sentence. */
static int8_t tense_of(const walker *w, tt_span span)
{
    static const char *const FUTURE[] = {"sẽ", "dự kiến", "sắp", "chuẩn bị", "hạn chót", "trước ngày", NULL};
    static const char *const PAST[] = {"trước đó", "đã", "vừa", "từng", "hồi", "bị", NULL};
    const tt_block *block = &w->page->at[w->block];
    const char *text = w->text->norm.ptr, *begin = text + block->span.start, *end = text + block->span.end;
    const char *at = text + span.start, *limit = at - begin > TENSE_BYTES ? at - TENSE_BYTES : begin;
    while (at > limit && !ends_sentence(at - 1)) {
        at--;
        if (at > begin && at[-1] != ' ')
            continue;
        if (tt__phrase_any(at, end, FUTURE) != 0)
            return 1;
        if (tt__phrase_any(at, end, PAST) != 0)
            return -1;
    }
    at = text + span.end;
    limit = end - at > TENSE_BYTES ? at + TENSE_BYTES : end;
    for (; at + 1 < limit && !ends_sentence(at); at++) {
        if (*at != ' ')
            continue;
        if (tt__phrase_any(at + 1, end, FUTURE) != 0)
            return 1;
        if (tt__phrase_any(at + 1, end, PAST) != 0)
            return -1;
    }
    return 0;
}

/* One of `words` begins in the `bytes` before `at`, in its sentence. */
static bool stands_before(const walker *w, const char *at, size_t bytes, const char *const *words)
{
    const tt_block *block = &w->page->at[w->block];
    const char *begin = w->text->norm.ptr + block->span.start, *end = w->text->norm.ptr + block->span.end;
    const char *limit = (size_t)(at - begin) > bytes ? at - bytes : begin;
    for (;; at--) {
        bool starts = at == begin || ends_sentence(at - 1);
        if ((starts || at[-1] == ' ') && tt__phrase_any(at, end, words) != 0)
            return true;
        if (starts || at == limit)
            return false;
    }
}

static bool is_clock(const walker *w, const tt_value_mention *mention)
{
    char first = w->text->norm.ptr[mention->span.start];
    return mention->label == TT_VALUE_TIME && first >= '0' && first <= '9';
}

/* Words of what is done again and again, around the mention; before a clock also those of timetables and opening hours. */
static bool is_habit(const walker *w, const tt_value_mention *mention)
{
    enum { NEAR_BYTES = 24, TABLE_BYTES = 48, STORY_BYTES = 96 };
    static const char *const HABITS[] = {"mỗi", "hằng",   "hàng ngày", "hàng tuần", "hàng tháng", "hàng năm",
                                         "cứ",  "thường", "khung giờ", "có hôm",    "các buổi",   NULL};
    static const char *const AFTER[] = {"mỗi", "hằng", "hàng ngày", "hàng tuần", "hàng tháng", "hàng năm", "nào", NULL};
    static const char *const TABLES[] = {"mở quán",     "mở cửa", "mở từ",   "bán từ",     "chạy từ",     "chạy lúc",
                                         "giới nghiêm", "dậy từ", "dậy lúc", "phục vụ từ", "làm việc từ", NULL};
    static const char *const OFTEN[] = {"nhiều đêm", "nhiều hôm", "nhiều bữa", "nhiều tối", NULL};
    const char *text = w->text->norm.ptr, *at = text + mention->span.start, *end = text + w->page->at[w->block].span.end;
    const char *after = tt__skip_blank(text + mention->span.end, end);
    return stands_before(w, at, NEAR_BYTES, HABITS) || tt__phrase_any(after, end, AFTER) != 0 ||
           (is_clock(w, mention) && (stands_before(w, at, TABLE_BYTES, TABLES) || stands_before(w, at, STORY_BYTES, OFTEN)));
}

/* The part of the day in a value: 2021-09-04TAF. */
static tt_part part_of(const tt_value *value)
{
    const char *part = strchr(value->text, 'T');
    switch (part != NULL ? part[1] : '\0') {
    case 'M': return part[2] == 'O' ? TT_PART_MO : TT_PART_MI;
    case 'A': return TT_PART_AF;
    case 'E': return TT_PART_EV;
    case 'N': return TT_PART_NI;
    default: return TT_PART_NONE;
    }
}

/* What a mention says is known to the ones after it; the clock of the page's own timestamp too. */
static void remember(walker *w, const tt_value *value, uint32_t end)
{
    tt_near near;
    bool stamp = w->page->at[w->block].kind == TT_BLOCK_TIMESTAMP;
    if (stamp && value->clock >= 0 && value->start == w->page_day)
        w->context.page.clock = value->clock;
    if (stamp || !tt__near_of(&near, value))
        return;
    w->context.near = near;
    w->near_end = end;
    w->last_part = (uint8_t)part_of(value);
    if (near.day == 0)
        return;
    w->last = near;
    w->last_end = end;
    w->context.after_night = w->last_part == TT_PART_EV || w->last_part == TT_PART_NI || value->clock >= NIGHT_CLOCK;
}

/* The last day known counts for what follows closely, and for longer when it is just before the page's. */
static bool still_counts(const walker *w, uint32_t start)
{
    enum { CLOSE_BYTES = 400, RECENT_DAYS = 20 };
    if (!w->last.known || w->context.page.day == 0 || start - w->last_end < CLOSE_BYTES)
        return true;
    int32_t age = w->context.page.day - tt__day_of(w->last.year, w->last.month, w->last.day);
    return age >= 0 && age <= RECENT_DAYS;
}

/* 15/6 hằng năm, ngày 10 hằng tháng */
static bool is_yearly(const walker *w, const tt_value_mention *mention)
{
    static const char *const AFTER[] = {"hằng năm", "hàng năm", "mỗi năm", "hằng tháng", "hàng tháng", "mỗi tháng", NULL};
    const char *text = w->text->norm.ptr, *end = text + w->page->at[w->block].span.end;
    return tt__phrase_any(tt__skip_blank(text + mention->span.end, end), end, AFTER) != 0;
}

/* "sau 22 giờ", "trước 9h", "ban đêm": a limit or a part of every day. */
static bool no_day(const walker *w, const tt_value_mention *mention)
{
    static const char *const LIMITS[] = {"sau", "trước", NULL}, *const PARTS[] = {"ban đêm", "ban ngày", NULL};
    const char *text = w->text->norm.ptr, *begin = text + w->page->at[w->block].span.start, *at = text + mention->span.start;
    const char *end = text + mention->span.end;
    while (at > begin && at[-1] == ' ')
        at--;
    return (is_clock(w, mention) && tt__phrase_ends(begin, at, LIMITS) != 0) ||
           tt__phrase_any(text + mention->span.start, end, PARTS) != 0;
}

/* What the text around a mention says of it. */
static void look_around(walker *w, const tt_value_mention *mention)
{
    enum { LIST_BYTES = 6, PASSAGE_BYTES = 600, STORY_BYTES = 200 };
    tt_when_context *context = &w->context;
    uint32_t gap = mention->span.start - w->near_end;
    uint32_t gap_after_habit = w->habit_end == 0 ? UINT32_MAX : mention->span.start - w->habit_end;
    context->tense = tense_of(w, mention->span);
    context->habit = is_habit(w, mention) || no_day(w, mention) || gap_after_habit < LIST_BYTES + 3;
    context->yearly = is_yearly(w, mention);
    context->passage = (context->near.day != 0 && gap < PASSAGE_BYTES) || (context->near.month != 0 && gap < STORY_BYTES);
    context->story = context->near.day != 0 || gap < STORY_BYTES;
    context->months = context->near.month != 0 && context->near.day == 0 && gap < LIST_BYTES;
    context->part =
        mention->label == TT_VALUE_TIME && gap < LIST_BYTES && w->near_end != 0 ? w->last_part : (uint8_t)TT_PART_NONE;
    context->last = still_counts(w, mention->span.start) ? w->last : (tt_near){0, 0, 0, false};
}

static tt_str text_of(const walker *w, const tt_value_mention *mention)
{
    return (tt_str){w->text->norm.ptr + mention->span.start, mention->span.end - mention->span.start};
}

static bool is_dated(const tt_value_mention *mention)
{
    return (mention->label == TT_VALUE_DATE || mention->label == TT_VALUE_TIME) && mention->span.start < mention->span.end;
}

/* A clock or part of the day before any date, as in a title, is of the day that the text goes on to name. */
static void look_ahead(walker *w, size_t i)
{
    enum { AHEAD = 16, DAYS = 3 };
    tt_value value;
    size_t end = w->count - i > AHEAD ? i + AHEAD : w->count, block = w->block;
    for (size_t k = i + 1; k < end; k++) {
        while (block + 1 < w->page->len && w->page->at[block + 1].span.start <= w->mentions[k].span.start)
            block++;
        bool stamp = w->page->at[block].kind == TT_BLOCK_TIMESTAMP || w->page->at[block].kind == TT_BLOCK_TEASER;
        if (stamp || !is_dated(&w->mentions[k]) || !tt__when_says_day(text_of(w, &w->mentions[k])))
            continue;
        bool found = tt__value_make(&value, (tt_value_label)w->mentions[k].label, text_of(w, &w->mentions[k]), &w->context);
        int32_t age = w->context.page.day - value.start;
        if (found && value.start != 0 && age >= 0 && age <= DAYS)
            tt__near_of(&w->context.last, &value);
        return;
    }
}

static bool in_block(const walker *w, tt_span span)
{
    tt_span block = w->page->at[w->block].span;
    return span.start >= block.start && span.end <= block.end;
}

/* Blocks and mentions are both in order. */
static bool make_one(tt_value *out, walker *w, size_t i)
{
    const tt_value_mention *mention = &w->mentions[i];
    if (mention->label >= TT_VALUE_LABELS || mention->span.start >= mention->span.end)
        return false;
    enter(w, mention->span);
    bool dated = is_dated(mention);
    tt_str text = text_of(w, mention);
    if (!in_block(w, mention->span))
        return false;
    if (dated) {
        look_around(w, mention);
        if (mention->label == TT_VALUE_TIME && !w->last.known && !tt__when_says_day(text))
            look_ahead(w, i);
    }
    bool found = tt__value_make(out, (tt_value_label)mention->label, text, &w->context);
    if (dated)
        w->habit_end = found && w->context.habit && out->start == out->end ? mention->span.end : 0;
    if (found && dated)
        remember(w, out, mention->span.end);
    return found;
}

tt_status tt_values_make(tt_values *out, tt_arena *arena, const tt_text *text, const tt_page *page,
                         const tt_value_mention *mentions, size_t count, const char *date, tt_error *err)
{
    size_t most = 0, len = 0;
    for (size_t i = 0; i < count; i++)
        most += mentions[i].label < TT_VALUE_LABELS;
    *out = (tt_values){NULL, 0, NULL};
    tt_value *values = tt_arena_calloc(arena, most, sizeof *values);
    uint32_t *index = tt_arena_calloc(arena, count, sizeof *index);
    if (values == NULL || index == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "values: out of memory");
    walker w = {.text = text, .page = page, .mentions = mentions, .count = count, .page_day = tt_value_day(tt_str_c(date))};
    w.context.page = (tt_value_anchor){w.page_day, -1};
    for (size_t i = 0; i < count; i++) {
        bool found = page->len != 0 && make_one(&values[len], &w, i);
        index[i] = found ? (uint32_t)len++ : UINT32_MAX;
    }
    *out = (tt_values){values, len, index};
    return TT_OK;
}
