/* encoding_functions.c - bytes to str and back, and what encoding bytes are in. */
#include "state.h"

/* Name of an encoding, or None, which is `none`; false with an exception set. */
static bool encoding_of_object(tt_encoding *out, const State *state, PyObject *name, tt_encoding none)
{
    tt_error err = {0, ""};
    *out = none;
    if (name == Py_None)
        return true;
    const char *utf8 = PyUnicode_Check(name) ? PyUnicode_AsUTF8(name) : NULL;
    if (utf8 == NULL) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_TypeError, "encoding must be str or None, not %.100s", Py_TYPE(name)->tp_name);
        return false;
    }
    tt_status status = tt_encoding_find(out, utf8, &err);
    if (status != TT_OK)
        raise_status(state, status, &err, NULL);
    return status == TT_OK;
}

static bool repair_of_name(bool *out, const State *state, const char *errors)
{
    tt_error err = {0, ""};
    *out = strcmp(errors, "repair") == 0;
    if (*out || strcmp(errors, "strict") == 0)
        return true;
    tt_fail(&err, TT_EARGUMENT, 0, "errors is 'strict' or 'repair', not '%.40s'", errors);
    raise_status(state, TT_EARGUMENT, &err, NULL);
    return false;
}

/* The bytes of a buffer, in the arena where other threads could change them while they are read; false with an exception set.
 */
static bool bytes_of_view(tt_str *out, tt_arena *arena, const Py_buffer *view)
{
    *out = (tt_str){view->buf, (size_t)view->len};
    if (view->obj != NULL && PyBytes_Check(view->obj))
        return true;
    char *copy = tt_arena_alloc(arena, out->len);
    if (copy == NULL) {
        PyErr_NoMemory();
        return false;
    }
    if (out->len != 0)
        memcpy(copy, out->ptr, out->len);
    out->ptr = copy;
    return true;
}

static PyObject *list_of_places(const tt_decoded *decoded)
{
    PyObject *list = PyList_New((Py_ssize_t)decoded->bad_len);
    for (size_t i = 0; list != NULL && i < decoded->bad_len; i++) {
        PyObject *place = PyLong_FromUnsignedLong(decoded->bad[i]);
        if (place == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, (Py_ssize_t)i, place);
    }
    return list;
}

static PyObject *result_of(const tt_decoded *decoded)
{
    PyObject *text = str_of(decoded->text), *places = text ? list_of_places(decoded) : NULL;
    if (places == NULL) {
        Py_XDECREF(text);
        return NULL;
    }
    return Py_BuildValue("(NsN)", text, tt_encoding_name(decoded->encoding), places);
}

static PyObject *encoding_decode(PyObject *module, PyObject *args)
{
    State *state = state_of_module(module);
    Py_buffer view;
    PyObject *name, *result = NULL;
    const char *errors;
    tt_arena arena = {0};
    tt_error err = {0, ""};
    tt_encoding encoding;
    tt_decoded decoded;
    tt_str bytes;
    bool repair;
    if (!PyArg_ParseTuple(args, "y*Os:decode", &view, &name, &errors))
        return NULL;
    if (encoding_of_object(&encoding, state, name, TT_ENCODING_DETECT) && repair_of_name(&repair, state, errors) &&
        bytes_of_view(&bytes, &arena, &view)) {
        tt_status status;
        Py_BEGIN_ALLOW_THREADS status = tt_decode(&decoded, &arena, bytes, encoding, repair, &err);
        Py_END_ALLOW_THREADS result = status == TT_OK ? result_of(&decoded) : raise_status(state, status, &err, NULL);
    }
    tt_arena_free(&arena);
    PyBuffer_Release(&view);
    return result;
}

static PyObject *encoding_encode(PyObject *module, PyObject *args)
{
    State *state = state_of_module(module);
    PyObject *source, *name, *result;
    tt_arena arena = {0};
    tt_error err = {0, ""};
    tt_encoding encoding;
    tt_str text, bytes;
    tt_status status;
    if (!PyArg_ParseTuple(args, "UO:encode", &source, &name) || !text_of_object(&text, state, source) ||
        !encoding_of_object(&encoding, state, name, TT_ENCODING_DETECT))
        return NULL;
    Py_BEGIN_ALLOW_THREADS status = tt_encode(&bytes, &arena, text, encoding, &err);
    Py_END_ALLOW_THREADS result =
        status == TT_OK ? PyBytes_FromStringAndSize(bytes.ptr, (Py_ssize_t)bytes.len) : raise_status(state, status, &err, NULL);
    tt_arena_free(&arena);
    return result;
}

static PyObject *encoding_detect(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_buffer view;
    tt_guess guess;
    tt_arena arena = {0};
    tt_str bytes;
    if (!PyArg_ParseTuple(args, "y*:detect", &view))
        return NULL;
    bool read = bytes_of_view(&bytes, &arena, &view);
    if (read) {
        Py_BEGIN_ALLOW_THREADS tt_detect(&guess, bytes);
        Py_END_ALLOW_THREADS
    }
    tt_arena_free(&arena);
    PyBuffer_Release(&view);
    return read ? Py_BuildValue("(sd)", tt_encoding_name(guess.encoding), guess.confidence) : NULL;
}

static PyObject *encoding_mojibake(PyObject *module, PyObject *source)
{
    tt_str text;
    tt_mojibake found;
    tt_error err = {0, ""};
    if (!text_of_object(&text, state_of_module(module), source))
        return NULL;
    tt_status status = tt_utf8_check(text, &err);
    if (status != TT_OK)
        return raise_status(state_of_module(module), status, &err, NULL);
    Py_BEGIN_ALLOW_THREADS tt_mojibake_find(&found, text);
    Py_END_ALLOW_THREADS return Py_BuildValue("(nndd)", (Py_ssize_t)found.count, (Py_ssize_t)found.twice, found.share,
                                              found.confidence);
}

PyMethodDef encoding_functions[] = {
    {"decode", encoding_decode, METH_VARARGS,
     PyDoc_STR("decode(data, encoding, errors) -> (str, encoding, bytes that were repaired); None detects the encoding.")},
    {"encode", encoding_encode, METH_VARARGS, PyDoc_STR("encode(text, encoding) -> bytes.")},
    {"detect", encoding_detect, METH_VARARGS, PyDoc_STR("detect(data) -> (encoding, confidence).")},
    {"find_mojibake", encoding_mojibake, METH_O, PyDoc_STR("find_mojibake(text) -> (count, twice, share, confidence).")},
    {NULL, NULL, 0, NULL},
};
