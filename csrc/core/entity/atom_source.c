/* atom_source.c - classes by name, so that a user's lexicon may leave classes out or order them as it likes. */
#include "entity/atom_source.h"

static const char *const PERSONS[] = {"given", "foreign_surname", "foreign_given", "foreign_full", NULL};
static const char *const PLACES[] = {"country",  "capital", "city", "region", "site",        "province",
                                     "district", "commune", "road", "street", "place_short", NULL};
static const char *const BODIES[] = {"company", "media",    "body",   "foreign_body", "intl",
                                     "club",    "military", "school", "org_short",    NULL};

static uint64_t bit(const tt_lexicon *lexicon, const char *name)
{
    for (size_t i = 0; i < tt_lexicon_class_count(lexicon); i++)
        if (tt_str_eq(tt_lexicon_class_name(lexicon, i), tt_str_c(name)))
            return (uint64_t)1 << i;
    return 0;
}

static uint64_t bits(const tt_lexicon *lexicon, const char *const *names)
{
    uint64_t all = 0;
    for (; *names != NULL; names++)
        all |= bit(lexicon, *names);
    return all;
}

static void find_roles(tt_atom_roles *out, const tt_lexicon *lexicon)
{
    out->honorific = bit(lexicon, "honorific");
    out->rank = bit(lexicon, "rank") | bit(lexicon, "degree");
    out->role = bit(lexicon, "role") | bit(lexicon, "role_other");
    out->surname = bit(lexicon, "surname");
    out->names = out->surname | bit(lexicon, "middle") | bit(lexicon, "given") | bit(lexicon, "given_ambiguous") |
                 bit(lexicon, "foreign_ambiguous");
    out->person = out->surname | bits(lexicon, PERSONS);
    out->place = bits(lexicon, PLACES);
    out->body = bits(lexicon, BODIES);
    out->place_head = bit(lexicon, "head_loc");
    out->body_head = bit(lexicon, "head_org");
    out->currency = bit(lexicon, "currency");
    out->unit = bit(lexicon, "unit");
    out->heads = out->place_head | out->body_head | bit(lexicon, "head_event") | bit(lexicon, "head_doc") |
                 bit(lexicon, "head_product") | out->role | out->rank | out->honorific;
}

static tt_status key_of(uint64_t *key, const char *word, tt_arena *arena, tt_error *err)
{
    tt_tokens tokens;
    tt_text text = {.norm = tt_str_c(word)};
    tt_sentence whole = {{0, (uint32_t)text.norm.len}, 0};
    tt_status status = tt_tokens_make(&tokens, arena, &text, &(tt_sentences){&whole, 1}, err);
    if (status == TT_OK)
        *key = tokens.at[0].key;
    return status;
}

tt_status tt__atom_source_make(tt_atom_source *out, const tt_lexicon *lexicon, tt_error *err)
{
    tt_arena arena;
    tt_arena_init(&arena);
    out->lexicon = lexicon;
    find_roles(&out->roles, lexicon);
    tt_status status = key_of(&out->at_words[0], "tại", &arena, err);
    if (status == TT_OK)
        status = key_of(&out->at_words[1], "ở", &arena, err);
    if (status == TT_OK)
        status = key_of(&out->and_word, "và", &arena, err);
    tt_arena_free(&arena);
    if (status == TT_OK)
        status = tt__trait_words_make(&out->words, err);
    return status;
}
