/* lexicon_build.c - compile the TSV tables that classes.tsv lists into the trie of lexicon_format.h.
 *
 * classes.tsv: class, file (without .tsv), columns (with commas between), filter ("column=value,value;column=..."). Rows that
 * name the same class add to it. A cell may hold several surfaces with ";" between. kinds.tsv gives kinds to entries in the
 * same way; "column!=value" in a filter takes rows of another value. */
#include "base/alloc.h"
#include "base/hash.h"
#include "lexicon/cluster_build.h"
#include "lexicon/kind.h"
#include "lexicon/lexicon_format.h"
#include "lexicon/tsv.h"

#include "tintuc/lexicon.h"

#include <stdio.h>
#include <string.h>

enum { PATH_MAX_BYTES = 4096, FIRST_SLOT_BITS = 12 };

typedef struct {
    lexicon_mask classes;
    tt_kind_set kinds;
    uint64_t edge; /* hash of parent and token key */
} build_node;

/* The trie while it grows. Node 0 is the root. */
typedef struct {
    build_node *nodes;
    size_t node_count, node_cap;
    lexicon_slot *slots;
    uint32_t slot_bits;
    tt_str names[CLASS_MAX]; /* views into the open classes.tsv */
    unsigned class_count;
    bool kinds; /* are there any? */
    tt_arena scratch;
} builder;

/* What the entries of a row are: of a class, or of a kind by themselves, or as heads of longer ones. */
typedef enum { PART_CLASS, PART_WHOLE, PART_HEAD, PART_ANY } part;
typedef struct {
    part part;
    unsigned number;
} meaning;

static void put_slot(lexicon_slot *slots, uint32_t bits, uint64_t hash, uint32_t child)
{
    uint32_t mask = (uint32_t)(((size_t)1 << bits) - 1), i = (uint32_t)hash & mask;
    while (slots[i].child != 0)
        i = (i + 1) & mask;
    slots[i] = (lexicon_slot){(uint32_t)(hash >> 32), child};
}

static uint32_t child_of(const builder *b, uint64_t hash)
{
    uint32_t mask = (uint32_t)(((size_t)1 << b->slot_bits) - 1), i = (uint32_t)hash & mask;
    while (b->slots[i].child != 0 && b->slots[i].check != (uint32_t)(hash >> 32))
        i = (i + 1) & mask;
    return b->slots[i].child;
}

/* Twice the slots, filled in node order, so that the bytes depend on the entries alone. */
static tt_status grow_slots(builder *b)
{
    uint32_t bits = b->slots ? b->slot_bits + 1 : FIRST_SLOT_BITS;
    if (bits > SLOT_BITS_MAX)
        return TT_ENOMEM;
    lexicon_slot *slots = tt__calloc((size_t)1 << bits, sizeof *slots);
    if (slots == NULL)
        return TT_ENOMEM;
    for (size_t i = 1; i < b->node_count; i++)
        put_slot(slots, bits, b->nodes[i].edge, (uint32_t)i);
    tt__free(b->slots);
    b->slots = slots;
    b->slot_bits = bits;
    return TT_OK;
}

static tt_status add_node(builder *b, uint64_t edge)
{
    if (b->node_count == NODE_MAX || tt__grow(&b->nodes, &b->node_cap, b->node_count + 1, sizeof *b->nodes) != TT_OK)
        return TT_ENOMEM;
    b->nodes[b->node_count++] = (build_node){.edge = edge};
    return TT_OK;
}

/* Node below `parent` by `key`, made where there is none; 0 when memory ran out. */
static uint32_t child_made(builder *b, uint32_t parent, uint64_t key)
{
    uint64_t hash = tt__pair(key, parent);
    uint32_t child = child_of(b, hash);
    if (child != 0)
        return child;
    bool full = b->node_count * 3 >= ((size_t)1 << b->slot_bits) * 2;
    if ((full && grow_slots(b) != TT_OK) || add_node(b, hash) != TT_OK)
        return 0;
    put_slot(b->slots, b->slot_bits, hash, (uint32_t)b->node_count - 1);
    return (uint32_t)b->node_count - 1;
}

static void give_meaning(build_node *node, meaning is, bool capital)
{
    uint64_t bit = (uint64_t)1 << is.number;
    if (is.part == PART_CLASS)
        *(capital ? &node->classes.capital : &node->classes.small) |= bit;
    else
        node->kinds.whole |= bit;
    if (is.part == PART_ANY || (is.part == PART_HEAD && capital))
        node->kinds.capital |= bit;
    if (is.part == PART_ANY || (is.part == PART_HEAD && !capital))
        node->kinds.small |= bit;
}

