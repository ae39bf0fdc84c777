"""The benchmark runs, and reports what it promises."""

import json
import os
import re
import resource
import shutil
import subprocess
import sys

import pytest
from conftest import ROOT


def test_our_stages(tmp_path):
    out = tmp_path / "bench.json"
    names = "tintuc-normalize,tintuc-sentences,tintuc-sentences-2-threads,tintuc-pipeline,tintuc-pipeline-2-threads,tintuc-parse_time"
    command = [sys.executable, ROOT / "tests" / "bench" / "run.py", "--only", names, "--mb", "0.02", "--json", out]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    report = json.loads(out.read_text())
    assert [row["name"] for row in report["rows"]] == names.split(",")
    assert all(row["mb_per_s"] > 0 and row["peak_rss_mb"] > 0 for row in report["rows"])
    assert all(row["worst"] <= row["mb_per_s"] <= row["best"] for row in report["rows"])
    assert report["load_ms"] > 0 and "MB/s" in done.stdout


def test_text_stage_in_c(tmp_path):
    out = tmp_path / "bench.json"
    command = [sys.executable, ROOT / "tests" / "bench" / "run.py", "--only", "text-stage", "--mb", "0.05", "--json", out]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    report = json.loads(out.read_text())["text_stage"]
    rows = {row["name"]: row for row in report["rows"]}
    assert {"icu_quick_check", "icu_normalize_nfd", "utf8_check", "scan_portable", "text_nfc", "text_nfd"} <= set(rows)
    assert all(row["mb_per_s"] > 0 for row in rows.values())
    for name, peer in (("text_nfc", "icu_quick_check"), ("text_nfd", "icu_normalize_nfd")):
        assert rows[name]["over"] == peer and rows[name]["ratio"] > 0
    assert report["nfd_mb"] > report["nfc_mb"] > 0.04 and "text_nfd" in done.stdout


def test_a_task_that_does_not_exist_is_said():
    command = [sys.executable, str(ROOT / "tests" / "bench" / "run.py"), "--only", "tintuc-sentences,no-such"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2 and "no such task: no-such" in done.stderr and "Traceback" not in done.stderr


def test_linear_reports_each_family_and_stage():
    command = [sys.executable, str(ROOT / "tests" / "bench" / "linear.py"), "--kilobytes", "1", "--rounds", "1"]
    done = subprocess.run(command, capture_output=True, text=True)
    rows = [line for line in done.stdout.splitlines() if " ms " in line]
    assert len(rows) == 12 * 4 and re.fullmatch(r"worst \d+\.\d+, limit 4.4", done.stdout.splitlines()[-1]), done.stderr


def test_packed_documents():
    command = [sys.executable, str(ROOT / "tests" / "bench" / "pack.py"), "--mb", "0.01", "--rounds", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = {line[:16].strip(): [float(number) for number in line[16:].split()] for line in done.stdout.splitlines()[2:]}
    assert set(rows) == {"to_bytes", "pickle", "pickle of JSON", "pickle of dict", "JSON in Python"}
    assert rows["to_bytes"][0] < 2 < rows["pickle of JSON"][0] and all(number > 0 for row in rows.values() for number in row)


def test_steps_are_linear_in_the_text():
    """No clock: the same on any machine."""
    make = ["make", "-s", "-j2", "-C", str(ROOT / "csrc"), f"PYTHON={sys.executable}", "linear"]
    done = subprocess.run(make, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [line.split() for line in done.stdout.splitlines() if " steps " in line]
    assert len(rows) == 12 * 6 and all(int(row[-3]) > 1000 and 1 < float(row[-1]) <= 6 for row in rows)
    assert re.fullmatch(r"worst 0\.\d+ of its limit", done.stdout.splitlines()[-1])


def test_memory_is_flat_over_many_documents():
    command = [sys.executable, str(ROOT / "tests" / "bench" / "million.py"), "--documents", "80000"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    for way in ("call", "cli", "pipe"):
        assert re.search(rf"^{way} +80000 documents +\d+\.\d MB$", done.stdout, re.M), done.stdout
        assert re.search(rf"^{way} +grew by -?\d\.\d MB over the second half, limit 4$", done.stdout, re.M), done.stdout


# TINTUC_GIGABYTE=1: a line as long as a text may be, which takes minutes and 13 GB.
GIGABYTE = ["--megabytes", "1024", "--line", "names"]


@pytest.mark.parametrize("options", [["--megabytes", "1"], GIGABYTE], ids=["short", "gigabyte"])
def test_a_line_without_end(options):
    if options is GIGABYTE and "TINTUC_GIGABYTE" not in os.environ:
        pytest.skip("set TINTUC_GIGABYTE")
    done = subprocess.run([sys.executable, str(ROOT / "tests" / "bench" / "long_line.py"), *options], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [line.split() for line in done.stdout.splitlines()]
    assert len(rows) == (4 if options is GIGABYTE else 5 * 4) and all(row[-1] == "items" for row in rows)


def test_a_line_that_memory_does_not_hold_is_an_error():
    def small():
        resource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20))

    command = [sys.executable, str(ROOT / "tests" / "bench" / "long_line.py"), "--megabytes", "64", "--line", "names", "--stage", "whole"]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=small)
    assert (done.returncode, done.stdout.split()) == (0, ["names", "whole", "error", "memory"]), done.stderr


def test_rough_text():
    command = [sys.executable, ROOT / "tests" / "bench" / "rough.py", ROOT / "csrc" / "data" / "corpus" / "dev" / "b01.ann"]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    rows = {line[:22].strip(): [float(figure) for figure in line[22:].split()] for line in done.stdout.splitlines()[1:]}
    assert len(rows) == 9 and all(0 < figure <= 1 for row in rows.values() for figure in row)
    assert min(rows["as it is"]) > 0.9 and rows["wrapped"][0] > 0.9 and rows["small letters"][0] > 0.9


@pytest.mark.skipif(shutil.which("valgrind") is None, reason="valgrind counts the instructions")
def test_profile_has_every_stage():
    subprocess.run(["make", "-s", "-C", str(ROOT / "csrc")], check=True)
    command = [sys.executable, str(ROOT / "tests" / "bench" / "profile.py"), "--articles", "3"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = [line.strip("| ").split(" | ") for line in done.stdout.splitlines()[2:]]
    spent = {what.lstrip("- "): float(number) for what, number, _ in rows}
    stages = sum(float(number) for what, number, _ in rows[1:] if not what.startswith("-"))
    assert len(spent) == 14 and all(number > 0 for number in spent.values())
    assert 0.9 < stages / spent["all of the pipeline"] < 1.01
