"""The type stubs agree with the extension, and the package type-checks strictly."""

import subprocess
import sys

from conftest import ROOT


def run(*command):
    done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_package_type_checks():
    run("mypy", "--config-file", str(ROOT / "pyproject.toml"), str(ROOT / "pkg" / "tintuc"))


def test_stub_matches_extension():
    run("mypy.stubtest", "tintuc._core", "--ignore-missing-stub", "--ignore-disjoint-bases")
