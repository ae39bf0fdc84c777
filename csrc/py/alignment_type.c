/* alignment_type.c - Alignment: positions of a normalized text in the text it was made from: code points of a str, bytes of a
 * bytes object; and the functions over text alone. */
#include "state.h"

typedef struct {
    PyObject_HEAD PyObject *source; /* the core reads its bytes */
    tt_arena arena;
    tt_text text;   /* of a bytes object: its raw side is the text decoded from it */
    tt_align align; /* to the source */
    size_t raw_len; /* of the source: code points or bytes */
    uint32_t counts[TT_STEPS];
    PyObject *made_by; /* the arguments of normalize, which makes it again */
    PyObject *weakrefs;
} AlignmentObject;

static void alignment_dealloc(PyObject *op)
{
    AlignmentObject *self = (AlignmentObject *)op;
    PyTypeObject *type = Py_TYPE(op);
    if (self->weakrefs != NULL)
        PyObject_ClearWeakRefs(op);
    Py_CLEAR(self->made_by);
    tt_arena_free(&self->arena);
    Py_CLEAR(self->source);
    type->tp_free(op);
    Py_DECREF(type);
}

/* Code points of the normalized text; of the source where that is a str. Bytes count as themselves. */
static uint32_t to_byte(const AlignmentObject *self, bool raw, size_t at)
{
    if (raw && PyBytes_Check(self->source))
        return (uint32_t)at;
    return tt_byte_of_cp(raw ? &self->text.raw_index : &self->text.norm_index, (uint32_t)at);
}

static uint32_t from_byte(const AlignmentObject *self, bool raw, uint32_t byte)
{
    if (raw && PyBytes_Check(self->source))
        return byte;
    return tt_cp_of_byte(raw ? &self->text.raw_index : &self->text.norm_index, byte);
}

static PyObject *alignment_map(PyObject *op, PyObject *args, bool to_raw)
{
    AlignmentObject *self = (AlignmentObject *)op;
    Py_ssize_t start, end;
    if (!PyArg_ParseTuple(args, "nn", &start, &end))
        return NULL;
    Py_ssize_t length = (Py_ssize_t)(to_raw ? from_byte(self, false, (uint32_t)self->text.norm.len) : self->raw_len);
    if (start < 0 || end < start || end > length) {
        PyErr_Format(PyExc_IndexError, "span %zd:%zd is not within 0:%zd", start, end, length);
        return NULL;
    }
    tt_span bytes = {to_byte(self, !to_raw, (size_t)start), to_byte(self, !to_raw, (size_t)end)};
    tt_span mapped = to_raw ? tt_align_to_raw(&self->align, bytes) : tt_align_from_raw(&self->align, bytes);
    return Py_BuildValue("II", from_byte(self, to_raw, mapped.start), from_byte(self, to_raw, mapped.end));
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
    return PyLong_FromSize_t(((AlignmentObject *)op)->align.len);
}

static PyObject *alignment_counts(PyObject *op, void *Py_UNUSED(closure))
{
    const AlignmentObject *self = (AlignmentObject *)op;
    PyObject *counts = PyDict_New();
    for (int step = 0; counts != NULL && step < TT_STEPS; step++) {
        PyObject *count = self->counts[step] ? PyLong_FromUnsignedLong(self->counts[step]) : NULL;
        if (self->counts[step] && (count == NULL || PyDict_SetItemString(counts, tt_step_name((tt_step)step), count) < 0))
            Py_CLEAR(counts);
        Py_XDECREF(count);
    }
    return counts;
}

static PyObject *alignment_unit(PyObject *op, void *Py_UNUSED(closure))
{
    return PyUnicode_FromString(PyBytes_Check(((AlignmentObject *)op)->source) ? "byte" : "code point");
}

