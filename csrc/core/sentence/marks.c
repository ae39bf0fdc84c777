/* marks.c - one walk over the map, and one over what it found: how many marks there are in a stretch nobody can foretell, so
 * nothing here asks for it. */
#include "sentence/marks.h"

#include "base/alloc.h"

#include <string.h>

/* USUAL: marks of a row that are noted whether there are so many or not. */
enum { USUAL = 2, BYTES_A_MARK = 16 };

typedef struct {
    tt_mark *at;
    size_t len, cap;
} mark_list;

static inline tt_mark *note(tt_mark *to, size_t row, uint64_t bits, uint32_t bracket)
{
    *to = (tt_mark){(uint32_t)(row * TT_LANES) + tt__low_bit(bits | (uint64_t)1 << (TT_LANES - 1)), bracket};
    return to + (bits != 0);
}

static tt_status note_rows(mark_list *list, tt_arena *arena, const tt_map *map)
{
    uint32_t bracket = 0;
    for (size_t row = 0; row * TT_LANES < map->text.len; row++) {
        uint64_t bits = map->rows[row].mark & ~tt__map_in_numbers(map, row), brackets = map->rows[row].bracket;
        uint32_t last = (uint32_t)(row * TT_LANES) + tt__high_bit(brackets | 1) + 1;
        bracket = brackets != 0 ? last : bracket;
        if (list->cap - list->len <= TT_LANES &&
            tt__arena_grow(&list->at, &list->cap, list->len + TT_LANES + 1, sizeof *list->at, arena) != TT_OK)
            return TT_ENOMEM;
        tt_mark *to = list->at + list->len;
        for (int i = 0; i < USUAL; i++, bits &= bits - 1)
            to = note(to, row, bits, bracket);
        for (; bits != 0; bits &= bits - 1)
            to = note(to, row, bits, bracket);
        list->len = (size_t)(to - list->at);
    }
    return TT_OK;
}

/* Can a dash or the blanks before one begin so? */
static inline bool may_lead(char c)
{
    return tt__blank_leads[(unsigned char)c] | (c == '-') | (c == '+');
}

/* Leaves out ":" and ";" that no dash can follow after a blank at most. */
static void sift(mark_list *list, tt_str text)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->len; i++) {
        tt_mark mark = list->at[i];
        const char *at = text.ptr + mark.at, *one = at + (text.len - mark.at > 1), *two = one + (text.len - mark.at > 2);
        bool apart = *one != ' ', first = may_lead(*one), second = may_lead(*two), entry = first & (apart | second);
        list->at[kept] = mark;
        kept += entry | ((*at != ':') & (*at != ';'));
    }
    list->len = kept;
}

bool tt__marks_make(tt_marks *out, tt_arena *arena, const tt_map *map)
{
    mark_list list = {NULL, 0, map->text.len / BYTES_A_MARK + TT_LANES + 1};
    tt__step(map->text.len / TT_LANES + 1);
    list.at = tt_arena_alloc(arena, list.cap * sizeof *list.at);
    if (list.at == NULL || note_rows(&list, arena, map) != TT_OK)
        return false;
    sift(&list, map->text);
    list.at[list.len] = (tt_mark){UINT32_MAX, 0};
    *out = (tt_marks){list.at, list.len};
    return true;
}
