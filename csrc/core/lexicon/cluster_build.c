/* cluster_build.c - compile a table of word, cluster of 64, of 512, of 2,048, count. */
#include "lexicon/cluster_build.h"
#include "base/alloc.h"
#include "base/hash.h"
#include "lexicon/lexicon_format.h"
#include "lexicon/tsv.h"

#include "tintuc/token.h"

/* Rows are many and short-lived, so one arena serves them all and is emptied after each. */
typedef struct {
    cluster_slot *slots;
    uint32_t slot_bits;
    tt_arena scratch;
} builder;

/* Hash of one token; 0 where `word` is not one. */
static tt_status hash_of(uint64_t *hash, builder *b, tt_str word, tt_error *err)
{
    tt_tokens tokens;
    tt_text text;
    *hash = 0;
    tt_status status = tt_normalize(&text, NULL, &b->scratch, word, TT_PRESET_VIEW, err);
    if (status != TT_OK)
        return status;
    tt_sentence whole = {{0, (uint32_t)text.norm.len}, 0};
    status = tt_tokens_make(&tokens, &b->scratch, &text, &(tt_sentences){&whole, 1}, err);
    if (status == TT_OK && tokens.len == 1)
        *hash = tt__pair(tokens.at[0].key, 1);
    tt_arena_free(&b->scratch);
    return status;
}

/* Cluster + 1 from decimal digits; 0 for anything else. */
static uint16_t number_of(tt_str digits)
{
    uint32_t n = 0;
    if (digits.len == 0 || digits.len > 4)
        return 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
            return 0;
        n = n * 10 + (uint32_t)(digits.ptr[i] - '0');
    }
    return (uint16_t)(n + 1);
}

/* The first row of a hash stays: the table is sorted by count. */
static void put(builder *b, uint64_t hash, cluster_slot slot)
{
    uint32_t mask = (uint32_t)(((size_t)1 << b->slot_bits) - 1), i = (uint32_t)hash & mask;
    slot.check = (uint32_t)(hash >> 32);
    for (; b->slots[i].coarse != 0; i = (i + 1) & mask)
        if (b->slots[i].check == slot.check)
            return;
    b->slots[i] = slot;
}

static tt_status add_row(builder *b, const tsv *rows, tt_error *err)
{
    uint64_t hash;
    cluster_slot slot = {0, number_of(rows->cells[1]), number_of(rows->cells[2]), number_of(rows->cells[3]), 0};
    if (slot.coarse == 0 || slot.middle == 0 || slot.fine == 0 || tt_utf8_check(rows->cells[0], NULL) != TT_OK)
        return tt_fail(err, TT_ECORPUS, rows->at, "%s:%u: not a word and three cluster numbers", rows->path, rows->line);
    tt_status status = hash_of(&hash, b, rows->cells[0], err);
    if (status == TT_OK && hash != 0)
        put(b, hash, slot);
    return status;
}

static size_t line_count(const tt_buf *bytes)
{
    size_t n = 1;
    for (size_t i = 0; i < bytes->len; i++)
        n += bytes->ptr[i] == '\n';
    return n;
}

tt_status tt__cluster_compile(tt_buf *out, const char *path, tt_error *err)
{
    builder b = {.slot_bits = 4};
    tsv rows;
    tt_status status = tt__tsv_open(&rows, path, false, err);
    if (status != TT_OK)
        return status;
    while (((size_t)1 << b.slot_bits) * 4 < line_count(&rows.bytes) * 5 && b.slot_bits < SLOT_BITS_MAX)
        b.slot_bits++;
    size_t slot_count = (size_t)1 << b.slot_bits;
    b.slots = slot_count > line_count(&rows.bytes) ? tt__calloc(slot_count, sizeof *b.slots) : NULL;
    if (b.slots == NULL)
        status = tt_fail(err, TT_ENOMEM, 0, "%s: out of memory or too many rows", path);
    while (status == TT_OK && tt__tsv_next(&rows))
        status = add_row(&b, &rows, err);
    cluster_header header = {LEXICON_VERSION, b.slot_bits};
    if (status == TT_OK &&
        (tt_buf_add(out, &header, sizeof header) != TT_OK || tt_buf_add(out, b.slots, slot_count * sizeof *b.slots) != TT_OK))
        status = tt_fail(err, TT_ENOMEM, 0, "%s: out of memory", path);
    tt__tsv_close(&rows);
    tt_arena_free(&b.scratch);
    tt__free(b.slots);
    return status;
}
