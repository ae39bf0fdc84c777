"""The whole NormalizationTest.txt of the Unicode Character Database, in C and in Python, and a short run of the fuzzer.

The file comes with Debian's package unicode-data; its columns are source, NFC, NFD, NFKC, NFKD. What ICU does not know yet is left
out, by the version in which a code point came to be.
"""

import bisect
import bz2
import json
import re
import subprocess
from pathlib import Path

import pytest
import tintuc
from conftest import ROOT

DATA = Path("/usr/share/unicode")
TEST = DATA / "NormalizationTest.txt.bz2"
needs_data = pytest.mark.skipif(not TEST.exists(), reason="needs Debian's package unicode-data")


@pytest.fixture(scope="module")
def programs():
    subprocess.run(["make", "-s", "-C", str(ROOT / "csrc"), "fuzz"], check=True)
    return ROOT / "build"


@pytest.fixture(scope="module")
def conformance(programs):
    return subprocess.run([programs / "conform_nfc"], input=bz2.decompress(TEST.read_bytes()), capture_output=True)


def version(text):
    return tuple(map(int, text.split(".")[:2]))


def newer_than(limit):
    """Says of a string whether a code point in it came after that version of Unicode."""
    rows = re.findall(r"^([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*([0-9.]+)", (DATA / "DerivedAge.txt").read_text("utf-8"), re.MULTILINE)
    ranges = sorted((int(first, 16), int(last or first, 16), version(age)) for first, last, age in rows)
    starts = [first for first, _, _ in ranges]

    def newer(text):
        for char in text:
            first, last, age = ranges[bisect.bisect_right(starts, ord(char)) - 1]
            if not first <= ord(char) <= last or age > limit:
                return True
        return False

    return newer


@needs_data
def test_all_lines_in_c(conformance):
    assert conformance.returncode == 0, conformance.stdout[-2000:]
    report = json.loads(conformance.stdout.splitlines()[-1])
    assert report["failed"] == 0 and report["checked"] > 18000


@needs_data
def test_a_wrong_line_is_seen(programs):
    lines = b"0061 0301;00E1;0061 0301;00E1;0061 0301;\n0061 0301;00E0;0061 0301;00E0;0061 0301;\n"
    done = subprocess.run([programs / "conform_nfc"], input=lines, capture_output=True)
    assert done.returncode == 1 and json.loads(done.stdout.splitlines()[-1])["failed"] == 1


@needs_data
def test_all_lines_in_python(conformance):
    newer = newer_than(version(json.loads(conformance.stdout.splitlines()[-1])["unicode"]))
    checked = 0
    for line in bz2.open(TEST, "rt", encoding="utf-8"):
        if line[0] in "#@\n":
            continue
        source, nfc, nfd, nfkc, nfkd = ("".join(chr(int(code, 16)) for code in cell.split()) for cell in line.split(";")[:5])
        if newer(source + nfc + nfd + nfkc + nfkd):
            continue
        checked += 1
        forms = (source, nfc, nfd, nfkc, nfkd)
        assert [tintuc.normalize(text, "nfc") for text in forms] == [nfc, nfc, nfc, nfkc, nfkc], line
        assert [tintuc.normalize(text, "nfkc") for text in forms] == [nfkc] * 5, line
    assert checked > 18000


def test_fuzz_a_little(programs):
    done = subprocess.run([programs / "fuzz_nfc", "30000", "1"], capture_output=True, text=True)
    assert done.returncode == 0 and "30000 strings" in done.stdout, done.stdout
    assert subprocess.run([programs / "fuzz_nfc"], capture_output=True).returncode == 2
