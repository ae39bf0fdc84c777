/* module.c - tintuc._core: multi-phase initialization, state, errors. */
#include "state.h"

static struct PyModuleDef core_module;

State *state_of_module(PyObject *module)
{
    return PyModule_GetState(module);
}

State *state_of_type(PyTypeObject *type)
{
#if PY_VERSION_HEX >= 0x030B0000
    PyObject *module = PyType_GetModuleByDef(type, &core_module);
    return module ? PyModule_GetState(module) : NULL;
#else
    for (; type != NULL; type = type->tp_base)
        if (PyType_HasFeature(type, Py_TPFLAGS_HEAPTYPE)) {
            PyObject *module = PyType_GetModule(type);
            if (module == NULL)
                PyErr_Clear();
            else if (PyModule_GetDef(module) == &core_module)
                return PyModule_GetState(module);
        }
    PyErr_SetString(PyExc_TypeError, "not a type of tintuc._core");
    return NULL;
#endif
}

static int add_type(PyObject *module, PyTypeObject **slot, PyType_Spec *spec)
{
    *slot = (PyTypeObject *)PyType_FromModuleAndSpec(module, spec, NULL);
    return *slot == NULL ? -1 : PyModule_AddType(module, *slot);
}

static int add_error(PyObject *module, PyObject **slot, const char *name, const char *doc, PyObject *base)
{
    char full[64];
    PyOS_snprintf(full, sizeof full, "tintuc.%s", name);
    *slot = PyErr_NewExceptionWithDoc(full, doc, base, NULL);
    return *slot == NULL ? -1 : PyModule_AddObjectRef(module, name, *slot);
}

/* STEPS: names of the normalization steps, each the bit of its place; PRESETS: sets of them by name. */
static int add_steps(PyObject *module)
{
    PyObject *steps = PyTuple_New(TT_STEPS);
    PyObject *presets = Py_BuildValue("{sIsIsIsI}", "nfc", TT_STEP_BIT(TT_STEP_NFC), "nfkc", TT_STEP_BIT(TT_STEP_NFKC), "view",
                                      TT_PRESET_VIEW, "clean", TT_PRESET_CLEAN);
    for (int step = 0; steps != NULL && step < TT_STEPS; step++) {
        PyObject *name = PyUnicode_FromString(tt_step_name((tt_step)step));
        if (name == NULL)
            Py_CLEAR(steps);
        else
            PyTuple_SET_ITEM(steps, step, name);
    }
    int failed = steps == NULL || presets == NULL || PyModule_AddObjectRef(module, "STEPS", steps) < 0 ||
                 PyModule_AddObjectRef(module, "PRESETS", presets) < 0;
    Py_XDECREF(steps);
    Py_XDECREF(presets);
    return failed ? -1 : 0;
}

static int module_exec(PyObject *module)
{
    State *st = state_of_module(module);
    st->module = module;
#define ADD(name, spec)                                                                                                        \
    if (add_type(module, &st->name, &spec) < 0)                                                                                \
        return -1;
    FOR_EACH_TYPE(ADD)
#undef ADD
    if (add_error(module, &st->Error, "Error", "Base of tintuc's errors: code (str), byte (int) and path (str or None).",
                  PyExc_ValueError) < 0)
        return -1;
#define ADD(name, status, doc)                                                                                                 \
    if (add_error(module, &st->name, #name, doc, st->Error) < 0)                                                               \
        return -1;
    FOR_EACH_ERROR(ADD)
#undef ADD
    if (PyModule_AddFunctions(module, text_functions) < 0 || PyModule_AddFunctions(module, encoding_functions) < 0 ||
        PyModule_AddFunctions(module, train_functions) < 0 || PyModule_AddFunctions(module, value_functions) < 0 ||
        PyModule_AddFunctions(module, table_functions) < 0 || PyModule_AddFunctions(module, layer_functions) < 0 ||
        add_layer_names(st) < 0)
        return -1;
    if (add_steps(module) < 0 || PyModule_AddIntConstant(module, "MAX_BYTES", (long)TT_DOC_MAX_BYTES) < 0)
        return -1;
    if (PyModule_AddStringConstant(module, "CPU_PATH", tt_cpu_path()) < 0)
        return -1;
    return PyModule_AddStringConstant(module, "VERSION", tt_version());
}

static int module_traverse(PyObject *module, visitproc visit, void *arg)
{
    State *st = state_of_module(module);
#define VISIT(name, spec) Py_VISIT(st->name);
    FOR_EACH_TYPE(VISIT)
#undef VISIT
    Py_VISIT(st->Error);
#define VISIT(name, status, doc) Py_VISIT(st->name);
    FOR_EACH_ERROR(VISIT)
#undef VISIT
    return 0;
}

static int module_clear(PyObject *module)
{
    State *st = state_of_module(module);
#define CLEAR(name, spec) Py_CLEAR(st->name);
    FOR_EACH_TYPE(CLEAR)
#undef CLEAR
    Py_CLEAR(st->Error);
#define CLEAR(name, status, doc) Py_CLEAR(st->name);
    FOR_EACH_ERROR(CLEAR)
#undef CLEAR
    for (int layer = 0; layer < TT_LAYERS; layer++)
        Py_CLEAR(st->layer_names[layer]);
    Py_CLEAR(st->layers_name);
    return 0;
}

static void module_free(void *module)
{
    module_clear(module);
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, module_exec},
#if PY_VERSION_HEX >= 0x030C0000
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
    {0, NULL},
};

static struct PyModuleDef core_module = {
    PyModuleDef_HEAD_INIT,   .m_name = "tintuc._core", .m_doc = PyDoc_STR("The C core of tintuc; use it through the package."),
    .m_size = sizeof(State), .m_slots = module_slots,  .m_traverse = module_traverse,
    .m_clear = module_clear, .m_free = module_free,
};

PyMODINIT_FUNC PyInit__core(void);
PyMODINIT_FUNC PyInit__core(void)
{
    return PyModuleDef_Init(&core_module);
}
