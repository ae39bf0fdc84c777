/* pipeline_type.c - Pipeline: a loaded model, shared by threads; calling it reads one text. */
#include "state.h"

typedef struct {
    PyObject_HEAD vectorcallfunc vectorcall;
    tt_pipeline *pipeline; /* NULL only in an object whose construction failed */
    size_t max_bytes;
    PyObject *module; /* keeps the state */
    State *state;
    PyObject *base; /* the pipeline whose model it shares, or NULL */
    PyObject *rule; /* what it has more than that one: (name of the method, its arguments) */
    PyObject *path; /* str */
    PyObject *weakrefs;
} PipelineObject;

const tt_pipeline *pipeline_c(PyObject *pipeline)
{
    return ((PipelineObject *)pipeline)->pipeline;
}

static void pipeline_dealloc(PyObject *op)
{
    PyTypeObject *type = Py_TYPE(op);
    PipelineObject *self = (PipelineObject *)op;
    PyObject_GC_UnTrack(op);
    if (self->weakrefs != NULL)
        PyObject_ClearWeakRefs(op);
    tt_pipeline_free(self->pipeline);
    Py_CLEAR(self->rule);
    Py_CLEAR(self->path);
    Py_CLEAR(self->base); /* after what shares its model */
    Py_CLEAR(self->module);
    type->tp_free(op);
    Py_DECREF(type);
}

static int pipeline_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(op));
    Py_VISIT(((PipelineObject *)op)->base);
    Py_VISIT(((PipelineObject *)op)->rule);
    Py_VISIT(((PipelineObject *)op)->module);
    return 0;
}

static tt_status make_document(tt_doc **doc, const tt_pipeline *pipeline, const given_text *given,
                               const tt_doc_options *options, tt_error *err)
{
    if (given->units == NULL)
        return tt_doc_make(doc, pipeline, given->raw, options, err);
    return tt_doc_make_ucs2(doc, pipeline, given->units, given->unit_count, options, err);
}

static PyObject *read_text(PipelineObject *self, PyObject *text, const tt_doc_options *options)
{
    const State *state = self->state;
    tt_doc *doc = NULL;
    given_text given;
    tt_error err = {0, ""};
    tt_status status;
    if (!given_of_object(&given, state, text))
        return NULL;
    if (tt_doc_is_brief(given.unit_count + given.raw.len, options)) {
        status = make_document(&doc, self->pipeline, &given, options, &err);
    } else {
        Py_BEGIN_ALLOW_THREADS status = make_document(&doc, self->pipeline, &given, options, &err);
        Py_END_ALLOW_THREADS
    }
    return status == TT_OK ? document_new(state, (PyObject *)self, text, doc) : raise_status(state, status, &err, NULL);
}

static PyObject *pipeline_read(PyObject *op, PyObject *const *args, Py_ssize_t count)
{
    PipelineObject *self = (PipelineObject *)op;
    tt_doc_options options = {.max_bytes = self->max_bytes};
    if (count < 1 || count > 3)
        return PyErr_Format(PyExc_TypeError, "read() takes 1 to 3 arguments (%zd given)", count);
    if (!layer_bits_of_object(&options.layers, count > 2 ? args[2] : NULL) ||
        !date_of_object(options.date, self->state, count > 1 ? args[1] : NULL))
        return NULL;
    return read_text(self, args[0], &options);
}

/* Read with the arguments of a call, of which all but the text may be NULL. */
static PyObject *read_named(PipelineObject *self, PyObject *text, PyObject *date, PyObject *layers)
{
    tt_doc_options options = {.max_bytes = self->max_bytes};
    if (!layers_of_object(&options.layers, self->state, layers) ||
        (date != NULL && !date_of_object(options.date, self->state, date)))
        return NULL;
    return read_text(self, text, &options);
}

/* nlp(text, date=None, layers=None). */
static PyObject *pipeline_call(PyObject *op, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"text", "date", "layers", NULL};
    PyObject *text, *date = NULL, *layers = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|OO:Pipeline", names, &text, &date, &layers))
        return NULL;
    return read_named((PipelineObject *)op, text, date, layers);
}

/* The call of its class, which may be one in Python, with the arguments in a tuple and a dict. */
static PyObject *call_unpacked(PyObject *op, PyObject *const *args, Py_ssize_t count, PyObject *names)
{
    PyObject *tuple = PyTuple_New(count), *dict = names != NULL ? PyDict_New() : NULL, *result = NULL;
    bool good = tuple != NULL && (names == NULL || dict != NULL);
    for (Py_ssize_t i = 0; good && i < count; i++)
        PyTuple_SET_ITEM(tuple, i, Py_NewRef(args[i]));
    for (Py_ssize_t i = 0; good && names != NULL && i < PyTuple_GET_SIZE(names); i++)
        good = PyDict_SetItem(dict, PyTuple_GET_ITEM(names, i), args[count + i]) == 0;
    if (good)
        result = Py_TYPE(op)->tp_call(op, tuple, dict);
    Py_XDECREF(dict);
    Py_XDECREF(tuple);
    return result;
}

