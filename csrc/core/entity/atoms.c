/* atoms.c - fill the atoms in passes, each over a piece of the document: words, lexicon and runs, which tell the names, then
 * heads, rows of names, spans by pattern and where the names were seen. */
#include "entity/atoms.h"
#include "entity/lists.h"
#include "entity/patterns.h"

#include <string.h>

enum { BEGIN, INSIDE, END, SINGLE, MATCHES_MAX = 32, CLASSES_MAX = 64, HEAD_REACH = 12, STEP = 4 };

/* What the passes share. */
typedef struct {
    tt_atom *at;
    const tt_lexicon *lexicon;
    const tt_atom_roles *roles;
    const tt_atom_document *document;
    const tt_text *text;
    const tt_tokens *tokens;
} maker;

/* What the token tells by itself; the atom is cleared. */
static void fill_word(const maker *m, size_t i, const tt_word_note *note)
{
    const tt_token *token = &m->tokens->at[i];
    tt_atom *atom = &m->at[i];
    atom->form = token->form;
    atom->key = token->key;
    atom->traits = note->traits;
    atom->coarse = note->coarse;
    atom->middle = note->middle;
    atom->fine = note->fine;
    atom->shape = (uint8_t)(note->shape + token->spaced);
    atom->transition = (uint8_t)(note->transition + token->spaced);
    atom->first = i == 0 || token[-1].sentence != token->sentence;
    atom->block = (uint8_t)m->document->page->at[m->document->sentences->at[token->sentence].block].kind;
    if (token->kind == TT_TOKEN_WORD) {
        atom->letters = m->text->norm.ptr + token->span.start;
        atom->letters_len = token->span.end - token->span.start;
    }
}

static void add_lex(tt_atom *atom, unsigned class_index, unsigned place, bool same)
{
    if (atom->lex_count == ATOM_LEX_MAX)
        return;
    atom->lex[atom->lex_count++] = (uint16_t)(class_index * 8 + place * 2 + same);
    if (place == END || place == SINGLE)
        atom->ends |= UINT64_C(1) << class_index;
}

static void mark_match(maker *m, size_t first, uint32_t len, unsigned class_index, bool same)
{
    for (uint32_t k = 0; k < len; k++)
        add_lex(&m->at[first + k], class_index, len == 1 ? SINGLE : k == 0 ? BEGIN : k + 1 == len ? END : INSIDE, same);
}

/* Of the entries that begin at token i, leftmost longest, class by class; `covered`: how far each class has come. */
static void mark_matches(maker *m, size_t covered[CLASSES_MAX], size_t i, tt_lexicon_way way)
{
    tt_lexicon_match found[MATCHES_MAX];
    size_t n = tt__lexicon_match_from(found, MATCHES_MAX, m->lexicon, m->tokens, i, way);
    uint64_t done = 0;
    bool small = m->tokens->at[i].cased < TT_CASE_TITLE;
    while (n-- > 0) {
        uint64_t now = (found[n].same | found[n].other) & ~done;
        done |= now;
        for (; now != 0; now &= now - 1) {
            unsigned c = (unsigned)__builtin_ctzll(now);
            bool same = (found[n].same >> c & 1) != 0;
            if (covered[c] > i || (small && !same && (m->roles->names >> c & 1) != 0))
                continue;
            covered[c] = i + found[n].len;
            mark_match(m, i, found[n].len, c, same);
        }
    }
}

/* Words into their atoms and into the lexicon. */
static tt_lexicon_way enter(maker *m, size_t i)
{
    const tt_token *tokens = m->tokens->at;
    tt_word_note room;
    const tt_word_note *note = tt__word_note_of(&room, m->document->notes, m->document->source, m->text, &tokens[i]);
    fill_word(m, i, note);
    if (note->node != 0 && i + 1 < m->tokens->len)
        tt__lexicon_expect(m->lexicon, note->node, &tokens[i + 1]);
    return (tt_lexicon_way){note->node, 0, note->masks};
}

static void go_on(const maker *m, size_t i, tt_lexicon_way *way)
{
    const tt_token *at = &m->tokens->at[i];
    const size_t left = m->tokens->len - i;
    if (way->first == 0 || left < 2 || at[1].sentence != at->sentence)
        return;
    tt__lexicon_go_on(way, m->lexicon, &at[1]);
    if (way->second != 0 && left > 2)
        tt__lexicon_expect(m->lexicon, way->second, &at[2]);
}

