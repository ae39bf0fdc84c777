/* view_types.c - Block, Sentence, Entity: a document and an index, nothing copied. */
#include "state.h"

typedef struct {
    PyObject_HEAD PyObject *document;
    const tt_item *item; /* the document's */
    tt_layer layer;
    uint32_t index;
    PyObject *weakrefs;
} ViewObject;

/* The source is in no layer: it brings its item along. */
typedef struct {
    ViewObject view;
    tt_item item;
} SpanObject;

PyTypeObject *view_type(const State *state, tt_layer layer)
{
    return layer == TT_LAYER_BLOCKS ? state->Block : layer == TT_LAYER_SENTENCES ? state->Sentence : state->Entity;
}

PyObject *view_at(PyTypeObject *type, PyObject *document, tt_layer layer, uint32_t index, const tt_item *item)
{
    ViewObject *self = PyObject_New(ViewObject, type);
    if (self == NULL)
        return NULL;
    self->document = Py_NewRef(document);
    self->item = item;
    self->layer = layer;
    self->index = index;
    self->weakrefs = NULL;
    return (PyObject *)self;
}

bool view_again(PyObject *view, uint32_t index, const tt_item *item)
{
    ViewObject *self = (ViewObject *)view;
    if (Py_REFCNT(view) != 1 || self->weakrefs != NULL)
        return false;
    self->item = item;
    self->index = index;
    return true;
}

PyObject *view_new(const State *state, PyObject *document, tt_layer layer, uint32_t index)
{
    return view_at(view_type(state, layer), document, layer, index, &tt_doc_items(document_c(document), layer).at[index]);
}

PyObject *source_view(const State *state, PyObject *document)
{
    tt_item source;
    if (!tt_doc_source(&source, document_c(document)))
        return Py_NewRef(Py_None);
    PyObject *view = view_at(state->Span, document, TT_LAYERS, 0, NULL);
    if (view != NULL) {
        SpanObject *self = (SpanObject *)view;
        self->item = source;
        self->view.item = &self->item;
    }
    return view;
}

static void view_dealloc(PyObject *op)
{
    PyTypeObject *type = Py_TYPE(op);
    if (((ViewObject *)op)->weakrefs != NULL)
        PyObject_ClearWeakRefs(op);
    Py_CLEAR(((ViewObject *)op)->document);
    type->tp_free(op);
    Py_DECREF(type);
}

static const tt_item *item_of(PyObject *op)
{
    return ((const ViewObject *)op)->item;
}

static PyObject *view_start(PyObject *op, void *Py_UNUSED(closure))
{
    return PyLong_FromLong((long)item_of(op)->cp.start);
}

static PyObject *view_end(PyObject *op, void *Py_UNUSED(closure))
{
    return PyLong_FromLong((long)item_of(op)->cp.end);
}

static PyObject *view_text(PyObject *op, void *Py_UNUSED(closure))
{
    return document_slice(((ViewObject *)op)->document, item_of(op)->cp);
}

/* What loops ask of one view after the other, without a look into the type's dictionary. */
static PyObject *view_getattro(PyObject *op, PyObject *name)
{
    if (PyUnicode_CheckExact(name) && PyUnicode_IS_COMPACT_ASCII(name)) {
        const char *text = (const char *)PyUnicode_1BYTE_DATA(name);
        Py_ssize_t len = PyUnicode_GET_LENGTH(name);
        if (len == 3 && memcmp(text, "end", 3) == 0)
            return view_end(op, NULL);
        if (len == 4 && memcmp(text, "text", 4) == 0)
            return view_text(op, NULL);
        if (len == 5 && memcmp(text, "start", 5) == 0)
            return view_start(op, NULL);
    }
    return PyObject_GenericGetAttr(op, name);
}

static PyObject *view_doc(PyObject *op, void *Py_UNUSED(closure))
{
    return Py_NewRef(((ViewObject *)op)->document);
}

static PyObject *view_index(PyObject *op, void *Py_UNUSED(closure))
{
    return PyLong_FromUnsignedLong(((ViewObject *)op)->index);
}

static PyObject *view_bytes(PyObject *op, void *Py_UNUSED(closure))
{
    return Py_BuildValue("II", item_of(op)->byte.start, item_of(op)->byte.end);
}

