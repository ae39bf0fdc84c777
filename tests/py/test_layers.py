"""The architecture as a test: data flows one way, only base allocates, nothing in the core is mutable and global."""

import re

import pytest
from conftest import ROOT

CORE = ROOT / "csrc" / "core"
STAGES = ["base", "text", "page", "sentence", "token", "learn", "word", "lexicon", "entity", "value", "link", "document", "table"]
SOURCES = sorted(CORE.glob("*/*.[ch]"))
BINDING = sorted((ROOT / "csrc" / "py").glob("*.[ch]"))


def name(path):
    return str(path.relative_to(ROOT))


def code_of(path):
    return re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)


def test_there_is_something_to_check():
    assert len(SOURCES) > 50 and len(BINDING) > 5


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_core_includes_only_earlier_stages(path):
    here = STAGES.index(path.parent.name)
    for folder in re.findall(r'#include "(\w+)/', path.read_text("utf-8")):
        assert folder == "tintuc" or STAGES.index(folder) <= here


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_only_base_allocates(path):
    calls = re.findall(r"(?<![\w>.])(malloc|calloc|realloc|free|strn?dup|aligned_alloc|posix_memalign|v?asprintf|getline)\(", code_of(path))
    assert not calls or path.name == "alloc.c"


# a variable at file scope, or static inside a function; what stands in front of its name; not a type, not a function
VARIABLE = re.compile(r"(?:\s+(?=static |_Thread_local ))?(\w[\w ]*[ *][\w *]*?)\w+(?:\[[^]]*\])*(?: =|;)")
NO_VARIABLE = re.compile(r"typedef |extern |(struct|enum|union) $")


def mutable(line):
    """Whether the line defines a variable that keeps its place in memory and can change."""
    found = VARIABLE.match(line)
    return bool(found) and not NO_VARIABLE.match(found[1]) and "const" not in found[1].rpartition("*")[2].split()


@pytest.mark.parametrize(
    ("line", "want"),
    [
        ("static int n;", True),
        ("    static int n = 0;", True),
        ("static _Thread_local long n = -1;", True),
        ("int n;", True),
        ("tt_arena *shared = NULL;", True),
        ("static const char *turned;", True),
        ("static char names[4][8];", True),
        ("static const char *const NAMES[] = {", False),
        ("static const int n = 3;", False),
        ("static int f(int x);", False),
        ("static bool f(void)", False),
        ("typedef struct tt_arena tt_arena;", False),
        ("struct tt_arena;", False),
        ("    int local = 3;", False),
        ("} tt_span;", False),
    ],
)
def test_the_lint_sees_what_it_should(line, want):
    assert mutable(line) is want


# what the C API takes without const and does not change: its tables, and keyword lists before 3.13
API_TABLE = re.compile(
    r"(static )?(struct )?(PyMethodDef|PyMemberDef|PyGetSetDef|PyType_Slot|PyModuleDef|PyModuleDef_Slot|PyType_Spec) "
    r"|static char \*names\[\] = \{"
)


@pytest.mark.parametrize("path", SOURCES + BINDING, ids=name)
def test_no_mutable_global(path):
    for line in code_of(path).splitlines():
        allowed = path.parent.name == "py" and API_TABLE.match(line.strip())
        tested = any(name in line for name in ("faults_", "steps_taken", "limit_for_tests"))  # of test builds only
        assert not mutable(line) or allowed or tested, line


@pytest.mark.parametrize("path", BINDING, ids=name)
def test_binding_sees_public_headers_only(path):
    for header in re.findall(r'#include "([^"]+)"', path.read_text("utf-8")):
        assert header in ("state.h", "tintuc/tintuc.h")


def test_file_names_are_unique():
    names = [p.name for p in SOURCES + BINDING + sorted((ROOT / "csrc" / "tool").glob("*.[ch]"))]
    assert len(names) == len(set(names))