static bool runs_equal(const tt_align *a, const tt_align *b)
{
    bool equal = a->len == b->len;
    for (size_t i = 0; equal && i <= a->len; i++)
        equal =
            a->runs[i].norm == b->runs[i].norm && a->runs[i].raw == b->runs[i].raw && a->runs[i].changed == b->runs[i].changed;
    return equal;
}

static PyObject *alignment_compare(PyObject *a, PyObject *b, int operation)
{
    if (Py_TYPE(a) != Py_TYPE(b) || (operation != Py_EQ && operation != Py_NE))
        Py_RETURN_NOTIMPLEMENTED;
    const AlignmentObject *x = (const AlignmentObject *)a, *y = (const AlignmentObject *)b;
    int same = x->source == y->source ? 1 : PyObject_RichCompareBool(x->source, y->source, Py_EQ);
    if (same < 0)
        return NULL;
    same = same && tt_str_eq(x->text.norm, y->text.norm) && runs_equal(&x->align, &y->align);
    return PyBool_FromLong(same == (operation == Py_EQ));
}

static Py_hash_t alignment_hash(PyObject *op)
{
    return PyObject_Hash(((AlignmentObject *)op)->source);
}

/* Normalizing again gives the same, and is quicker than reading runs back with the checks they would need. */
static PyObject *alignment_reduce(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    PyObject *make = PyObject_GetAttrString((PyObject *)Py_TYPE(op), "_of");
    PyObject *result = make != NULL ? Py_BuildValue("(OO)", make, ((AlignmentObject *)op)->made_by) : NULL;
    Py_XDECREF(make);
    return result;
}

static PyObject *alignment_of(PyObject *type, PyObject *args);

