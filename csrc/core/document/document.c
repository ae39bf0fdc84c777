/* document.c - runs the stages over one text and keeps what the document shows. */
#include "document/document_impl.h"

#include "base/alloc.h"
#include "base/date.h"
#include "page/map.h"
#include "text/nfc.h"
#include "text/ucs2.h"

#include <string.h>

static tt_status no_memory(tt_error *err)
{
    return tt_fail(err, TT_ENOMEM, 0, "document: out of memory");
}

/* The layers to make: those asked for and those they need. */
static tt_status choose_layers(unsigned *out, const tt_pipeline *self, unsigned asked, tt_error *err)
{
    unsigned can = TT_LAYERS_MADE;
    if (self->tagger == NULL)
        can &= ~TT_LAYER_BIT(TT_LAYER_ENTITIES);
    if (asked >= TT_LAYER_BIT(TT_LAYERS))
        return tt_fail(err, TT_EARGUMENT, 0, "0x%x is no set of layers", asked);
    *out = asked != 0 ? asked : can;
    for (unsigned layer = 0; layer < TT_LAYERS; layer++) {
        if ((*out & ~can & TT_LAYER_BIT(layer)) == 0)
            continue;
        bool model_missing = TT_LAYERS_MADE & TT_LAYER_BIT(layer);
        return tt_fail(err, TT_EUNSUPPORTED, 0,
                       model_missing ? "the layer \"%s\" needs a model" : "no layer \"%s\" in this version",
                       tt_layer_name((tt_layer)layer));
    }
    for (unsigned layer = TT_LAYERS; layer-- > 0;) /* no layer without the ones before it */
        if (*out >> layer != 0)
            *out |= can & TT_LAYER_BIT(layer);
    return TT_OK;
}

/* What a document is made of: UTF-8, or 16-bit code points where `units` is not NULL. */
typedef struct {
    tt_str raw;
    const uint16_t *units;
    size_t unit_count;
    bool quiet; /* nothing in it is to be normalized but syllables */
} source_text;

static size_t limit_of(const tt_doc_options *options)
{
    size_t limit = options->max_bytes != 0 ? options->max_bytes : TT_DOC_MAX_BYTES;
    return limit < TT_TEXT_MAX ? limit : TT_TEXT_MAX;
}

static tt_status check_size(const tt_doc_options *options, size_t size, tt_error *err)
{
    size_t limit = limit_of(options);
    return size <= limit ? TT_OK : tt_fail(err, TT_ELIMIT, limit, "the text is longer than the limit of %zu bytes", limit);
}

/* Says which code point is no text, where one is not; else leaves `status` as it is. */
static tt_status name_half(tt_status status, const source_text *from, tt_error *err)
{
    size_t half = from->units != NULL ? tt__ucs2_half(from->units, from->unit_count) : 0;
    if (from->units == NULL || half == from->unit_count)
        return status;
    return tt_fail(err, TT_EENCODING, half, "code point %zu is half a surrogate pair and no text: replace it", half);
}

/* Code points to UTF-8; there may be too many bytes now. Halves of surrogate pairs are no UTF-8, which the view finds out. */
static tt_status encode(source_text *from, tt_arena *arena, const tt_doc_options *options, tt_error *err)
{
    char *utf8 = tt_arena_alloc(arena, 3 * from->unit_count + TT_UCS2_SLACK);
    if (utf8 == NULL)
        return no_memory(err);
    tt_ucs2 made = tt__ucs2_encode(utf8, from->units, from->unit_count);
    from->raw = (tt_str){utf8, made.size};
    from->quiet = made.quiet;
    tt_status status = check_size(options, made.size, err);
    return status == TT_OK ? TT_OK : name_half(status, from, err);
}

static tt_status check_options(const tt_doc_options *options, size_t size, tt_error *err)
{
    size_t date_len = strnlen(options->date, sizeof options->date);
    if (date_len != 0 && !tt__date_is_real((tt_str){options->date, date_len}))
        return tt_fail(err, TT_EARGUMENT, 0, "date \"%.*s\" is not a day in the form YYYY-MM-DD", (int)date_len, options->date);
    return check_size(options, size, err);
}

static tt_status make_view(tt_text *out, tt_arena *arena, const source_text *from, bool words, tt_error *err)
{
    if (from->quiet && !words)
        return tt__text_known(out, arena, from->raw, err);
    /* blocks and sentences are the same wherever the marks of a syllable stand */
    unsigned steps = words ? TT_PRESET_VIEW : TT_PRESET_VIEW & ~(TT_STEP_BIT(TT_STEP_MARKS) | TT_STEP_BIT(TT_STEP_TONE_OLD));
    return tt_normalize(out, NULL, arena, from->raw, steps, err);
}

/* As if there were nothing to do for the stages that may be left out; text and page are always made. */
static void skip_stages(tt_stages *out)
{
    out->page.date[0] = '\0';
    out->sentences = (tt_sentences){NULL, 0};
    out->tokens = (tt_tokens){NULL, 0};
    out->entities = (tt_entities){NULL, 0};
    out->kinds = NULL;
    out->values = (tt_values){NULL, 0, NULL};
}

