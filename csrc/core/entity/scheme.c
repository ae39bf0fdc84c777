/* scheme.c - BILOU: a mention says where it ends, which helps where names stand side by side. */
#include "entity/scheme.h"

uint32_t tt__scheme_states(uint32_t labels)
{
    return 1 + SCHEME_PARTS * labels;
}

static uint32_t part_of(uint32_t state)
{
    return (state - 1) % SCHEME_PARTS;
}

static uint32_t label_of(uint32_t state)
{
    return (state - 1) / SCHEME_PARTS;
}

static bool opens(uint32_t state)
{
    return state != SCHEME_OUTSIDE && (part_of(state) == SCHEME_BEGIN || part_of(state) == SCHEME_INSIDE);
}

static bool follows(uint32_t from, uint32_t to)
{
    bool continues = to != SCHEME_OUTSIDE && (part_of(to) == SCHEME_INSIDE || part_of(to) == SCHEME_LAST);
    if (opens(from))
        return continues && label_of(from) == label_of(to);
    return !continues;
}

void tt__scheme_allowed(uint8_t *allowed, uint32_t labels)
{
    uint32_t n = tt__scheme_states(labels);
    for (uint32_t x = 0; x < n; x++)
        for (uint32_t y = 0; y < n; y++)
            allowed[x * n + y] = follows(x, y);
}

void tt__scheme_mark(uint16_t *states, uint32_t start, uint32_t end, uint32_t label)
{
    uint32_t base = 1 + SCHEME_PARTS * label;
    for (uint32_t i = start; i < end; i++)
        states[i] = (uint16_t)(base + SCHEME_INSIDE);
    states[start] = (uint16_t)(base + SCHEME_BEGIN);
    states[end - 1] = (uint16_t)(base + (end - start == 1 ? SCHEME_UNIT : SCHEME_LAST));
}

bool tt__scheme_next(tt_span *span, uint32_t *label, uint32_t *at, const uint16_t *states, uint32_t len)
{
    while (*at < len && states[*at] == SCHEME_OUTSIDE)
        ++*at;
    if (*at >= len)
        return false;
    *label = label_of(states[*at]);
    span->start = *at;
    while (*at + 1 < len && opens(states[*at]) && states[*at + 1] != SCHEME_OUTSIDE && label_of(states[*at + 1]) == *label)
        ++*at;
    span->end = ++*at;
    return true;
}

uint32_t tt__scheme_start(const uint16_t *states, uint32_t t)
{
    while (t > 0 && states[t] != SCHEME_OUTSIDE && opens(states[t - 1]) && label_of(states[t - 1]) == label_of(states[t]))
        t--;
    return t;
}
