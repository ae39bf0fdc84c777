/* hints.c - mentions of a base tagger as two numbers a token, one for each of the two outer depths: deeper ones are rare, and
 * the mention around them tells most of what they would. */
#include "entity/hints.h"
#include "entity/scheme.h"

static uint8_t part_of(tt_span tokens, uint32_t token)
{
    if (tokens.end - tokens.start == 1)
        return SCHEME_UNIT;
    return token == tokens.start ? SCHEME_BEGIN : token + 1 == tokens.end ? SCHEME_LAST : SCHEME_INSIDE;
}

void tt__hints_mark(tt_atom *atoms, uint32_t base, size_t count, tt_hints *hints)
{
    for (size_t i = 0; i < count && hints->beliefs != NULL; i++)
        atoms[i].belief = hints->beliefs[base + i];
    for (size_t i = 0; i < count; i++)
        atoms[i].hint = atoms[i].inner_hint = 1 + SCHEME_OUTSIDE;
    for (; hints->next < hints->len && hints->at[hints->next].tokens.start < base + count; hints->next++) {
        const tt_entity *mention = &hints->at[hints->next];
        for (uint32_t t = mention->tokens.start; mention->depth < 2 && t < mention->tokens.end; t++) {
            uint8_t state = (uint8_t)(2 + SCHEME_PARTS * mention->label + part_of(mention->tokens, t));
            *(mention->depth == 0 ? &atoms[t - base].hint : &atoms[t - base].inner_hint) = state;
        }
    }
}
