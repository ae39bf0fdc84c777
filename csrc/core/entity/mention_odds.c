/* mention_odds.c - the posterior of a single token says little, since between a token that begins a mention and one that ends
 * it nothing but its inside can stand: the doubt is about the mention as a whole, and about its borders. */
#include "entity/mention_odds.h"
#include "entity/scheme.h"

#include <math.h>

/* REACH: tokens by which a border is moved. ODDS_MAX: beyond it nobody can tell. LEAD_MIN: what is farther behind adds nothing.
 */
enum { REACH = 3, ODDS_MAX = 100, LEAD_MIN = 30 };
/* Odds that are not worth a look at what is less likely still. */
static const float LEAST = 1e-5f;
_Static_assert((int)SCHEME_PARTS == (int)CRF_GROUP, "a label's states are a group");

static uint32_t state_before(const tt_path *p, uint32_t t)
{
    return t > 0 ? p->states[t - 1] : SCHEME_OUTSIDE;
}

static uint32_t state_at(const tt_path *p, uint32_t t)
{
    return t < p->len ? p->states[t] : SCHEME_OUTSIDE;
}

/* What the path gains with a mention of each label that takes all of the span, from the first step into it to the step out. */
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

/* What it gains with nothing there. */
static float gain_of_nothing(const tt_path *p, tt_span span)
{
    float gain = tt__crf_walk(0, p->scratch, p->crf, p->classes, span.start, state_before(p, span.start), SCHEME_OUTSIDE,
                              span.end - span.start);
    return tt__crf_walk(gain, p->scratch, p->crf, p->classes, span.end, SCHEME_OUTSIDE, state_at(p, span.end), 1);
}

/* Odds of what gains so much more in the same range. */
static float odds_of_lead(float lead)
{
    return lead > -LEAD_MIN ? expf(lead < ODDS_MAX / 2 ? lead : ODDS_MAX / 2) : 0; /* no step at all is NaN or below */
}

/* Other states for a few tokens of the path. */
typedef struct {
    uint16_t states[REACH + 1];
    uint32_t first, count; /* tokens */
} variant;

static float odds_of(const tt_path *p, variant v)
{
    return odds_of_lead(tt__crf_lead(p->scratch, p->crf, p->classes, v.first, state_before(p, v.first), v.states,
                                     p->states + v.first, v.count, state_at(p, v.first + v.count)));
}

/* The border between the mention and `k` tokens beside it, which are outside. */
static variant moved_out(tt_span span, uint16_t base, uint32_t k, bool end)
{
    const bool unit = span.end - span.start == 1;
    variant v = {.first = end ? span.end - 1 : span.start - k, .count = k + 1};
    for (uint32_t i = 0; i <= k; i++)
        v.states[i] = (uint16_t)(base + SCHEME_INSIDE);
    if (!end || unit)
        v.states[0] = (uint16_t)(base + SCHEME_BEGIN);
    if (end || unit)
        v.states[k] = (uint16_t)(base + SCHEME_LAST);
    return v;
}

/* The last or the first `k` tokens of a longer mention are outside. */
static variant moved_in(tt_span span, uint16_t base, uint32_t k, bool end)
{
    const bool unit = span.end - span.start == k + 1;
    variant v = {.first = end ? span.end - 1 - k : span.start, .count = k + 1};
    for (uint32_t i = 0; i <= k; i++)
        v.states[i] = SCHEME_OUTSIDE;
    v.states[end ? 0 : k] = (uint16_t)(base + (unit ? SCHEME_UNIT : end ? SCHEME_LAST : SCHEME_BEGIN));
    return v;
}

/* Farthest that a border can move: into the mention as long as a token is left, out of it past tokens outside of any. */
static uint32_t room_for(const tt_path *p, tt_span span, bool out, bool end)
{
    uint32_t k = 0;
    if (!out)
        return span.end - span.start - 1 < REACH ? span.end - span.start - 1 : REACH;
    while (k < REACH && (end ? span.end + k < p->len && p->states[span.end + k] == SCHEME_OUTSIDE
                             : k < span.start && p->states[span.start - 1 - k] == SCHEME_OUTSIDE))
        k++;
    return k;
}

/* Mentions one of whose borders lies some tokens farther in or out. Where one is out of the question, so are those beyond it.
 */
static float moved_borders(const tt_path *p, tt_span span, uint32_t label)
{
    const uint16_t base = (uint16_t)(1 + SCHEME_PARTS * label);
    float sum = 0;
    for (unsigned way = 0; way < 4; way++) {
        const bool out = way / 2 != 0, end = way % 2 != 0;
        float now = 1;
        for (uint32_t k = 1, most = room_for(p, span, out, end); k <= most && now > LEAST; k++) {
            now = odds_of(p, out ? moved_out(span, base, k, end) : moved_in(span, base, k, end));
            sum += now;
        }
    }
    return sum;
}

float tt__mention_odds(const tt_path *path, uint32_t labels, tt_span span, uint32_t label)
{
    float gains[SCHEME_LABELS_MAX];
    gains_of_labels(gains, path, labels, span);
    float against = odds_of_lead(gain_of_nothing(path, span) - gains[label]) + moved_borders(path, span, label);
    for (uint32_t other = 0; other < labels; other++)
        if (other != label)
            against += odds_of_lead(gains[other] - gains[label]);
    float odds = -logf(against);
    return odds < ODDS_MAX ? (odds > -ODDS_MAX ? odds : -ODDS_MAX) : ODDS_MAX;
}
