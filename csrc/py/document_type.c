/* document_type.c - Document: what was read in one text; it keeps the text and the pipeline alive. */
#include "state.h"

typedef struct {
    PyObject_HEAD PyObject *pipeline, *source; /* source: the str or bytes the core may read */
    PyObject *text;                            /* the str that offsets count in */
    tt_doc *doc;
    PyObject *weakrefs;
} DocumentObject;

const tt_doc *document_c(PyObject *document)
{
    return ((DocumentObject *)document)->doc;
}

PyObject *document_new(const State *state, PyObject *pipeline, PyObject *source, tt_doc *doc)
{
    PyObject *text = source != NULL && PyUnicode_Check(source) ? Py_NewRef(source) : str_of(tt_doc_raw(doc));
    DocumentObject *self = text != NULL ? PyObject_GC_New(DocumentObject, state->Document) : NULL;
    if (self == NULL) {
        Py_XDECREF(text);
        tt_doc_free(doc);
        return NULL;
    }
    self->pipeline = Py_XNewRef(pipeline);
    self->source = Py_XNewRef(source);
    self->text = text;
    self->doc = doc;
    self->weakrefs = NULL;
    PyObject_GC_Track(self);
    return (PyObject *)self;
}

static void document_dealloc(PyObject *op)
{
    DocumentObject *self = (DocumentObject *)op;
    PyTypeObject *type = Py_TYPE(op);
    PyObject_GC_UnTrack(op);
    if (self->weakrefs != NULL)
        PyObject_ClearWeakRefs(op);
    tt_doc_free(self->doc); /* before what it points into */
    Py_CLEAR(self->source);
    Py_CLEAR(self->text);
    Py_CLEAR(self->pipeline);
    type->tp_free(op);
    Py_DECREF(type);
}

/* No tp_clear: a document is immutable and its source and text are str or bytes, so a cycle can only run through a pipeline's
 * subclass, which breaks it. */
static int document_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(op));
    Py_VISIT(((DocumentObject *)op)->pipeline);
    return 0;
}

PyObject *document_str(PyObject *document)
{
    return ((DocumentObject *)document)->text;
}

/* A piece of two bytes a character stays so from the first letter that needs them: in Vietnamese that comes soon. */
PyObject *document_slice(PyObject *document, tt_span cp)
{
    PyObject *text = ((DocumentObject *)document)->text;
    Py_ssize_t len = (Py_ssize_t)(cp.end - cp.start), narrow = 0;
    if (PyUnicode_KIND(text) != PyUnicode_2BYTE_KIND || len == PyUnicode_GET_LENGTH(text))
        return PyUnicode_Substring(text, (Py_ssize_t)cp.start, (Py_ssize_t)cp.end);
    const Py_UCS2 *from = PyUnicode_2BYTE_DATA(text) + cp.start;
    while (narrow < len && from[narrow] <= 0xFF)
        narrow++;
    if (narrow == len)
        return PyUnicode_FromKindAndData(PyUnicode_2BYTE_KIND, from, len);
    PyObject *piece = PyUnicode_New(len, 0xFFFF);
    if (piece != NULL)
        memcpy(PyUnicode_2BYTE_DATA(piece), from, (size_t)len * sizeof *from);
    return piece;
}

static PyObject *document_text(PyObject *op, void *Py_UNUSED(closure))
{
    return Py_NewRef(((DocumentObject *)op)->text);
}

static PyObject *document_date(PyObject *op, void *Py_UNUSED(closure))
{
    const char *date = tt_doc_date(document_c(op));
    return *date ? PyUnicode_FromString(date) : Py_NewRef(Py_None);
}

static PyObject *document_layers(PyObject *op, void *Py_UNUSED(closure))
{
    return PyLong_FromUnsignedLong(tt_doc_layers(document_c(op)));
}

static PyObject *document_pipeline(PyObject *op, void *Py_UNUSED(closure))
{
    PyObject *pipeline = ((DocumentObject *)op)->pipeline;
    return Py_NewRef(pipeline != NULL ? pipeline : Py_None);
}

static PyObject *document_memory(PyObject *op, void *Py_UNUSED(closure))
{
    return PyLong_FromSize_t(tt_doc_memory(document_c(op)));
}

