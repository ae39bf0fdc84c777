/* mention_odds.c - the posterior of a single token says little, since between a token that begins a mention and one that ends
 * it nothing but its inside can stand: the doubt is about the mention as a whole, and about its borders. */
#include "entity/mention_odds.h"
#include "entity/scheme.h"

#include <math.h>

/* REACH: tokens by which a border is moved. ODDS_MAX: beyond it nobody can tell. */
enum { REACH = 3, ODDS_MAX = 100 };

/* A mention in place of what the path has in tokens range.start .. range.end - 1; empty: nothing stands there. */
typedef struct {
    tt_span range, mention;
    uint32_t label;
} variant;

static uint32_t state_of(const variant *v, uint32_t t)
{
    if (t < v->mention.start || t >= v->mention.end)
        return SCHEME_OUTSIDE;
    bool first = t == v->mention.start, last = t + 1 == v->mention.end;
    uint32_t part = first ? (last ? SCHEME_UNIT : SCHEME_BEGIN) : last ? SCHEME_LAST : SCHEME_INSIDE;
    return 1 + SCHEME_PARTS * v->label + part;
}

/* What the path gains from the first step into the range to the step out of it. */
static float gain_of(const tt_path *p, const variant *v)
{
    uint32_t from = v->range.start > 0 ? p->states[v->range.start - 1] : SCHEME_OUTSIDE;
    float sum = 0;
    for (uint32_t t = v->range.start; t < v->range.end; t++) {
        uint32_t to = state_of(v, t);
        sum += tt__crf_gain(p->scratch, p->crf, p->classes, t, from, to);
        from = to;
    }
    uint32_t out = v->range.end < p->len ? p->states[v->range.end] : SCHEME_OUTSIDE;
    return sum + tt__crf_gain(p->scratch, p->crf, p->classes, v->range.end, from, out);
}

/* Odds of a variant against the mention itself, which gains `own` in the same range. */
static float odds_of(const tt_path *p, const variant *v, float own)
{
    float lead = gain_of(p, v) - own;
    return lead > -ODDS_MAX ? expf(lead < ODDS_MAX / 2 ? lead : ODDS_MAX / 2) : 0; /* no step at all is NaN or below */
}

/* Odds of a mention that takes in more tokens. */
static float odds_of_wider(const tt_path *p, tt_span wider, tt_span span, uint32_t label)
{
    return odds_of(p, &(variant){wider, wider, label}, gain_of(p, &(variant){wider, span, label}));
}

/* Mentions whose border lies some tokens farther in or out; tokens that are taken in must be outside of any. */
static float moved_borders(const tt_path *p, tt_span span, uint32_t label, float own)
{
    float sum = 0;
    for (uint32_t k = 1; k <= REACH && k < span.end - span.start; k++) {
        sum += odds_of(p, &(variant){span, {span.start + k, span.end}, label}, own);
        sum += odds_of(p, &(variant){span, {span.start, span.end - k}, label}, own);
    }
    for (uint32_t k = 1; k <= REACH && k <= span.start && p->states[span.start - k] == SCHEME_OUTSIDE; k++)
        sum += odds_of_wider(p, (tt_span){span.start - k, span.end}, span, label);
    for (uint32_t k = 1; k <= REACH && span.end + k <= p->len && p->states[span.end + k - 1] == SCHEME_OUTSIDE; k++)
        sum += odds_of_wider(p, (tt_span){span.start, span.end + k}, span, label);
    return sum;
}

float tt__mention_odds(const tt_path *path, uint32_t labels, tt_span span, uint32_t label)
{
    float own = gain_of(path, &(variant){span, span, label});
    float against = odds_of(path, &(variant){span, {0, 0}, label}, own) + moved_borders(path, span, label, own);
    for (uint32_t other = 0; other < labels; other++)
        if (other != label)
            against += odds_of(path, &(variant){span, span, other}, own);
    float odds = -logf(against);
    return odds < ODDS_MAX ? (odds > -ODDS_MAX ? odds : -ODDS_MAX) : ODDS_MAX;
}
