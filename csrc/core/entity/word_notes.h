/* word_notes.h - what a token tells by its letters alone, noted once for all places where it stands. */
#ifndef TT_ENTITY_WORD_NOTES_H
#define TT_ENTITY_WORD_NOTES_H

#include "entity/atom_source.h"
#include "lexicon/lexicon_view.h"

typedef struct {
    uint64_t form;   /* 0: nothing noted */
    uint64_t traits; /* see traits.h */
    uint32_t node;   /* of the lexicon, see tt_lexicon_way */
    uint16_t masks;
    uint16_t coarse, middle, fine; /* clusters */
    uint8_t shape, transition;     /* where no white space stands before it */
} tt_word_note;

enum { WORD_NOTE_PAIRS = 4096 };

/* By forms. Zero-initialize; made for one source. */
typedef struct {
    tt_word_note pairs[WORD_NOTE_PAIRS][2];
} tt_word_notes;

/* The token's note, there or, where `self` is NULL, in *room. It lasts until the next call. */
const tt_word_note *tt__word_note_of(tt_word_note *room, tt_word_notes *self, const tt_atom_source *source, const tt_text *text,
                                     const tt_token *token);
/* Ask memory for it. */
static inline void tt__word_note_expect(const tt_word_notes *self, const tt_token *token)
{
    if (self != NULL)
        __builtin_prefetch(self->pairs[token->form % WORD_NOTE_PAIRS]);
}

#endif
