"""The fuzz targets on seeded random inputs, under sanitizers: what a longer run with libFuzzer found stays fixed."""

import re
import subprocess
import sys

import pytest
from conftest import ROOT

INPUTS = 400
TARGETS = sorted(path.stem.removeprefix("fuzz_") for path in (ROOT / "tests" / "fuzz").glob("fuzz_*.c") if path.stem != "fuzz_nfc")


@pytest.fixture(scope="module")
def build():
    done = subprocess.run(["make", "-s", "-j2", "-C", ROOT / "csrc", "fuzz-replay"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return ROOT / "build"


def test_there_are_targets():
    assert len(TARGETS) >= 14


@pytest.mark.parametrize("target", TARGETS)
def test_target(build, tmp_path, target):
    last = tmp_path / "last"
    command = [build / f"replay_{target}", "-n", str(INPUTS), "-s", "20260101"]
    done = subprocess.run(command, capture_output=True, text=True, env={"FUZZ_LAST": str(last)})
    assert done.returncode == 0, f"{done.stderr[-4000:]}\ninput: {last.read_bytes()!r}"
    assert re.fullmatch(rf"{INPUTS} inputs, \d+ bytes\n", done.stdout)


@pytest.mark.parametrize("target", TARGETS)
def test_files_are_replayed(build, tmp_path, target):
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "page").write_text("#doc x\nNgày 9/9/2021 – Hà Nội.\n", "utf-8")
    done = subprocess.run([build / f"replay_{target}", "empty", "page"], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "empty: good\npage: good\n"


KEPT = sorted(path.stem for path in (ROOT / "tests" / "fuzz" / "inputs").glob("*.txt"))


def test_inputs_were_kept():
    assert len(KEPT) >= 15 and set(KEPT) <= set(TARGETS)


@pytest.mark.parametrize("target", KEPT)
def test_kept_inputs_are_replayed(build, tmp_path, target):
    last, kept = tmp_path / "last", ROOT / "tests" / "fuzz" / "inputs" / f"{target}.txt"
    done = subprocess.run([build / f"replay_{target}", "-l", kept], capture_output=True, text=True, env={"FUZZ_LAST": str(last)})
    assert done.returncode == 0, f"{done.stderr[-4000:]}\ninput: {last.read_bytes()!r}"
    assert int(done.stdout.split()[0]) == len(kept.read_text().splitlines()) >= 50


def test_a_call_without_inputs_is_refused(build):
    done = subprocess.run([build / f"replay_{TARGETS[0]}"], capture_output=True, text=True)
    assert done.returncode == 2 and done.stderr.startswith("usage: replay_NAME")


def test_str_and_bytes_read_the_same():
    done = subprocess.run([sys.executable, ROOT / "tests" / "fuzz" / "str_bytes.py", "-n", "2000"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "2000 texts\n"), done.stderr[-3000:]