/* The closure is the layer. A layer that was not made is an error, never an empty answer. */
static PyObject *document_layer(PyObject *op, void *closure)
{
    tt_layer layer = (tt_layer)(intptr_t)closure;
    State *state = state_of_type(Py_TYPE(op));
    if (state == NULL)
        return NULL;
    if ((tt_doc_layers(document_c(op)) & TT_LAYER_BIT(layer)) != 0)
        return items_new(state, op, layer);
    tt_error err;
    tt_status status = (TT_LAYERS_MADE & TT_LAYER_BIT(layer)) != 0 ? TT_EARGUMENT : TT_EUNSUPPORTED;
    tt_fail(&err, status, 0,
            status == TT_EARGUMENT ? "%s: this document was made without them: ask for the layer"
                                   : "%s: not made by tintuc %s yet",
            tt_layer_name(layer), tt_version());
    return raise_status(state, status, &err, NULL);
}

/* The blocks, or NULL with an exception set where they were not made. */
static const tt_items *blocks_of(State **state, tt_items *out, PyObject *op)
{
    PyObject *blocks = document_layer(op, (void *)(intptr_t)TT_LAYER_BLOCKS); /* for its error */
    *state = state_of_type(Py_TYPE(op));
    Py_XDECREF(blocks);
    *out = tt_doc_items(document_c(op), TT_LAYER_BLOCKS);
    return blocks != NULL && *state != NULL ? out : NULL;
}

static PyObject *document_title(PyObject *op, void *Py_UNUSED(closure))
{
    State *state;
    tt_items blocks;
    if (blocks_of(&state, &blocks, op) == NULL)
        return NULL;
    size_t title = tt_doc_title(document_c(op));
    return title != SIZE_MAX ? view_new(state, op, TT_LAYER_BLOCKS, (uint32_t)title) : Py_NewRef(Py_None);
}

static PyObject *document_source(PyObject *op, void *Py_UNUSED(closure))
{
    State *state;
    tt_items blocks;
    if (blocks_of(&state, &blocks, op) == NULL)
        return NULL;
    return source_view(state, op);
}

static PyObject *document_body(PyObject *op, void *Py_UNUSED(closure))
{
    State *state;
    tt_items blocks;
    PyObject *list = blocks_of(&state, &blocks, op) != NULL ? PyList_New(0) : NULL;
    for (size_t i = 0; list != NULL && i < blocks.len; i++) {
        if (!tt_block_is_body((tt_block_kind)blocks.at[i].kind))
            continue;
        PyObject *view = view_new(state, op, TT_LAYER_BLOCKS, (uint32_t)i);
        if (view == NULL || PyList_Append(list, view) < 0)
            Py_CLEAR(list);
        Py_XDECREF(view);
    }
    return list;
}

static PyObject *document_body_text(PyObject *op, void *Py_UNUSED(closure))
{
    PyObject *body = document_body(op, NULL), *border = PyUnicode_FromString("\n"), *joined = NULL;
    for (Py_ssize_t i = 0; body != NULL && i < PyList_GET_SIZE(body); i++) {
        PyObject *text = PyObject_GetAttrString(PyList_GET_ITEM(body, i), "text");
        if (text == NULL || PyList_SetItem(body, i, text) < 0)
            Py_CLEAR(body);
    }
    if (body != NULL && border != NULL)
        joined = PyUnicode_Join(border, body);
    Py_XDECREF(border);
    Py_XDECREF(body);
    return joined;
}

static Py_ssize_t document_length(PyObject *op)
{
    return PyUnicode_GET_LENGTH(((DocumentObject *)op)->text);
}

/* The title, shortened, or NULL without an exception where there is none. */
static PyObject *title_text(PyObject *op)
{
    const tt_doc *doc = document_c(op);
    size_t title = tt_doc_title(doc);
    return title != SIZE_MAX ? show_short(document_slice(op, tt_doc_items(doc, TT_LAYER_BLOCKS).at[title].cp)) : NULL;
}

/* "11 blocks, 12 sentences, 37 entities": the layers that were made. */
static PyObject *layer_counts(const tt_doc *doc)
{
    PyObject *counts = PyUnicode_FromString("");
    for (int layer = 0; counts != NULL && layer < TT_LAYERS; layer++) {
        if ((tt_doc_layers(doc) & TT_LAYERS_MADE & TT_LAYER_BIT(layer)) == 0)
            continue;
        PyObject *longer = PyUnicode_FromFormat("%U%s%zu %s", counts, PyUnicode_GET_LENGTH(counts) > 0 ? ", " : "",
                                                tt_doc_items(doc, (tt_layer)layer).len, tt_layer_name((tt_layer)layer));
        Py_SETREF(counts, longer);
    }
    return counts;
}

