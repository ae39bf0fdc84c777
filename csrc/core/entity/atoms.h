/* atoms.h - what the features are made of: small facts about each token, from its letters, the lexicon, its run of capitals,
 * its sentence and its document. */
#ifndef TT_ENTITY_ATOMS_H
#define TT_ENTITY_ATOMS_H

#include "entity/seen.h"
#include "entity/word_notes.h"

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

enum { BELIEFS = 4 };

/* What a base tagger holds possible of a token, the likeliest first: 1 + state (0: no more), and in which of seven steps from
 * hardly to surely. */
typedef struct {
    uint8_t state[BELIEFS], level[BELIEFS];
} tt_belief;

typedef struct {
    uint64_t form, key;
    const char *letters;           /* of a word, in the document's text; NULL for numbers and marks */
    uint64_t before, after;        /* keys around the run of capitals it is in, or around itself */
    uint64_t run_first, run_last;  /* keys; 0 outside runs */
    uint64_t traits;               /* see traits.h */
    uint64_t ends;                 /* bit c: a match of class c ends here */
    uint64_t head;                 /* key of the nearest head noun to the left within the sentence */
    uint32_t letters_len;          /* bytes */
    uint16_t lex[ATOM_LEX_MAX];    /* class * 8 + place (begin inside end single) * 2 + same case */
    uint16_t coarse, middle, fine; /* clusters */
    uint8_t lex_count, shape, transition, run_place, run_length, head_class, head_distance;
    uint8_t nesting; /* 1 in brackets, 2 in quotes, 3 both */
    uint8_t seen, block, sentence_caps, first;
    uint8_t pattern;          /* 0: in none; see patterns.h */
    uint8_t list, list_head;  /* of the row of names it is in, and the class of the head before it + 1; 0: none; see lists.h */
    uint8_t hint, inner_hint; /* see hints.h; 0: the tagger has no base */
    tt_belief belief;
} tt_atom;

/* A document, its lexicon and what is asked of it; `notes` may be NULL. */
typedef struct {
    const tt_atom_source *source;
    const tt_text *text;
    const tt_page *page;
    const tt_sentences *sentences;
    tt_word_notes *notes;
} tt_atom_document;

/* Tokens at a time, whole sentences but for one that is longer. */
enum { ATOM_PIECE = 4096 };

/* End of the piece of tokens that begins at `start`. */
size_t tt__atoms_piece(const tt_tokens *tokens, size_t start);
/* Note the names that stand among tokens of a document, so that all of it can be searched before any atom is made. `atoms`:
 * room for as many as there are tokens. TT_ENOMEM. */
tt_status tt__atoms_note_names(tt_seen *names, tt_atom *atoms, const tt_atom_document *document, const tt_tokens *tokens);
/* Atoms of the tokens of a piece, each. `noted`: tt__atoms_note_names has just been run on the same atoms. */
void tt__atoms_fill(tt_atom *atoms, const tt_atom_document *document, const tt_tokens *tokens, const tt_seen *names,
                    bool noted);

#endif
