/* alignment_type.c - Alignment: positions of a normalized text in the text it was made from, in code points; and the functions
 * over text alone. */
#include "state.h"

typedef struct {
    PyObject_HEAD
    PyObject *source; /* the core reads its bytes */
    tt_arena arena;
    tt_text text;
} AlignmentObject;

static void alignment_dealloc(PyObject *op)
{
    AlignmentObject *self = (AlignmentObject *)op;
    PyTypeObject *type = Py_TYPE(op);
    tt_arena_free(&self->arena);
    Py_CLEAR(self->source);
    type->tp_free(op);
    Py_DECREF(type);
}

static PyObject *alignment_map(PyObject *op, PyObject *args, bool to_raw)
{
    AlignmentObject *self = (AlignmentObject *)op;
    Py_ssize_t start, end;
    if (!PyArg_ParseTuple(args, "nn", &start, &end))
        return NULL;
    const tt_cp_index *from = to_raw ? &self->text.norm_index : &self->text.raw_index;
    const tt_cp_index *to = to_raw ? &self->text.raw_index : &self->text.norm_index;
    Py_ssize_t length = (Py_ssize_t)tt_cp_of_byte(from, (uint32_t)from->text.len);
    if (start < 0 || end < start || end > length) {
        PyErr_Format(PyExc_IndexError, "span %zd:%zd is not within 0:%zd", start, end, length);
        return NULL;
    }
    tt_span bytes = {tt_byte_of_cp(from, (uint32_t)start), tt_byte_of_cp(from, (uint32_t)end)};
    tt_span mapped = to_raw ? tt_align_to_raw(&self->text.align, bytes) : tt_align_from_raw(&self->text.align, bytes);
    return Py_BuildValue("II", tt_cp_of_byte(to, mapped.start), tt_cp_of_byte(to, mapped.end));
}

static PyObject *alignment_to_raw(PyObject *op, PyObject *args)
{
    return alignment_map(op, args, true);
}

static PyObject *alignment_from_raw(PyObject *op, PyObject *args)
{
    return alignment_map(op, args, false);
}

static PyObject *alignment_runs(PyObject *op, void *Py_UNUSED(closure))
{
    return PyLong_FromSize_t(((AlignmentObject *)op)->text.align.len);
}

static PyMethodDef alignment_methods[] = {
    {"to_raw", alignment_to_raw, METH_VARARGS,
     PyDoc_STR("to_raw(start, end) -> (start, end): the raw text's code points that a span of the normalized text came from.")},
    {"from_raw", alignment_from_raw, METH_VARARGS, PyDoc_STR("from_raw(start, end) -> (start, end): the other way.")},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef alignment_getset[] = {
    {"runs", alignment_runs, NULL, PyDoc_STR("Stretches that are kept or rewritten as a whole (int)."), NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot alignment_slots[] = {
    {Py_tp_doc, (void *)PyDoc_STR("Maps spans between a text and its normalized view, in code points, in logarithmic time.")},
    {Py_tp_dealloc, alignment_dealloc},
    {Py_tp_methods, alignment_methods},
    {Py_tp_getset, alignment_getset},
    {0, NULL},
};

PyType_Spec alignment_spec = {
    .name = "tintuc._core.Alignment",
    .basicsize = sizeof(AlignmentObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = alignment_slots,
};

static PyObject *text_normalize(PyObject *module, PyObject *source)
{
    State *state = state_of_module(module);
    tt_str raw;
    tt_error err = {0, ""};
    tt_status status;
    if (!text_of_object(&raw, state, source))
        return NULL;
    AlignmentObject *self = (AlignmentObject *)state->Alignment->tp_alloc(state->Alignment, 0);
    if (self == NULL)
        return NULL;
    self->source = Py_NewRef(source);
    Py_BEGIN_ALLOW_THREADS
    status = tt_text_make(&self->text, &self->arena, raw, &err);
    Py_END_ALLOW_THREADS
    PyObject *norm = NULL, *pair = NULL;
    if (status != TT_OK)
        raise_status(state, status, &err, NULL);
    else if (self->text.norm.ptr == raw.ptr && PyUnicode_Check(source))
        norm = Py_NewRef(source);
    else
        norm = str_of(self->text.norm);
    if (norm != NULL)
        pair = PyTuple_Pack(2, norm, (PyObject *)self);
    Py_XDECREF(norm);
    Py_DECREF(self);
    return pair;
}

static PyObject *text_decode_utf8(PyObject *module, PyObject *args)
{
    State *state = state_of_module(module);
    Py_buffer view;
    int repair;
    tt_arena arena = {NULL, 0, 0};
    tt_error err = {0, ""};
    tt_str out;
    if (!PyArg_ParseTuple(args, "y*p:decode_utf8", &view, &repair))
        return NULL;
    out = (tt_str){view.buf, (size_t)view.len};
    tt_status status = repair ? tt_utf8_repair(&out, NULL, &arena, out, &err) : tt_utf8_check(out, &err);
    PyObject *text = status == TT_OK ? str_of(out) : raise_status(state, status, &err, NULL);
    tt_arena_free(&arena);
    PyBuffer_Release(&view);
    return text;
}

PyMethodDef text_functions[] = {
    {"normalize", text_normalize, METH_O, PyDoc_STR("normalize(text) -> (str, Alignment): NFC.")},
    {"decode_utf8", text_decode_utf8, METH_VARARGS,
     PyDoc_STR("decode_utf8(data, repair) -> str; repair puts U+FFFD for what is ill-formed.")},
    {NULL, NULL, 0, NULL},
};