static tt_status add_surface(builder *b, tt_str surface, meaning is, tt_error *err)
{
    tt_text text; /* normalized as documents are, or its keys would never meet theirs */
    tt_tokens tokens;
    tt_status status = tt_normalize(&text, NULL, &b->scratch, surface, TT_PRESET_VIEW, err);
    if (status != TT_OK)
        return status;
    tt_sentence whole = {{0, (uint32_t)text.norm.len}, 0};
    status = tt_tokens_make(&tokens, &b->scratch, &text, &(tt_sentences){&whole, 1}, err);
    if (status != TT_OK)
        return status;
    uint32_t node = 0;
    for (size_t i = 0; i < tokens.len; i++)
        if ((node = child_made(b, node, tokens.at[i].key)) == 0)
            return tt_fail(err, TT_ENOMEM, 0, "lexicon: out of memory after %zu nodes", b->node_count);
    if (tokens.len != 0)
        give_meaning(&b->nodes[node], is, tokens.at[0].cased >= TT_CASE_TITLE);
    tt_arena_free(&b->scratch);
    return TT_OK;
}

/* Cut the next piece off `rest` at `mark`; false when nothing is left. */
static bool next_piece(tt_str *piece, tt_str *rest, char mark)
{
    if (rest->ptr == NULL)
        return false;
    const char *end = rest->len ? memchr(rest->ptr, mark, rest->len) : NULL;
    *piece = (tt_str){rest->ptr, end ? (size_t)(end - rest->ptr) : rest->len};
    *rest = end ? (tt_str){end + 1, rest->len - piece->len - 1} : (tt_str){NULL, 0};
    return true;
}

/* One "column=value,value": does the row have one of the values? TT_ECORPUS for an unknown column. */
static tt_status condition_holds(bool *holds, const tsv *rows, tt_str condition, tt_error *err)
{
    tt_str name, value;
    next_piece(&name, &condition, '=');
    if (condition.ptr == NULL)
        return tt_fail(err, TT_ECORPUS, 0, "classes.tsv: filter \"%.*s\" has no \"=\"", (int)name.len, name.ptr);
    bool other = name.len > 0 && name.ptr[name.len - 1] == '!';
    name.len -= other;
    unsigned column = tt__tsv_column(rows, name);
    if (column == TSV_COLUMNS)
        return tt_fail(err, TT_ECORPUS, 0, "%s:1: no column \"%.*s\"", rows->path, (int)name.len, name.ptr);
    *holds = false;
    while (next_piece(&value, &condition, ','))
        *holds |= tt_str_eq(value, rows->cells[column]);
    *holds ^= other;
    return TT_OK;
}

static tt_status row_holds(bool *holds, const tsv *rows, tt_str filter, tt_error *err)
{
    tt_str condition;
    *holds = true;
    while (filter.len != 0 && *holds && next_piece(&condition, &filter, ';')) {
        tt_status status = condition_holds(holds, rows, condition, err);
        if (status != TT_OK)
            return status;
    }
    return TT_OK;
}

static tt_status add_row(builder *b, const tsv *rows, tt_str columns, meaning is, tt_error *err)
{
    tt_str name, surface;
    while (next_piece(&name, &columns, ',')) {
        unsigned column = tt__tsv_column(rows, name);
        if (column == TSV_COLUMNS)
            return tt_fail(err, TT_ECORPUS, 0, "%s:1: no column \"%.*s\"", rows->path, (int)name.len, name.ptr);
        tt_str cell = rows->cells[column];
        while (next_piece(&surface, &cell, ';')) {
            tt_status status = tt_utf8_check(surface, err);
            if (status != TT_OK)
                return tt_fail(err, TT_ECORPUS, rows->at, "%s:%u: not UTF-8", rows->path, rows->line);
            if ((status = add_surface(b, surface, is, err)) != TT_OK)
                return status;
        }
    }
    return TT_OK;
}

static tt_status add_table(builder *b, const char *dir, const tsv *classes, meaning is, tt_error *err)
{
    char path[PATH_MAX_BYTES];
    tsv rows;
    tt_str file = classes->cells[1], columns = classes->cells[2], filter = classes->cells[3];
    int len = snprintf(path, sizeof path, "%s/%.*s.tsv", dir, (int)file.len, file.ptr);
    if (len < 0 || (size_t)len >= sizeof path)
        return tt_fail(err, TT_EARGUMENT, 0, "%s: the path is too long", dir);
    tt_status status = tt__tsv_open(&rows, path, true, err);
    if (status != TT_OK)
        return status;
    while (status == TT_OK && tt__tsv_next(&rows)) {
        bool holds;
        status = row_holds(&holds, &rows, filter, err);
        if (status == TT_OK && holds)
            status = add_row(b, &rows, columns, is, err);
    }
    tt__tsv_close(&rows);
    return status;
}