static PyObject *document_repr(PyObject *op)
{
    const tt_doc *doc = document_c(op);
    const char *date = tt_doc_date(doc), *comma = *date ? ", " : "";
    PyObject *title = title_text(op), *counts = NULL, *repr = NULL;
    if (title == NULL && PyErr_Occurred())
        return NULL;
    counts = layer_counts(doc);
    if (counts != NULL && title != NULL)
        repr =
            PyUnicode_FromFormat("<Document of %zd characters%s%s, %R: %U>", document_length(op), comma, date, title, counts);
    else if (counts != NULL)
        repr = PyUnicode_FromFormat("<Document of %zd characters%s%s: %U>", document_length(op), comma, date, counts);
    Py_XDECREF(counts);
    Py_XDECREF(title);
    return repr;
}

/* Documents are equal when they say the same: text, date, layers, spans, labels, kinds and values. */
static PyObject *document_compare(PyObject *a, PyObject *b, int operation)
{
    if (Py_TYPE(a) != Py_TYPE(b) || (operation != Py_EQ && operation != Py_NE))
        Py_RETURN_NOTIMPLEMENTED;
    bool same = a == b || tt_doc_equal(document_c(a), document_c(b));
    return PyBool_FromLong(same == (operation == Py_EQ));
}

static Py_hash_t document_hash(PyObject *op)
{
    return PyObject_Hash(document_str(op));
}

#define LAYER(layer) ((void *)(intptr_t)(layer))
static PyGetSetDef document_getset[] = {
    {"text", document_text, NULL, PyDoc_STR("The text as given (str); offsets count its code points."), NULL},
    {"date", document_date, NULL, PyDoc_STR("Publication date, given or read off the page (ISO str or None)."), NULL},
    {"title", document_title, NULL, PyDoc_STR("The block that is the title, or None."), NULL},
    {"source", document_source, NULL, PyDoc_STR("The agency or medium named in a byline, dateline or credit (Span or None)."),
     NULL},
    {"body", document_body, NULL, PyDoc_STR("Leads, paragraphs and headings, without the rest of the page (list of Block)."),
     NULL},
    {"body_text", document_body_text, NULL, PyDoc_STR("The text of the body, a line a block (str)."), NULL},
    {"layers", document_layers, NULL, PyDoc_STR("Bit set of the layers that were made (int)."), NULL},
    {"pipeline", document_pipeline, NULL, PyDoc_STR("The pipeline that made it; None where it was read back."), NULL},
    {"memory", document_memory, NULL, PyDoc_STR("Bytes the core holds for it (int)."), NULL},
    {"blocks", document_layer, NULL, PyDoc_STR("Blocks of the page, in order."), LAYER(TT_LAYER_BLOCKS)},
    {"sentences", document_layer, NULL, PyDoc_STR("Sentences, in order."), LAYER(TT_LAYER_SENTENCES)},
    {"words", document_layer, NULL, PyDoc_STR("Words: UnsupportedError in this version."), LAYER(TT_LAYER_WORDS)},
    {"entities", document_layer, NULL, PyDoc_STR("Mentions by start, longer first."), LAYER(TT_LAYER_ENTITIES)},
    {"facts", document_layer, NULL, PyDoc_STR("Facts: UnsupportedError in this version."), LAYER(TT_LAYER_LINKS)},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMemberDef document_members[] = {WEAKREFS(DocumentObject), {NULL, 0, 0, 0, NULL}};

static PyType_Slot document_slots[] = {
    {Py_tp_doc,
     (void *)PyDoc_STR(
         "What was read in one text; made by a Pipeline or read back with from_bytes, from_dict or from_json. It never "
         "changes.")},
    {Py_tp_dealloc, document_dealloc},
    {Py_tp_traverse, document_traverse},
    {Py_tp_methods, document_forms},
    {Py_tp_members, document_members},
    {Py_tp_richcompare, document_compare},
    {Py_tp_hash, document_hash},
    {Py_tp_getset, document_getset},
    {Py_tp_repr, document_repr},
    {Py_sq_length, document_length},
    {0, NULL},
};

PyType_Spec document_spec = {
    .name = "tintuc._core.Document",
    .basicsize = sizeof(DocumentObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = document_slots,
};