/* In steps, each some tokens behind the last, so that memory is there when it is read. */
static void fill_words(maker *m)
{
    const size_t len = m->tokens->len;
    size_t covered[CLASSES_MAX] = {0};
    tt_lexicon_way ways[2 * STEP];
    memset(m->at, 0, len * sizeof *m->at);
    for (size_t i = 0; i < len + 2 * STEP; i++) {
        if (i >= 2 * STEP)
            mark_matches(m, covered, i - 2 * STEP, ways[i % (2 * STEP)]);
        if (i >= STEP && i - STEP < len)
            go_on(m, i - STEP, &ways[(i - STEP) % (2 * STEP)]);
        if (i < len)
            ways[i % (2 * STEP)] = enter(m, i);
        if (i + STEP < len)
            tt__word_note_expect(m->document->notes, &m->tokens->at[i + STEP]);
    }
}

static bool is_capital(const tt_token *token)
{
    return token->kind == TT_TOKEN_WORD && token->cased >= TT_CASE_TITLE;
}

/* A run: capitals, and hyphens or numbers written onto them. */
static bool joins_run(const tt_token *token)
{
    return is_capital(token) || (token->kind == TT_TOKEN_WORD && !token->spaced) ||
           (token->kind == TT_TOKEN_NUMBER && !token->spaced);
}

static size_t run_end(const tt_tokens *tokens, size_t i)
{
    size_t end = i + 1;
    while (end < tokens->len && tokens->at[end].sentence == tokens->at[i].sentence) {
        const tt_token *token = &tokens->at[end];
        bool hyphen = token->kind == TT_TOKEN_PUNCT && !token->spaced && token->span.end - token->span.start == 1 &&
                      end + 1 < tokens->len && !token[1].spaced && is_capital(&token[1]);
        if (!hyphen && !joins_run(token))
            break;
        end++;
    }
    return end;
}

static void fill_run(maker *m, size_t start, size_t end, bool capitals)
{
    const tt_token *tokens = m->tokens->at;
    const uint64_t before = m->at[start].first ? 0 : tokens[start - 1].key;
    const uint64_t after = end == m->tokens->len || m->at[end].first ? 0 : tokens[end].key;
    for (size_t i = start; i < end; i++) {
        tt_atom *atom = &m->at[i];
        atom->before = before;
        atom->after = after;
        if (!capitals)
            continue;
        atom->run_first = tokens[start].key;
        atom->run_last = tokens[end - 1].key;
        atom->run_place = (uint8_t)(i - start < 6 ? i - start + 1 : 7);
        atom->run_length = (uint8_t)(end - start < 7 ? end - start : 7);
    }
}

static void fill_runs(maker *m)
{
    for (size_t i = 0; i < m->tokens->len;) {
        bool capitals = is_capital(&m->tokens->at[i]);
        size_t end = capitals ? run_end(m->tokens, i) : i + 1;
        fill_run(m, i, end, capitals);
        i = end;
    }
}

/* Mostly capitals: a title or a name in capitals, where case says little. */
static uint8_t caps_of(const tt_tokens *tokens, size_t start, size_t end)
{
    size_t upper = 0, words = 0;
    for (size_t i = start; i < end; i++) {
        words += tokens->at[i].kind == TT_TOKEN_WORD;
        upper += tokens->at[i].kind == TT_TOKEN_WORD && tokens->at[i].cased == TT_CASE_UPPER;
    }
    return words > 2 && upper * 4 > words * 3;
}

static void fill_nesting(maker *m, size_t start, size_t end)
{
    uint8_t state = 0;
    for (size_t i = start; i < end; i++) {
        tt_span span = m->tokens->at[i].span;
        const char *at = m->text->norm.ptr + span.start;
        bool mark = m->tokens->at[i].kind == TT_TOKEN_PUNCT;
        if (mark && *at == ')')
            state &= 2;
        m->at[i].nesting = state;
        if (!mark)
            continue;
        if (*at == '(')
            state |= 1;
        if (*at == '"')
            state ^= 2;
        else if (span.end - span.start == 3 && memcmp(at, "“", 3) == 0)
            state |= 2;
        else if (span.end - span.start == 3 && memcmp(at, "”", 3) == 0)
            state &= 1;
    }
}

/* Class of the head that ends at the token, + 1; 0 where none does. */
static uint8_t head_of(const tt_atom *atom, uint64_t heads)
{
    for (unsigned k = 0; (atom->ends & heads) != 0 && k < atom->lex_count; k++) {
        unsigned place = atom->lex[k] / 2 % 4, c = atom->lex[k] / 8;
        if ((heads >> c & 1) != 0 && (place == END || place == SINGLE))
            return (uint8_t)(c + 1);
    }
    return 0;
}

