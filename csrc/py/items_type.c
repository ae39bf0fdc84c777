/* items_type.c - Items: the blocks, sentences or entities of a document as a sequence; views are made when asked for. */
#include "state.h"

typedef struct {
    PyObject_HEAD PyObject *document;
    tt_layer layer;
    PyObject *weakrefs;
} ItemsObject;

PyObject *items_new(const State *state, PyObject *document, tt_layer layer)
{
    ItemsObject *self = PyObject_New(ItemsObject, state->Items);
    if (self == NULL)
        return NULL;
    self->document = Py_NewRef(document);
    self->layer = layer;
    self->weakrefs = NULL;
    return (PyObject *)self;
}

static void items_dealloc(PyObject *op)
{
    PyTypeObject *type = Py_TYPE(op);
    if (((ItemsObject *)op)->weakrefs != NULL)
        PyObject_ClearWeakRefs(op);
    Py_CLEAR(((ItemsObject *)op)->document);
    type->tp_free(op);
    Py_DECREF(type);
}

static Py_ssize_t items_length(PyObject *op)
{
    ItemsObject *self = (ItemsObject *)op;
    return (Py_ssize_t)tt_doc_items(document_c(self->document), self->layer).len;
}

static PyObject *items_at(PyObject *op, Py_ssize_t i)
{
    ItemsObject *self = (ItemsObject *)op;
    State *state = state_of_type(Py_TYPE(op));
    if (state == NULL)
        return NULL;
    if (i < 0 || i >= items_length(op)) {
        PyErr_SetString(PyExc_IndexError, "index out of range");
        return NULL;
    }
    return view_new(state, self->document, self->layer, (uint32_t)i);
}

static PyObject *items_iter(PyObject *op)
{
    ItemsObject *self = (ItemsObject *)op;
    State *state = state_of_type(Py_TYPE(op));
    return state != NULL ? items_iterator(state, self->document, self->layer) : NULL;
}

static PyObject *items_slice(PyObject *op, PyObject *slice)
{
    Py_ssize_t start, stop, step;
    if (PySlice_Unpack(slice, &start, &stop, &step) < 0)
        return NULL;
    Py_ssize_t count = PySlice_AdjustIndices(items_length(op), &start, &stop, step);
    PyObject *list = PyList_New(count);
    for (Py_ssize_t i = 0; list != NULL && i < count; i++) {
        PyObject *view = items_at(op, start + i * step);
        if (view == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, view);
    }
    return list;
}

static PyObject *items_subscript(PyObject *op, PyObject *key)
{
    if (PySlice_Check(key))
        return items_slice(op, key);
    Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
    if (i == -1 && PyErr_Occurred())
        return NULL;
    return items_at(op, i < 0 ? i + items_length(op) : i);
}

#define SHOWN 10 /* items in a repr */

static PyObject *items_repr(PyObject *op)
{
    Py_ssize_t count = items_length(op);
    PyObject *list = PySequence_GetSlice(op, 0, count < SHOWN ? count : SHOWN), *repr = list ? PyObject_Repr(list) : NULL;
    Py_XDECREF(list);
    if (repr == NULL || count <= SHOWN)
        return repr;
    PyObject *head = PyUnicode_Substring(repr, 0, PyUnicode_GET_LENGTH(repr) - 1), *cut = NULL;
    if (head != NULL)
        cut = PyUnicode_FromFormat("%U, ... %zd more]", head, count - SHOWN);
    Py_XDECREF(head);
    Py_DECREF(repr);
    return cut;
}

/* Equal when both are of one layer of equal texts, and equal item for item. */
static PyObject *items_compare(PyObject *a, PyObject *b, int operation)
{
    if (Py_TYPE(a) != Py_TYPE(b) || (operation != Py_EQ && operation != Py_NE))
        Py_RETURN_NOTIMPLEMENTED;
    const ItemsObject *x = (const ItemsObject *)a, *y = (const ItemsObject *)b;
    const tt_doc *first = document_c(x->document), *second = document_c(y->document);
    bool same =
        x->layer == y->layer && tt_str_eq(tt_doc_raw(first), tt_doc_raw(second)) && tt_doc_layer_equal(first, second, x->layer);
    return PyBool_FromLong(same == (operation == Py_EQ));
}

