/* document_forms.c - a document as JSON, as a dict, as bytes for other processes, and back. */
#include "state.h"

static PyObject *to_json(PyObject *op, PyObject *arg)
{
    tt_buf line = {NULL, 0, 0};
    tt_str id;
    tt_error err = {0, ""};
    State *state = state_of_type(Py_TYPE(op));
    if (state == NULL || !text_of_object(&id, state, arg))
        return NULL;
    tt_status status = tt_doc_json(&line, document_c(op), id, &err);
    PyObject *json = status == TT_OK ? PyUnicode_DecodeUTF8(line.ptr, (Py_ssize_t)line.len - 1, NULL)
                                     : raise_status(state, status, &err, NULL);
    tt_buf_free(&line);
    return json;
}

static PyObject *call_json(const char *function, PyObject *arg)
{
    PyObject *json = PyImport_ImportModule("json");
    PyObject *result = json != NULL ? PyObject_CallMethod(json, function, "O", arg) : NULL;
    Py_XDECREF(json);
    return result;
}

static PyObject *to_dict(PyObject *op, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"id", NULL};
    PyObject *id = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|O:to_dict", names, &id))
        return NULL;
    PyObject *given = id != Py_None ? Py_NewRef(id) : PyUnicode_FromString("");
    PyObject *line = given != NULL ? to_json(op, given) : NULL, *dict = line != NULL ? call_json("loads", line) : NULL;
    if (dict != NULL && id == Py_None && PyDict_DelItemString(dict, "id") < 0)
        Py_CLEAR(dict);
    Py_XDECREF(line);
    Py_XDECREF(given);
    return dict;
}

/* A document; with `with_id` the pair of its id, or None, and the document. */
static PyObject *read_line(PyObject *type, PyObject *arg, bool with_id)
{
    tt_str line;
    tt_buf id = {NULL, 0, 0};
    tt_doc *doc = NULL;
    tt_error err = {0, ""};
    tt_status status;
    State *state = state_of_type((PyTypeObject *)type);
    if (state == NULL || !text_of_object(&line, state, arg))
        return NULL;
    Py_BEGIN_ALLOW_THREADS status = tt_doc_from_json(&doc, with_id ? &id : NULL, line, &err);
    Py_END_ALLOW_THREADS PyObject *document =
        status == TT_OK ? document_new(state, NULL, NULL, doc) : raise_status(state, status, &err, NULL);
    PyObject *result = document;
    if (with_id && document != NULL)
        result = Py_BuildValue("(NN)", id.len != 0 ? str_of((tt_str){id.ptr, id.len}) : Py_NewRef(Py_None), document);
    tt_buf_free(&id);
    return result;
}

static PyObject *from_json(PyObject *type, PyObject *arg)
{
    return read_line(type, arg, false);
}

static PyObject *from_line(PyObject *type, PyObject *arg)
{
    return read_line(type, arg, true);
}

static PyObject *from_dict(PyObject *type, PyObject *arg)
{
    PyObject *line = call_json("dumps", arg), *document = line != NULL ? from_json(type, line) : NULL;
    Py_XDECREF(line);
    return document;
}

static PyObject *to_bytes(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    tt_buf packed = {NULL, 0, 0};
    tt_error err = {0, ""};
    State *state = state_of_type(Py_TYPE(op));
    if (state == NULL)
        return NULL;
    tt_status status = tt_doc_pack(&packed, document_c(op), &err);
    PyObject *bytes = status == TT_OK ? PyBytes_FromStringAndSize(packed.ptr, (Py_ssize_t)packed.len)
                                      : raise_status(state, status, &err, NULL);
    tt_buf_free(&packed);
    return bytes;
}

static PyObject *from_bytes(PyObject *type, PyObject *arg)
{
    Py_buffer view;
    tt_doc *doc = NULL;
    tt_error err = {0, ""};
    tt_status status;
    State *state = state_of_type((PyTypeObject *)type);
    if (state == NULL || PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    tt_str bytes = {view.buf, (size_t)view.len};
    Py_BEGIN_ALLOW_THREADS status = tt_doc_unpack(&doc, bytes, &err);
    Py_END_ALLOW_THREADS PyBuffer_Release(&view);
    return status == TT_OK ? document_new(state, NULL, NULL, doc) : raise_status(state, status, &err, NULL);
}

static PyObject *reduce(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    PyObject *read = PyObject_GetAttrString((PyObject *)Py_TYPE(op), "from_bytes"), *bytes = to_bytes(op, NULL);
    PyObject *result = read != NULL && bytes != NULL ? Py_BuildValue("(O(O))", read, bytes) : NULL;
    Py_XDECREF(read);
    Py_XDECREF(bytes);
    return result;
}

PyMethodDef document_forms[] = {
    {"to_json", to_json, METH_O, PyDoc_STR("to_json(id) -> str: the document as one JSON line, without line feed.")},
    {"from_json", from_json, METH_O | METH_CLASS,
     PyDoc_STR("from_json(line) -> Document: a document from one JSON line, whoever wrote it; no model is needed.\n\n"
               "Blocks and sentences that are missing are found by the rules, such that no border cuts a mention; members that "
               "are not known are passed over. CorpusError names list and place of what is wrong, as in \"entities[3].end\".")},
    {"_from_line", from_line, METH_O | METH_CLASS, NULL},
    {"to_dict", (PyCFunction)(void (*)(void))to_dict, METH_VARARGS | METH_KEYWORDS,
     PyDoc_STR("to_dict(id=None) -> dict: what to_json writes, as Python objects; \"id\" only where it is given.")},
    {"from_dict", from_dict, METH_O | METH_CLASS, PyDoc_STR("from_dict(data) -> Document: as from_json.")},
    {"to_bytes", to_bytes, METH_NOARGS,
     PyDoc_STR("to_bytes() -> bytes: all of the document but its pipeline, checksummed, the same on every machine.")},
    {"from_bytes", from_bytes, METH_O | METH_CLASS,
     PyDoc_STR("from_bytes(data) -> Document: what to_bytes wrote; CorpusError where it was cut or changed.")},
    {"table", (PyCFunction)(void (*)(void))show_table, METH_VARARGS | METH_KEYWORDS,
     PyDoc_STR("table(layer=\"entities\", id=None) -> tintuc.Table: its blocks, sentences or entities as columns.")},
    {"__reduce__", reduce, METH_NOARGS, NULL},
    COPIES,
    SHOWS,
    {NULL, NULL, 0, NULL},
};
