"""brat standoff: the text in NAME.txt, a mention a line in NAME.ann, offsets in code points.

A value is a note, `#1 AnnotatorNotes T1 value=2021-09-15`. The form does not hold blocks, sentences and dates: they are found by
the rules again. Mentions in pieces are refused, but for one that goes over the end of a line, which brat itself cuts there.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from typing import Any

from tintuc._core import Document
from tintuc.exchange.parts import broken, cannot

_LINE = re.compile(r"\S[^\r\n]*")
_MENTION = re.compile(r"(T\S+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
_NOTE = re.compile(r"#\S*\tAnnotatorNotes (T\S+)\tvalue=(.*)")
_CONF = "[entities]\n{}\n\n[relations]\n\n[events]\n\n[attributes]\n"


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands on each line, without white space at the ends."""
    for line in _LINE.finditer(text, start, end):
        yield line.start(), line.start() + len(line.group().rstrip())


def to_brat(doc: Document) -> tuple[str, str]:
    """What belongs into NAME.txt (write it with ``newline=""``) and NAME.ann."""
    lines, notes = [], []
    for number, entity in enumerate(doc.entities, 1):
        pieces = list(_pieces(doc.text, entity.start, entity.end))
        if any(letter.isspace() for letter in entity.label):
            cannot(f"label {entity.label!r}: brat holds no label with white space")
        places, shown = (sep.join(part) for sep, part in (
            (";", [f"{start} {end}" for start, end in pieces]), (" ", [doc.text[start:end] for start, end in pieces])))
        lines.append(f"T{number}\t{entity.label} {places}\t{shown}\n")
        if entity.value is not None:
            if entity.value.splitlines() != [entity.value]:
                cannot(f"value {entity.value!r}: brat holds no value with a line end")
            notes.append(f"#{number}\tAnnotatorNotes T{number}\tvalue={entity.value}\n")
    return doc.text, "".join(lines + notes)


def brat_conf(labels: Iterable[str]) -> str:
    """The annotation.conf that a folder of such files needs."""
    return _CONF.format("\n".join(sorted(labels)))


def _mention(text: str, number: int, id: str, label: str, places: str, shown: str) -> dict[str, Any]:
    pieces = [(int(start), int(end)) for start, end in (piece.split() for piece in places.split(";"))]
    for (_, end), (start, _) in itertools.pairwise(pieces):
        if end > start or text[end:start].strip():
            broken(f"line {number}: {id} is in pieces, {places}: tintuc has no mentions with gaps")
    start, end = pieces[0][0], pieces[-1][1]
    if start >= end or end > len(text):
        broken(f"line {number}: {id} [{start}, {end}) is empty or beyond the text of {len(text)} code points")
    if "".join(shown.split()) != "".join(text[start:end].split()):
        broken(f"line {number}: {id} is {shown!r}, but {text[start:end]!r} stands at [{start}, {end})")
    return {"start": start, "end": end, "label": label}


def from_brat(text: str, ann: str) -> Document:
    """A document from the contents of NAME.txt (read it with ``newline=""``) and NAME.ann.

    Events, relations, attributes and other notes are passed over.

    Raises
    ------
    CorpusError
        A line that is none, a mention in pieces, beyond the text or another than the text has there; with the line's number.
    """
    mentions: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(ann.replace("\r\n", "\n").split("\n"), 1):
        if line.startswith("T"):
            match = _MENTION.fullmatch(line)
            if match is None:
                broken(f"line {number}: not ID, tab, LABEL START END, tab, TEXT: {line[:60]!r}")
            mentions[match[1]] = _mention(text, number, *match.groups())
        elif (note := _NOTE.fullmatch(line)) is not None:
            if note[1] not in mentions:
                broken(f"line {number}: a value for {note[1]}, which no line before it has")
            mentions[note[1]]["value"] = note[2]
    return Document.from_dict({"text": text, "entities": list(mentions.values())})
