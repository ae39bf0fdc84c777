/* patterns.c - leftmost longest, sentence by sentence. Dates and clock times are rows of traits, tried one after the other;
 * amounts are a number, of digits or words, and what is counted. */
#include "entity/patterns.h"
#include "entity/scheme.h"

enum { ROW_MAX = 12 };

#define MAY TT_TRAIT(63)    /* the token may be missing */
#define JOINED TT_TRAIT(62) /* no space before it */
#define SEPARATOR (M_DASH | M_SLASH)
#define UNTIL (M_DASH | W_TO)
#define MAY_NGAY (MAY | W_NGAY)
#define NUMERAL (N_MONTH | W_NUMBER | W_MONTH_NAME)

/* What a span is made of, in order; ends in 0. */
typedef struct {
    tt_pattern_kind kind;
    uint64_t traits[ROW_MAX];
} row;

static const row DATES[] = {
    {PATTERN_DAY_MONTH_YEAR, {MAY_NGAY, N_DAY, SEPARATOR, N_MONTH, SEPARATOR, N_YEAR | N_PAIR}},
    {PATTERN_DAY_MONTH_YEAR, {MAY_NGAY, N_DOTTED}},
    {PATTERN_DAY_MONTH_YEAR, {N_YEAR, M_DASH, N_MONTH, M_DASH, N_DAY}},
    {PATTERN_DAY_MONTH_YEAR, {MAY_NGAY | W_MUNG, N_DAY, W_THANG, NUMERAL, W_NAM, N_YEAR | W_WHICH}},
    {PATTERN_DAY_MONTH_YEAR, {MAY_NGAY, N_DAY, W_THANG, N_MONTH, SEPARATOR | M_COMMA, N_YEAR}},
    {PATTERN_DAYS, {MAY_NGAY, N_DAY, UNTIL, MAY_NGAY, N_DAY, SEPARATOR, N_MONTH, SEPARATOR, N_YEAR}},
    {PATTERN_DAYS, {MAY_NGAY, N_DAY, UNTIL, MAY_NGAY, N_DAY, M_SLASH, N_MONTH}},
    {PATTERN_DAYS, {MAY_NGAY, N_DAY, W_TO, MAY_NGAY, N_DAY, M_DASH, N_MONTH}},
    {PATTERN_DAYS, {MAY_NGAY, N_DAY, SEPARATOR, N_MONTH, UNTIL, MAY_NGAY, N_DAY, SEPARATOR, N_MONTH}},
    {PATTERN_DAYS, {MAY_NGAY, N_DAY, SEPARATOR, N_MONTH, UNTIL, MAY_NGAY, N_DAY, SEPARATOR, N_MONTH, SEPARATOR, N_YEAR}},
    {PATTERN_DAYS, {W_NGAY, N_DAY, UNTIL, MAY_NGAY, N_DAY}},
    {PATTERN_DAY_MONTH, {W_NGAY, N_DAY, SEPARATOR, N_MONTH}},
    {PATTERN_DAY_MONTH, {MAY_NGAY | W_MUNG, N_DAY, W_THANG, NUMERAL}},
    {PATTERN_DAY_MONTH, {W_MUNG, W_NUMBER, W_THANG, NUMERAL}},
    {PATTERN_DAY_MONTH, {W_MUNG, W_THANG, NUMERAL}},
    {PATTERN_DAY_MONTH, {N_DAY, M_SLASH, N_MONTH}},
    {PATTERN_DAY_MONTH_OR_NOT, {N_DAY, M_DASH, N_MONTH}},
    {PATTERN_DAY, {W_NGAY, N_DAY}},
    {PATTERN_DAY, {W_MUNG, N_DAY | W_NUMBER}},
};