static PyObject *block_kind(PyObject *op, void *Py_UNUSED(closure))
{
    return PyUnicode_FromString(tt_block_kind_name((tt_block_kind)item_of(op)->kind));
}

/* The view of `layer` that the item lies in. */
static PyObject *parent_view(PyObject *op, tt_layer layer)
{
    State *state = state_of_type(Py_TYPE(op));
    return state ? view_new(state, ((ViewObject *)op)->document, layer, item_of(op)->parent) : NULL;
}

static PyObject *sentence_block(PyObject *op, void *Py_UNUSED(closure))
{
    return parent_view(op, TT_LAYER_BLOCKS);
}

static PyObject *entity_sentence(PyObject *op, void *Py_UNUSED(closure))
{
    return parent_view(op, TT_LAYER_SENTENCES);
}

static PyObject *entity_label(PyObject *op, void *Py_UNUSED(closure))
{
    const ViewObject *self = (const ViewObject *)op;
    return str_of(tt_doc_label(document_c(self->document), item_of(op)->kind));
}

static PyObject *entity_depth(PyObject *op, void *Py_UNUSED(closure))
{
    return PyLong_FromUnsignedLong(item_of(op)->depth);
}

static PyObject *entity_confidence(PyObject *op, void *Py_UNUSED(closure))
{
    return PyFloat_FromDouble(item_of(op)->confidence);
}

static PyObject *entity_kind(PyObject *op, void *Py_UNUSED(closure))
{
    const char *name = tt_kind_name(item_of(op)->entity_kind);
    return name != NULL ? PyUnicode_FromString(name) : Py_NewRef(Py_None);
}

#define VALUE_GETTER(name)                                                                                                     \
    static PyObject *entity_##name(PyObject *op, void *Py_UNUSED(closure))                                                     \
    {                                                                                                                          \
        return value_##name(tt_doc_value(document_c(((ViewObject *)op)->document), item_of(op)));                              \
    }
VALUE_GETTER(text)
VALUE_GETTER(start_date)
VALUE_GETTER(end_date)
VALUE_GETTER(datetime)
VALUE_GETTER(timedelta)
VALUE_GETTER(number)
VALUE_GETTER(number_end)
VALUE_GETTER(unit)
VALUE_GETTER(currency)

/* Mentions come parent first, so a parent is the nearest one before with a smaller depth. */
static PyObject *entity_parent(PyObject *op, void *Py_UNUSED(closure))
{
    const ViewObject *self = (const ViewObject *)op;
    tt_items all = tt_doc_items(document_c(self->document), self->layer);
    State *state = state_of_type(Py_TYPE(op));
    if (state == NULL)
        return NULL;
    for (uint32_t i = self->index; i-- > 0 && all.at[self->index].depth > 0;)
        if (all.at[i].depth < all.at[self->index].depth)
            return view_new(state, self->document, self->layer, i);
    Py_RETURN_NONE;
}

static PyObject *entity_children(PyObject *op, void *Py_UNUSED(closure))
{
    const ViewObject *self = (const ViewObject *)op;
    tt_items all = tt_doc_items(document_c(self->document), self->layer);
    State *state = state_of_type(Py_TYPE(op));
    PyObject *list = state ? PyList_New(0) : NULL;
    uint32_t depth = all.at[self->index].depth;
    for (uint32_t i = self->index + 1; list != NULL && i < all.len && all.at[i].depth > depth; i++) {
        if (all.at[i].depth != depth + 1)
            continue;
        PyObject *view = view_new(state, self->document, self->layer, i);
        if (view == NULL || PyList_Append(list, view) < 0)
            Py_CLEAR(list);
        Py_XDECREF(view);
    }
    return list;
}

static PyObject *named_repr(PyObject *op, PyObject *name)
{
    PyObject *text = show_short(view_text(op, NULL)), *repr = NULL;
    if (name != NULL && text != NULL)
        repr = PyUnicode_FromFormat("<%U %u:%u %R>", name, item_of(op)->cp.start, item_of(op)->cp.end, text);
    Py_XDECREF(text);
    Py_XDECREF(name);
    return repr;
}

static PyObject *block_repr(PyObject *op)
{
    return named_repr(op, block_kind(op, NULL));
}

static PyObject *span_repr(PyObject *op)
{
    return named_repr(op, PyUnicode_FromString("span"));
}

