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
    uint64_t letters, tones;
    uint32_t len, capitals, smalls, others;
    bool first_capital;
    uint16_t kept[KEPT_LETTERS];
} letters;

static tt_char peek(const cursor *c, uint32_t *len)
{
    return tt__char_of(tt__decode(c->base + c->at, len));
}

static void add_letter(letters *word, const tt_char *c)
{
    word->letters = tt__pair(word->letters, c->small);
    if (c->tone != 0)
        word->tones = word->tones * 8 + c->tone;
    if (word->len == 0)
        word->first_capital = c->upper;
    if (word->len < KEPT_LETTERS)
        word->kept[word->len] = c->small <= UINT16_MAX ? (uint16_t)c->small : 0;
    word->len++;
    if (c->upper)
        word->capitals++;
    else if (c->letter)
        word->smalls++;
    else
        word->others++;
}

static tt_token_case case_of(const letters *word)
{
    if (word->capitals == 0)
        return word->smalls ? TT_CASE_LOWER : TT_CASE_NONE;
    if (word->capitals == 1 && word->first_capital)
        return TT_CASE_TITLE;
    return word->smalls == 0 ? TT_CASE_UPPER : TT_CASE_MIXED;
}

/* Letters and marks; digits too where the word did not follow a number (`U22`, but 9 h 30). */
static void read_word(tt_token *token, cursor *c, bool digits)
{
    letters word = {.len = 0};
    while (c->at < c->end) {
        uint32_t len;
        tt_char now = peek(c, &len);
        if (!now.letter && !now.mark && !(digits && now.digit))
            break;
        add_letter(&word, &now);
        c->at += len;
    }
    token->kind = TT_TOKEN_WORD;
    token->cased = (uint8_t)case_of(&word);
    token->key = tt__pair(word.letters, word.tones);
    token->syllable = word.others == 0 && word.tones < 6 && tt__is_toned_syllable(word.kept, word.len, (unsigned)word.tones);
}

/* Digits, with "." or "," only between digits. The key tells the shape alone (every digit counts as 0), the form the number. */
static void read_number(tt_token *token, cursor *c)
{
    uint64_t key = 0;
    while (c->at < c->end) {
        uint32_t len, next_len;
        tt_char now = peek(c, &len);
        if (!now.digit) {
            bool joint = c->base[c->at] == '.' || c->base[c->at] == ',';
            if (!joint || c->at + 1 >= c->end)
                break;
            cursor after = {c->base, c->at + 1, c->end};
            if (!peek(&after, &next_len).digit)
                break;
        }
        key = tt__pair(key, now.digit ? '0' : now.small);
        c->at += len;
    }
    token->kind = TT_TOKEN_NUMBER;
    token->cased = TT_CASE_NONE;
    token->key = tt__pair(key, 0);
}

static void read_token(tt_token *token, cursor *c, bool after_number)
{
    uint32_t len, start = c->at;
    tt_char first = peek(c, &len);
    *token = (tt_token){.kind = TT_TOKEN_PUNCT};
    if (first.digit) {
        read_number(token, c);
    } else if (first.letter || first.mark) {
        read_word(token, c, !after_number);
    } else {
        token->key = tt__pair(tt__pair(0, first.small), 0);
        c->at += len;
    }
    token->span = (tt_span){start, c->at};
    token->form = tt__hash(c->base + start, c->at - start, 1);
}

static bool skip_space(cursor *c)
{
    bool any = false;
    uint32_t len;
    while (c->at < c->end && peek(c, &len).space) {
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
