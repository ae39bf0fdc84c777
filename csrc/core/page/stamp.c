/* stamp.c - a timestamp is a row of dates, clocks, weekdays and fillers with nothing else between them. Each part has its own
 * small matcher that returns the bytes it took; the row is as long as parts keep matching. */
#include "page/stamp.h"

#include "base/date.h"
#include "page/lanes.h"
#include "page/phrase.h"

#include <string.h>

enum {
    TAIL_BYTES = 64,    /* longest timestamp looked for at the end of a text */
    POSTER_BYTES = 100, /* longest "posted by" */
    WORD_BYTES = 32
};

static const char *const MONTHS[] = {
    "một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai",
};
static const char *const AGES[] = {
    "giây trước", "phút trước", "giờ trước", "tiếng trước", "ngày trước", "tuần trước", "tháng trước", "năm trước", NULL,
};

/* One to `most` digits at `at`, not followed by another; the digits' number, 0 when there are more or none. */
static size_t number_at(unsigned *value, const char *at, const char *end, size_t most)
{
    size_t len = 0;
    *value = 0;
    while (at + len < end && tt__is_digit((unsigned char)at[len]) && len < most)
        *value = *value * 10 + (unsigned)(at[len++] - '0');
    return at + len < end && tt__is_digit((unsigned char)at[len]) ? 0 : len;
}

static void put_digits(char *end, unsigned value, int count)
{
    for (; count > 0; count--, value /= 10)
        *--end = (char)('0' + value % 10);
}

static void note_date(tt_stamp *out, unsigned year, unsigned month, unsigned day)
{
    char date[] = "0000-00-00";
    if (out->date[0] != '\0')
        return;
    put_digits(date + 4, year, 4);
    put_digits(date + 7, month, 2);
    put_digits(date + 10, day, 2);
    if (tt__date_is_real(tt_str_c(date)))
        memcpy(out->date, date, sizeof out->date);
}

/* Bytes of a mark between two numbers; " / " and " : " of texts with blanks around every mark. */
static size_t joint_at(const char *at, const char *end)
{
    bool parted = end - at > 3 && at[0] == ' ' && (at[1] == '/' || at[1] == ':') && at[2] == ' ';
    return at == end ? 0 : parted ? 3 : 1;
}

/* 15:22, 15:22:07, 9:05', 15h22, 9h */
static size_t clock_at(tt_stamp *out, const char *at, const char *end)
{
    unsigned hour, minute, second;
    size_t len = number_at(&hour, at, end, 2), more;
    if (len == 0 || hour > 24 || at + len == end)
        return 0;
    size_t joint = joint_at(at + len, end);
    char mark = at[len + joint / 2];
    if (mark != ':' && mark != 'h' && mark != 'H' && mark != 'g')
        return 0;
    more = number_at(&minute, at + len + joint, end, 2);
    if (more == 2 && minute < 60)
        len += joint + 2;
    else if (more != 0 || mark != 'h' || tt__is_letter(tt__glyph_at(at + len + 1, end).cp))
        return 0;
    else
        len += 1;
    if (more == 2 && at + len < end && at[len] == ':' && number_at(&second, at + len + 1, end, 2) == 2)
        len += 3;
    if (at + len < end && at[len] == '\'')
        len++;
    out->clock = true;
    return len;
}

/* 21/06/2019, 5-6-20, 09.09.2021, 21/6 (with a slash only) */
static size_t numeric_date_at(tt_stamp *out, const char *at, const char *end)
{
    unsigned day, month, year;
    size_t len = number_at(&day, at, end, 2), more;
    if (len == 0 || day < 1 || day > 31 || at + len == end)
        return 0;
    size_t joint = joint_at(at + len, end);
    char mark = at[len + joint / 2];
    if (mark != '/' && mark != '-' && mark != '.')
        return 0;
    more = number_at(&month, at + len + joint, end, 2);
    if (more == 0 || month < 1 || month > 12)
        return 0;
    len += joint + more;
    if (at + len < end && at[len + joint_at(at + len, end) / 2] == mark) {
        joint = joint_at(at + len, end);
        more = number_at(&year, at + len + joint, end, 4);
        if (more != 2 && more != 4)
            return 0;
        note_date(out, more == 2 ? 2000 + year : year, month, day);
        len += joint + more;
    } else if (mark != '/') {
        return 0;
    }
    out->day = true;
    return len;
}