/* The same call without a tuple and a dict, for the forms that are usual: nlp(text) and nlp(text, layers=...). */
static PyObject *pipeline_vectorcall(PyObject *op, PyObject *const *args, size_t flagged, PyObject *names)
{
    PipelineObject *self = (PipelineObject *)op;
    Py_ssize_t count = PyVectorcall_NARGS(flagged), named = names != NULL ? PyTuple_GET_SIZE(names) : 0;
    bool usual = count == 1 && (named == 0 || (named == 1 && PyTuple_GET_ITEM(names, 0) == self->state->layers_name));
    if (!usual || Py_TYPE(op)->tp_call != pipeline_call)
        return call_unpacked(op, args, count, names);
    return read_named(self, args[0], NULL, named != 0 ? args[1] : NULL);
}

/* A new object of that class, all its fields but these empty. Takes nothing over. */
static PipelineObject *pipeline_alloc(PyTypeObject *type, State *state, size_t max_bytes)
{
    PipelineObject *self = (PipelineObject *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
#if PY_VERSION_HEX < 0x030C0000 /* a class in Python does not inherit it there; a __call__ of its own is seen to in the call   \
                                 */
    type->tp_flags |= Py_TPFLAGS_HAVE_VECTORCALL;
#endif
    self->vectorcall = pipeline_vectorcall;
    self->module = Py_NewRef(state->module);
    self->state = state;
    self->max_bytes = max_bytes;
    return self;
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
    if (state == NULL ||
        !PyArg_ParseTupleAndKeywords(args, kwargs, "O&|n:Pipeline", names, PyUnicode_FSConverter, &path, &max_bytes))
        return NULL;
    const char *name = PyBytes_AS_STRING(path);
    Py_BEGIN_ALLOW_THREADS status = tt_pipeline_load(&pipeline, name, &err);
    Py_END_ALLOW_THREADS if (max_bytes <= 0 || (size_t)max_bytes > TT_TEXT_MAX) status =
        tt_fail(&err, TT_EARGUMENT, 0, "max_bytes must be from 1 to %zu", TT_TEXT_MAX);
    if (status != TT_OK) {
        raise_status(state, status, &err, name);
        goto done;
    }
    PipelineObject *self = pipeline_alloc(type, state, (size_t)max_bytes);
    if (self != NULL) {
        self->pipeline = pipeline;
        pipeline = NULL;
        self->path = PyUnicode_DecodeFSDefault(name);
        result = (PyObject *)self;
        if (self->path == NULL)
            Py_CLEAR(result);
    }
done:
    tt_pipeline_free(pipeline);
    Py_XDECREF(path);
    return result;
}

/* An object of the same class that shares the model of `op`; steals `made` and `rule`, even when it fails. */
static PyObject *derive(PyObject *op, tt_pipeline *made, PyObject *rule)
{
    const PipelineObject *base = (const PipelineObject *)op;
    PipelineObject *self = rule != NULL ? pipeline_alloc(Py_TYPE(op), base->state, base->max_bytes) : NULL;
    if (self == NULL) {
        Py_XDECREF(rule);
        tt_pipeline_free(made);
        return NULL;
    }
    self->path = Py_NewRef(base->path);
    self->pipeline = made;
    self->base = Py_NewRef(op);
    self->rule = rule;
    return (PyObject *)self;
}

/* A tuple of the strings of an iterable, and views of them that live as long; false with an exception set. */
static bool strings_of(PyObject **tuple, tt_str **views, State *state, PyObject *iterable, const char *what)
{
    *views = NULL;
    *tuple = NULL;
    if (PyUnicode_Check(iterable) || PyBytes_Check(iterable)) { /* a str is a sequence of letters, which nobody means */
        PyErr_Format(PyExc_TypeError, "%s: an iterable of str, not a str", what);
        return false;
    }
    *tuple = PySequence_Tuple(iterable);
    if (*tuple == NULL)
        return false;
    Py_ssize_t count = PyTuple_GET_SIZE(*tuple), i = 0;
    *views = PyMem_Calloc((size_t)count + 1, sizeof **views);
    if (*views == NULL)
        PyErr_NoMemory();
    while (*views != NULL && i < count && text_of_object(&(*views)[i], state, PyTuple_GET_ITEM(*tuple, i)))
        i++;
    if (*views != NULL && i == count)
        return true;
    PyMem_Free(*views);
    Py_CLEAR(*tuple);
    return false;
}

static PyObject *pipeline_with_abbreviations(PyObject *op, PyObject *arg)
{
    State *state = state_of_type(Py_TYPE(op));
    PyObject *words;
    tt_str *views;
    tt_pipeline *made = NULL;
    tt_error err = {0, ""};
    if (state == NULL || !strings_of(&words, &views, state, arg, "abbreviations"))
        return NULL;
    tt_status status = tt_pipeline_with_abbreviations(&made, pipeline_c(op), views, (size_t)PyTuple_GET_SIZE(words), &err);
    PyObject *result = status == TT_OK ? derive(op, made, Py_BuildValue("s(O)", "with_abbreviations", words))
                                       : raise_status(state, status, &err, NULL);
    PyMem_Free(views);
    Py_DECREF(words);
    return result;
}

static PyObject *pipeline_with_block_rule(PyObject *op, PyObject *args)
{
    const char *name;
    PyObject *source;
    tt_str pattern;
    unsigned kind = 0;
    tt_pipeline *made = NULL;
    tt_error err = {0, ""};
    State *state = state_of_type(Py_TYPE(op));
    if (state == NULL || !PyArg_ParseTuple(args, "sO:with_block_rule", &name, &source) ||
        !text_of_object(&pattern, state, source))
        return NULL;
    while (kind < TT_BLOCK_KINDS && strcmp(tt_block_kind_name((tt_block_kind)kind), name) != 0)
        kind++;
    tt_status status = kind < TT_BLOCK_KINDS
                           ? tt_pipeline_with_block_rule(&made, pipeline_c(op), (tt_block_kind)kind, pattern, &err)
                           : tt_fail(&err, TT_EARGUMENT, 0, "\"%.40s\" is no kind of block", name);
    return status == TT_OK ? derive(op, made, Py_BuildValue("s(sO)", "with_block_rule", name, source))
                           : raise_status(state, status, &err, NULL);
}

static PyObject *pipeline_with_terms(PyObject *op, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"", "", "ignore_case", NULL};
    PyObject *label_object, *iterable, *terms;
    int ignore_case = 0;
    tt_str label, *views;
    tt_pipeline *made = NULL;
    tt_error err = {0, ""};
    tt_status status;
    State *state = state_of_type(Py_TYPE(op));
    if (state == NULL ||
        !PyArg_ParseTupleAndKeywords(args, kwargs, "UO|p:with_terms", names, &label_object, &iterable, &ignore_case) ||
        !text_of_object(&label, state, label_object) || !strings_of(&terms, &views, state, iterable, "terms"))
        return NULL;
    const tt_pipeline *pipeline = pipeline_c(op);
    size_t count = (size_t)PyTuple_GET_SIZE(terms);
    Py_BEGIN_ALLOW_THREADS status = tt_pipeline_with_terms(&made, pipeline, label, views, count, ignore_case != 0, &err);
    Py_END_ALLOW_THREADS PyObject *rule =
        status == TT_OK ? Py_BuildValue("s(OOO)", "with_terms", label_object, terms, ignore_case ? Py_True : Py_False) : NULL;
    PyObject *result = status == TT_OK ? derive(op, made, rule) : raise_status(state, status, &err, NULL);
    PyMem_Free(views);
    Py_DECREF(terms);
    return result;
}

