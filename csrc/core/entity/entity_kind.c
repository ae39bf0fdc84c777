/* entity_kind.c - a guess would do harm where nobody looks for it, so a mention gets a kind only when the lexicon knows all of
 * it as of one kind of its label, or when its first words, as they are written, name one. */
#include "entity/tagger_base.h"
#include "lexicon/kind.h"

#include "tintuc/kind.h"

enum { MATCHES_MAX = 16 };

/* What decides between the kinds that the lexicon gives. */
typedef struct {
    const tt_lexicon *lexicon;
    uint64_t great, island; /* kinds of places */
    uint64_t stronger;      /* kinds of a whole name that count more than those of its first words */
} judge;

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
static uint64_t greatest(uint64_t bits, const judge *j)
{
    uint64_t great = bits & j->great;
    return great != 0 && (bits & j->island) == 0 ? great & (~great + 1) : bits;
}

/* The longest beginning that is said of a kind says it, unless the whole name is known as what its words do not tell. */
static uint8_t kind_of(const judge *j, const tt_tokens *tokens, tt_span span, uint64_t of_label)
{
    tt_kind_match found[MATCHES_MAX];
    size_t count = tt__lexicon_kinds_at(found, MATCHES_MAX, j->lexicon, tokens, span.start, span.end);
    bool capital = tokens->at[span.start].cased >= TT_CASE_TITLE;
    uint64_t whole = 0, head = 0;
    if (count > 0 && found[count - 1].len == span.end - span.start)
        whole = greatest(found[count - 1].kinds.whole & of_label, j);
    for (; head == 0 && count > 0; count--)
        head = (capital ? found[count - 1].kinds.capital : found[count - 1].kinds.small) & of_label;
    return only(head == 0 || (only(whole) != 0 && (whole & j->stronger) != 0) ? whole : head);
}

const uint8_t *tt_entity_kinds_make(tt_arena *arena, const tt_tagger *tagger, const tt_tokens *tokens,
                                    const tt_entities *entities)
{
    size_t labels = tt_tagger_label_count(tagger);
    uint8_t *kinds = tt_arena_calloc(arena, entities->len, sizeof *kinds);
    uint64_t *of_label = tt_arena_calloc(arena, labels, sizeof *of_label);
    if (kinds == NULL || of_label == NULL)
        return NULL;
    judge j = {tt__tagger_lexicon(tagger), bit_of("LOC.country") | bit_of("LOC.province") | bit_of("LOC.city"),
               bit_of("LOC.island"),
               bit_of("ORG.agency") | bit_of("ORG.international") | bit_of("ORG.university") | bit_of("ORG.parliament")};
    for (size_t i = 0; i < labels; i++)
        of_label[i] = tt__kinds_of_label(tt_tagger_label(tagger, i));
    for (size_t i = 0; i < entities->len; i++) {
        const tt_entity *entity = &entities->at[i];
        if (entity->label < labels && of_label[entity->label] != 0)
            kinds[i] = kind_of(&j, tokens, entity->tokens, of_label[entity->label]);
    }
    return kinds;
}
