/* mention_odds.c - the posterior of a single token says little, since between a token that begins a mention and one that ends
 * it nothing but its inside can stand: the doubt is about the mention as a whole, and about its borders. */
#include "entity/mention_odds.h"
#include "entity/scheme.h"

#include <math.h>

/* REACH: tokens by which a border is moved. ODDS_MAX: beyond it nobody can tell. */
enum { REACH = 3, ODDS_MAX = 100 };
_Static_assert((int)SCHEME_PARTS == (int)CRF_GROUP, "a label's states are a group");

/* A mention in place of what the path has in tokens range.start .. range.end - 1; empty: nothing stands there. */
typedef struct {
    tt_span range, mention;
    uint32_t label;
} variant;

static uint32_t state_before(const tt_path *p, uint32_t t)
{
    return t > 0 ? p->states[t - 1] : SCHEME_OUTSIDE;
}

static uint32_t state_at(const tt_path *p, uint32_t t)
{
    return t < p->len ? p->states[t] : SCHEME_OUTSIDE;
}

/* On the way along a path: what it gained up to token t, which it reaches from `state`. */
typedef struct {
    const tt_path *path;
    float sum;
    uint32_t t, state;
} walk;

/* Go on to `state` for `count` tokens. */
static void go(walk *w, uint32_t state, uint32_t count)
{
    const tt_path *p = w->path;
    if (count == 0)
        return;
    w->sum = tt__crf_walk(w->sum, p->scratch, p->crf, p->classes, w->t, w->state, state, count);
    w->t += count;
    w->state = state;
}

static void go_through(walk *w, uint32_t label, uint32_t count)
{
    const uint32_t states = 1 + SCHEME_PARTS * label;
    if (count < 2) {
        go(w, states + SCHEME_UNIT, count);
        return;
    }
    go(w, states + SCHEME_BEGIN, 1);
    go(w, states + SCHEME_INSIDE, count - 2);
    go(w, states + SCHEME_LAST, 1);
}

/* What the path gains from the first step into the range to the step out of it. */
static float gain_of(const tt_path *p, const variant *v)
{
    tt_span mention = v->mention.start < v->mention.end ? v->mention : (tt_span){v->range.end, v->range.end};
    walk w = {p, 0, v->range.start, state_before(p, v->range.start)};
    go(&w, SCHEME_OUTSIDE, mention.start - v->range.start);
    go_through(&w, v->label, mention.end - mention.start);
    go(&w, SCHEME_OUTSIDE, v->range.end - mention.end);
    go(&w, state_at(p, v->range.end), 1);
    return w.sum;
}

/* What it gains with a mention of each label that takes all of the span. */
static void gains_of_labels(float *sums, const tt_path *p, uint32_t labels, tt_span span)
{
    const uint32_t count = span.end - span.start;
    tt_crf_steps steps = {.from = state_before(p, span.start), .to_stride = CRF_GROUP};
    for (uint32_t label = 0; label < labels; label++)
        sums[label] = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t part = i == 0 ? (count == 1 ? SCHEME_UNIT : SCHEME_BEGIN) : i + 1 == count ? SCHEME_LAST : SCHEME_INSIDE;
        steps.to = 1 + part;
        tt__crf_step_groups(sums, labels, p->scratch, p->crf, p->classes, span.start + i, steps);
        steps.from = steps.to;
        steps.from_stride = CRF_GROUP;
    }
    steps.to = state_at(p, span.end);
    steps.to_stride = 0;
    tt__crf_step_groups(sums, labels, p->scratch, p->crf, p->classes, span.end, steps);
}

/* Odds of what gains `gain` against what gains `own` in the same range. */
static float odds_between(float gain, float own)
{
    float lead = gain - own;
    return lead > -ODDS_MAX ? expf(lead < ODDS_MAX / 2 ? lead : ODDS_MAX / 2) : 0; /* no step at all is NaN or below */
}

static float odds_of(const tt_path *p, const variant *v, float own)
{
    return odds_between(gain_of(p, v), own);
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
    float gains[SCHEME_LABELS_MAX];
    gains_of_labels(gains, path, labels, span);
    const float own = gains[label];
    float against = odds_of(path, &(variant){span, {0, 0}, label}, own) + moved_borders(path, span, label, own);
    for (uint32_t other = 0; other < labels; other++)
        if (other != label)
            against += odds_between(gains[other], own);
    float odds = -logf(against);
    return odds < ODDS_MAX ? (odds > -ODDS_MAX ? odds : -ODDS_MAX) : ODDS_MAX;
}
