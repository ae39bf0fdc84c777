"""pipe: in order, bounded, on any number of threads the same answers; one bad text hurts no other."""

import threading

import pytest
import tintuc

TEXTS = [f"Ngày {i % 28 + 1}/9, ông Trần Văn {'ABCDEFG'[i % 7]} đến Hà Nội. " * (i % 13 + 1) for i in range(200)]


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_same_as_one_by_one(nlp, threads):
    want = [nlp(t).to_json("x") for t in TEXTS]
    assert [d.to_json("x") for d in nlp.pipe(TEXTS, threads=threads, capacity=7)] == want


def test_reads_no_further_than_its_capacity(nlp):
    drawn = []

    def source():
        for text in TEXTS:
            drawn.append(text)
            yield text

    docs = nlp.pipe(source(), threads=2, capacity=5)
    for taken in range(1, 20):
        next(docs)
        assert len(drawn) <= taken + 5


def test_context_comes_along(nlp):
    pairs = list(nlp.pipe([("Hà Nội", 1), ("Huế", 2)], as_tuples=True))
    assert [(d.text, c) for d, c in pairs] == [("Hà Nội", 1), ("Huế", 2)]


def test_errors_raise_in_their_place(nlp):
    docs = nlp.pipe(["a", b"\xff", "b"])
    assert next(docs).text == "a"
    with pytest.raises(tintuc.EncodingError):
        next(docs)


def test_errors_returned_in_their_place(nlp):
    found = list(nlp.pipe(["a", b"\xff", "b", "\ud800", "c"], errors="return", threads=2))
    assert [type(f).__name__ for f in found] == ["Document", "EncodingError", "Document", "EncodingError", "Document"]


@pytest.mark.parametrize("errors", ["raise", "return"])
def test_what_is_no_text_comes_in_its_place(nlp, errors):
    docs = nlp.pipe(["a", "b", None], errors=errors)
    assert [next(docs).text, next(docs).text] == ["a", "b"]
    with pytest.raises(TypeError):
        next(docs)


def test_dropped_half_way(nlp):
    docs = nlp.pipe(TEXTS, threads=2)
    next(docs)
    del docs
    assert len(list(nlp.pipe(TEXTS[:3]))) == 3


def test_one_pipeline_in_many_threads(nlp):
    want = [nlp(t).to_json("x") for t in TEXTS[:40]]
    got = {}

    def work(name):
        got[name] = [nlp(t).to_json("x") for t in TEXTS[:40]]

    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert [got[i] for i in range(4)] == [want] * 4


def test_documents_of_generators_and_bytes(nlp):
    assert [d.text for d in nlp.pipe(t.encode() for t in TEXTS[:5])] == TEXTS[:5]


def test_bad_option(nlp):
    with pytest.raises(tintuc.ArgumentError):
        list(nlp.pipe(["a"], errors="ignore"))