static void fill_heads(maker *m, size_t start, size_t end)
{
    uint64_t key = 0;
    uint8_t class_index = 0;
    size_t place = 0;
    for (size_t i = start; i < end; i++) {
        if (class_index != 0 && i - place <= HEAD_REACH) {
            m->at[i].head = key;
            m->at[i].head_class = class_index;
            m->at[i].head_distance = (uint8_t)(i - place < 4 ? i - place : i - place < 8 ? 4 : 5);
        }
        uint8_t now = head_of(&m->at[i], m->roles->heads);
        if (now != 0) {
            key = m->at[i].key;
            class_index = now;
            place = i;
        }
    }
}

static void fill_sentences(maker *m)
{
    for (size_t start = 0; start < m->tokens->len;) {
        size_t end = start + 1;
        while (end < m->tokens->len && m->tokens->at[end].sentence == m->tokens->at[start].sentence)
            end++;
        uint8_t caps = caps_of(m->tokens, start, end);
        for (size_t i = start; i < end; i++)
            m->at[i].sentence_caps = caps;
        fill_nesting(m, start, end);
        fill_heads(m, start, end);
        tt__lists_mark(m->at + start, m->tokens->at + start, end - start, m->text, m->document->source);
        tt__patterns_mark(m->at + start, m->tokens->at + start, end - start, m->document->source);
        start = end;
    }
}

/* What stands before and around a run of capitals that begins at i. */
static uint8_t seen_at_start(const maker *m, size_t i)
{
    const uint64_t *at_words = m->document->source->at_words;
    uint8_t seen = 0;
    if (m->at[i].first)
        return 0;
    const tt_atom *before = &m->at[i - 1];
    seen |= (before->ends & m->roles->honorific) != 0 ? SEEN_AFTER_HONORIFIC : 0;
    seen |= (before->ends & m->roles->rank) != 0 ? SEEN_AFTER_RANK : 0;
    seen |= (before->ends & m->roles->role) != 0 ? SEEN_AFTER_ROLE : 0;
    seen |= (before->ends & m->roles->place_head) != 0 ? SEEN_AFTER_PLACE_HEAD : 0;
    seen |= (before->ends & m->roles->body_head) != 0 ? SEEN_AFTER_BODY_HEAD : 0;
    seen |= before->key == at_words[0] || before->key == at_words[1] ? SEEN_AFTER_AT : 0;
    bool closed = i + 1 < m->tokens->len && m->text->norm.ptr[m->tokens->at[i + 1].span.start] == ')';
    if (closed && m->text->norm.ptr[m->tokens->at[i - 1].span.start] == '(')
        seen |= SEEN_IN_BRACKETS;
    return seen;
}

static maker maker_for(tt_atom *atoms, const tt_atom_document *document, const tt_tokens *tokens)
{
    return (maker){.at = atoms,
                   .lexicon = document->source->lexicon,
                   .roles = &document->source->roles,
                   .document = document,
                   .text = document->text,
                   .tokens = tokens};
}

size_t tt__atoms_piece(const tt_tokens *tokens, size_t start)
{
    if (tokens->len - start <= ATOM_PIECE)
        return tokens->len;
    size_t end = start + ATOM_PIECE;
    while (end > start && tokens->at[end].sentence == tokens->at[end - 1].sentence)
        end--;
    return end > start ? end : start + ATOM_PIECE;
}

tt_status tt__atoms_note_names(tt_seen *names, tt_atom *atoms, const tt_atom_document *document, const tt_tokens *tokens)
{
    maker m = maker_for(atoms, document, tokens);
    tt_status status = TT_OK;
    fill_words(&m);
    fill_runs(&m);
    for (size_t i = 0; status == TT_OK && i < tokens->len; i++) {
        const tt_atom *atom = &atoms[i];
        if (atom->run_place == 1)
            status = tt__seen_add(names, atom->form, seen_at_start(&m, i));
        bool last = atom->run_length >= 2 && atom->run_last == atom->key && atom->run_place == atom->run_length;
        if (status == TT_OK && last && (atoms[i + 1 - atom->run_length].ends & m.roles->surname) != 0)
            status = tt__seen_add(names, atom->form, SEEN_ENDING_NAME);
    }
    return status;
}

void tt__atoms_fill(tt_atom *atoms, const tt_atom_document *document, const tt_tokens *tokens, const tt_seen *names, bool noted)
{
    maker m = maker_for(atoms, document, tokens);
    if (!noted) {
        fill_words(&m);
        fill_runs(&m);
    }
    fill_sentences(&m);
    for (size_t i = 0; i < tokens->len; i++)
        if (atoms[i].run_place != 0)
            atoms[i].seen = tt__seen_of(names, atoms[i].form);
}
