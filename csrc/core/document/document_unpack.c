/* document_unpack.c - reads the packed form; nothing in the bytes is trusted, not even behind a right checksum.
 *
 * Every number is checked against its range as it is read, every count against the bytes that are left, so no array is larger
 * than what could fill it; what the numbers mean together is checked where the document is put together.
 */
#include "document/document_build.h"
#include "document/pack_format.h"

#include "base/hash.h"

#include <string.h>

typedef struct {
    const unsigned char *begin, *at, *end;
    tt_error *err;
    bool bad; /* what went wrong first is in `err` */
} unpacker;

static void fail(unpacker *u, const char *what)
{
    if (!u->bad)
        tt_fail(u->err, TT_ECORPUS, (size_t)(u->at - u->begin), "packed form, byte %zu: %s", (size_t)(u->at - u->begin), what);
    u->bad = true;
}

/* 0 where it goes wrong. */
static uint64_t take_number(unpacker *u, uint64_t most)
{
    uint64_t number = 0;
    for (unsigned shift = 0; !u->bad; shift += 7) {
        if (u->at == u->end) {
            fail(u, "cut short");
            break;
        }
        uint64_t bits = *u->at & 0x7F;
        if (shift > 63 || (bits << shift) >> shift != bits || (number |= bits << shift) > most) {
            fail(u, "a number out of its range");
            break;
        }
        if ((*u->at++ & 0x80) == 0)
            return number;
    }
    return 0;
}

static int64_t take_signed(unpacker *u, int64_t least, int64_t most)
{
    uint64_t bits = take_number(u, UINT64_MAX);
    int64_t number = (int64_t)(bits >> 1);
    if (bits & 1)
        number = -number - 1;
    if (number >= least && number <= most)
        return number;
    fail(u, "a number out of its range");
    return least > 0 ? least : 0;
}

static uint64_t take_fixed(unpacker *u, int bytes)
{
    uint64_t number = 0;
    if (!u->bad && u->end - u->at < bytes)
        fail(u, "cut short");
    for (int i = 0; i < bytes && !u->bad; i++)
        number |= (uint64_t)*u->at++ << 8 * i;
    return number;
}

static tt_str take_string(unpacker *u, size_t most)
{
    size_t len = (size_t)take_number(u, most);
    if (!u->bad && (size_t)(u->end - u->at) < len)
        fail(u, "cut short");
    if (u->bad)
        return (tt_str){"", 0};
    tt_str s = {(const char *)u->at, len};
    if (tt_utf8_check(s, NULL) != TT_OK)
        fail(u, "a string that is not UTF-8");
    u->at += len;
    return s;
}

/* Into an array of `size` bytes with a NUL behind it. */
static void take_chars(char *out, unpacker *u, size_t size)
{
    tt_str s = take_string(u, size - 1);
    if (memchr(s.ptr, '\0', s.len) != NULL)
        fail(u, "a string with a NUL");
    memcpy(out, s.ptr, s.len);
    out[s.len] = '\0';
}

/* A number of items that take `least` bytes each. */
static size_t take_count(unpacker *u, size_t least)
{
    size_t count = (size_t)take_number(u, UINT32_MAX - 1);
    if (!u->bad && count > (size_t)(u->end - u->at) / least)
        fail(u, "more items than bytes");
    return u->bad ? 0 : count;
}

static tt_decimal take_decimal(unpacker *u)
{
    tt_decimal number = {0, 0, take_number(u, 1) != 0};
    if (number.known) {
        number.digits = take_signed(u, -TT_PACK_DIGITS_MAX, TT_PACK_DIGITS_MAX);
        number.scale = (uint32_t)take_number(u, TT_PACK_SCALE_MAX);
    }
    return number;
}

static void take_value(tt_value *out, unpacker *u)
{
    take_chars(out->text, u, sizeof out->text);
    if (out->text[0] == '\0')
        fail(u, "a value without a text");
    out->start = (int32_t)take_signed(u, -TT_PACK_DAY_MAX, TT_PACK_DAY_MAX);
    out->end = (int32_t)take_signed(u, out->start, TT_PACK_DAY_MAX);
    out->clock = (int32_t)take_signed(u, -1, TT_PACK_CLOCK_MAX);
    out->seconds = take_decimal(u);
    out->number = take_decimal(u);
    out->number_end = take_decimal(u);
    take_chars(out->unit, u, sizeof out->unit);
    take_chars(out->currency, u, sizeof out->currency);
}

/* The head; then only what the checksum covers is left. */
static void take_head(unpacker *u, const char *magic)
{
    if ((size_t)(u->end - u->at) < TT_PACK_HEAD || memcmp(u->at, magic, TT_PACK_MAGIC) != 0) {
        fail(u, magic[3] == TT_PACK_VALUE[3] ? "not a packed value" : "not a packed document");
        return;
    }
    u->at += TT_PACK_MAGIC;
    unsigned version = *u->at;
    if (version != TT_PACK_VERSION) {
        fail(u, "of another version than this program reads");
        return;
    }
    u->at++;
    uint64_t sum = take_fixed(u, 8);
    if (sum != tt__checksum(u->at, (size_t)(u->end - u->at)))
        fail(u, "the checksum differs: the bytes were cut or changed");
}

static void take_tail(unpacker *u)
{
    if (!u->bad && u->at != u->end)
        fail(u, "more bytes than the whole needs");
}

static unpacker start(tt_str bytes, tt_error *err)
{
    const unsigned char *at = (const unsigned char *)(bytes.len != 0 ? bytes.ptr : "");
    return (unpacker){at, at, at + bytes.len, err, false};
}