static const row LONGER[] = {
    {PATTERN_MONTH_YEAR, {MAY | W_THANG, N_MONTH, SEPARATOR, N_YEAR}},
    {PATTERN_MONTH_YEAR, {W_THANG, NUMERAL, W_NAM, N_YEAR | W_WHICH}},
    {PATTERN_MONTH, {W_THANG, NUMERAL}},
    {PATTERN_MONTH, {W_THANG, NUMERAL, W_WHICH}},
    {PATTERN_MONTH, {W_THANG, NUMERAL, UNTIL, MAY | W_THANG, NUMERAL}},
    {PATTERN_MONTH_YEAR, {W_THANG, NUMERAL, UNTIL, MAY | W_THANG, NUMERAL, SEPARATOR, N_YEAR}},
    {PATTERN_QUARTER, {W_QUY, W_ROMAN | N_MONTH | W_NUMBER}},
    {PATTERN_QUARTER, {W_QUY, W_ROMAN | N_MONTH | W_NUMBER, SEPARATOR | W_NAM, N_YEAR}},
    {PATTERN_YEAR, {W_NAM, N_YEAR}},
    {PATTERN_YEAR_ALONE, {N_YEAR}},
    {PATTERN_YEARS, {MAY | W_NAM, N_YEAR, UNTIL, MAY | W_NAM, N_YEAR}},
    {PATTERN_YEARS, {MAY | W_NAM, W_PERIOD, MAY | W_PERIOD, N_YEAR, UNTIL, N_YEAR}},
    {PATTERN_YEARS, {W_NHUNG, W_NAM, N_YEAR | N_PAIR}},
    {PATTERN_ERA, {W_ERA, W_ERA, N_YEAR | N_PAIR | N_MONTH | W_ROMAN}},
    {PATTERN_WHICH, {W_NGAY | W_TUAN | W_THANG | W_NAM | W_QUY, W_WHICH}},
    {PATTERN_WHICH, {W_CUNG, W_NGAY}},
    {PATTERN_WEEKDAY, {W_THU, W_WEEKDAY}},
    {PATTERN_WEEKDAY, {W_CHU, W_WEEKDAY}},
};

static const row CLOCKS[] = {
    {PATTERN_CLOCK, {N_HOUR, JOINED | M_COLON, JOINED | N_PAIR}},
    {PATTERN_CLOCK, {N_HOUR, JOINED | M_COLON, JOINED | N_PAIR, JOINED | M_COLON, JOINED | N_PAIR}},
    {PATTERN_CLOCK, {N_HOUR, W_GIO}},
    {PATTERN_CLOCK, {N_HOUR, W_GIO, N_MINUTE}},
    {PATTERN_CLOCK, {N_HOUR, W_GIO, N_MINUTE, W_PHUT}},
    {PATTERN_CLOCK, {N_HOUR, MAY | W_GIO, M_DASH, N_HOUR, W_GIO, MAY | N_PAIR}},
    {PATTERN_CLOCK, {N_HOUR, W_GIO, N_PAIR, UNTIL, N_HOUR, W_GIO, MAY | N_PAIR}},
};

static const row ORDINALS[] = {
    {PATTERN_ORDINAL, {MAY | W_LAN, W_THU, N_NUMBER | W_NUMBER | W_ROMAN}},
    {PATTERN_ORDINAL, {MAY | W_LAN, W_THU, W_NUMBER, W_NUMBER}},
    {PATTERN_ORDINAL, {W_LAN, W_DAU, MAY | W_TIEN}},
    {PATTERN_ORDINAL, {W_DAU, W_TIEN}},
    {PATTERN_ORDINAL, {W_LAN, N_NUMBER | W_NUMBER | W_ROMAN}},
};

