/* value_type.c - values as Python objects: dates, datetimes, timedeltas, decimals; and the parsers of one expression. */
#include "state.h"

typedef struct {
    PyObject_HEAD tt_value value;
    tt_value_label label;
    PyObject *weakrefs;
} ValueObject;

enum { LAST_ORDINAL = 3652059 /* 9999-12-31 */ };
#define SECONDS_A_DAY INT64_C(86400)

/* module.name(...) with arguments in the form of Py_BuildValue. */
static PyObject *call(const char *module, const char *type, const char *method, PyObject *args)
{
    PyObject *from = args ? PyImport_ImportModule(module) : NULL, *class = from ? PyObject_GetAttrString(from, type) : NULL;
    PyObject *callable = class != NULL && method != NULL ? PyObject_GetAttrString(class, method) : Py_XNewRef(class);
    PyObject *result = callable ? PyObject_CallObject(callable, args) : NULL;
    Py_XDECREF(callable);
    Py_XDECREF(class);
    Py_XDECREF(from);
    Py_XDECREF(args);
    return result;
}

static PyObject *date_of(const tt_value *value, int32_t day)
{
    if (value == NULL || value->start == value->end || day < 1 || day > LAST_ORDINAL)
        Py_RETURN_NONE;
    return call("datetime", "date", "fromordinal", Py_BuildValue("(i)", (int)day));
}

static PyObject *str_or_none(const char *text)
{
    if (text == NULL || text[0] == '\0')
        Py_RETURN_NONE;
    return PyUnicode_FromString(text);
}

static PyObject *decimal_of(tt_decimal number)
{
    char text[40];
    if (!number.known)
        Py_RETURN_NONE;
    size_t len = tt_decimal_write(text, number);
    return call("decimal", "Decimal", NULL, Py_BuildValue("(s#)", text, (Py_ssize_t)len));
}

PyObject *value_text(const tt_value *value)
{
    return str_or_none(value ? value->text : NULL);
}

PyObject *value_start_date(const tt_value *value)
{
    return date_of(value, value ? value->start : 0);
}

PyObject *value_end_date(const tt_value *value)
{
    return date_of(value, value ? value->end : 0);
}

PyObject *value_datetime(const tt_value *value)
{
    if (value == NULL || value->clock < 0 || value->start == value->end)
        Py_RETURN_NONE;
    int32_t day = value->start + value->clock / (int32_t)SECONDS_A_DAY, second = value->clock % (int32_t)SECONDS_A_DAY;
    if (day < 1 || day > LAST_ORDINAL)
        Py_RETURN_NONE;
    PyObject *date = call("datetime", "date", "fromordinal", Py_BuildValue("(i)", (int)day));
    PyObject *time = call("datetime", "time", NULL, Py_BuildValue("(iii)", second / 3600, second / 60 % 60, second % 60));
    PyObject *both = date != NULL && time != NULL ? Py_BuildValue("(OO)", date, time) : NULL;
    Py_XDECREF(date);
    Py_XDECREF(time);
    return call("datetime", "datetime", "combine", both);
}

PyObject *value_timedelta(const tt_value *value)
{
    static const int32_t DAYS_MOST = 999999999;
    if (value == NULL || !value->seconds.known)
        Py_RETURN_NONE;
    int64_t unit = 1, digits = value->seconds.digits;
    for (uint32_t i = 0; i < value->seconds.scale; i++)
        unit *= 10;
    int64_t whole = digits / unit, rest = digits % unit;
    if (whole / SECONDS_A_DAY >= DAYS_MOST)
        Py_RETURN_NONE;
    double micros = (double)rest / (double)unit * 1e6;
    return call("datetime", "timedelta", NULL,
                Py_BuildValue("(LLd)", (long long)(whole / SECONDS_A_DAY), (long long)(whole % SECONDS_A_DAY), micros));
}

PyObject *value_number(const tt_value *value)
{
    return decimal_of(value ? value->number : (tt_decimal){0, 0, false});
}

PyObject *value_number_end(const tt_value *value)
{
    return decimal_of(value ? value->number_end : (tt_decimal){0, 0, false});
}

PyObject *value_unit(const tt_value *value)
{
    return str_or_none(value ? value->unit : NULL);
}

PyObject *value_currency(const tt_value *value)
{
    return str_or_none(value ? value->currency : NULL);
}

#define VALUE_GETTER(name)                                                                                                     \
    static PyObject *get_##name(PyObject *op, void *Py_UNUSED(closure))                                                        \
    {                                                                                                                          \
        return value_##name(&((ValueObject *)op)->value);                                                                      \
    }
