/* entity_kind.c - a guess would do harm where nobody looks for it, so a mention gets a kind only when the lexicon knows all of
 * it as of one kind of its label, or when its first words, as they are written, name one. */
#include "entity/entity_kind.h"
#include "base/alloc.h"
#include "entity/tagger_base.h"

#include "tintuc/kind.h"

enum { MATCHES_MAX = 16 };

/* Number of the only bit set; 0 where none or more are. */
static uint8_t only(uint64_t bits)
{
    uint8_t number = 0;
    if (bits == 0 || (bits & (bits - 1)) != 0)
        return 0;
    while (bits >> number != 1)
        number++;
    return number;
}

static uint64_t bit_of(const char *kind)
{
    return (uint64_t)1 << tt__kind_of(tt_str_c(kind));
}

/* Of a name that a country, a province or a city shares with others, the first of these is meant, but where it is an island. */
static uint64_t greatest(uint64_t bits, const tt_kind_rules *rules)
{
    uint64_t great = bits & rules->great;
    return great != 0 && (bits & rules->island) == 0 ? great & (~great + 1) : bits;
}

/* The longest beginning that is said of a kind says it, unless the whole name is known as what its words do not tell. */
static uint8_t kind_of(const tt_kind_rules *rules, const tt_lexicon *lexicon, const tt_tokens *tokens, tt_span span,
                       uint64_t of_label)
{
    tt_kind_match found[MATCHES_MAX];
    size_t count = tt__lexicon_kinds_at(found, MATCHES_MAX, lexicon, tokens, span.start, span.end);
    bool capital = tokens->at[span.start].cased >= TT_CASE_TITLE;
    uint64_t whole = 0, head = 0;
    if (count > 0 && found[count - 1].len == span.end - span.start)
        whole = greatest(found[count - 1].kinds.whole & of_label, rules);
    for (; head == 0 && count > 0; count--)
        head = (capital ? found[count - 1].kinds.capital : found[count - 1].kinds.small) & of_label;
    return only(head == 0 || (only(whole) != 0 && (whole & rules->stronger) != 0) ? whole : head);
}

tt_status tt__kind_rules_make(tt_kind_rules *out, const tt_str *labels, size_t count)
{
    *out = (tt_kind_rules){
        .great = bit_of("LOC.country") | bit_of("LOC.province") | bit_of("LOC.city"),
        .island = bit_of("LOC.island"),
        .stronger = bit_of("ORG.agency") | bit_of("ORG.international") | bit_of("ORG.university") | bit_of("ORG.parliament"),
        .of_label = tt__calloc(count, sizeof *out->of_label),
    };
    if (out->of_label == NULL)
        return TT_ENOMEM;
    for (size_t i = 0; i < count; i++)
        out->of_label[i] = tt__kinds_of_label(labels[i]);
    return TT_OK;
}

void tt__kind_rules_free(tt_kind_rules *self)
{
    tt__free(self->of_label);
}

const uint8_t *tt_entity_kinds_make(tt_arena *arena, const tt_tagger *tagger, const tt_tokens *tokens,
                                    const tt_entities *entities)
{
    const tt_kind_rules *rules = tt__tagger_kinds(tagger);
    const tt_lexicon *lexicon = tt__tagger_lexicon(tagger);
    size_t labels = tt_tagger_label_count(tagger);
    uint8_t *kinds = tt_arena_calloc(arena, entities->len, sizeof *kinds);
    for (size_t i = 0; kinds != NULL && i < entities->len; i++) {
        const tt_entity *entity = &entities->at[i];
        if (entity->label < labels && rules->of_label[entity->label] != 0)
            kinds[i] = kind_of(rules, lexicon, tokens, entity->tokens, rules->of_label[entity->label]);
    }
    return kinds;
}
