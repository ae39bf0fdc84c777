"""Public headers stand alone, in C11 and C++17; the library exports only tt_ names."""

import shutil
import subprocess

import pytest
from conftest import ROOT

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


def test_library_exports_only_tt_names():
    library = ROOT / "build" / "libtintuc.a"
    subprocess.run(["make", "-s", "-C", str(ROOT / "csrc")], check=True)
    listing = subprocess.run(["nm", "-g", "--defined-only", str(library)], capture_output=True, text=True, check=True)
    names = [line.split()[-1] for line in listing.stdout.splitlines() if " T " in line or " D " in line or " R " in line]
    assert len(names) > 50
    assert [n for n in names if not n.startswith("tt_")] == []
