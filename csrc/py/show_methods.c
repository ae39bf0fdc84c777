/* show_methods.c - How documents and lists of views show themselves in notebooks and to rich.
 *
 * The drawing is Python's (tintuc.display), imported when something is first shown. */
#include "state.h"

#define SHORT 60 /* characters of a text in a repr */

static PyObject *drawn(PyObject *op, const char *how)
{
    PyObject *module = PyImport_ImportModule("tintuc.display");
    PyObject *shown = module != NULL ? PyObject_CallMethod(module, how, "O", op) : NULL;
    Py_XDECREF(module);
    return shown;
}

PyObject *show_html(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    return drawn(op, "html_of");
}

PyObject *show_rich(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    return drawn(op, "rich_of");
}

PyObject *show_table(PyObject *op, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"layer", "id", NULL};
    const char *layer = "entities";
    PyObject *id = Py_None, *module = NULL, *table = NULL;
    if (PyArg_ParseTupleAndKeywords(args, kwargs, "|sO:table", names, &layer, &id))
        module = PyImport_ImportModule("tintuc.tables");
    if (module != NULL)
        table = PyObject_CallMethod(module, "of_document", "OsO", op, layer, id);
    Py_XDECREF(module);
    return table;
}

PyObject *show_short(PyObject *text)
{
    if (text == NULL || PyUnicode_GET_LENGTH(text) <= SHORT)
        return text;
    PyObject *head = PyUnicode_Substring(text, 0, SHORT - 3);
    PyObject *cut = head != NULL ? PyUnicode_FromFormat("%U...", head) : NULL;
    Py_XDECREF(head);
    Py_DECREF(text);
    return cut;
}