static PyMethodDef alignment_methods[] = {
    {"_of", alignment_of, METH_VARARGS | METH_CLASS, NULL},
    {"__reduce__", alignment_reduce, METH_NOARGS, NULL},
    COPIES,
    {"to_raw", alignment_to_raw, METH_VARARGS,
     PyDoc_STR("to_raw(start, end) -> (start, end): where a span of the normalized text came from, in the source's unit.")},
    {"from_raw", alignment_from_raw, METH_VARARGS, PyDoc_STR("from_raw(start, end) -> (start, end): the other way.")},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef alignment_getset[] = {
    {"runs", alignment_runs, NULL, PyDoc_STR("Stretches that are kept or rewritten as a whole (int)."), NULL},
    {"counts", alignment_counts, NULL,
     PyDoc_STR("Places that each step changed (dict of str to int; steps that changed none are left out)."), NULL},
    {"unit", alignment_unit, NULL, PyDoc_STR("What positions in the source count: \"code point\" (str) or \"byte\" (bytes)."),
     NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMemberDef alignment_members[] = {WEAKREFS(AlignmentObject), {NULL, 0, 0, 0, NULL}};

static PyType_Slot alignment_slots[] = {
    {Py_tp_doc, (void *)PyDoc_STR("Maps spans between a text and its normalized view in logarithmic time.")},
    {Py_tp_dealloc, alignment_dealloc},
    {Py_tp_methods, alignment_methods},
    {Py_tp_members, alignment_members},
    {Py_tp_richcompare, alignment_compare},
    {Py_tp_hash, alignment_hash},
    {Py_tp_getset, alignment_getset},
    {0, NULL},
};

PyType_Spec alignment_spec = {
    .name = "tintuc._core.Alignment",
    .basicsize = sizeof(AlignmentObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = alignment_slots,
};

/* Decode a bytes object, then normalize; the alignment leads to its bytes. */
static tt_status normalize_bytes(AlignmentObject *self, tt_str bytes, unsigned steps, tt_encoding encoding, bool repair,
                                 tt_error *err)
{
    tt_decoded decoded;
    tt_status status = tt_decode(&decoded, &self->arena, bytes, encoding, repair, err);
    if (status == TT_OK)
        status = tt_normalize(&self->text, self->counts, &self->arena, decoded.text, steps, err);
    if (status == TT_OK)
        status = tt_align_compose(&self->align, &self->arena, &decoded.align, &self->text.align, err);
    self->raw_len = bytes.len;
    return status;
}

static tt_status normalize_str(AlignmentObject *self, tt_str raw, unsigned steps, tt_error *err)
{
    tt_status status = tt_normalize(&self->text, self->counts, &self->arena, raw, steps, err);
    self->align = self->text.align;
    self->raw_len = status == TT_OK ? tt_cp_of_byte(&self->text.raw_index, (uint32_t)raw.len) : 0;
    return status;
}

/* The normalized text; the source itself where nothing changed. */
static PyObject *normalized(const AlignmentObject *self, tt_str raw)
{
    if (self->text.norm.ptr == raw.ptr && PyUnicode_Check(self->source))
        return Py_NewRef(self->source);
    return str_of(self->text.norm);
}

/* normalize(*args): (str, Alignment). */
static PyObject *normalize_call(State *state, PyObject *args)
{
    PyObject *source, *norm = NULL;
    const char *name = NULL;
    unsigned steps;
    int repair = 0;
    tt_encoding encoding = TT_ENCODING_DETECT;
    tt_str raw;
    tt_error err = {0, ""};
    if (!PyArg_ParseTuple(args, "OI|zp:normalize", &source, &steps, &name, &repair) || !text_of_object(&raw, state, source))
        return NULL;
    tt_status status = name != NULL ? tt_encoding_find(&encoding, name, &err) : TT_OK;
    if (status != TT_OK)
        return raise_status(state, status, &err, NULL);
    AlignmentObject *self = (AlignmentObject *)state->Alignment->tp_alloc(state->Alignment, 0);
    if (self == NULL)
        return NULL;
    self->source = Py_NewRef(source);
    self->made_by = Py_NewRef(args);
    bool is_bytes = PyBytes_Check(source);
    Py_BEGIN_ALLOW_THREADS status =
        is_bytes ? normalize_bytes(self, raw, steps, encoding, repair, &err) : normalize_str(self, raw, steps, &err);
    Py_END_ALLOW_THREADS norm = status == TT_OK ? normalized(self, raw) : raise_status(state, status, &err, NULL);
    PyObject *pair = norm != NULL ? PyTuple_Pack(2, norm, (PyObject *)self) : NULL;
    Py_XDECREF(norm);
    Py_DECREF(self);
    return pair;
}

static PyObject *text_normalize(PyObject *module, PyObject *args)
{
    return normalize_call(state_of_module(module), args);
}

static PyObject *alignment_of(PyObject *type, PyObject *args)
{
    State *state = state_of_type((PyTypeObject *)type);
    PyObject *pair = state != NULL ? normalize_call(state, args) : NULL;
    PyObject *alignment = pair != NULL ? Py_NewRef(PyTuple_GET_ITEM(pair, 1)) : NULL;
    Py_XDECREF(pair);
    return alignment;
}

static PyObject *text_syllable(PyObject *module, PyObject *source)
{
    tt_str text;
    tt_syllable parts;
    if (!text_of_object(&text, state_of_module(module), source))
        return NULL;
    if (!tt_syllable_read(&parts, text))
        Py_RETURN_NONE;
    return Py_BuildValue("(IIIIIII)", parts.onset_end, parts.medial, parts.nucleus, parts.coda, parts.tone, parts.tone_old,
                         parts.tone_new);
}

PyMethodDef text_functions[] = {
    {"normalize", text_normalize, METH_VARARGS,
     PyDoc_STR("normalize(text, steps, encoding=None, repair=False) -> (str, Alignment); steps is a set of bits, see STEPS.")},
    {"syllable", text_syllable, METH_O,
     PyDoc_STR("syllable(text) -> (onset, medial, nucleus, coda, tone, place, place_new) or None.")},
    {NULL, NULL, 0, NULL},
};
