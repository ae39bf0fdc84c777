"""The architecture as a test: data flows one way, only base allocates, nothing in the core is mutable and global."""

import re

import pytest
from conftest import ROOT

CORE = ROOT / "csrc" / "core"
STAGES = ["base", "text", "page", "sentence", "token", "learn", "word", "lexicon", "entity", "link", "document"]
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
    calls = re.findall(r"(?<![\w>.])(malloc|calloc|realloc|free|strdup)\(", code_of(path))
    assert not calls or path.name == "alloc.c"


@pytest.mark.parametrize("path", SOURCES + BINDING, ids=name)
def test_no_mutable_global(path):
    for line in code_of(path).splitlines():
        static = re.match(r"static (?!const|inline)[\w ]+[ *]+\w+(\[[^]]*\])*( =|;)", line)
        allowed = path.parent.name == "py" and re.search(r"PyMethodDef|PyGetSetDef|PyType_Slot|PyModuleDef", line)
        assert not static or allowed or "faults_left" in line, line


@pytest.mark.parametrize("path", BINDING, ids=name)
def test_binding_sees_public_headers_only(path):
    for header in re.findall(r'#include "([^"]+)"', path.read_text("utf-8")):
        assert header in ("state.h", "tintuc/tintuc.h")


def test_file_names_are_unique():
    names = [p.name for p in SOURCES + BINDING + sorted((ROOT / "csrc" / "tool").glob("*.[ch]"))]
    assert len(names) == len(set(names))
