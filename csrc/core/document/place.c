/* place.c - spans of the normalized text to items in raw bytes and code points.
 *
 * A span that ends inside a rewritten stretch grows to its border, so neighbours may come to overlap and a border may come to
 * be white space. Here each span is cut to its parent and to what its earlier sibling left, then trimmed; so items stay nested,
 * apart, bare and not empty, whatever the alignment did.
 */
#include "document/document_impl.h"

#include "base/cpu.h"
#include "base/decode.h"
#include "page/map.h"
#include "text/align.h"
#include "text/bare.h"

enum { NESTED_MAX = TT_ENTITY_DEPTH + 2, NEAR_BYTES = 16 };
#define LEFT_OUT UINT32_MAX

typedef struct {
    const tt_text *text;
    bool same;         /* raw and normalized text are the same bytes */
    const tt_map *map; /* of these; or NULL */
    tt_span known;     /* the last byte asked for, and its code point */
    size_t run;        /* of the alignment, that the last span ended in */
} placer;

/* Code points before `byte`. Most places are a blank or nothing behind the last one. */
static uint32_t cp_of(placer *p, uint32_t byte)
{
    uint32_t cp = p->known.end;
    if (p->map != NULL)
        return tt__map_chars(p->map, byte);
    if (byte < p->known.start || byte - p->known.start > NEAR_BYTES)
        cp = tt_cp_of_byte(&p->text->raw_index, byte);
    else
        for (uint32_t at = p->known.start; at < byte; at++)
            cp += !tt__is_tail(p->text->raw.ptr[at]);
    p->known = (tt_span){byte, cp};
    return cp;
}

/* False when nothing of the span is left inside `room` (raw bytes). */
static bool place_span(tt_item *out, placer *p, tt_span norm, tt_span room)
{
    tt_span raw = p->same ? norm : tt__align_to_raw_near(&p->run, &p->text->align, norm);
    if (raw.start < room.start)
        raw.start = room.start;
    if (raw.end > room.end)
        raw.end = room.end;
    if (raw.start >= raw.end)
        return false;
    if (!p->same) /* the spans of the stages are bare, and nothing was taken out or rewritten beside them */
        raw = tt__span_bare(p->text->raw, raw);
    out->byte = raw;
    out->cp.start = cp_of(p, raw.start);
    out->cp.end = cp_of(p, raw.end);
    p->known = (tt_span){raw.end, out->cp.end};
    return raw.start < raw.end;
}

/* All of a block or sentence but its spans. */
static void finish(tt_item *item, uint32_t kind, uint32_t parent)
{
    item->kind = kind;
    item->parent = parent;
    item->depth = item->value = item->entity_kind = 0;
    item->confidence = 1;
}

static void place_blocks(tt_items *out, tt_item *at, uint32_t *index, placer *p, const tt_page *page)
{
    tt_span room = {0, (uint32_t)p->text->raw.len};
    size_t len = 0;
    for (size_t i = 0; i < page->len; i++) {
        index[i] = LEFT_OUT;
        if (!place_span(&at[len], p, page->at[i].span, room))
            continue;
        finish(&at[len], (uint32_t)page->at[i].kind, (uint32_t)len);
        index[i] = (uint32_t)len;
        room.start = at[len++].byte.end;
    }
    *out = (tt_items){at, len};
}

static void place_sentences(tt_items *out, tt_item *at, uint32_t *index, placer *p, const tt_sentences *sentences,
                            tt_items blocks, const uint32_t *block_index)
{
    size_t len = 0;
    uint32_t end = 0;
    for (size_t i = 0; i < sentences->len; i++) {
        uint32_t block = block_index[sentences->at[i].block];
        index[i] = LEFT_OUT;
        if (block == LEFT_OUT)
            continue;
        tt_span room = blocks.at[block].byte;
        if (room.start < end)
            room.start = end;
        if (!place_span(&at[len], p, sentences->at[i].span, room))
            continue;
        index[i] = (uint32_t)len;
        finish(&at[len], 0, block);
        end = at[len++].byte.end;
    }
    *out = (tt_items){at, len};
}

/* Entities that are open at a place: until which token, and the raw bytes that are free for what lies inside. */
typedef struct {
    uint32_t token_end;
    tt_span room;
} open_entity;

static void place_entities(tt_items *out, tt_item *at, placer *p, const tt_stages *stages, tt_items sentences,
                           const uint32_t *sentence_index)
{
    open_entity open[NESTED_MAX];
    size_t depth = 0, len = 0;
    uint32_t end = 0; /* of the last outermost one */
    for (size_t i = 0; i < stages->entities.len; i++) {
        const tt_entity *entity = &stages->entities.at[i];
        const tt_token *first = &stages->tokens.at[entity->tokens.start], *last = &stages->tokens.at[entity->tokens.end - 1];
        uint32_t sentence = sentence_index[first->sentence];
        while (depth != 0 && open[depth - 1].token_end <= entity->tokens.start)
            depth--;
        if (sentence == LEFT_OUT || depth == NESTED_MAX)
            continue;
        tt_span room = depth != 0 ? open[depth - 1].room : sentences.at[sentence].byte;
        if (depth == 0 && room.start < end)
            room.start = end;
        tt_item *item = &at[len];
        if (!place_span(item, p, (tt_span){first->span.start, last->span.end}, room)) {
            open[depth++] = (open_entity){entity->tokens.end, {0, 0}}; /* no room for what lies in it either */
            continue;
        }
        item->kind = entity->label;
        item->parent = sentence;
        item->depth = entity->depth;
        item->confidence = entity->confidence;
        item->value = stages->values.index != NULL ? stages->values.index[i] : UINT32_MAX;
        item->entity_kind = stages->kinds != NULL ? stages->kinds[i] : 0;
        *(depth != 0 ? &open[depth - 1].room.start : &end) = item->byte.end;
        open[depth++] = (open_entity){entity->tokens.end, item->byte};
        len++;
    }
    *out = (tt_items){at, len};
}