/* 19 - 3 - 2004 */
static size_t parted_date_at(tt_stamp *out, const char *at, const char *end)
{
    static const size_t MOST[] = {2, 2, 4};
    unsigned parts[3];
    const char *p = at;
    for (size_t i = 0; i < TT_COUNT(MOST); i++) {
        if (i > 0 && (end - p < 4 || memcmp(p, " - ", 3) != 0))
            return 0;
        p += i > 0 ? 3 : 0;
        size_t len = number_at(&parts[i], p, end, MOST[i]);
        if (len == 0 || (i == 2 && len != 4))
            return 0;
        p += len;
    }
    if (parts[0] < 1 || parts[0] > 31 || parts[1] < 1 || parts[1] > 12)
        return 0;
    note_date(out, parts[2], parts[1], parts[0]);
    out->day = true;
    return (size_t)(p - at);
}

/* 2021-09-09, 2021/09/09, 2021-09-09T (before a clock) */
static size_t iso_date_at(tt_stamp *out, const char *at, const char *end)
{
    unsigned year, month, day;
    size_t len = number_at(&year, at, end, 4), more;
    if (len != 4 || at + len == end || (at[len] != '-' && at[len] != '/' && at[len] != '.'))
        return 0;
    char mark = at[len];
    more = number_at(&month, at + len + 1, end, 2);
    len += 1 + more;
    if (more == 0 || month < 1 || month > 12 || at + len >= end || at[len] != mark)
        return 0;
    more = number_at(&day, at + len + 1, end, 2);
    if (more == 0 || day < 1 || day > 31)
        return 0;
    len += 1 + more;
    if (at + len + 1 < end && at[len] == 'T' && tt__is_digit((unsigned char)at[len + 1]))
        len++;
    note_date(out, year, month, day);
    out->day = true;
    return len;
}

/* "June", "Jun": told by three letters. */
static size_t english_month_at(unsigned *month, const char *at, const char *end)
{
    static const char *const MONTHS_IN_ENGLISH[] = {"january", "february", "march",     "april",   "may",      "june",
                                                    "july",    "august",   "september", "october", "november", "december"};
    if (end - at < 3)
        return 0;
    const char brief[] = {(char)(at[0] | 0x20), (char)(at[1] | 0x20), (char)(at[2] | 0x20), '\0'};
    for (unsigned i = 0; i < TT_COUNT(MONTHS_IN_ENGLISH); i++) {
        if (memcmp(brief, MONTHS_IN_ENGLISH[i], 3) != 0)
            continue;
        size_t len = tt__phrase_at(at, end, MONTHS_IN_ENGLISH[i]);
        *month = i + 1;
        return len != 0 ? len : tt__phrase_at(at, end, brief);
    }
    return 0;
}

/* A number or a word after "tháng"; a name of its own: "Th6", "June". */
static size_t month_at(unsigned *month, const char *at, const char *end)
{
    static const char *const PREFIXES[] = {"tháng", "thg", NULL};
    size_t prefix = at < end && (*at | 0x20) == 't' ? tt__phrase_any(at, end, PREFIXES) : 0, best;
    const char *p = prefix != 0 ? tt__skip_blank(at + prefix, end) : at;
    if (prefix == 0 && end - p > 2 && (*p | 0x20) == 't' && p[1] == 'h')
        p += 2;
    else if (prefix == 0)
        return english_month_at(month, at, end);
    best = number_at(month, p, end, 2);
    if (best != 0 && (*month < 1 || *month > 12))
        return 0;
    for (unsigned i = 0; best == 0 && prefix != 0 && i < TT_COUNT(MONTHS); i++) {
        *month = TT_COUNT(MONTHS) - i; /* "mười hai" before "mười" */
        best = tt__phrase_at(p, end, MONTHS[*month - 1]);
    }
    return best == 0 ? 0 : (size_t)(p + best - at);
}