static const row OTHERS[] = {
    {PATTERN_SCORE, {N_MINUTE, JOINED | M_DASH, JOINED | N_MINUTE}},
    {PATTERN_LAW, {N_NUMBER, JOINED | M_SLASH, JOINED | N_YEAR, JOINED | M_SLASH, JOINED | W_CAPITALS}},
    {PATTERN_LAW,
     {N_NUMBER, JOINED | M_SLASH, JOINED | N_YEAR, JOINED | M_SLASH, JOINED | W_CAPITALS, JOINED | M_DASH,
      JOINED | W_CAPITALS}},
    {PATTERN_LAW, {N_NUMBER, JOINED | M_SLASH, JOINED | W_CAPITALS, JOINED | M_DASH, JOINED | W_CAPITALS}},
    {PATTERN_PLATE, {N_PAIR, JOINED | W_CAPITALS, MAY | JOINED | N_MONTH, JOINED | M_DASH, N_NUMBER}},
    {PATTERN_PLATE, {N_PAIR, JOINED | W_CAPITALS, MAY | M_DASH, N_NUMBER}},
    {PATTERN_PHONE, {N_LONG}},
};

/* What a row of DATES or LONGER begins with, or stands before it. */
#define DATE_WORDS (W_NGAY | W_MUNG | W_THANG | W_NAM | W_QUY | W_TUAN | W_NHUNG | W_ERA | W_PERIOD | W_CUNG | W_THU | W_CHU)
#define DATE_BEGINS (N_DAY | N_DOTTED | N_YEAR | W_EDGE | DATE_WORDS)

/* A sentence, and a place in it. */
typedef struct {
    tt_atom *atoms;
    const tt_token *tokens;
    size_t count;
    uint64_t currency, unit; /* classes of the lexicon */
} line;

/* A span that begins at the place asked; none where `end` is 0. */
typedef struct {
    size_t end;
    tt_pattern_kind kind;
} span;

static uint64_t traits_at(const line *l, size_t i)
{
    return i < l->count ? l->atoms[i].traits : 0;
}

static size_t match_row(const line *l, size_t i, const uint64_t *traits)
{
    const size_t start = i;
    for (size_t k = 0; k < ROW_MAX && traits[k] != 0; k++) {
        bool is = (traits_at(l, i) & traits[k]) != 0 && ((traits[k] & JOINED) == 0 || !l->tokens[i].spaced);
        if (is)
            i++;
        else if ((traits[k] & MAY) == 0)
            return 0;
    }
    return i > start ? i : 0;
}

static span longest(const line *l, size_t i, const row *rows, size_t count)
{
    span best = {0, PATTERN_NONE};
    const uint64_t first = traits_at(l, i) | MAY;
    for (size_t r = 0; r < count; r++) {
        size_t end = (rows[r].traits[0] & first) != 0 ? match_row(l, i, rows[r].traits) : 0;
        if (end > best.end)
            best = (span){end, rows[r].kind};
    }
    return best;
}

static span longer(span a, span b)
{
    return b.end > a.end ? b : a;
}

static size_t skip(const line *l, size_t i, uint64_t traits)
{
    return (traits_at(l, i) & traits) != 0 ? i + 1 : i;
}

/* A date of any kind, with its weekday and which end of it. */
static span date_at(const line *l, size_t i)
{
    size_t at = skip(l, i, W_EDGE);
    if ((traits_at(l, at) & DATE_BEGINS) == 0)
        return (span){0, PATTERN_NONE};
    span date = longer(longest(l, at, DATES, TT_COUNT(DATES)), longest(l, at, LONGER, TT_COUNT(LONGER)));
    if (date.kind != PATTERN_WEEKDAY) {
        size_t end = match_row(l, date.end, (const uint64_t[ROW_MAX]){MAY | W_NAM, W_ADVERB | W_LAST});
        return end != 0 && date.end != 0 && date.kind != PATTERN_WHICH ? (span){end, date.kind} : date;
    }
    at = skip(l, date.end, M_COMMA);
    span exact = longer(longest(l, at, DATES, TT_COUNT(DATES)), longest(l, at, LONGER, TT_COUNT(LONGER)));
    if (exact.end != 0)
        return (span){exact.end, PATTERN_WEEKDAY_DATE};
    return date;
}