static tt_status run_stages(tt_stages *out, tt_arena *arena, const tt_pipeline *self, const source_text *from, unsigned layers,
                            tt_error *err)
{
    tt_status status = make_view(&out->text, arena, from, (layers >> TT_LAYER_WORDS) != 0, err);
    if (status == TT_EENCODING)
        status = name_half(status, from, err);
    if (status == TT_OK)
        status = tt_page_make_with(&out->page, arena, self->rules, &out->text, err);
    if (status == TT_OK && from->quiet && (layers >> TT_LAYER_WORDS) == 0) {
        status = tt__map_index(&out->text.raw_index, arena, out->page.map, err);
        out->text.norm_index = out->text.raw_index;
    }
    if (status == TT_OK && (layers >> TT_LAYER_SENTENCES) != 0)
        status = tt_sentences_make_with(&out->sentences, arena, self->rules, &out->text, &out->page, err);
    if (status == TT_OK && (layers >> TT_LAYER_WORDS) != 0)
        status = tt_tokens_make(&out->tokens, arena, &out->text, &out->sentences, err);
    if (status == TT_OK && (layers >> TT_LAYER_ENTITIES) != 0)
        status = tt_tagger_run_with(&out->entities, arena, self->tagger, self->mentions, &out->text, &out->page,
                                    &out->sentences, &out->tokens, err);
    if (status == TT_OK && out->entities.len != 0) {
        out->kinds = tt_entity_kinds_make(arena, self->tagger, &out->tokens, &out->entities);
        status = out->kinds != NULL ? TT_OK : no_memory(err);
    }
    return status;
}

/* Values of the entities, counted from the page's day or the caller's. */
static tt_status run_values(tt_stages *out, tt_arena *arena, const tt_pipeline *self, const char *date, tt_error *err)
{
    const tt_entities *entities = &out->entities;
    tt_value_mention *mentions = tt_arena_calloc(arena, entities->len, sizeof *mentions);
    if (mentions == NULL)
        return no_memory(err);
    for (size_t i = 0; i < entities->len; i++) {
        const tt_entity *entity = &entities->at[i];
        mentions[i].span.start = out->tokens.at[entity->tokens.start].span.start;
        mentions[i].span.end = out->tokens.at[entity->tokens.end - 1].span.end;
        mentions[i].label = self->value_labels[entity->label];
    }
    return tt_values_make(&out->values, arena, &out->text, &out->page, mentions, entities->len, date, err);
}

static tt_status fill(tt_doc **out, const tt_pipeline *self, source_text *from, unsigned layers, const tt_doc_options *options,
                      tt_error *err)
{
    tt_arena_room room;
    tt_arena arena;
    tt_stages stages;
    skip_stages(&stages);
    tt__arena_lend(&arena, &room, self->spares);
    tt_doc doc = {.pipeline = self, .layers = layers, .owns_text = from->units != NULL};
    tt_status status = from->units != NULL ? encode(from, &arena, options, err) : TT_OK;
    if (status == TT_OK)
        status = run_stages(&stages, &arena, self, from, layers, err);
    const char *date = options->date[0] != '\0' ? options->date : stages.page.date;
    if (status == TT_OK && stages.entities.len != 0)
        status = run_values(&stages, &arena, self, date, err);
    if (status == TT_OK)
        status = tt_doc__place(doc.items, &arena, &stages, err);
    if (status != TT_OK)
        goto done;
    memcpy(doc.date, date, sizeof doc.date);
    doc.values = stages.values.at;
    doc.value_count = stages.values.len;
    doc.text = stages.text;
    doc.source_later = stages.text.norm.ptr == stages.text.raw.ptr && stages.text.norm.len == stages.text.raw.len;
    if (!doc.source_later)
        doc.source = tt_doc__place_source(&stages);
    status = tt_doc__keep(out, &doc, err);
done:
    tt_arena_free(&arena);
    return status;
}

static tt_status make(tt_doc **out, const tt_pipeline *self, source_text *from, const tt_doc_options *options, tt_error *err)
{
    static const tt_doc_options DEFAULTS = {0, 0, ""};
    unsigned layers = 0;
    *out = NULL;
    if (options == NULL)
        options = &DEFAULTS;
    tt_status status = check_options(options, from->units != NULL ? from->unit_count : from->raw.len, err);
    if (status == TT_OK)
        status = choose_layers(&layers, self, options->layers, err);
    return status == TT_OK ? fill(out, self, from, layers, options, err) : status;
}

tt_status tt_doc_make(tt_doc **out, const tt_pipeline *self, tt_str raw, const tt_doc_options *options, tt_error *err)
{
    source_text from = {.raw = raw};
    return make(out, self, &from, options, err);
}

tt_status tt_doc_make_ucs2(tt_doc **out, const tt_pipeline *self, const uint16_t *text, size_t len,
                           const tt_doc_options *options, tt_error *err)
{
    source_text from = {.units = text, .unit_count = len};
    return make(out, self, &from, options, err);
}

bool tt_doc_is_brief(size_t size, const tt_doc_options *options)
{
    enum { BRIEF = 8192, QUICK = TT_LAYER_BIT(TT_LAYER_BLOCKS) | TT_LAYER_BIT(TT_LAYER_SENTENCES) };
    return options != NULL && options->layers != 0 && (options->layers & ~(unsigned)QUICK) == 0 && size <= BRIEF;
}