/* The year after a comma or "năm"; gives what is behind it, or `at`. */
static const char *year_at(unsigned *year, const char *at, const char *end)
{
    const char *p = tt__skip_blank(at < end && *at == ',' ? at + 1 : at, end);
    size_t len = tt__phrase_at(p, end, "năm");
    p = len != 0 ? tt__skip_blank(p + len, end) : p;
    return number_at(year, p, end, 4) == 4 ? p + 4 : at;
}

/* 9 tháng 9 năm 2021, 9 tháng 9, 2021, 09 Tháng Chín 2021, 9 Sep 2021 */
static size_t spoken_date_at(tt_stamp *out, const char *at, const char *end)
{
    unsigned day, month, year;
    size_t len = number_at(&day, at, end, 2);
    const char *p = tt__skip_blank(at + len, end);
    if (len == 0 || day < 1 || day > 31 || p == at + len || (len = month_at(&month, p, end)) == 0)
        return 0;
    p += len;
    out->day = true;
    const char *after = year_at(&year, p, end);
    if (after != p)
        note_date(out, year, month, day);
    return (size_t)(after - at);
}

/* Tháng Chín 9, 2021, Th9 9, 2021, Sep 9, 2021 */
static size_t month_first_at(tt_stamp *out, const char *at, const char *end)
{
    unsigned day, month, year;
    size_t len = month_at(&month, at, end);
    const char *p = tt__skip_blank(at + len, end);
    if (len == 0 || (len = number_at(&day, p, end, 2)) == 0 || day < 1 || day > 31)
        return 0;
    p += len;
    const char *after = year_at(&year, p, end);
    if (after == p)
        return 0;
    out->day = true;
    note_date(out, year, month, day);
    return (size_t)(after - at);
}

/* 15 giờ 21, 15 giờ 21 phút */
static size_t spoken_clock_at(tt_stamp *out, const char *at, const char *end)
{
    unsigned hour, minute;
    size_t len = number_at(&hour, at, end, 2), unit;
    const char *p = tt__skip_blank(at + len, end);
    if (len == 0 || hour > 24 || (unit = tt__phrase_at(p, end, "giờ")) == 0)
        return 0;
    p = tt__skip_blank(p + unit, end);
    if ((len = number_at(&minute, p, end, 2)) == 0 || minute > 59)
        return 0;
    p += len;
    out->clock = true;
    return (size_t)(p + tt__phrase_at(p, end, " phút") - at);
}

/* 3 giờ trước */
static size_t age_at(tt_stamp *out, const char *at, const char *end)
{
    unsigned count;
    size_t len = number_at(&count, at, end, 3);
    const char *p = tt__skip_blank(at + len, end);
    size_t unit = len == 0 ? 0 : tt__phrase_any(p, end, AGES);
    if (unit == 0)
        return 0;
    out->relative = true;
    return (size_t)(p + unit - at);
}

/* +07:00, +7:00, + 7 or Z after a clock */
static size_t zone_at(const tt_stamp *out, const char *at, const char *end)
{
    unsigned number;
    if (!out->clock || at == end)
        return 0;
    if (*at == 'Z')
        return tt__is_letter(tt__glyph_at(at + 1, end).cp) ? 0 : 1;
    const char *hours = *at == '+' ? tt__skip_blank(at + 1, end) : end;
    size_t len = number_at(&number, hours, end, 2);
    if (len == 0)
        return 0;
    const char *over = hours + len;
    bool minutes = end - over >= 3 && *over == ':' && number_at(&number, over + 1, end, 2) == 2;
    return (size_t)(over + (minutes ? 3 : 0) - at);
}

/* "Chiều 15/9, ..." after a whole timestamp: a text begins. */
static bool begins_text(const tt_stamp *stamp, const char *at, const char *end)
{
    static const char *const PARTS[] = {"sáng", "trưa", "chiều", "tối", "đêm", "ngày", "hôm qua", "hôm nay", NULL};
    bool whole = stamp->clock && stamp->date[0] != '\0';
    return whole && tt__is_upper(tt__glyph_at(at, end).cp) && tt__phrase_any(at, end, PARTS) != 0;
}

