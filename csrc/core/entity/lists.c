/* lists.c - a chain sees no farther than its windows, so that in "các xã Vĩnh Hải, Vĩnh Phước, Ngọc Thảo" the last could be
 * anything. Each name in a row is told the head before the row, and what the lexicon says of most of the others. */
#include "entity/lists.h"

#include <string.h>

enum { ASIDE_MOST = 8 /* tokens in brackets behind a name */, FEW = 2, SOME = 4 };

typedef struct {
    uint32_t start, end;
    unsigned sort;
} member;

typedef struct {
    tt_atom *atoms;
    const tt_token *tokens;
    size_t count;
    const tt_text *text;
    const tt_atom_source *source;
} sentence;

static bool is_mark(const sentence *s, size_t i, char mark)
{
    return i < s->count && s->tokens[i].span.end - s->tokens[i].span.start == 1 &&
           s->text->norm.ptr[s->tokens[i].span.start] == mark;
}

static size_t run_end(const sentence *s, size_t i)
{
    size_t end = i + 1;
    while (end < s->count && s->atoms[end].run_place > 1)
        end++;
    return end;
}

/* Behind what stands in brackets at i; i where nothing does. */
static size_t past_aside(const sentence *s, size_t i)
{
    if (!is_mark(s, i, '('))
        return i;
    for (size_t k = i + 1; k < s->count && k <= i + ASIDE_MOST; k++)
        if (is_mark(s, k, ')'))
            return k + 1;
    return i;
}

/* Where the next name of the list begins, or 0. */
static size_t next_member(const sentence *s, size_t end)
{
    size_t i = past_aside(s, end), from = i;
    if (is_mark(s, i, ',') || is_mark(s, i, ';'))
        i++;
    if (i < s->count && s->tokens[i].key == s->source->and_word)
        i++;
    return i > from && i < s->count && s->atoms[i].run_place == 1 ? i : 0;
}

/* A place or a body by a class that is there at both ends of the run, a person by its first word. */
static unsigned sort_of(const sentence *s, size_t start, size_t end)
{
    const tt_atom_roles *roles = &s->source->roles;
    const tt_atom *first = &s->atoms[start], *last = &s->atoms[end - 1];
    uint64_t begun = 0, ended = 0;
    for (unsigned k = 0; k < first->lex_count; k++)
        begun |= UINT64_C(1) << first->lex[k] / 8;
    for (unsigned k = 0; k < last->lex_count; k++)
        ended |= UINT64_C(1) << last->lex[k] / 8;
    if ((begun & ended & roles->place) != 0)
        return LIST_OF_PLACES;
    if ((begun & ended & roles->body) != 0)
        return LIST_OF_BODIES;
    return (begun & roles->person) != 0 ? LIST_OF_PERSONS : LIST_OF_UNKNOWN;
}

static unsigned most_of(const size_t sorts[LIST_SORTS])
{
    unsigned best = LIST_OF_UNKNOWN;
    size_t most = 0;
    for (unsigned k = LIST_OF_PLACES; k <= LIST_OF_PERSONS; k++) {
        best = sorts[k] > most ? k : sorts[k] == most && most != 0 ? LIST_OF_ALL : best;
        most = sorts[k] > most ? sorts[k] : most;
    }
    return best;
}

static void mark_members(const sentence *s, const member *members, size_t count)
{
    const tt_atom *first = &s->atoms[members[0].start];
    const uint8_t head = first->head_distance <= 1 ? first->head_class : 0;
    const unsigned size = count > SOME ? LIST_OF_MANY : count > FEW ? LIST_OF_SOME : LIST_OF_TWO;
    size_t sorts[LIST_SORTS] = {0};
    for (size_t i = 0; i < count; i++)
        sorts[members[i].sort]++;
    for (size_t i = 0; i < count; i++) {
        sorts[members[i].sort]--; /* what the others are */
        unsigned code = 1 + LIST_SIZES * most_of(sorts) + size;
        sorts[members[i].sort]++;
        for (size_t t = members[i].start; t < members[i].end; t++) {
            s->atoms[t].list = (uint8_t)code;
            s->atoms[t].list_head = head;
        }
    }
}

void tt__lists_mark(tt_atom *atoms, const tt_token *tokens, size_t count, const tt_text *text, const tt_atom_source *source)
{
    const sentence s = {atoms, tokens, count, text, source};
    member members[LIST_MEMBERS_MAX];
    for (size_t i = 0; i < count;) {
        size_t n = 0, end = i + 1;
        for (size_t at = i; atoms[i].run_place == 1 && n < LIST_MEMBERS_MAX; n++) {
            end = run_end(&s, at);
            members[n] = (member){(uint32_t)at, (uint32_t)end, sort_of(&s, at, end)};
            at = next_member(&s, end);
            if (at == 0) {
                n++;
                break;
            }
        }
        if (n >= FEW)
            mark_members(&s, members, n);
        i = end;
    }
}
