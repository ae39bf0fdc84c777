/* token.c - cut sentences into syllable tokens and hash each on the way, so later stages never read its letters again. */
#include "base/hash.h"
#include "text/letter.h"
#include "text/syllable.h"

#include "tintuc/token.h"

#include <string.h>

enum { KEPT_LETTERS = 8 }; /* one more than the longest syllable */

typedef struct {
    const char *base; /* the normalized text */
    uint32_t at, end; /* what is left of the sentence, bytes */
} cursor;

/* Sums of a word's letters while it is read. */
typedef struct {
    uint64_t hash, tones;
    uint32_t len, letters, capitals; /* a capital is a letter */
    uint16_t kept[KEPT_LETTERS];     /* of a longer word it does not matter which */
} word_sums;

/* `room` may be used for what is looked at. */
static inline const tt_char *peek(tt_char *room, uint32_t *len, const cursor *c)
{
    return tt__char_look(room, tt__decode(c->base + c->at, len));
}

/* Without branches: nobody can foretell which letter has a tone. */
static inline void add_letter(word_sums *word, const tt_char *c)
{
    word->hash = tt__pair(word->hash, c->small);
    word->tones = (word->tones << (c->tone != 0 ? 3 : 0)) + c->tone;
    word->kept[word->len++ % KEPT_LETTERS] = c->small <= UINT16_MAX ? (uint16_t)c->small : 0;
    word->letters += c->letter;
    word->capitals += c->upper;
}

static tt_token_case case_of(const word_sums *word, bool first_capital)
{
    if (word->capitals == 0)
        return word->letters != 0 ? TT_CASE_LOWER : TT_CASE_NONE;
    if (word->capitals == 1 && first_capital)
        return TT_CASE_TITLE;
    return word->letters == word->capitals ? TT_CASE_UPPER : TT_CASE_MIXED;
}

/* Letters and marks; digits too where the word did not follow a number (`U22`, but 9 h 30). */
static void read_word(tt_token *token, cursor *c, const tt_char *first, bool digits)
{
    word_sums word = {.len = 0};
    tt_char room;
    uint32_t len;
    const bool first_capital = first->upper;
    while (c->at < c->end) {
        const tt_char *now = peek(&room, &len, c);
        if (!now->letter && !now->mark && !(digits && now->digit))
            break;
        add_letter(&word, now);
        c->at += len;
    }
    token->kind = TT_TOKEN_WORD;
    token->cased = (uint8_t)case_of(&word, first_capital);
    token->key = tt__pair(word.hash, word.tones);
    token->syllable =
        word.letters == word.len && word.tones < 6 && tt__is_toned_syllable(word.kept, word.len, (unsigned)word.tones);
}

/* Behind one byte? */
static bool digit_follows(const cursor *c)
{
    tt_char room;
    uint32_t len;
    cursor after = {c->base, c->at + 1, c->end};
    return after.at < after.end && peek(&room, &len, &after)->digit;
}

/* Digits, with "." or "," only between digits. The key tells the shape alone (every digit counts as 0), the form the number. */
static void read_number(tt_token *token, cursor *c)
{
    uint64_t key = 0;
    tt_char room;
    uint32_t len;
    while (c->at < c->end) {
        bool digit = peek(&room, &len, c)->digit;
        char joint = c->base[c->at];
        if (!digit && ((joint != '.' && joint != ',') || !digit_follows(c)))
            break;
        key = tt__pair(key, digit ? '0' : (unsigned char)joint);
        c->at += len;
    }
    token->kind = TT_TOKEN_NUMBER;
    token->cased = TT_CASE_NONE;
    token->key = tt__pair(key, 0);
}

static void read_token(tt_token *token, cursor *c, bool after_number)
{
    uint32_t len, start = c->at;
    tt_char room;
    const tt_char *first = peek(&room, &len, c);
    *token = (tt_token){.kind = TT_TOKEN_PUNCT};
    if (first->letter || first->mark) {
        read_word(token, c, first, !after_number);
    } else if (first->digit) {
        read_number(token, c);
    } else {
        token->key = tt__pair(tt__pair(0, first->small), 0);
        c->at += len;
    }
    token->span = (tt_span){start, c->at};
    token->form = tt__hash(c->base + start, c->at - start, 1);
}

static bool skip_space(cursor *c)
{
    bool any = false;
    tt_char room;
    uint32_t len;
    while (c->at < c->end && peek(&room, &len, c)->space) {
        any = true;
        c->at += len;
    }
    return any;
}

/* An underscore between the syllables of a word, as word segmenters write it, stands for a blank. */
static bool skip_joint(cursor *c, tt_token_kind before)
{
    uint32_t len;
    bool joint = before == TT_TOKEN_WORD && c->at + 1 < c->end && c->base[c->at] == '_' &&
                 tt__char_of(tt__decode(c->base + c->at + 1, &len)).letter;
    c->at += joint;
    return joint;
}

typedef struct {
    tt_arena *arena;
    tt_token *at;
    size_t len, cap;
} token_list;

/* Twice the room; the old one stays in the arena. */
static tt_status widen(token_list *list)
{
    tt_token *wider = tt_arena_alloc(list->arena, 2 * list->cap * sizeof *wider);
    if (wider == NULL)
        return TT_ENOMEM;
    memcpy(wider, list->at, list->len * sizeof *wider);
    list->at = wider;
    list->cap *= 2;
    return TT_OK;
}

static tt_status add_sentence(token_list *list, const tt_text *text, tt_span span, uint32_t sentence)
{
    cursor c = {text->norm.ptr, span.start, span.end};
    tt_token_kind before = TT_TOKEN_PUNCT;
    bool spaced = true;
    for (;;) {
        if (skip_space(&c) || skip_joint(&c, before))
            spaced = true;
        if (c.at >= c.end)
            return TT_OK;
        if (list->len == list->cap && widen(list) != TT_OK)
            return TT_ENOMEM;
        tt_token *token = &list->at[list->len++];
        read_token(token, &c, before == TT_TOKEN_NUMBER && !spaced);
        token->sentence = sentence;
        token->spaced = spaced;
        before = (tt_token_kind)token->kind;
        spaced = false;
    }
}

/* Seldom is there more than a token every four bytes; of room that is not used, the system gives none. */
tt_status tt_tokens_make(tt_tokens *out, tt_arena *arena, const tt_text *text, const tt_sentences *sentences, tt_error *err)
{
    token_list list = {.arena = arena, .cap = text->norm.len / 4 + 16};
    *out = (tt_tokens){NULL, 0};
    list.at = tt_arena_alloc(arena, list.cap * sizeof *list.at);
    tt_status status = list.at != NULL ? TT_OK : TT_ENOMEM;
    for (size_t i = 0; status == TT_OK && i < sentences->len; i++)
        status = add_sentence(&list, text, sentences->at[i].span, (uint32_t)i);
    if (status == TT_OK)
        *out = (tt_tokens){list.at, list.len};
    else
        tt_fail(err, status, 0, "tokens: out of memory");
    return status;
}
