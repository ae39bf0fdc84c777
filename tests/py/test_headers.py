"""Public headers stand alone, in C11 and C++17; the library exports only tt_ names."""

import re
import shutil
import subprocess

import pytest
from conftest import ROOT
from tintuc import _core

INCLUDE = ROOT / "csrc" / "include"
HEADERS = sorted((INCLUDE / "tintuc").glob("*.h"))
COMPILERS = {"c11": ["gcc", "-xc", "-std=c11"], "c++17": ["g++", "-xc++", "-std=c++17"]}


@pytest.mark.parametrize("header", HEADERS, ids=lambda p: p.name)
@pytest.mark.parametrize("language", COMPILERS)
def test_compiles_alone(header, language):
    command = COMPILERS[language]
    assert shutil.which(command[0]), f"{command[0]} is needed for this test"
    flags = ["-Wall", "-Wextra", "-pedantic", "-Werror", "-fsyntax-only", f"-I{INCLUDE}"]
    done = subprocess.run([*command, *flags, str(header)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def library():
    subprocess.run(["make", "-s", "-C", str(ROOT / "csrc")], check=True)
    return ROOT / "build" / "libtintuc.a"


def globals_of(path, *options):
    """Names of any kind (code, data, bss, common, weak) that the linker sees."""
    listing = subprocess.run(["nm", "-g", "--defined-only", *options, str(path)], capture_output=True, text=True, check=True)
    return [line.split()[-1] for line in listing.stdout.splitlines() if re.match(r"[0-9a-f]+ [A-Za-z] ", line)]


def test_library_exports_only_tt_names(library):
    names = globals_of(library)
    assert len(names) > 50
    assert [n for n in names if not n.startswith("tt_")] == []


def test_extension_exports_only_tt_names_and_its_start():
    names = globals_of(_core.__file__, "-D")
    assert [n for n in names if not n.startswith("tt_")] == ["PyInit__core"]


def test_library_has_no_mutable_data(library):
    """What the source lint of test_layers cannot see: data inside functions, pointers that can be turned, tentative definitions."""
    listing = subprocess.run(["objdump", "-t", str(library)], capture_output=True, text=True, check=True).stdout
    symbols = re.findall(r"^[0-9a-f]+ .{7} (\S+)\t([0-9a-f]+)\s+(.+)$", listing, re.MULTILINE)
    assert sum(section.startswith(".rodata") for section, _, _ in symbols) > 10
    writable = re.compile(r"\.(data(?!\.rel\.ro)|bss|tdata|tbss)|\*COM\*")
    assert [name for section, size, name in symbols if writable.match(section) and int(size, 16)] == []
