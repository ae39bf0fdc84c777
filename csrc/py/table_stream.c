/* table_stream.c - a stream of record batches over an iterator of documents, made while a reader pulls.
 *
 * The reader may be any library on any thread, and knows nothing of Python: each call takes the GIL, and what the iterator
 * raises becomes the stream's last error. */
#include "state.h"

#include <errno.h>

enum { ERROR_SIZE = 256 };

typedef struct {
    PyObject *iterator; /* of (Document, id); NULL at its end */
    PyObject *document, *id;
    size_t at; /* first item of `document` that is not in the table */
    tt_table *table;
    tt_layer layer;
    size_t batch_rows;
    PyTypeObject *Document;
    char error[ERROR_SIZE];
} Source;

static const char STREAM[] = "arrow_array_stream", SCHEMA[] = "arrow_schema";

static int fail_with(Source *self, tt_status status, const tt_error *err)
{
    snprintf(self->error, sizeof self->error, "%s", err->msg);
    return status == TT_ENOMEM ? ENOMEM : EINVAL;
}

/* Take away the half of a letter that a message of `len` bytes may end with after it was cut. */
static void cut_whole(char error[ERROR_SIZE], size_t len)
{
    size_t end = ERROR_SIZE - 1;
    if (len <= end)
        return;
    while (end > 0 && ((unsigned char)error[end - 1] & 0xC0) == 0x80)
        end--;
    error[end != 0 && (unsigned char)error[end - 1] >= 0xC0 ? end - 1 : end] = '\0';
}

/* The Python exception as the last error: type and message, cut to what fits. */
static int fail_with_exception(Source *self)
{
    PyObject *type, *value, *trace;
    PyErr_Fetch(&type, &value, &trace);
    PyErr_NormalizeException(&type, &value, &trace);
    PyObject *text = value != NULL ? PyUnicode_FromFormat("%s: %S", Py_TYPE(value)->tp_name, value) : NULL;
    const char *utf8 = text != NULL ? PyUnicode_AsUTF8(text) : NULL;
    snprintf(self->error, sizeof self->error, "%s", utf8 != NULL ? utf8 : "an exception that has no words");
    cut_whole(self->error, utf8 != NULL ? strlen(utf8) : 0);
    PyErr_Clear();
    Py_XDECREF(text);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(trace);
    return EIO;
}

static bool take_pair(Source *self, PyObject *pair)
{
    PyObject *document, *id;
    if (!PyArg_ParseTuple(pair, "O!U;a table is made of (Document, str)", self->Document, &document, &id))
        return false;
    Py_XSETREF(self->document, Py_NewRef(document));
    Py_XSETREF(self->id, Py_NewRef(id));
    self->at = 0;
    return true;
}

/* The next document, or the end; 0, or an error number. */
static int next_document(Source *self)
{
    PyObject *pair = PyIter_Next(self->iterator);
    bool good = pair != NULL && take_pair(self, pair);
    Py_XDECREF(pair);
    if (good)
        return 0;
    if (PyErr_Occurred())
        return fail_with_exception(self);
    Py_CLEAR(self->iterator);
    return 0;
}

static int add_rows(Source *self)
{
    tt_error err = {0, ""};
    Py_ssize_t len;
    const char *utf8 = PyUnicode_AsUTF8AndSize(self->id, &len);
    if (utf8 == NULL)
        return fail_with_exception(self);
    const tt_doc *doc = document_c(self->document);
    tt_status status = tt_table_add(&self->at, self->table, doc, (tt_str){utf8, (size_t)len}, self->batch_rows, &err);
    if (status != TT_OK)
        return fail_with(self, status, &err);
    if (self->at >= tt_doc_items(doc, self->layer).len) {
        Py_CLEAR(self->document);
        Py_CLEAR(self->id);
    }
    return 0;
}

static int fill_batch(Source *self, struct ArrowArray *out)
{
    int error = 0;
    tt_error err = {0, ""};
    while (error == 0 && tt_table_rows(self->table) < self->batch_rows && (self->document != NULL || self->iterator != NULL))
        error = self->document != NULL ? add_rows(self) : next_document(self);
    if (error != 0 || tt_table_rows(self->table) == 0)
        return error;
    tt_status status = tt_table_take(out, self->table, &err);
    return status == TT_OK ? 0 : fail_with(self, status, &err);
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    Source *self = stream->private_data;
    out->release = NULL; /* the end, unless there is a batch */
    PyGILState_STATE gil = PyGILState_Ensure();
    int error = fill_batch(self, out);
    PyGILState_Release(gil);
    return error;
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    Source *self = stream->private_data;
    tt_error err = {0, ""};
    tt_status status = tt_table_schema(out, self->layer, &err);
    return status == TT_OK ? 0 : fail_with(self, status, &err);
}

static const char *get_last_error(struct ArrowArrayStream *stream)
{
    const Source *self = stream->private_data;
    return self->error[0] != '\0' ? self->error : NULL;
}

