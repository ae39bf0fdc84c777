"""The case files that the C tests read, once more through str, bytes and JSON: every way in gives the same answers."""

import json
import re

import pytest
from conftest import ROOT
from tintuc import _core


def unescape(text):
    return re.sub(r"\\u([0-9A-Fa-f]{4})", lambda m: chr(int(m[1], 16)), text)


def load_cases(name):
    """(name, input, wanted lines) of each case; the form is in the file's first lines."""
    body = (ROOT / "tests" / "cases" / name).read_text("utf-8")
    cases = []
    for case in re.split(r"^=== ", body, flags=re.MULTILINE)[1:]:
        title, rest = case.split("\n", 1)
        page, want = re.split(r"^---$\n?", rest, maxsplit=1, flags=re.MULTILINE)
        cases.append((title, unescape(page.rstrip("\n")), [unescape(line) for line in want.splitlines() if line.strip()]))
    return cases


def of_str(nlp, text):
    return json.loads(nlp(text, layers=["blocks", "sentences"]).to_json("x"))


def of_bytes(nlp, text):
    return json.loads(nlp(text.encode(), layers=["blocks", "sentences"]).to_json("x"))


def of_pipe(nlp, text):
    (doc,) = nlp.pipe([text])
    return json.loads(doc.to_json("x"))


WAYS = [of_str, of_bytes, of_pipe]


def texts(document, layer):
    return [document["text"][item["start"] : item["end"]] for item in document[layer]]


@pytest.mark.parametrize("read", WAYS)
@pytest.mark.parametrize("case", load_cases("sentences.txt"), ids=lambda c: c[0])
def test_sentences(nlp, case, read):
    _, text, want = case
    assert [s.replace("\n", " ") for s in texts(read(nlp, text), "sentences")] == [w.replace("\n", " ") for w in want]


@pytest.mark.parametrize("read", WAYS)
@pytest.mark.parametrize("case", load_cases("blocks.txt"), ids=lambda c: c[0])
def test_blocks(nlp, case, read):
    _, text, want = case
    document = read(nlp, text)
    kinds = [b["kind"] for b in document["blocks"]]
    found = [f"date | {document['date'] or '-'}", *(f"{k} | {t}" for k, t in zip(kinds, texts(document, "blocks"), strict=True))]
    assert found == want


def steps_of(words):
    """Bits of "clean -squeeze +tone_new"."""
    preset, *switches = words.split()
    bits = _core.PRESETS[preset]
    for switch in switches:
        bit = 1 << _core.STEPS.index(switch[1:])
        bits = bits | bit if switch[0] == "+" else bits & ~bit
    return bits


@pytest.mark.parametrize("of", [str, str.encode], ids=["str", "bytes"])
@pytest.mark.parametrize("case", load_cases("normalize.txt"), ids=lambda c: c[0])
def test_normalize(case, of):
    _, text, want = case
    steps, view, counts = (line.partition(":")[2].removeprefix(" ") for line in want)
    source = of(text)
    found, alignment = _core.normalize(source, steps_of(steps), "utf-8")
    assert found == view
    assert (" ".join(f"{step} {count}" for step, count in alignment.counts.items()) or "-") == counts
    if found:
        ends = [alignment.to_raw(0, i + 1)[1] for i in range(len(found))]
        assert source[: ends[-1]] == source and ends == sorted(ends)
