"""What is drawn of a document: its text, blocks and mentions, whether it comes as an object or as a line of JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tintuc._core import ArgumentError, Document
from tintuc.api import LAYERS, failure

Source = Document | Mapping[str, Any]


class Mention(NamedTuple):
    """One mention; `end` is after its last code point."""

    start: int
    end: int
    label: str
    value: str | None = None
    kind: str | None = None
    confidence: float | None = None


class Page(NamedTuple):
    """One document. `blocks` are (start, end, kind) in order; `counts` name the layers that were made."""

    text: str
    date: str | None
    title: str
    blocks: list[tuple[int, int, str]]
    mentions: list[Mention]
    counts: dict[str, int]


def kind_of(entity: Any) -> str | None:
    """What kind of thing a mention is, where the version knows it."""
    kind: str | None = getattr(entity, "kind", None)
    return kind


def page_of(source: Source) -> Page:
    """The page of a document or of its JSON object; ArgumentError where offsets lie outside the text."""
    if isinstance(source, Document):
        return _of_document(source)
    if isinstance(source, Mapping) and isinstance(source.get("text"), str):
        return _of_json(source)
    raise failure(ArgumentError, "argument", f"not a document: {type(source).__name__}")


def _of_document(doc: Document) -> Page:
    made = [name for i, name in enumerate(LAYERS) if doc.layers >> i & 1]
    layers: dict[str, Any] = {name: getattr(doc, name) for name in made if name != "links"}
    blocks = [(b.start, b.end, b.kind) for b in layers.get("blocks", ())]
    mentions = [
        Mention(e.start, e.end, e.label, e.value, kind_of(e), e.confidence) for e in layers.get("entities", ())
    ]
    return Page(doc.text, doc.date, _title(doc.text, blocks), blocks, mentions, {n: len(layers[n]) for n in layers})


def _of_json(row: Mapping[str, Any]) -> Page:
    text = row["text"]
    blocks = [(b["start"], b["end"], b["kind"]) for b in row.get("blocks") or ()]
    mentions = mentions_of(text, row.get("entities") or ())
    reach = 0
    for start, end, _ in blocks:
        if not reach <= start < end <= len(text):
            raise failure(ArgumentError, "argument", f"block {start}:{end} overlaps another or leaves the text")
        reach = end
    counts = {name: len(row[name]) for name in LAYERS if row.get(name)}
    return Page(text, row.get("date"), _title(text, blocks), blocks, mentions, counts)


def mentions_of(text: str, rows: Sequence[Any]) -> list[Mention]:
    """Mentions from objects of JSON or (start, end, label) tuples, by start, the longer first."""
    found = []
    for row in rows:
        if isinstance(row, Mapping):
            mention = Mention(row["start"], row["end"], row["label"], row.get("value"), row.get("kind"))
        else:
            mention = Mention(*row)
        if not 0 <= mention.start < mention.end <= len(text):
            what = f"mention {mention.start}:{mention.end} of a text of {len(text)} characters"
            raise failure(ArgumentError, "argument", what)
        found.append(mention)
    return sorted(found, key=lambda m: (m.start, -m.end))


def _title(text: str, blocks: list[tuple[int, int, str]]) -> str:
    for start, end, kind in blocks:
        if kind == "title":
            return " ".join(text[start:end].split())
    return ""


def shortened(text: str, width: int) -> str:
    """Text on one line of at most `width` characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 1].rstrip() + "…"