/* What begins with a digit: most are told by the mark behind the number. */
static size_t numbered_at(tt_stamp *out, const char *at, const char *end)
{
    size_t (*const others[])(tt_stamp *, const char *, const char *) = {spoken_date_at, parted_date_at,  numeric_date_at,
                                                                        clock_at,       spoken_clock_at, age_at};
    const char *mark = at;
    while (mark < end && mark - at < 4 && tt__is_digit((unsigned char)*mark))
        mark++;
    if (mark < end && (*mark == '/' || *mark == '-' || *mark == '.'))
        return mark - at == 4 ? iso_date_at(out, at, end) : numeric_date_at(out, at, end);
    if (mark < end && *mark == ':')
        return clock_at(out, at, end);
    for (size_t i = 0; i < TT_COUNT(others); i++) {
        size_t len = others[i](out, at, end);
        if (len != 0)
            return len;
    }
    return 0;
}

static size_t part_at(tt_stamp *out, const char *at, const char *end)
{
    if (tt__is_digit((unsigned char)*at))
        return numbered_at(out, at, end);
    size_t len = zone_at(out, at, end);
    if (len == 0)
        len = month_first_at(out, at, end);
    return len != 0 ? len : tt__phrase_in(at, end, TT_PHRASE_FILLER);
}

/* Marks between the parts; a bracket or a dash that leads on to other text is given back by the caller. */
static size_t mark_at(const char *at, const char *end)
{
    tt_glyph g = tt__glyph_at(at, end);
    switch (g.cp) {
    case ',':
    case '-':
    case '|':
    case ':':
    case '/':
    case '(':
    case ')':
    case '[':
    case ']':
    case '.':
    case ';':
    case 0x2013:
    case 0x2014:
    case 0x2022:
    case 0x00B7: return g.len;
    default: return 0;
    }
}

size_t tt__stamp_at(tt_stamp *out, const char *at, const char *end)
{
    const char *p = at, *whole = at;
    memset(out, 0, sizeof *out);
    while (p < end) {
        size_t len = tt__blank_at(p, end);
        if (len == 0)
            len = mark_at(p, end);
        if (len != 0) {
            p += len;
            if (*(p - 1) == ')' || *(p - 1) == ']')
                whole = whole == at ? at : p;
            continue;
        }
        if (begins_text(out, p, end) || (len = part_at(out, p, end)) == 0)
            break;
        p += len;
        whole = p;
    }
    bool found = out->day || out->clock || out->relative;
    return found ? (size_t)(whole - at) : 0;
}

/* "Lượt xem: 3.091" or "3.091 lượt xem" */
static size_t views_at(const char *at, const char *end)
{
    static const char *const VIEWS[] = {"lượt xem", "lượt đọc", "số lượt xem", "đã xem", "xem", "đọc", NULL};
    size_t before = tt__phrase_any(at, end, VIEWS);
    const char *p = at + before;
    while (before != 0 && p < end && (*p == ':' || *p == ' '))
        p++;
    const char *digits = p;
    while (p < end && (tt__is_digit((unsigned char)*p) || ((*p == '.' || *p == ',') && p > digits)))
        p++;
    if (p == digits)
        return 0;
    if (before != 0)
        return (size_t)(p - at);
    p = tt__skip_blank(p, end);
    size_t after = tt__phrase_any(p, end, VIEWS);
    return after == 0 ? 0 : (size_t)(p + after - at);
}

/* "Đăng bởi Nguyễn Văn A, ": up to the comma or dash. */
static size_t poster_at(const char *at, const char *end)
{
    if (at < end && !tt__is_letter(tt__glyph_at(at, end).cp))
        return 0;
    size_t len = tt__phrase_in(at, end, TT_PHRASE_POSTER);
    const char *limit = end - at > POSTER_BYTES ? at + POSTER_BYTES : end;
    for (const char *p = at + len; len != 0 && p < limit; p++)
        if (*p == ',' || *p == '|' || (*p == '-' && p[-1] == ' '))
            return (size_t)(p + 1 - at);
    return 0;
}

bool tt__stamp_is(tt_stamp *out, tt_str text)
{
    const char *end = text.ptr + text.len, *begin = text.ptr + poster_at(text.ptr, end);
    size_t len = tt__stamp_at(out, begin, end), more = len == 0 ? views_at(begin, end) : 0;
    if (more != 0) {
        begin += more;
        len = tt__stamp_at(out, begin, end);
    }
    if (len == 0)
        return false;
    const char *p = begin + len;
    while (p < end && ((more = mark_at(p, end)) != 0 || (more = tt__blank_at(p, end)) != 0 || (more = views_at(p, end)) != 0))
        p += more;
    return p == end;
}