static PyObject *sentence_repr(PyObject *op)
{
    return named_repr(op, PyUnicode_FromString("sentence"));
}

/* With its value behind, where it has one. */
static PyObject *entity_repr(PyObject *op)
{
    PyObject *repr = named_repr(op, entity_label(op, NULL)), *value = repr != NULL ? entity_text(op, NULL) : NULL, *both = NULL;
    if (value == Py_None) {
        Py_DECREF(value);
        return repr;
    }
    PyObject *head = value != NULL ? PyUnicode_Substring(repr, 0, PyUnicode_GET_LENGTH(repr) - 1) : NULL;
    if (head != NULL)
        both = PyUnicode_FromFormat("%U = %U>", head, value);
    Py_XDECREF(head);
    Py_XDECREF(value);
    Py_XDECREF(repr);
    return both;
}

/* Views are equal when they say the same of equal texts: span, kind or label, and value; so gold and prediction can be
 * compared. Those of one text have an order: by start, the longer one first. */
static PyObject *view_compare(PyObject *a, PyObject *b, int operation)
{
    if (Py_TYPE(a) != Py_TYPE(b))
        Py_RETURN_NOTIMPLEMENTED;
    const ViewObject *x = (const ViewObject *)a, *y = (const ViewObject *)b;
    const tt_doc *first = document_c(x->document), *second = document_c(y->document);
    int order = tt_item_compare(first, item_of(a), second, item_of(b), x->layer);
    if (first == second || tt_str_eq(tt_doc_raw(first), tt_doc_raw(second)))
        Py_RETURN_RICHCOMPARE(order, 0, operation);
    if (operation != Py_EQ && operation != Py_NE)
        Py_RETURN_NOTIMPLEMENTED;
    return PyBool_FromLong(operation == Py_NE);
}

Py_hash_t view_mix(Py_hash_t text, uint32_t a, uint32_t b)
{
    uint64_t mixed = ((uint64_t)text ^ ((uint64_t)a << 32 | b)) * UINT64_C(0x9E3779B97F4A7C15);
    Py_hash_t hash = (Py_hash_t)(mixed ^ mixed >> 32);
    return hash == -1 ? -2 : hash;
}

static Py_hash_t view_hash(PyObject *op)
{
    Py_hash_t hash = PyObject_Hash(document_str(((ViewObject *)op)->document));
    return hash == -1 ? -1 : view_mix(hash, item_of(op)->cp.start, item_of(op)->cp.end);
}

PyObject *get_later(PyObject *owner, PyObject *key, bool item)
{
    if (key == NULL) /* and its error stays */
        return NULL;
    PyObject *module = PyImport_ImportModule(item ? "operator" : "builtins"), *result = NULL;
    PyObject *get = module != NULL ? PyObject_GetAttrString(module, item ? "getitem" : "getattr") : NULL;
    if (get != NULL)
        result = Py_BuildValue("(O(OO))", get, owner, key);
    Py_XDECREF(get);
    Py_XDECREF(module);
    Py_DECREF(key);
    return result;
}

/* doc.entities[3] again; of the source, doc.source. */
static PyObject *view_reduce(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    const ViewObject *self = (const ViewObject *)op;
    if (self->layer == TT_LAYERS)
        return get_later(self->document, PyUnicode_FromString("source"), false);
    State *state = state_of_type(Py_TYPE(op));
    PyObject *items = state != NULL ? items_new(state, self->document, self->layer) : NULL;
    PyObject *result = items != NULL ? get_later(items, PyLong_FromUnsignedLong(self->index), true) : NULL;
    Py_XDECREF(items);
    return result;
}

static PyMethodDef view_methods[] = {
    {"__reduce__", view_reduce, METH_NOARGS, NULL},
    COPIES,
    {NULL, NULL, 0, NULL},
};
static PyMemberDef view_members[] = {WEAKREFS(ViewObject), {NULL, 0, 0, 0, NULL}};

