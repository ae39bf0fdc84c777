/* tintuc/document.h - the pipeline from bytes to a document, and the document in offsets of the raw text. */
#ifndef TINTUC_DOCUMENT_H
#define TINTUC_DOCUMENT_H

#include "tintuc/kind.h"
#include "tintuc/value.h"

TT_BEGIN_DECLS

typedef struct tt_pipeline tt_pipeline; /* opaque; read-only after load, so threads may share it */
typedef struct tt_doc tt_doc;           /* opaque; immutable once made, so threads may share it */

/* Layers of a document. ORDER LAYER: names in core/document/layer.c. */
typedef enum { TT_LAYER_BLOCKS, TT_LAYER_SENTENCES, TT_LAYER_WORDS, TT_LAYER_ENTITIES, TT_LAYER_LINKS, TT_LAYERS } tt_layer;
#define TT_LAYER_BIT(layer) (1u << (layer))
/* What this version can make. */
#define TT_LAYERS_MADE (TT_LAYER_BIT(TT_LAYER_BLOCKS) | TT_LAYER_BIT(TT_LAYER_SENTENCES) | TT_LAYER_BIT(TT_LAYER_ENTITIES))

TT_API const char *tt_layer_name(tt_layer layer); /* "blocks", ...; NULL for a number that is none */

/* One block, sentence or entity. Both spans are half open, never empty, never begin or end with white space. */
typedef struct {
    tt_span cp;           /* code points of the raw text */
    tt_span byte;         /* bytes of the raw text */
    uint32_t kind;        /* blocks: tt_block_kind; entities: label index; sentences: 0 */
    uint32_t parent;      /* sentences: block index; entities: sentence index; blocks: own index */
    uint32_t depth;       /* entities: 0 outermost */
    float confidence;     /* entities: 0..1; else 1 */
    uint32_t value;       /* entities: see tt_doc_value; else of no meaning */
    uint32_t entity_kind; /* entities: for tt_kind_name, 0 where it is not known; else of no meaning */
} tt_item;

typedef struct {
    const tt_item *at;
    size_t len;
} tt_items;

typedef struct {
    unsigned layers;  /* TT_LAYER_BIT set; a layer needs the layers before it and they are made too; 0: all made */
    size_t max_bytes; /* longest text accepted; 0: TT_DOC_MAX_BYTES */
    char date[11];    /* publication date "YYYY-MM-DD" given by the caller; "": taken from the page */
} tt_doc_options;

/* Longest text by default: bounds the memory of one document. */
#define TT_DOC_MAX_BYTES ((size_t)32 << 20)

/* Load a pipeline. With path NULL it has no tagger: blocks and sentences only. The caller frees it after the documents made
 * with it. TT_EIO, TT_EMODEL (err->pos is the bad byte of the file), TT_ENOMEM. */
TT_API tt_status tt_pipeline_load(tt_pipeline **out, const char *path, tt_error *err);
TT_API void tt_pipeline_free(tt_pipeline *self); /* NULL is fine */
/* A pipeline with more rules than `self`, whose model it shares; `self` must outlive it. The caller frees *out. Errors as those
 * of tt_rules_with_abbreviations and tt_rules_with_block. */
TT_API tt_status tt_pipeline_with_abbreviations(tt_pipeline **out, const tt_pipeline *self, const tt_str *words, size_t count,
                                                tt_error *err);
TT_API tt_status tt_pipeline_with_block_rule(tt_pipeline **out, const tt_pipeline *self, tt_block_kind kind, tt_str pattern,
                                             tt_error *err);
/* The same with mentions that the tagger must respect; errors as those of tt_mention_rules_with_terms and _with_pattern, and
 * TT_EUNSUPPORTED without a model. */
TT_API tt_status tt_pipeline_with_terms(tt_pipeline **out, const tt_pipeline *self, tt_str label, const tt_str *terms,
                                        size_t count, bool ignore_case, tt_error *err);
TT_API tt_status tt_pipeline_with_pattern(tt_pipeline **out, const tt_pipeline *self, tt_str label, tt_str pattern,
                                          tt_error *err);
/* Labels of the model, then those that rules add. */
TT_API size_t tt_pipeline_label_count(const tt_pipeline *self);
TT_API tt_str tt_pipeline_label(const tt_pipeline *self, size_t label);
TT_API const tt_model *tt_pipeline_model(const tt_pipeline *self); /* NULL without a tagger */

/* Read one page. `raw` must stay alive and unchanged as long as the document; options may be NULL. The caller frees *out.
 * TT_EENCODING, TT_ELIMIT (err->pos is the limit), TT_EUNSUPPORTED for a layer this version lacks, TT_EARGUMENT for a date
 * that is none, TT_ENOMEM. */