static PyObject *pipeline_with_pattern(PyObject *op, PyObject *args)
{
    PyObject *label_object, *source;
    tt_str label, pattern;
    tt_pipeline *made = NULL;
    tt_error err = {0, ""};
    State *state = state_of_type(Py_TYPE(op));
    if (state == NULL || !PyArg_ParseTuple(args, "UU:with_pattern", &label_object, &source) ||
        !text_of_object(&label, state, label_object) || !text_of_object(&pattern, state, source))
        return NULL;
    tt_status status = tt_pipeline_with_pattern(&made, pipeline_c(op), label, pattern, &err);
    return status == TT_OK ? derive(op, made, Py_BuildValue("s(OO)", "with_pattern", label_object, source))
                           : raise_status(state, status, &err, NULL);
}

/* From the rule made first to that made last. */
static PyObject *pipeline_rules(PyObject *op, void *Py_UNUSED(closure))
{
    PyObject *list = PyList_New(0), *tuple = NULL;
    int failed = list == NULL;
    for (const PipelineObject *at = (const PipelineObject *)op; !failed && at->rule != NULL;
         at = (const PipelineObject *)at->base)
        failed = PyList_Append(list, at->rule) < 0;
    if (!failed && PyList_Reverse(list) == 0)
        tuple = PyList_AsTuple(list);
    Py_XDECREF(list);
    return tuple;
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

static PyObject *pipeline_path(PyObject *op, void *Py_UNUSED(closure))
{
    return Py_NewRef(((PipelineObject *)op)->path);
}

/* Pipelines that give the same answers: same model, limit and rules. */
static PyObject *pipeline_compare(PyObject *a, PyObject *b, int operation)
{
    if (Py_TYPE(a) != Py_TYPE(b) || (operation != Py_EQ && operation != Py_NE))
        Py_RETURN_NOTIMPLEMENTED;
    const PipelineObject *x = (const PipelineObject *)a, *y = (const PipelineObject *)b;
    PyObject *rules = pipeline_rules(a, NULL), *others = rules != NULL ? pipeline_rules(b, NULL) : NULL;
    int same = others != NULL ? PyObject_RichCompareBool(rules, others, Py_EQ) : -1;
    Py_XDECREF(rules);
    Py_XDECREF(others);
    if (same < 0)
        return NULL;
    same = same && x->max_bytes == y->max_bytes &&
           tt_model_checksum(tt_pipeline_model(x->pipeline)) == tt_model_checksum(tt_pipeline_model(y->pipeline));
    return PyBool_FromLong(same == (operation == Py_EQ));
}

static Py_hash_t pipeline_hash(PyObject *op)
{
    uint64_t sum = tt_model_checksum(tt_pipeline_model(pipeline_c(op)));
    PyObject *rules = pipeline_rules(op, NULL);
    Py_hash_t hash = rules != NULL ? PyObject_Hash(rules) : -1;
    Py_XDECREF(rules);
    return hash == -1 ? -1 : view_mix(hash, (uint32_t)(sum >> 32), (uint32_t)sum);
}

static PyMethodDef pipeline_methods[] = {
    COPIES,
    {"read", (PyCFunction)(void (*)(void))pipeline_read, METH_FASTCALL,
     PyDoc_STR("read(text, date=None, layers=0) -> Document. layers: bit set, 0 for all.")},
    {"with_abbreviations", pipeline_with_abbreviations, METH_O,
     PyDoc_STR("with_abbreviations(words) -> Pipeline: the same, and a stop after these words ends no sentence. It shares the "
               "model.")},
    {"with_block_rule", pipeline_with_block_rule, METH_VARARGS,
     PyDoc_STR("with_block_rule(kind, pattern) -> Pipeline: the same, and lines in which the PCRE2 pattern matches are of that "
               "kind.")},
    {"with_terms", (PyCFunction)(void (*)(void))pipeline_with_terms, METH_VARARGS | METH_KEYWORDS,
     PyDoc_STR(
         "with_terms(label, terms, ignore_case=False) -> Pipeline: the same, and these terms are mentions of the label.")},
    {"with_pattern", pipeline_with_pattern, METH_VARARGS,
     PyDoc_STR("with_pattern(label, pattern) -> Pipeline: the same, and what the PCRE2 pattern matches is a mention of the "
               "label.")},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef pipeline_getset[] = {
    {"path", pipeline_path, NULL, PyDoc_STR("Path of the model file (str)."), NULL},
    {"labels", pipeline_labels, NULL, PyDoc_STR("Entity labels: those of the model, then those that rules add (tuple of str)."),
     NULL},
    {"model_checksum", pipeline_checksum, NULL, PyDoc_STR("Checksum of the model file (16 hexadecimal digits)."), NULL},
    {"model_size", pipeline_size, NULL, PyDoc_STR("Bytes of the model file (int)."), NULL},
    {"rules", pipeline_rules, NULL,
     PyDoc_STR("What was added to the model's own: (method, arguments) of each with_... call, in order (tuple)."), NULL},
    {"max_bytes", pipeline_max_bytes, NULL, PyDoc_STR("Longest text accepted, in bytes of UTF-8 (int)."), NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMemberDef pipeline_members[] = {
    {"__vectorcalloffset__", T_PYSSIZET, offsetof(PipelineObject, vectorcall), READONLY, NULL},
    WEAKREFS(PipelineObject),
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot pipeline_slots[] = {
    {Py_tp_doc, (void *)PyDoc_STR("Pipeline(path, max_bytes=MAX_BYTES): a loaded model; immutable, shared by threads.")},
    {Py_tp_new, pipeline_new},
    {Py_tp_dealloc, pipeline_dealloc},
    {Py_tp_traverse, pipeline_traverse},
    {Py_tp_call, pipeline_call},
    {Py_tp_methods, pipeline_methods},
    {Py_tp_members, pipeline_members},
    {Py_tp_richcompare, pipeline_compare},
    {Py_tp_hash, pipeline_hash},
    {Py_tp_getset, pipeline_getset},
    {0, NULL},
};

PyType_Spec pipeline_spec = {
    .name = "tintuc._core.Pipeline",
    .basicsize = sizeof(PipelineObject),
    .flags =
        Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_HAVE_VECTORCALL,
    .slots = pipeline_slots,
};
