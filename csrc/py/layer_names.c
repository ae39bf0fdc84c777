/* layer_names.c - layers as callers name them: an iterable of str becomes a bit set. */
#include "state.h"

/* The layer of a name; TT_LAYERS for what is none. Names in a program's text are the very objects that the state has. */
static unsigned layer_of(const State *state, PyObject *name)
{
    unsigned layer = 0;
    while (layer < TT_LAYERS && name != state->layer_names[layer])
        layer++;
    if (layer < TT_LAYERS || !PyUnicode_Check(name))
        return layer;
    for (layer = 0; layer < TT_LAYERS; layer++)
        if (PyUnicode_CompareWithASCIIString(name, tt_layer_name((tt_layer)layer)) == 0)
            break;
    return layer;
}

static bool refuse(const State *state, PyObject *name, tt_status status)
{
    tt_error err;
    PyObject *repr = PyObject_Repr(name);
    const char *text = repr != NULL ? PyUnicode_AsUTF8(repr) : NULL;
    if (text != NULL && status == TT_EUNSUPPORTED)
        tt_fail(&err, status, 0, "layer %.99s: not in tintuc %s", text, tt_version());
    else if (text != NULL)
        tt_fail(&err, status, 0, "layer %.99s is none of blocks, sentences, words, entities, links", text); /* ORDER LAYER */
    if (text != NULL)
        raise_status(state, status, &err, NULL);
    Py_XDECREF(repr);
    return false;
}

static bool add_layer(unsigned *bits, const State *state, PyObject *name)
{
    unsigned layer = layer_of(state, name);
    if (layer == TT_LAYERS)
        return refuse(state, name, TT_EARGUMENT);
    if ((TT_LAYERS_MADE & TT_LAYER_BIT(layer)) == 0)
        return refuse(state, name, TT_EUNSUPPORTED);
    *bits |= TT_LAYER_BIT(layer);
    return true;
}

bool layers_of_object(unsigned *out, const State *state, PyObject *layers)
{
    *out = 0;
    if (layers == NULL || layers == Py_None)
        return true;
    if (PyTuple_CheckExact(layers)) {
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(layers); i++)
            if (!add_layer(out, state, PyTuple_GET_ITEM(layers, i)))
                return false;
        return true;
    }
    if (PyUnicode_Check(layers)) { /* else its letters would be the names */
        PyErr_SetString(PyExc_TypeError, "layers: an iterable of str, not a str");
        return false;
    }
    PyObject *iterator = PyObject_GetIter(layers), *name;
    bool good = iterator != NULL;
    while (good && (name = PyIter_Next(iterator)) != NULL) {
        good = add_layer(out, state, name);
        Py_DECREF(name);
    }
    Py_XDECREF(iterator);
    return good && PyErr_Occurred() == NULL;
}

int add_layer_names(State *state)
{
    for (unsigned layer = 0; layer < TT_LAYERS; layer++) {
        state->layer_names[layer] = PyUnicode_InternFromString(tt_layer_name((tt_layer)layer));
        if (state->layer_names[layer] == NULL)
            return -1;
    }
    state->layers_name = PyUnicode_InternFromString("layers");
    return state->layers_name != NULL ? 0 : -1;
}

static PyObject *layer_bits(PyObject *module, PyObject *layers)
{
    unsigned bits;
    return layers_of_object(&bits, state_of_module(module), layers) ? PyLong_FromUnsignedLong(bits) : NULL;
}

PyMethodDef layer_functions[] = {
    {"layer_bits", layer_bits, METH_O, PyDoc_STR("layer_bits(layers) -> int: bit set of named layers; 0 (all made) for None.")},
    {NULL, NULL, 0, NULL},
};
