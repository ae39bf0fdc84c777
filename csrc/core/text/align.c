/* align.c - spans of the normalized view to spans of the raw text and back, by binary search over the runs. */
#include "tintuc/text.h"

/* One side of a run. */
typedef enum { NORM, RAW } side;

static uint32_t start_of(const tt_align_run *run, side of)
{
    return of == NORM ? run->norm : run->raw;
}

/* Last run that starts at or before `byte`. */
static const tt_align_run *run_of(const tt_align *map, side of, uint32_t byte)
{
    size_t low = 0, high = map->len;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (start_of(&map->runs[middle], of) <= byte)
            low = middle;
        else
            high = middle;
    }
    return &map->runs[low];
}

/* A run that is empty on the side asked from is stepped over by run_of; one that is empty on the other side gives its place. */
static tt_span across(const tt_align *map, side from, tt_span span)
{
    side to = from == NORM ? RAW : NORM;
    if (map->len == 0)
        return (tt_span){0, 0};
    if (span.start == span.end) {
        const tt_align_run *run = run_of(map, from, span.start);
        uint32_t into = span.start - start_of(run, from), at = start_of(run, to) + (run->changed ? 0 : into);
        return (tt_span){at, at};
    }
    const tt_align_run *first = run_of(map, from, span.start), *last = run_of(map, from, span.end - 1);
    uint32_t last_len = to == RAW ? last->raw_len : last->norm_len;
    return (tt_span){
        .start = start_of(first, to) + (first->changed ? 0 : span.start - start_of(first, from)),
        .end = start_of(last, to) + (last->changed ? last_len : span.end - start_of(last, from)),
    };
}

tt_span tt_align_to_raw(const tt_align *map, tt_span norm)
{
    return across(map, NORM, norm);
}

tt_span tt_align_from_raw(const tt_align *map, tt_span raw)
{
    return across(map, RAW, raw);
}