static Py_hash_t items_hash(PyObject *op)
{
    const ItemsObject *self = (const ItemsObject *)op;
    Py_hash_t hash = PyObject_Hash(document_str(self->document));
    return hash == -1 ? -1 : view_mix(hash, (uint32_t)self->layer, (uint32_t)items_length(op));
}

static PyObject *items_index(PyObject *op, PyObject *item)
{
    Py_ssize_t at = PySequence_Index(op, item);
    return at < 0 ? NULL : PyLong_FromSsize_t(at);
}

static PyObject *items_count(PyObject *op, PyObject *item)
{
    Py_ssize_t count = PySequence_Count(op, item);
    return count < 0 ? NULL : PyLong_FromSsize_t(count);
}

/* The first or the last border of every item, as int. */
static PyObject *borders(PyObject *op, bool ends)
{
    const ItemsObject *self = (const ItemsObject *)op;
    tt_items items = tt_doc_items(document_c(self->document), self->layer);
    PyObject *list = PyList_New((Py_ssize_t)items.len);
    for (size_t i = 0; list != NULL && i < items.len; i++) {
        PyObject *number = PyLong_FromLong((long)(ends ? items.at[i].cp.end : items.at[i].cp.start)); /* <= TT_TEXT_MAX */
        if (number == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, (Py_ssize_t)i, number);
    }
    return list;
}

static PyObject *items_starts(PyObject *op, void *Py_UNUSED(closure))
{
    return borders(op, false);
}

static PyObject *items_ends(PyObject *op, void *Py_UNUSED(closure))
{
    return borders(op, true);
}

/* doc.entities again. */
static PyObject *items_reduce(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    const ItemsObject *self = (const ItemsObject *)op;
    return get_later(self->document, Py_BuildValue("s", tt_layer_name(self->layer)), false);
}

static PyMethodDef items_methods[] = {
    {"index", items_index, METH_O,
     PyDoc_STR("index(item) -> int: place of the first item equal to it; ValueError without one.")},
    {"count", items_count, METH_O, PyDoc_STR("count(item) -> int: how many items are equal to it.")},
    {"__reduce__", items_reduce, METH_NOARGS, NULL},
    COPIES,
    SHOWS,
    {NULL, NULL, 0, NULL},
};
static PyMemberDef items_members[] = {WEAKREFS(ItemsObject), {NULL, 0, 0, 0, NULL}};

static PyGetSetDef items_getset[] = {
    {"starts", items_starts, NULL, PyDoc_STR("The start of every item (list of int), as [x.start for x in items], but sooner."),
     NULL},
    {"ends", items_ends, NULL, PyDoc_STR("The end of every item (list of int), as [x.end for x in items], but sooner."), NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot items_slots[] = {
    {Py_tp_doc, (void *)PyDoc_STR("Sequence of the views of one layer of a document.")},
    {Py_tp_dealloc, items_dealloc},
    {Py_tp_repr, items_repr},
    {Py_tp_richcompare, items_compare},
    {Py_tp_hash, items_hash},
    {Py_tp_methods, items_methods},
    {Py_tp_members, items_members},
    {Py_tp_getset, items_getset},
    {Py_tp_iter, items_iter},
    {Py_sq_length, items_length},
    {Py_sq_item, items_at},
    {Py_mp_length, items_length},
    {Py_mp_subscript, items_subscript},
    {0, NULL},
};

PyType_Spec items_spec = {
    .name = "tintuc._core.Items",
    .basicsize = sizeof(ItemsObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_SEQUENCE,
    .slots = items_slots,
};