static unsigned class_of(builder *b, tt_str name)
{
    for (unsigned i = 0; i < b->class_count; i++)
        if (tt_str_eq(b->names[i], name))
            return i;
    if (b->class_count == CLASS_MAX)
        return CLASS_MAX;
    b->names[b->class_count] = name;
    return b->class_count++;
}

/* TT_ECORPUS with file and line for a table whose first columns are not these. */
static tt_status check_columns(const tsv *rows, const char *const *names, unsigned count, tt_error *err)
{
    for (unsigned i = 0; i < count; i++)
        if (tt__tsv_column(rows, tt_str_c(names[i])) != i)
            return tt_fail(err, TT_ECORPUS, 0, "%s:1: column %u is not \"%s\"", rows->path, i + 1, names[i]);
    return TT_OK;
}

static tt_status add_classes(builder *b, const char *dir, tsv *classes, tt_error *err)
{
    static const char *const COLUMNS[] = {"class", "file", "columns", "filter"};
    tt_status status = check_columns(classes, COLUMNS, TT_COUNT(COLUMNS), err);
    while (status == TT_OK && tt__tsv_next(classes)) {
        unsigned index = class_of(b, classes->cells[0]);
        if (index == CLASS_MAX)
            return tt_fail(err, TT_ECORPUS, classes->at, "%s:%u: more than %d classes", classes->path, classes->line,
                           CLASS_MAX);
        status = add_table(b, dir, classes, (meaning){PART_CLASS, index}, err);
    }
    return status;
}

static tt_status add_kinds(builder *b, const char *dir, tsv *kinds, tt_error *err)
{
    static const char *const COLUMNS[] = {"kind", "file", "columns", "filter", "part"};
    static const char *const PARTS[] = {"", "head", "any"}; /* from PART_WHOLE on */
    tt_status status = check_columns(kinds, COLUMNS, TT_COUNT(COLUMNS), err);
    while (status == TT_OK && tt__tsv_next(kinds)) {
        unsigned kind = tt__kind_of(kinds->cells[0]), i = 0;
        while (i < TT_COUNT(PARTS) && !tt_str_eq(kinds->cells[4], tt_str_c(PARTS[i])))
            i++;
        if (kind == 0 || i == TT_COUNT(PARTS))
            return tt_fail(err, TT_ECORPUS, kinds->at, "%s:%u: no such %s", kinds->path, kinds->line,
                           kind == 0 ? "kind" : "part");
        status = add_table(b, dir, kinds, (meaning){(part)(PART_WHOLE + i), kind}, err);
    }
    b->kinds = true;
    return status;
}

/* Distinct masks, and for each node the number of its mask. They are few hundred, so a linear search does. */
static tt_status number_masks(lexicon_mask **masks, size_t *count, uint16_t *node_masks, const builder *b)
{
    size_t cap = 0;
    for (size_t i = 0; i < b->node_count; i++) {
        lexicon_mask now = b->nodes[i].classes;
        size_t k = 0;
        while (k < *count && ((*masks)[k].capital != now.capital || (*masks)[k].small != now.small))
            k++;
        if (k == *count) {
            if (k == UINT16_MAX || tt__grow(masks, &cap, k + 1, sizeof **masks) != TT_OK)
                return TT_ENOMEM;
            (*masks)[(*count)++] = now;
        }
        node_masks[i] = (uint16_t)k;
    }
    return TT_OK;
}

/* Distinct sets of kinds, and for each node the number of its set. */
static tt_status number_kinds(tt_kind_set **sets, size_t *count, uint16_t *node_kinds, const builder *b)
{
    size_t cap = 0;
    for (size_t i = 0; i < b->node_count; i++) {
        tt_kind_set now = b->nodes[i].kinds;
        size_t k = 0;
        while (k < *count && memcmp(&(*sets)[k], &now, sizeof now) != 0)
            k++;
        if (k == *count) {
            if (k == UINT16_MAX || tt__grow(sets, &cap, k + 1, sizeof **sets) != TT_OK)
                return TT_ENOMEM;
            (*sets)[(*count)++] = now;
        }
        node_kinds[i] = (uint16_t)k;
    }
    return TT_OK;
}

static tt_status add_padded(tt_buf *out, const void *bytes, size_t len)
{
    static const char ZEROS[8] = {0};
    tt_status status = tt_buf_add(out, bytes, len);
    return status == TT_OK ? tt_buf_add(out, ZEROS, (8 - len % 8) % 8) : status;
}