#define COMMON                                                                                                                 \
    {"start", view_start, NULL, PyDoc_STR("First code point in doc.text (int)."), NULL},                                       \
        {"end", view_end, NULL, PyDoc_STR("Code point after the last (int)."), NULL},                                          \
        {"text", view_text, NULL, PyDoc_STR("doc.text[start:end] (str)."), NULL},                                              \
        {"doc", view_doc, NULL, PyDoc_STR("The document."), NULL},                                                             \
        {"index", view_index, NULL, PyDoc_STR("Place in its layer (int)."), NULL},                                             \
    {                                                                                                                          \
        "bytes", view_bytes, NULL, PyDoc_STR("(start, end) in bytes of the text's UTF-8."), NULL                               \
    }
#define LAST {NULL, NULL, NULL, NULL, NULL}

static PyGetSetDef block_getset[] = {
    COMMON,
    {"kind", block_kind, NULL,
     PyDoc_STR("nav, title, timestamp, lead, paragraph, heading, caption, credit, source, share or teaser."), NULL},
    LAST,
};
static PyGetSetDef span_getset[] = {COMMON, LAST};
static PyGetSetDef sentence_getset[] = {
    COMMON,
    {"block", sentence_block, NULL, PyDoc_STR("The block it lies in."), NULL},
    LAST,
};
static PyGetSetDef entity_getset[] = {
    COMMON,
    {"label", entity_label, NULL, PyDoc_STR("PER, ORG, LOC, ... (str)."), NULL},
    {"depth", entity_depth, NULL, PyDoc_STR("0 for an outermost mention (int)."), NULL},
    {"confidence", entity_confidence, NULL, PyDoc_STR("How sure the tagger is, 0 to 1 (float)."), NULL},
    {"kind", entity_kind, NULL, PyDoc_STR("What sort of thing it is: country, province, ministry, bank ... (str or None)."),
     NULL},
    {"sentence", entity_sentence, NULL, PyDoc_STR("The sentence it lies in."), NULL},
    {"parent", entity_parent, NULL, PyDoc_STR("The mention around it, or None."), NULL},
    {"children", entity_children, NULL, PyDoc_STR("The mentions directly in it (list)."), NULL},
    {"value", entity_text, NULL, PyDoc_STR("TIMEX3 value, or number and unit (str or None)."), NULL},
    {"start_date", entity_start_date, NULL, PyDoc_STR("First day of a date or time (datetime.date or None)."), NULL},
    {"end_date", entity_end_date, NULL, PyDoc_STR("Day after the last (datetime.date or None)."), NULL},
    {"datetime", entity_datetime, NULL, PyDoc_STR("Day and clock, of a range the first (datetime.datetime or None)."), NULL},
    {"timedelta", entity_timedelta, NULL,
     PyDoc_STR("Length, of a range the shorter (datetime.timedelta or None); years of 365.2425 days."), NULL},
    {"number", entity_number, NULL, PyDoc_STR("Amount, of a range the first (decimal.Decimal or None)."), NULL},
    {"number_end", entity_number_end, NULL, PyDoc_STR("Second amount of a range (decimal.Decimal or None)."), NULL},
    {"unit", entity_unit, NULL, PyDoc_STR("What is counted, as written (str or None)."), NULL},
    {"currency", entity_currency, NULL, PyDoc_STR("ISO 4217 code (str or None)."), NULL},
    LAST,
};

#define SPEC(prefix, Name, Object, doc)                                                                                        \
    static PyType_Slot prefix##_slots[] = {                                                                                    \
        {Py_tp_doc, (void *)PyDoc_STR(doc)}, {Py_tp_dealloc, view_dealloc},                                                    \
        {Py_tp_getset, prefix##_getset},     {Py_tp_methods, view_methods},                                                    \
        {Py_tp_members, view_members},       {Py_tp_repr, prefix##_repr},                                                      \
        {Py_tp_richcompare, view_compare},   {Py_tp_hash, view_hash},                                                          \
        {Py_tp_getattro, view_getattro},     {0, NULL},                                                                        \
    };                                                                                                                         \
    PyType_Spec prefix##_spec = {                                                                                              \
        .name = "tintuc._core." #Name,                                                                                         \
        .basicsize = sizeof(Object),                                                                                           \
        .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,                            \
        .slots = prefix##_slots,                                                                                               \
    };

SPEC(block, Block, ViewObject, "A block of the page: view of a document.")
SPEC(sentence, Sentence, ViewObject, "A sentence: view of a document.")
SPEC(entity, Entity, ViewObject, "A mention of an entity: view of a document.")
SPEC(span, Span, SpanObject, "A piece of the text: view of a document.")