TT_API tt_status tt_doc_make(tt_doc **out, const tt_pipeline *self, tt_str raw, const tt_doc_options *options, tt_error *err);
/* Read one page of 16-bit code points, as Python keeps Vietnamese; the document has its own copy, as UTF-8. Errors as above;
 * TT_EENCODING: `text` holds half a surrogate pair, and err->pos is its place. */
TT_API tt_status tt_doc_make_ucs2(tt_doc **out, const tt_pipeline *self, const uint16_t *text, size_t len,
                                  const tt_doc_options *options, tt_error *err);
/* Does it take some microseconds only to read a text of so many bytes, or code points? It does where short ones get no layers
 * but blocks and sentences: to hand them to another thread, or to let others run meanwhile, takes as long. Options may be
 * NULL. */
TT_API bool tt_doc_is_brief(size_t size, const tt_doc_options *options);
TT_API void tt_doc_free(tt_doc *doc); /* NULL is fine */
TT_API tt_str tt_doc_raw(const tt_doc *doc);
TT_API const char *tt_doc_date(const tt_doc *doc);                           /* "YYYY-MM-DD" or "" */
TT_API unsigned tt_doc_layers(const tt_doc *doc);                            /* what was made */
TT_API tt_items tt_doc_items(const tt_doc *doc, tt_layer layer);             /* empty where not made */
TT_API const tt_value *tt_doc_value(const tt_doc *doc, const tt_item *item); /* of an entity; NULL where it has none */
/* The agency or medium that the text comes from: its place; false where none is named. */
TT_API bool tt_doc_source(tt_item *out, const tt_doc *doc);
/* Index of the first title in the layer of blocks; SIZE_MAX where there is none. */
TT_API size_t tt_doc_title(const tt_doc *doc);
/* Is a block of this kind part of the article itself: lead, paragraph or heading? */
TT_API bool tt_block_is_body(tt_block_kind kind);
TT_API const tt_text *tt_doc_text(const tt_doc *doc); /* where it was read back, the view is the raw text */
/* The pipeline that made it; NULL where it was read back, from bytes or JSON. */
TT_API const tt_pipeline *tt_doc_pipeline(const tt_doc *doc);
/* Labels that the kinds of its entities are indexes of: those of the pipeline, or what came along. */
TT_API size_t tt_doc_label_count(const tt_doc *doc);
TT_API tt_str tt_doc_label(const tt_doc *doc, size_t label);
/* Which of two items of a layer comes first: by start, the longer one, kind or name of the label, value; 0: they say the same.
 */
TT_API int tt_item_compare(const tt_doc *a, const tt_item *x, const tt_doc *b, const tt_item *y, tt_layer layer);
TT_API bool tt_doc_layer_equal(const tt_doc *a, const tt_doc *b, tt_layer layer); /* item for item */
/* Do both say the same: text, date, layers made, and in these spans, kinds, labels and values? Not how sure it is. */
TT_API bool tt_doc_equal(const tt_doc *a, const tt_doc *b);
TT_API size_t tt_doc_memory(const tt_doc *doc); /* bytes it holds */

/* Append the document as one JSON line (with its line feed) in the form of DESIGN: keys of layers that were not made are
 * left out. `id` is UTF-8. TT_ENOMEM. */
TT_API tt_status tt_doc_json(tt_buf *out, const tt_doc *doc, tt_str id, tt_error *err);
/* Append {"id", "error": {"code", "message", "byte"}} as one JSON line. TT_ENOMEM. */
TT_API tt_status tt_doc_json_error(tt_buf *out, tt_str id, tt_status status, const tt_error *what, tt_error *err);

/* A document from one JSON line in the form of DESIGN, whoever wrote it; it keeps what it needs of `line`. Spans lose white
 * space at their ends; blocks and sentences that are not given are found by the rules, such that no sentence cuts a mention;
 * members it does not know are passed over. Confidence is 1. Its "id", a string or number, is appended to `id` (NULL is fine),
 * nothing where it has none. TT_ECORPUS: the message names list and place of what is wrong,
 * err->pos is a byte of the line. TT_EENCODING, TT_ELIMIT, TT_ENOMEM. */
TT_API tt_status tt_doc_from_json(tt_doc **out, tt_buf *id, tt_str line, tt_error *err);

/* Append the document, without its pipeline, in a compact form that is the same on every machine. TT_ENOMEM. */
TT_API tt_status tt_doc_pack(tt_buf *out, const tt_doc *doc, tt_error *err);
/* The document again; it keeps what it needs of `bytes`. TT_ECORPUS: of another version, cut, changed, or no document; err->pos
 * is the bad byte. TT_ENOMEM. */
TT_API tt_status tt_doc_unpack(tt_doc **out, tt_str bytes, tt_error *err);
/* The same for one value. */
TT_API tt_status tt_value_pack(tt_buf *out, tt_value_label label, const tt_value *value, tt_error *err);
TT_API tt_status tt_value_unpack(tt_value *out, tt_value_label *label, tt_str bytes, tt_error *err);

TT_END_DECLS
#endif