static void free_source(Source *self)
{
    if (self == NULL)
        return;
    Py_XDECREF(self->iterator);
    Py_XDECREF(self->document);
    Py_XDECREF(self->id);
    Py_XDECREF(self->Document);
    tt_table_free(self->table);
    PyMem_RawFree(self);
}

static void release_stream(struct ArrowArrayStream *stream)
{
    stream->release = NULL;
    if (!Py_IsInitialized()) /* a reader that outlives the interpreter: nothing of it is left to be freed */
        return;
    PyGILState_STATE gil = PyGILState_Ensure();
    free_source(stream->private_data);
    PyGILState_Release(gil);
}

/* A reader moves the stream out of the capsule; the rest is ours. */
static void free_stream_capsule(PyObject *capsule)
{
    struct ArrowArrayStream *stream = PyCapsule_GetPointer(capsule, STREAM);
    if (stream->release != NULL)
        stream->release(stream);
    PyMem_RawFree(stream);
}

static void free_schema_capsule(PyObject *capsule)
{
    struct ArrowSchema *schema = PyCapsule_GetPointer(capsule, SCHEMA);
    if (schema->release != NULL)
        schema->release(schema);
    PyMem_RawFree(schema);
}

static Source *new_source(const State *state, PyObject *iterable, tt_layer layer, Py_ssize_t batch_rows)
{
    tt_error err = {0, ""};
    PyObject *iterator = PyObject_GetIter(iterable);
    Source *self = iterator != NULL ? PyMem_RawCalloc(1, sizeof *self) : NULL;
    if (self == NULL) {
        Py_XDECREF(iterator);
        if (!PyErr_Occurred())
            PyErr_NoMemory();
        return NULL;
    }
    self->iterator = iterator;
    self->Document = (PyTypeObject *)Py_NewRef((PyObject *)state->Document);
    self->layer = layer;
    self->batch_rows = (size_t)batch_rows;
    tt_status status = batch_rows < 1 ? tt_fail(&err, TT_EARGUMENT, 0, "batch_rows must be 1 or more")
                                      : tt_table_new(&self->table, layer, &err);
    if (status == TT_OK)
        return self;
    raise_status(state, status, &err, NULL);
    free_source(self);
    return NULL;
}

static PyObject *table_stream(PyObject *module, PyObject *args)
{
    PyObject *iterable;
    int layer;
    Py_ssize_t batch_rows;
    if (!PyArg_ParseTuple(args, "Oin:table_stream", &iterable, &layer, &batch_rows))
        return NULL;
    Source *source = new_source(state_of_module(module), iterable, (tt_layer)layer, batch_rows);
    struct ArrowArrayStream *stream = source != NULL ? PyMem_RawMalloc(sizeof *stream) : NULL;
    if (stream == NULL) {
        free_source(source);
        return PyErr_Occurred() ? NULL : PyErr_NoMemory();
    }
    *stream = (struct ArrowArrayStream){get_schema, get_next, get_last_error, release_stream, source};
    PyObject *capsule = PyCapsule_New(stream, STREAM, free_stream_capsule);
    if (capsule == NULL) {
        release_stream(stream);
        PyMem_RawFree(stream);
    }
    return capsule;
}

static PyObject *table_schema(PyObject *module, PyObject *arg)
{
    tt_error err = {0, ""};
    long layer = PyLong_AsLong(arg);
    if (layer == -1 && PyErr_Occurred())
        return NULL;
    struct ArrowSchema *schema = PyMem_RawMalloc(sizeof *schema);
    if (schema == NULL)
        return PyErr_NoMemory();
    tt_status status = tt_table_schema(schema, (tt_layer)layer, &err);
    PyObject *capsule = status == TT_OK ? PyCapsule_New(schema, SCHEMA, free_schema_capsule)
                                        : raise_status(state_of_module(module), status, &err, NULL);
    if (capsule == NULL) {
        if (schema->release != NULL)
            schema->release(schema);
        PyMem_RawFree(schema);
    }
    return capsule;
}

static PyObject *table_columns(PyObject *Py_UNUSED(module), PyObject *arg)
{
    long layer = PyLong_AsLong(arg);
    if (layer == -1 && PyErr_Occurred())
        return NULL;
    size_t count = tt_table_column_count((tt_layer)layer);
    PyObject *names = PyTuple_New((Py_ssize_t)count);
    for (size_t i = 0; names != NULL && i < count; i++) {
        PyObject *name = PyUnicode_FromString(tt_table_column_name((tt_layer)layer, i));
        if (name != NULL)
            PyTuple_SET_ITEM(names, (Py_ssize_t)i, name);
        else
            Py_CLEAR(names);
    }
    return names;
}

PyMethodDef table_functions[] = {
    {"table_stream", table_stream, METH_VARARGS,
     PyDoc_STR("table_stream(pairs, layer, batch_rows) -> capsule: batches of (Document, id) pairs, made as they are pulled.")},
    {"table_schema", table_schema, METH_O, PyDoc_STR("table_schema(layer) -> capsule: names and types of its columns.")},
    {"table_columns", table_columns, METH_O, PyDoc_STR("table_columns(layer) -> tuple of str: names of its columns.")},
    {NULL, NULL, 0, NULL},
};
