"""Progress bars: shown when asked for or when somebody looks, counted right, always closed."""

import sys
import types
from typing import ClassVar

import pytest
import tintuc
from tintuc import progress


class Bar:
    made: ClassVar[list] = []

    def __init__(self, **options):
        self.options, self.count, self.closed = options, 0, False
        Bar.made.append(self)

    def update(self, n):
        assert not self.closed
        self.count += n

    def close(self):
        self.closed = True


@pytest.fixture
def bars(monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm", types.ModuleType("tqdm"))
    monkeypatch.setitem(sys.modules, "tqdm.auto", types.SimpleNamespace(tqdm=Bar))
    monkeypatch.setattr(Bar, "made", [])
    return Bar


def on_a_terminal(monkeypatch, is_one):
    monkeypatch.setattr(sys, "stderr", types.SimpleNamespace(isatty=lambda: is_one, write=len, flush=lambda: None))


def test_a_bar_counts_the_documents(nlp, bars):
    docs = list(nlp.pipe(["a", "b", "c"], progress=True))
    (bar,) = bars.made
    assert len(docs) == bar.count == bar.options["total"] == 3 and bar.closed and bar.options["delay"] == 0
    assert len(list(nlp.pipe(iter(["a", "b"]), progress=True))) == 2
    assert bars.made[1].options["total"] is None and bars.made[1].count == 2


@pytest.mark.parametrize("asked, terminal, shown", [(None, False, 0), (None, True, 1), (False, True, 0), (True, False, 1)])
def test_when_a_bar_is_shown(nlp, bars, monkeypatch, asked, terminal, shown):
    on_a_terminal(monkeypatch, terminal)
    assert [doc.text for doc in nlp.pipe(["a", "b"], progress=asked)] == ["a", "b"]
    assert len(bars.made) == shown
    if asked is None and shown:
        assert bars.made[0].options["delay"] == progress.PATIENCE > 0


def test_a_notebook_gets_a_bar(nlp, bars, monkeypatch):
    on_a_terminal(monkeypatch, False)
    monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace(get_ipython=lambda: types.SimpleNamespace(kernel=1)))
    assert len(list(nlp.pipe(["a"]))) == len(bars.made) == 1


def test_closed_on_errors_and_when_dropped(nlp, bars):
    docs = nlp.pipe(["a", b"\xff", "b"], progress=True)
    assert next(docs).text == "a"
    with pytest.raises(tintuc.EncodingError):
        next(docs)
    dropped = nlp.pipe(["a", "b"], progress=True)
    next(dropped)
    dropped.close()
    assert [(bar.count, bar.closed) for bar in bars.made] == [(1, True), (0, True)]


def test_without_tqdm(nlp, monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    on_a_terminal(monkeypatch, True)
    assert len(list(nlp.pipe(["a"]))) == 1
    with pytest.raises(tintuc.UnsupportedError, match="pip install tqdm"):
        nlp.pipe(["a"], progress=True)


def test_a_real_bar(nlp, capsys):
    pytest.importorskip("tqdm")
    assert len(list(nlp.pipe(["a", "b"], progress=True))) == 2
    assert "2/2" in capsys.readouterr().err


def test_the_command_line_is_silent_on_pipes(run_cli, tmp_path):
    (tmp_path / "a.txt").write_text("Huế.", "utf-8")
    assert run_cli("tag", "a.txt").stderr == b"" and run_cli("tag", "a.txt", "-o", "x.jsonl", "--quiet").stderr == b""


@pytest.mark.parametrize("quiet, written, shown", [(False, True, 1), (True, True, 0), (False, False, 0)])
def test_the_command_line_on_a_terminal(bars, monkeypatch, tmp_path, capsys, quiet, written, shown):
    """A table on the same terminal needs no bar."""
    from tintuc import cli

    (tmp_path / "a.txt").write_text("Huế.", "utf-8")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    on_a_terminal(monkeypatch, True)
    args = [str(tmp_path / "a.txt"), *(["-o", str(tmp_path / "x.jsonl")] if written else []), *(["--quiet"] if quiet else [])]
    assert cli.main(["tag", *args]) == 0
    assert len(bars.made) == shown
    if shown:
        assert (bars.made[0].count, bars.made[0].options["total"], bars.made[0].closed) == (1, 1, True)