/* What the first TT_LANES bytes of a text hold, as far as a timestamp asks. */
typedef struct {
    tt_lanes bytes;
    uint64_t digits, blanks; /* blanks: and all bytes that may end one */
} stamp_bytes;

static stamp_bytes bytes_of(const char *at, const char *end)
{
    stamp_bytes out = {tt__lanes_at(at, end), 0, 0};
    uint64_t in = tt__first_bits((size_t)(end - at));
    tt_lanes wide = tt__lanes_in(&out.bytes, 0x80, 0x7F), blank = tt__lanes_in(&out.bytes, 0x01, ' ' - 0x01);
    out.digits = tt__lanes_bits(tt__lanes_in(&out.bytes, '0', 9)) & in;
    out.blanks = tt__lanes_bits(tt__lanes_or(wide, blank)) & in;
    return out;
}

/* "9h 1/1/24" has five digits, fewer are no date with a year; and a clock has a colon, or "h" or "giờ" behind a number. */
static bool may_be_whole(const stamp_bytes *seen)
{
    const tt_lanes *b = &seen->bytes;
    tt_lanes h = tt__lanes_or(tt__lanes_eq(b, 'h'), tt__lanes_eq(b, 'H'));
    tt_lanes g = tt__lanes_or(tt__lanes_eq(b, 'g'), tt__lanes_eq(b, 'G'));
    uint64_t units = tt__lanes_bits(tt__lanes_or(h, g)) & (seen->digits | seen->blanks) << 1;
    return tt__bit_count(seen->digits) >= 5 && (units | tt__lanes_bits(tt__lanes_eq(b, ':'))) != 0;
}

bool tt__stamp_may_be_whole(const char *at, const char *end)
{
    const stamp_bytes seen = bytes_of(at, end);
    return may_be_whole(&seen);
}

/* Bits of the bytes at which tt__stamp_parted may say yes, but for the first. */
static uint64_t places_of(const stamp_bytes *seen)
{
    const tt_lanes *b = &seen->bytes;
    uint64_t capital = tt__lanes_bits(tt__lanes_or(tt__lanes_in(b, 'A', 25), tt__lanes_eq(b, 0xC4)));
    return seen->blanks << 1 | ((seen->digits & ~(seen->digits << 1)) | capital);
}

bool tt__stamp_glued(const char *begin, const char *at, const char *end)
{
    bool digit = tt__is_digit((unsigned char)*at);
    if (!digit && !tt__is_upper(tt__glyph_at(at, end).cp))
        return false;
    tt_glyph before = tt__glyph_before(begin, at);
    if (!digit || !tt__is_letter(before.cp))
        return digit ? tt__is_closer(before.cp) : tt__is_lower(before.cp);
    const char *word = at; /* not "lúc16:59" */
    while (word > begin && at - word < WORD_BYTES && tt__blank_before(begin, word) == 0)
        word -= tt__glyph_before(begin, word).len;
    return tt__phrase_in(word, at, TT_PHRASE_FILLER) == 0;
}

size_t tt__stamp_tail(tt_stamp *out, tt_str text)
{
    size_t at = text.len > TAIL_BYTES ? text.len - TAIL_BYTES : 1;
    const char *end = text.ptr + text.len;
    memset(out, 0, sizeof *out);
    if (text.len <= at || (!tt__is_digit((unsigned char)end[-1]) && end[-1] != ')'))
        return text.len;
    const stamp_bytes seen = bytes_of(text.ptr + at, end);
    if (!may_be_whole(&seen))
        return text.len;
    for (uint64_t places = places_of(&seen) | 1; places != 0; places &= places - 1) {
        const char *p = text.ptr + at + tt__low_bit(places);
        if (p >= end)
            break;
        if (!tt__stamp_parted(text.ptr, p, end) || (*p != '(' && mark_at(p, end) != 0))
            continue;
        if (tt__stamp_is(out, (tt_str){p, (size_t)(end - p)}) && out->clock && out->date[0] != '\0')
            return (size_t)(p - text.ptr);
    }
    memset(out, 0, sizeof *out);
    return text.len;
}
