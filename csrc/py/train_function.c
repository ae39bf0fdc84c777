/* train_function.c - train(...): corpora from paths, lexicon and clusters from a loaded model or from source tables. */
#include "state.h"

#include <stdio.h>

/* Progress on its way from the training threads to a Python callable. */
typedef struct {
    PyObject *callback;
    bool failed; /* a Python exception is set in `type`, `value`, `trace` */
    PyObject *type, *value, *trace;
} reporter;

static bool report(void *context, const tt_train_progress *p)
{
    reporter *r = context;
    PyGILState_STATE gil = PyGILState_Ensure();
    PyObject *answer = NULL;
    if (PyErr_CheckSignals() == 0)
        answer = r->callback == Py_None ? Py_NewRef(Py_None)
                                        : PyObject_CallFunction(r->callback, "IIIdd", p->layer, p->epoch, p->epochs, p->loss, p->dev_f1);
    bool go_on = answer != NULL;
    if (!go_on && !r->failed) {
        r->failed = true;
        PyErr_Fetch(&r->type, &r->value, &r->trace);
    }
    PyErr_Clear();
    Py_XDECREF(answer);
    PyGILState_Release(gil);
    return go_on;
}

static tt_status read_all(tt_corpus *corpus, PyObject *paths, tt_error *err)
{
    tt_status status = TT_OK;
    for (Py_ssize_t i = 0; status == TT_OK && i < PyList_GET_SIZE(paths); i++) {
        PyObject *path = NULL;
        if (!PyUnicode_FSConverter(PyList_GET_ITEM(paths, i), &path)) {
            PyErr_Clear();
            return tt_fail(err, TT_EARGUMENT, 0, "corpus path %zd is no path", i);
        }
        status = tt_corpus_read(corpus, PyBytes_AS_STRING(path), err);
        Py_DECREF(path);
    }
    return status;
}

static PyObject *raise_report(reporter *r, const State *state, tt_status status, const tt_error *err, const char *path)
{
    if (!r->failed)
        return raise_status(state, status, err, path);
    PyErr_Restore(r->type, r->value, r->trace);
    return NULL;
}

static PyObject *train(PyObject *module, PyObject *args)
{
    State *state = state_of_module(module);
    PyObject *pipeline, *train_paths, *dev_paths, *path = NULL, *result = NULL;
    reporter r = {.callback = NULL};
    tt_train_options options;
    tt_corpus *corpus = NULL, *dev = NULL;
    tt_error err = {0, ""};
    tt_status status;
    unsigned long long seed;
    tt_train_options_init(&options);
    if (!PyArg_ParseTuple(args, "O!O!O!O&OIIK:train", state->Pipeline, &pipeline, &PyList_Type, &train_paths, &PyList_Type,
                          &dev_paths, PyUnicode_FSConverter, &path, &r.callback, &options.epochs, &options.patience, &seed))
        return NULL;
    options.seed = seed;
    options.report = report;
    options.context = &r;
    const tt_model *model = tt_pipeline_model(pipeline_c(pipeline));
    status = tt_corpus_new(&corpus, &err);
    if (status == TT_OK)
        status = tt_corpus_new(&dev, &err);
    if (status == TT_OK)
        status = read_all(corpus, train_paths, &err);
    if (status == TT_OK)
        status = read_all(dev, dev_paths, &err);
    if (status == TT_OK) {
        Py_BEGIN_ALLOW_THREADS
        status = tt_train(PyBytes_AS_STRING(path), corpus, tt_corpus_count(dev) ? dev : NULL, tt_model_section(model, "lexicon"),
                          tt_model_section(model, "cluster"), &options, &err);
        Py_END_ALLOW_THREADS
    }
    result = status == TT_OK ? Py_NewRef(Py_None) : raise_report(&r, state, status, &err, NULL);
    tt_corpus_free(corpus);
    tt_corpus_free(dev);
    Py_XDECREF(path);
    return result;
}

/* Documents of a corpus file as JSON text is what Python needs of it: ids, texts, spans. */
static PyObject *spans_of(const tt_example *doc, const tt_corpus *corpus, const tt_cp_index *index)
{
    PyObject *list = PyList_New(0);
    for (size_t i = 0; list != NULL && i < doc->mention_count; i++) {
        const tt_mention *m = &doc->mentions[i];
        tt_str label = tt_corpus_label(corpus, m->label);
        PyObject *item = Py_BuildValue("{s:I,s:I,s:s#}", "start", tt_cp_of_byte(index, m->span.start), "end",
                                       tt_cp_of_byte(index, m->span.end), "label", label.ptr, (Py_ssize_t)label.len);
        if (item == NULL || PyList_Append(list, item) < 0)
            Py_CLEAR(list);
        Py_XDECREF(item);
    }
    return list;
}

static PyObject *example_dict(const tt_example *doc, const tt_corpus *corpus)
{
    tt_arena arena = {NULL, 0, 0};
    tt_cp_index index;
    if (tt_cp_index_make(&index, &arena, doc->text, NULL) != TT_OK)
        return PyErr_NoMemory();
    PyObject *spans = spans_of(doc, corpus, &index);
    PyObject *dict = spans ? Py_BuildValue("{s:s#,s:s#,s:N}", "id", doc->id.ptr, (Py_ssize_t)doc->id.len, "text", doc->text.ptr,
                                           (Py_ssize_t)doc->text.len, "entities", spans)
                           : NULL;
    tt_arena_free(&arena);
    return dict;
}

static PyObject *read_corpus(PyObject *module, PyObject *arg)
{
    PyObject *path = NULL, *list = NULL;
    tt_corpus *corpus = NULL;
    tt_error err = {0, ""};
    if (!PyUnicode_FSConverter(arg, &path))
        return NULL;
    tt_status status = tt_corpus_new(&corpus, &err);
    if (status == TT_OK)
        status = tt_corpus_read(corpus, PyBytes_AS_STRING(path), &err);
    if (status == TT_OK)
        list = PyList_New(0);
    else
        raise_status(state_of_module(module), status, &err, PyBytes_AS_STRING(path));
    for (size_t i = 0; list != NULL && i < tt_corpus_count(corpus); i++) {
        PyObject *doc = example_dict(tt_corpus_at(corpus, i), corpus);
        if (doc == NULL || PyList_Append(list, doc) < 0)
            Py_CLEAR(list);
        Py_XDECREF(doc);
    }
    tt_corpus_free(corpus);
    Py_DECREF(path);
    return list;
}

PyMethodDef train_functions[] = {
    {"train", train, METH_VARARGS,
     PyDoc_STR("train(pipeline, train_paths, dev_paths, output, progress, epochs, patience, seed): write a model file.")},
    {"read_corpus", read_corpus, METH_O,
     PyDoc_STR("read_corpus(path) -> list of {id, text, entities}: .ann, JSON lines or CoNLL.")},
    {NULL, NULL, 0, NULL},
};
