"""Nothing is kept: 1,000 calls of every public function leave as many references and blocks as before, and no more memory.

A debug interpreter counts references (`python3-dbg`, as .ci/run does); any interpreter counts its blocks of memory."""

import os
import sys
import threading

import public_calls
import pytest
import tintuc

CALLS = int(os.environ.get("TINTUC_LEAK_CALLS", "1000"))  # fewer where each call is slow: under sanitizers
SLOW_CALLS, WARM, SPARE = 20, 30, 20
SPARE_OF = {"from_html": 400}  # trafilatura remembers what it has seen
ROUNDS = 12  # the interpreter's own stores fill in a few rounds; what leaks goes on
NAMES = sorted(public_calls.public_names())


@pytest.fixture(scope="module")
def calls(tmp_path_factory):
    return public_calls.calls(str(tmp_path_factory.mktemp("leaks")))


def counts():
    public_calls.collect()
    references = sys.gettotalrefcount() if hasattr(sys, "gettotalrefcount") else 0
    return references, sys.getallocatedblocks()


def test_every_public_name_is_called(calls):
    assert set(NAMES) <= set(calls), sorted(set(NAMES) - set(calls))


@pytest.mark.parametrize("name", NAMES)
def test_flat(calls, name):
    if name == "from_html":
        pytest.importorskip("trafilatura")
    call, times = calls[name], SLOW_CALLS if name in public_calls.SLOW else CALLS
    for _ in range(min(WARM, times)):
        call()
    grown = []
    for _ in range(ROUNDS):
        before = counts()
        for _ in range(times):
            call()
        grown.append([b - a for a, b in zip(before, counts(), strict=True)])
        if max(grown[-1]) < SPARE_OF.get(name, SPARE):
            return
    pytest.fail(f"{name}: references and blocks grew by {grown} in {times} calls each")


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_memory_is_flat_over_documents(tmp_path):
    """Kilobytes of the process over thousands of documents, by one thread and by two."""
    _, model = public_calls.small_model(str(tmp_path))
    nlp = tintuc.load(model)
    texts = [public_calls.PAGE * (1 + i % 40) for i in range(200)]

    def read(times):
        for _ in range(times):
            for text in texts:
                nlp(text).to_json("a")
            for doc in nlp.pipe(texts, threads=2):
                len(doc.entities)

    read(5)
    before = resident()
    read(8)
    assert resident() - before < 4096
    assert threading.active_count() == 1
