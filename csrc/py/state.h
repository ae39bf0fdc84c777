/* state.h - the module's state and the types every binding file shares. Objects are frozen once built. */
#ifndef TT_PY_STATE_H
#define TT_PY_STATE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <structmember.h>

#include "tintuc/tintuc.h"

/* ORDER TYPE: the one list of types; state, exec, traverse and clear all use it. */
#define FOR_EACH_TYPE(X)                                                                                                       \
    X(Pipeline, pipeline_spec)                                                                                                 \
    X(Document, document_spec)                                                                                                 \
    X(Items, items_spec)                                                                                                       \
    X(ItemsIterator, items_iterator_spec)                                                                                      \
    X(Block, block_spec)                                                                                                       \
    X(Span, span_spec)                                                                                                         \
    X(Sentence, sentence_spec)                                                                                                 \
    X(Entity, entity_spec)                                                                                                     \
    X(Value, value_spec)                                                                                                       \
    X(Pool, pool_spec)                                                                                                         \
    X(Alignment, alignment_spec)

/* ORDER STATUS: an exception for each status but TT_OK and TT_ENOMEM (MemoryError). */
#define FOR_EACH_ERROR(X)                                                                                                      \
    X(FileError, TT_EIO, "A file could not be opened, read or written.")                                                       \
    X(EncodingError, TT_EENCODING, "Input that is not text in its encoding; byte is the first bad byte.")                      \
    X(ModelError, TT_EMODEL, "A model file that is missing, damaged or of another version; byte is the bad byte.")             \
    X(CorpusError, TT_ECORPUS, "A corpus or lexicon that breaks its form; the message has file and line.")                     \
    X(LimitError, TT_ELIMIT, "Input beyond a stated limit; byte is the limit.")                                                \
    X(ArgumentError, TT_EARGUMENT, "A call that cannot be meant.")                                                             \
    X(UnsupportedError, TT_EUNSUPPORTED, "A capability that this version does not have.")                                      \
    X(CancelledError, TT_ECANCELLED, "Work that was stopped on request.")

typedef struct {
#define FIELD(name, spec) PyTypeObject *name;
    FOR_EACH_TYPE(FIELD)
#undef FIELD
    PyObject *Error;
#define FIELD(name, status, doc) PyObject *name;
    FOR_EACH_ERROR(FIELD)
#undef FIELD
    PyObject *layer_names[TT_LAYERS]; /* interned */
    PyObject *layers_name;            /* "layers", interned: the argument */
    PyObject *module;                 /* borrowed */
} State;

#define DECLARE(name, spec) extern PyType_Spec spec;
FOR_EACH_TYPE(DECLARE)
#undef DECLARE

State *state_of_module(PyObject *module);
State *state_of_type(PyTypeObject *type); /* of a type of this module or a subclass */

/* Set the exception for a status; `path` may be NULL. Returns NULL. */
PyObject *raise_status(const State *state, tt_status status, const tt_error *err, const char *path);

/* UTF-8 of a str or bytes object, which must stay alive; false with an exception set for anything else. */
bool text_of_object(tt_str *out, const State *state, PyObject *object);
/* What a document is made of, which must stay alive as long: the core reads Vietnamese as Python stores it, in two bytes a
 * character. False with an exception set for what is no text. */
typedef struct {
    const uint16_t *units; /* NULL: it is `raw` */
    size_t unit_count;
    tt_str raw;
} given_text;
bool given_of_object(given_text *out, const State *state, PyObject *object);
/* Publication date from None, str or datetime.date into date[11]; false with an exception set. */
bool date_of_object(char date[11], const State *state, PyObject *object);
/* Bit set of layers from an int, or 0 from NULL; false with an exception set. */
bool layer_bits_of_object(unsigned *out, PyObject *object);
/* Bit set of the layers that None or an iterable of str names; false with an exception set. */
bool layers_of_object(unsigned *out, const State *state, PyObject *layers);
int add_layer_names(State *state);
PyObject *str_of(tt_str s);