static tt_status write_kinds(tt_buf *out, const builder *b)
{
    tt_kind_set *sets = NULL;
    size_t count = 0;
    uint16_t *node_kinds = tt__calloc(b->node_count, sizeof *node_kinds);
    tt_status status = node_kinds != NULL ? number_kinds(&sets, &count, node_kinds, b) : TT_ENOMEM;
    lexicon_kinds_header header = {(uint32_t)count, 0};
    if (status == TT_OK)
        status = add_padded(out, &header, sizeof header);
    if (status == TT_OK)
        status = add_padded(out, sets, count * sizeof *sets);
    if (status == TT_OK)
        status = add_padded(out, node_kinds, b->node_count * sizeof *node_kinds);
    tt__free(sets);
    tt__free(node_kinds);
    return status;
}

static tt_status write_lexicon(tt_buf *out, const builder *b)
{
    tt_status status = TT_ENOMEM;
    lexicon_mask *masks = NULL;
    size_t mask_count = 0;
    tt_buf names = {NULL, 0, 0};
    uint16_t *node_masks = tt__calloc(b->node_count, sizeof *node_masks);
    if (node_masks == NULL || number_masks(&masks, &mask_count, node_masks, b) != TT_OK)
        goto done;
    for (unsigned i = 0; i < b->class_count; i++)
        if (tt_buf_add(&names, b->names[i].ptr, b->names[i].len) != TT_OK || tt_buf_add(&names, "", 1) != TT_OK)
            goto done;
    lexicon_header header = {LEXICON_VERSION,      b->class_count, (uint32_t)b->node_count,
                             (uint32_t)mask_count, b->slot_bits,   (uint32_t)names.len};
    if (add_padded(out, &header, sizeof header) != TT_OK || add_padded(out, masks, mask_count * sizeof *masks) != TT_OK ||
        add_padded(out, node_masks, b->node_count * sizeof *node_masks) != TT_OK ||
        add_padded(out, b->slots, ((size_t)1 << b->slot_bits) * sizeof *b->slots) != TT_OK ||
        add_padded(out, names.ptr, names.len) != TT_OK)
        goto done;
    status = b->kinds ? write_kinds(out, b) : TT_OK;
done:
    tt__free(masks);
    tt__free(node_masks);
    tt_buf_free(&names);
    return status;
}

/* Open a table of the folder. */
static tt_status open_table(tsv *out, char path[PATH_MAX_BYTES], const char *dir, const char *name, tt_error *err)
{
    int len = snprintf(path, PATH_MAX_BYTES, "%s/%s", dir, name);
    if (len < 0 || len >= PATH_MAX_BYTES)
        return tt_fail(err, TT_EARGUMENT, 0, "%s: the path is too long", dir);
    return tt__tsv_open(out, path, true, err);
}

static tt_status compile_lexicon(tt_buf *out, const char *dir, tt_error *err)
{
    char path[PATH_MAX_BYTES], kinds_path[PATH_MAX_BYTES];
    builder b = {.nodes = NULL};
    tsv classes = {.path = NULL}, kinds = {.path = NULL};
    tt_status status = open_table(&classes, path, dir, "classes.tsv", err);
    if (status != TT_OK)
        return status;
    if (add_node(&b, 0) != TT_OK || grow_slots(&b) != TT_OK)
        status = tt_fail(err, TT_ENOMEM, 0, "lexicon: out of memory");
    if (status == TT_OK)
        status = add_classes(&b, dir, &classes, err);
    tt_status with_kinds = status == TT_OK ? open_table(&kinds, kinds_path, dir, "kinds.tsv", err) : status;
    if (with_kinds == TT_OK)
        status = add_kinds(&b, dir, &kinds, err);
    else if (with_kinds != TT_EIO) /* a lexicon need not know kinds */
        status = with_kinds;
    if (status == TT_OK && write_lexicon(out, &b) != TT_OK)
        status = tt_fail(err, TT_ENOMEM, 0, "lexicon: out of memory");
    tt__tsv_close(&classes);
    tt__tsv_close(&kinds);
    tt_arena_free(&b.scratch);
    tt__free(b.nodes);
    tt__free(b.slots);
    return status;
}

tt_status tt_lexicon_compile(tt_buf *lexicon, tt_buf *clusters, const char *lexicon_dir, const char *clusters_path,
                             tt_error *err)
{
    tt_status status = compile_lexicon(lexicon, lexicon_dir, err);
    return status == TT_OK ? tt__cluster_compile(clusters, clusters_path, err) : status;
}