typedef uint32_t bit_counter(uint64_t bits);

TT_TWICE uint32_t chars_before(const tt_map *map, uint32_t byte, bit_counter *count)
{
    const tt_map_row *row = &map->rows[byte / TT_LANES];
    return row->before + count(row->lead & tt__first_bits(byte % TT_LANES));
}

TT_TWICE void place_plain(tt_item *item, const tt_map *map, tt_span span, bit_counter *count)
{
    item->byte = span;
    item->cp = (tt_span){chars_before(map, span.start, count), chars_before(map, span.end, count)};
}

/* Where raw and normalized text are the same bytes nothing is moved or left out. */
TT_TWICE void place_same(tt_items out[TT_LAYERS], const tt_stages *stages, tt_item *blocks, tt_item *sentences,
                         bit_counter *count)
{
    const tt_map *map = stages->page.map;
    for (size_t i = 0; i < stages->page.len; i++) {
        place_plain(&blocks[i], map, stages->page.at[i].span, count);
        finish(&blocks[i], stages->page.at[i].kind, (uint32_t)i);
    }
    for (size_t i = 0; i < stages->sentences.len; i++) {
        place_plain(&sentences[i], map, stages->sentences.at[i].span, count);
        finish(&sentences[i], 0, stages->sentences.at[i].block);
    }
    out[TT_LAYER_BLOCKS] = (tt_items){blocks, stages->page.len};
    out[TT_LAYER_SENTENCES] = (tt_items){sentences, stages->sentences.len};
}

#if TT_X86
TT_POPCNT static inline uint32_t count_fast(uint64_t bits)
{
    return (uint32_t)__builtin_popcountll(bits);
}

TT_POPCNT static void place_same_fast(tt_items out[TT_LAYERS], const tt_stages *stages, tt_item *blocks, tt_item *sentences)
{
    place_same(out, stages, blocks, sentences, count_fast);
}
#endif

static void place_same_any(tt_items out[TT_LAYERS], const tt_stages *stages, tt_item *blocks, tt_item *sentences)
{
#if TT_X86
    if (tt__cpu() >= TT_CPU_AVX2) {
        place_same_fast(out, stages, blocks, sentences);
        return;
    }
#endif
    place_same(out, stages, blocks, sentences, tt__bit_count);
}

static placer placer_of(const tt_stages *stages)
{
    const tt_text *text = &stages->text;
    bool same = text->norm.ptr == text->raw.ptr && text->norm.len == text->raw.len;
    return (placer){text, same, same ? stages->page.map : NULL, {0, 0}, 0};
}

tt_item tt_doc__place_source(const tt_stages *stages)
{
    const tt_text *text = &stages->text;
    placer p = placer_of(stages);
    tt_item out = {.confidence = 1};
    tt_span span = tt_page_source(&stages->page, text);
    if (span.start < span.end)
        place_span(&out, &p, span, (tt_span){0, (uint32_t)text->raw.len});
    return out;
}

tt_status tt_doc__place(tt_items out[TT_LAYERS], tt_arena *arena, const tt_stages *stages, tt_error *err)
{
    placer p = placer_of(stages);
    size_t blocks = stages->page.len, sentences = stages->sentences.len;
    uint32_t *block_index = tt_arena_alloc(arena, blocks * sizeof *block_index);
    uint32_t *sentence_index = tt_arena_alloc(arena, sentences * sizeof *sentence_index);
    tt_item *block_items = tt_arena_alloc(arena, blocks * sizeof *block_items);
    tt_item *sentence_items = tt_arena_alloc(arena, sentences * sizeof *sentence_items);
    tt_item *entity_items = tt_arena_alloc(arena, stages->entities.len * sizeof *entity_items);
    if (block_index == NULL || sentence_index == NULL || block_items == NULL || sentence_items == NULL || entity_items == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "document: out of memory");
    if (p.map != NULL) {
        place_same_any(out, stages, block_items, sentence_items);
        for (size_t i = 0; i < sentences && stages->entities.len != 0; i++)
            sentence_index[i] = (uint32_t)i;
    } else {
        place_blocks(&out[TT_LAYER_BLOCKS], block_items, block_index, &p, &stages->page);
        place_sentences(&out[TT_LAYER_SENTENCES], sentence_items, sentence_index, &p, &stages->sentences, out[TT_LAYER_BLOCKS],
                        block_index);
    }
    place_entities(&out[TT_LAYER_ENTITIES], entity_items, &p, stages, out[TT_LAYER_SENTENCES], sentence_index);
    return TT_OK;
}