VALUE_GETTER(text)
VALUE_GETTER(start_date)
VALUE_GETTER(end_date)
VALUE_GETTER(datetime)
VALUE_GETTER(timedelta)
VALUE_GETTER(number)
VALUE_GETTER(number_end)
VALUE_GETTER(unit)
VALUE_GETTER(currency)

static PyObject *get_label(PyObject *op, void *Py_UNUSED(closure))
{
    return PyUnicode_FromString(tt_value_label_name(((ValueObject *)op)->label));
}

static PyObject *value_repr(PyObject *op)
{
    const ValueObject *self = (const ValueObject *)op;
    return PyUnicode_FromFormat("<%s %s>", tt_value_label_name(self->label), self->value.text);
}

static void value_dealloc(PyObject *op)
{
    PyTypeObject *type = Py_TYPE(op);
    if (((ValueObject *)op)->weakrefs != NULL)
        PyObject_ClearWeakRefs(op);
    type->tp_free(op);
    Py_DECREF(type);
}

static PyObject *value_compare(PyObject *a, PyObject *b, int operation)
{
    if (Py_TYPE(a) != Py_TYPE(b) || (operation != Py_EQ && operation != Py_NE))
        Py_RETURN_NOTIMPLEMENTED;
    const ValueObject *x = (const ValueObject *)a, *y = (const ValueObject *)b;
    bool same = x->label == y->label && tt_value_equal(&x->value, &y->value);
    return PyBool_FromLong(same == (operation == Py_EQ));
}

static Py_hash_t value_hash(PyObject *op)
{
    PyObject *text = PyUnicode_FromString(((ValueObject *)op)->value.text);
    Py_hash_t hash = text != NULL ? PyObject_Hash(text) : -1;
    Py_XDECREF(text);
    return hash;
}

static PyObject *value_from_bytes(PyObject *type, PyObject *arg)
{
    tt_error err = {0, ""};
    State *state = state_of_type((PyTypeObject *)type);
    if (state == NULL || !PyBytes_Check(arg))
        return state != NULL ? PyErr_Format(PyExc_TypeError, "bytes, not %.100s", Py_TYPE(arg)->tp_name) : NULL;
    ValueObject *self = (ValueObject *)state->Value->tp_alloc(state->Value, 0);
    if (self == NULL)
        return NULL;
    tt_str bytes = {PyBytes_AS_STRING(arg), (size_t)PyBytes_GET_SIZE(arg)};
    tt_status status = tt_value_unpack(&self->value, &self->label, bytes, &err);
    if (status == TT_OK)
        return (PyObject *)self;
    Py_DECREF(self);
    return raise_status(state, status, &err, NULL);
}

static PyObject *value_reduce(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    const ValueObject *self = (const ValueObject *)op;
    tt_buf packed = {NULL, 0, 0};
    tt_error err = {0, ""};
    if (tt_value_pack(&packed, self->label, &self->value, &err) != TT_OK)
        return PyErr_NoMemory();
    PyObject *read = PyObject_GetAttrString((PyObject *)Py_TYPE(op), "_from_bytes");
    PyObject *result = read != NULL ? Py_BuildValue("(O(y#))", read, packed.ptr, (Py_ssize_t)packed.len) : NULL;
    Py_XDECREF(read);
    tt_buf_free(&packed);
    return result;
}

static PyMethodDef value_methods[] = {
    {"_from_bytes", value_from_bytes, METH_O | METH_CLASS, NULL},
    {"__reduce__", value_reduce, METH_NOARGS, NULL},
    COPIES,
    {NULL, NULL, 0, NULL},
};
static PyMemberDef value_members[] = {WEAKREFS(ValueObject), {NULL, 0, 0, 0, NULL}};

