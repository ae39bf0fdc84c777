/* convert.c - statuses to exceptions, Python text and dates to C. */
#include "state.h"

static PyObject *class_of(const State *state, tt_status status)
{
    switch (status) {
#define CASE(name, code, doc)                                                                                                  \
    case code: return state->name;
        FOR_EACH_ERROR(CASE)
#undef CASE
    default: return state->Error;
    }
}

static int set_attributes(PyObject *error, tt_status status, size_t pos, const char *path)
{
    PyObject *code = PyUnicode_FromString(tt_status_name(status)), *byte = PyLong_FromSize_t(pos);
    PyObject *where = path ? PyUnicode_DecodeFSDefault(path) : Py_NewRef(Py_None);
    int failed = code == NULL || byte == NULL || where == NULL || PyObject_SetAttrString(error, "code", code) < 0 ||
                 PyObject_SetAttrString(error, "byte", byte) < 0 || PyObject_SetAttrString(error, "path", where) < 0;
    Py_XDECREF(code);
    Py_XDECREF(byte);
    Py_XDECREF(where);
    return failed ? -1 : 0;
}

PyObject *raise_status(const State *state, tt_status status, const tt_error *err, const char *path)
{
    if (status == TT_ENOMEM)
        return PyErr_NoMemory();
    PyObject *type = class_of(state, status);
    PyObject *message = PyUnicode_DecodeUTF8(err->msg, (Py_ssize_t)strlen(err->msg), "replace");
    PyObject *error = message ? PyObject_CallOneArg(type, message) : NULL;
    if (error != NULL && set_attributes(error, status, err->pos, path) == 0)
        PyErr_SetObject(type, error);
    Py_XDECREF(message);
    Py_XDECREF(error);
    return NULL;
}

PyObject *str_of(tt_str s)
{
    return PyUnicode_DecodeUTF8(s.ptr ? s.ptr : "", (Py_ssize_t)s.len, NULL);
}

/* A lone surrogate has no UTF-8: say where it stands, as for bytes that are not UTF-8. */
static bool raise_surrogate(const State *state, PyObject *text)
{
    tt_error err;
    Py_ssize_t at = 0, len = PyUnicode_GET_LENGTH(text);
    if (!PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
        return false;
    PyErr_Clear();
    while (at < len && !Py_UNICODE_IS_SURROGATE(PyUnicode_READ_CHAR(text, at)))
        at++;
    tt_fail(&err, TT_EENCODING, (size_t)at, "code point %zd is half a surrogate pair and no text: replace it", at);
    raise_status(state, TT_EENCODING, &err, NULL);
    return false;
}

bool text_of_object(tt_str *out, const State *state, PyObject *object)
{
    Py_ssize_t len;
    if (PyUnicode_Check(object)) {
        const char *utf8 = PyUnicode_AsUTF8AndSize(object, &len);
        if (utf8 == NULL)
            return raise_surrogate(state, object);
        *out = (tt_str){utf8, (size_t)len};
        return true;
    }
    if (PyBytes_Check(object)) {
        *out = (tt_str){PyBytes_AS_STRING(object), (size_t)PyBytes_GET_SIZE(object)};
        return true;
    }
    PyErr_Format(PyExc_TypeError, "text must be str or bytes, not %.100s", Py_TYPE(object)->tp_name);
    return false;
}

bool given_of_object(given_text *out, const State *state, PyObject *object)
{
    *out = (given_text){NULL, 0, {NULL, 0}};
    if (!PyUnicode_Check(object) || !PyUnicode_IS_READY(object) || PyUnicode_KIND(object) != PyUnicode_2BYTE_KIND)
        return text_of_object(&out->raw, state, object);
    out->units = PyUnicode_2BYTE_DATA(object);
    out->unit_count = (size_t)PyUnicode_GET_LENGTH(object);
    return true;
}

bool layer_bits_of_object(unsigned *out, PyObject *object)
{
    unsigned long bits = object != NULL ? PyLong_AsUnsignedLong(object) : 0;
    *out = bits > UINT_MAX ? UINT_MAX : (unsigned)bits;
    return bits != (unsigned long)-1 || !PyErr_Occurred();
}

bool date_of_object(char date[11], const State *state, PyObject *object)
{
    bool good = false;
    date[0] = '\0';
    if (object == NULL || object == Py_None)
        return true;
    /* datetime.date (and datetime) say themselves in ISO form; a str is checked by the core */
    PyObject *iso = PyUnicode_Check(object) ? Py_NewRef(object) : PyObject_CallMethod(object, "isoformat", NULL);
    const char *utf8 = iso && PyUnicode_Check(iso) ? PyUnicode_AsUTF8(iso) : NULL;
    size_t len = utf8 ? strlen(utf8) : 0;
    bool cut = !PyUnicode_Check(object) && len > 10; /* a datetime: its day counts */
    if (utf8 == NULL) {
        if (PyErr_Occurred() == NULL || !PyErr_ExceptionMatches(PyExc_MemoryError))
            PyErr_Format(PyExc_TypeError, "date must be datetime.date or an ISO str, not %.100s", Py_TYPE(object)->tp_name);
    } else if (len != 10 && !cut) {
        tt_error err;
        tt_fail(&err, TT_EARGUMENT, 0, "\"%.40s\" is not a date in the form YYYY-MM-DD", utf8);
        raise_status(state, TT_EARGUMENT, &err, NULL);
    } else {
        memcpy(date, utf8, 10);
        date[10] = '\0';
        good = true;
    }
    Py_XDECREF(iso);
    return good;
}

PyObject *py_itself(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    return Py_NewRef(op);
}
