/* atoms.h - what the features are made of: small facts about each token, from its letters, the lexicon, its run of capitals,
 * its sentence and its document. */
#ifndef TT_ENTITY_ATOMS_H
#define TT_ENTITY_ATOMS_H

#include "tintuc/lexicon.h"

enum { ATOM_LEX_MAX = 14, ATOM_CLASSES = 40 };

/* Where the token's name was seen in the document. */
enum {
    SEEN_AFTER_HONORIFIC = 1,
    SEEN_AFTER_RANK = 2,
    SEEN_AFTER_ROLE = 4,
    SEEN_ENDING_NAME = 8, /* last of a run of capitals that begins with a surname */
    SEEN_AFTER_PLACE_HEAD = 16,
    SEEN_AFTER_BODY_HEAD = 32,
    SEEN_IN_BRACKETS = 64,
    SEEN_AFTER_AT = 128 /* tại, ở */
};

typedef struct {
    uint64_t form, key;
    uint64_t prefix2, prefix3, suffix2, suffix3; /* of code points */
    uint64_t before, before2, after;  /* keys around the run of capitals it is in, or around itself */
    uint64_t run_first, run_last;     /* keys; 0 outside runs */
    uint64_t head;                    /* key of the nearest head noun to the left within the sentence */
    uint16_t lex[ATOM_LEX_MAX];       /* class * 8 + place (begin inside end single) * 2 + same case */
    uint16_t coarse, middle, fine, pair; /* clusters; pair: with the next token */
    uint8_t lex_count, shape, transition, run_place, run_length, head_class, head_distance;
    uint8_t nesting; /* 1 in brackets, 2 in quotes, 3 both */
    uint8_t seen, block, sentence_caps, first;
} tt_atom;

typedef struct {
    const tt_atom *at;
    size_t len; /* as many as tokens */
} tt_atoms;

/* TT_ENOMEM. Linear in the tokens. */
tt_status tt__atoms_make(tt_atoms *out, tt_arena *arena, const tt_lexicon *lexicon, const tt_text *text, const tt_page *page,
                         const tt_sentences *sentences, const tt_tokens *tokens, tt_error *err);

#endif