static PyGetSetDef value_getset[] = {
    {"label", get_label, NULL, PyDoc_STR("DATE, TIME, DURATION, ORDINAL, MONEY, PERCENT or QUANTITY."), NULL},
    {"value", get_text, NULL, PyDoc_STR("TIMEX3 value, or number and unit (str)."), NULL},
    {"start_date", get_start_date, NULL, PyDoc_STR("First day (datetime.date or None)."), NULL},
    {"end_date", get_end_date, NULL, PyDoc_STR("Day after the last (datetime.date or None)."), NULL},
    {"datetime", get_datetime, NULL, PyDoc_STR("Day and clock (datetime.datetime or None)."), NULL},
    {"timedelta", get_timedelta, NULL, PyDoc_STR("Length (datetime.timedelta or None)."), NULL},
    {"number", get_number, NULL, PyDoc_STR("Amount, of a range the first (decimal.Decimal or None)."), NULL},
    {"number_end", get_number_end, NULL, PyDoc_STR("Second amount of a range (decimal.Decimal or None)."), NULL},
    {"unit", get_unit, NULL, PyDoc_STR("What is counted, as written (str or None)."), NULL},
    {"currency", get_currency, NULL, PyDoc_STR("ISO 4217 code (str or None)."), NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot value_slots[] = {
    {Py_tp_doc, (void *)PyDoc_STR("What a date, time, length or amount says.")},
    {Py_tp_dealloc, value_dealloc},
    {Py_tp_getset, value_getset},
    {Py_tp_repr, value_repr},
    {Py_tp_richcompare, value_compare},
    {Py_tp_hash, value_hash},
    {Py_tp_methods, value_methods},
    {Py_tp_members, value_members},
    {0, NULL},
};

PyType_Spec value_spec = {
    .name = "tintuc._core.Value",
    .basicsize = sizeof(ValueObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = value_slots,
};

/* Seconds since midnight of a datetime; -1 for a date. */
static bool clock_of_object(int32_t *out, PyObject *object)
{
    static const char *const NAMES[] = {"hour", "minute", "second"};
    *out = -1;
    if (PyUnicode_Check(object) || !PyObject_HasAttrString(object, "hour"))
        return true;
    int32_t sum = 0;
    for (size_t i = 0; i < TT_COUNT(NAMES); i++) {
        PyObject *part = PyObject_GetAttrString(object, NAMES[i]);
        long number = part ? PyLong_AsLong(part) : -1;
        Py_XDECREF(part);
        if (number < 0 || number > 60)
            return PyErr_Occurred() == NULL;
        sum = sum * 60 + (int32_t)number;
    }
    *out = sum;
    return true;
}

static bool anchor_of_object(tt_value_anchor *out, const State *state, PyObject *object)
{
    char date[11];
    tt_error err;
    *out = (tt_value_anchor){0, -1};
    if (object == Py_None)
        return true;
    if (!date_of_object(date, state, object) || !clock_of_object(&out->clock, object))
        return false;
    out->day = tt_value_day(tt_str_c(date));
    if (out->day != 0)
        return true;
    tt_fail(&err, TT_EARGUMENT, 0, "anchor \"%s\" is not a day in the form YYYY-MM-DD", date);
    raise_status(state, TT_EARGUMENT, &err, NULL);
    return false;
}

/* Without combining marks (U+0300 to U+036F) Vietnamese text is in NFC. */
static bool has_marks(tt_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] == 0xCC || (unsigned char)text.ptr[i] == 0xCD)
            return true;
    return false;
}

/* The text in NFC, in the arena where it was not; false with an exception set. */
static bool compose(tt_str *text, tt_arena *arena, const State *state, bool bytes)
{
    tt_text made;
    tt_error err;
    bool marks = has_marks(*text);
    tt_status status = marks ? tt_text_make(&made, arena, *text, &err) : bytes ? tt_utf8_check(*text, &err) : TT_OK;
    if (status != TT_OK)
        raise_status(state, status, &err, NULL);
    else if (marks)
        *text = made.norm;
    return status == TT_OK;
}

/* None where there is no value. */
static PyObject *parse(State *state, PyObject *object, bool time, tt_value_anchor anchor)
{
    tt_arena arena;
    tt_str text;
    ValueObject *self = NULL;
    if (!text_of_object(&text, state, object))
        return NULL;
    tt_arena_init(&arena);
    if (compose(&text, &arena, state, PyBytes_Check(object)))
        self = (ValueObject *)state->Value->tp_alloc(state->Value, 0);
    bool found = self != NULL && (time ? tt_value_parse_time(&self->value, &self->label, text, anchor)
                                       : tt_value_parse_number(&self->value, &self->label, text));
    tt_arena_free(&arena);
    if (self == NULL || found)
        return (PyObject *)self;
    Py_DECREF(self);
    Py_RETURN_NONE;
}

static PyObject *parse_time(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    tt_value_anchor anchor;
    State *state = state_of_module(module);
    if (count != 1 && count != 2)
        return PyErr_Format(PyExc_TypeError, "parse_time takes a text and an anchor, not %zd arguments", count);
    if (!anchor_of_object(&anchor, state, count == 2 ? args[1] : Py_None))
        return NULL;
    return parse(state, args[0], true, anchor);
}

static PyObject *parse_number(PyObject *module, PyObject *text)
{
    return parse(state_of_module(module), text, false, (tt_value_anchor){0, -1});
}

PyMethodDef value_functions[] = {
    {"parse_time", (PyCFunction)(void (*)(void))parse_time, METH_FASTCALL,
     PyDoc_STR("parse_time(text, anchor=None, /) -> Value | None")},
    {"parse_number", parse_number, METH_O, PyDoc_STR("parse_number(text, /) -> Value | None")},
    {NULL, NULL, 0, NULL},
};
