/* word_notes.c - two places for each form, which the last two that wanted them have: lexicon, clusters and traits are looked up
 * in large tables, and most tokens are one of a few thousand words. Which notes are kept changes no result. */
#include "entity/word_notes.h"
#include "entity/shape.h"

static void make_note(tt_word_note *note, const tt_atom_source *source, const tt_text *text, const tt_token *token)
{
    tt_token unspaced = *token;
    unspaced.spaced = false;
    tt_lexicon_way way = tt__lexicon_enter(source->lexicon, token);
    tt_clusters clusters = tt_lexicon_cluster(source->lexicon, token);
    tt_shape shape = tt__shape_of(text, &unspaced);
    *note = (tt_word_note){.form = token->form,
                           .traits = tt__traits_of(&source->words, text, token),
                           .node = way.first,
                           .masks = way.masks,
                           .coarse = clusters.coarse,
                           .middle = clusters.middle,
                           .fine = clusters.fine,
                           .shape = shape.shape,
                           .transition = shape.transition};
}

/* Swaps what two places hold: the first is the one that was asked for last. */
static void swap_notes(tt_word_note pair[2])
{
    tt_word_note first = pair[0];
    pair[0] = pair[1];
    pair[1] = first;
}

const tt_word_note *tt__word_note_of(tt_word_note *room, tt_word_notes *self, const tt_atom_source *source, const tt_text *text,
                                     const tt_token *token)
{
    if (self == NULL) {
        make_note(room, source, text, token);
        return room;
    }
    tt_word_note *pair = self->pairs[token->form % WORD_NOTE_PAIRS];
    if (pair[0].form != token->form) {
        if (pair[1].form != token->form)
            make_note(&pair[1], source, text, token);
        swap_notes(pair);
    }
    return &pair[0];
}
