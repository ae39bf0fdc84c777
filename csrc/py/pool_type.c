/* pool_type.c - Pool: texts go in, documents come out in the same order, read on threads of the core without the GIL.
 *
 * Each text submitted is held by a ticket until its document is taken; the core only borrows it. */
#include "state.h"

typedef struct {
    PyObject_HEAD PyObject *pipeline;
    PyObject *tickets; /* list of (text, tag), oldest first; `taken` of them are used up */
    Py_ssize_t taken;
    tt_pool *pool;
    bool busy; /* a call is waiting without the GIL */
} PoolObject;

static PyObject *pool_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"pipeline", "threads", "capacity", NULL};
    PyObject *pipeline;
    unsigned threads = 0;
    Py_ssize_t capacity = 64;
    tt_pool *pool = NULL;
    tt_error err = {0, ""};
    State *state = state_of_type(type);
    if (state == NULL ||
        !PyArg_ParseTupleAndKeywords(args, kwargs, "O!|In:Pool", names, state->Pipeline, &pipeline, &threads, &capacity))
        return NULL;
    tt_status status = capacity < 1 ? tt_fail(&err, TT_EARGUMENT, 0, "capacity must be 1 or more")
                                    : tt_pool_new(&pool, pipeline_c(pipeline), threads, (size_t)capacity, &err);
    if (status != TT_OK)
        return raise_status(state, status, &err, NULL);
    PoolObject *self = (PoolObject *)type->tp_alloc(type, 0);
    if (self == NULL) {
        tt_pool_free(pool);
        return NULL;
    }
    self->pool = pool;
    self->pipeline = Py_NewRef(pipeline);
    self->tickets = PyList_New(0);
    if (self->tickets == NULL)
        Py_CLEAR(self);
    return (PyObject *)self;
}

static void pool_dealloc(PyObject *op)
{
    PoolObject *self = (PoolObject *)op;
    PyTypeObject *type = Py_TYPE(op);
    PyObject_GC_UnTrack(op);
    Py_BEGIN_ALLOW_THREADS tt_pool_free(self->pool); /* waits for the workers, which borrow the texts */
    Py_END_ALLOW_THREADS Py_CLEAR(self->tickets);
    Py_CLEAR(self->pipeline);
    type->tp_free(op);
    Py_DECREF(type);
}

static int pool_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(op));
    Py_VISIT(((PoolObject *)op)->pipeline);
    Py_VISIT(((PoolObject *)op)->tickets);
    return 0;
}

static bool claim(PoolObject *self)
{
    if (self->busy)
        PyErr_SetString(PyExc_RuntimeError, "the pool is in use by another thread");
    return !self->busy;
}

/* The arguments layers and max_bytes, which may be left out; false with an exception set. */
static bool numbers_of(tt_doc_options *out, PyObject *const *args, Py_ssize_t count)
{
    if (!layer_bits_of_object(&out->layers, count > 3 ? args[3] : NULL))
        return false;
    out->max_bytes = count > 4 ? PyLong_AsSize_t(args[4]) : 0;
    return out->max_bytes != (size_t)-1 || !PyErr_Occurred();
}

static bool hold(PoolObject *self, PyObject *text, PyObject *tag)
{
    PyObject *ticket = PyTuple_Pack(2, text, tag);
    bool held = ticket != NULL && PyList_Append(self->tickets, ticket) == 0;
    Py_XDECREF(ticket);
    return held;
}

static PyObject *pool_submit(PyObject *op, PyObject *const *args, Py_ssize_t count)
{
    PoolObject *self = (PoolObject *)op;
    given_text given;
    tt_error err = {0, ""};
    tt_doc_options options = {0};
    State *state = state_of_type(Py_TYPE(op));
    if (count < 1 || count > 5)
        return PyErr_Format(PyExc_TypeError, "submit() takes 1 to 5 arguments (%zd given)", count);
    if (state == NULL || !numbers_of(&options, args, count) || !claim(self) || !given_of_object(&given, state, args[0]) ||
        !date_of_object(options.date, state, count > 2 ? args[2] : NULL) || !hold(self, args[0], count > 1 ? args[1] : Py_None))
        return NULL;
    tt_status status = given.units != NULL
                           ? tt_pool_submit_ucs2(self->pool, given.units, given.unit_count, &options, NULL, &err)
                           : tt_pool_submit(self->pool, given.raw, &options, NULL, &err);
    if (status == TT_OK)
        Py_RETURN_NONE;
    if (PyList_SetSlice(self->tickets, PyList_GET_SIZE(self->tickets) - 1, PyList_GET_SIZE(self->tickets), NULL) < 0)
        return NULL;
    return raise_status(state, status, &err, NULL);
}

