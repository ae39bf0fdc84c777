"""Ctrl-C: exit status 130, lines never cut, what was done is kept, everything stays usable. No clock is asked."""

import json
import os
import signal
import subprocess
import sys

import pytest
from html_reading import Reader
from tintuc import outputs

LINE = json.dumps({"id": "a", "text": "Chiều 15/9, ông Trần Văn A đến Hà Nội."}).encode() + b"\n"
MORE_THAN_A_PIPE_HOLDS = LINE * (600_000 // len(LINE))  # when it is written, the reader is at work


def stopped(tmp_path, *args):
    """Run `tag - ARGS`, stop it while its input is still open, and give status, output and messages."""
    command = [sys.executable, "-m", "tintuc", "tag", "-", *args]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "bufsize": 0}
    with subprocess.Popen(command, cwd=tmp_path, **pipes) as run:
        written = 0
        while written < len(MORE_THAN_A_PIPE_HOLDS):
            written += run.stdin.write(MORE_THAN_A_PIPE_HOLDS[written:])
        run.send_signal(signal.SIGINT)
        out, errors = run.communicate()
        return run.returncode, out, errors.decode()


def test_a_file_keeps_its_part(tmp_path):
    (tmp_path / "out.jsonl").write_text("old", "utf-8")
    status, out, errors = stopped(tmp_path, "-o", "out.jsonl")
    assert (status, out) == (130, b"")
    assert errors == "tintuc: stopped; what was done is in out.jsonl.part, out.jsonl was not written\n"
    assert sorted(os.listdir(tmp_path)) == ["out.jsonl", "out.jsonl.part"]
    assert (tmp_path / "out.jsonl").read_text("utf-8") == "old"
    part = (tmp_path / "out.jsonl.part").read_bytes()
    assert part.endswith(b"\n") and all(json.loads(line)["entities"] for line in part.splitlines())


def test_a_part_of_html_is_sound(tmp_path):
    status, _, _ = stopped(tmp_path, "-o", "out.html", "--format", "html")
    page = Reader((tmp_path / "out.html.part").read_text("utf-8"))
    assert status == 130 and len(page.articles) > 0 and page.ids[-1] == "index"


SCRIPT = """
import tintuc
nlp = tintuc.load()
kept = []
def endless():
    while True:
        yield "Ông Trần Văn A đến Hà Nội."
try:
    for doc in nlp.pipe(endless(), threads=2):
        kept.append(doc)
        if len(kept) == 1:
            print("at work", flush=True)
except KeyboardInterrupt:
    print(len(kept) > 0, all(doc.entities[0].text == "Trần Văn A" for doc in kept))
    print(len(list(nlp.pipe(["Huế."] * 100))), nlp("Huế.").entities[0].label)
"""


def test_a_pipe_leaves_everything_usable(tmp_path):
    with subprocess.Popen([sys.executable, "-c", SCRIPT], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout.readline() == b"at work\n"
        run.send_signal(signal.SIGINT)
        out, errors = run.communicate()
    assert (run.returncode, out.decode(), errors) == (0, "True True\n100 LOC\n", b"")


class Pressed:
    """A stream on which Ctrl-C is pressed `times` in the middle of a write."""

    def __init__(self, times):
        self.times, self.text = times, ""

    def write(self, text):
        self.text += text[:2]
        for _ in range(self.times):
            signal.raise_signal(signal.SIGINT)
        self.text += text[2:]
        return len(text)


@pytest.fixture
def heard():
    """Python hears Ctrl-C, which it does not where the tests are a job in a shell's background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("times, written", [(0, "line\n"), (1, "line\n"), (2, "li")])
def test_a_write_is_not_cut_but_can_be_given_up(heard, times, written):
    out = Pressed(times)
    before = signal.getsignal(signal.SIGINT)
    try:
        with outputs._whole(out) as whole:
            whole.write("line\n")
            assert times == 0
    except KeyboardInterrupt:
        assert times > 0
    assert out.text == written and signal.getsignal(signal.SIGINT) is before


def test_handlers_of_others_stay():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        out = Pressed(1)
        with outputs._whole(out) as whole:
            whole.write("line\n")
        assert out.text == "line\n" and signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
