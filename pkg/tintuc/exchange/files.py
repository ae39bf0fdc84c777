"""Files of documents: JSON lines, and any form that is told by the file's name."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tintuc._core import Document, EncodingError, Error, FileError
from tintuc.api import failure
from tintuc.exchange.brat import from_brat
from tintuc.exchange.conll import from_conll
from tintuc.exchange.inline import from_ann
from tintuc.exchange.label_studio import from_label_studio
from tintuc.exchange.parts import broken

if TYPE_CHECKING:
    from tintuc.api import PathLike

CONLL = (".conll", ".iob2", ".iob", ".bio", ".tsv")
READ = (".jsonl", ".json", ".ann", *CONLL)


def _text(path: str) -> str:
    """The file as it is, line ends too."""
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    except OSError as error:
        raise failure(FileError, "io", f"{path}: {error.strerror}", 0, path) from None
    except UnicodeDecodeError as error:
        raise failure(EncodingError, "encoding", f"{path}: not UTF-8", error.start, path) from None


def _stem(path: str) -> str:
    return os.path.splitext(os.path.basename(path))[0]


def read_jsonl(path: PathLike) -> Iterator[tuple[str, Document]]:
    """Id and document of each line: gold, `tintuc tag --format jsonl`, or another program's answer; no model is needed.

    A line without an id takes the file's name and its number. Read one line at a time, so files may be larger than memory.

    Raises
    ------
    CorpusError
        With file and line: no JSON, not a document, or one whose offsets do not fit its text.
    """
    path = os.fspath(path)
    try:
        with open(path, "rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _line(path, number, line)
    except OSError as error:
        raise failure(FileError, "io", f"{path}: {error.strerror}", 0, path) from None


def _line(path: str, number: int, line: bytes) -> tuple[str, Document]:
    try:
        id, document = Document._from_line(line)
    except Error as error:
        raise failure(type(error), error.code, f"{path}:{number}: {error}", error.byte, path) from None
    return id or f"{_stem(path)}-{number}", document


def _tasks(path: str) -> Iterator[tuple[str, Document]]:
    try:
        tasks = json.loads(_text(path))
    except ValueError as error:
        broken(f"{path}: not JSON: {error}", path)
    for number, task in enumerate(tasks if isinstance(tasks, list) else [tasks], 1):
        if not isinstance(task, dict):
            broken(f"{path}: task {number} is not an object", path)
        data = task.get("data", task)
        id = data.get("id") if isinstance(data, dict) else None
        yield (f"{_stem(path)}-{number}" if id is None else str(id)), from_label_studio(task)


def _in_folder(path: str) -> Iterator[tuple[str, Document]]:
    try:
        names = sorted(os.listdir(path))
    except OSError as error:
        raise failure(FileError, "io", f"{path}: {error.strerror}", 0, path) from None
    for name in names:
        if not name.startswith(".") and os.path.splitext(name)[1] in READ:
            yield from read(os.path.join(path, name))


def read(path: PathLike) -> Iterator[tuple[str, Document]]:
    """Id and document of each document in a file, whose form is told by its name; of a folder, in all such files in order.

    .jsonl JSON lines; .json Label Studio tasks; .conll, .iob2, .iob, .bio, .tsv columns; .ann brat where a .txt of the same name
    stands beside it, else the inline form.
    """
    path = os.fspath(path)
    stem, suffix = os.path.splitext(path)
    if suffix == ".jsonl" or os.path.isdir(path):
        yield from _in_folder(path) if os.path.isdir(path) else read_jsonl(path)
        return
    try:
        if suffix == ".json":
            yield from _tasks(path)
        elif suffix == ".ann" and os.path.exists(stem + ".txt"):
            yield _stem(path), from_brat(_text(stem + ".txt"), _text(path))
        elif suffix == ".ann":
            yield from from_ann(_text(path))
        elif suffix in CONLL:
            documents = from_conll(_text(path))
            for number, document in enumerate(documents, 1):
                yield (_stem(path) if number == 1 else f"{_stem(path)}-{number}"), document
        else:
            broken(f"{path}: the form is told by the ending: .jsonl, .json, .ann, {', '.join(CONLL)}", path)
    except Error as error:
        if error.path is None:
            raise failure(type(error), error.code, f"{path}: {error}", error.byte, path) from None
        raise
