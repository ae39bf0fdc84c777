"""Ways to write documents: JSON lines, a table for people, CoNLL columns, brat; and files that appear only when whole."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from tintuc.api import unsupported

if TYPE_CHECKING:
    from tintuc._core import Document, Entity, Error

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


def _bio(entity: Entity | None, position: int) -> str:
    if entity is None:
        return "O"
    return ("B-" if position <= entity.start else "I-") + entity.label


def _pieces(text: str, start: int, end: int, cuts: set[int]) -> Iterator[tuple[int, int]]:
    """Tokens by white space, cut also where mentions begin and end."""
    begin = start
    for i in range(start, end + 1):
        border = i == end or text[i].isspace()
        if (border or i in cuts) and begin < i:
            yield begin, i
            begin = i
        if border:
            begin = i + 1


def conll(out: IO[str], id: str, doc: Document) -> None:
    """Token and outermost label a line (IOB2), a blank line after each sentence."""
    text, outer = doc.text, [e for e in doc.entities if e.depth == 0]
    cuts = {e.start for e in outer} | {e.end for e in outer}
    at = 0
    out.write("-DOCSTART- O\n\n")
    for sentence in doc.sentences:
        for start, end in _pieces(text, sentence.start, sentence.end, cuts):
            while at < len(outer) and outer[at].end <= start:
                at += 1
            inside = at < len(outer) and outer[at].start <= start
            out.write(f"{text[start:end]}\t{_bio(outer[at] if inside else None, start)}\n")
        out.write("\n")


def brat(out: IO[str], id: str, doc: Document) -> None:
    """brat standoff of one document; a mention over a line end is given in pieces, as brat wants."""
    for number, entity in enumerate(doc.entities, 1):
        spans, start = [], entity.start
        for line in entity.text.split("\n"):
            spans.append(f"{start} {start + len(line)}")
            start += len(line) + 1
        shown = entity.text.replace("\n", " ")
        out.write(f"T{number}\t{entity.label} {';'.join(spans)}\t{shown}\n")


def writer(name: str) -> Writer:
    """The writer of a format; UnsupportedError for those this version lacks."""
    found = {"jsonl": jsonl, "table": table, "conll": conll, "brat": brat}.get(name)
    if found is None:
        raise unsupported(f"format {name!r}")
    return found


@contextmanager
def destination(path: str | None) -> Iterator[IO[str]]:
    """Standard output, or a file that takes its name only when all was written."""
    if path is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
        yield sys.stdout
        sys.stdout.flush()
        return
    if os.path.exists(path) and not os.path.isfile(path):  # a device or a pipe is written to, never replaced
        with open(path, "w", encoding="utf-8", newline="\n") as out:
            yield out
        return
    folder = os.path.dirname(path) or "."
    handle, name = tempfile.mkstemp(prefix=".tintuc-", dir=folder)
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as out:
            yield out
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
