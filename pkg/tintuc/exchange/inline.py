"""The inline form of our corpus (.ann), to be corrected by hand and trained on: a sentence a line, {LABEL=value|text}.

Its text has the sentences of a block joined by a space, the blocks by a line feed: other white space is not held, nor is text
outside of blocks. "{", "|", "}" and a "#" at the start of a sentence have a meaning there, so a text with them is refused, or
gets their full-width forms with `replace`.
"""

from __future__ import annotations

import re
from typing import Any

from tintuc._core import Block, Document, Entity, Sentence
from tintuc.exchange.parts import broken, cannot

_LABEL = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_MARKS = re.compile(r"[{|}]")
_WIDE = str.maketrans("{|}#", "｛｜｝＃")
_OPEN = re.compile(r"\{([A-Za-z][A-Za-z0-9_-]*)(?:#[^\s{}|=#]+)?(?:=([^|{}]*))?\|")


def _opening(entity: Entity) -> str:
    if _LABEL.fullmatch(entity.label) is None:
        cannot(f"label {entity.label!r}: .ann holds a letter followed by letters, digits, _ or - only")
    if entity.value is None:
        return f"{{{entity.label}|"
    if _MARKS.search(entity.value) or entity.value.splitlines() != [entity.value]:
        cannot(f"value {entity.value!r}: .ann holds no value with {{, | or }}")
    return f"{{{entity.label}={entity.value}|"


def _plain(text: str, start: int, first: bool, replace: bool) -> str:
    """A piece of a sentence; `first`: the sentence begins with it."""
    mark = _MARKS.search(text)
    if mark is not None and not replace:
        cannot(f"{mark[0]!r} at {start + mark.start()}: .ann holds no {{, | and }}; replace=True writes full-width ones")
    text = " ".join(re.split(r"\s+", text))
    if first and text.startswith("#"):
        if not replace:
            cannot(f"'#' at {start}: .ann holds no sentence that begins so; replace=True writes a full-width one")
        text = "＃" + text[1:]
    return re.sub(_MARKS, lambda m: m[0].translate(_WIDE), text)


def _line(sentence: Sentence, entities: list[Entity], replace: bool) -> str:
    """One sentence with its mentions, which are in order, parents first."""
    text, at, parts, open_ends = sentence.doc.text, sentence.start, [], list[int]()

    def upto(place: int) -> None:
        nonlocal at
        parts.append(_plain(text[at:place], at, at == sentence.start and not open_ends, replace))
        at = place

    for entity in entities:
        while open_ends and open_ends[-1] <= entity.start:
            upto(open_ends.pop())
            parts.append("}")
        upto(entity.start)
        parts.append(_opening(entity))
        open_ends.append(entity.end)
    while open_ends:
        upto(open_ends.pop())
        parts.append("}")
    upto(sentence.end)
    return "".join(parts)


def to_ann(doc: Document, id: str, *, replace: bool = False) -> str:
    """The document in the inline form; such pieces can follow each other in one file. White space in `id` becomes "_".

    Parameters
    ----------
    replace : bool
        Write the marks that the form cannot hold ({, |, } and # at the start of a sentence) full-width; without it they are an ArgumentError.
    """
    head = ["#doc " + "_".join(id.split()) + (f" date={doc.date}" if doc.date else "")]
    inside: dict[int, list[Entity]] = {}
    for entity in doc.entities:
        inside.setdefault(entity.sentence.index, []).append(entity)
    block: Block | None = None
    for sentence in doc.sentences:
        if sentence.block != block:
            block = sentence.block
            head.append("#" + block.kind)
        head.append(_line(sentence, inside.get(sentence.index, []), replace))
    return "\n".join(head) + "\n"


class _Draft:
    """A document as it is read."""

    def __init__(self, id: str, date: str | None) -> None:
        self.id, self.date, self.text = id, date, ""
        self.blocks: list[dict[str, Any]] = []
        self.sentences: list[dict[str, int]] = []
        self.entities: list[dict[str, Any]] = []

    def sentence(self, line: str, number: int) -> None:
        block = self.blocks[-1]
        if self.text:
            self.text += " " if "start" in block else "\n"
        start = len(self.text)
        block.setdefault("start", start)
        stack: list[dict[str, Any]] = []
        at = 0
        while at < len(line):
            if line[at] == "}":
                if not stack:
                    broken(f"line {number}: closing without opening at column {at + 1}")
                stack.pop()["end"] = len(self.text)
                at += 1
            elif line[at] in "{|":
                match = _OPEN.match(line, at)
                if match is None:
                    broken(f"line {number}: bad opening, or a stray |, at column {at + 1}")
                mention = {"start": len(self.text), "label": match[1], "value": match[2]}
                self.entities.append(mention)
                stack.append(mention)
                at = match.end()
            else:
                mark = _MARKS.search(line, at)
                end = mark.start() if mark else len(line)
                self.text += line[at:end]
                at = end
        if stack:
            broken(f"line {number}: a mention is never closed")
        block["end"] = len(self.text)
        self.sentences.append({"start": start, "end": len(self.text)})

    def document(self, number: int) -> tuple[str, Document]:
        if self.blocks and "end" not in self.blocks[-1]:
            broken(f"line {number}: empty {self.blocks[-1]['kind']}")
        return self.id, Document.from_dict({
            "text": self.text, "date": self.date, "blocks": self.blocks, "sentences": self.sentences, "entities": self.entities})


def _header(line: str, number: int) -> _Draft:
    words = line.split()
    if len(words) < 2 or any("=" not in word for word in words[2:]):
        broken(f"line {number}: not #doc ID KEY=VALUE ...")
    return _Draft(words[1], dict(word.split("=", 1) for word in words[2:]).get("date"))


def from_ann(data: str) -> list[tuple[str, Document]]:
    """Ids and documents of an .ann file; what its header has beside the date, and numbers of entities, are passed over.

    Raises
    ------
    CorpusError
        With the number of the line that breaks the form.
    """
    documents: list[tuple[str, Document]] = []
    draft: _Draft | None = None
    number = 0
    for number, line in enumerate(data.removeprefix("\ufeff").replace("\r\n", "\n").split("\n"), 1):
        line = line.strip()
        if line.startswith("#doc"):
            if draft is not None:
                documents.append(draft.document(number))
            draft = _header(line, number)
        elif line and draft is None:
            broken(f"line {number}: text before the first #doc ID")
        elif line.startswith("#") and draft is not None:
            if draft.blocks and "end" not in draft.blocks[-1]:
                broken(f"line {number}: empty {draft.blocks[-1]['kind']}")
            draft.blocks.append({"kind": "".join(line[1:].split()[:1])})
        elif line and draft is not None:
            if not draft.blocks:
                broken(f"line {number}: a sentence outside of any block")
            draft.sentence(line, number)
    return documents + ([draft.document(number)] if draft is not None else [])
