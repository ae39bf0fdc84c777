"""Ways to write documents: JSON lines, a table for people, forms of other tools; and files that appear only when whole."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

from tintuc._core import ArgumentError
from tintuc.api import failure, unsupported
from tintuc.display.html_file import HtmlFile
from tintuc.exchange import to_ann, to_brat, to_conll, to_label_studio
from tintuc.exchange.brat import brat_conf

if TYPE_CHECKING:
    from types import FrameType

    from tintuc._core import Document, Error

Writer = Callable[[IO[str], str, "Document"], None]


def error_line(id: str, error: Error) -> str:
    """The JSON line of a document that failed."""
    what = {"code": error.code, "message": str(error), "byte": error.byte}
    return json.dumps({"id": id, "error": what}, ensure_ascii=False) + "\n"


def jsonl(out: IO[str], id: str, doc: Document) -> None:
    """One line a document."""
    out.write(doc.to_json(id) + "\n")


def _shorten(text: str, width: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 1] + "…"


def table(out: IO[str], id: str, doc: Document) -> None:
    """Blocks and the entities in them, for reading; needs nothing but the standard library."""
    out.write(f"{id}  {doc.date or 'no date'}  {len(doc)} characters\n")
    entities = list(doc.entities) if "entities" in layers_of(doc) else []
    at = 0
    for block in doc.blocks:
        out.write(f"  {block.start:>6} {block.kind:<10} {_shorten(block.text, 96)}\n")
        while at < len(entities) and entities[at].start < block.end:
            entity = entities[at]
            name = "  " * entity.depth + entity.label
            out.write(f"  {entity.start:>6}            {name:<12} {_shorten(entity.text, 82)}\n")
            at += 1
    out.write("\n")


def layers_of(doc: Document) -> list[str]:
    """Names of the layers a document was made with."""
    from tintuc.api import LAYERS

    return [name for i, name in enumerate(LAYERS) if doc.layers >> i & 1]


def conll(out: IO[str], id: str, doc: Document) -> None:
    """Token and outermost label a line (IOB2), a blank line after each sentence."""
    out.write(to_conll(doc))


def ann(out: IO[str], id: str, doc: Document) -> None:
    """The inline form of the corpus, to be corrected by hand."""
    out.write(to_ann(doc, id, replace=True))


def writer(name: str) -> Writer:
    """The writer of a format; UnsupportedError for those this version lacks."""
    found = {"jsonl": jsonl, "table": table, "conll": conll, "ann": ann}.get(name)
    if found is None:
        raise unsupported(f"format {name!r}")
    return found


@contextmanager
def sink(name: str, path: str | None) -> Iterator[tuple[IO[str], Callable[[str, Document], None]]]:
    """Where documents go in a format: the stream, and what writes one."""
    if name == "brat":
        with _folder(path) as folder:
            yield sys.stderr, _Brat(folder).write
    elif name == "html":
        with destination(path) as out:
            pages = HtmlFile(out, "tintuc")
            pages.begin()
            try:
                yield out, pages.add
            finally:
                pages.end()
    elif name == "label-studio":
        with destination(path) as out:
            tasks = _Tasks(out)
            yield out, tasks.write
            tasks.end()
    else:
        form = writer(name)
        with destination(path) as out:
            yield out, lambda id, doc: form(out, id, doc)


class _Tasks:
    """A JSON list of Label Studio tasks, written one by one."""

    def __init__(self, out: IO[str]) -> None:
        self.out, self.count = out, 0

    def write(self, id: str, doc: Document) -> None:
        task = json.dumps(to_label_studio(doc, id), ensure_ascii=False)
        self.out.write((",\n" if self.count else "[\n") + task)
        self.count += 1

    def end(self) -> None:
        self.out.write("\n]\n" if self.count else "[]\n")


class _Brat:
    """A folder of brat: NAME.txt, NAME.ann, and the annotation.conf with the labels so far."""

    def __init__(self, folder: str) -> None:
        self.folder, self.names, self.labels = folder, set[str](), set[str]()
        self._file("annotation.conf", brat_conf(()))

    def _file(self, name: str, text: str) -> None:
        with open(os.path.join(self.folder, name), "w", encoding="utf-8", newline="") as out:
            out.write(text)

    def write(self, id: str, doc: Document) -> None:
        stem = name = re.sub(r"[/\\\0]", "_", id).lstrip(".") or "document"
        number = 1
        while name in self.names:
            number += 1
            name = f"{stem}-{number}"
        self.names.add(name)
        text, marks = to_brat(doc)
        self._file(name + ".txt", text)
        self._file(name + ".ann", marks)
        labels = self.labels | {entity.label for entity in doc.entities}
        if labels != self.labels:
            self.labels = labels
            self._file("annotation.conf", brat_conf(labels))


@contextmanager
def _folder(path: str | None) -> Iterator[str]:
    """A new folder that takes its name only when all was written."""
    if path is None or (os.path.exists(path) and (not os.path.isdir(path) or os.listdir(path))):
        raise failure(ArgumentError, "argument", "format 'brat' needs -o FOLDER, which is new or empty")
    folder = tempfile.mkdtemp(prefix=".tintuc-", dir=os.path.dirname(os.path.abspath(path)))
    try:
        yield folder
        os.chmod(folder, 0o777 & ~_umask())
        os.replace(folder, path)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


class _Whole:
    """A stream on which Ctrl-C never cuts a line: it takes effect after the write under way; a second one takes effect at once."""

    def __init__(self, out: IO[str]) -> None:
        self.out = out
        self.writing = self.stopped = False

    def write(self, text: str) -> int:
        self.writing = True
        count = self.out.write(text)
        self.writing = False
        if self.stopped:
            raise KeyboardInterrupt
        return count

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        self.out.flush()

    def stop(self, number: int, frame: FrameType | None) -> None:
        if not self.writing or self.stopped:
            raise KeyboardInterrupt
        self.stopped = True


@contextmanager
def _whole(out: IO[str]) -> Iterator[IO[str]]:
    """`out`, where this thread and nobody else's handler hears of Ctrl-C, as a stream that it does not cut."""
    ours = threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if not ours:
        yield out
        return
    whole = _Whole(out)
    signal.signal(signal.SIGINT, whole.stop)
    try:
        yield cast("IO[str]", whole)
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def destination(path: str | None) -> Iterator[IO[str]]:
    """Standard output, or a file that takes its name only when all was written.

    When Ctrl-C ends it, what was written so far is kept beside it as PATH.part, and the KeyboardInterrupt says so.
    """
    if path is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
        with _whole(sys.stdout) as out:
            yield out
        sys.stdout.flush()
        return
    if os.path.exists(path) and not os.path.isfile(path):  # a device or a pipe is written to, never replaced
        with open(path, "w", encoding="utf-8", newline="\n") as out:
            yield out
        return
    folder = os.path.dirname(path) or "."
    handle, name = tempfile.mkstemp(prefix=".tintuc-", dir=folder)
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file, _whole(file) as out:
            yield out
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(_kept(name, path)) from None
    except BaseException:
        os.unlink(name)
        raise


def _kept(name: str, path: str) -> str:
    """Keep the part that was written of a file; what happened, in words."""
    if os.path.getsize(name) == 0:
        os.unlink(name)
        return f"{path} was not written"
    os.chmod(name, 0o666 & ~_umask())
    os.replace(name, path + ".part")
    return f"what was done is in {path}.part, {path} was not written"


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
