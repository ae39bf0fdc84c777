/* align.c - spans of the normalized view to spans of the raw text and back, by binary search over the runs; and two alignments
 * in a row as one. */
#include "text/align.h"

/* One side of a run. */
typedef enum { NORM, RAW } side;

static uint32_t start_of(const tt_align_run *run, side of)
{
    return of == NORM ? run->norm : run->raw;
}

/* Last run that starts at or before `byte`, into *near: steps that double from there, then halves. */
static const tt_align_run *run_of(size_t *near, const tt_align *map, side of, uint32_t byte)
{
    size_t low = start_of(&map->runs[*near], of) <= byte ? *near : 0, high = low + 1, step = 1;
    for (; high < map->len && start_of(&map->runs[high], of) <= byte; step *= 2) {
        low = high;
        high = map->len - high > step ? high + step : map->len;
    }
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (start_of(&map->runs[middle], of) <= byte)
            low = middle;
        else
            high = middle;
    }
    *near = low;
    return &map->runs[low];
}

static tt_span across(size_t *near, const tt_align *map, side from, tt_span span)
{
    side to = from == NORM ? RAW : NORM;
    if (map->len == 0)
        return (tt_span){0, 0};
    const tt_align_run *first = run_of(near, map, from, span.start);
    uint32_t start = start_of(first, to) + (first->changed ? 0 : span.start - start_of(first, from));
    if (span.start == span.end) {
        uint32_t at = span.start < start_of(&map->runs[map->len], from) ? start : start_of(&map->runs[map->len], to);
        return (tt_span){at, at};
    }
    const tt_align_run *last = run_of(near, map, from, span.end - 1);
    uint32_t end = last->changed ? start_of(last + 1, to) : start_of(last, to) + (span.end - start_of(last, from));
    return (tt_span){start, end};
}

tt_span tt_align_to_raw(const tt_align *map, tt_span norm)
{
    size_t near = 0;
    return across(&near, map, NORM, norm);
}

tt_span tt__align_to_raw_near(size_t *near, const tt_align *map, tt_span norm)
{
    return across(near, map, NORM, norm);
}

tt_span tt_align_from_raw(const tt_align *map, tt_span raw)
{
    size_t near = 0;
    return across(&near, map, RAW, raw);
}

/* Where `byte` of the middle text stands on the other side, if a piece may begin there; a byte inside a changed run may not. */
static bool may_cut(uint32_t *other, const tt_align_run *run, side from, uint32_t byte)
{
    side to = from == NORM ? RAW : NORM;
    uint32_t into = byte - start_of(run, from);
    *other = start_of(run, to) + into;
    return into == 0 || !run->changed;
}

/* Walks the borders of both alignments in the middle text: the view of `first`, the raw text of `second`. */
typedef struct {
    const tt_align_run *first, *second; /* runs that hold the place */
    uint32_t middle;
} walker;

/* Step to the next border of either side. */
static void step(walker *w)
{
    uint32_t a = w->first[1].norm, b = w->second[1].raw;
    w->middle = a < b ? a : b;
    w->first += a == w->middle;
    w->second += b == w->middle;
}

tt_status tt_align_compose(tt_align *out, tt_arena *arena, const tt_align *first, const tt_align *second, tt_error *err)
{
    uint32_t end = first->runs[first->len].norm;
    walker w = {first->runs, second->runs, 0};
    size_t len = 0;
    tt_align_run *runs = tt_arena_calloc(arena, first->len + second->len + 2, sizeof *runs);
    if (runs == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "alignment: out of memory");
    for (;;) {
        uint32_t raw, norm;
        bool first_cut = may_cut(&raw, w.first, NORM, w.middle), cut = may_cut(&norm, w.second, RAW, w.middle) && first_cut;
        bool changed = w.first->changed || w.second->changed;
        if (w.middle >= end)
            break;
        if (cut && (len == 0 || changed || runs[len - 1].changed)) /* else the piece before reaches on */
            runs[len++] = (tt_align_run){norm, raw, changed};
        step(&w);
    }
    if (len == 0)
        runs[len++] = (tt_align_run){0, 0, 1};
    runs[len] = (tt_align_run){second->runs[second->len].norm, first->runs[first->len].raw, 0};
    *out = (tt_align){runs, len};
    return TT_OK;
}
