/* cp_index.c - count of code points before every TT_CP_STEP bytes, so that any position costs one short count. */
#include "tintuc/text.h"

#include "base/cpu.h"

#include <string.h>

#if TT_X86
#include <immintrin.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { BLOCK = 64 };

static bool begins(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

/* Bit i: byte i of the BLOCK bytes at `at` begins a code point. 80-BF do not, which as signed numbers are the lowest. */
#ifdef __SSE2__
static uint64_t begins_part(const char *at)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    return (uint32_t)_mm_movemask_epi8(_mm_cmpgt_epi8(bytes, _mm_set1_epi8(-65)));
}

static uint64_t begins_block(const char *at)
{
    return begins_part(at) | begins_part(at + 16) << 16 | begins_part(at + 32) << 32 | begins_part(at + 48) << 48;
}
#else
static uint64_t begins_block(const char *at)
{
    uint64_t bits = 0;
    for (int i = 0; i < BLOCK; i++)
        bits |= (uint64_t)begins(at[i]) << i;
    return bits;
}
#endif

static uint32_t count_bits(uint64_t bits)
{
    bits -= bits >> 1 & 0x5555555555555555u;
    bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
    return (uint32_t)(((bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0Fu) * 0x0101010101010101u >> 56);
}

/* Of the `len` bytes at `at`, behind which the text goes on to `limit`. */
static uint32_t count(const char *at, size_t len, const char *limit)
{
    uint32_t n = 0;
    char last[BLOCK] = {0};
    for (; len >= BLOCK; at += BLOCK, len -= BLOCK)
        n += count_bits(begins_block(at));
    if (len == 0)
        return n;
    if (limit - at < BLOCK)
        at = memcpy(last, at, len);
    return n + count_bits(begins_block(at) & ((UINT64_C(1) << len) - 1));
}

/* The marks of the whole steps of a text. */
static uint32_t mark_steps(uint32_t *marks, size_t steps, const char *at)
{
    uint32_t before = 0;
    for (size_t i = 0; i < steps; i++, at += TT_CP_STEP) {
        marks[i] = before;
        before += count(at, TT_CP_STEP, at + TT_CP_STEP);
    }
    return before;
}

#if TT_X86
__attribute__((target("avx2,popcnt"))) static uint32_t mark_steps_avx2(uint32_t *marks, size_t steps, const char *at)
{
    const __m256i *v = (const __m256i *)(const void *)at, last = _mm256_set1_epi8(-65);
    uint32_t before = 0;
    for (size_t i = 0; i < steps; i++) {
        marks[i] = before;
        for (size_t k = 0; k < TT_CP_STEP / sizeof *v; k++, v++)
            before +=
                (uint32_t)__builtin_popcount((unsigned)_mm256_movemask_epi8(_mm256_cmpgt_epi8(_mm256_loadu_si256(v), last)));
    }
    return before;
}
#endif

tt_status tt_cp_index_make(tt_cp_index *out, tt_arena *arena, tt_str text, tt_error *err)
{
    size_t steps = text.len / TT_CP_STEP, left = text.len % TT_CP_STEP;
    *out = (tt_cp_index){.text = text};
    uint32_t *marks = tt_arena_alloc(arena, (steps + 1) * sizeof *marks);
    if (marks == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "text: out of memory");
#if TT_X86
    uint32_t before = (tt__cpu() >= TT_CPU_AVX2 ? mark_steps_avx2 : mark_steps)(marks, steps, text.ptr);
#else
    uint32_t before = mark_steps(marks, steps, text.ptr);
#endif
    marks[steps] = before;
    if (left != 0) /* an empty text may have no address */
        before += count(text.ptr + text.len - left, left, text.ptr + text.len);
    if (before != text.len)
        out->marks = marks;
    return TT_OK;
}

uint32_t tt_cp_of_byte(const tt_cp_index *index, uint32_t byte)
{
    if (index->marks == NULL)
        return byte;
    uint32_t mark = byte / TT_CP_STEP, start = mark * TT_CP_STEP;
    return index->marks[mark] + count(index->text.ptr + start, byte - start, index->text.ptr + index->text.len);
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
