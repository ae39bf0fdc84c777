/* train_function.c - train(...): corpora from paths, lexicon and clusters from a loaded model or from source tables. */
#include "state.h"

/* Progress on its way from the training threads to a Python callable. */
typedef struct {
    PyInterpreterState *interpreter;
    unsigned long caller; /* the thread that called train(), and its state, which it gave up to work without the GIL */
    PyThreadState *caller_state;
    PyObject *callback;
    bool failed;    /* a Python exception is set in `type`, `value`, `trace` */
    bool no_memory; /* for the state of a thread; written by its layer alone, read when both are done */
    PyObject *type, *value, *trace;
} reporter;

/* Ask Python whether to go on; the GIL is held. */
static bool ask(reporter *r, const tt_train_progress *p)
{
    PyObject *answer = NULL;
    if (r->failed)
        return false;
    if (PyErr_CheckSignals() == 0)
        answer = r->callback == Py_None
                     ? Py_NewRef(Py_None)
                     : PyObject_CallFunction(r->callback, "IIIdd", p->layer, p->epoch, p->epochs, p->loss, p->dev_f1);
    r->failed = answer == NULL;
    if (r->failed)
        PyErr_Fetch(&r->type, &r->value, &r->trace);
    Py_XDECREF(answer);
    return !r->failed;
}

/* Layers train on the calling thread and on one that Python has not seen. No PyGILState: it knows the main interpreter alone.
 */
static bool report(void *context, const tt_train_progress *p)
{
    reporter *r = context;
    bool own = PyThread_get_thread_ident() != r->caller;
    PyThreadState *here = own ? PyThreadState_New(r->interpreter) : r->caller_state;
    if (here == NULL) {
        r->no_memory = true;
        return false;
    }
    PyEval_RestoreThread(here);
    bool go_on = ask(r, p);
    if (own) {
        PyThreadState_Clear(here);
        PyThreadState_DeleteCurrent();
    } else {
        PyEval_SaveThread();
    }
    return go_on;
}

static tt_status read_all(tt_corpus *corpus, PyObject *paths, tt_error *err)
{
    tt_status status = TT_OK;
    for (Py_ssize_t i = 0; status == TT_OK && i < PyList_GET_SIZE(paths); i++) {
        PyObject *path = NULL;
        if (!PyUnicode_FSConverter(PyList_GET_ITEM(paths, i), &path)) {
            bool no_memory = PyErr_ExceptionMatches(PyExc_MemoryError);
            PyErr_Clear();
            return no_memory ? tt_fail(err, TT_ENOMEM, 0, "train: out of memory")
                             : tt_fail(err, TT_EARGUMENT, 0, "corpus path %zd is no path", i);
        }
        status = tt_corpus_read(corpus, PyBytes_AS_STRING(path), err);
        Py_DECREF(path);
    }
    return status;
}

static PyObject *raise_report(reporter *r, const State *state, tt_status status, const tt_error *err, const char *path)
{
    if (!r->failed)
        return raise_status(state, r->no_memory ? TT_ENOMEM : status, err, path);
    PyErr_Restore(r->type, r->value, r->trace);
    return NULL;
}

/* A path, or None for NULL; as a converter of PyArg_ParseTuple. */
static int optional_path(PyObject *from, void *to)
{
    return from == Py_None || from == NULL ? 1 : PyUnicode_FSConverter(from, to);
}

static PyObject *train(PyObject *module, PyObject *args)
{
    State *state = state_of_module(module);
    PyObject *pipeline, *train_paths, *dev_paths, *path = NULL, *checkpoint = NULL, *result = NULL;
    reporter r = {.callback = NULL};
    tt_train_options options;
    tt_corpus *corpus = NULL, *dev = NULL;
    tt_error err = {0, ""};
    tt_status status;
    unsigned long long seed;
    int stack;
    tt_train_options_init(&options);
    if (!PyArg_ParseTuple(args, "O!O!O!O&OIIIKpO&:train", state->Pipeline, &pipeline, &PyList_Type, &train_paths, &PyList_Type,
                          &dev_paths, PyUnicode_FSConverter, &path, &r.callback, &options.epochs, &options.members,
                          &options.patience, &seed, &stack, optional_path, &checkpoint))
        return NULL;
    options.seed = seed;
    options.report = report;
    options.context = &r;
    const tt_model *model = tt_pipeline_model(pipeline_c(pipeline));
    options.checkpoint = checkpoint ? PyBytes_AS_STRING(checkpoint) : NULL;
    options.base = stack ? model : NULL;
    status = tt_corpus_new(&corpus, &err);
    if (status == TT_OK)
        status = tt_corpus_new(&dev, &err);
    if (status == TT_OK)
        status = read_all(corpus, train_paths, &err);
    if (status == TT_OK)
        status = read_all(dev, dev_paths, &err);
    if (status == TT_OK) {
        r.interpreter = PyInterpreterState_Get();
        r.caller = PyThread_get_thread_ident();
        r.caller_state = PyEval_SaveThread();
        status = tt_train(PyBytes_AS_STRING(path), corpus, tt_corpus_count(dev) ? dev : NULL,
                          tt_model_section(model, "lexicon"), tt_model_section(model, "cluster"), &options, &err);
        PyEval_RestoreThread(r.caller_state);
    }
    result = status == TT_OK ? Py_NewRef(Py_None) : raise_report(&r, state, status, &err, NULL);
    tt_corpus_free(corpus);
    tt_corpus_free(dev);
    Py_XDECREF(path);
    Py_XDECREF(checkpoint);
    return result;
}

PyMethodDef train_functions[] = {
    {"train", train, METH_VARARGS,
     PyDoc_STR("train(pipeline, train_paths, dev_paths, output, progress, epochs, members, patience, seed, stack, checkpoint): "
               "write a "
               "model file.")},
    {NULL, NULL, 0, NULL},
};
