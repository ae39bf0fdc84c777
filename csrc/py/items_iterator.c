/* items_iterator.c - walks a layer of a document: the views are made one after the other, with nothing looked up twice. */
#include "state.h"

typedef struct {
    PyObject_HEAD PyObject *document; /* NULL when all were given */
    PyTypeObject *type;               /* of the views */
    tt_items items;
    tt_layer layer;
    uint32_t next;
} IteratorObject;

PyObject *items_iterator(const State *state, PyObject *document, tt_layer layer)
{
    IteratorObject *self = (IteratorObject *)state->ItemsIterator->tp_alloc(state->ItemsIterator, 0);
    if (self == NULL)
        return NULL;
    self->document = Py_NewRef(document);
    self->type = (PyTypeObject *)Py_NewRef(view_type(state, layer));
    self->items = tt_doc_items(document_c(document), layer);
    self->layer = layer;
    return (PyObject *)self;
}

static void iterator_dealloc(PyObject *op)
{
    PyTypeObject *type = Py_TYPE(op);
    IteratorObject *self = (IteratorObject *)op;
    Py_CLEAR(self->document);
    Py_CLEAR(self->type);
    type->tp_free(op);
    Py_DECREF(type);
}

static PyObject *iterator_next(PyObject *op)
{
    IteratorObject *self = (IteratorObject *)op;
    if (self->next == self->items.len) {
        Py_CLEAR(self->document);
        return NULL;
    }
    PyObject *view = view_at(self->type, self->document, self->layer, self->next, &self->items.at[self->next]);
    self->next += view != NULL;
    return view;
}

static PyObject *iterator_length_hint(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    const IteratorObject *self = (const IteratorObject *)op;
    return PyLong_FromSize_t(self->items.len - self->next);
}

static PyMethodDef iterator_methods[] = {
    {"__length_hint__", iterator_length_hint, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot iterator_slots[] = {
    {Py_tp_doc, (void *)PyDoc_STR("Walks the views of one layer of a document.")},
    {Py_tp_dealloc, iterator_dealloc},
    {Py_tp_iter, PyObject_SelfIter},
    {Py_tp_iternext, iterator_next},
    {Py_tp_methods, iterator_methods},
    {0, NULL},
};

PyType_Spec items_iterator_spec = {
    .name = "tintuc._core.ItemsIterator",
    .basicsize = sizeof(IteratorObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = iterator_slots,
};
