/* items_iterator.c - walks a layer of a document: the views are made one after the other, with nothing looked up twice. A view
 * that nobody has kept is used again: a loop holds on to one while it asks for the next, so there are two in turn. */
#include "state.h"

typedef struct {
    PyObject_HEAD PyObject *document; /* NULL when all were given */
    PyTypeObject *type;               /* of the views */
    tt_items items;
    tt_layer layer;
    uint32_t next;
    PyObject *made[2]; /* the last two views */
} IteratorObject;

PyObject *items_iterator(const State *state, PyObject *document, tt_layer layer)
{
    IteratorObject *self = PyObject_New(IteratorObject, state->ItemsIterator);
    if (self == NULL)
        return NULL;
    self->document = Py_NewRef(document);
    self->type = (PyTypeObject *)Py_NewRef(view_type(state, layer));
    self->items = tt_doc_items(document_c(document), layer);
    self->layer = layer;
    self->next = 0;
    self->made[0] = self->made[1] = NULL;
    return (PyObject *)self;
}

static void forget(IteratorObject *self)
{
    Py_CLEAR(self->made[0]);
    Py_CLEAR(self->made[1]);
    Py_CLEAR(self->document);
}

static void iterator_dealloc(PyObject *op)
{
    PyTypeObject *type = Py_TYPE(op);
    IteratorObject *self = (IteratorObject *)op;
    forget(self);
    Py_CLEAR(self->type);
    type->tp_free(op);
    Py_DECREF(type);
}

static PyObject *iterator_next(PyObject *op)
{
    IteratorObject *self = (IteratorObject *)op;
    if (self->next == self->items.len) {
        forget(self);
        return NULL;
    }
    uint32_t index = self->next;
    PyObject **made = &self->made[index % 2], *kept = *made;
    const tt_item *item = &self->items.at[index];
    if (kept != NULL && view_again(kept, index, item)) {
        self->next = index + 1;
        return Py_NewRef(kept);
    }
    PyObject *view = view_at(self->type, self->document, self->layer, index, item);
    if (view == NULL)
        return NULL;
    self->next = index + 1;
#ifndef Py_GIL_DISABLED /* else another thread may know of it */
    *made = Py_NewRef(view);
    Py_XDECREF(kept); /* last: who has a weak reference to it is told, and may ask for more */
#endif
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
