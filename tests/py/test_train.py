"""Own labels: train on a few sentences, get them back; the same corpus and seed give the same bytes."""

import importlib
import math
import sys

import pytest
import tintuc

CASES = [("Công ty {HÃNG|Mặt Trời} bán {XE|VF 8}.", "x"), ("Ông mua {XE|Camry} của {HÃNG|Toyota}.", "y")]
ANN = "\n".join(
    f"#doc d{i} topic=t\n#paragraph\n{text.replace('HÃNG', 'BRAND').replace('XE', 'CAR')}\n" for i in range(15) for text, _ in CASES
)
IOB = "Ông\tO\nmua\tO\nCamry\tB-CAR\ncủa\tO\nToyota\tB-BRAND\n.\tO\n\n" * 15


@pytest.mark.parametrize("name, corpus", [("c.ann", ANN), ("c.conll", IOB)])
def test_own_labels(tmp_path, name, corpus):
    path = tmp_path / name
    path.write_text(corpus, "utf-8")
    seen = []
    nlp = tintuc.train(path, output=tmp_path / "m.ttm", progress=lambda *p: seen.append(p))
    assert sorted(nlp.labels) == ["BRAND", "CAR"]
    doc = nlp("Ông mua Camry của Toyota.")
    assert [(e.text, e.label) for e in doc.entities] == [("Camry", "CAR"), ("Toyota", "BRAND")]
    assert {p[0] for p in seen} == {0, 1} and all(p[4] == -1 and math.isfinite(p[3]) for p in seen)


def test_it_is_told_what_the_base_finds(tmp_path):
    """Four sentences teach the label; who is a person, the base knows."""
    texts = ["Ông {NGƯỜI|Trần Văn Minh} nói.", "Hà Nội đón bà {NGƯỜI|Lê Thị Hoa}.", "{NGƯỜI|Nguyễn Quốc Anh} đến Huế.",
             "Nhà văn {NGƯỜI|Nguyễn Huy} khen {NGƯỜI|Chu Lai}."]
    ann = "\n".join(f"#doc d{i}\n#paragraph\n{text.replace('NGƯỜI', 'WHO')}\n" for i in range(4) for text in texts)
    (tmp_path / "c.ann").write_text(ann, "utf-8")
    text = "Theo Xuân Hinh, Lào Cai đang mưa."
    found = {}
    for stack in (True, False):
        nlp = tintuc.train(tmp_path / "c.ann", output=tmp_path / f"{stack}.ttm", stack=stack)
        assert list(nlp.labels) == ["WHO"]
        found[stack] = [e.text for e in nlp(text).entities]
    assert found[True] == ["Xuân Hinh"] and found[False] != found[True]
    again = tintuc.train(tmp_path / "c.ann", output=tmp_path / "again.ttm", base=tintuc.load(tmp_path / "True.ttm"))
    assert [e.text for e in again(text).entities] == ["Xuân Hinh"]
    assert (tmp_path / "again.ttm").read_bytes() == (tmp_path / "True.ttm").read_bytes()  # its base is the same


def test_joined_tokens_read_as_running_text(tmp_path):
    (tmp_path / "c.ann").write_text(ANN, "utf-8")
    nlp = tintuc.train(tmp_path / "c.ann", output=tmp_path / "m.ttm")
    told = {}
    for text in ("Sáng nay, ông (Minh) mua Camry của Toyota.", "Sáng nay , ông ( Minh ) mua Camry của Toyota ."):
        told[text] = [(e.text, e.label, e.confidence) for e in nlp(text).entities]
    assert len({str(entities) for entities in told.values()}) == 1 and [t for t, *_ in told[text]] == ["Camry", "Toyota"]


def test_same_bytes(tmp_path):
    path = tmp_path / "c.ann"
    path.write_text(ANN, "utf-8")
    for name in ("a", "b"):
        tintuc.train(path, dev=path, output=tmp_path / name, epochs=5)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_progress_can_stop_it(tmp_path):
    path = tmp_path / "c.ann"
    path.write_text(ANN, "utf-8")

    def stop(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tintuc.train(path, output=tmp_path / "m.ttm", progress=stop)
    assert not (tmp_path / "m.ttm").exists()


def test_goes_on_after_it_was_stopped(tmp_path):
    (tmp_path / "c.ann").write_text(ANN, "utf-8")
    options = {"dev": tmp_path / "c.ann", "epochs": 3, "checkpoint": tmp_path / "kept"}
    tintuc.train(tmp_path / "c.ann", output=tmp_path / "whole", **options)
    calls = []

    def stop(*progress):
        calls.append(progress)
        if len(calls) == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tintuc.train(tmp_path / "c.ann", output=tmp_path / "parts", progress=stop, **options)
    kept = sorted(path.name for path in tmp_path.glob("kept*"))
    assert kept and set(kept) <= {"kept.inner", "kept.outer"}
    with pytest.raises(tintuc.ArgumentError, match="other data or with other settings"):
        tintuc.train(tmp_path / "c.ann", output=tmp_path / "parts", seed=2, **options)
    tintuc.train(tmp_path / "c.ann", output=tmp_path / "parts", **options)
    assert (tmp_path / "whole").read_bytes() == (tmp_path / "parts").read_bytes()
    assert not list(tmp_path.glob("kept*"))


@pytest.mark.parametrize(
    "text, line",
    [("#doc a\n#paragraph\nmột {PER|hai\n", 3), ("#doc a\n#nothing\nmột\n", 2), ("một\n", 1), ("#doc a\n#paragraph\n{|x}\n", 3)],
)
def test_bad_corpus_names_file_and_line(tmp_path, text, line):
    path = tmp_path / "bad.ann"
    path.write_text(text, "utf-8")
    with pytest.raises(tintuc.CorpusError, match=f"bad.ann:{line}: "):
        tintuc.train(path, output=tmp_path / "m.ttm")


def test_nothing_to_learn(tmp_path):
    path = tmp_path / "c.ann"
    path.write_text("#doc a\n#paragraph\nKhông có gì.\n", "utf-8")
    with pytest.raises(tintuc.CorpusError, match="no mentions"):
        tintuc.train(path, output=tmp_path / "m.ttm")


def test_progress_in_an_interpreter_of_its_own(tmp_path):
    interpreters = importlib.import_module("_interpreters" if sys.version_info >= (3, 13) else "_xxsubinterpreters")
    (tmp_path / "c.ann").write_text(ANN, "utf-8")
    code = f"""
import sys
sys.path[:] = {sys.path!r}
import tintuc
seen = []
nlp = tintuc.train({str(tmp_path / "c.ann")!r}, output={str(tmp_path / "m.ttm")!r}, epochs=2, progress=lambda *p: seen.append(p))
assert len(seen) == 14 and nlp("Ông mua Camry của Toyota.").entities
open({str(tmp_path / "done")!r}, "w").close()
"""
    interpreter = interpreters.create()
    try:
        interpreters.run_string(interpreter, code)
    finally:
        interpreters.destroy(interpreter)
    assert (tmp_path / "done").exists()