/* Part of a day, with its date. */
static span part_at(const line *l, size_t i)
{
    size_t at = skip(l, i, W_BEFORE_PART);
    if ((traits_at(l, at) & W_PART) == 0)
        return (span){0, PATTERN_NONE};
    span date = date_at(l, at + 1);
    if (date.end != 0)
        return (span){date.end, PATTERN_PART_DATE};
    if ((traits_at(l, at + 1) & W_WHICH) != 0)
        return (span){at + 2, PATTERN_PART_DATE};
    return at > i ? (span){at + 1, PATTERN_PART} : (span){0, PATTERN_NONE};
}

static span clock_at(const line *l, size_t i)
{
    span clock = longest(l, i, CLOCKS, TT_COUNT(CLOCKS));
    if (clock.end == 0)
        return clock;
    span part = part_at(l, clock.end);
    if (part.end != 0)
        return (span){part.end, PATTERN_CLOCK_DATE};
    if ((traits_at(l, clock.end) & W_PART) != 0)
        return (span){clock.end + 1, PATTERN_CLOCK};
    span date = date_at(l, skip(l, clock.end, M_COMMA | M_DASH));
    return date.end != 0 ? (span){date.end, PATTERN_CLOCK_DATE} : clock;
}

static span dated_at(const line *l, size_t i)
{
    span date = date_at(l, i);
    if (date.end == 0)
        return date;
    span clock = longest(l, skip(l, date.end, M_COMMA | M_DASH), CLOCKS, TT_COUNT(CLOCKS));
    return clock.end != 0 ? (span){clock.end, PATTERN_DATE_CLOCK} : date;
}

/* Tokens of the lexicon's match of these classes that begins at i; 0 where none does. */
static size_t lexicon_match(const line *l, size_t i, uint64_t classes)
{
    enum { BEGIN, INSIDE, END, SINGLE };
    const tt_atom *atom = &l->atoms[i];
    for (unsigned k = 0; i < l->count && k < atom->lex_count; k++) {
        unsigned place = atom->lex[k] / 2 % 4, c = atom->lex[k] / 8;
        if ((classes >> c & 1) == 0 || (place != BEGIN && place != SINGLE))
            continue;
        size_t n = 1;
        for (bool open = place == BEGIN; open && i + n < l->count; n++) {
            const tt_atom *next = &l->atoms[i + n];
            open = false;
            for (unsigned j = 0; j < next->lex_count; j++)
                open |= next->lex[j] / 8 == c && next->lex[j] / 2 % 4 == INSIDE;
        }
        return n;
    }
    return 0;
}

/* Does năm go on with the number, as in hai mươi năm phút? */
static bool is_five(const line *l, size_t i)
{
    return (traits_at(l, i + 1) & (W_SCALE | W_NUMBER | W_LENGTH | W_UNIT | W_CURRENCY)) != 0;
}

/* End of the number at i; `i` where there is none. *scaled: it ends in triệu or so. */
static size_t number_end(const line *l, size_t i, bool *scaled)
{
    size_t at = i;
    if ((traits_at(l, i) & N_NUMBER) != 0) {
        at++;
        if ((traits_at(l, at) & UNTIL) != 0 && (traits_at(l, at + 1) & N_NUMBER) != 0)
            at += 2;
    } else {
        while ((traits_at(l, at) & (W_NUMBER | W_SCALE)) != 0 && ((traits_at(l, at) & W_NAM) == 0 || is_five(l, at)))
            at++;
    }
    for (*scaled = false; at > i && (traits_at(l, at) & W_SCALE) != 0; at++)
        *scaled = true;
    return at > i ? skip(l, at, W_HALF) : i;
}

