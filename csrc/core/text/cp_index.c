/* cp_index.c - count of code points before every TT_CP_STEP bytes, so that any position costs one short count. */
#include "tintuc/text.h"

#include <string.h>

enum { BLOCK = 64 };

static bool begins(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

/* Sums of a byte, so that compilers keep as many in a register as there are bytes. */
static uint32_t count_block(const char *at)
{
    unsigned char block = 0;
    for (int i = 0; i < BLOCK; i++)
        block = (unsigned char)(block + begins(at[i]));
    return block;
}

/* Of eight bytes, in one word. */
static uint32_t count_word(const char *at)
{
    uint64_t word, tails, ones = 0x0101010101010101u;
    memcpy(&word, at, sizeof word);
    tails = word >> 7 & ~word >> 6 & ones;
    return 8 - (uint32_t)(tails * ones >> 56);
}

static uint32_t count(const char *at, size_t len)
{
    uint32_t n = 0;
    const char *end = at + len;
    for (; end - at >= BLOCK; at += BLOCK)
        n += count_block(at);
    for (; end - at >= 8; at += 8)
        n += count_word(at);
    for (; at < end; at++)
        n += begins(*at);
    return n;
}

tt_status tt_cp_index_make(tt_cp_index *out, tt_arena *arena, tt_str text, tt_error *err)
{
    size_t marks = text.len / TT_CP_STEP + 1;
    *out = (tt_cp_index){.text = text};
    uint32_t *at = tt_arena_alloc(arena, marks * sizeof *at), before = 0;
    if (at == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "text: out of memory");
    for (size_t i = 0; i < marks; i++) {
        size_t start = i * TT_CP_STEP, left = text.len - start;
        at[i] = before;
        if (left != 0) /* an empty text may have no address */
            before += count(text.ptr + start, left < TT_CP_STEP ? left : TT_CP_STEP);
    }
    if (before != text.len)
        out->marks = at;
    return TT_OK;
}

uint32_t tt_cp_of_byte(const tt_cp_index *index, uint32_t byte)
{
    if (index->marks == NULL)
        return byte;
    uint32_t mark = byte / TT_CP_STEP, start = mark * TT_CP_STEP;
    return index->marks[mark] + count(index->text.ptr + start, byte - start);
}

uint32_t tt_byte_of_cp(const tt_cp_index *index, uint32_t cp)
{
    size_t low = 0, high = index->text.len / TT_CP_STEP + 1, at;
    if (index->marks == NULL)
        return cp < index->text.len ? cp : (uint32_t)index->text.len;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (index->marks[middle] <= cp)
            low = middle;
        else
            high = middle;
    }
    uint32_t left = cp - index->marks[low];
    for (at = low * TT_CP_STEP; at < index->text.len; at++)
        if (begins(index->text.ptr[at]) && left-- == 0)
            break;
    return (uint32_t)at;
}
