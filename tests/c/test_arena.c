/* test_arena.c - arenas, with room of their own and with room that a function lends. */
#include "base/alloc.h"
#include "tt_test.h"

#include <stdalign.h>

/* More than the room holds, in pieces of all sizes. */
static void fill(tt_test *t, tt_arena *arena)
{
    enum { PIECES = 400 };
    unsigned char *pieces[PIECES];
    for (size_t i = 0; i < PIECES; i++) {
        pieces[i] = tt_arena_alloc(arena, i);
        TT_CHECK("there is memory", pieces[i] != NULL);
        TT_CHECK("for any type", (uintptr_t)pieces[i] % alignof(max_align_t) == 0);
        memset(pieces[i], (int)i, i);
    }
    bool kept = true;
    for (size_t i = 0; i < PIECES; i++)
        for (size_t k = 0; k < i; k++)
            kept = kept && pieces[i][k] == (unsigned char)i;
    TT_CHECK("pieces lie apart", kept);
}

TT_TEST(arena_lent)
{
    tt_arena_room room;
    tt_arena arena;
    for (int twice = 0; twice < 2; twice++) {
        tt__arena_lend(&arena, &room, NULL);
        const char *first = tt_arena_alloc(&arena, 1);
        TT_CHECK("the room comes first", first > room.bytes && first < room.bytes + sizeof room);
        fill(t, &arena);
        tt_arena_free(&arena);
        TT_CHECK("nothing is left", arena.head == NULL);
    }
    fill(t, &arena); /* it can be used on, without the room */
    tt_arena_free(&arena);
}

TT_TEST(arena_lent_and_large)
{
    tt_arena_room room;
    tt_arena arena;
    tt__arena_lend(&arena, &room, NULL);
    char *large = tt_arena_alloc(&arena, sizeof room + 1);
    TT_CHECK("a chunk of its own", large != NULL && (large < room.bytes || large >= room.bytes + sizeof room));
    memset(large, 1, sizeof room + 1);
    TT_CHECK("too large for any", tt_arena_alloc(&arena, SIZE_MAX) == NULL);
    tt_arena_free(&arena);
}