tt_status tt_value_unpack(tt_value *out, tt_value_label *label, tt_str bytes, tt_error *err)
{
    unpacker u = start(bytes, err);
    *out = (tt_value){.clock = -1};
    take_head(&u, TT_PACK_VALUE);
    *label = (tt_value_label)take_number(&u, TT_VALUE_LABELS - 1);
    if (!u.bad)
        take_value(out, &u);
    take_tail(&u);
    return u.bad ? TT_ECORPUS : TT_OK;
}

typedef struct {
    const tt_str *at;
    size_t len;
} strings;

static tt_status take_strings(tt_str **out, size_t *len, unpacker *u, tt_arena *arena)
{
    *len = take_count(u, 2);
    *out = tt_arena_calloc(arena, *len, sizeof **out);
    for (size_t i = 0; *out != NULL && i < *len && !u->bad; i++)
        (*out)[i] = take_string(u, UINT32_MAX);
    return *out != NULL ? TT_OK : TT_ENOMEM;
}

/* A kind whose name this version does not have is none. */
static uint32_t take_kind(unpacker *u, const tt_doc_draft *draft, strings kinds, uint32_t label)
{
    size_t name = (size_t)take_number(u, kinds.len);
    return name != 0 && label < draft->label_count ? tt_doc__kind_of(draft->labels[label], kinds.at[name - 1]) : 0;
}

static tt_status take_values(tt_doc_draft *draft, unpacker *u, tt_arena *arena)
{
    enum { LEAST = 9 };
    draft->value_count = take_count(u, LEAST);
    tt_value *values = tt_arena_calloc(arena, draft->value_count, sizeof *values);
    for (size_t i = 0; values != NULL && i < draft->value_count && !u->bad; i++)
        take_value(&values[i], u);
    draft->values = values;
    return values != NULL ? TT_OK : TT_ENOMEM;
}

/* A start and a length; nothing lies behind the text. */
static tt_span take_span(unpacker *u, uint32_t from, size_t text_len)
{
    uint32_t start_at = from + (uint32_t)take_number(u, text_len - from);
    return (tt_span){start_at, start_at + (uint32_t)take_number(u, text_len - start_at)};
}

static tt_status take_layer(tt_doc_draft *draft, unpacker *u, tt_layer layer, strings kinds, tt_arena *arena)
{
    static const uint8_t LEAST[TT_LAYERS] = {[TT_LAYER_BLOCKS] = 3, [TT_LAYER_SENTENCES] = 2, [TT_LAYER_ENTITIES] = 9};
    size_t count = take_count(u, LEAST[layer]);
    tt_item *at = tt_arena_calloc(arena, count, sizeof *at);
    if (at == NULL)
        return TT_ENOMEM;
    draft->at[layer] = at;
    draft->len[layer] = count;
    for (size_t i = 0; i < count && !u->bad; i++) {
        uint32_t from = i == 0 ? 0 : layer == TT_LAYER_ENTITIES ? at[i - 1].byte.start : at[i - 1].byte.end;
        at[i].byte = take_span(u, from, draft->text.len);
        if (layer == TT_LAYER_BLOCKS)
            at[i].kind = (uint32_t)take_number(u, TT_BLOCK_KINDS - 1);
        if (layer != TT_LAYER_ENTITIES)
            continue;
        at[i].kind = (uint32_t)take_number(u, UINT32_MAX);
        at[i].entity_kind = take_kind(u, draft, kinds, at[i].kind);
        at[i].value = (uint32_t)take_number(u, draft->value_count) - 1; /* none: UINT32_MAX */
        uint32_t bits = (uint32_t)take_fixed(u, 4);
        memcpy(&at[i].confidence, &bits, sizeof bits);
    }
    return TT_OK;
}

static tt_status take_document(tt_doc_draft *draft, unpacker *u, tt_arena *arena)
{
    static const tt_layer ORDER[] = {TT_LAYER_BLOCKS, TT_LAYER_SENTENCES, TT_LAYER_ENTITIES};
    draft->layers = (unsigned)take_number(u, TT_LAYER_BIT(TT_LAYERS) - 1);
    take_chars(draft->date, u, sizeof draft->date);
    draft->text = take_string(u, TT_TEXT_MAX);
    draft->source = take_span(u, 0, draft->text.len);
    tt_str *names = NULL;
    size_t name_count = 0;
    tt_status status = take_strings(&draft->labels, &draft->label_count, u, arena);
    if (status == TT_OK)
        status = take_strings(&names, &name_count, u, arena);
    if (status == TT_OK)
        status = take_values(draft, u, arena);
    for (size_t i = 0; status == TT_OK && i < TT_COUNT(ORDER); i++)
        status = take_layer(draft, u, ORDER[i], (strings){names, name_count}, arena);
    take_tail(u);
    return status;
}

tt_status tt_doc_unpack(tt_doc **out, tt_str bytes, tt_error *err)
{
    tt_arena arena;
    tt_doc_draft draft;
    unpacker u = start(bytes, err);
    memset(&draft, 0, sizeof draft);
    tt_arena_init(&arena);
    *out = NULL;
    take_head(&u, TT_PACK_DOCUMENT);
    tt_status status = u.bad ? TT_ECORPUS : take_document(&draft, &u, &arena);
    if (status == TT_ENOMEM)
        tt_fail(err, TT_ENOMEM, 0, "unpack: out of memory");
    else if (u.bad)
        status = TT_ECORPUS;
    else
        status = tt_doc__build(out, &arena, &draft, err);
    tt_arena_free(&arena);
    return status;
}