/* Used tickets are dropped in batches, so that taking costs constant time each; where no memory is to be had for that, later.
 */
static PyObject *next_ticket(PoolObject *self)
{
    PyObject *ticket = Py_NewRef(PyList_GET_ITEM(self->tickets, self->taken));
    self->taken++;
    if (self->taken >= 64 || self->taken == PyList_GET_SIZE(self->tickets)) {
        if (PyList_SetSlice(self->tickets, 0, self->taken, NULL) < 0)
            PyErr_Clear();
        else
            self->taken = 0;
    }
    return ticket;
}

static PyObject *error_object(const State *state, const tt_pool_result *result)
{
    PyObject *type, *value, *trace;
    raise_status(state, result->status, &result->error, NULL);
    PyErr_Fetch(&type, &value, &trace);
    PyErr_NormalizeException(&type, &value, &trace);
    Py_XDECREF(type);
    Py_XDECREF(trace);
    return value;
}

#define BREATH 50 /* milliseconds after which a wait looks for signals */

/* Wait until the oldest text is read, if it is not yet; a signal handler that raises, as Ctrl-C's does, ends the wait, and
 * nothing is lost. */
static bool wait_oldest(const State *state, PoolObject *self)
{
    bool done = false, stopped = false;
    tt_error err = {0, ""};
    tt_status status = tt_pool_wait(&done, self->pool, 0, &err);
    self->busy = true;
    while (status == TT_OK && !done && !stopped) {
        Py_BEGIN_ALLOW_THREADS status = tt_pool_wait(&done, self->pool, BREATH, &err);
        Py_END_ALLOW_THREADS stopped = !done && PyErr_CheckSignals() < 0;
    }
    self->busy = false;
    if (status != TT_OK)
        raise_status(state, status, &err, NULL);
    return done;
}

static PyObject *pool_take(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    PoolObject *self = (PoolObject *)op;
    tt_pool_result result;
    tt_error err = {0, ""};
    tt_status status;
    State *state = state_of_type(Py_TYPE(op));
    if (state == NULL || !claim(self) || !wait_oldest(state, self))
        return NULL;
    status = tt_pool_take(&result, self->pool, &err);
    if (status != TT_OK)
        return raise_status(state, status, &err, NULL);
    PyObject *ticket = next_ticket(self);
    PyObject *answer = result.status == TT_OK ? document_new(state, self->pipeline, PyTuple_GET_ITEM(ticket, 0), result.doc)
                                              : error_object(state, &result);
    PyObject *pair = answer ? PyTuple_Pack(2, answer, PyTuple_GET_ITEM(ticket, 1)) : NULL;
    Py_XDECREF(answer);
    Py_DECREF(ticket);
    return pair;
}

static PyObject *pool_pending(PyObject *op, void *Py_UNUSED(closure))
{
    return PyLong_FromSize_t(tt_pool_pending(((PoolObject *)op)->pool));
}

static PyMethodDef pool_methods[] = {
    {"submit", (PyCFunction)(void (*)(void))pool_submit, METH_FASTCALL,
     PyDoc_STR("submit(text, tag=None, date=None, layers=0, max_bytes=0): hand in a text; LimitError when the pool is full.")},
    {"take", pool_take, METH_NOARGS, PyDoc_STR("take() -> (Document or Error, tag): wait for the oldest text handed in.")},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef pool_getset[] = {
    {"pending", pool_pending, NULL, PyDoc_STR("Texts handed in and not yet taken (int)."), NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot pool_slots[] = {
    {Py_tp_doc, (void *)PyDoc_STR("Pool(pipeline, threads=0, capacity=64): read many texts on several threads, in order.")},
    {Py_tp_new, pool_new},
    {Py_tp_dealloc, pool_dealloc},
    {Py_tp_traverse, pool_traverse},
    {Py_tp_methods, pool_methods},
    {Py_tp_getset, pool_getset},
    {0, NULL},
};

PyType_Spec pool_spec = {
    .name = "tintuc._core.Pool",
    .basicsize = sizeof(PoolObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = pool_slots,
};
