/* pipeline_type.c - Pipeline: a loaded model, shared by threads; calling it reads one text. */
#include "state.h"

typedef struct {
    PyObject_HEAD
    tt_pipeline *pipeline; /* NULL only in an object whose construction failed */
    size_t max_bytes;
} PipelineObject;

const tt_pipeline *pipeline_c(PyObject *pipeline)
{
    return ((PipelineObject *)pipeline)->pipeline;
}

static PyObject *pipeline_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"path", "max_bytes", NULL};
    PyObject *path = NULL, *result = NULL;
    Py_ssize_t max_bytes = (Py_ssize_t)TT_DOC_MAX_BYTES;
    tt_pipeline *pipeline = NULL;
    tt_error err = {0, ""};
    tt_status status;
    State *state = state_of_type(type);
    if (state == NULL || !PyArg_ParseTupleAndKeywords(args, kwargs, "O&|n:Pipeline", names, PyUnicode_FSConverter, &path, &max_bytes))
        return NULL;
    const char *name = PyBytes_AS_STRING(path);
    Py_BEGIN_ALLOW_THREADS
    status = tt_pipeline_load(&pipeline, name, &err);
    Py_END_ALLOW_THREADS
    if (max_bytes <= 0 || (size_t)max_bytes > TT_TEXT_MAX)
        status = tt_fail(&err, TT_EARGUMENT, 0, "max_bytes must be from 1 to %zu", TT_TEXT_MAX);
    if (status != TT_OK) {
        raise_status(state, status, &err, name);
        goto done;
    }
    PipelineObject *self = (PipelineObject *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->pipeline = pipeline;
        self->max_bytes = (size_t)max_bytes;
        pipeline = NULL;
        result = (PyObject *)self;
    }
done:
    tt_pipeline_free(pipeline);
    Py_XDECREF(path);
    return result;
}

static void pipeline_dealloc(PyObject *op)
{
    PyTypeObject *type = Py_TYPE(op);
    PyObject_GC_UnTrack(op);
    tt_pipeline_free(((PipelineObject *)op)->pipeline);
    type->tp_free(op);
    Py_DECREF(type);
}

static int pipeline_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(op));
    return 0;
}

static PyObject *pipeline_read(PyObject *op, PyObject *args)
{
    PipelineObject *self = (PipelineObject *)op;
    PyObject *source, *date = NULL;
    unsigned layers = 0;
    tt_str raw;
    tt_doc *doc = NULL;
    tt_error err = {0, ""};
    tt_status status;
    State *state = state_of_type(Py_TYPE(op));
    tt_doc_options options = {.max_bytes = self->max_bytes};
    if (state == NULL || !PyArg_ParseTuple(args, "O|OI:read", &source, &date, &layers) || !text_of_object(&raw, state, source) ||
        !date_of_object(options.date, state, date))
        return NULL;
    options.layers = layers;
    Py_BEGIN_ALLOW_THREADS
    status = tt_doc_make(&doc, self->pipeline, raw, &options, &err);
    Py_END_ALLOW_THREADS
    return status == TT_OK ? document_new(state, op, source, doc) : raise_status(state, status, &err, NULL);
}

static PyObject *pipeline_labels(PyObject *op, void *Py_UNUSED(closure))
{
    const tt_pipeline *pipeline = pipeline_c(op);
    size_t count = tt_pipeline_label_count(pipeline);
    PyObject *labels = PyTuple_New((Py_ssize_t)count);
    for (size_t i = 0; labels != NULL && i < count; i++) {
        PyObject *label = str_of(tt_pipeline_label(pipeline, i));
        if (label == NULL)
            Py_CLEAR(labels);
        else
            PyTuple_SET_ITEM(labels, (Py_ssize_t)i, label);
    }
    return labels;
}

static PyObject *pipeline_checksum(PyObject *op, void *Py_UNUSED(closure))
{
    char digits[17]; /* PyUnicode_FromFormat knows no widths for long long before 3.12 */
    PyOS_snprintf(digits, sizeof digits, "%016llx", (unsigned long long)tt_model_checksum(tt_pipeline_model(pipeline_c(op))));
    return PyUnicode_FromString(digits);
}

static PyObject *pipeline_size(PyObject *op, void *Py_UNUSED(closure))
{
    return PyLong_FromSize_t(tt_model_size(tt_pipeline_model(pipeline_c(op))));
}

static PyObject *pipeline_max_bytes(PyObject *op, void *Py_UNUSED(closure))
{
    return PyLong_FromSize_t(((PipelineObject *)op)->max_bytes);
}

static PyMethodDef pipeline_methods[] = {
    {"read", pipeline_read, METH_VARARGS, PyDoc_STR("read(text, date=None, layers=0) -> Document. layers: bit set, 0 for all.")},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef pipeline_getset[] = {
    {"labels", pipeline_labels, NULL, PyDoc_STR("Entity labels the model knows (tuple of str)."), NULL},
    {"model_checksum", pipeline_checksum, NULL, PyDoc_STR("Checksum of the model file (16 hexadecimal digits)."), NULL},
    {"model_size", pipeline_size, NULL, PyDoc_STR("Bytes of the model file (int)."), NULL},
    {"max_bytes", pipeline_max_bytes, NULL, PyDoc_STR("Longest text accepted, in bytes of UTF-8 (int)."), NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot pipeline_slots[] = {
    {Py_tp_doc, (void *)PyDoc_STR("Pipeline(path, max_bytes=MAX_BYTES): a loaded model; immutable, shared by threads.")},
    {Py_tp_new, pipeline_new},
    {Py_tp_dealloc, pipeline_dealloc},
    {Py_tp_traverse, pipeline_traverse},
    {Py_tp_methods, pipeline_methods},
    {Py_tp_getset, pipeline_getset},
    {0, NULL},
};

PyType_Spec pipeline_spec = {
    .name = "tintuc._core.Pipeline",
    .basicsize = sizeof(PipelineObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = pipeline_slots,
};