/* A method that gives the object itself: the copy, or deep copy, of what never changes. */
PyObject *py_itself(PyObject *op, PyObject *ignored);
/* Member of a type whose objects have a field `weakrefs`. */
#define WEAKREFS(Type) {"__weaklistoffset__", T_PYSSIZET, offsetof(Type, weakrefs), READONLY, NULL}
#define COPIES                                                                                                                 \
    {"__copy__", py_itself, METH_NOARGS, NULL},                                                                                \
    {                                                                                                                          \
        "__deepcopy__", py_itself, METH_O, NULL                                                                                \
    }

/* Wrap a document that reads `source` (str or bytes) and was made by `pipeline`, or one that was read back, where both are
 * NULL; steals `doc` even when it fails. */
PyObject *document_new(const State *state, PyObject *pipeline, PyObject *source, tt_doc *doc);
const tt_doc *document_c(PyObject *document);
PyObject *document_str(PyObject *document); /* its text, borrowed */
const tt_pipeline *pipeline_c(PyObject *pipeline);
PyObject *items_new(const State *state, PyObject *document, tt_layer layer);
PyObject *items_iterator(const State *state, PyObject *document, tt_layer layer);
PyObject *view_new(const State *state, PyObject *document, tt_layer layer, uint32_t index);
/* The same where all is known: its type (borrowed), and `item`, which is the document's. */
PyTypeObject *view_type(const State *state, tt_layer layer);
PyObject *view_at(PyTypeObject *type, PyObject *document, tt_layer layer, uint32_t index, const tt_item *item);
/* The source of the document, a view of layer TT_LAYERS; None where it has none. */
PyObject *source_view(const State *state, PyObject *document);
/* Make a view of the same layer one of another item, where only the caller knows of it; false where not. */
bool view_again(PyObject *view, uint32_t index, const tt_item *item);
/* Mix of a text's hash and two numbers; never -1. */
Py_hash_t view_mix(Py_hash_t text, uint32_t a, uint32_t b);
/* What pickle calls to have owner.key, or owner[key], again; steals `key`. */
PyObject *get_later(PyObject *owner, PyObject *key, bool item);
/* doc.text[start:end] as a new str. */
PyObject *document_slice(PyObject *document, tt_span cp);

/* How documents and lists of views show themselves: method definitions, drawn in Python. show_methods.c */
PyObject *show_html(PyObject *op, PyObject *ignored);
PyObject *show_rich(PyObject *op, PyObject *ignored);
PyObject *show_table(PyObject *op, PyObject *args, PyObject *kwargs); /* doc.table(...) */
#define SHOWS                                                                                                                  \
    {"_repr_html_", show_html, METH_NOARGS, PyDoc_STR("HTML for a notebook (str); tintuc.show(x, limit=None) shows all.")},    \
    {                                                                                                                          \
        "__rich__", show_rich, METH_NOARGS, PyDoc_STR("A table for rich.print.")                                               \
    }
/* At most 60 characters of a text for a repr: steals `text`, which may be NULL. */
PyObject *show_short(PyObject *text);

/* What of a value Python shows: each a new reference, None where `value` is NULL or has no such thing. value_type.c */
PyObject *value_text(const tt_value *value);
PyObject *value_start_date(const tt_value *value);
PyObject *value_end_date(const tt_value *value);
PyObject *value_datetime(const tt_value *value);
PyObject *value_timedelta(const tt_value *value);
PyObject *value_number(const tt_value *value);
PyObject *value_number_end(const tt_value *value);
PyObject *value_unit(const tt_value *value);
PyObject *value_currency(const tt_value *value);

extern PyMethodDef document_forms[]; /* methods of a document: other forms of it, and back. document_forms.c */
extern PyMethodDef layer_functions[];
extern PyMethodDef value_functions[];
extern PyMethodDef text_functions[];
extern PyMethodDef encoding_functions[];
extern PyMethodDef train_functions[];
extern PyMethodDef table_functions[];

#endif