/* A length and the smaller ones that follow it: 2 giờ 30 phút. */
static span length_from(const line *l, size_t at)
{
    span length = {0, PATTERN_LENGTH};
    bool scaled;
    while ((traits_at(l, at) & W_LENGTH) != 0) {
        length.end = skip(l, skip(l, at + 1, W_ERA), W_HALF);
        size_t next = number_end(l, length.end, &scaled);
        if (next == length.end)
            break;
        at = next;
    }
    if (length.end != 0 && (traits_at(l, length.end) & W_UNIT) != 0)
        return (span){length.end + 1, PATTERN_MEASURE}; /* tháng tuổi */
    if ((traits_at(l, length.end) & W_ADVERB) != 0 && length.end != 0)
        length.end++; /* năm qua */
    size_t part = match_row(l, length.end, (const uint64_t[ROW_MAX]){W_EDGE, W_NAM, MAY | N_YEAR | W_WHICH});
    if (part != 0 && length.end != 0)
        return (span){part, PATTERN_WHICH}; /* sáu tháng đầu năm */
    if (length.end != 0 && (traits_at(l, length.end - 1) & W_GIO) != 0 && (traits_at(l, length.end) & W_PART) != 0)
        return (span){length.end + 1, PATTERN_CLOCK}; /* năm giờ sáng */
    return length;
}

static span amount_at(const line *l, size_t i)
{
    bool scaled;
    size_t start = skip(l, i, W_HEDGE), at = number_end(l, start, &scaled), n;
    uint64_t next = traits_at(l, at);
    if (at == start)
        return (span){0, PATTERN_NONE};
    if ((next & M_PERCENT) != 0)
        return (span){at + 1, PATTERN_PERCENT};
    if ((n = lexicon_match(l, at, l->currency)) != 0)
        return (span){at + n, PATTERN_MONEY};
    if ((next & (W_CURRENCY | M_CURRENCY)) != 0)
        return (span){at + 1, PATTERN_MONEY};
    span length = length_from(l, at);
    n = lexicon_match(l, at, l->unit);
    n = n == 0 && (next & W_UNIT) != 0 ? 1 : n;
    if (n != 0 && at + n > length.end) {
        bool rate = (traits_at(l, at + n) & M_SLASH) != 0 && at + n + 1 < l->count && !l->tokens[at + n + 1].spaced;
        return (span){at + n + (rate ? 2 : 0), PATTERN_MEASURE};
    }
    if (length.end != 0)
        return length;
    return scaled ? (span){at, PATTERN_SCALED} : (span){0, PATTERN_NONE};
}

static span span_at(const line *l, size_t i)
{
    const uint64_t traits = traits_at(l, i);
    span best = {0, PATTERN_NONE};
    if ((traits & N_NUMBER) != 0)
        best = longest(l, i, OTHERS, TT_COUNT(OTHERS));
    if ((traits & (W_LAN | W_THU | W_DAU)) != 0)
        best = longer(longest(l, i, ORDINALS, TT_COUNT(ORDINALS)), best);
    if ((traits & DATE_BEGINS) != 0)
        best = longer(dated_at(l, i), best);
    if ((traits & N_HOUR) != 0)
        best = longer(clock_at(l, i), best);
    if ((traits & (W_PART | W_BEFORE_PART)) != 0)
        best = longer(best, part_at(l, i));
    if ((traits & (N_NUMBER | W_NUMBER | W_SCALE | W_HEDGE)) != 0)
        best = longer(best, amount_at(l, i));
    return best;
}

static void mark(tt_atom *atoms, size_t start, size_t end, tt_pattern_kind kind)
{
    for (size_t i = start; i < end; i++) {
        unsigned part = end - start == 1 ? SCHEME_UNIT : i == start ? SCHEME_BEGIN : i + 1 == end ? SCHEME_LAST : SCHEME_INSIDE;
        atoms[i].pattern = (uint8_t)(SCHEME_PARTS * kind + part);
    }
}

void tt__patterns_mark(tt_atom *atoms, const tt_token *tokens, size_t count, const tt_atom_source *source)
{
    line l = {atoms, tokens, count, source->roles.currency, source->roles.unit};
    for (size_t i = 0; i < count;) {
        span found = atoms[i].traits != 0 ? span_at(&l, i) : (span){0, PATTERN_NONE};
        if (found.end != 0)
            mark(atoms, i, found.end, found.kind);
        i = found.end != 0 ? found.end : i + 1;
    }
}
