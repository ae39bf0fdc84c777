/* beliefs.c - probabilities in steps, since a feature is there or is not. The steps are narrow near 1, where most of them are.
 */
#include "entity/beliefs.h"
#include "base/alloc.h"

static const float LEAST = 0.02f;

static uint8_t level_of(float chance)
{
    static const float STEPS[] = {.05f, .15f, .4f, .7f, .9f, .98f};
    uint8_t level = 1;
    for (size_t i = 0; i < TT_COUNT(STEPS); i++)
        level += chance >= STEPS[i];
    return level;
}

/* `row` loses what was taken from it. */
static tt_belief belief_of(float *row, uint32_t states)
{
    tt_belief belief = {{0}, {0}};
    for (unsigned k = 0; k < BELIEFS; k++) {
        uint32_t best = 0;
        for (uint32_t y = 1; y < states; y++)
            best = row[y] > row[best] ? y : best;
        if (row[best] < LEAST)
            break;
        belief.state[k] = (uint8_t)(1 + best);
        belief.level[k] = level_of(row[best]);
        row[best] = 0;
    }
    return belief;
}

tt_status tt__beliefs_fill(tt_belief *out, float **room, size_t *room_cap, const tt_layer_run *layer,
                           const tt_crf_chances *chances)
{
    const uint32_t len = layer->scratch.len, states = tt__crf_chances_states(chances);
    if (tt__grow(room, room_cap, tt__crf_chances_room(chances, len), sizeof **room) != TT_OK)
        return TT_ENOMEM;
    tt__crf_chances_of(*room, chances, &layer->scratch, layer->classes);
    for (uint32_t t = 0; t < len; t++)
        out[t] = belief_of(*room + (size_t)t * states, states);
    return TT_OK;
}
